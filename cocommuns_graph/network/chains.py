"""Who introduces whom: the shortest chains of acquaintance between two records."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.model.records import Graph, Relationship
from cocommuns_graph.network.families import is_current
from cocommuns_graph.network.projections import DIRECT
from cocommuns_graph.network.wording import IN_ENGLISH, read_tie
from cocommuns_graph.wording import Wording

ACQUAINTANCE = (*DIRECT, "TAKES_PART_IN")
TOPICAL = ("EXPERT_IN", "WORKS_ON", "ABOUT", "POSITION_ON", "SOLVED", "FACES", "NEEDS", "BROADER", "RELATED")


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain: the parallel ties that make it, the sentence that reads it, who says so."""

    relationships: tuple[Relationship, ...]
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from one record to another: the ids in order and one step between each two of them.

    `by_topic` is True where it leads through a shared topic, because no acquaintance is known.
    """

    ids: tuple[str, ...]
    steps: tuple[Step, ...]
    by_topic: bool = False


def chains(graph: Graph, a: str, b: str, limit: int = 3, say: Wording = IN_ENGLISH) -> list[Chain]:
    """The shortest chains from `a` to `b`, the shortest first; no two share an intermediary.

    They run over direct ties and shared initiatives. Only where there is no such chain, or an end is a topic,
    they run through topics, and their steps say so. None where nothing links the two, or they are the same.
    Steps are told in the language of `say`.

    Raises:
        NotFound: the graph lacks one of the ids.
        InvalidValue: the limit is below 1.
    """
    for node_id in (a, b):
        if node_id not in graph.nodes:
            raise NotFound(f"nothing has the id {node_id!r}")
    if limit < 1:
        raise InvalidValue(f"a limit of {limit} is not possible; accepted: 1, 2, 3 and so on")
    if a == b:
        return []
    topic_end = "Topic" in (graph.nodes[a].label, graph.nodes[b].label)
    found = [] if topic_end else _disjoint(graph, a, b, limit, ACQUAINTANCE)
    if found:
        return [_chain(graph, ids, ACQUAINTANCE, say, by_topic=False) for ids in found]
    types = (*ACQUAINTANCE, *TOPICAL)
    wider = _disjoint(graph, a, b, limit, types)
    return [_chain(graph, ids, types, say, by_topic=not topic_end) for ids in wider]


def reach(graph: Graph, start: str, types: Collection[str] = ACQUAINTANCE) -> dict[str, str]:
    """Every record that acquaintance leads to from `start`, with the record before it on a shortest chain."""
    return _search(graph, start, None, types, set(), straight=True)


def chain_to(
    graph: Graph, start: str, end: str, before: dict[str, str], say: Wording = IN_ENGLISH
) -> Chain | None:
    """The chain from `start` to `end` that `reach(graph, start)` found; None if it leads not there."""
    if end not in before:
        return None
    return _chain(graph, _walk_back(before, start, end), ACQUAINTANCE, say, by_topic=False)


def _disjoint(graph: Graph, a: str, b: str, limit: int, types: Collection[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    used: set[str] = set()
    straight = True
    while len(found) < limit:
        before = _search(graph, a, b, types, used, straight=straight)
        if b not in before:
            break
        ids = _walk_back(before, a, b)
        found.append(ids)
        used.update(ids[1:-1])
        straight = straight and len(ids) > 2
    return found


def _search(
    graph: Graph, start: str, goal: str | None, types: Collection[str], barred: set[str], *, straight: bool
) -> dict[str, str]:
    """Breadth first from `start`; `straight` False leaves out the ties from `start` right to `goal`."""
    before = {start: start}
    waiting = deque([start])
    while waiting and goal not in before:
        here = waiting.popleft()
        for there in _neighbours(graph, here, types) if goal is not None else _any(graph, here, types):
            if there in before or there in barred or (not straight and here == start and there == goal):
                continue
            before[there] = here
            waiting.append(there)
    del before[start]
    return before


def _neighbours(graph: Graph, node_id: str, types: Collection[str]) -> Iterator[str]:
    """The records next to one, those that introduce best first: current direct ties, then initiatives."""
    best: dict[str, tuple[bool, bool, str, str]] = {}
    for tie in graph.links_of.get(node_id, ()):
        other = graph.nodes.get(tie.other(node_id))
        if tie.type not in types or other is None or other.id == node_id:
            continue
        order = (tie.type not in DIRECT, not is_current(tie), other.name, other.id)
        best[other.id] = min(order, best.get(other.id, order))
    yield from sorted(best, key=best.__getitem__)


def _any(graph: Graph, node_id: str, types: Collection[str]) -> list[str]:
    """The records next to one in the order of their ids: quicker where every record is reached anyway."""
    return sorted(
        {
            tie.other(node_id)
            for tie in graph.links_of.get(node_id, ())
            if tie.type in types and tie.other(node_id) in graph.nodes
        }
    )


def _walk_back(before: dict[str, str], start: str, end: str) -> tuple[str, ...]:
    ids = [end]
    while ids[-1] != start:
        ids.append(before[ids[-1]])
    return tuple(reversed(ids))


def _chain(
    graph: Graph, ids: tuple[str, ...], types: Collection[str], say: Wording, *, by_topic: bool
) -> Chain:
    steps = []
    for here, there in pairwise(ids):
        ties = tuple(
            sorted(
                (tie for tie in graph.links_of[here] if tie.type in types and tie.other(here) == there),
                key=lambda tie: (tie.type not in DIRECT, not is_current(tie), tie.type, tie.start, tie.key),
            )
        )
        text = "; ".join(read_tie(graph, tie, here, say) for tie in ties)
        if by_topic and graph.nodes[there].label == "Topic":
            text = say("{step} (they share a topic; nothing says that they know each other)", step=text)
        sources = dict.fromkeys(source for tie in ties for source in tie.texts("sources"))
        steps.append(Step(ties, text, tuple(sources)))
    return Chain(ids, tuple(steps), by_topic)
