"""--sync: what a source no longer says goes, unless somebody else says it or holds it."""

from __future__ import annotations

from collections.abc import Iterable

from cocommuns_graph.changes import Outcome
from cocommuns_graph.model import STEWARD
from cocommuns_graph.model.claims import Row
from cocommuns_graph.store.door import Store
from tests.store.claims import changes, counts, expert, link, links, nodes, organisation, row, said, write

FIRST = [
    row(2, expert("ada"), organisation("smart")),
    row(3, expert("bo", place="Ghent")),
    row(4, link("AFFILIATED_WITH", "ada", "smart", role="chair")),
    row(5, link("AFFILIATED_WITH", "bo", "smart")),
]


def sync(store: Store, rows: Iterable[Row], *files: str) -> Outcome:
    return write(store, rows, sync=frozenset(files or ("a.csv",)))


def test_what_is_no_longer_said_is_removed_and_told(store: Store) -> None:
    write(store, FIRST)
    outcome = sync(store, FIRST[:1])
    assert counts(outcome) == ((0, 0, 2, 1), (0, 0, 0, 2))
    assert outcome.removed == ["bo"]
    assert set(nodes(store)) == {"ada", "smart"}
    assert links(store) == {}
    told = {change["element"]: change for change in changes(store)}
    assert set(told) == {
        "bo", '["ada", "AFFILIATED_WITH", "smart", "chair|"]', '["bo", "AFFILIATED_WITH", "smart", ""]',
    }  # fmt: skip
    assert told["bo"]["action"] == "remove"
    assert told["bo"]["before"]["place"] == "Ghent"
    assert told["bo"]["before"]["sources"] == ["a.csv:3"]
    assert told["bo"]["after"] == {}


def test_what_another_source_says_stays_with_that_source(store: Store) -> None:
    write(store, FIRST)
    write(
        store,
        [row(9, expert("bo"), path="b.csv"), row(10, link("AFFILIATED_WITH", "bo", "smart"), path="b.csv")],
    )
    outcome = sync(store, FIRST[:1])
    assert outcome.nodes.removed == 0
    assert set(links(store)) == {("bo", "AFFILIATED_WITH", "smart", "")}
    graph = store.read(STEWARD)
    assert graph.nodes["bo"].texts("sources") == ["b.csv:9"]
    assert graph.relationships[0].texts("sources") == ["b.csv:10"]


def test_what_others_link_to_stays_with_a_note(store: Store) -> None:
    write(store, FIRST)
    write(store, [row(9, expert("cy"), link("COLLABORATES_WITH", "cy", "bo"), path="b.csv")])
    outcome = sync(store, FIRST[:1])
    assert outcome.nodes.removed == 0
    assert "bo" in nodes(store)
    assert (0, "note", "'bo' is no longer in the source but stays: others link to it") in said(outcome)


def test_nothing_is_removed_when_a_row_was_rejected(store: Store) -> None:
    write(store, FIRST)
    outcome = sync(store, [*FIRST[:1], row(3, link("AFFILIATED_WITH", "ada", "none"))])
    assert (outcome.nodes.removed, outcome.relationships.removed) == (0, 0)
    assert len(nodes(store)) == 3
    assert any("nothing was removed, since rows were rejected" in reason for _, _, reason in said(outcome))


def test_other_files_are_left_alone(store: Store) -> None:
    write(store, FIRST)
    outcome = sync(store, [row(2, expert("cy"), path="b.csv")], "b.csv")
    assert outcome.nodes.removed == 0
    assert len(nodes(store)) == 4


def test_a_file_whose_name_begins_alike_is_another_file(store: Store) -> None:
    write(store, [row(2, expert("ada"), path="a.csv"), row(2, expert("bo"), path="a.csv:old.csv")])
    sync(store, [row(2, expert("cy"), path="a.csv")])
    assert set(nodes(store)) == {"bo", "cy"}


def test_a_preview_of_sync_removes_nothing_and_counts_the_same(store: Store) -> None:
    write(store, FIRST)
    preview = write(store, FIRST[:1], sync=frozenset({"a.csv"}), preview=True)
    assert len(nodes(store)) == 3
    real = sync(store, FIRST[:1])
    assert counts(preview) == counts(real)
    assert preview.removed == real.removed


def test_syncing_the_same_rows_removes_nothing(store: Store) -> None:
    write(store, FIRST)
    assert counts(sync(store, FIRST)) == ((0, 0, 3, 0), (0, 0, 2, 0))
    assert changes(store) == []
