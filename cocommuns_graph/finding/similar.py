"""Who is at home in the same topics as somebody, and whom of them one does not know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from cocommuns_graph.finding.facets import COLLABORATORS
from cocommuns_graph.model.records import Graph
from cocommuns_graph.network import ACQUAINTANCE

_TOPICAL = frozenset(("EXPERT_IN", "WORKS_ON", "ABOUT", "POSITION_ON", "SOLVED", "FACES", "NEEDS"))
PART, NEIGHBOUR = 0.5, 0.5
_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Neighbouring:
    """A topic of another record that is next to a topic of one's own: broader, narrower or related."""

    topic: str
    own: str


@dataclass(frozen=True, slots=True)
class Similar:
    """A record like another: its similarity, above 0 and at most 1, and what they have in common.

    `topics` are the shared ones, rarest first, those of an initiative later; `neighbouring` are further
    topics of it next to others of one's own, rarest first. `know` is whether the two know each other, as
    `Similarity.know` says.
    """

    id: str
    score: float
    topics: tuple[str, ...]
    neighbouring: tuple[Neighbouring, ...]
    know: bool


class Similarity:
    """How alike records are in their topics. Made once per state of the graph.

    A record is the set of topics it has a tie to, each weighted by how rare it is, log(1 + N / n) for n of N
    records with topics (inverse document frequency). A topic of an initiative that it took part in counts
    PART / sqrt(n), n being the topics of the initiative. Each topic lends those next to it NEIGHBOUR of its
    weight; likeness is the cosine of two such vectors (Salton and Buckley, Term-weighting
    approaches in automatic text retrieval, 1988). Who shares no topic with it, nor has one next to one of its
    own, is not like it.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._shares = _shares(graph)
        self._on: defaultdict[str, set[str]] = defaultdict(set)
        for record, topics in self._shares.items():
            for topic in topics:
                self._on[topic].add(record)
        known = len(self._shares)
        self._rarity: Mapping[str, float] = {
            topic: log(1 + known / len(records)) for topic, records in self._on.items()
        }
        self._next: defaultdict[str, set[str]] = defaultdict(set)
        for tie in graph.of_type("BROADER", "RELATED"):
            if tie.start != tie.end and tie.start in graph.nodes and tie.end in graph.nodes:
                self._next[tie.start].add(tie.end)
                self._next[tie.end].add(tie.start)
        self._vector = lru_cache(maxsize=len(self._shares) or 1)(self._made_vector)
        self._circle = lru_cache(maxsize=_REMEMBERED)(self._made_circle)

    def has_topics(self, identifier: str) -> bool:
        """Whether a record is linked to any topic, itself or by an initiative."""
        return identifier in self._shares

    def of(
        self,
        identifier: str,
        most: int = 5,
        *,
        unknown: bool = False,
        labels: Collection[str] = COLLABORATORS,
    ) -> list[Similar]:
        """The records most like one, best first, then by name and id; empty for one without topics.

        With `unknown` only those that the record does not know; only records of these labels.
        """
        own = self._shares.get(identifier, {})
        around = {*own, *(near for topic in own for near in self._next[topic])}
        others = {record for topic in around for record in self._on.get(topic, ())} - {identifier}
        nodes = self._graph.nodes
        others = {other for other in others if nodes[other].label in labels}
        if unknown:
            others = {other for other in others if not self.know(identifier, other)}
        scored = [(self._likeness(identifier, other), other) for other in others]
        scored.sort(key=lambda one: (-one[0], nodes[one[1]].name, one[1]))
        return [self._told(identifier, other, score) for score, other in scored[:most]]

    def know(self, one: str, other: str) -> bool:
        """Whether two records know each other, as far as the inventory says.

        They do where a tie joins them (affiliation, membership, partnership, collaboration, part in an
        initiative), or both have such a tie, at whatever time, to the same organisation or initiative; an
        initiative is known also by whoever knows somebody in it.
        """
        if other in self._circle(one):
            return True
        common = self._circle(one) & self._circle(other)
        nodes = self._graph.nodes
        if "Initiative" in (nodes[one].label, nodes[other].label):
            return bool(common)
        return any(nodes[between].label != "Expert" for between in common)

    def _made_circle(self, identifier: str) -> frozenset[str]:
        return frozenset(
            tie.other(identifier)
            for tie in self._graph.links_of.get(identifier, ())
            if tie.type in ACQUAINTANCE and tie.other(identifier) in self._graph.nodes
        )

    def _made_vector(self, identifier: str) -> tuple[dict[str, float], float]:
        """The weights of a record's topics and of those next to them, and the length of that vector."""
        vector: defaultdict[str, float] = defaultdict(float)
        for topic, share in sorted(self._shares[identifier].items()):
            weight = share * self._rarity[topic]
            vector[topic] += weight
            for near in self._next[topic]:
                vector[near] += NEIGHBOUR * weight
        return dict(vector), sqrt(sum(vector[topic] ** 2 for topic in sorted(vector)))

    def _likeness(self, one: str, other: str) -> float:
        (own, length), (theirs, other_length) = self._vector(one), self._vector(other)
        product = sum(own[topic] * theirs[topic] for topic in sorted(own.keys() & theirs.keys()))
        return min(1.0, product / (length * other_length))

    def _told(self, identifier: str, other: str, score: float) -> Similar:
        own, theirs = self._shares[identifier], self._shares[other]
        shared = sorted(
            own.keys() & theirs.keys(),
            key=lambda topic: (-own[topic] * theirs[topic] * self._rarity[topic] ** 2, topic),
        )
        near = [
            Neighbouring(topic, min(mine, key=self._rarest_first))
            for topic in sorted(theirs.keys() - own.keys(), key=self._rarest_first)
            if (mine := self._next[topic] & own.keys())
        ]
        return Similar(other, score, tuple(shared), tuple(near), self.know(identifier, other))

    def _rarest_first(self, topic: str) -> tuple[float, str]:
        return -self._rarity[topic], topic


def _shares(graph: Graph) -> dict[str, dict[str, float]]:
    """The topics of each record, each with how much it counts: 1 for its own, less by an initiative."""
    shares: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for tie in graph.relationships:
        if tie.type in _TOPICAL and tie.start in graph.nodes and tie.end in graph.nodes:
            shares[tie.start][tie.end] = 1.0
    about = {start: tuple(topics) for start, topics in shares.items() if _is_initiative(graph, start)}
    for tie in graph.of_type("TAKES_PART_IN"):
        if tie.start in graph.nodes:
            for topic in about.get(tie.end, ()):
                share = PART / sqrt(len(about[tie.end]))
                shares[tie.start][topic] = max(share, shares[tie.start].get(topic, 0.0))
    return dict(shares)


def _is_initiative(graph: Graph, node_id: str) -> bool:
    return graph.nodes[node_id].label == "Initiative"
