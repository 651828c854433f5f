// title: Who belongs to several organisations?
// title_fr: Qui appartient à plusieurs organisations ?
// explanation: The people with present ties to more than one organisation: those who can introduce the one to the
//   other.
// explanation_fr: Les personnes rattachées aujourd'hui à plus d'une organisation : celles qui peuvent les
//   présenter l'une à l'autre.
// role: visitor
// parameter: at_least (integer, default 2) How many organisations at least.
// parameter_fr: at_least Combien d'organisations au moins.
// column: number how many
// column_fr: number combien
// column: organisations organisations
// column_fr: organisations organisations
MATCH (person:Expert)-[post:AFFILIATED_WITH]->(home:Organisation)
WHERE person.visibility IN $visible AND home.visibility IN $visible AND post.until IS NULL
WITH DISTINCT person, home ORDER BY home.name, home.id
WITH person, collect(home.name) AS homes
WHERE size(homes) >= $at_least
RETURN person.name AS name,
       size(homes) AS number,
       reduce(text = '', home IN homes | text + CASE WHEN text = '' THEN '' ELSE ', ' END + home)
         AS organisations,
       person.id AS id
ORDER BY number DESC, name, id
