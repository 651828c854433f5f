"""What a unit would do, one thing at a time: for a preview, which shows rows and cells before any is written.

Counts are whole; of what is counted the first are kept, so that a preview of a large file stays small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from cocommuns_graph.changes.state import Batch, Key, LinkElement, NodeElement, Verdict
from cocommuns_graph.model import Node, Value
from cocommuns_graph.model.claims import Row

MOST_SHOWN = 5_000
"""Of each kind of thing a preview shows so many; it counts all."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class What:
    """The element a row is about: its id or identity, its label or type, what people call it.

    `names` are the record's own, or those of both ends of a link.
    """

    key: Key
    type: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A row that makes a new record or link, and all that it will have."""

    path: str
    row: int
    what: What
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that changes a property: what it is now (None for nothing) and what it would be."""

    path: str
    row: int
    property: str
    what: What
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Left:
    """A row that says what is known; `what` is None where it claims nothing that could be named."""

    path: str
    row: int
    what: What | None


@dataclass
class Some(Generic[T]):
    """The first of many things, and how many there are."""

    total: int = 0
    shown: list[T] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether further ones are only counted."""
        return len(self.shown) >= MOST_SHOWN


@dataclass
class Foreseen:
    """Everything a preview shows, in the order of the rows: what comes, changes, stays and goes.

    `records` and `links` are new; rejected rows are in the outcome itself. `changed` counts the elements that
    have cells in `cells`.
    """

    records: Some[Made] = field(default_factory=Some)
    links: Some[Made] = field(default_factory=Some)
    cells: Some[Cell] = field(default_factory=Some)
    unchanged: Some[Left] = field(default_factory=Some)
    removed: Some[What] = field(default_factory=Some)
    changed: set[Key] = field(default_factory=set)


class Foreseeing:
    """Notes what a planner does with each row; names are looked up in its nodes while they are known."""

    def __init__(self, nodes: Mapping[str, NodeElement]) -> None:
        self.found = Foreseen()
        self._nodes = nodes

    def made(self, row: Row, element: NodeElement | LinkElement) -> None:
        """A row makes an element."""
        some = self.found.records if isinstance(element, NodeElement) else self.found.links
        some.total += 1
        if not some.is_full:
            # The element's own values, which later rows of the same unit may still add to.
            some.shown.append(Made(row.path, row.line, self._what(element.key, element.type), element.values))

    def changed(
        self,
        row: Row,
        element: NodeElement | LinkElement,
        name: str,
        before: Value | None,
        after: Value | None,
    ) -> None:
        """A cell of a row changes a property of an element that was there before."""
        if element.before is None:
            return
        self.found.changed.add(element.key)
        self.found.cells.total += 1
        if not self.found.cells.is_full:
            what = self._what(element.key, element.type)
            self.found.cells.shown.append(Cell(row.path, row.line, name, what, before, after))

    def closed(self, row: Row, verdict: Verdict | None) -> None:
        """A row is judged; only those that leave everything as it is are noted here."""
        if verdict != "unchanged" or row.rejected:
            return
        self.found.unchanged.total += 1
        if not self.found.unchanged.is_full:
            claim = row.nodes[0] if row.nodes else None
            what = self._what(claim.id, claim.label) if claim is not None else self._linked(row)
            self.found.unchanged.shown.append(Left(row.path, row.line, what))

    def removed(self, batch: Batch) -> None:
        """What a unit takes out."""
        gone: list[tuple[Key, str]] = [
            (identifier, label) for label, ids in batch.delete_nodes.items() for identifier in ids
        ]
        for (_, type_, _), links in batch.delete_links.items():
            gone += [((_text(link["start"]), type_, _text(link["end"]), _text(link["key"])), type_)
                     for link in links]  # fmt: skip
        self.found.removed.total += len(gone)
        room = MOST_SHOWN - len(self.found.removed.shown)
        self.found.removed.shown += [self._what(key, type_) for key, type_ in gone[:room]]

    def _what(self, key: Key, type_: str) -> What:
        ends = (key,) if isinstance(key, str) else (key[0], key[2])
        return What(key, type_, tuple(map(self._name, ends)))

    def _linked(self, row: Row) -> What | None:
        """The first link a row says again, where both its ends are named by their ids."""
        for link in row.links:
            start, end = (getattr(one, "id", getattr(one, "name", "")) for one in (link.start, link.end))
            return What((start, link.type, end, ""), link.type, (self._name(start), self._name(end)))
        return None

    def _name(self, identifier: str) -> str:
        known = self._nodes.get(identifier)
        return Node(known.id, known.label, known.values).name if known is not None else identifier


def _text(value: Any) -> str:
    return str(value)
