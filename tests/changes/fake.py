"""A graph in memory that answers what planning asks, and takes what planning hands out.

It stands for no database: `Stored` is a protocol, and the store's own tests run on real engines.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from cocommuns_graph.changes import Batch, Key, Outcome, Pattern, Planner, Unit, differing
from cocommuns_graph.changes.journal import as_text
from cocommuns_graph.model import MODEL, Node, Relationship
from cocommuns_graph.model.claims import Row, source_file


class Memory:
    """Nodes and links as dictionaries; `changes` is the journal."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}
        self.values: dict[str, dict[str, Any]] = {}
        self.ties: dict[tuple[str, str, str, str], dict[str, Any]] = {}
        self.changes: list[dict[str, Any]] = []
        self.actions: dict[str, str] = {}
        self.batches = 0

    def nodes(self, ids: Collection[str], labels: Collection[str], *, again: bool = False) -> list[Node]:
        return [self._node(i) for i in ids if self.labels.get(i) in labels]

    def values_of(
        self, label: str, claimed: Mapping[str, Mapping[str, Any]]
    ) -> list[tuple[str, dict[str, Any]]]:
        return [
            (i, {name: self.values[i][name] for name in (*names, "sources") if name in self.values[i]})
            for i, names in claimed.items()
            if self.labels.get(i) == label
        ]

    def named(self, label: str) -> list[Node]:
        return [self._node(i) for i, own in self.labels.items() if own == label]

    def links(self, pattern: Pattern, ids: Collection[str], from_start: bool) -> list[Relationship]:
        wanted = set(ids)
        return [
            link
            for link in self._links()
            if (self.labels[link.start], link.type, self.labels[link.end]) == pattern
            and (link.start if from_start else link.end) in wanted
        ]

    def links_of(self, ids: Collection[str]) -> list[Relationship]:
        return [link for link in self._links() if {link.start, link.end} & set(ids)]

    def last_writers(self, elements: Collection[Key], but: str) -> dict[tuple[Key, str], tuple[str, str]]:
        found: dict[tuple[Key, str], tuple[str, str]] = {}
        texts = {as_text(key): key for key in elements}
        for change in reversed(self.changes):
            if change["element"] in texts and change["unit"] != but:
                before, after = json.loads(change["before"]), json.loads(change["after"])
                for name in differing(after, before, after):
                    by = (self.actions[change["unit"]], change["who"])
                    found.setdefault((texts[change["element"]], name), by)
        return found

    def asserted_by(self, files: Collection[str]) -> tuple[list[Node], list[tuple[Pattern, Relationship]]]:
        def says(found: Node | Relationship) -> bool:
            return any(source_file(source) in files for source in found.texts("sources"))

        return (
            [node for node in map(self._node, self.labels) if says(node)],
            [
                ((self.labels[link.start], link.type, self.labels[link.end]), link)
                for link in self._links()
                if says(link)
            ],
        )

    def said_by(self, files: Collection[str]) -> tuple[dict[str, str], list[Any]]:
        nodes, links = self.asserted_by(files)
        return {node.id: node.label for node in nodes}, [link.identity for _, link in links]

    def created_by(self, units: Collection[str]) -> tuple[list[Node], list[tuple[Pattern, Relationship]]]:
        nodes = [node for node in map(self._node, self.labels) if node.text("created_in") in units]
        return nodes, [
            ((self.labels[link.start], link.type, self.labels[link.end]), link)
            for link in self._links()
            if link.text("created_in") in units
        ]

    def journal_of(self, units: Collection[str]) -> list[dict[str, Any]]:
        return [
            change
            for change in self.changes
            if change["unit"] in units
            or (change["action"] == "remove" and json.loads(change["before"])["created_in"] in units)
        ]

    def journal_about(self, elements: Collection[str]) -> list[dict[str, Any]]:
        wanted = set(elements)
        return [change for change in self.changes if change["element"] in wanted]

    def _node(self, id_: str) -> Node:
        return Node(id_, self.labels[id_], dict(self.values[id_]))

    def _links(self) -> list[Relationship]:
        return [Relationship(t, s, e, k, dict(values)) for (s, t, e, k), values in self.ties.items()]

    def take(self, batch: Batch) -> None:
        """Does what a batch says, refusing what a database would refuse."""
        self.batches += 1
        for label, made in batch.create_nodes.items():
            for values in made:
                id_ = str(values["id"])
                assert id_ not in self.labels, f"{id_} is created twice"
                self.labels[id_], self.values[id_] = label, dict(values)
        for label, settings in batch.update_nodes.items():
            for setting in settings:
                assert self.labels[setting["id"]] == label  # type: ignore[index]
                _set(self.values[setting["id"]], setting["set"])  # type: ignore[index, arg-type]
        for (start, type_, end), ties in batch.create_links.items():
            for tie in ties:
                values = dict(tie["set"])  # type: ignore[call-overload]
                identity = (str(tie["start"]), type_, str(tie["end"]), values["key"])
                assert (self.labels[identity[0]], self.labels[identity[2]]) == (start, end)
                assert identity not in self.ties, f"{identity} is created twice"
                self.ties[identity] = values
        for (_, type_, _), ties in batch.update_links.items():
            for tie in ties:
                identity = (str(tie["start"]), type_, str(tie["end"]), str(tie["key"]))
                _set(self.ties[identity], tie["set"])  # type: ignore[arg-type]
        for (_, type_, _), ties in batch.delete_links.items():
            for tie in ties:
                del self.ties[str(tie["start"]), type_, str(tie["end"]), str(tie["key"])]
        for ids in batch.delete_nodes.values():
            for id_ in ids:
                del self.labels[id_], self.values[id_]
        self.changes += batch.changes


def _set(values: dict[str, Any], settings: Mapping[str, Any]) -> None:
    """Sets properties as Cypher does: a null takes one away."""
    for name, value in settings.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value


def plan(
    memory: Memory,
    rows: Iterable[Row],
    unit: str = "u1",
    sync: frozenset[str] = frozenset(),
    action: str = "import",
    who: str = "ada",
) -> Outcome:
    """Plans rows against a memory, which takes every batch as it comes."""
    memory.actions[unit] = action
    planner = Planner(MODEL, memory, Unit(unit, who, "2026-11-24T00:00:00Z", action), sync=sync)
    for batch in planner.batches(rows):
        memory.take(batch)
    return planner.outcome


def preview(memory: Memory, rows: Iterable[Row]) -> Outcome:
    """Plans rows and gives nothing to the memory."""
    planner = Planner(MODEL, memory, Unit("p", "ada", "2026-11-24T00:00:00Z"), preview=True)
    for _ in planner.batches(rows):
        pass
    return planner.outcome
