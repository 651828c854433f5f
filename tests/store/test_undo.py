"""Units taken back on real graphs: imports, corrections, a sync, large and interrupted ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cocommuns_graph.changes.state import chunks
from cocommuns_graph.model import STEWARD
from cocommuns_graph.model.claims import Row
from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.store import pipeline, writing
from cocommuns_graph.store.door import Store
from tests.store.claims import changes, expert, link, organisation, row, topic, write


def state(store: Store) -> dict[Any, dict[str, Any]]:
    """All that a steward sees, with sources and the units that created it."""
    graph = store.read(STEWARD)
    found: dict[Any, dict[str, Any]] = {node.id: dict(node.properties) for node in graph.nodes.values()}
    found.update((tie.identity, dict(tie.properties)) for tie in graph.relationships)
    return found


FIRST = [
    row(2, expert("ada", place="Ghent"), organisation("mill"), topic("bread")),
    row(3, link("AFFILIATED_WITH", "ada", "mill", role="baker"), link("EXPERT_IN", "ada", "bread", level=3)),
]
SECOND = [
    row(2, expert("ada", place="Lille", role="baker"), expert("bo"), path="b.csv"),
    row(3, link("COLLABORATES_WITH", "ada", "bo", weight=2.0), path="b.csv"),
    row(4, link("EXPERT_IN", "ada", "bread", level=4), path="b.csv"),
]


def imported(store: Store, rows: list[Row], **options: Any) -> str:
    tables = frozenset(r.path for r in rows)
    return str(write(store, rows, tables=tables, paths=sorted(tables), **options).import_id)


class TestUndo:
    def test_a_unit_goes_and_comes_back_and_goes(self, store: Store) -> None:
        imported(store, FIRST)
        before = state(store)
        imported(store, SECOND)
        after = state(store)
        foreseen = store.undo("last", who="bo", preview=True)
        assert state(store) == after
        done = store.undo("last", who="bo")
        assert state(store) == before
        assert (foreseen.nodes, foreseen.relationships, foreseen.unit) == (
            done.nodes, done.relationships, None,
        )  # fmt: skip
        store.undo(str(done.unit), who="bo")
        assert state(store) == after
        assert [unit["action"] for unit in store.imports()] == ["import", "import", "undo", "undo"]
        with pytest.raises(InvalidValue, match="undone already"):
            store.undo(str(done.unit), who="bo")
        with pytest.raises(NotFound):
            store.undo("nothing", who="bo")

    def test_the_first_of_two_leaves_what_the_second_holds(self, store: Store) -> None:
        first = imported(store, FIRST)
        imported(store, SECOND)
        undone = store.undo(first, who="bo")
        found = state(store)
        assert set(found) == {"ada", "bo", "bread", ("ada", "COLLABORATES_WITH", "bo", ""),
                              ("ada", "EXPERT_IN", "bread", "")}  # fmt: skip
        assert found["ada"]["sources"] == ["b.csv:2"]
        assert {(kept.element, kept.reason) for kept in undone.kept} == {
            ("ada", "changed later"),
            (("ada", "EXPERT_IN", "bread", ""), "changed later"),
            ("bread", "linked later"),
        }
        store.undo("last", who="bo")
        assert state(store) == {}

    def test_what_a_sync_removed_comes_back(self, store: Store) -> None:
        imported(store, FIRST)
        before = state(store)
        write(store, [row(2, topic("bread"))], sync=frozenset({"a.csv"}))
        assert set(state(store)) == {"bread"}
        store.undo("last", who="bo")
        assert state(store) == before
        assert {change["action"] for change in changes(store)} == {"remove", "restore"}


def test_a_newer_edition_tells_what_it_no_longer_says(store: Store) -> None:
    first = imported(store, FIRST)
    again = write(store, [FIRST[0]], tables=["a.csv"])
    assert again.no_longer is not None
    assert (again.no_longer.nodes, again.no_longer.relationships) == (0, 2)
    assert [one.names for one in again.no_longer.first] == [("Ada", "Mill"), ("Ada", "Bread")]
    assert len(state(store)) == 5
    newer = write(store, [row(2, topic("bread"))], tables=["a.csv"], preview=True)
    assert newer.no_longer is not None
    assert (newer.no_longer.nodes, newer.no_longer.relationships) == (2, 2)
    assert write(store, FIRST, tables=["a.csv"]).no_longer.nodes == 0  # type: ignore[union-attr]
    assert write(store, SECOND, tables=["b.csv"]).no_longer is None
    assert store.units().said_again(first).keys() == {"a.csv"}


class Broken(Exception):
    pass


def broken_after(rows: list[Row], number: int) -> Iterator[Row]:
    yield from rows[:number]
    raise Broken


@pytest.fixture
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units of ten elements, planned five rows at a time."""
    monkeypatch.setattr(writing, "UNIT_SIZE", 10)
    monkeypatch.setattr(chunks, "__defaults__", (5,))
    monkeypatch.setattr(pipeline, "_CHUNK", 1)


MANY = [row(n, topic(f"t{n:02}", definition="new"), path="m.csv") for n in range(2, 42)]


@pytest.mark.usefixtures("small_units")
class TestLargeUnits:
    def test_an_interrupted_import_is_undone(self, store: Store) -> None:
        imported(store, [row(2, topic("t05", definition="old"))])
        before = state(store)
        with pytest.raises(Broken):
            store.write(lambda: broken_after(MANY, 33), who="ada", paths=["m.csv"])
        (begun,) = store.incomplete()
        undone = store.undo("last", who="bo")
        assert undone.undoes == begun["id"]
        assert state(store) == before
        assert store.incomplete() == []
        with pytest.raises(InvalidValue, match="import its files again"):
            store.undo(str(undone.unit), who="bo")
        assert write(store, MANY, paths=["m.csv"]).import_id != begun["id"]

    def test_an_interrupted_undo_is_named_and_finished(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        imported(store, [row(2, topic("t05", definition="old"))])
        before = state(store)
        unit = imported(store, MANY)
        send = writing.Writing.send
        sent: list[object] = []

        def breaking(self: writing.Writing, batch: Any) -> None:
            sent.append(batch)
            if len(sent) > 4:
                raise Broken
            send(self, batch)

        monkeypatch.setattr(writing.Writing, "send", breaking)
        with pytest.raises(Broken):
            store.undo(unit, who="bo")
        monkeypatch.setattr(writing.Writing, "send", send)
        (begun,) = store.incomplete()
        assert (begun["action"], begun["undoes"]) == ("undo", unit)
        assert 1 < len(state(store)) < 40
        assert store.undo(unit, who="bo").unit == begun["id"]
        assert state(store) == before
        assert store.incomplete() == []
