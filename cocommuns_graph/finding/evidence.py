"""What in the graph shows that somebody could help: every link between a record and what is asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import log10
from typing import NamedTuple

from cocommuns_graph.finding.roles import Recency, role_strength
from cocommuns_graph.model.records import Graph, Relationship
from cocommuns_graph.network import is_current, narrower

NARROWER, RELATED, BROADER = 0.7, 0.5, 0.4
AFFILIATION, PEOPLE, TIE, PAST = 0.5, 0.5, 0.25, 0.4
_DEEPEST = 3
_KINDS = {
    "EXPERT_IN": "expertise",
    "WORKS_ON": "work",
    "ABOUT": "about",
    "SOLVED": "solved",
    "FACES": "faces",
    "POSITION_ON": "position",
}


@dataclass(frozen=True, slots=True)
class Way:
    """From a topic to one that was asked for: weight from 0 to 1, ids on the way, ties between them."""

    weight: float
    ids: tuple[str, ...]
    ties: tuple[Relationship, ...] = ()


class Evidence(NamedTuple):
    """One link from `ids[0]`, the subject, to what is asked for, along `ties`; strength from 0 to 1.

    `item` is the number of the thing asked for. A subject that was met by its own text has no ties.
    """

    item: int
    kind: str
    strength: float
    ids: tuple[str, ...]
    ties: tuple[Relationship, ...]

    def seen_from(self, other: str, tie: Relationship, kind: str, strength: float) -> Evidence:
        """The same evidence at second hand, for a record tied to its subject."""
        return Evidence(self.item, kind, strength * self.strength, (other, *self.ids), (tie, *self.ties))


@dataclass(slots=True)
class Item:
    """One thing asked for: a topic with those around it, or words; `hits` are records whose text has it.

    `weight` is how much it counts among the things asked for. A hit is its kind (name or text) and strength.
    """

    weight: float
    topics: dict[str, Way] = field(default_factory=dict)
    hits: dict[str, tuple[str, float]] = field(default_factory=dict)


def topics_around(graph: Graph, topic_id: str, quality: float) -> dict[str, Way]:
    """A topic and those that say something about it: the narrower ones, the next broader, the related."""
    around = {topic_id: Way(quality, (topic_id,))}
    for topic, ids in narrower(graph, topic_id).items():
        if len(ids) <= _DEEPEST + 1:
            ties = tuple(_between(graph, here, there) for here, there in pairwise(ids))
            around[topic] = Way(quality * NARROWER ** (len(ids) - 1), ids, ties)
    for tie in sorted(graph.links_of.get(topic_id, ()), key=lambda tie: tie.identity):
        other = tie.other(topic_id)
        if other not in graph.nodes or other in around:
            continue
        if tie.type == "RELATED":
            around[other] = Way(quality * RELATED, (other, topic_id), (tie,))
        elif tie.type == "BROADER" and tie.start == topic_id:
            around[other] = Way(quality * BROADER, (other, topic_id), (tie,))
    return around


def _between(graph: Graph, narrow: str, broad: str) -> Relationship:
    return next(
        tie
        for tie in graph.links_of[narrow]
        if tie.type == "BROADER" and tie.start == narrow and tie.end == broad
    )


def tie_strength(tie: Relationship) -> float:
    """How strongly a tie to a topic shows that its start can help with it; 0 for one that only needs it."""
    if tie.type == "EXPERT_IN":
        level = tie.properties.get("level")
        return 0.15 + 0.16 * float(level) if isinstance(level, int | float) else 0.75
    if tie.type == "WORKS_ON":
        return 0.9 if tie.text("mode") == "offers" else 0.75
    return {"ABOUT": 0.9, "SOLVED": 0.85, "POSITION_ON": 0.6, "FACES": 0.35}.get(tie.type, 0.0)


def kind_of(tie: Relationship) -> str:
    """The kind of evidence a tie to a topic is."""
    return "offer" if tie.type == "WORKS_ON" and tie.text("mode") == "offers" else _KINDS[tie.type]


def _breadth(graph: Graph, initiative: str) -> float:
    """How much of an initiative one part in it shows: less the more topics and people it has."""
    counts = Counter(tie.type for tie in graph.links_of.get(initiative, ()))
    return 1 / (1 + log10(max(1, counts["ABOUT"]))) / (1 + log10(max(1, counts["TAKES_PART_IN"])))


class Gatherer:
    """Gathers evidence in one graph; made once, asked often."""

    def __init__(self, graph: Graph) -> None:
        self._labels = {node.id: node.label for node in graph.nodes.values()}
        ties = sorted(
            (tie for tie in graph.relationships if tie.start in graph.nodes and tie.end in graph.nodes),
            key=lambda tie: tie.identity,
        )
        self.recency = recency = Recency(graph)
        self.part: dict[tuple[str, str, str, str], float] = {
            tie.identity: role_strength(tie.text("role")) * recency.of(tie, graph.nodes[tie.end])
            for tie in ties
            if tie.type == "TAKES_PART_IN"
        }
        self._on: defaultdict[str, list[tuple[str, str, float, Relationship]]] = defaultdict(list)
        self._tied: defaultdict[str, list[tuple[str, str, float, Relationship]]] = defaultdict(list)
        for tie in ties:
            if (strength := tie_strength(tie)) > 0:
                self._on[tie.end].append((tie.start, kind_of(tie), strength, tie))
            elif tie.start != tie.end:
                self._tie(tie)
        self._parts = self._best_parts(graph, ties)

    def _tie(self, tie: Relationship) -> None:
        share = 1.0 if is_current(tie) else PAST
        if tie.type == "AFFILIATED_WITH":
            self._tied[tie.end].append((tie.start, "affiliation", AFFILIATION * share, tie))
            self._tied[tie.start].append((tie.end, "people", PEOPLE * share, tie))
        elif tie.type in ("COLLABORATES_WITH", "PARTNER_OF", "MEMBER_OF"):
            self._tied[tie.end].append((tie.start, "tie", TIE * share, tie))
            self._tied[tie.start].append((tie.end, "tie", TIE * share, tie))

    def _best_parts(
        self, graph: Graph, ties: list[Relationship]
    ) -> dict[str, list[tuple[str, float, Relationship]]]:
        """Who takes part in each initiative, each by the part that says most, and how much it says."""
        best: defaultdict[str, dict[str, Relationship]] = defaultdict(dict)
        for tie in ties:
            if tie.type == "TAKES_PART_IN":
                known = best[tie.end].setdefault(tie.start, tie)
                if self.part[known.identity] < self.part[tie.identity]:
                    best[tie.end][tie.start] = tie
        return {
            initiative: [
                (who, self.part[tie.identity] * breadth, tie)
                for breadth in [_breadth(graph, initiative)]
                for who, tie in parts.items()
            ]
            for initiative, parts in best.items()
        }

    def gather(self, items: list[Item], labels: Collection[str]) -> dict[str, list[Evidence]]:
        """All evidence for the things asked for, by subject; only subjects of these labels, never topics."""
        found: defaultdict[str, list[Evidence]] = defaultdict(list)
        for number, item in enumerate(items):
            first = self._first_hand(number, item)
            parts = self._by_initiatives(first)
            for source in (first, parts, self._by_ties(first, parts, labels)):
                for subject, pieces in source.items():
                    if self._labels[subject] in labels:
                        found[subject] += pieces
        return found

    def _first_hand(self, number: int, item: Item) -> dict[str, list[Evidence]]:
        found: defaultdict[str, list[Evidence]] = defaultdict(list)
        for topic, way in item.topics.items():
            for subject, kind, strength, tie in self._on.get(topic, ()):
                found[subject].append(
                    Evidence(number, kind, strength * way.weight, (subject, *way.ids), (tie, *way.ties))
                )
        for node_id, (kind, strength) in item.hits.items():
            if self._labels[node_id] != "Topic":
                found[node_id].append(Evidence(number, kind, strength, (node_id,), ()))
        return found

    def _by_initiatives(self, first: Mapping[str, list[Evidence]]) -> dict[str, list[Evidence]]:
        """What the initiatives somebody took part in show."""
        found: defaultdict[str, list[Evidence]] = defaultdict(list)
        for subject, pieces in first.items():
            if self._labels[subject] == "Initiative":
                best = max(pieces, key=_by_strength)
                for who, share, tie in self._parts.get(subject, ()):
                    found[who].append(best.seen_from(who, tie, "initiative", share))
        return found

    def _by_ties(
        self,
        first: Mapping[str, list[Evidence]],
        parts: Mapping[str, list[Evidence]],
        labels: Collection[str],
    ) -> dict[str, list[Evidence]]:
        """What the organisations, members, partners and colleagues of somebody show."""
        found: defaultdict[str, dict[str, Evidence]] = defaultdict(dict)
        for subject in {**first, **parts}:
            if not (tied := self._tied.get(subject)):
                continue
            best = max((*first.get(subject, ()), *parts.get(subject, ())), key=_by_strength)
            for other, kind, share, tie in tied:
                if self._labels[other] in labels and other not in best.ids:
                    known = found[other].get(subject)
                    if known is None or known.strength < share * best.strength:
                        found[other][subject] = best.seen_from(other, tie, kind, share)
        return {other: list(pieces.values()) for other, pieces in found.items()}


def _by_strength(piece: Evidence) -> float:
    return piece.strength
