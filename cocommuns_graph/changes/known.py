"""What planning knows of the graph as it is: asked for once, put away when done with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from cocommuns_graph.changes.ends import Ends
from cocommuns_graph.changes.state import (
    Begun,
    Identity,
    LinkElement,
    NodeElement,
    Pattern,
    Settled,
    Stored,
    Verdict,
    chunks,
)
from cocommuns_graph.model import Model, Value
from cocommuns_graph.model.claims import Row


class Known:
    """The elements a unit touches or asks about, `nodes` by id and `links` by identity.

    `settled` remembers the little that a later row must know of nodes that were written and put away.
    """

    def __init__(self, model: Model, stored: Stored, *, preview: bool, begun: Begun | None = None) -> None:
        self.nodes: dict[str, NodeElement] = {}
        self.links: dict[Identity, LinkElement] = {}
        self.settled: dict[str, Settled] = {}
        self._model = model
        self._stored = stored
        self._preview = preview
        self._begun = begun or Begun()
        self._kinds_of_settled: dict[tuple[str, frozenset[str], Verdict], Settled] = {}
        self._read_sides: dict[tuple[Pattern, bool], set[str]] = {}

    def learn(self, ids: Iterable[str]) -> None:
        """Learns what is stored of these nodes, all of it; those put away come back."""
        unknown = dict.fromkeys(identifier for identifier in ids if identifier not in self.nodes)
        settled = [identifier for identifier in unknown if identifier in self.settled]
        for identifier in settled:
            del unknown[identifier]
        for chunk in chunks(unknown):
            for node in self._stored.nodes(chunk, self._model.labels):
                self._meet(
                    NodeElement(dict(node.properties), before={}, sent=True, id=node.id, label=node.label)
                )
        for chunk in chunks(settled):
            for node in self._stored.nodes(chunk, self._model.labels, again=True):
                past = self.settled.pop(node.id)
                self.nodes[node.id] = NodeElement(
                    dict(node.properties),
                    before=None if past.verdict == "created" else {},
                    given=set(past.given),
                    sent=True,
                    touched=True,
                    was=past.verdict,
                    id=node.id,
                    label=node.label,
                )

    def learn_claimed(self, rows: Sequence[Row]) -> None:
        """Learns what is stored of the nodes of rows that are settled at once: of each just what is claimed.

        A preview, whose changes cannot be read back, learns them whole, as does a node met before.
        """
        claims = [claim for row in rows for claim in row.nodes]
        if not self._preview:
            wanted: defaultdict[str, dict[str, dict[str, Value]]] = defaultdict(dict)
            for claim in claims:
                if claim.id not in self.nodes and claim.id not in self.settled:
                    before = wanted[claim.label].get(claim.id)
                    claimed = {**claim.properties, **before} if before else claim.properties
                    wanted[claim.label][claim.id] = claimed
            for label, by_id in wanted.items():
                for found, values in self._stored.values_of(label, by_id):
                    self._meet(NodeElement(values, before={}, sent=True, id=found, label=label))
        self.learn(claim.id for claim in claims)

    def put_away(self, ids: Iterable[str]) -> None:
        """Keeps of finished nodes only what a later row about them needs to know beside what is stored."""
        for identifier in ids:
            element = self.nodes.get(identifier)
            if element is None:
                continue
            if not element.touched:
                del self.nodes[identifier]
                continue
            if self._preview and element.verdict != "unchanged":
                continue
            kind = (element.label, frozenset(element.given), element.verdict)
            if (past := self._kinds_of_settled.get(kind)) is None:
                past = self._kinds_of_settled[kind] = Settled(*kind)
            self.settled[identifier] = past
            del self.nodes[identifier]

    def learn_links(self, rows: Sequence[Row], ends: Ends) -> None:
        """Learns what is stored of the links that rows claim, asking from the side with more ends."""
        wanted: defaultdict[Pattern, set[tuple[str, str]]] = defaultdict(set)
        for row in rows:
            for link in row.links:
                if (pair := ends.pair(link)) is not None:
                    start, end = pair
                    if self._may_be_linked(start) and self._may_be_linked(end):
                        pattern = (self.nodes[start].label, link.type, self.nodes[end].label)
                        wanted[pattern].add(pair)
        for pattern, pairs in wanted.items():
            starts, stops = {start for start, _ in pairs}, {end for _, end in pairs}
            from_start = len(starts) >= len(stops)
            seen = self._read_sides.setdefault((pattern, from_start), set())
            fresh = (starts if from_start else stops) - seen
            seen |= fresh
            for chunk in chunks(sorted(fresh)):
                for found in self._stored.links(pattern, chunk, from_start):
                    if found.identity not in self.links:
                        self._meet(
                            LinkElement(
                                dict(found.properties),
                                before={},
                                sent=True,
                                identity=found.identity,
                                pattern=pattern,
                            )
                        )

    def _meet(self, element: NodeElement | LinkElement) -> None:
        """Takes in what is stored; what an interrupted run of this unit created or changed counts as such."""
        if element.key in self._begun.created:
            element.before = None
        elif element.key in self._begun.changed:
            element.was = "updated"
        if isinstance(element, NodeElement):
            self.nodes[element.id] = element
        else:
            self.links[element.identity] = element

    def _may_be_linked(self, identifier: str) -> bool:
        return self.is_stored(identifier) or identifier in self._begun.created

    def is_stored(self, identifier: str) -> bool:
        """Whether a known node was there before this unit."""
        return self.nodes[identifier].before is not None
