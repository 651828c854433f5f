"""What planning knows of each element it touches, what it hands to the store, and what it tells people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from cocommuns_graph.model import Node, Relationship, Value
from cocommuns_graph.model.claims import Problem

if TYPE_CHECKING:
    from cocommuns_graph.changes.foreseen import Foreseen
    from cocommuns_graph.changes.unsaid import Unsaid

BATCH = 5_000
Verdict = Literal["created", "updated", "unchanged"]
Identity = tuple[str, str, str, str]
Pattern = tuple[str, str, str]
Key = str | Identity
"""What an element is known by: the id of a node, the identity of a relationship."""
T = TypeVar("T")


def chunks(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of writing: its id, who writes, when (UTC), what it is and the files it reads.

    `tables` are the tables of these files as sources name them. `undoes` is the unit that an undo takes back.
    `options` says, as JSON, how an import was asked for, so that it can be resumed. `written` is how many of
    its changes an interrupted run of the same unit has in the journal.
    """

    id: str
    who: str
    when: str
    action: str = "import"
    paths: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    undoes: str = ""
    options: str = ""
    written: int = 0


@dataclass(frozen=True, slots=True)
class Begun:
    """What an interrupted run of the same unit wrote: the elements it created, those it changed."""

    created: frozenset[Key] = frozenset()
    changed: frozenset[Key] = frozenset()


class Stored(Protocol):
    """What planning may ask about the graph as it is now, inside the writing transaction."""

    def nodes(self, ids: Collection[str], labels: Collection[str], *, again: bool = False) -> Iterable[Node]:
        """The nodes of these labels with one of these ids; `again` for ids this unit has written itself."""

    def values_of(
        self, label: str, claimed: Mapping[str, Mapping[str, Value]]
    ) -> Iterable[tuple[str, dict[str, Value]]]:
        """Of the nodes of a label with one of these ids: the id, and what it has of the properties claimed.

        `claimed` gives the properties by id; what is stored of its sources comes along.
        """

    def named(self, label: str) -> Iterable[Node]:
        """Every node of a label, to look names up in."""

    def links(self, pattern: Pattern, ids: Collection[str], from_start: bool) -> Iterable[Relationship]:
        """The relationships of a pattern that leave (or reach) these nodes."""

    def links_of(self, ids: Collection[str]) -> Iterable[Relationship]:
        """Every relationship that starts or ends at one of these nodes."""

    def last_writers(self, elements: Collection[Key], but: str) -> Mapping[tuple[Key, str], tuple[str, str]]:
        """Of these elements each property that ever changed: the action of the unit that did it last, and
        who; changes of the unit `but` do not count."""

    def asserted_by(self, files: Collection[str]) -> tuple[list[Node], list[tuple[Pattern, Relationship]]]:
        """The nodes and relationships with a source in one of these files."""

    def said_by(self, files: Collection[str]) -> tuple[dict[str, str], list[Identity]]:
        """What is known by these: the nodes (label by id) and relationships with a source in one of them."""


@dataclass(slots=True)
class Element:
    """A node or relationship that this unit touches.

    `values` is its present state, `before` the values it had (None for a new element), `given` the properties
    rows of this unit gave, `changed` those not yet handed to the store, `sources_before` its sources before
    they grew or shrank and that was not yet handed over, `said_by` the row or person that changed it first,
    `same` the properties a new source gave as they were.
    """

    values: dict[str, Value]
    before: dict[str, Value | None] | None = None
    given: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    sent: bool = False
    touched: bool = False
    was: Verdict = "unchanged"
    sources_before: list[str] | None = None
    said_by: str = ""
    same: set[str] = field(default_factory=set)

    @property
    def verdict(self) -> Verdict:
        """What became of it in this unit."""
        if self.before is None:
            return "created"
        return "updated" if self.before else self.was


@dataclass(slots=True)
class NodeElement(Element):
    """A node that this unit touches."""

    id: str = ""
    label: str = ""

    @property
    def key(self) -> Key:
        """Its id."""
        return self.id

    @property
    def type(self) -> str:
        """Its label."""
        return self.label


@dataclass(slots=True)
class LinkElement(Element):
    """A relationship that this unit touches."""

    identity: Identity = ("", "", "", "")
    pattern: Pattern = ("", "", "")

    @property
    def key(self) -> Key:
        """Its identity: start, type, end and key."""
        return self.identity

    @property
    def type(self) -> str:
        """Its type."""
        return self.identity[1]


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """What is remembered of a node that was written or found unchanged and put away to save memory."""

    label: str
    given: frozenset[str]
    verdict: Verdict


@dataclass
class Batch:
    """A step for the store, sent in the order of the fields."""

    create_nodes: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    update_nodes: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    create_links: dict[Pattern, list[dict[str, object]]] = field(default_factory=dict)
    update_links: dict[Pattern, list[dict[str, object]]] = field(default_factory=dict)
    delete_links: dict[Pattern, list[dict[str, object]]] = field(default_factory=dict)
    delete_nodes: dict[str, list[str]] = field(default_factory=dict)
    changes: list[dict[str, Value]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many elements it creates, changes or deletes."""
        groups: tuple[Mapping[object, list[object]], ...] = (
            self.create_nodes,
            self.update_nodes,
            self.create_links,
            self.update_links,
            self.delete_links,
            self.delete_nodes,
        )  # type: ignore[assignment]
        return sum(len(rows) for group in groups for rows in group.values())


@dataclass
class Counts:
    """How many elements were created, updated, left unchanged, removed."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    def add(self, verdict: Verdict) -> None:
        """Counts one more element."""
        setattr(self, verdict, getattr(self, verdict) + 1)

    def as_dict(self) -> dict[str, int]:
        """The counts in the shape of the JSON contract."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "removed": self.removed,
        }


@dataclass
class RowCounts:
    """How many rows of one source were created, updated, left unchanged, rejected."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    @property
    def rows(self) -> int:
        """All of them."""
        return self.created + self.updated + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True)
class Told:
    """One change as a report tells it: the id of a record or the identity of a link, its label or type,
    create, update, confirm or remove, and the values before and after."""

    element: Key
    type: str
    action: str
    before: Mapping[str, Value | None]
    after: Mapping[str, Value | None]


@dataclass
class Outcome:
    """What a unit did, or would do: counts, the verdict on the rows of each path, problems, rejected rows.

    `changes` are the first `journal.MOST_TOLD` of its changes, `newcomers` how many nodes it creates by
    label, `newcomers_named` the first so many of them by what people call them. `foreseen` is all of it one
    by one, in a preview only. `no_longer` is what files said before that say it no longer, where they were
    read before.
    """

    import_id: str | None = None
    nodes: Counts = field(default_factory=Counts)
    relationships: Counts = field(default_factory=Counts)
    newcomers: Counter[str] = field(default_factory=Counter)
    newcomers_named: dict[str, list[str]] = field(default_factory=dict)
    verdicts: dict[str, RowCounts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rejected: list[tuple[str, int, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changes: list[Told] = field(default_factory=list)
    foreseen: Foreseen | None = None
    no_longer: Unsaid | None = None
