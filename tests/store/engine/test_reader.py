"""The reader of the embedded engine reads and does nothing else, whatever the statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import ClientError, Forbidden, Neo4jError

from cocommuns_graph.store.engine import Address

WRITES = [
    "CREATE (:Person {id: 'x'})",
    "CREATE (:Unheard {id: 'x'})",
    "MERGE (:Person {id: 'x'})",
    "MERGE (:Person {id: 'a'})-[:KNOWS]->(:Person {id: 'x'})",
    "MATCH (n:Person) SET n.name = 'x'",
    "MATCH (n:Person) SET n += {name: 'x'}",
    "MATCH (n:Person) SET n = {id: 'y'}",
    "MATCH (n:Person) SET n:Other",
    "MATCH (n:Person) REMOVE n.name",
    "MATCH (n:Person) REMOVE n:Person",
    "MATCH (n:Person {id: 'lonely'}) DELETE n",
    "MATCH (n:Person) DETACH DELETE n",
    "MATCH ()-[r:KNOWS]->() DELETE r",
    "MATCH ()-[r:KNOWS]->() SET r.since = 'x'",
    "MATCH ()-[r:KNOWS]->() REMOVE r.since",
    "MATCH (a:Person {id: 'a'}), (b:Person {id: 'lonely'}) CREATE (a)-[:KNOWS]->(b)",
    "MATCH (a:Person {id: 'a'}), (b:Person {id: 'lonely'}) CREATE (a)-[:UNHEARD]->(b)",
    "MATCH (a:Person {id: 'a'}), (b:Person {id: 'lonely'}) MERGE (a)-[:KNOWS]->(b)",
    "FOREACH (i IN [1] | CREATE (:Person {id: 'x'}))",
    "MATCH p = (:Person)-[:KNOWS]->() FOREACH (n IN nodes(p) | SET n.name = 'x')",
    "CALL { CREATE (n:Person {id: 'x'}) RETURN n } RETURN n",
    "MATCH (n:Person) CALL { WITH n SET n.name = 'x' } RETURN n",
    "UNWIND [1, 2] AS i CALL { WITH i CREATE (:Person {id: toString(i)}) } IN TRANSACTIONS",
    "MATCH (n:Person) RETURN n.id AS id UNION CREATE (n:Person {id: 'x'}) RETURN n.id AS id",
    "CREATE INDEX reader_made FOR (n:Person) ON (n.name)",
    "CREATE CONSTRAINT reader_made FOR (n:Person) REQUIRE n.name IS UNIQUE",
    "DROP CONSTRAINT person_id",
    "DROP INDEX person_name",
    "CREATE USER x SET PASSWORD 'longenough' CHANGE NOT REQUIRED",
    "ALTER USER root SET PASSWORD 'longenough'",
    "DROP USER root",
    "CREATE DATABASE x",
    "DROP DATABASE cocommuns",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "LOAD CSV FROM 'http://127.0.0.1:1/' AS line RETURN line",
    "LOAD CSV FROM 'http://192.0.2.1/' AS line RETURN line",
]
PROCEDURES = [
    "CALL apoc.create.node(['Person'], {id: 'x'}) YIELD node RETURN node",
    "CALL apoc.cypher.doIt('CREATE (:Person {id: \"x\"})', {}) YIELD value RETURN value",
    "CALL merge.node(['Person'], {id: 'x'})",
    "CALL db.createLabel('Unheard')",
    "CALL dbms.security.createUser('x', 'longenough')",
]
_PEOPLE = """
CREATE (:Person {id: 'a', name: 'A'})-[:KNOWS {since: '2016'}]->(:Person {id: 'b', name: 'B'}),
       (:Person {id: 'lonely', name: 'L'})
"""


@pytest.fixture(scope="module")
def reader(embedded_address: Address) -> Iterator[Driver]:
    with GraphDatabase.driver(
        embedded_address.uri,
        auth=(str(embedded_address.reader_username), str(embedded_address.reader_password)),
    ) as driver:
        yield driver


@pytest.fixture(scope="module")
def owner(embedded_address: Address) -> Iterator[Driver]:
    with GraphDatabase.driver(
        embedded_address.uri, auth=(embedded_address.username, embedded_address.password)
    ) as driver:
        with driver.session(database=embedded_address.database) as session:
            session.run(
                "CREATE CONSTRAINT person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE"
            ).consume()
            session.run("CREATE INDEX person_name IF NOT EXISTS FOR (n:Person) ON (n.name)").consume()
            session.run(_PEOPLE).consume()
        yield driver


def _everything(driver: Driver, database: str) -> list[object]:
    with driver.session(database=database) as session:
        return [
            session.run(statement).values()
            for statement in (
                "MATCH (n) RETURN labels(n) AS l, properties(n) AS p ORDER BY n.id",
                "MATCH (a)-[r]->(b) RETURN a.id, type(r), properties(r), b.id ORDER BY a.id, b.id",
                "SHOW CONSTRAINTS",
                "SHOW INDEXES",
                "CALL db.labels()",
                "CALL db.relationshipTypes()",
            )
        ]


@pytest.mark.parametrize("statement", WRITES)
@pytest.mark.parametrize("explicit", [False, True], ids=["auto", "explicit"])
def test_reader_cannot_write(
    reader: Driver, owner: Driver, embedded_address: Address, statement: str, explicit: bool
) -> None:
    before = _everything(owner, embedded_address.database)
    with reader.session(database=embedded_address.database) as session:
        run = session.execute_write if explicit else lambda work: work(session)
        with pytest.raises(Neo4jError):
            run(lambda runner: runner.run(statement).consume())
    assert _everything(owner, embedded_address.database) == before


@pytest.mark.parametrize("prefix", ["PROFILE", "EXPLAIN"])
@pytest.mark.parametrize("statement", WRITES[:13])
def test_explained_writes_change_nothing(
    reader: Driver, owner: Driver, embedded_address: Address, prefix: str, statement: str
) -> None:
    """Both answer with a plan; a refusal is then only in its text."""
    before = _everything(owner, embedded_address.database)
    with reader.session(database=embedded_address.database) as session, suppress(Neo4jError):
        session.run(f"{prefix} {statement}").consume()
    assert _everything(owner, embedded_address.database) == before


@pytest.mark.parametrize("statement", PROCEDURES)
def test_no_procedure_writes_for_the_reader(
    reader: Driver, owner: Driver, embedded_address: Address, statement: str
) -> None:
    before = _everything(owner, embedded_address.database)
    with reader.session(database=embedded_address.database) as session, pytest.raises(Neo4jError):
        session.run(statement).consume()
    assert _everything(owner, embedded_address.database) == before


def test_refusal_can_be_told_from_a_mistake(reader: Driver, owner: Driver, embedded_address: Address) -> None:
    with reader.session(database=embedded_address.database) as session:
        with pytest.raises(Forbidden) as refused:
            session.run("CREATE (:Person {id: 'x'})").consume()
        assert refused.value.code == "Neo.ClientError.Security.Forbidden"
        with pytest.raises(ClientError) as mistaken:
            session.run("MATCH (n:Person RETURN n").consume()
        assert mistaken.value.code == "Neo.ClientError.Statement.SyntaxError"
        assert "RETURN" in str(mistaken.value.message)


def test_reader_reads(reader: Driver, owner: Driver, embedded_address: Address) -> None:
    with reader.session(database=embedded_address.database) as session:
        assert session.run("MATCH (n:Person) RETURN n.id AS id ORDER BY id").value() == ["a", "b", "lonely"]
        assert session.run("MATCH p = (:Person {id: 'a'})-[:KNOWS*1..3]-(b) RETURN b.name").value() == ["B"]
        assert session.run("MATCH (n:Unheard) RETURN count(n)").value() == [0]
