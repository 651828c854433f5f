"""Undoing any unit gives what there would be without it; undoing the undo brings all of it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.changes import Planner, Undoing, Undone, Unit, Units
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.claims import Existing, LinkClaim, NodeClaim, Revision, Row
from cocommuns_graph.model.errors import InvalidValue, NotFound
from tests.changes.fake import Memory
from tests.store.claims import copy, expert, link, organisation, row, topic

State = tuple[dict[str, Any], dict[Any, Any]]


class Past:
    """A graph in memory, its units in order, and a clock that counts them."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.units: list[dict[str, Any]] = []

    def write(
        self, rows: Iterable[Row], *, action: str = "import", sync: bool = False, files: Iterable[str] = ()
    ) -> str:
        unit = self._unit(action)
        kept = copy(rows)
        tables = frozenset(files or {r.path for r in kept} if action == "import" else ())
        self.memory.actions[unit.id] = action
        planner = Planner(MODEL, self.memory, unit, sync=tables if sync else frozenset())
        for batch in planner.batches(kept):
            self.memory.take(batch)
        self._done(unit, tables=sorted(tables))
        return unit.id

    def undo(self, undoes: str) -> Undone:
        unit = self._unit("undo", undoes)
        self.memory.actions[unit.id] = "undo"
        undoing = Undoing(MODEL, self.memory, unit, Units(self.units))
        for batch in undoing.batches():
            self.memory.take(batch)
        self._done(unit, undoes=undoes)
        return undoing.outcome

    def _unit(self, action: str, undoes: str = "") -> Unit:
        number = len(self.units)
        return Unit(f"u{number:02}", "ada", f"2026-11-24T00:00:{number:02}Z", action, undoes=undoes)

    def _done(self, unit: Unit, **more: Any) -> None:
        self.units.append({"id": unit.id, "started": unit.when, "action": unit.action, **more})

    def state(self, provenance: bool = True) -> State:
        def told(values: dict[str, Any]) -> dict[str, Any]:
            return {n: sorted(v) if n == "sources" else v for n, v in values.items() if provenance or n not in
                    ("sources", "created_in")}  # fmt: skip

        return (
            {i: (self.memory.labels[i], told(v)) for i, v in self.memory.values.items()},
            {identity: told(v) for identity, v in self.memory.ties.items()},
        )


@pytest.fixture
def past() -> Past:
    return Past()


def corrected(claim: NodeClaim | LinkClaim, revision: Revision) -> Row:
    claim.revision = revision
    made = row(0, claim, path="by hand")
    made.source = "entered by Bo"
    return made


class TestOneUnit:
    def test_the_last_import_is_as_if_it_had_not_been(self, past: Past) -> None:
        past.write([row(2, expert("ada", place="Ghent"), organisation("mill"))])
        before = deepcopy(past.state())
        second = past.write(
            [
                row(2, expert("ada", place="Lille", role="baker"), path="b.csv"),
                row(3, topic("bread"), link("EXPERT_IN", "ada", "bread", level=3), path="b.csv"),
            ]
        )
        after = deepcopy(past.state())
        undone = past.undo(second)
        assert past.state() == before
        assert undone.kept == []
        assert (undone.nodes.updated, undone.nodes.removed, undone.relationships.removed) == (1, 1, 1)
        past.undo(str(undone.unit))
        assert past.state() == after

    def test_later_edits_stay_and_are_named(self, past: Past) -> None:
        past.write([row(2, expert("ada", place="Ghent", role="baker"))])
        second = past.write([row(2, expert("ada", place="Lille", role="miller"), path="b.csv")])
        third = past.write([row(2, expert("ada", place="Rome"), path="c.csv")])
        undone = past.undo(second)
        assert past.memory.values["ada"]["place"] == "Rome"
        assert past.memory.values["ada"]["role"] == "baker"
        assert past.memory.values["ada"]["sources"] == ["a.csv:2", "c.csv:2"]
        (kept,) = undone.kept
        assert (kept.property, kept.value, kept.instead, kept.unit) == ("place", "Rome", "Ghent", third)

    def test_going_back_one_by_one_gives_each_value_again(self, past: Past) -> None:
        units = [past.write([row(2, expert("ada", place=p), path=f"{p}.csv")]) for p in ("A", "B", "C")]
        past.undo(units[1])
        past.undo(units[2])
        assert past.memory.values["ada"]["place"] == "A"

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_a_record_that_somebody_linked_stays_until_the_link_goes(
        self, past: Past, order: tuple[int, int]
    ) -> None:
        past.write([row(2, organisation("mill"))])
        units = [
            past.write([row(2, expert("ada"), path="b.csv")]),
            past.write([row(2, link("AFFILIATED_WITH", "ada", "mill", role="baker"), path="c.csv")]),
        ]
        first = past.undo(units[order[0]])
        if order == (0, 1):
            assert [(kept.element, kept.reason, kept.unit) for kept in first.kept] == [
                ("ada", "linked later", units[1])
            ]
            assert "sources" not in past.memory.values["ada"]
        past.undo(units[order[1]])
        assert past.state()[0].keys() == {"mill"}
        assert past.memory.ties == {}

    def test_what_a_sync_removed_comes_back_with_links_and_sources(self, past: Past) -> None:
        rows = [row(2, expert("ada"), organisation("mill"), topic("bread")),
                row(3, link("AFFILIATED_WITH", "ada", "mill", role="baker"))]  # fmt: skip
        past.write(rows)
        before = deepcopy(past.state())
        sync = past.write([row(2, topic("bread"))], sync=True)
        assert past.state()[0].keys() == {"bread"}
        undone = past.undo(sync)
        assert past.state() == before
        assert (undone.nodes.created, undone.relationships.created) == (2, 1)

    def test_a_link_whose_record_is_gone_is_not_brought_back(self, past: Past) -> None:
        past.write([row(2, expert("ada"))])
        past.write([row(2, organisation("mill"), path="b.csv")])
        past.write([row(2, link("AFFILIATED_WITH", "ada", "mill"), path="c.csv")])
        gone = LinkClaim("AFFILIATED_WITH", Existing("ada"), Existing("mill"))
        by_hand = past.write([corrected(gone, Revision(removed=True, key=""))], action="edit")
        sync = past.write([], files=["b.csv"], sync=True)
        undone = past.undo(by_hand)
        assert past.memory.ties == {}
        assert [(kept.reason, kept.names, kept.unit) for kept in undone.kept] == [
            ("end is gone", ("Ada", "Mill"), sync)
        ]
        past.undo(sync)
        assert past.state()[0].keys() == {"ada", "mill"}

    def test_what_the_same_file_said_again_stays(self, past: Past) -> None:
        first = past.write([row(2, expert("ada")), row(3, expert("bo"))])
        again = past.write([row(2, expert("ada")), row(3, expert("bo", place="Rome"))])
        undone = past.undo(first)
        assert past.state()[0].keys() == {"ada", "bo"}
        assert {(kept.reason, kept.unit) for kept in undone.kept} == {("said again", again)}
        past.undo(again)
        assert past.state()[0] == {}


class TestNamingUnits:
    UNITS = Units(
        [
            {"id": "2026-11-24T100000-aaaaaa", "started": "2026-11-24T10", "action": "import"},
            {"id": "2026-11-24T110000-bbbbbb", "started": "2026-11-24T11", "action": "edit"},
            {"id": "2026-11-24T120000-cccccc", "started": "2026-11-24T12", "action": "undo",
             "undoes": "2026-11-24T110000-bbbbbb"},
        ]
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "end"), [("last", "aaaaaa"), ("CCCCCC", "cccccc"), ("2026-11-24T11", "bbbbbb")]
    )
    def test_a_unit_is_found(self, text: str, end: str) -> None:
        assert self.UNITS.find(text).endswith(end)

    @pytest.mark.parametrize(("text", "error"), [("2026-11", InvalidValue), ("x", NotFound), ("", NotFound)])
    def test_what_is_no_unit_or_several_is_refused(self, text: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            self.UNITS.find(text)


# -- any history ---------------------------------------------------------------------------------------

IDS = ["ada", "bo", "cy"]
PLACES = st.sampled_from(["A", "B", "C"])
NODES = st.builds(
    lambda id_, place, role: (
        lambda: expert(id_, **{k: v for k, v in (("place", place), ("role", role)) if v})
    ),
    st.sampled_from(IDS),
    PLACES | st.none(),
    PLACES | st.none(),
)
LINKS = st.builds(
    lambda start, end, weight: lambda: link("COLLABORATES_WITH", start, end, weight=weight),
    st.sampled_from(IDS),
    st.sampled_from(IDS),
    st.sampled_from([1.0, 2.0]),
)
IMPORTS = st.tuples(
    st.just("import"), st.lists(NODES, min_size=1, max_size=3), st.lists(LINKS, max_size=2), st.booleans()
)
EDITS = st.tuples(st.just("edit"), st.sampled_from(IDS), PLACES | st.none(), st.just(False))
HISTORIES = st.lists(IMPORTS | EDITS, min_size=1, max_size=6)


def _happen(past: Past, one: tuple[Any, ...], number: int) -> str:
    kind, what, more, sync = one
    if kind == "edit":
        claim = NodeClaim("Expert", what, {"place": more} if more else {})
        revision = Revision(new=False, cleared=() if more else ["place"])
        return past.write([corrected(claim, revision)], action="edit")
    # Every other import is a newer edition of the same file.
    path = f"{number % 2}-{number if not sync else 'same'}.csv"
    claims: list[Callable[[], Any]] = [*what, *more]
    return past.write(
        [row(n, make(), path=path) for n, make in enumerate(claims, 2)], sync=sync, files=[path]
    )


@settings(max_examples=50, deadline=None)
@given(HISTORIES, st.data())
def test_any_undo_is_taken_back_exactly_and_all_undone_leaves_nothing(history: Any, data: Any) -> None:
    past = Past()
    states, units = [deepcopy(past.state())], []
    for number, one in enumerate(history):
        units.append(_happen(past, one, number))
        states.append(deepcopy(past.state()))
    last = past.undo(units[-1])
    assert past.state() == states[-2]
    past.undo(str(last.unit))
    assert past.state() == states[-1]
    order = data.draw(st.permutations(units))
    undos = [str(past.undo(unit).unit) for unit in order]
    assert past.state() == ({}, {})
    for undo in data.draw(st.permutations(undos)):
        past.undo(undo)
    assert past.state() == states[-1]


@settings(max_examples=50, deadline=None)
@given(st.lists(IMPORTS.filter(lambda one: not one[3]), min_size=2, max_size=5), st.data())
def test_without_a_unit_is_as_replayed_but_for_what_later_units_hold(history: Any, data: Any) -> None:
    """Imports of different files: what the other units do not touch is as if the unit had not been."""
    past, other = Past(), Past()
    units = [_happen(past, one, number) for number, one in enumerate(history)]
    victim = data.draw(st.integers(0, len(history) - 1))
    for number, one in enumerate(history):
        if number != victim:
            _happen(other, one, number)
    undone = past.undo(units[victim])
    whole = {kept.element for kept in undone.kept if not kept.property}
    fields = {(kept.element, kept.property) for kept in undone.kept}
    found, replayed = past.state(provenance=False), other.state(provenance=False)
    assert not (found[0].keys() - replayed[0].keys()) - whole
    for id_, (label, values) in replayed[0].items():
        if id_ in found[0] and id_ not in whole:
            assert found[0][id_][0] == label
            now = {n: v for n, v in found[0][id_][1].items() if (id_, n) not in fields}
            assert now == {n: v for n, v in values.items() if (id_, n) not in fields}
