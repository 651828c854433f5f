"""Which unlinked actors of different families have most in common."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log2, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cocommuns_graph.gaps.brokers import contacts
from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.web import acquaintance
from cocommuns_graph.model.identity import fold

_CANDIDATES = 300
MOST_ON_A_TOPIC = 150
_COMPLEMENT = 1.5
_SAME_NAMES = 2
OFFERS, _WANTS, _HAS = 1, 2, 0
_STRENGTH = {"EXPERT_IN": 1.0, "SOLVED": 1.0, "NEEDS": 0.9, "FACES": 0.8, "WORKS_ON": 0.8, "POSITION_ON": 0.6}
_BY_INITIATIVE = 0.4
_SIDE = {"EXPERT_IN": OFFERS, "SOLVED": OFFERS, "NEEDS": _WANTS, "FACES": _WANTS}


class Hold(NamedTuple):
    """How an actor is on a topic: how strongly, on which side, by which ties, in which words."""

    who: int
    strength: float
    side: int
    places: tuple[int, int]
    word: str
    initiative: str


class Shared(NamedTuple):
    """One topic that a pair has in common and what it counts."""

    topic: str
    value: float
    one: Hold
    other: Hold


@dataclass
class Candidate:
    """A pair that might be introduced, with all it shares and what the tie would change."""

    one: int
    other: int
    shared: list[Shared]
    factor: float = 1.0

    @property
    def score(self) -> float:
        """What they share times what their tie would change."""
        return self.factor * sum(each.value for each in self.shared)


@once
def _holds(facts: Facts) -> dict[str, list[Hold]]:
    """The actors on each topic, each by what holds it strongest; in the order of their ids.

    An initiative says the less of each of its topics the more it has.
    """
    found: dict[str, list[Hold]] = {}
    breadth = Counter(link.who for topic in facts.topics for link in facts.links("ABOUT", topic.id))
    for topic in facts.topics:
        best: dict[int, Hold] = {}

        def take(hold: Hold, best: dict[int, Hold] = best) -> None:
            known = best.get(hold.who)
            if known is None or (hold.strength, hold.side) > (known.strength, known.side):
                best[hold.who] = hold

        for type_, strength in _STRENGTH.items():
            for link in facts.links(type_, topic.id):
                if link.who in facts.number:
                    offers = type_ == "WORKS_ON" and link.tie.text("mode") == "offers"
                    take(
                        Hold(
                            facts.number[link.who],
                            1.0 if offers else strength,
                            OFFERS if offers else _SIDE.get(type_, _HAS),
                            (link.place, link.place),
                            "offers" if offers else type_,
                            "",
                        )
                    )
        for link in facts.links("ABOUT", topic.id):
            strength = _BY_INITIATIVE / sqrt(breadth[link.who])
            for who, place in facts.parts.get(link.who, {}).items():
                take(Hold(facts.number[who], strength, _HAS, (place, link.place), "", link.who))
        if len(best) > 1:
            found[topic.id] = [best[who] for who in sorted(best)]
    return found


def _families(facts: Facts) -> NDArray[np.int64]:
    """A number for each set of families, -1 where none is known."""
    seen: dict[frozenset[str], int] = {}
    return np.array(
        [
            seen.setdefault(families, len(seen)) if (families := facts.families(node.id)) else -1
            for node in facts.actors
        ],
        dtype=np.int64,
    )


@once
def _best_pairs(facts: Facts) -> list[tuple[int, int]]:
    """The pairs of different families that share most, whether or not they have met."""
    size = len(facts.actors)
    family = _families(facts)
    codes: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float64]] = []
    for holds in _holds(facts).values():
        if len(holds) > MOST_ON_A_TOPIC:
            continue
        who = np.array([hold.who for hold in holds], dtype=np.int64)
        strength = np.array([hold.strength for hold in holds])
        side = np.array([hold.side for hold in holds], dtype=np.int64)
        one, other = np.triu_indices(len(holds), 1)
        kept = (family[who[one]] >= 0) & (family[who[other]] >= 0) & (family[who[one]] != family[who[other]])
        one, other = one[kept], other[kept]
        value = strength[one] * strength[other] * np.where(side[one] + side[other] == 3, _COMPLEMENT, 1.0)
        value *= np.where((side[one] != side[other]) | (side[one] != _WANTS), 1.0, 0.5)
        codes.append(who[one] * size + who[other])
        values.append(value * _rarity(len(holds)))
    if not codes:
        return []
    pairs, place = np.unique(np.concatenate(codes), return_inverse=True)
    total = np.round(np.bincount(place, weights=np.concatenate(values)), 9)
    best = np.lexsort((pairs, -total))
    return [(int(pairs[number] // size), int(pairs[number] % size)) for number in best]


def _rarity(actors: int) -> float:
    return 1 / log2(1 + actors)


def _worth(one: Hold, other: Hold, actors: int) -> float:
    """What a topic counts for two who are on it; two who both only want it share a worry, no answer."""
    value = one.strength * other.strength * _rarity(actors)
    if one.side + other.side == OFFERS + _WANTS and one.side != other.side and one.side and other.side:
        return value * _COMPLEMENT
    return value * (0.5 if one.side == other.side == _WANTS else 1.0)


@once
def candidates(facts: Facts) -> list[Candidate]:
    """The pairs most worth introducing, with the effect of their tie, best first."""
    chosen: dict[tuple[int, int], Candidate] = {}
    ids = [node.id for node in facts.actors]
    for one, other in _best_pairs(facts):
        if len(chosen) == _CANDIDATES:
            break
        apart = facts.families(ids[one]).isdisjoint(facts.families(ids[other]))
        if apart and not facts.have_met(ids[one], ids[other]) and not _seem_to_have_met(facts, one, other):
            chosen[one, other] = Candidate(one, other, [])
    wanted = {number for pair in chosen for number in pair}
    for topic, holds in _holds(facts).items():
        if len(holds) > MOST_ON_A_TOPIC:
            continue
        here = [hold for hold in holds if hold.who in wanted]
        for first, second in combinations(here, 2):
            if (found := chosen.get((first.who, second.who))) is not None:
                found.shared.append(Shared(topic, _worth(first, second, len(holds)), first, second))
    for found in chosen.values():
        found.shared.sort(key=lambda each: (-each.value, each.topic))
        found.factor = _factor(facts, ids[found.one], ids[found.other])
    return sorted(chosen.values(), key=lambda found: (-round(found.score, 9), found.one, found.other))


def _seem_to_have_met(facts: Facts, one: int, other: int) -> bool:
    """Whether two take part in several initiatives of the same names: likely one, recorded for each."""
    named = _initiative_names(facts)
    return len(named[one] & named[other]) >= _SAME_NAMES


@once
def _initiative_names(facts: Facts) -> list[set[str]]:
    return [
        {fold(facts.graph.nodes[initiative].name) for initiative in facts.parts_of.get(node.id, ())}
        for node in facts.actors
    ]


def _factor(facts: Facts, one: str, other: str) -> float:
    """More for a tie that joins parts, crosses a long way or is the first between two families."""
    steps = distances(facts, one).get(other)
    factor = 1.5 if steps is None else 1.25 if steps > 3 else 1.0 if steps == 3 else 0.8
    return factor * (1.25 if newly_linked(facts, one, other) else 1.0)


def newly_linked(facts: Facts, one: str, other: str) -> list[str]:
    """The two families, where each has one and no contact is known between them."""
    some, others = facts.families(one), facts.families(other)
    if len(some) == len(others) == 1:
        pair = sorted((*some, *others))
        if (pair[0], pair[1]) not in contacts(facts):
            return pair
    return []


def distances(facts: Facts, start: str) -> Mapping[str, int]:
    """The steps from an actor to each other one that acquaintance leads to."""
    known: dict[str, dict[str, int]] = facts.memory.setdefault("distances", {})
    if start not in known:
        network = acquaintance(facts)
        found = {start: 0}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for there in network[here]:
                if there not in found:
                    found[there] = found[here] + 1
                    waiting.append(there)
        known[start] = found
    return known[start]
