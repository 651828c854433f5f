"""Imports larger than one transaction: named while incomplete, finished by the same files; two at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from cocommuns_graph.changes.state import chunks
from cocommuns_graph.model import STEWARD
from cocommuns_graph.model.claims import Row
from cocommuns_graph.store import pipeline, writing
from cocommuns_graph.store.door import Store
from tests.engines.stores import run, wipe
from tests.store.claims import (
    changes,
    counts,
    expert,
    link,
    links,
    nodes,
    organisation,
    row,
    topic,
    whole,
    write,
)

MANY = [row(n, topic(f"t{n:02}")) for n in range(2, 42)]


@pytest.fixture
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units of ten elements, planned five rows at a time."""
    monkeypatch.setattr(writing, "UNIT_SIZE", 10)
    monkeypatch.setattr(chunks, "__defaults__", (5,))
    monkeypatch.setattr(pipeline, "_CHUNK", 1)


class Broken(Exception):
    pass


def broken_after(rows: list[Row], number: int) -> Iterator[Row]:
    yield from rows[:number]
    raise Broken


@pytest.mark.usefixtures("small_units")
class TestLargeImports:
    def test_units_add_up_to_the_whole(self, store: Store) -> None:
        linked = [
            row(100, expert("ada"), organisation("o")),
            *(row(100 + n, link("EXPERT_IN", "ada", f"t{n:02}")) for n in range(2, 42)),
        ]
        outcome = write(store, [*MANY, *linked], paths=["a.csv"])
        assert counts(outcome) == ((42, 0, 0, 0), (40, 0, 0, 0))
        assert len(nodes(store)) == 42
        assert len(links(store)) == 40
        assert store.incomplete() == []
        assert counts(write(store, [*MANY, *linked])) == ((0, 0, 42, 0), (0, 0, 40, 0))

    def test_an_interrupted_import_is_named_and_finished_by_the_same_files(self, store: Store) -> None:
        with pytest.raises(Broken):
            store.write(lambda: broken_after(MANY, 33), who="ada", paths=["a.csv"])
        done = len(nodes(store))
        assert 0 < done < 33
        (begun,) = store.incomplete()
        assert (begun["who"], begun["paths"]) == ("ada", ["a.csv"])
        assert store.imports() == []
        other = write(store, [row(2, topic("else"))], paths=["b.csv"])
        assert other.import_id != begun["id"]
        assert len(store.incomplete()) == 1
        outcome = write(store, MANY, paths=["a.csv"])
        assert outcome.import_id == begun["id"]
        assert counts(outcome)[0] == (40, 0, 0, 0)
        assert store.incomplete() == []
        assert {node.text("created_in") for node in store.read(STEWARD).nodes.values()} == {
            begun["id"],
            other.import_id,
        }

    @pytest.mark.parametrize("batches", [4, 11, 17])
    def test_a_resumed_import_leaves_the_graph_of_an_uninterrupted_one(
        self, store: Store, batches: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Values, sources, journal and counts, apart from times; broken while nodes, then links are sent."""
        old = [row(n, topic(f"t{n:02}", definition="old"), path="o.csv") for n in range(2, 42, 3)]
        new = [
            *MANY,
            *(row(60 + n, topic(f"t{n:02}", kind="term")) for n in range(2, 22)),
            *(row(100 + n, expert(f"e{n % 7}"), link("EXPERT_IN", f"e{n % 7}", f"t{n:02}", level=n % 5 + 1))
              for n in range(2, 30)),
        ]  # fmt: skip
        found = []
        for broken in (False, True):
            wipe(store)
            write(store, old, paths=["o.csv"])
            if broken:
                sent: list[object] = []
                send = writing.Writing.send

                def breaking(self: writing.Writing, batch: Any, sent: list[object] = sent) -> None:
                    sent.append(batch)
                    if len(sent) > batches:
                        raise Broken
                    send(self, batch)  # noqa: B023

                with monkeypatch.context() as patched:
                    patched.setattr(writing.Writing, "send", breaking)
                    with pytest.raises(Broken):
                        write(store, new, paths=["a.csv"])
                assert len(store.incomplete()) == 1
            write(store, new, paths=["a.csv"])
            found.append(whole(store))
        assert found[0][2] == found[1][2]
        assert found[0] == found[1]

    def test_a_later_row_about_a_node_of_an_earlier_unit_knows_it(self, store: Store) -> None:
        outcome = write(
            store, [*MANY, row(50, topic("t02", definition="d")), row(51, topic("t02", definition="e"))]
        )
        assert counts(outcome)[0] == (40, 0, 0, 0)
        assert [p.severity for p in outcome.problems] == ["note"]
        assert nodes(store)["t02"]["definition"] == "d"

    def test_changes_of_many_units_are_all_told(self, store: Store) -> None:
        write(store, MANY)
        write(store, [row(n, topic(f"t{n:02}", kind="term")) for n in range(2, 42)])
        told = changes(store)
        assert len(told) == 40
        assert len({change["id"] for change in told}) == 40
        assert len({change["unit"] for change in told}) == 1


class TestTwoAtOnce:
    def test_both_succeed_and_nothing_is_lost(self, store: Store) -> None:
        """The same new records, the same change, and records of their own, written by three at once."""
        write(store, [row(2, topic("shared", definition="old"))])
        errors: list[BaseException] = []

        def work(number: int) -> None:
            own = Store(store.address)
            try:
                rows = [
                    *(row(n, topic(f"both{n}"), path=f"{number}.csv") for n in range(2, 12)),
                    *(row(n, organisation(f"own{number}-{n}"), path=f"{number}.csv") for n in range(12, 22)),
                    row(30, topic("shared", definition=f"by {number}"), path=f"{number}.csv"),
                    row(31, link("WORKS_ON", f"own{number}-12", "shared"), path=f"{number}.csv"),
                ]
                write(own, rows, who=f"writer {number}", paths=[f"{number}.csv"])
            except BaseException as error:
                errors.append(error)
            finally:
                own.close()

        threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        graph = store.read(STEWARD)
        assert len(graph.nodes) == 1 + 10 + 30
        assert len(graph.relationships) == 3
        for n in range(2, 12):
            assert sorted(graph.nodes[f"both{n}"].texts("sources")) == [f"{i}.csv:{n}" for i in range(3)]
        told = [change for change in changes(store) if change["element"] == "shared"]
        assert len(told) == 3
        values = ["old", *(change["after"]["definition"] for change in told)]
        assert [change["before"]["definition"] for change in told] == values[:-1]
        assert graph.nodes["shared"].text("definition") == values[-1]
        assert len(store.imports()) == 4
        assert run(store.address, "MATCH (l:Lock) RETURN count(l) AS n") == [{"n": 1}]
