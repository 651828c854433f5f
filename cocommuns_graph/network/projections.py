"""The three networks of actors that measures and pictures work on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

import networkx as nx

from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.records import Graph

DIRECT = ("AFFILIATED_WITH", "MEMBER_OF", "PARTNER_OF", "COLLABORATES_WITH")
SHARED = {"initiatives": ("TAKES_PART_IN",), "topics": ("EXPERT_IN", "WORKS_ON")}
NETWORKS = ("direct", *SHARED)


def projection(graph: Graph, network: str = "direct", *, directed: bool = False) -> nx.Graph[str]:
    """The actors of a graph and the ties among them, each actor a node even if it has none.

    `direct` ties actors by affiliation, membership, partnership and collaboration; `initiatives` two actors
    that take part in one initiative; `topics` two that are expert in or work on one topic. Ties are binary:
    parallel ones are merged (`ties` on the edge counts them), ties to oneself dropped. Nodes carry `name` and
    `type`. With `directed` the result is a DiGraph in which a direct tie runs as it is stored and a shared
    initiative or topic ties both ways.

    Raises:
        InvalidValue: there is no such network.
    """
    if network not in NETWORKS:
        raise InvalidValue(f"{network!r} is no network; accepted: {', '.join(NETWORKS)}")
    made: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    for node in graph.of_label(*MODEL.actors):
        made.add_node(node.id, name=node.name, type=node.label)
    if network == "direct":
        pairs: Iterable[tuple[str, str]] = ((tie.start, tie.end) for tie in graph.of_type(*DIRECT))
    else:
        pairs = _sharing(graph, SHARED[network], both_ways=directed)
    for start, end in pairs:
        if start == end or start not in made or end not in made:
            continue
        if made.has_edge(start, end):
            made[start][end]["ties"] += 1
        else:
            made.add_edge(start, end, ties=1)
    return made


def _sharing(graph: Graph, types: tuple[str, ...], *, both_ways: bool) -> Iterable[tuple[str, str]]:
    members: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for tie in graph.of_type(*types):
        members[tie.end][tie.start] = None
    for who in members.values():
        for one, other in combinations(who, 2):
            yield one, other
            if both_ways:
                yield other, one
