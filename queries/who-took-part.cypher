// title: Who took part in an initiative, and in what role?
// title_fr: Qui a participé à une initiative, et à quel titre ?
// explanation: The people and organisations that take or took part in an initiative, each with role and dates;
//   people with the organisations they belong to now.
// explanation_fr: Les personnes et organisations qui participent ou ont participé à une initiative, avec leur
//   fonction et les dates ; les personnes avec leurs organisations actuelles.
// role: visitor
// parameter: initiative (initiative, required) The project, event, campaign or other initiative.
// parameter_fr: initiative Le projet, l'événement, la campagne ou autre initiative.
// column: type what
// column_fr: type quoi
// column: organisations organisations
// column_fr: organisations organisations
MATCH (actor:Expert|Organisation)-[part:TAKES_PART_IN]->(initiative:Initiative {id: $initiative})
WHERE actor.visibility IN $visible AND initiative.visibility IN $visible
OPTIONAL MATCH (actor)-[post:AFFILIATED_WITH]->(home:Organisation)
WHERE home.visibility IN $visible AND post.until IS NULL
WITH actor, part, home ORDER BY home.name
WITH actor, part, collect(DISTINCT home.name) AS homes
RETURN actor.name AS name,
       CASE WHEN actor:Expert THEN 'Expert' ELSE 'Organisation' END AS type,
       part.role AS role,
       part.since AS since,
       part.until AS until,
       reduce(text = '', home IN homes | text + CASE WHEN text = '' THEN '' ELSE ', ' END + home)
         AS organisations,
       actor.id AS id
ORDER BY name, role, since, id
