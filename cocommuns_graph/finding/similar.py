"""Who is at home in the same topics as somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

from cocommuns_graph.model.records import Graph

_TOPICAL = frozenset(("EXPERT_IN", "WORKS_ON", "ABOUT", "POSITION_ON", "SOLVED", "FACES", "NEEDS"))


@dataclass(frozen=True, slots=True)
class Similar:
    """A record with the topics it shares, rarest first, and its cosine similarity, above 0 and at most 1."""

    id: str
    score: float
    topics: tuple[str, ...]


class Similarity:
    """How alike records are in their topics. Made once per state of the graph.

    A record is the set of topics it has a tie to, each weighted by how rare it is, log(1 + N / n) for n of N
    records with topics (inverse document frequency); likeness is the cosine of two such vectors (Salton and
    Buckley, Term-weighting approaches in automatic text retrieval, 1988).
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._topics: defaultdict[str, set[str]] = defaultdict(set)
        self._on: defaultdict[str, set[str]] = defaultdict(set)
        for tie in graph.relationships:
            if tie.type in _TOPICAL and tie.start in graph.nodes and tie.end in graph.nodes:
                self._topics[tie.start].add(tie.end)
                self._on[tie.end].add(tie.start)
        known = len(self._topics)
        self._rarity: Mapping[str, float] = {
            topic: log(1 + known / len(records)) for topic, records in self._on.items()
        }

    def of(self, identifier: str, most: int = 5) -> list[Similar]:
        """The records most like one, best first, then by name and id; empty for one without topics."""
        own = self._topics.get(identifier, set())
        others = {record for topic in own for record in self._on[topic]} - {identifier}
        found = [self._compared(other, own) for other in others]
        nodes = self._graph.nodes
        found.sort(key=lambda one: (-one.score, nodes[one.id].name, one.id))
        return found[:most]

    def _compared(self, other: str, own: set[str]) -> Similar:
        theirs = self._topics[other]
        shared = sorted(own & theirs, key=lambda topic: (-self._rarity[topic], topic))
        product = sum(self._rarity[topic] ** 2 for topic in shared)
        score = min(1.0, product / (self._length(own) * self._length(theirs)))
        return Similar(other, score, tuple(shared))

    def _length(self, topics: set[str]) -> float:
        return sqrt(sum(self._rarity[topic] ** 2 for topic in sorted(topics)))
