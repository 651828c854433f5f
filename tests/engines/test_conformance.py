"""What we ask of an engine, asked of both: one case for each shape of statement, the same for each.

The pin of the embedded engine may only be raised with these green.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import neo4j
import pytest
from neo4j.exceptions import Neo4jError

from cocommuns_graph import cypher
from cocommuns_graph.model import MODEL, STEWARD
from cocommuns_graph.model.errors import CocommunsError, EngineError, InvalidQuery, WriteRefused
from cocommuns_graph.store import door
from cocommuns_graph.store.door import Store
from cocommuns_graph.store.engine import Address
from cocommuns_graph.store.failures import is_transient
from tests.engines.stores import run

Rows = list[dict[str, Any]]


@pytest.fixture
def tx(store: Store) -> Iterator[Callable[..., Rows]]:
    """Runs statements in one write transaction, which is rolled back when the test ends."""
    with (
        neo4j.GraphDatabase.driver(
            store.address.uri, auth=(store.address.username, store.address.password)
        ) as driver,
        driver.session(database=store.address.database) as session,
        session.begin_transaction() as transaction,
    ):

        def execute(statement: str, **parameters: Any) -> Rows:
            return [record.data() for record in transaction.run(statement, parameters)]

        yield execute
        transaction.rollback()


def people(tx: Callable[..., Rows], *ids: str, **more: Any) -> None:
    tx(
        cypher.create_nodes("Expert"),
        rows=[{"id": i, "name": f"Name of {i}", "visibility": "public", **more} for i in ids],
    )


def organisations(tx: Callable[..., Rows], *ids: str) -> None:
    tx(
        cypher.create_nodes("Organisation"),
        rows=[{"id": i, "name": f"Name of {i}", "visibility": "public"} for i in ids],
    )


ROLE = ("Expert", "AFFILIATED_WITH", "Organisation")


class TestStatements:
    """One case a function of cypher.py."""

    def test_constraints_may_be_made_again_and_keep_ids_unique(self, store: Store) -> None:
        for statement in [*cypher.constraints(MODEL), *cypher.INDEXES] * 2:
            run(store.address, statement)
        run(store.address, "CREATE (:Topic {id: 'same'})")
        with pytest.raises(Neo4jError, match=r"(?i)constraint|duplicate"):
            run(store.address, "CREATE (:Topic {id: 'same'})")
        run(store.address, "CREATE (:Expert {id: 'same'})")
        assert run(store.address, "MATCH (n {id: 'same'}) RETURN count(n) AS n") == [{"n": 2}]

    def test_every_label_refuses_a_second_node_of_one_id(self, store: Store) -> None:
        for node_type in MODEL:
            run(store.address, f"MERGE (n:{node_type.label} {{id: 'twice'}})")
            with pytest.raises(Neo4jError):
                run(store.address, f"CREATE (n:{node_type.label} {{id: 'twice'}})")

    def test_the_lock_is_made_once_taken_and_read(self, tx: Callable[..., Rows]) -> None:
        tx(cypher.MAKE_LOCK, now="2026-01-01")
        assert tx("MATCH (l:Lock) RETURN count(l) AS n") == [{"n": 1}]
        assert tx(cypher.TAKE_LOCK, now="2026-02-02") == [{"taken": "2026-02-02"}]
        assert tx(cypher.READ_LOCK) == [{"taken": "2026-02-02"}]

    def test_nodes_are_created_with_every_kind_of_value(self, tx: Callable[..., Rows]) -> None:
        values = {
            "id": "a", "name": "Zoë 社会 🌍", "aliases": ["x", "y|z", "\\"], "whole": 2**53 + 1, "small": -7,
            "fraction": 0.1, "tiny": 5e-324, "no": False, "numbers": [1, 2], "halves": [0.5, 1.5],
            "yes": True, "flags": [True, False], "text": "a\nb\t'\"`;--", "one": ["alone"],
        }  # fmt: skip
        tx(cypher.create_nodes("Expert"), rows=[values])
        (found,) = tx(cypher.read_all_nodes("Expert"))
        assert found["properties"] == values
        assert {name: type(value) for name, value in found["properties"].items()} == {
            name: type(value) for name, value in values.items()
        }

    def test_null_is_not_stored(self, tx: Callable[..., Rows]) -> None:
        people(tx, "a", place=None)
        assert tx(cypher.read_all_nodes("Expert")) == [
            {"properties": {"id": "a", "name": "Name of a", "visibility": "public"}}
        ]

    @pytest.mark.parametrize(
        "name", ["Chiffre_d_affaires", "δοκιμή", "a b", "x.y", "`", "$x", "class", "1st"]
    )
    def test_property_names_may_be_odd(self, tx: Callable[..., Rows], name: str) -> None:
        people(tx, "a", **{name: "value"})
        tx(cypher.update_nodes("Expert"), rows=[{"id": "a", "set": {name: "other"}}])
        (found,) = tx(cypher.read_nodes_by_id("Expert"), ids=["a"])
        assert found["properties"][name] == "other"

    def test_nodes_are_read_by_id_and_by_visibility(self, tx: Callable[..., Rows]) -> None:
        people(tx, "a", "b")
        people(tx, "c", visibility="members")
        names = [r["properties"]["id"] for r in tx(cypher.read_nodes("Expert"), visible=["public"])]
        assert sorted(names) == ["a", "b"]
        found = tx(cypher.read_nodes_by_id("Expert"), ids=["c", "none", "a"])
        assert [r["properties"]["id"] for r in found] == ["c", "a"]
        assert tx(cypher.count_nodes("Expert")) == [{"count": 3}]
        assert tx(cypher.count_nodes("Topic")) == [{"count": 0}]

    def test_settings_add_change_and_remove(self, tx: Callable[..., Rows]) -> None:
        people(tx, "a", place="Ghent", country="BE")
        tx(
            cypher.update_nodes("Expert"),
            rows=[{"id": "a", "set": {"place": "Liège", "country": None, "aliases": ["A"]}},
                  {"id": "none", "set": {"place": "x"}}],
        )  # fmt: skip
        assert tx(cypher.read_all_nodes("Expert")) == [
            {"properties": {"id": "a", "name": "Name of a", "visibility": "public", "place": "Liège",
                            "aliases": ["A"]}}
        ]  # fmt: skip

    def test_links_are_created_read_from_both_sides_and_counted(self, tx: Callable[..., Rows]) -> None:
        people(tx, "a", "b")
        organisations(tx, "o", "p")
        made = [
            {"start": s, "end": e, "set": {"key": k, "role": k or None}}
            for s, e, k in (("a", "o", ""), ("a", "o", "chair"), ("b", "o", ""), ("b", "p", ""))
        ]
        tx(cypher.create_links(*ROLE), rows=made)
        tx(cypher.create_links(*ROLE), rows=[{"start": "a", "end": "none", "set": {"key": ""}}])
        assert tx(cypher.count_links(*ROLE)) == [{"count": 4}]

        def ends(rows: Rows) -> list[tuple[str, str, str]]:
            return sorted((r["start"], r["end"], r["properties"]["key"]) for r in rows)

        all_links = [("a", "o", ""), ("a", "o", "chair"), ("b", "o", ""), ("b", "p", "")]
        assert ends(tx(cypher.read_all_links(*ROLE))) == all_links
        assert ends(tx(cypher.read_links_from(*ROLE), ids=["a"])) == all_links[:2]
        assert ends(tx(cypher.read_links_to(*ROLE), ids=["o"])) == all_links[:3]

    def test_links_to_hidden_nodes_are_not_read(self, tx: Callable[..., Rows]) -> None:
        people(tx, "a")
        people(tx, "h", visibility="stewards")
        organisations(tx, "o")
        tx(cypher.create_links(*ROLE), rows=[{"start": s, "end": "o", "set": {"key": ""}} for s in "ah"])
        found = tx(cypher.read_links(*ROLE), visible=["public"])
        assert [(r["start"], r["end"]) for r in found] == [("a", "o")]

    def test_a_link_is_changed_and_deleted_by_its_key(self, tx: Callable[..., Rows]) -> None:
        people(tx, "a")
        organisations(tx, "o")
        tx(
            cypher.create_links(*ROLE),
            rows=[{"start": "a", "end": "o", "set": {"key": k}} for k in ("", "x", "y\\|z")],
        )
        tx(
            cypher.update_links(*ROLE),
            rows=[{"start": "a", "end": "o", "key": "y\\|z", "set": {"until": "2020", "since": None}}],
        )
        found = {r["properties"]["key"]: r["properties"] for r in tx(cypher.read_all_links(*ROLE))}
        assert found == {"": {"key": ""}, "x": {"key": "x"}, "y\\|z": {"key": "y\\|z", "until": "2020"}}
        tx(cypher.delete_links(*ROLE), rows=[{"start": "a", "end": "o", "key": ""}])
        assert sorted(r["properties"]["key"] for r in tx(cypher.read_all_links(*ROLE))) == ["x", "y\\|z"]

    def test_a_tie_between_one_node_and_itself(self, tx: Callable[..., Rows]) -> None:
        organisations(tx, "o")
        loop = ("Organisation", "PARTNER_OF", "Organisation")
        tx(cypher.create_links(*loop), rows=[{"start": "o", "end": "o", "set": {"key": ""}}])
        assert tx(cypher.count_links(*loop)) == [{"count": 1}]
        assert len(tx(cypher.read_links_from(*loop), ids=["o"])) == 1
        tx(cypher.delete_links(*loop), rows=[{"start": "o", "end": "o", "key": ""}])
        assert tx(cypher.count_links(*loop)) == [{"count": 0}]

    def test_the_journal_is_read_by_unit_and_by_element(self, tx: Callable[..., Rows]) -> None:
        tie = '["ada", "EXPERT_IN", "care", ""]'
        written = [
            ("c1", "2026-01-01", "ada", '{"place": "Ghent"}', "u1"),
            ("c2", "2026-01-02", tie, '{"level": 3}', "u2"),
            ("c3", "2026-01-03", "ada", '{"place": null}', "u2"),
            ("c4", "2026-01-04", "adam", '{"place": "Rome"}', "u2"),
        ]
        rows = [
            {
                "id": id_, "when": when, "element": element, "after": after, "unit": unit, "who": "bo",
                "action": "remove" if id_ == "c4" else "update",
            }
            for id_, when, element, after, unit in written
        ]  # fmt: skip
        tx(cypher.create_nodes("Change"), rows=rows)
        tx(cypher.create_nodes("Import"), rows=[{"id": "u1", "action": "edit"}, {"id": "u2", "action": "x"}])

        def ids(found: Rows) -> set[str]:
            return {record["change"]["id"] for record in found}

        both = ["u1", "u2"]
        assert ids(tx(cypher.READ_CHANGES, units=["u2"], removals=False)) == {"c2", "c3"}
        assert ids(tx(cypher.READ_CHANGES, units=both, removals=False)) == {"c1", "c2", "c3"}
        assert ids(tx(cypher.READ_CHANGES, units=both, removals=True)) == {"c4"}
        assert ids(tx(cypher.READ_REMOVALS, elements=["adam", "ada"])) == {"c4"}
        of_ada = {"id": "ada", "start": '["ada", ', "end": ', "ada", '}
        assert ids(tx(cypher.READ_CHANGES_OF, **of_ada)) == {"c3", "c2", "c1"}
        of_care = {"id": "care", "start": '["care", ', "end": ', "care", '}
        assert ids(tx(cypher.READ_CHANGES_OF, **of_care)) == {"c2"}
        last = tx(cypher.READ_LAST_CHANGES, elements=["ada", tie], but="u9")
        assert [(r["element"], r["by"], r["who"]) for r in last] == [
            ("ada", "x", "bo"), (tie, "x", "bo"), ("ada", "edit", "bo"),
        ]  # fmt: skip
        assert [r["by"] for r in tx(cypher.READ_LAST_CHANGES, elements=["ada"], but="u2")] == ["edit"]

    def test_deleting_a_node_deletes_its_ties(self, tx: Callable[..., Rows]) -> None:
        people(tx, "a", "b")
        organisations(tx, "o")
        tx(cypher.create_links(*ROLE), rows=[{"start": s, "end": "o", "set": {"key": ""}} for s in "ab"])
        tx(cypher.delete_nodes("Expert"), ids=["a", "none"])
        assert [r["properties"]["id"] for r in tx(cypher.read_all_nodes("Expert"))] == ["b"]
        assert tx(cypher.count_links(*ROLE)) == [{"count": 1}]

    def test_every_pattern_of_the_model_can_be_made_and_read(self, tx: Callable[..., Rows]) -> None:
        for label in MODEL.labels:
            tx(
                cypher.create_nodes(label),
                rows=[{"id": f"{label}-{i}", "visibility": "public"} for i in "ab"],
            )
        patterns = list(cypher.patterns(MODEL))
        for start, declared, end in patterns:
            pattern = (start.label, declared.type, end.label)
            link = {"start": f"{start.label}-a", "end": f"{end.label}-b", "set": {"key": "k"}}
            tx(cypher.create_links(*pattern), rows=[link])
            (found,) = tx(cypher.read_links(*pattern), visible=["public"])
            assert (found["start"], found["end"]) == (link["start"], link["end"])
        assert tx("MATCH ()-[r]->() RETURN count(r) AS n") == [{"n": len(patterns)}]

    def test_a_megabyte_of_text_comes_back(self, tx: Callable[..., Rows]) -> None:
        text = "Économie sociale 🌍 " * 60_000
        people(tx, "a", description=text)
        (found,) = tx(cypher.read_nodes_by_id("Expert"), ids=["a"])
        assert found["properties"]["description"] == text

    def test_five_thousand_rows_in_one_message(self, tx: Callable[..., Rows]) -> None:
        people(tx, *(f"n{i}" for i in range(5_000)))
        assert tx(cypher.count_nodes("Expert")) == [{"count": 5_000}]

    def test_texts_are_ordered_by_code_point_and_null_comes_last(self, tx: Callable[..., Rows]) -> None:
        for name in ("b", "É", "a", "B", "Z"):
            people(tx, f"n{name}", place=name)
        people(tx, "none")
        found = tx("MATCH (e:Expert) RETURN e.place AS place ORDER BY place, e.id")
        assert [r["place"] for r in found] == ["B", "Z", "a", "b", "É", None]


class TestTransactions:
    def test_rollback_leaves_nothing(self, store: Store) -> None:
        with (
            neo4j.GraphDatabase.driver(
                store.address.uri, auth=(store.address.username, store.address.password)
            ) as driver,
            driver.session(database=store.address.database) as session,
        ):
            transaction = session.begin_transaction()
            transaction.run(cypher.create_nodes("Topic"), rows=[{"id": "t"}]).consume()
            transaction.run("MATCH (l:Lock) SET l.taken = 'never'").consume()
            transaction.rollback()
        assert run(store.address, "MATCH (t:Topic) RETURN t.id") == []
        assert run(store.address, "MATCH (l:Lock {taken: 'never'}) RETURN l.id") == []

    def test_a_failing_statement_takes_the_whole_transaction_with_it(self, store: Store) -> None:
        with (
            neo4j.GraphDatabase.driver(
                store.address.uri, auth=(store.address.username, store.address.password)
            ) as driver,
            driver.session(database=store.address.database) as session,
        ):
            transaction = session.begin_transaction()
            transaction.run(cypher.create_nodes("Topic"), rows=[{"id": "t"}]).consume()
            with pytest.raises(Neo4jError):
                transaction.run(cypher.create_nodes("Topic"), rows=[{"id": "u"}, {"id": "t"}]).consume()
            transaction.close()
        assert run(store.address, "MATCH (t:Topic) RETURN t.id") == []

    def test_what_is_not_committed_is_seen_by_nobody_else(self, store: Store) -> None:
        with (
            neo4j.GraphDatabase.driver(
                store.address.uri, auth=(store.address.username, store.address.password)
            ) as driver,
            driver.session(database=store.address.database) as session,
        ):
            transaction = session.begin_transaction()
            transaction.run(cypher.create_nodes("Topic"), rows=[{"id": "t"}]).consume()
            assert run(store.address, "MATCH (t:Topic) RETURN t.id") == []
            transaction.commit()
        assert len(run(store.address, "MATCH (t:Topic) RETURN t.id")) == 1


WRITES = [
    "CREATE (:Expert {id: 'w'})",
    "create (n) return n",
    "MERGE (n:Expert {id: 'w'}) RETURN n.id",
    "MATCH (n:Expert) SET n.name = 'w' RETURN n.name",
    "MATCH (n:Expert) SET n = {id: 'w'} RETURN n.id",
    "MATCH (n:Expert) SET n += $map RETURN n.id",
    "MATCH (n:Expert) SET n:Other RETURN n.id",
    "MATCH (n:Expert) REMOVE n.name RETURN n.id",
    "MATCH (n:Expert) REMOVE n:Expert RETURN n.id",
    "MATCH (n:Expert) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH ()-[r]->() DELETE r",
    "MATCH (a:Expert), (b:Organisation) CREATE (a)-[:AFFILIATED_WITH {key: 'w'}]->(b)",
    "MATCH (a:Expert), (b:Organisation) MERGE (a)-[r:AFFILIATED_WITH {key: 'w'}]->(b) RETURN r.key",
    "MATCH ()-[r:AFFILIATED_WITH]->() SET r.role = 'w' RETURN r.role",
    "MATCH (n:Expert) FOREACH (x IN [1] | SET n.name = 'w')",
    "MATCH (n:Expert) FOREACH (x IN [1] | CREATE (:Expert {id: 'w'}))",
    "UNWIND [1, 2] AS x CREATE (:Expert {id: toString(x)})",
    "CALL { CREATE (:Expert {id: 'w'}) } RETURN 1 AS x",
    "CALL () { CREATE (:Expert {id: 'w'}) RETURN 1 AS y } RETURN y",
    "MATCH (n:Expert) CALL { WITH n SET n.name = 'w' RETURN n AS m } RETURN m.id",
    "MATCH (n:Expert) CALL { WITH n DELETE n } IN TRANSACTIONS RETURN 1 AS x",
    "MATCH (n:Expert) WHERE EXISTS { CREATE (:Expert {id: 'w'}) RETURN 1 AS x } RETURN n.id",
    "/* only reading */ CREATE // or not\n (:Expert {id: 'w'})",
    "MATCH (n:Expert) /* c */ SET /* d */ n.name = 'w' RETURN 1 AS x",
    r"\u0043REATE (:Expert {id: 'w'})",
    r"MATCH (n:Expert) \u0053ET n.name = 'w' RETURN n.name",
    "CREATE INDEX w FOR (n:Expert) ON (n.name)",
    "CREATE CONSTRAINT w FOR (n:Expert) REQUIRE n.name IS UNIQUE",
    "DROP CONSTRAINT expert_id",
    "DROP INDEX expert_id",
    "CREATE DATABASE w",
    "CREATE USER w SET PASSWORD 'wwwwwwww'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'wwwwwwww'",
    "CALL db.createLabel('W')",
    "CALL db.createRelationshipType('W')",
    "CALL db.createProperty('w')",
    "CALL dbms.setConfigValue('a', 'b')",
    "CALL dbms.killTransaction('neo4j-transaction-1')",
    "CALL apoc.create.node(['Expert'], {id: 'w'})",
    "CALL apoc.cypher.doIt('CREATE (:Expert)', {})",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "load /* x */ csv with headers from 'http://127.0.0.1/x' as line return line",
    r"L\u004FAD CSV FROM 'file:///etc/passwd' AS line CREATE (:Expert {id: line[0]})",
    "INSERT INTO Expert SET id = 'w'",
    "UPDATE Expert SET name = 'w'",
    "DELETE FROM Expert",
    "CREATE VERTEX TYPE W",
    "CREATE VERTEX Expert SET id = 'w'",
    "DROP TYPE Expert UNSAFE",
    "ALTER DATABASE `arcadedb.x` 1",
    "TRUNCATE TYPE Expert UNSAFE",
    "IMPORT DATABASE file:///etc/passwd",
    "BACKUP DATABASE",
    "EXPORT DATABASE file://w.jsonl",
    "MATCH (n:Expert) RETURN n.id; CREATE (:Expert {id: 'w'})",
    "MATCH (n:Expert) RETURN n.id\nUNION\nCREATE (m:Expert {id: 'w'}) RETURN m.id",
    "EXPLAIN CREATE (:Expert {id: 'w'})",
    "PROFILE CREATE (:Expert {id: 'w'})",
    "CYPHER runtime=slotted CREATE (:Expert {id: 'w'})",
    "USE system CREATE (:Expert {id: 'w'})",
]
HARMLESS = {"EXPLAIN CREATE (:Expert {id: 'w'})", "CALL dbms.killTransaction('neo4j-transaction-1')"}
"""These may be answered, since they change nothing: a plan alone, a transaction that is not there."""


def everything(store: Store) -> tuple[Rows, Rows]:
    """All nodes with labels and properties, and all ties."""
    nodes = run(
        store.address, "MATCH (n) RETURN labels(n) AS labels, properties(n) AS p ORDER BY n.id, labels"
    )
    ties = run(
        store.address,
        "MATCH (a)-[r]->(b) RETURN a.id AS a, b.id AS b, type(r) AS t, properties(r) AS p ORDER BY a, b, t",
    )
    return nodes, ties


def refusal(store: Store, statement: str) -> str | None:
    """What is said to somebody who asks this; None where it is answered."""
    try:
        store.ask(STEWARD, statement, {"map": {"name": "w"}})
    except (WriteRefused, InvalidQuery) as error:
        return str(error)
    return None


class TestAsking:
    def test_what_asks_cannot_write(self, store: Store) -> None:
        run(
            store.address,
            "CREATE (a:Expert {id: 'a', name: 'A'})-[:AFFILIATED_WITH {key: ''}]->(:Organisation {id: 'o'})",
        )
        before = everything(store)
        answered = []
        for statement in WRITES:
            said = refusal(store, statement)
            if said is None:
                answered.append(statement)
            else:
                assert "\n" not in said
                assert len(said) < 500
            assert everything(store) == before, statement
        assert set(answered) <= HARMLESS
        with pytest.raises(Neo4jError):
            run(store.address, "CREATE (:Expert {id: 'a'})")

    @pytest.mark.parametrize(
        "statement", [s for s in WRITES if s.startswith(("CREATE (", "MERGE", "MATCH (n:Expert) SET n.name"))]
    )
    def test_plain_writing_is_called_by_its_name(self, store: Store, statement: str) -> None:
        run(store.address, "CREATE (:Expert {id: 'a', name: 'A'})")
        with pytest.raises(WriteRefused, match="may only read"):
            store.ask(STEWARD, statement, {})

    def test_reading_files_is_refused_before_the_engine_sees_it(self, store: Store) -> None:
        with pytest.raises(WriteRefused, match="LOAD CSV"):
            store.ask(STEWARD, "load /* x */ csv from 'file:///etc/passwd' as line return line", {})

    def test_answers_are_plain_values(self, store: Store) -> None:
        run(
            store.address,
            "CREATE (:Expert {id: 'a', name: 'A', tags: ['x'], contact: ['c']})"
            "-[:AFFILIATED_WITH {key: '', role: 'chair'}]->(:Organisation {id: 'o', name: 'O'})",
        )
        answer = store.ask(
            STEWARD,
            "MATCH p = (e:Expert)-[r]->(o) RETURN e.name AS name, e AS node, r AS tie, p AS path, "
            "e.tags AS tags, null AS nothing, 1.5 AS half, {a: [o.id]} AS map, date('2020-01-02') AS day",
            {},
        )
        assert answer.columns == ["name", "node", "tie", "path", "tags", "nothing", "half", "map", "day"]
        (row,) = answer.rows
        person = {"id": "a", "name": "A", "tags": ["x"], "contact": ["c"]}
        organisation = {"id": "o", "name": "O"}
        assert row == [
            "A", person, {"key": "", "role": "chair"}, [person, organisation], ["x"], None, 1.5,
            {"a": ["o"]}, "2020-01-02",
        ]  # fmt: skip

    def test_an_answer_may_have_no_rows(self, store: Store) -> None:
        """Then the embedded engine names no columns either; a named query knows them by itself."""
        answer = store.ask(STEWARD, "MATCH (e:Expert) RETURN e.name AS name, e.id AS id", {})
        assert answer.rows == []
        assert answer.columns in ([], ["name", "id"])

    @pytest.mark.parametrize(
        "statement", ["MATCH (n RETURN n", "", "RETURN", "MATCH (n) RETURN m", "RETURN foo(1)", "SELEKT 1"]
    )
    def test_what_no_engine_understands_is_one_sentence(self, store: Store, statement: str) -> None:
        with pytest.raises(InvalidQuery, match="does not understand") as raised:
            store.ask(STEWARD, statement, {})
        assert "\n" not in str(raised.value)

    def test_neo4j_stops_a_query_that_takes_too_long(
        self, neo4j_address: Address, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The embedded engine goes on to the end: it knows no limit of time for Cypher."""
        monkeypatch.setattr(door, "_ASK_SECONDS", 0.5)
        store = Store(neo4j_address)
        endless = (
            "UNWIND range(1, 90000) AS a UNWIND range(1, 90000) AS b WITH a * b AS c WHERE c = 0 RETURN c"
        )
        with pytest.raises(EngineError, match="too long and was stopped"):
            store.ask(STEWARD, endless, {})
        store.close()

    def test_a_missing_parameter_is_one_sentence(self, store: Store) -> None:
        with pytest.raises(CocommunsError):
            store.ask(STEWARD, "MATCH (e:Expert {id: $who}) RETURN e.id", {})


class TestReadingShapes:
    """Shapes that named queries use beyond single patterns."""

    @pytest.fixture
    def filled(self, store: Store) -> Store:
        run(
            store.address,
            "CREATE (a:Topic {id: 'a'})-[:BROADER]->(b:Topic {id: 'b'})-[:BROADER]->(c:Topic {id: 'c'}), "
            "(x:Expert {id: 'x'})-[:EXPERT_IN {level: 3}]->(a), (y:Organisation {id: 'y'})-[:WORKS_ON]->(c)",
        )
        return store

    @pytest.mark.parametrize(
        ("statement", "rows"),
        [
            ("MATCH (t:Topic)-[:BROADER*0..5]->(:Topic {id: 'c'}) RETURN t.id AS id ORDER BY id",
             [["a"], ["b"], ["c"]]),
            ("MATCH p = (t:Topic)-[:BROADER*1..5]->(:Topic {id: 'c'}) RETURN t.id AS id, length(p) AS n, "
             "[m IN nodes(p) | m.id] AS via ORDER BY n", [["b", 1, ["b", "c"]], ["a", 2, ["a", "b", "c"]]]),
            ("MATCH (n:Expert|Organisation)-[r:EXPERT_IN|WORKS_ON]->(t) RETURN n.id AS id, type(r) AS t, "
             "n:Expert AS e, r.level AS level ORDER BY id",
             [["x", "EXPERT_IN", True, 3], ["y", "WORKS_ON", False, None]]),
            ("MATCH (t:Topic) OPTIONAL MATCH (n)-[:EXPERT_IN]->(t) RETURN t.id AS id, count(n) AS n "
             "ORDER BY n DESC, id", [["a", 1], ["b", 0], ["c", 0]]),
            ("MATCH (t:Topic) WHERE NOT EXISTS { MATCH (t)-[:BROADER]->() } RETURN t.id AS id", [["c"]]),
            ("MATCH (t:Topic) WITH t ORDER BY t.id DESC RETURN collect(t.id) AS ids", [[["c", "b", "a"]]]),
            ("MATCH (t:Topic {id: 'a'}) CALL { WITH t MATCH (t)-[:BROADER]->(u) RETURN u.id AS up } "
             "RETURN up", [["b"]]),
            ("MATCH p = shortestPath((x:Expert {id: 'x'})-[*..6]-(y:Organisation {id: 'y'})) "
             "RETURN length(p) AS n", [[4]]),
            ("UNWIND ['b', 'a', 'b'] AS x RETURN DISTINCT x ORDER BY x SKIP 0 LIMIT 5", [["a"], ["b"]]),
            ("RETURN $x IS NULL AS nothing, coalesce($x, 'd') AS d, 'd' IN [] AS i", [[True, "d", False]]),
            ("MATCH (t:Topic) WHERE t.id IN $ids RETURN t.id AS id ORDER BY id LIMIT $n", [["a"]]),
            ("RETURN reduce(s = '', x IN ['a', 'b'] | s + x) AS s, size(['a']) AS n, toLower('ÉA') AS l",
             [["ab", 1, "éa"]]),
            ("MATCH (t:Topic {id: 'a'}) RETURN t.id AS id UNION MATCH (t:Topic {id: 'b'}) RETURN t.id AS id",
             [["a"], ["b"]]),
        ],
    )  # fmt: skip
    def test_both_engines_give_the_same_rows(
        self, filled: Store, statement: str, rows: list[list[Any]]
    ) -> None:
        assert filled.ask(STEWARD, statement, {"x": None, "ids": ["a", "b"], "n": 1}).rows == rows


class TestTwoWriters:
    def test_two_transactions_that_take_the_lock_take_turns(self, store: Store) -> None:
        """The one that comes second waits, or fails as something to be tried again; never both at once."""
        errors: list[Exception] = []

        def write(number: int) -> None:
            for attempt in range(30):
                try:
                    with (
                        neo4j.GraphDatabase.driver(
                            store.address.uri, auth=(store.address.username, store.address.password)
                        ) as driver,
                        driver.session(database=store.address.database) as session,
                        session.begin_transaction() as transaction,
                    ):
                        transaction.run(cypher.TAKE_LOCK, now=f"{number}-{attempt}").consume()
                        counted = transaction.run("MATCH (t:Topic) RETURN count(t) AS n").single()
                        transaction.run(
                            cypher.create_nodes("Topic"), rows=[{"id": f"{counted['n']}"}]
                        ).consume()
                        transaction.commit()
                    return
                except Exception as error:
                    if not is_transient(error):
                        errors.append(error)
                        return
            errors.append(AssertionError("never got its turn"))

        threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        found = run(store.address, "MATCH (t:Topic) RETURN t.id AS id ORDER BY id")
        assert [r["id"] for r in found] == [str(number) for number in range(6)]
