"""How well each tie lets one record introduce another, and the cheapest ways that share no intermediary."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from cocommuns_graph.model.records import Graph, Node, Relationship
from cocommuns_graph.network.families import is_current
from cocommuns_graph.network.projections import DIRECT

if TYPE_CHECKING:
    import numpy as np

ACQUAINTANCE = (*DIRECT, "TAKES_PART_IN")
TOPICAL = ("EXPERT_IN", "WORKS_ON", "ABOUT", "POSITION_ON", "SOLVED", "FACES", "NEEDS", "BROADER", "RELATED")

ALPHA = 0.25
WEAKEST = 1 / 16
PART, TOPIC = 0.7, 0.25
ENDED, HALF_LIFE_YEARS = 0.5, 5.0
_UNWEIGHED = 0.5
_MOMENTS = ("event", "publication")
_SHARED = ("AFFILIATED_WITH", "MEMBER_OF", "TAKES_PART_IN", *TOPICAL)
_UNIT = 1000


class Strengths:
    """How strongly each tie of a graph introduces, from above 0 to 1.

    The product of five shares: 1 for a direct tie, PART for a part in an initiative, TOPIC for a shared
    topic; 1 while it lasts, ENDED once it is over, halved every HALF_LIFE_YEARS since then; for the weight
    of the tie the share of the weighed ties of its type that weigh no more (_UNWEIGHED where only others
    are weighed); and, because of n who share an organisation, initiative or topic each knows the n - 1 others
    the less the more they are, 1 / sqrt(n - 1): two such ties, in and out, make 1 / (n - 1), the weight of
    one common work of n people (Newman, Scientific collaboration networks II, Physical Review E 64, 2001).

    Args:
        graph: whose ties.
        today: an ISO date, by default the day it is.
    """

    def __init__(self, graph: Graph, today: str | None = None) -> None:
        self._nodes = graph.nodes
        self._today = today or date.today().isoformat()
        self._left: dict[str, float] = {}
        sharing: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        weights: defaultdict[str, list[float]] = defaultdict(list)
        for tie in graph.relationships:
            if tie.type in _SHARED:
                sharing[tie.type, tie.end].add(tie.start)
            if (weight := _weight(tie)) is not None:
                weights[tie.type].append(weight)
        self._sharing = {place: len(who) for place, who in sharing.items()}
        self._weights = {type_: sorted(known) for type_, known in weights.items()}

    def of(self, tie: Relationship) -> float:
        """How strongly a tie introduces."""
        kind = 1.0 if tie.type in DIRECT else PART if tie.type == "TAKES_PART_IN" else TOPIC
        others = max(1, self._sharing.get((tie.type, tie.end), 2) - 1)
        return kind * self._lasting(tie) * self._weighing(tie) / sqrt(others)

    def _lasting(self, tie: Relationship) -> float:
        over = ended_on(tie, self._nodes.get(tie.end), self._today)
        if over is None:
            return 1.0
        if over not in self._left:
            years = max(0.0, _years(self._today) - _years(over)) if over else HALF_LIFE_YEARS
            self._left[over] = ENDED * 2 ** (-years / HALF_LIFE_YEARS)
        return self._left[over]

    def _weighing(self, tie: Relationship) -> float:
        known = self._weights.get(tie.type)
        if not known:
            return 1.0
        weight = _weight(tie)
        return _UNWEIGHED if weight is None else bisect_right(known, weight) / len(known)


def ended_on(tie: Relationship, end: Node | None, today: str) -> str | None:
    """The ISO date on which a tie was over, empty where only that it is over is known; None if it lasts.

    A part in an initiative is over when the initiative is; an event without an end was on its first day.
    """
    if not is_current(tie, today):
        return tie.text("until")
    if tie.type != "TAKES_PART_IN" or end is None:
        return None
    over = end.text("end") or (end.text("start") if end.text("kind") in _MOMENTS else "")
    if over and over < today[: len(over)]:
        return over
    return over or tie.text("since") or end.text("start") if end.text("status") == "ended" else None


def over_since(graph: Graph, tie: Relationship) -> str | None:
    """The same of a tie of a graph, today."""
    return ended_on(tie, graph.nodes.get(tie.end), date.today().isoformat())


def cost(strength: float) -> int:
    """What one step costs, in thousandths, from 1000 to 2000: (1 / strength) ** ALPHA.

    The cost of a weighted tie of Opsahl, Agneessens and Skvoretz (Node centrality in weighted networks,
    Social Networks 32, 2010): an ALPHA below 1 makes the number of intermediaries count too. No strength
    counts as less than WEAKEST, so that one step costs at most as much as two of the best and no detour
    around a tie is cheaper than the tie.
    """
    dearer: float = (1 / max(WEAKEST, min(1.0, strength))) ** ALPHA
    return round(_UNIT * dearer)


class Ways:
    """The ways among the records of one graph over ties of some types. Made once per state of the graph.

    Parallel ties cost what the best of them costs. Ways are compared by cost; between equals the
    names, then the ids on the way decide as far as the search sees them, never the order of the graph.
    """

    def __init__(self, graph: Graph, types: Collection[str], today: str | None = None) -> None:
        import numpy as np

        strengths = Strengths(graph, today)
        nodes = graph.nodes
        best: dict[tuple[str, str], float] = {}
        for tie in graph.relationships:
            if tie.type in types and tie.start != tie.end and tie.start in nodes and tie.end in nodes:
                pair = (tie.start, tie.end) if tie.start < tie.end else (tie.end, tie.start)
                best[pair] = max(strengths.of(tie), best.get(pair, 0.0))
        met = {node_id for pair in best for node_id in pair}
        self.ids = sorted(met, key=lambda node_id: (nodes[node_id].name, node_id))
        self.number = {node_id: number for number, node_id in enumerate(self.ids)}
        self._cost_of = {pair: cost(strength) for pair, strength in best.items()}
        ends = [(self.number[one], self.number[other]) for one, other in best]
        one = np.array([pair[0] for pair in ends], dtype=np.int64)
        other = np.array([pair[1] for pair in ends], dtype=np.int64)
        costs = np.array(list(self._cost_of.values()), dtype=np.float64)
        self._from = np.concatenate([one, other])
        self._to = np.concatenate([other, one])
        self._costs = np.concatenate([costs, costs])

    def cost(self, ids: Iterable[str]) -> int:
        """What a way costs in thousandths: the sum of its steps."""
        return sum(self._cost_of[(a, b) if a < b else (b, a)] for a, b in pairwise(ids))

    def tree(self, start: str) -> dict[str, str]:
        """Every record that can be reached, with the one before it on a cheapest way from `start`."""
        if start not in self.number:
            return {}
        first = self.number[start]
        _, before = _cheapest(self._from, self._to, self._costs, len(self.ids), first)
        return {
            self.ids[number]: self.ids[previous]
            for number, previous in enumerate(before.tolist())
            if previous >= 0
        }

    def disjoint(self, a: str, b: str, limit: int) -> list[tuple[str, ...]]:
        """Ways from `a` to `b` that share nothing but their ends, cheapest first.

        As many as there can be, at most `limit`, and of all such sets one that costs least in total: the
        least-cost flow of unit capacities through every record, split in two, found by cheapest augmenting
        ways (Suurballe, Disjoint paths in a network, Networks 4, 1974; with the potentials of Suurballe and
        Tarjan, Networks 14, 1984). Taking the cheapest way out and searching again would miss ways.
        A tie from `a` to `b` themselves comes first: they need nobody.
        """
        if limit < 1 or a not in self.number or b not in self.number:
            return []
        pair = (a, b) if a < b else (b, a)
        found: list[tuple[str, ...]] = [(a, b)] if pair in self._cost_of else []
        if len(found) < limit:
            found += self._flow(self.number[a], self.number[b], limit - len(found))
        return sorted(found, key=lambda way: (len(way) > 2, self.cost(way), len(way), way))

    def _flow(self, a: int, b: int, most: int) -> list[tuple[str, ...]]:
        import numpy as np

        size = len(self.ids)
        others = (self._from != b) & (self._to != a) & ~((self._from == a) & (self._to == b))
        inner = np.array([number for number in range(size) if number not in (a, b)], dtype=np.int64)
        # Record v is entered at v and left at v + size; an arc in between lets one way through.
        tail = np.concatenate([inner, self._from[others] + size])
        head = np.concatenate([inner + size, self._to[others]])
        costs = np.concatenate([np.zeros(len(inner)), self._costs[others]])
        turned = np.zeros(len(tail), dtype=bool)
        potential = np.zeros(2 * size)
        for _ in range(most):
            reduced = costs + potential[tail] - potential[head]
            distance, before = _cheapest(tail, head, reduced, 2 * size, a + size)
            if not np.isfinite(distance[b]):
                break
            potential += np.minimum(distance, distance[b])
            for arc in _arcs_back(tail, head, before, a + size, b):
                tail[arc], head[arc] = head[arc], tail[arc]
                costs[arc] = -costs[arc]
                turned[arc] = ~turned[arc]
        used = turned & (np.arange(len(tail)) >= len(inner))
        after: defaultdict[int, list[int]] = defaultdict(list)
        for there, here in zip(tail[used].tolist(), (head[used] - size).tolist(), strict=True):
            after[here].append(there)
        return [self._followed(a, first, b, after) for first in after[a]]

    def _followed(self, a: int, first: int, b: int, after: Mapping[int, list[int]]) -> tuple[str, ...]:
        way = [a, first]
        while way[-1] != b:
            way.append(after[way[-1]][0])
        return tuple(self.ids[number] for number in way)


def _cheapest(
    tail: np.ndarray[Any, Any], head: np.ndarray[Any, Any], costs: np.ndarray[Any, Any], size: int, start: int
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Distances from a start and predecessors (negative where there is none), by Dijkstra's algorithm."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    arcs = csr_array((costs, (tail, head)), shape=(size, size))
    distance, before = dijkstra(arcs, indices=start, return_predecessors=True)
    return distance, before


def _arcs_back(
    tail: np.ndarray[Any, Any],
    head: np.ndarray[Any, Any],
    before: np.ndarray[Any, Any],
    start: int,
    end: int,
) -> list[int]:
    """The arcs of the way that predecessors lead back from an end to the start."""
    arcs = []
    while end != start:
        previous = int(before[end])
        arcs.append(int(((tail == previous) & (head == end)).nonzero()[0][0]))
        end = previous
    return arcs


_MADE: WeakKeyDictionary[Graph, dict[tuple[str, ...], Ways]] = WeakKeyDictionary()


def ways_in(graph: Graph, types: Collection[str]) -> Ways:
    """The ways of a graph over ties of these types, made once for each graph on each day."""
    made = _MADE.setdefault(graph, {})
    key = (date.today().isoformat(), *types)
    if key not in made:
        made[key] = Ways(graph, types)
    return made[key]


def _weight(tie: Relationship) -> float | None:
    weight = tie.properties.get("weight")
    return float(weight) if isinstance(weight, int | float) and weight > 0 else None


def _years(iso: str) -> float:
    """An ISO date of any precision as years; its first day where it is a year or a month."""
    parts = [int(part) if part.isdigit() else 1 for part in iso.split("-")[:3]]
    year, month, day = (*parts, *([1] * (3 - len(parts))))
    return year + (month - 1) / 12 + (day - 1) / 366
