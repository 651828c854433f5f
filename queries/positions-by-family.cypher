// title: Who takes which position on a topic, family by family?
// title_fr: Qui prend quelle position sur un sujet, famille par famille ?
// explanation: The statements on a topic with the stance taken. The family of an organisation is its sector; that
//   of a person the sector of the present organisations if they agree, else several.
// explanation_fr: Les déclarations sur un sujet et l'avis donné. La famille d'une organisation est son secteur ;
//   celle d'une personne le secteur de ses organisations actuelles si elles s'accordent, sinon plusieurs.
// role: visitor
// parameter: topic (topic, required) The topic.
// parameter_fr: topic Le sujet.
// column: family (Organisation.sector) family
// column_fr: family famille
// column: name who
// column_fr: name qui
MATCH (actor:Expert|Organisation)-[position:POSITION_ON]->(topic:Topic {id: $topic})
WHERE actor.visibility IN $visible AND topic.visibility IN $visible
OPTIONAL MATCH (actor)-[post:AFFILIATED_WITH]->(home:Organisation)
WHERE home.visibility IN $visible AND post.until IS NULL
WITH actor, position, collect(DISTINCT home.sector) AS sectors
RETURN CASE WHEN actor:Organisation THEN actor.sector
            WHEN size(sectors) = 1 THEN sectors[0]
            WHEN size(sectors) > 1 THEN 'several' ELSE NULL END AS family,
       actor.name AS name,
       position.stance AS stance,
       position.statement AS statement,
       actor.id AS id
ORDER BY family, name, stance, statement, id
