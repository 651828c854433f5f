"""Two records made one: what the kept one gets, which links move, what is remembered. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, cast

from cocommuns_graph.changes.journal import Journal
from cocommuns_graph.changes.removal import remove_link, remove_node
from cocommuns_graph.changes.state import Batch, LinkElement, NodeElement, Outcome, Pattern, Stored, Unit
from cocommuns_graph.model import (
    Model,
    Node,
    NodeType,
    Property,
    Relationship,
    Value,
    Visibility,
    fold,
    levelled,
)
from cocommuns_graph.model.claims import Problem
from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.model.kinds import shorten

MERGE = "merge"
"""The action of a unit that makes two records one."""

Side = Literal["kept", "gone"]
_MANAGED = ("id", "sources", "created_in", "key")


def merged_values(
    declared: NodeType, kept: Node, gone: Node, chosen: Mapping[str, Side] | None = None
) -> dict[str, Value]:
    """The properties of the record that two become.

    Lists and sources are joined; of two other values the kept record's stays unless `chosen` says otherwise
    or the other one is the same and more: a longer description, a more precise date. What the other was
    called becomes an alias, in its language. Who may see less stays: the stricter visibility holds.
    """
    values: dict[str, Value] = dict(kept.properties)
    for name, other in gone.properties.items():
        if name in ("id", "created_in"):
            continue
        own = kept.properties.get(name)
        side = (chosen or {}).get(name)
        if own is None or side == "gone":
            values[name] = other
        elif side != "kept":
            values[name] = _fuller(declared.property(name), name, own, other)
    _keep_both_names(declared, values, kept, gone)
    return values


def _fuller(declared: Property | None, name: str, own: Value, other: Value) -> Value:
    if isinstance(own, list) or isinstance(other, list):
        return _joined(own, other)
    if name == "visibility" or (levelled(name) and declared is not None):
        return max((own, other), key=lambda word: Visibility.parse(str(word)))
    if isinstance(own, str) and isinstance(other, str) and declared is not None:
        longer = len(other) > len(own)
        if longer and (
            declared.kind.input == "area" or (declared.kind.input == "date" and other.startswith(own))
        ):
            return other
        if name == "confirmed_on":
            return max(own, other)
    return own


def _joined(own: Value | None, other: Value | None) -> Value:
    items: list[Any] = []
    for value in (own, other):
        items += value if isinstance(value, list) else [] if value is None else [value]
    return cast("Value", list(dict.fromkeys(items)))


def _keep_both_names(declared: NodeType, values: dict[str, Value], kept: Node, gone: Node) -> None:
    """What either was called and the merged record is not becomes one of its aliases."""
    for name in sorted({*kept.properties, *gone.properties}):
        base, _, language = name.partition("_")
        if base != declared.caption:
            continue
        aliases = f"aliases_{language}" if language else "aliases"
        known = {fold(str(values.get(name)))}
        extra = [text for node in (kept, gone) if (text := node.text(name)) and fold(text) not in known]
        present = values.get(aliases)
        listed = [str(item) for item in present] if isinstance(present, list) else []
        known |= {fold(item) for item in listed}
        listed += [text for text in dict.fromkeys(extra) if fold(text) not in known]
        if listed:
            values[aliases] = listed


class Merging:
    """Plans the merge of one record into another of the same label; `outcome` tells it once planned.

    Every link of the one that goes becomes a link of the other with its properties and sources; where both
    had it, they become one. A link between the two goes. All of it is journaled, so that it can be undone.
    """

    def __init__(
        self,
        model: Model,
        stored: Stored,
        unit: Unit,
        kept: str,
        gone: str,
        chosen: Mapping[str, Side] | None = None,
    ) -> None:
        self.outcome = Outcome(import_id=unit.id)
        self._model = model
        self._stored = stored
        self._unit = unit
        self._journal = Journal(unit)
        self._chosen = chosen or {}
        found = {node.id: node for node in stored.nodes([kept, gone], model.labels)}
        for identifier in (kept, gone):
            if identifier not in found:
                raise NotFound(f"no record has the id {shorten(identifier)!r} any more; look again")
        self._kept, self._gone = found[kept], found[gone]
        if kept == gone or self._kept.label != self._gone.label:
            told = f"{shorten(kept)!r} is {self._kept.label}, {shorten(gone)!r} is {self._gone.label}"
            raise InvalidValue(f"only two records of one kind can be merged; {told}")
        self._links: dict[tuple[str, str, str, str], LinkElement] = {}

    def batches(self) -> Iterator[Batch]:
        """What to send, in order."""
        self._learn_links()
        batch, removals = Batch(), Batch()
        self._plan_node(batch)
        for link in [link for link in self._links.values() if self._gone.id in _ends(link)]:
            self._plan_link(link, batch, removals)
        for link in self._links.values():
            self._hand_link(link, batch)
        element = NodeElement(
            dict(self._gone.properties), {}, sent=True, id=self._gone.id, label=self._gone.label
        )
        remove_node(element, removals, self.outcome, self._journal)
        self.outcome.changes = self._journal.told
        yield batch
        yield removals

    # -- the record -----------------------------------------------------------------------------------

    def _plan_node(self, batch: Batch) -> None:
        declared = self._model.node(self._kept.label)
        values = merged_values(declared, self._kept, self._gone, self._chosen)
        before = dict(self._kept.properties)
        element = _changed_node(self._kept, values)
        if element.changed:
            settings = {name: values.get(name) for name in sorted(element.changed)}
            batch.update_nodes[element.label] = [{"id": element.id, "set": settings}]
            if change := self._journal.changed(element):
                batch.changes.append(change)
        self.outcome.nodes.add("updated" if element.changed - {"sources"} else "unchanged")
        lost = {
            name: value
            for name, value in before.items()
            if values.get(name) != value and name not in _MANAGED
        }
        said = {name: value for name, value in self._gone.properties.items() if name not in _MANAGED}
        batch.create_nodes["Decision"] = [
            {
                "id": f"merged-{self._unit.id}",
                "a": self._kept.id,
                "b": self._gone.id,
                "decision": "merged",
                "said": json.dumps({self._kept.id: lost, self._gone.id: said}, ensure_ascii=False),
                "who": self._unit.who,
                "when": self._unit.when,
                "unit": self._unit.id,
            }
        ]

    # -- the links ------------------------------------------------------------------------------------

    def _learn_links(self) -> None:
        found = {link.identity: link for link in self._stored.links_of([self._kept.id, self._gone.id])}
        labels = self._labels(found.values())
        for identity, link in sorted(found.items()):
            pattern: Pattern = (labels[link.start], link.type, labels[link.end])
            self._links[identity] = LinkElement(
                dict(link.properties), {}, sent=True, identity=identity, pattern=pattern
            )

    def _labels(self, links: Iterable[Relationship]) -> dict[str, str]:
        ends = {end for link in links for end in (link.start, link.end)}
        return {node.id: node.label for node in self._stored.nodes(sorted(ends), self._model.labels)}

    def _plan_link(self, link: LinkElement, batch: Batch, removals: Batch) -> None:
        start, type_, end, key = link.identity
        moved = tuple(self._kept.id if one == self._gone.id else one for one in (start, end))
        del self._links[link.identity]
        remove_link(link, removals, self.outcome, self._journal)
        if start != end and moved[0] == moved[1]:
            said = self._model.relationship(type_).text.en
            reason = f"that {shorten(start)!r} {said} {shorten(end)!r} is left out: they are one record now"
            self.outcome.problems.append(Problem("", 0, "", type_, reason, "note"))
            return
        identity = (moved[0], type_, moved[1], key)
        known = self._links.get(identity)
        if known is None:
            values = {**link.values, "created_in": self._unit.id}
            self._links[identity] = LinkElement(values, identity=identity, pattern=link.pattern, touched=True)
        else:
            self._join(known, link.values)

    def _join(self, known: LinkElement, other: Mapping[str, Value]) -> None:
        """Gives a link that both had what only the other's said, and its sources."""
        known.touched = True
        for name, value in other.items():
            own = known.values.get(name)
            if name == "sources":
                joined = _joined(own, value)
                if joined != own and known.before is not None:
                    known.sources_before = own if isinstance(own, list) else []  # type: ignore[assignment]
                    known.changed.add(name)
                known.values[name] = joined
            elif own is None:
                if known.before is not None:
                    known.before[name] = None
                    known.changed.add(name)
                known.values[name] = value
            elif own != value and name not in _MANAGED:
                reason = f"{name} was {shorten(own)!r} and {shorten(value)!r}; {shorten(own)!r} stays"
                self.outcome.problems.append(Problem("", 0, name, shorten(value), reason, "note"))

    def _hand_link(self, link: LinkElement, batch: Batch) -> None:
        start, _, end, key = link.identity
        if not link.sent:
            row: dict[str, object] = {"start": start, "end": end, "set": link.values}
            batch.create_links.setdefault(link.pattern, []).append(row)
            self._journal.created(link)
            self.outcome.relationships.created += 1
        elif link.changed:
            settings = {name: link.values.get(name) for name in sorted(link.changed)}
            row = {"start": start, "end": end, "key": key, "set": settings}
            batch.update_links.setdefault(link.pattern, []).append(row)
            if change := self._journal.changed(link):
                batch.changes.append(change)
            self.outcome.relationships.add(link.verdict)


def _ends(link: LinkElement) -> tuple[str, str]:
    return link.identity[0], link.identity[2]


def _changed_node(node: Node, values: dict[str, Value]) -> NodeElement:
    """A node on its way from what it is to these values, as the journal tells it."""
    element = NodeElement(values, before={}, sent=True, touched=True, id=node.id, label=node.label)
    for name in sorted({*node.properties, *values}):
        own = node.properties.get(name)
        if own == values.get(name) and type(own) is type(values.get(name)):
            continue
        element.changed.add(name)
        if name == "sources":
            element.sources_before = node.texts("sources")
        else:
            cast("dict[str, Value | None]", element.before)[name] = own
    return element
