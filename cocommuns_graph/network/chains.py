"""Who introduces whom: the best chains of acquaintance between two records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.model.records import Graph, Relationship
from cocommuns_graph.network.acquaintance import ACQUAINTANCE, TOPICAL, ways_in
from cocommuns_graph.network.families import is_current
from cocommuns_graph.network.projections import DIRECT
from cocommuns_graph.network.wording import IN_ENGLISH, read_tie
from cocommuns_graph.wording import Wording


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
    """The best chains from `a` to `b`, the best first; no two share an intermediary.

    As many as there can be, up to `limit`; `acquaintance` says which are best: few intermediaries, current
    and strong ties, small initiatives. They run over direct ties and shared initiatives. Only where there is
    no such chain, or an end is a topic, they run through topics, and their steps say so. None where nothing
    links the two, or they are the same. With a limit of 1 it is the best of all chains; among several, that
    one is missing where more chains can be had without it.
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
    found = [] if topic_end else ways_in(graph, ACQUAINTANCE).disjoint(a, b, limit)
    if found:
        return [_chain(graph, ids, ACQUAINTANCE, say, by_topic=False) for ids in found]
    types = (*ACQUAINTANCE, *TOPICAL)
    wider = ways_in(graph, types).disjoint(a, b, limit)
    return [_chain(graph, ids, types, say, by_topic=not topic_end) for ids in wider]


def introductions(graph: Graph, a: str, b: str, say: Wording = IN_ENGLISH, limit: int = 3) -> list[Chain]:
    """The chains to show between two records: the best of all, then those of `chains`.

    The first is one of these, unless more of them can be had without it: then it shares intermediaries with
    them, and only they, up to `limit`, share none among themselves.

    Raises:
        NotFound, InvalidValue: as for `chains`.
    """
    several = chains(graph, a, b, limit, say)
    best = chains(graph, a, b, 1, say)
    return several if not best or best[0].ids in {chain.ids for chain in several} else [*best, *several]


def reach(graph: Graph, start: str, types: Collection[str] = ACQUAINTANCE) -> dict[str, str]:
    """Every record that acquaintance leads to from `start`, with the record before it on a best chain."""
    return ways_in(graph, tuple(types)).tree(start)


def chain_to(
    graph: Graph, start: str, end: str, before: dict[str, str], say: Wording = IN_ENGLISH
) -> Chain | None:
    """The chain from `start` to `end` that `reach(graph, start)` found; None if it leads not there."""
    if end not in before:
        return None
    return _chain(graph, _walk_back(before, start, end), ACQUAINTANCE, say, by_topic=False)


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
