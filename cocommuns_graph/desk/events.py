"""What happened to records and links, newest first, as far as a viewer may see it.

Creations are recorded on the elements, all later changes in the journal. Going back through the journal, each
element's values are rolled back, so that a creation is told with the values it had then, and nothing is shown
from a time when the record was for fewer people.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cocommuns_graph.changes import Key, as_key, differing, ends_of
from cocommuns_graph.model import MEMORY, MODEL, Graph, Value, Viewer, Visibility

# What people keep beside the inventory is for fewer eyes than what happened in it.
_REMEMBERED = frozenset(MEMORY.labels)
BOOKKEEPING = frozenset({"id", "sources", "created_in", "key"})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: create, update, confirm, remove, restore or merge of one element.

    `key` is the id of a record or the identity of a link, `type` its label or type. `before` and `after` hold
    what changed, without what the viewer may not see and without bookkeeping; `values` is all the element had
    then, for its name and its details. `names` are what its records are called.
    """

    unit: str
    when: str
    who: str
    action: str
    key: Key
    type: str
    before: Mapping[str, Value | None]
    after: Mapping[str, Value | None]
    values: Mapping[str, Value]
    names: tuple[str, ...]
    said_by: str = ""

    @property
    def is_link(self) -> bool:
        """Whether it is about a relationship."""
        return not isinstance(self.key, str)

    @property
    def source(self) -> str:
        """The file and row, or the person, that a creation or change rests on; empty if not known."""
        if self.said_by:
            return self.said_by
        sources = self.values.get("sources") if self.action == "create" else None
        return str(sources[0]) if isinstance(sources, list) and sources else ""


class Past:
    """The past of a graph as a viewer may see it.

    `units` are the units of writing by id, with `started` and `who`. `about` limits it to the element of one
    record and its links; the journal given to `events` is then that record's.
    """

    def __init__(
        self, graph: Graph, viewer: Viewer, units: Mapping[str, Mapping[str, Any]], about: str | None = None
    ) -> None:
        self._graph = graph
        self._viewer = viewer
        self._units = units
        self._about = about
        self._links = {link.identity: link for link in graph.relationships} if about is None else {}
        self._then: dict[Key, dict[str, Value]] = {}
        self._types: dict[Key, str] = {}
        self._created: defaultdict[str, dict[Key, None]] = defaultdict(dict)
        self._find_created()

    def events(self, journal: Iterable[Mapping[str, Any]]) -> Iterator[Event]:
        """All events, newest first; `journal` gives the changes in the order of `changes.newest_first`."""
        waiting = sorted(self._units.values(), key=lambda unit: str(unit["started"]), reverse=True)
        for change in journal:
            if change["type"] in _REMEMBERED:
                continue
            when = self._when(change)
            while waiting and str(waiting[0]["started"]) > when:
                yield from self._creations(waiting.pop(0))
            if change["action"] == "remove":
                self.remember_removed(change)
            if (event := self._change(change, when)) is not None:
                yield event
        for unit in waiting:
            yield from self._creations(unit)

    def _when(self, change: Mapping[str, Any]) -> str:
        """The moment of the unit; a unit that was resumed has one only, that of its end."""
        unit = self._units.get(str(change["unit"]))
        return str(unit["started"]) if unit is not None else str(change["when"])

    def remember_removed(self, change: Mapping[str, Any]) -> None:
        """Learns of a removal what the element was, so that older changes of it can be told."""
        key = self._key(change)
        values = json.loads(change["before"])
        if self._may_see_values(str(change["type"]), values):
            self._then[key] = values
            self._types[key] = str(change["type"])
            if self._about is None or self._about in ends_of(key):
                self._created[str(values.get("created_in", ""))][key] = None

    # -- what was created -----------------------------------------------------------------------------

    def _find_created(self) -> None:
        graph = self._graph
        if self._about is None:
            nodes, links = list(graph.nodes.values()), graph.relationships
        else:
            nodes = [graph.nodes[self._about]] if self._about in graph.nodes else []
            links = graph.links_of.get(self._about, [])
            self._links = {link.identity: link for link in links}
        for node in nodes:
            self._types[node.id] = node.label
            self._created[node.text("created_in")][node.id] = None
        for link in links:
            self._types[link.identity] = link.type
            self._created[link.text("created_in")][link.identity] = None

    def _creations(self, unit: Mapping[str, Any]) -> Iterator[Event]:
        for key in self._created.pop(str(unit["id"]), ()):
            values = self._values(key)
            if values is None or not self._ends_are_seen(key):
                continue
            type_ = self._types[key]
            if not self._may_see_values(type_, values):
                continue
            yield Event(
                str(unit["id"]),
                str(unit["started"]),
                str(unit.get("who") or ""),
                "create",
                key,
                type_,
                {},
                self._shown(key, type_, values, values),
                self._visible(key, type_, values, values),
                self._names(key, values),
            )

    # -- what changed ---------------------------------------------------------------------------------

    def _change(self, change: Mapping[str, Any], when: str) -> Event | None:
        key, type_, action = self._key(change), str(change["type"]), str(change["action"])
        values = self._values(key)
        if values is None or not self._ends_are_seen(key):
            return None
        before, after = json.loads(change["before"]), json.loads(change["after"])
        if action == "remove":
            seen = self._may_see_values(type_, before)
            told_before, told_after = self._shown(key, type_, before, before), {}
        elif action == "restore":
            seen = self._may_see_values(type_, values)
            told_before, told_after = {}, self._shown(key, type_, after, values)
        else:
            rolled = {**values, **before}
            self._then[key] = {name: value for name, value in rolled.items() if value is not None}
            seen = self._may_see_values(type_, values) and self._may_see_values(type_, self._then[key])
            told_before, told_after = (
                self._shown(key, type_, differing(one, before, after), values, self._then[key])
                for one in (before, after)
            )
        if not seen or (action != "remove" and not (told_before or told_after)):
            return None
        return Event(
            str(change["unit"]),
            when,
            str(change.get("who") or ""),
            action,
            key,
            type_,
            told_before,
            told_after,
            self._visible(key, type_, values, values),
            self._names(key, values),
            str(change.get("source") or ""),
        )

    def _key(self, change: Mapping[str, Any]) -> Key:
        return as_key(str(change["element"]), is_link=change["type"] in MODEL.types)

    def _values(self, key: Key) -> Mapping[str, Value] | None:
        """The values an element had at the moment being looked at; None where the viewer may not know it."""
        if (then := self._then.get(key)) is not None:
            return then
        if isinstance(key, str):
            node = self._graph.nodes.get(key)
            return None if node is None else node.properties
        link = self._links.get(key)
        return None if link is None else link.properties

    # -- who may see it -------------------------------------------------------------------------------

    def _may_see_values(self, type_: str, values: Mapping[str, Value]) -> bool:
        if type_ in MODEL.types:
            return True
        word = str(values.get("visibility") or MODEL.node(type_).default_visibility.word)
        return self._viewer.may_see(Visibility.parse(word))

    def _ends_are_seen(self, key: Key) -> bool:
        return isinstance(key, str) or all(
            end in self._graph.nodes or end in self._then for end in ends_of(key)
        )

    def _shown(
        self, key: Key, type_: str, told: Mapping[str, Value], *moments: Mapping[str, Value]
    ) -> dict[str, Value]:
        """What the viewer may see, at each of these moments and now, of what is told; no bookkeeping."""
        seen = self._visible(key, type_, told, *moments)
        return {name: value for name, value in seen.items() if name not in BOOKKEEPING}

    def _visible(
        self, key: Key, type_: str, told: Mapping[str, Value], *moments: Mapping[str, Value]
    ) -> dict[str, Value]:
        level = self._viewer.level
        if level is Visibility.STEWARDS:
            return dict(told)
        if type_ in MODEL.types:
            hidden = {name for name in told if level < MODEL.relationship_visibility_of(type_, name)}
        else:
            hidden = {name for name in told if self._is_limited(str(key), type_, name)}
            for values in moments:
                hidden |= MODEL.hidden(type_, {**dict.fromkeys(told), **values}, level)
        return {name: value for name, value in told.items() if name not in hidden}

    def _is_limited(self, key: str, label: str, name: str) -> bool:
        """Whether a record keeps a property, or all languages of it, from this viewer now."""
        limited = self._graph.limited.get(key)
        if not limited:
            return False
        declared = MODEL.node(label).property(name)
        return name in limited or (declared is not None and declared.name in limited)

    def knows(self, key: Key) -> bool:
        """Whether the viewer might have seen an element when it was removed."""
        return key in self._then

    def _names(self, key: Key, values: Mapping[str, Value]) -> tuple[str, ...]:
        if isinstance(key, str):
            node = self._graph.nodes.get(key)
            return (node.name if node is not None else _name(key, values),)
        return tuple(
            self._graph.nodes[end].name if end in self._graph.nodes else _name(end, self._then[end])
            for end in ends_of(key)
        )


def _name(identifier: str, values: Mapping[str, Value]) -> str:
    return str(values.get("name") or values.get("label") or identifier)
