// title: Who could introduce two families of organisations to each other?
// title_fr: Qui pourrait présenter deux familles d'organisations l'une à l'autre ?
// explanation: The people and organisations with a present tie into both families, or of one family with a tie
//   into the other, and the organisations they would speak for.
// explanation_fr: Les personnes et organisations liées aujourd'hui aux deux familles, ou de l'une et liées à
//   l'autre, et les organisations au nom desquelles elles pourraient parler.
// role: visitor
// parameter: family (Organisation.sector, required) The one family.
// parameter_fr: family La première famille.
// parameter: other (Organisation.sector, required) The other family.
// parameter_fr: other L'autre famille.
// column: type what
// column_fr: type quoi
// column: in_family in the one family
// column_fr: in_family dans la première famille
// column: in_other in the other family
// column_fr: in_other dans l'autre famille
MATCH (actor:Expert|Organisation)
      -[tie:AFFILIATED_WITH|MEMBER_OF|PARTNER_OF|COLLABORATES_WITH]-(near:Organisation)
WHERE actor.visibility IN $visible AND near.visibility IN $visible AND tie.until IS NULL
  AND actor.id <> near.id AND $family <> $other AND near.sector IN [$family, $other]
WITH DISTINCT actor, near ORDER BY near.name, near.id
WITH actor,
     collect(CASE WHEN near.sector = $family THEN near.name ELSE NULL END) AS met,
     collect(CASE WHEN near.sector = $other THEN near.name ELSE NULL END) AS met_other
WITH actor,
     CASE WHEN actor:Organisation AND actor.sector = $family THEN [actor.name] ELSE met END AS ours,
     CASE WHEN actor:Organisation AND actor.sector = $other THEN [actor.name] ELSE met_other END AS theirs
WHERE size(ours) > 0 AND size(theirs) > 0
RETURN actor.name AS name,
       CASE WHEN actor:Expert THEN 'Expert' ELSE 'Organisation' END AS type,
       reduce(text = '', home IN ours | text + CASE WHEN text = '' THEN '' ELSE ', ' END + home) AS in_family,
       reduce(text = '', home IN theirs | text + CASE WHEN text = '' THEN '' ELSE ', ' END + home) AS in_other,
       actor.id AS id
ORDER BY name, id
