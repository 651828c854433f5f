"""Taking a unit of writing back: what it touched becomes what it would be without it.

Every element the unit created, changed or removed is replayed without it (`replay`), and the difference to
what is stored is handed out as a unit of its own. Later edits are in the replay, so they stay; what stays on
account of them is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from cocommuns_graph.changes.journal import Journal, as_key, as_text, ends_of
from cocommuns_graph.changes.replay import Step, Wanted, in_order, replay, steps
from cocommuns_graph.changes.state import (
    Batch,
    Counts,
    Element,
    Identity,
    Key,
    LinkElement,
    NodeElement,
    Pattern,
    Told,
    Unit,
    chunks,
)
from cocommuns_graph.changes.units import Units
from cocommuns_graph.model import Model, Node, Relationship, Value
from cocommuns_graph.model.claims import source_file

Reason = Literal["changed later", "linked later", "said again", "removed later", "end is gone"]


class Past(Protocol):
    """What undoing may ask about the graph as it is now and about its journal, inside the transaction."""

    def nodes(self, ids: Collection[str], labels: Collection[str], *, again: bool = False) -> Iterable[Node]:
        """The nodes of these labels with one of these ids."""

    def links(self, pattern: Pattern, ids: Collection[str], from_start: bool) -> Iterable[Relationship]:
        """The relationships of a pattern that leave (or reach) these nodes."""

    def created_by(self, units: Collection[str]) -> tuple[list[Node], list[tuple[Pattern, Relationship]]]:
        """The nodes and relationships that are there and were created by one of these units."""

    def journal_of(self, units: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """The changes of these units, and the removals of what they had created."""

    def journal_about(self, elements: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """All changes of these elements, named as a `Change` names them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that an undo leaves as it is: a whole element, or one property of it, and on whose account.

    `value` is what stays and `instead` what it would have become; both None for a whole element. `unit` is
    the later unit, empty where none is to be named. `name` is what people call the element's records.
    """

    element: Key
    type: str
    names: tuple[str, ...]
    reason: Reason
    unit: str = ""
    property: str = ""
    value: Value | None = None
    instead: Value | None = None


@dataclass
class Undone:
    """What an undo did or would do: counts, its first changes one by one, and all that it left as it is.

    `unit` is the undo itself, None in a preview; `undoes` what it takes back. `created` counts what is there
    again.
    """

    unit: str | None
    undoes: str
    nodes: Counts = field(default_factory=Counts)
    relationships: Counts = field(default_factory=Counts)
    kept: list[Kept] = field(default_factory=list)
    changes: list[Told] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


class Undoing:
    """Plans the undo of one unit, `unit.undoes`; `batches()` yields what to send, then `outcome` is complete.

    `units` are all units as they are before. Undoing an undo brings back what it took.
    """

    def __init__(self, model: Model, past: Past, unit: Unit, units: Units) -> None:
        self.outcome = Undone(unit.id, unit.undoes)
        self._model = model
        self._past = past
        self._units = units.with_undo(unit.id, unit.undoes)
        self._root = units.root(unit.undoes)
        self._takes_back = not self._units.counts(self._root)
        self._journal = Journal(unit)
        self._now: dict[Key, NodeElement | LinkElement] = {}
        self._types: dict[Key, str] = {}
        self._labels: dict[str, str] = {}
        self._happened: dict[Key, list[Step]] = {}
        self._wanted: dict[Key, Wanted] = {}
        self._said_again: dict[str, dict[str, str]] = {}

    def batches(self) -> Iterator[Batch]:
        """Everything to send: what comes back and changes, then relationships that go, then nodes."""
        self._look()
        links = [key for key in self._wanted if not isinstance(key, str)]
        nodes = [key for key in self._wanted if isinstance(key, str)]
        self._lose_links_without_ends(links)
        held = self._holders()
        for identifier in nodes:
            self._keep_held(identifier, held)
        self._tell_kept()
        yield from self._send([*nodes, *links], self._changed)
        yield from self._send(links, self._gone)
        yield from self._send(nodes, self._gone)
        self.outcome.changes = self._journal.told

    # -- what it is about -----------------------------------------------------------------------------

    def _look(self) -> None:
        # What an undone unit wrote may stand only because this one read the same file again.
        roots = [self._root, *self._units.read_as_well(self._root)]
        chain = [*self._units.chain(self._root), *roots[1:]]
        found_nodes, found_links = self._past.created_by(roots)
        self._learn(found_nodes, found_links)
        about: dict[Key, None] = dict.fromkeys(self._now)
        for change in self._past.journal_of(chain):
            about[self._key(change)] = None
        self._study(about)
        # What is not there only because its unit is undone comes back with a link that needs it.
        needed = dict.fromkeys(
            end
            for key, wanted in self._wanted.items()
            if not isinstance(key, str) and wanted.exists and key not in self._now
            for end in ends_of(key)
            if end not in self._wanted and end not in self._labels
        )
        self._study(needed)
        # What was kept only on account of a link that goes now.
        freed = dict.fromkeys(
            end
            for key, wanted in self._wanted.items()
            if not isinstance(key, str) and not wanted.exists
            for end in ends_of(key)
            if end not in self._wanted
        )
        self._learn(self._past.nodes(list(freed), self._model.labels), ())
        present = [end for end in freed if end in self._now]
        self._study(
            end for end in present if not self._counts(str(self._now[end].values.get("created_in", "")))
        )

    def _key(self, change: Mapping[str, Any]) -> Key:
        type_ = str(change["type"])
        key = as_key(str(change["element"]), is_link=type_ in self._model.types)
        self._types[key] = type_
        return key

    def _learn(self, nodes: Iterable[Node], links: Iterable[tuple[Pattern, Relationship]]) -> None:
        for node in nodes:
            self._labels[node.id] = self._types[node.id] = node.label
            values = dict(node.properties)
            self._now[node.id] = NodeElement(values, {}, sent=True, id=node.id, label=node.label)
        for pattern, link in links:
            self._types[link.identity] = link.type
            self._labels.setdefault(link.start, pattern[0])
            self._labels.setdefault(link.end, pattern[2])
            values = dict(link.properties)
            self._now[link.identity] = LinkElement(
                values, {}, sent=True, identity=link.identity, pattern=pattern
            )

    def _study(self, about: Iterable[Key]) -> None:
        """Reads what is stored of these elements and their whole journal, and replays it."""
        about = list(about)
        ids = [key for key in about if isinstance(key, str) and key not in self._now]
        identities = [key for key in about if not isinstance(key, str)]
        for chunk in chunks(ids):
            self._learn(self._past.nodes(chunk, self._model.labels), ())
        self._learn_links([key for key in identities if key not in self._now])
        ends = dict.fromkeys(end for key in identities for end in ends_of(key) if end not in self._labels)
        for chunk in chunks(ends):
            for node in self._past.nodes(chunk, self._model.labels):
                self._labels[node.id] = node.label
                self.outcome.names[node.id] = node.name
        journal: defaultdict[Key, list[Mapping[str, Any]]] = defaultdict(list)
        for change in self._past.journal_about([as_text(key) for key in about]):
            journal[self._key(change)].append(change)
        for key in about:
            element = self._now.get(key)
            happened = steps(element.values if element else None, in_order(journal[key]))
            self._happened[key] = happened
            self._wanted[key] = replay(happened, self._counts, self._units.is_undo, self._again)

    def _learn_links(self, identities: Collection[Identity]) -> None:
        by_type: defaultdict[str, set[Identity]] = defaultdict(set)
        for identity in identities:
            by_type[identity[1]].add(identity)
        for type_, wanted in by_type.items():
            declared = self._model.relationship(type_)
            starts = sorted({identity[0] for identity in wanted})
            for start in declared.starts:
                for end in declared.ends:
                    pattern = (start, type_, end)
                    for chunk in chunks(starts):
                        found = self._past.links(pattern, chunk, from_start=True)
                        self._learn((), [(pattern, link) for link in found if link.identity in wanted])

    def _counts(self, unit: str) -> bool:
        return unit not in self._units.by_id or self._units.counts(unit)

    def _again(self, unit: str) -> dict[str, str]:
        if unit not in self._said_again:
            self._said_again[unit] = self._units.said_again(unit)
        return self._said_again[unit]

    # -- what holds what ------------------------------------------------------------------------------

    def _lose_links_without_ends(self, links: Iterable[Identity]) -> None:
        """A relationship cannot come back where one of its records is gone by another unit's doing."""
        for key in links:
            wanted = self._wanted[key]
            if wanted.exists and key not in self._now:
                gone = [end for end in ends_of(key) if not self._can_be(end)]
                if gone:
                    wanted.exists = False
                    self._keep(key, "end is gone", self._remover(gone[0]))

    def _can_be(self, identifier: str) -> bool:
        wanted = self._wanted.get(identifier)
        return identifier in self._labels if wanted is None else wanted.values is not None

    def _remover(self, identifier: str) -> str:
        wanted = self._wanted.get(identifier)
        return (wanted.removed_by or "") if wanted else ""

    def _holders(self) -> dict[str, str]:
        """The records that relationships need which stay or come back, and a unit that wrote such a one."""
        held: dict[str, str] = {}
        for key, wanted in self._wanted.items():
            if not isinstance(key, str) and wanted.exists and wanted.values is not None:
                for end in ends_of(key):
                    held.setdefault(end, wanted.holder or str(wanted.values.get("created_in", "")))
        leaving = [key for key, wanted in self._wanted.items() if isinstance(key, str) and not wanted.exists]
        for link in self._links_at([key for key in leaving if key in self._now]):
            if link.identity not in self._wanted:
                for end in (link.start, link.end):
                    held.setdefault(end, link.text("created_in"))
        return held

    def _links_at(self, ids: Collection[str]) -> Iterator[Relationship]:
        by_label: defaultdict[str, list[str]] = defaultdict(list)
        for identifier in ids:
            by_label[self._labels[identifier]].append(identifier)
        for type_ in self._model.types:
            declared = self._model.relationship(type_)
            for start in declared.starts:
                for end in declared.ends:
                    for label, from_start in ((start, True), (end, False)):
                        for chunk in chunks(by_label.get(label, ())):
                            yield from self._past.links((start, type_, end), chunk, from_start)

    def _keep_held(self, identifier: str, held: Mapping[str, str]) -> None:
        wanted = self._wanted[identifier]
        if not wanted.exists and identifier in held and wanted.values is not None:
            wanted.exists = True
            if identifier in self._now and self._takes_back:
                self._keep(identifier, "linked later", held[identifier])

    # -- what is told ---------------------------------------------------------------------------------

    def _tell_kept(self) -> None:
        if not self._takes_back:
            return
        told = {(kept.element, kept.property) for kept in self.outcome.kept}
        for key, wanted in self._wanted.items():
            own = [step for step in self._happened[key] if step.unit == self._root]
            if not own or (key, "") in told:
                continue
            if key not in self._now:
                if not wanted.exists and wanted.removed_by:
                    self._keep(key, "removed later", wanted.removed_by)
            elif own[0].action == "create" and wanted.exists:
                by = wanted.holder or ""
                self._keep(key, "changed later" if by else "said again", by or self._sayer(key))
            else:
                self._tell_kept_values(key, wanted, own)

    def _tell_kept_values(self, key: Key, wanted: Wanted, own: list[Step]) -> None:
        before: dict[str, Any] = {}
        for step in own:
            for name, value in step.before.items():
                before.setdefault(name, value)
        for name, value in before.items():
            stays = (wanted.values or {}).get(name)
            if name == "sources" or stays == value or stays != self._now[key].values.get(name):
                continue
            by = wanted.writers.get(name, "")
            reason: Reason = "said again" if by in ("", self._root) else "changed later"
            by = self._sayer(key) if reason == "said again" else by
            self.outcome.kept.append(
                Kept(key, self._types[key], self._names(key), reason, by, name, stays, value)
            )

    def _sayer(self, key: Key) -> str:
        """The later unit that read the file again which says something of an element."""
        again, sources = self._again(self._root), self._now[key].values.get("sources")
        files = [source_file(str(source)) for source in sources] if isinstance(sources, list) else []
        return next((again[file] for file in files if file in again), "")

    def _keep(self, key: Key, reason: Reason, unit: str) -> None:
        self.outcome.kept.append(Kept(key, self._types[key], self._names(key), reason, unit))

    def _names(self, key: Key) -> tuple[str, ...]:
        return tuple(self._name(end) for end in ends_of(key))

    def _name(self, identifier: str) -> str:
        if identifier in self.outcome.names:
            return self.outcome.names[identifier]
        element, wanted = self._now.get(identifier), self._wanted.get(identifier)
        values: Mapping[str, Value] = element.values if element else (wanted and wanted.values) or {}
        for step in reversed(self._happened.get(identifier, [])):
            values = values or step.before
        return Node(identifier, self._types.get(identifier, ""), values).name

    # -- what is sent ---------------------------------------------------------------------------------

    def _send(self, keys: Iterable[Key], plan: Any) -> Iterator[Batch]:
        for chunk in chunks(keys):
            batch = Batch()
            for key in chunk:
                plan(key, self._wanted[key], batch)
            if batch.size:
                yield batch

    def _changed(self, key: Key, wanted: Wanted, batch: Batch) -> None:
        if not wanted.exists or wanted.values is None:
            return
        element = self._now.get(key)
        if element is None:
            self._restore(key, wanted.values, batch)
            return
        names = {*element.values, *wanted.values} - {"id", "key"}
        differing = sorted(
            name for name in names if not _same(element.values.get(name), wanted.values.get(name))
        )
        self._tally(key).add("updated" if set(differing) - {"sources"} else "unchanged")
        if not differing:
            return
        settings = {name: wanted.values.get(name) for name in differing}
        self._note_before(element, differing, wanted.values)
        if isinstance(element, NodeElement):
            batch.update_nodes.setdefault(element.label, []).append({"id": element.id, "set": settings})
        else:
            start, _, end, link_key = element.identity
            row: dict[str, object] = {"start": start, "end": end, "key": link_key, "set": settings}
            batch.update_links.setdefault(element.pattern, []).append(row)
        if change := self._journal.changed(element):
            batch.changes.append(change)

    def _note_before(self, element: Element, differing: list[str], values: Mapping[str, Value]) -> None:
        assert element.before is not None
        for name in differing:
            present = element.values.get(name)
            if name == "sources":
                element.sources_before = present if isinstance(present, list) else []  # type: ignore[assignment]
            else:
                element.before[name] = present
        element.values = dict(values)
        element.changed = set(differing)

    def _restore(self, key: Key, values: dict[str, Value], batch: Batch) -> None:
        made: NodeElement | LinkElement
        if isinstance(key, str):
            label = self._types[key]
            made = NodeElement(values, id=key, label=label)
            self._labels[key] = label
            batch.create_nodes.setdefault(label, []).append(values)
        else:
            start, type_, end, _ = key
            pattern = (self._labels[start], type_, self._labels[end])
            made = LinkElement(values, identity=key, pattern=pattern)
            row: dict[str, object] = {"start": start, "end": end, "set": values}
            batch.create_links.setdefault(pattern, []).append(row)
        self._tally(key).created += 1
        batch.changes.append(self._journal.restored(made))

    def _gone(self, key: Key, wanted: Wanted, batch: Batch) -> None:
        element = self._now.get(key)
        if element is None or (wanted.exists and wanted.values is not None):
            return
        if isinstance(element, NodeElement):
            batch.delete_nodes.setdefault(element.label, []).append(element.id)
        else:
            start, _, end, link_key = element.identity
            row: dict[str, object] = {"start": start, "end": end, "key": link_key}
            batch.delete_links.setdefault(element.pattern, []).append(row)
        self._tally(key).removed += 1
        batch.changes.append(self._journal.removed(element))

    def _tally(self, key: Key) -> Counts:
        return self.outcome.nodes if isinstance(key, str) else self.outcome.relationships


def _same(one: Value | None, other: Value | None) -> bool:
    return type(one) is type(other) and one == other
