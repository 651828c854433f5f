"""Shortlists and watches on a real graph: beside the inventory, in the journal, seen by whoever may."""

from __future__ import annotations

from cocommuns_graph.changes import Outcome
from cocommuns_graph.model import COORDINATOR, MODEL, STEWARD, VISITOR
from cocommuns_graph.model.claims import NodeClaim, Revision, Row, entered_by
from cocommuns_graph.store.door import Store
from tests.engines.stores import run
from tests.store.claims import changes, expert, nodes, organisation, row, said, write

NEW = Revision(new=True)
GONE = Revision(new=False, removed=True)


def remember(store: Store, *claims: NodeClaim) -> Outcome:
    return store.write(lambda: [Row(entered_by("Bo"), "", 0, list(claims))], who="Bo", memory=True)


def shortlist(visibility: str) -> NodeClaim:
    values = {"name": visibility.title(), "visibility": visibility}
    return NodeClaim("Shortlist", f"list-{visibility}", dict(values), revision=NEW)


def entry(list_: str, record: str) -> NodeClaim:
    values = {"list": f"list-{list_}", "record": record, "place": 1.0}
    return NodeClaim("ShortlistEntry", f"{list_}-{record}", dict(values), revision=NEW)


def test_lists_lie_beside_the_inventory_and_each_sees_what_they_may(store: Store) -> None:
    write(store, [row(2, expert("ada"), expert("bo", visibility="stewards"), organisation("mill"))])
    before, stamp = nodes(store), store.stamp()
    on_all = [entry("public", record) for record in ("ada", "bo", "mill")]
    remember(store, shortlist("public"), shortlist("stewards"), *on_all, entry("stewards", "mill"))

    assert nodes(store) == before
    assert store.stamp() == stamp
    assert len(store.imports()) == 1
    assert [unit["action"] for unit in store.imports(memory=True)] == ["remember"]
    seen = {
        viewer.name: sorted(store.remembered(viewer).entries) for viewer in (VISITOR, COORDINATOR, STEWARD)
    }
    assert seen == {
        "visitor": ["public-mill"],
        "coordinator": ["public-ada", "public-mill"],
        "steward": ["public-ada", "public-bo", "public-mill", "stewards-mill"],
    }
    assert sorted(store.remembered(VISITOR).shortlists) == ["list-public"]


def test_a_removed_record_stays_as_gone_for_those_who_could_see_it(store: Store) -> None:
    rows = [row(2, organisation("mill")), row(3, expert("bo", visibility="stewards"))]
    write(store, rows)
    remember(store, shortlist("public"), entry("public", "mill"), entry("public", "bo"))
    write(store, [], sync=frozenset({"a.csv"}))
    assert nodes(store) == {}
    assert {id_: one["gone"] for id_, one in store.remembered(VISITOR).entries.items()} == {
        "public-mill": True
    }
    assert sorted(store.remembered(STEWARD).entries) == ["public-bo", "public-mill"]
    run(store.address, "MATCH (e:ShortlistEntry {record: $id}) DETACH DELETE e", id="bo")
    assert sorted(store.remembered(STEWARD).entries) == ["public-mill"]


def test_the_journal_keeps_what_was_said_and_taken_out(store: Store) -> None:
    write(store, [row(2, organisation("mill"))])
    remember(store, shortlist("public"), entry("public", "mill"))
    stamp = store.remembered_stamp()
    remember(store, NodeClaim("ShortlistEntry", "public-mill", {"note": "ask"}, revision=Revision(new=False)))
    assert store.remembered_stamp() != stamp
    done = remember(store, NodeClaim("ShortlistEntry", "public-mill", {}, revision=GONE))
    assert done.nodes.removed == 1
    told = [(c["type"], c["action"], c["before"].get("note"), c["after"].get("note")) for c in changes(store)]
    assert told == [("ShortlistEntry", "update", None, "ask"), ("ShortlistEntry", "remove", "ask", None)]
    again = remember(store, NodeClaim("ShortlistEntry", "public-mill", {}, revision=GONE))
    assert again.nodes.removed == 0
    assert [reason for _, _, reason in said(again)] == [
        "no record has the id 'public-mill' any more; look for it again"
    ]
    assert not {"Shortlist", "ShortlistEntry", "Watch"} & set(MODEL.labels)
