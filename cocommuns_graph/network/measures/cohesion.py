"""What holds a network together: cores, cut-points, components, communities."""

from __future__ import annotations

import random
from threading import Lock
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from cocommuns_graph.model.declare import Words
from cocommuns_graph.network.measures.registry import Values, measure
from cocommuns_graph.network.measures.shortest import SEED
from cocommuns_graph.network.measures.ties import Ties, ties_of

_TIES_OF_ALL_RUNS = 100_000
_MOST_RUNS = 20
_LEAST_RUNS = 1
_MOST_ROUNDS = 5
_BETTER = 1e-12
_drawing = Lock()


@measure(
    Words("coreness", "niveau de noyau"),
    Words(
        "A high value means belonging to a core whose members all have that many ties inside it; "
        "an isolate gets 0.",
        "Une valeur élevée signifie appartenir à un noyau dont chaque membre a autant de liens à "
        "l'intérieur ; un acteur isolé obtient 0.",
    ),
    formula="largest k such that v is in a part of the network where everybody has at least k ties",
    source="Seidman (1983), Network structure and minimum degree",
    whole=True,
)
def coreness(graph: nx.Graph[Any]) -> Values:
    """The core number of each node, ties read in either direction."""
    ties = ties_of(graph)
    return ties.by_node(np.asarray(ties.undirected.coreness(), dtype=np.int64))


@measure(
    Words("cut-point", "point d'articulation"),
    Words(
        "1 means that the network falls into more parts without this actor, else 0; an isolate gets 0.",
        "1 signifie que sans cet acteur le réseau se divise en davantage de parties, sinon 0 ; un acteur "
        "isolé obtient 0.",
    ),
    formula="1 if removing v leaves more components than before, else 0",
    source="Hopcroft & Tarjan (1973), Efficient algorithms for graph manipulation",
    whole=True,
)
def articulation_point(graph: nx.Graph[Any]) -> Values:
    """1 for each node without which there would be more components, 0 for the others."""
    ties = ties_of(graph)
    found = np.zeros(ties.size, dtype=np.int64)
    found[ties.undirected.articulation_points()] = 1
    return ties.by_node(found)


@measure(
    Words("component", "composante"),
    Words(
        "The number of the part of the network one can walk in, 1 being the largest; an isolate has its own.",
        "Le numéro de la partie du réseau que l'on peut parcourir, 1 étant la plus grande ; un acteur isolé "
        "a la sienne.",
    ),
    formula="connected components, a tie leading both ways, numbered by size",
    source="Wasserman & Faust (1994), Social Network Analysis, 4.2",
    whole=True,
)
def component(graph: nx.Graph[Any]) -> Values:
    """The number of each node's component from 1, the largest first, equal ones by their first id."""
    ties = ties_of(graph)
    return ties.by_node(_by_size(ties.components, _sorted(ties)))


@measure(
    Words("community", "communauté"),
    Words(
        "The number of the group with more ties inside than chance would give, 1 being the largest; "
        "an isolate has its own.",
        "Le numéro du groupe qui a plus de liens internes que le hasard n'en donnerait, 1 étant le plus "
        "grand ; un acteur isolé a le sien.",
    ),
    formula="partition of highest modularity, resolution 1, among seeded runs of the Leiden method",
    source="Traag, Waltman & van Eck (2019), From Louvain to Leiden; Newman & Girvan (2004)",
    whole=True,
)
def community(graph: nx.Graph[Any]) -> Values:
    """The number of each node's community from 1, the largest first, ties read in either direction.

    The best of 1 to 20 runs, the more the smaller the network. The same nodes and ties give the same
    communities, in whatever order the graph has them.
    """
    ties = ties_of(graph)
    order = _sorted(ties)
    return ties.by_node(_by_size(_best_partition(ties, order), order))


def runs(ties: int) -> int:
    """Of how many runs the communities of a network of that many ties are the best."""
    return max(_LEAST_RUNS, min(_MOST_RUNS, _TIES_OF_ALL_RUNS // max(ties, 1)))


def _best_partition(ties: Ties, order: NDArray[np.int64]) -> NDArray[np.int64]:
    import igraph

    total = ties.either.nnz // 2
    if not total:
        return np.arange(ties.size)
    place = np.empty(ties.size, dtype=np.int64)
    place[order] = np.arange(ties.size)
    ends = ties.either.tocoo()
    pairs = np.column_stack([place[ends.row], place[ends.col]])
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    graph = igraph.Graph(n=ties.size, edges=pairs.tolist())
    best, members = -1.0, list(range(ties.size))
    for number in range(runs(total)):
        # igraph draws from one generator for the whole process.
        with _drawing:
            igraph.set_random_number_generator(random.Random(SEED + number))
            try:
                modularity, found = _leiden(graph)
            finally:
                igraph.set_random_number_generator(random)
        if modularity > best + _BETTER:
            best, members = modularity, found
    return np.asarray(members, dtype=np.int64)[place]


def _leiden(graph: Any) -> tuple[float, list[int]]:
    """Rounds of the Leiden method until none is better than the one before, and the modularity reached.

    Counted here: left to itself, igraph goes on for ever between partitions that are equally good.
    """
    best, members = -1.0, list(range(graph.vcount()))
    for _ in range(_MOST_ROUNDS):
        found = graph.community_leiden(
            objective_function="modularity", initial_membership=members, n_iterations=4
        ).membership
        modularity = graph.modularity(found)
        if modularity <= best + _BETTER:
            break
        best, members = modularity, found
    return best, members


def _sorted(ties: Ties) -> NDArray[np.int64]:
    """The nodes in the order of their ids, so that no number depends on the order of the graph."""
    return np.array(sorted(range(ties.size), key=lambda at: str(ties.nodes[at])), dtype=np.int64)


def _by_size(members: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Groups numbered from 1, the largest first, equal ones as their first member comes in `order`."""
    if not len(members):
        return members
    size = np.bincount(members)
    first = np.full(len(size), len(members))
    np.minimum.at(first, members[order], np.arange(len(members)))
    number = np.empty(len(size), dtype=np.int64)
    number[np.lexsort((first, -size))] = np.arange(1, len(size) + 1)
    return number[members]
