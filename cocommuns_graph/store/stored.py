"""The graph as a writing transaction sees it: what the planner may ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Protocol

from cocommuns_graph import cypher
from cocommuns_graph.changes import Pattern, chunks
from cocommuns_graph.model import Model, Node, Relationship, Value
from cocommuns_graph.model.claims import source_file

_IDS_A_RECORD = 1_000


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
        self, label: str, ids: Collection[str], names: Sequence[str]
    ) -> Iterator[tuple[str, dict[str, Value]]]:
        """Of the nodes of a label with one of these ids: the id, and those of these properties it has."""
        if not self._filled[label]:
            return
        statement, asked = cypher.read_values(label), list(names)
        for some in chunks(ids, _IDS_A_RECORD):
            for record in self.transaction.run(statement, {"ids": some, "names": asked}):
                for identifier, values in record["nodes"]:
                    yield (
                        str(identifier),
                        {name: value for name, value in zip(asked, values, strict=True) if value is not None},
                    )

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


def as_node(label: str, properties: dict[str, Any]) -> Node:
    """A node from its stored properties."""
    return Node(str(properties["id"]), label, properties)


def as_relationship(type_: str, start: str, end: str, properties: dict[str, Any]) -> Relationship:
    """A relationship from its stored properties."""
    return Relationship(type_, start, end, str(properties.get("key") or ""), properties)
