"""The past: any sequence of writes, read back, replays to the present; nobody reads what is not for them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.changes import Planner, Unit, newest_first
from cocommuns_graph.desk.events import BOOKKEEPING, Event, Past
from cocommuns_graph.model import (
    COORDINATOR,
    MEMBER,
    MODEL,
    STEWARD,
    VISITOR,
    Graph,
    Node,
    Relationship,
    Viewer,
    Visibility,
)
from cocommuns_graph.model.claims import LinkClaim, NodeClaim, Revision, Row, entered_by
from tests.changes.fake import Memory
from tests.store.claims import expert, link, organisation, row

PEOPLE, PLACES = ("ada", "bo", "cy"), ("open", "care")
Claim = NodeClaim | LinkClaim


class Written:
    """A graph in memory with its journal, written unit by unit."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.units: dict[str, dict[str, Any]] = {}

    def write(self, rows: Iterable[Row], *, action: str = "edit", sync: frozenset[str] = frozenset()) -> None:
        """One unit a minute; a unit that is refused is not there, as in the store."""
        number = len(self.units) + 1
        when = f"2026-11-24T{number // 60:02}:{number % 60:02}:00.000000Z"
        unit = Unit(f"u{number}", "bo", when, action)
        before = copy.deepcopy(self.memory)
        self.memory.actions[unit.id] = action
        planner = Planner(MODEL, self.memory, unit, sync=sync)
        for batch in planner.batches(rows):
            self.memory.take(batch)
        if action == "edit" and planner.outcome.rejected:
            self.memory = before
            return
        self.units[unit.id] = {"id": unit.id, "started": when, "who": "bo", "action": action}

    def edit(self, *claims: Claim) -> None:
        nodes = [claim for claim in claims if isinstance(claim, NodeClaim)]
        links = [claim for claim in claims if isinstance(claim, LinkClaim)]
        self.write([Row(entered_by("bo"), "", 0, nodes, links)])

    def graph(self, viewer: Viewer = STEWARD) -> Graph:
        """What a viewer sees of it, filtered as the store does."""
        seen = [
            node
            for node in self.memory.nodes(list(self.memory.labels), MODEL.labels)
            if viewer.may_see(Visibility.parse(node.text("visibility")))
        ]
        nodes = {node.id: Node(node.id, node.label, self._shown(viewer, node)) for node in seen}
        links = [
            Relationship(type_, start, end, key, dict(values))
            for (start, type_, end, key), values in self.memory.ties.items()
            if start in nodes and end in nodes
        ]
        return Graph(nodes.values(), links)

    def _shown(self, viewer: Viewer, node: Node) -> dict[str, Any]:
        return {
            name: value
            for name, value in node.properties.items()
            if viewer.may_see(MODEL.visibility_of(node.label, name))
        }

    def events(self, viewer: Viewer = STEWARD, about: str | None = None) -> list[Event]:
        past = Past(self.graph(viewer), viewer, self.units, about)
        journal = newest_first(self.memory.changes)
        if about is not None:
            kept = [change for change in journal if _is_about(change, about)]
            for change in journal:
                if change["action"] == "remove" and change not in kept:
                    past.remember_removed(change)
            journal = kept
        return list(past.events(journal))


def _is_about(change: Mapping[str, Any], about: str) -> bool:
    if change["type"] in MODEL.types:
        start, _, end, _ = json.loads(change["element"])
        return about in (start, end)
    return bool(change["element"] == about)


def replayed(events: Iterable[Event]) -> dict[Any, dict[str, Any]]:
    """The present state that events, newest first, say there is."""
    state: dict[Any, dict[str, Any]] = {}
    for event in reversed(list(events)):
        if event.action == "create":
            state[event.key] = dict(event.after)
        elif event.action == "remove":
            assert state.pop(event.key) == event.before
        else:
            for name, value in event.before.items():
                assert state[event.key].get(name) == value
            values = {**state[event.key], **event.after}
            state[event.key] = {name: value for name, value in values.items() if value is not None}
    return state


def present(written: Written) -> dict[Any, dict[str, Any]]:
    both: dict[Any, dict[str, Any]] = {**written.memory.values, **written.memory.ties}
    return {
        key: {name: value for name, value in values.items() if name not in BOOKKEEPING}
        for key, values in both.items()
    }


words = st.sampled_from(["Ghent", "Liège", "Rome"])
people, places = st.sampled_from(PEOPLE), st.sampled_from(PLACES)


@st.composite
def corrections(draw: st.DrawFn) -> list[Claim]:
    """One correction: of a record, of a list, of a link, a new record, a new link, a link taken out."""
    who, where = draw(people), draw(places)
    kind = draw(st.sampled_from(["set", "clear", "list", "new", "link", "unlink", "relink"]))
    if kind == "set":
        return [NodeClaim("Expert", who, {"place": draw(words)}, revision=Revision(new=False))]
    if kind == "clear":
        return [NodeClaim("Expert", who, {}, revision=Revision(new=False, cleared=["place", "role"]))]
    if kind == "list":
        items = {"languages": draw(st.lists(st.sampled_from(["fr", "nl", "de"]), max_size=2))}
        added = draw(st.booleans())
        revision = Revision(new=False, **{"added" if added else "dropped": items})
        return [NodeClaim("Expert", who, {}, revision=revision)]
    if kind == "new":
        label = "Expert" if draw(st.booleans()) else "Organisation"
        id_ = who if label == "Expert" else where
        return [NodeClaim(label, id_, {"name": id_.title()}, revision=Revision(new=True))]
    role = draw(st.sampled_from(["chair", "member"]))
    made = link("AFFILIATED_WITH", who, where, role=role, until=draw(st.sampled_from(["2025", "2026"])))
    if kind == "link":
        made.revision = Revision()
        return [made]
    gone = link("AFFILIATED_WITH", who, where)
    gone.revision = Revision(removed=True, key=f"{role}|")
    if kind == "unlink":
        return [gone]
    other = link("AFFILIATED_WITH", who, where, role="baker")
    other.revision = Revision(new=True)
    return [gone, other]


imports = st.lists(
    st.one_of(
        st.tuples(people, words).map(lambda both: expert(both[0], place=both[1])),
        places.map(organisation),
        st.tuples(people, places).map(lambda both: link("AFFILIATED_WITH", *both)),
    ),
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(steps=st.lists(st.one_of(corrections(), imports.map(tuple)), max_size=12), synced=st.booleans())
def test_history_replays_to_the_present(steps: list[Any], synced: bool) -> None:
    written = Written()
    for step in steps:
        if isinstance(step, tuple):
            rows = [row(number, claim) for number, claim in enumerate(step, start=2)]
            sync = frozenset({"a.csv"}) if synced else frozenset()
            written.write(rows, action="import", sync=sync)
        else:
            written.edit(*step)
    events = written.events()
    assert [event.when for event in events] == sorted((event.when for event in events), reverse=True)
    assert replayed(events) == present(written)
    for identifier in (*PEOPLE, *PLACES):
        about = replayed(written.events(about=identifier))
        assert about == {
            key: values
            for key, values in present(written).items()
            if key == identifier or (not isinstance(key, str) and identifier in (key[0], key[2]))
        }


@pytest.fixture
def told() -> Written:
    written = Written()
    written.write(
        [
            row(2, expert("ada", place="Ghent", contact=["a@x.org"], secret="s")),
            row(3, expert("bo", visibility="coordinators", place="Ghent"), organisation("open")),
            row(4, link("AFFILIATED_WITH", "ada", "open"), link("AFFILIATED_WITH", "bo", "open")),
        ],
        action="import",
    )
    new = {"contact": ["b@x.org"]}
    written.edit(NodeClaim("Expert", "ada", dict(new), revision=Revision()))
    written.edit(NodeClaim("Expert", "ada", {"place": "Rome", **new, "secret": "t"}, revision=Revision()))
    written.edit(NodeClaim("Expert", "bo", {"place": "Rome"}, revision=Revision()))
    return written


def names(events: list[Event]) -> list[tuple[Any, str, list[str]]]:
    return [(event.key, event.action, sorted({*event.before, *event.after})) for event in events]


def test_only_what_a_viewer_may_see_is_told(told: Written) -> None:
    assert names(told.events(VISITOR)) == [("open", "create", ["name", "visibility"])]
    member = names(told.events(MEMBER))
    assert member[:2] == [
        ("ada", "update", ["place"]),
        ("ada", "create", ["name", "place", "visibility"]),
    ]
    assert not any("bo" in key for key, _, _ in member)
    coordinator = names(told.events(COORDINATOR))
    assert ("ada", "update", ["place", "secret"]) in coordinator
    assert ("ada", "update", ["contact"]) in coordinator
    assert ("bo", "update", ["place"]) in coordinator


def test_opening_a_record_does_not_open_its_past(told: Written) -> None:
    told.edit(NodeClaim("Expert", "bo", {"visibility": "public"}, revision=Revision()))
    told.edit(NodeClaim("Expert", "bo", {"place": "Lille"}, revision=Revision()))
    seen = [event for event in told.events(VISITOR) if event.key == "bo"]
    assert [(event.action, event.before, event.after) for event in seen] == [
        ("update", {"place": "Rome"}, {"place": "Lille"})
    ]


def test_a_removed_record_is_told_by_the_visibility_it_had(told: Written) -> None:
    rows = [row(2, expert("ada")), row(3, organisation("open"))]
    told.write(rows, action="import", sync=frozenset({"a.csv"}))
    assert "bo" in told.memory.labels, "what a person corrected stays"
    other = Written()
    other.write(
        [
            row(2, expert("ada"), organisation("open"), link("AFFILIATED_WITH", "ada", "open", role="chair")),
            row(3, expert("bo", visibility="stewards")),
        ],
        action="import",
    )
    other.write([row(2, organisation("open"))], action="import", sync=frozenset({"a.csv"}))
    removed = [(e.key, e.names) for e in other.events(MEMBER) if e.action == "remove"]
    assert set(removed) == {
        ("ada", ("Ada",)),
        (("ada", "AFFILIATED_WITH", "open", "chair|"), ("Ada", "Open")),
    }
    assert [e.key for e in other.events(MEMBER, about="open") if e.action == "remove"] == [
        ("ada", "AFFILIATED_WITH", "open", "chair|")
    ]
    assert {e.key for e in other.events(STEWARD) if e.action == "remove"} >= {"ada", "bo"}
    assert {e.key for e in other.events(VISITOR)} == {"open"}
