"""What in the graph shows that somebody could help: every link between a record and what is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

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


@dataclass(frozen=True, slots=True)
class Evidence:
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
    for tie in graph.links_of.get(topic_id, ()):
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


class Gatherer:
    """Gathers evidence in one graph; made once, asked often."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._recency = Recency(graph)
        self.part: dict[int, float] = {
            id(tie): role_strength(tie.text("role")) * self._recency.of(tie, graph.nodes[tie.end])
            for tie in graph.of_type("TAKES_PART_IN")
            if tie.end in graph.nodes and tie.start in graph.nodes
        }

    def gather(self, items: list[Item]) -> dict[str, list[Evidence]]:
        """All evidence for the things asked for, by subject; topics are never subjects."""
        found: defaultdict[str, list[Evidence]] = defaultdict(list)
        for number, item in enumerate(items):
            first = self._first_hand(number, item)
            parts = self._by_initiatives(first)
            for source in (first, parts):
                for subject, pieces in source.items():
                    found[subject] += pieces
            for subject, pieces in self._by_ties(first, parts).items():
                found[subject] += pieces
        return found

    def _first_hand(self, number: int, item: Item) -> dict[str, list[Evidence]]:
        found: defaultdict[str, list[Evidence]] = defaultdict(list)
        nodes = self._graph.nodes
        for topic, way in item.topics.items():
            for tie in self._graph.links_of.get(topic, ()):
                if tie.end != topic or (strength := tie_strength(tie)) <= 0 or tie.start not in nodes:
                    continue
                found[tie.start].append(
                    Evidence(
                        number, kind_of(tie), strength * way.weight, (tie.start, *way.ids), (tie, *way.ties)
                    )
                )
        for node_id, (kind, strength) in item.hits.items():
            if nodes[node_id].label != "Topic":
                found[node_id].append(Evidence(number, kind, strength, (node_id,), ()))
        return found

    def _by_initiatives(self, first: Mapping[str, list[Evidence]]) -> dict[str, list[Evidence]]:
        """What the initiatives somebody took part in show."""
        found: defaultdict[str, list[Evidence]] = defaultdict(list)
        for subject, pieces in first.items():
            if self._graph.nodes[subject].label != "Initiative":
                continue
            best = max(pieces, key=lambda piece: piece.strength)
            for tie in self._graph.links_of.get(subject, ()):
                if tie.type == "TAKES_PART_IN" and tie.start in self._graph.nodes:
                    strength = self.part[id(tie)]
                    found[tie.start].append(best.seen_from(tie.start, tie, "initiative", strength))
        return found

    def _by_ties(
        self, first: Mapping[str, list[Evidence]], parts: Mapping[str, list[Evidence]]
    ) -> dict[str, list[Evidence]]:
        """What the organisations, members, partners and colleagues of somebody show."""
        found: defaultdict[str, list[Evidence]] = defaultdict(list)
        for subject in {**first, **parts}:
            if self._graph.nodes[subject].label == "Initiative":
                continue
            best = max((*first.get(subject, ()), *parts.get(subject, ())), key=lambda piece: piece.strength)
            for tie in self._graph.links_of.get(subject, ()):
                other = tie.other(subject)
                if other == subject or other not in self._graph.nodes or other in best.ids:
                    continue
                share = 1.0 if is_current(tie) else PAST
                if tie.type == "AFFILIATED_WITH":
                    kind, strength = (
                        ("affiliation", AFFILIATION) if tie.end == subject else ("people", PEOPLE)
                    )
                elif tie.type in ("COLLABORATES_WITH", "PARTNER_OF", "MEMBER_OF"):
                    kind, strength = "tie", TIE
                else:
                    continue
                found[other].append(best.seen_from(other, tie, kind, strength * share))
        return found
