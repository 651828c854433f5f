// title: Who works on a topic?
// title_fr: Qui travaille sur un sujet ?
// explanation: The experts and organisations that know, work on or offer a topic or any narrower one, with
//   what shows it.
// explanation_fr: Les expert·es et organisations qui connaissent, travaillent ou proposent un sujet ou l'un des
//   sujets qu'il comprend, et ce qui le montre.
// role: visitor
// parameter: topic (topic, required) The topic; its narrower topics count as well.
// parameter_fr: topic Le sujet ; les sujets qu'il comprend comptent aussi.
// column: type what
// column_fr: type quoi
// column: topic topic
// column_fr: topic sujet
// column: how (WORKS_ON.mode) how
// column_fr: how comment
// column: sources sources
// column_fr: sources sources
MATCH path = (narrow:Topic)-[:BROADER*0..6]->(wide:Topic {id: $topic})
WHERE narrow.visibility IN $visible AND wide.visibility IN $visible
  AND all(step IN nodes(path) WHERE step.visibility IN $visible)
WITH DISTINCT narrow
MATCH (actor:Expert|Organisation)-[tie:EXPERT_IN|WORKS_ON]->(narrow)
WHERE actor.visibility IN $visible AND narrow.visibility IN $visible
RETURN actor.name AS name,
       CASE WHEN actor:Expert THEN 'Expert' ELSE 'Organisation' END AS type,
       narrow.label AS topic,
       CASE WHEN type(tie) = 'EXPERT_IN' THEN 'knows' ELSE coalesce(tie.mode, 'works') END AS how,
       tie.level AS level,
       tie.evidence AS evidence,
       reduce(text = '', source IN tie.sources | text + CASE WHEN text = '' THEN '' ELSE ', ' END + source)
         AS sources,
       actor.id AS id
ORDER BY name, topic, how, id
