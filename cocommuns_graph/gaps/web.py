"""Who is acquainted with whom, as a web of actors and initiatives, and where it would tear.

An initiative with three or more participants is a knot of its own instead of a tie between each two of them:
what holds together and what tears is the same, and a meeting of five hundred stays five hundred ties.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import networkx as nx

from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.stability import Mask

MOST_IN_A_CLIQUE = 100


class Thread(NamedTuple):
    """A tie of the web between two knots; `ways` are the sets of ties that each alone keep it up."""

    one: int
    other: int
    ways: tuple[tuple[int, ...], ...]


@dataclass
class Tears:
    """Where a web would tear. Sizes count actors.

    `component` is the component of each knot (-1: left out), `sizes` their sizes. `parts` are the sizes into
    which each knot's component falls without it, where that is two or more; `bridges` the threads whose loss
    splits a component, each with the sizes of both sides.
    """

    component: list[int]
    sizes: list[int] = field(default_factory=list)
    parts: dict[int, list[int]] = field(default_factory=dict)
    bridges: dict[int, tuple[int, int]] = field(default_factory=dict)


class Web:
    """The knots (actors first, in the order of `facts.actors`, then initiatives) and the threads among them.

    An expert whose only tie is to an organisation of his or her own is folded into it: that the organisation
    holds its own people is no weakness of the network. `weight` is how many actors a knot stands for.
    """

    def __init__(self, facts: Facts) -> None:
        self.actors = [node.id for node in facts.actors]
        at = facts.number
        ways: defaultdict[tuple[int, int], list[tuple[int, ...]]] = defaultdict(list)
        for (one, other), places in facts.direct.items():
            ways[at[one], at[other]] += [(place,) for place in places]
        self.knots = list(self.actors)
        for initiative, people in facts.parts.items():
            if len(people) == 2:
                (one, first), (other, second) = sorted(people.items(), key=lambda item: at[item[0]])
                ways[at[one], at[other]].append((first, second))
            elif len(people) > 2:
                self.knots.append(initiative)
                for who, place in people.items():
                    ways[at[who], len(self.knots) - 1].append((place,))
        self.weight = [1] * len(self.actors) + [0] * (len(self.knots) - len(self.actors))
        self.host: dict[int, int] = {}
        degree: defaultdict[int, int] = defaultdict(int)
        for ends in ways:
            for end in ends:
                degree[end] += 1
        for ends in list(ways):
            for person, host in (ends, ends[::-1]):
                if degree[person] == 1 and self._is_own(facts, person, host):
                    self.host[person] = host
                    self.weight[host] += 1
                    self.weight[person] = 0
                    del ways[ends]
                    break
        self.threads = [Thread(one, other, tuple(each)) for (one, other), each in sorted(ways.items())]
        self.around: list[list[tuple[int, int]]] = [[] for _ in self.knots]
        for number, thread in enumerate(self.threads):
            self.around[thread.one].append((thread.other, number))
            self.around[thread.other].append((thread.one, number))

    def _is_own(self, facts: Facts, person: int, host: int) -> bool:
        count = len(self.actors)
        return max(person, host) < count and (self.actors[person], self.actors[host]) in facts.own_people

    def up(self, left: Mask) -> list[bool]:
        """Which threads hold when only the ties of a mask are left."""
        kept: list[bool] = left.tolist()
        return [any(all(kept[place] for place in way) for way in thread.ways) for thread in self.threads]

    def tears(self, up: list[bool] | None = None) -> Tears:
        """Where the web would tear: one walk through it, depth first, in time that grows with its size."""
        count = len(self.knots)
        found = Tears([-1] * count)
        order, low, weight = [-1] * count, [0] * count, list(self.weight)
        clock = 0
        for root in range(count):
            if order[root] >= 0 or root in self.host:
                continue
            begun = clock
            stack = [(root, -1, iter(self.around[root]))]
            order[root] = low[root] = clock
            clock += 1
            walk = [root]
            split: defaultdict[int, list[int]] = defaultdict(list)
            bridges: list[tuple[int, int]] = []
            while stack:
                here, came_by, rest = stack[-1]
                for there, thread in rest:
                    if thread == came_by or (up is not None and not up[thread]):
                        continue
                    if order[there] < 0:
                        order[there] = low[there] = clock
                        clock += 1
                        walk.append(there)
                        stack.append((there, thread, iter(self.around[there])))
                        break
                    low[here] = min(low[here], order[there])
                else:
                    stack.pop()
                    if stack:
                        above = stack[-1][0]
                        low[above] = min(low[above], low[here])
                        weight[above] += weight[here]
                        if low[here] >= order[above]:
                            split[above].append(weight[here])
                        if low[here] > order[above]:
                            bridges.append((came_by, weight[here]))
            total = weight[root]
            for knot in walk:
                found.component[knot] = len(found.sizes)
            for knot, parts in split.items():
                beyond = total - self.weight[knot] - sum(parts)
                sides = [size for size in (*parts, beyond) if size > 0]
                if len(sides) > 1:
                    found.parts[knot] = sorted(sides)
            for thread, below in bridges:
                if 0 < below < total:
                    found.bridges[thread] = (below, total - below)
            found.sizes.append(total)
            assert clock - begun == len(walk)
        for person, organisation in self.host.items():
            found.component[person] = found.component[organisation]
        return found

    def pieces(self, without: int) -> list[list[int]]:
        """The actors of each part into which a knot's component falls without it, smallest part first."""
        seen = {without}
        found = []
        for start, _ in self.around[without]:
            if start in seen:
                continue
            seen.add(start)
            part, waiting = [], [start]
            while waiting:
                here = waiting.pop()
                part.append(here)
                for there, _ in self.around[here]:
                    if there not in seen:
                        seen.add(there)
                        waiting.append(there)
            found.append(sorted(knot for knot in part if knot < len(self.actors)))
        return sorted((part for part in found if part), key=lambda part: (len(part), part))

    def side(self, thread: int, start: int) -> list[int]:
        """The actors on one side of a bridge, beginning at that end of it."""
        seen, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            for there, number in self.around[here]:
                if number != thread and there not in seen:
                    seen.add(there)
                    waiting.append(there)
        return sorted(knot for knot in seen if knot < len(self.actors))


@once
def web(facts: Facts) -> Web:
    """The web of the facts."""
    return Web(facts)


@once
def torn(facts: Facts) -> Tears:
    """Where that web would tear as it is."""
    return web(facts).tears()


@once
def direct_network(facts: Facts) -> nx.Graph[str]:
    """The actors and their direct ties, in the order of ids, frozen."""
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from(node.id for node in facts.actors)
    made.add_edges_from(facts.direct)
    nx.freeze(made)
    return made


@once
def acquaintance(facts: Facts) -> nx.Graph[str]:
    """The same with a tie between each two who took part in one initiative, if not too many did; frozen."""
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from(node.id for node in facts.actors)
    made.add_edges_from(facts.direct)
    for people in facts.parts.values():
        if len(people) <= MOST_IN_A_CLIQUE:
            made.add_edges_from(combinations(people, 2))
    nx.freeze(made)
    return made
