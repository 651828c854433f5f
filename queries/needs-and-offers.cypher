// title: Who needs what somebody else knows or offers?
// title_fr: Qui a besoin de ce que d'autres savent ou proposent ?
// explanation: Each need beside each other actor that knows, works on or offers its topic, or a narrower one; a
//   need without a counterpart has an empty one.
// explanation_fr: Chaque besoin face à chaque autre acteur qui connaît, travaille ou propose son sujet ou un sujet
//   qu'il comprend ; un besoin sans réponse a une case vide.
// role: visitor
// parameter: topic (topic, optional) Only needs of this topic; all where nothing is said.
// parameter_fr: topic Seulement les besoins de ce sujet ; tous si rien n'est dit.
// column: who_needs who needs
// column_fr: who_needs qui a besoin
// column: topic topic
// column_fr: topic sujet
// column: who_can_help who can help
// column_fr: who_can_help qui peut aider
// column: how (WORKS_ON.mode) how
// column_fr: how comment
// column: with_topic with
// column_fr: with_topic avec
MATCH (needy:Organisation|Initiative)-[need:NEEDS]->(topic:Topic)
WHERE needy.visibility IN $visible AND topic.visibility IN $visible AND ($topic IS NULL OR topic.id = $topic)
OPTIONAL MATCH path = (helper:Expert|Organisation)-[tie:EXPERT_IN|WORKS_ON]->(narrow:Topic)-[:BROADER*0..6]->(topic)
WHERE helper.visibility IN $visible AND narrow.visibility IN $visible AND helper.id <> needy.id
  AND all(step IN nodes(path) WHERE step.visibility IN $visible)
RETURN DISTINCT
       needy.name AS who_needs,
       topic.label AS topic,
       need.urgency AS urgency,
       need.note AS note,
       helper.name AS who_can_help,
       CASE WHEN helper IS NULL THEN NULL WHEN type(tie) = 'EXPERT_IN' THEN 'knows'
            ELSE coalesce(tie.mode, 'works') END AS how,
       narrow.label AS with_topic,
       needy.id AS id,
       helper.id AS helper_id
ORDER BY who_needs, topic, who_can_help, with_topic, how, id, helper_id
