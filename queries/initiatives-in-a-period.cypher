// title: What took place in a period?
// title_fr: Qu'est-ce qui a eu lieu pendant une période ?
// explanation: The initiatives that began, ended or went on between two dates, each known as exactly as the
//   inventory has it; an active one without an end goes on, another without an end lasted as long as its start.
// explanation_fr: Les initiatives qui ont commencé, fini ou duré entre deux dates, connues aussi précisément que
//   l'inventaire les donne ; une initiative active et sans fin dure encore, une autre sans fin le temps de son début.
// role: visitor
// parameter: since (date, required) The first year, month or day.
// parameter_fr: since La première année, le premier mois ou jour.
// parameter: until (date, optional) The last year, month or day; up to now and beyond where nothing is said.
// parameter_fr: until La dernière année, le dernier mois ou jour ; sans limite si rien n'est dit.
// parameter: kind (Initiative.kind, optional) One kind of initiative; all where nothing is said.
// parameter_fr: kind Une nature d'initiative ; toutes si rien n'est dit.
// column: begins (date) begins
// column_fr: begins commence
// column: ends (date) ends
// column_fr: ends finit
// column: name initiative
// column_fr: name initiative
MATCH (initiative:Initiative)
WHERE initiative.visibility IN $visible AND ($kind IS NULL OR initiative.kind = $kind)
WITH initiative,
     coalesce(initiative.start, initiative.end) AS first,
     coalesce(initiative.end, CASE WHEN initiative.status = 'active' THEN '9999' ELSE initiative.start END) AS last
WHERE first IS NOT NULL
  AND ($until IS NULL OR first <= $until OR first STARTS WITH $until)
  AND (last >= $since OR $since STARTS WITH last)
RETURN first AS begins,
       initiative.end AS ends,
       initiative.name AS name,
       initiative.kind AS kind,
       initiative.status AS status,
       initiative.place AS place,
       initiative.country AS country,
       initiative.id AS id
ORDER BY begins, name, id
