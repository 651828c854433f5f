// title: Which topics matter here and lack an expert?
// title_fr: Quels sujets comptent ici et manquent d'expert·e ?
// explanation: The topics that somebody needs, faces or works on and that few people, or nobody, are known to be
//   expert in; who knows a narrower topic counts. The most needed come first.
// explanation_fr: Les sujets dont quelqu'un a besoin, que quelqu'un affronte ou travaille, et que peu de personnes,
//   ou aucune, connaissent ; qui connaît un sujet qu'ils comprennent compte aussi. Les plus demandés d'abord.
// role: visitor
// parameter: at_most (integer, default 0) How many experts at most; 0 for topics with none.
// parameter_fr: at_most Combien d'expert·es au plus ; 0 pour les sujets qui n'en ont pas.
// parameter: kind (Topic.kind, optional) One kind of topic; all where nothing is said.
// parameter_fr: kind Une nature de sujet ; toutes si rien n'est dit.
// column: topic topic
// column_fr: topic sujet
// column: kind (Topic.kind) kind
// column_fr: kind nature
// column: experts experts
// column_fr: experts expert·es
// column: needed_by needed by
// column_fr: needed_by demandé par
// column: faced_by faced by
// column_fr: faced_by rencontré par
// column: worked_on_by worked on by
// column_fr: worked_on_by travaillé par
MATCH (topic:Topic)
WHERE topic.visibility IN $visible AND ($kind IS NULL OR topic.kind = $kind)
OPTIONAL MATCH (needy:Organisation|Initiative)-[:NEEDS]->(topic)
WHERE needy.visibility IN $visible
WITH topic, count(DISTINCT needy) AS needed_by
OPTIONAL MATCH (troubled:Expert|Organisation|Initiative)-[:FACES]->(topic)
WHERE troubled.visibility IN $visible
WITH topic, needed_by, count(DISTINCT troubled) AS faced_by
OPTIONAL MATCH (worker:Organisation)-[:WORKS_ON]->(topic)
WHERE worker.visibility IN $visible
WITH topic, needed_by, faced_by, count(DISTINCT worker) AS worked_on_by
WHERE needed_by + faced_by + worked_on_by > 0
OPTIONAL MATCH path = (person:Expert)-[:EXPERT_IN]->(narrow:Topic)-[:BROADER*0..6]->(topic)
WHERE person.visibility IN $visible AND narrow.visibility IN $visible
  AND all(step IN nodes(path) WHERE step.visibility IN $visible)
WITH topic, needed_by, faced_by, worked_on_by, count(DISTINCT person) AS known_by
WHERE known_by <= $at_most
RETURN topic.label AS topic,
       topic.kind AS kind,
       known_by AS experts,
       needed_by AS needed_by,
       faced_by AS faced_by,
       worked_on_by AS worked_on_by,
       topic.id AS id
ORDER BY needed_by DESC, faced_by DESC, worked_on_by DESC, topic, id
