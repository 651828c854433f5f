"""The graph as a writing transaction sees it: what the planner may ask."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from cocommuns_graph import cypher
from cocommuns_graph.changes import Begun, Identity, Key, Pattern, as_key, chunks, differing
from cocommuns_graph.model import Model, Node, NodeType, Relationship, Value
from cocommuns_graph.model.claims import source_file

_IDS_A_RECORD = 5_000
_PART, _ITEM = "\x1f", "\x1e"
_FEW = 200
"""Elements up to which the engine picks their changes; for more the whole journal is read once."""


class Runs(Protocol):
    """Something that runs a statement and gives its records: a transaction."""

    def run(self, query: str, parameters: dict[str, Any] | None = None) -> Iterable[Any]:
        """Runs one statement with its parameters."""


class StoredNow:
    """Reads through `transaction`, which may be replaced when a large unit goes on in the next one.

    A label that was empty when the unit began needs no asking: what came since is known to the planner.
    """

    def __init__(self, model: Model, transaction: Runs) -> None:
        self.model = model
        self.transaction = transaction
        self._filled = {label: self._count(cypher.count_nodes(label)) > 0 for label in model.labels}

    def _count(self, statement: str) -> int:
        return int(next(iter(self.transaction.run(statement)))["count"])

    def nodes(self, ids: Collection[str], labels: Collection[str], *, again: bool = False) -> Iterator[Node]:
        """The nodes of these labels with one of these ids; `again` for ids this unit has written itself."""
        for label in labels:
            if again or self._filled[label]:
                for record in self.transaction.run(cypher.read_nodes_by_id(label), {"ids": list(ids)}):
                    yield as_node(label, record["properties"])

    def values_of(
        self, label: str, claimed: Mapping[str, Mapping[str, Value]]
    ) -> Iterator[tuple[str, dict[str, Value]]]:
        """Of the nodes of a label with one of these ids: the id, and what it has of the properties claimed.

        Values are read one by one only where they are not all as claimed.
        """
        if not self._filled[label]:
            return
        for ids in chunks(claimed, _IDS_A_RECORD):
            names = dict.fromkeys(name for identifier in ids for name in claimed[identifier])
            texts, lists = _joinable(self.model.node(label), names)
            beside = [*(name for name in names if name not in (*texts, *lists)), "sources"]
            differing: list[str] = []
            statement = cypher.read_joined(label, texts, lists)
            parameters = {"ids": ids, "names": beside, "part": _PART, "item": _ITEM}
            for record in self.transaction.run(statement, parameters) if texts or lists else ():
                for identifier, values, text in record["nodes"]:
                    claim = claimed[identifier]
                    if text == _joined(claim, texts, lists):
                        same = {name: claim[name] for name in (*texts, *lists) if name in claim}
                        yield identifier, {**same, **_present(beside, values)}
                    else:
                        differing.append(identifier)
            names["sources"] = None
            yield from self._values(label, list(names), differing if texts or lists else ids)

    def _values(self, label: str, names: list[str], ids: list[str]) -> Iterator[tuple[str, dict[str, Value]]]:
        if ids:
            for record in self.transaction.run(cypher.read_values(label), {"ids": ids, "names": names}):
                for identifier, values in record["nodes"]:
                    yield str(identifier), _present(names, values)

    def named(self, label: str) -> Iterator[Node]:
        """Every node of a label, this unit's own included."""
        for record in self.transaction.run(cypher.read_all_nodes(label)):
            yield as_node(label, record["properties"])

    def links(self, pattern: Pattern, ids: Collection[str], from_start: bool) -> Iterator[Relationship]:
        """The relationships of a pattern that leave (or reach) these nodes."""
        start, type_, end = pattern
        if not (self._filled[start] and self._filled[end]):
            return
        statement = (cypher.read_links_from if from_start else cypher.read_links_to)(start, type_, end)
        for record in self.transaction.run(statement, {"ids": list(ids)}):
            yield as_relationship(type_, record["start"], record["end"], record["properties"])

    def links_of(self, ids: Collection[str]) -> Iterator[Relationship]:
        """Every relationship that starts or ends at one of these nodes."""
        for start, declared, end in cypher.patterns(self.model):
            for from_start in (True, False):
                yield from self.links((start.label, declared.type, end.label), ids, from_start)

    def last_writers(self, elements: Collection[Key], but: str) -> dict[tuple[Key, str], tuple[str, str]]:
        """Of these elements each property that ever changed: the action of the unit that did it last, and
        who; changes of the unit `but` do not count."""
        texts = {
            key if isinstance(key, str) else json.dumps(key, ensure_ascii=False): key for key in elements
        }
        found: dict[tuple[Key, str], tuple[str, str]] = {}
        parameters = {"elements": list(texts), "but": but}
        for record in self.transaction.run(cypher.READ_LAST_CHANGES, parameters):
            before, after = json.loads(record["before"]), json.loads(record["after"])
            for name in differing(after, before, after):
                by = (str(record["by"]), str(record["who"]))
                found.setdefault((texts[record["element"]], name), by)
        return found

    def asserted_by(self, files: Collection[str]) -> tuple[list[Node], list[tuple[Pattern, Relationship]]]:
        """The nodes and relationships with a source in one of these files."""

        def says(found: Node | Relationship) -> bool:
            return any(source_file(source) in files for source in found.texts("sources"))

        nodes = [node for label in self.model.labels for node in self.named(label) if says(node)]
        links = []
        for start, declared, end in cypher.patterns(self.model):
            pattern = (start.label, declared.type, end.label)
            statement = cypher.read_all_links(*pattern)
            for record in self.transaction.run(statement):
                link = as_relationship(declared.type, record["start"], record["end"], record["properties"])
                if says(link):
                    links.append((pattern, link))
        return nodes, links

    def said_by(self, files: Collection[str]) -> tuple[dict[str, str], list[Identity]]:
        """The nodes (label by id) and relationships with a source in one of these files."""
        parameters = {"starts": [f"{file}:" for file in files]}
        labels = {
            identifier: label
            for label in self.model.labels
            if self._filled[label]
            for record in self.transaction.run(cypher.read_nodes_said(label), parameters)
            for identifier in record["ids"]
        }
        links: list[Identity] = []
        for start, declared, end in cypher.patterns(self.model):
            if self._filled[start.label] and self._filled[end.label]:
                statement = cypher.read_links_said(start.label, declared.type, end.label)
                for record in self.transaction.run(statement, parameters):
                    links += ((a, declared.type, b, key or "") for a, b, key in record["links"])
        return labels, links


class Recalled(StoredNow):
    """The same with its journal: what undoing may ask, and what resuming must know."""

    def created_by(self, units: Collection[str]) -> tuple[list[Node], list[tuple[Pattern, Relationship]]]:
        """The nodes and relationships that are there and were created by one of these units."""
        parameters = {"units": list(units)}
        nodes = [
            as_node(label, record["properties"])
            for label in self.model.labels
            if self._filled[label]
            for record in self.transaction.run(cypher.read_created_nodes(label), parameters)
        ]
        links = []
        for start, declared, end in cypher.patterns(self.model):
            if not (self._filled[start.label] and self._filled[end.label]):
                continue
            pattern = (start.label, declared.type, end.label)
            for record in self.transaction.run(cypher.read_created_links(*pattern), parameters):
                link = as_relationship(declared.type, record["start"], record["end"], record["properties"])
                links.append((pattern, link))
        return nodes, links

    def journal_of(self, units: Collection[str]) -> Iterator[Mapping[str, Any]]:
        """The changes of these units, and the removals of what they had created."""
        told: set[str] = set()
        marks = [json.dumps({"created_in": unit}, ensure_ascii=False)[1:-1] for unit in units]
        for statement, parameters in (
            (cypher.READ_JOURNAL_OF, {"units": list(units)}),
            (cypher.READ_REMOVED_OF, {"marks": marks}),
        ):
            for record in self.transaction.run(statement, parameters):
                change = record["change"]
                if change["id"] not in told:
                    told.add(change["id"])
                    yield change

    def journal_about(self, elements: Collection[str]) -> Iterator[Mapping[str, Any]]:
        """All changes of these elements, named as a `Change` names them."""
        wanted = set(elements)
        if not wanted:
            return
        few = len(wanted) <= _FEW
        statement = cypher.READ_JOURNAL_ABOUT if few else cypher.READ_JOURNAL
        for record in self.transaction.run(statement, {"elements": list(wanted)} if few else None):
            if record["change"]["element"] in wanted:
                yield record["change"]

    def begun(self, unit: str) -> tuple[Begun, int]:
        """What an interrupted run of a unit wrote, and how many changes of it are in the journal."""
        nodes, links = self.created_by([unit])
        created: frozenset[Key] = frozenset(
            [*(node.id for node in nodes), *(tie.identity for _, tie in links)]
        )
        records = list(self.transaction.run(cypher.READ_WRITTEN, {"unit": unit}))
        changed = frozenset(
            as_key(str(record["element"]), is_link=record["type"] in self.model.types)
            for record in records
            if record["action"] != "assert"
        )
        return Begun(created, changed), len(records)


def as_node(label: str, properties: dict[str, Any]) -> Node:
    """A node from its stored properties."""
    return Node(str(properties["id"]), label, properties)


def as_relationship(type_: str, start: str, end: str, properties: dict[str, Any]) -> Relationship:
    """A relationship from its stored properties."""
    return Relationship(type_, start, end, str(properties.get("key") or ""), properties)


def _present(names: Iterable[str], values: Iterable[Value | None]) -> dict[str, Value]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _joinable(node_type: NodeType, names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those of the names that are declared, with values that are a text, and with values that are texts."""
    known = [
        declared
        for name in names
        if (declared := node_type.by_name.get(name)) is not None and declared.kind.input != "number"
    ]
    return (
        tuple(declared.name for declared in known if not declared.kind.many),
        tuple(declared.name for declared in known if declared.kind.many),
    )


def _joined(claim: Mapping[str, Value], texts: Sequence[str], lists: Sequence[str]) -> str | None:
    """What the graph answers where all is as claimed; None where a value holds a separator itself."""
    parts = [str(claim.get(name, "")) for name in texts]
    items = 0
    for name in lists:
        value = claim.get(name, [])
        several = value if isinstance(value, list) else [value]
        items += len(several)
        parts.append(f"{len(several)}{''.join([f'{_ITEM}{item}' for item in several])}")
    parts.append("")
    joined = _PART.join(parts)
    is_clear = joined.count(_PART) == len(parts) - 1 and joined.count(_ITEM) == items
    return joined if is_clear else None
