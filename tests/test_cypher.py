"""Statements as exact text: names from the model, values as parameters."""

from __future__ import annotations

import re

import pytest

from cocommuns_graph import cypher
from cocommuns_graph.model import MODEL

AFFILIATED = ("Expert", "AFFILIATED_WITH", "Organisation")


@pytest.mark.parametrize(
    ("built", "text"),
    [
        (cypher.count_nodes("Expert"), "MATCH (n:Expert) RETURN count(n) AS count"),
        (
            cypher.count_links(*AFFILIATED),
            "MATCH (:Expert)-[r:AFFILIATED_WITH]->(:Organisation) RETURN count(r) AS count",
        ),
        (
            cypher.read_nodes("Topic"),
            "MATCH (n:Topic) WHERE n.visibility IN $visible RETURN properties(n) AS properties",
        ),
        (
            cypher.read_nodes_by_id("Topic"),
            "UNWIND $ids AS id MATCH (n:Topic {id: id}) RETURN properties(n) AS properties",
        ),
        (cypher.read_all_nodes("Topic"), "MATCH (n:Topic) RETURN properties(n) AS properties"),
        (
            cypher.read_links(*AFFILIATED),
            "MATCH (a:Expert)-[r:AFFILIATED_WITH]->(b:Organisation) "
            "WHERE a.visibility IN $visible AND b.visibility IN $visible "
            "RETURN a.id AS start, b.id AS end, properties(r) AS properties",
        ),
        (
            cypher.read_links_from(*AFFILIATED),
            "UNWIND $ids AS id MATCH (a:Expert {id: id})-[r:AFFILIATED_WITH]->(b:Organisation) "
            "RETURN a.id AS start, b.id AS end, properties(r) AS properties",
        ),
        (
            cypher.read_links_to(*AFFILIATED),
            "UNWIND $ids AS id MATCH (b:Organisation {id: id})<-[r:AFFILIATED_WITH]-(a:Expert) "
            "RETURN a.id AS start, b.id AS end, properties(r) AS properties",
        ),
        (cypher.create_nodes("Expert"), "UNWIND $rows AS row CREATE (n:Expert) SET n = row"),
        (
            cypher.update_nodes("Expert"),
            "UNWIND $rows AS row MATCH (n:Expert {id: row.id}) SET n += row.set",
        ),
        (cypher.delete_nodes("Expert"), "UNWIND $ids AS id MATCH (n:Expert {id: id}) DETACH DELETE n"),
        (
            cypher.create_links(*AFFILIATED),
            "UNWIND $rows AS row MATCH (a:Expert {id: row.start}) MATCH (b:Organisation {id: row.end}) "
            "CREATE (a)-[r:AFFILIATED_WITH]->(b) SET r = row.set",
        ),
        (
            cypher.update_links(*AFFILIATED),
            "UNWIND $rows AS row MATCH (a:Expert {id: row.start})-[r:AFFILIATED_WITH]->"
            "(b:Organisation {id: row.end}) WHERE r.key = row.key SET r += row.set",
        ),
        (
            cypher.delete_links(*AFFILIATED),
            "UNWIND $rows AS row MATCH (a:Expert {id: row.start})-[r:AFFILIATED_WITH]->"
            "(b:Organisation {id: row.end}) WHERE r.key = row.key DELETE r",
        ),
    ],
)
def test_a_statement_is_this_text(built: str, text: str) -> None:
    assert built == text


def test_every_label_has_one_constraint_on_its_id() -> None:
    assert cypher.constraints(MODEL)[:2] == [
        "CREATE CONSTRAINT organisation_id IF NOT EXISTS FOR (n:Organisation) REQUIRE n.id IS UNIQUE",
        "CREATE CONSTRAINT expert_id IF NOT EXISTS FOR (n:Expert) REQUIRE n.id IS UNIQUE",
    ]
    assert len(cypher.constraints(MODEL)) == len(MODEL.node_types)


def test_patterns_are_what_the_model_lets_meet_and_nothing_else() -> None:
    patterns = {(start.label, type_.type, end.label) for start, type_, end in cypher.patterns(MODEL)}
    assert len(patterns) == sum(len(t.starts) * len(t.ends) for t in MODEL.relationship_types)
    assert ("Expert", "EXPERT_IN", "Topic") in patterns
    assert ("Organisation", "COLLABORATES_WITH", "Expert") in patterns
    assert ("Topic", "EXPERT_IN", "Expert") not in patterns
    assert all(not MODEL.node(label).system for start, _, end in patterns for label in (start, end))


def test_no_statement_holds_a_value() -> None:
    """Literals are the lock's own name and nothing else."""
    statements = [*cypher.constraints(MODEL), cypher.TAKE_LOCK, cypher.MAKE_LOCK, cypher.READ_LOCK]
    for start, type_, end in cypher.patterns(MODEL):
        pattern = (start.label, type_.type, end.label)
        statements += [
            build(*pattern)
            for build in (
                cypher.read_links, cypher.read_all_links, cypher.read_links_from, cypher.read_links_to,
                cypher.create_links, cypher.update_links, cypher.delete_links, cypher.count_links,
            )
        ]  # fmt: skip
    literals = {
        literal for statement in statements for literal in re.findall(r"'[^']*'|\"[^\"]*\"", statement)
    }
    assert literals == {"'write'"}
