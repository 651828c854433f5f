// title: Which problems are faced and not solved, and by whom?
// title_fr: Quels problèmes sont rencontrés sans être résolus, et par qui ?
// explanation: The challenges that somebody faces and nobody is known to have solved, one row for each who faces
//   it, with how it shows.
// explanation_fr: Les difficultés que quelqu'un rencontre et que personne n'a résolues à notre connaissance, une
//   ligne pour chaque acteur concerné, avec la manière dont elles se présentent.
// role: visitor
// column: problem problem
// column_fr: problem problème
// column: faced_by faced by
// column_fr: faced_by qui le rencontre
// column: type what
// column_fr: type quoi
// column: since (date) since
// column_fr: since depuis
MATCH (who:Expert|Organisation|Initiative)-[faces:FACES]->(problem:Topic)
WHERE who.visibility IN $visible AND problem.visibility IN $visible
OPTIONAL MATCH (solver:Expert|Organisation|Initiative)-[:SOLVED]->(problem)
WHERE solver.visibility IN $visible
WITH problem, who, faces, count(solver) AS solvers
WHERE solvers = 0
RETURN problem.label AS problem,
       who.name AS faced_by,
       CASE WHEN who:Expert THEN 'Expert' WHEN who:Organisation THEN 'Organisation' ELSE 'Initiative' END
         AS type,
       faces.how AS how,
       faces.when AS since,
       problem.id AS problem_id,
       who.id AS id
ORDER BY problem, faced_by, id
