"""How well placed an actor is: ties, shortest paths, closeness, standing among the well connected."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np

from cocommuns_graph.model.declare import Words
from cocommuns_graph.network.measures import spectral
from cocommuns_graph.network.measures.registry import Values, measure
from cocommuns_graph.network.measures.ties import ties_of

_FREEMAN = "Freeman (1978), Centrality in social networks: conceptual clarification"


@measure(
    Words("degree", "degré"),
    Words(
        "A high value means many direct contacts; an isolate gets 0.",
        "Une valeur élevée signifie beaucoup de contacts directs ; un acteur isolé obtient 0.",
    ),
    formula="number of other actors tied in either direction",
    source=_FREEMAN,
    whole=True,
)
def degree(graph: nx.Graph[Any]) -> Values:
    """How many others each node has a tie with, in whatever direction."""
    ties = ties_of(graph)
    return ties.by_node(ties.degrees)


@measure(
    Words("indegree", "degré entrant"),
    Words(
        "A high value means that many name this actor; an isolate gets 0; undirected, it is the degree.",
        "Une valeur élevée signifie que beaucoup désignent cet acteur ; un acteur isolé obtient 0 ; "
        "sans direction, c'est le degré.",
    ),
    formula="number of other actors from which a tie leads here",
    source="Wasserman & Faust (1994), Social Network Analysis, 5.3",
    follows_direction=True,
    whole=True,
)
def indegree(graph: nx.Graph[Any]) -> Values:
    """From how many others a tie leads to each node; the degree where the graph is undirected."""
    ties = ties_of(graph)
    return ties.by_node(np.bincount(ties.out.indices, minlength=ties.size))


@measure(
    Words("outdegree", "degré sortant"),
    Words(
        "A high value means that this actor names many; an isolate gets 0; undirected, it is the degree.",
        "Une valeur élevée signifie que cet acteur en désigne beaucoup ; un acteur isolé obtient 0 ; "
        "sans direction, c'est le degré.",
    ),
    formula="number of other actors to which a tie leads from here",
    source="Wasserman & Faust (1994), Social Network Analysis, 5.3",
    follows_direction=True,
    whole=True,
)
def outdegree(graph: nx.Graph[Any]) -> Values:
    """To how many others a tie leads from each node; the degree where the graph is undirected."""
    ties = ties_of(graph)
    return ties.by_node(np.diff(ties.out.indptr))


@measure(
    Words("betweenness", "intermédiarité"),
    Words(
        "A high value means that many shortest ways between others lead through here; an isolate gets 0.",
        "Une valeur élevée signifie que beaucoup de plus courts chemins entre les autres passent par ici ; "
        "un acteur isolé obtient 0.",
    ),
    formula="Σ over pairs s, t of the share of the shortest paths from s to t that pass v; not normalised",
    source="Freeman (1977), A set of measures of centrality based on betweenness; Brandes (2001)",
    follows_direction=True,
)
def betweenness(graph: nx.Graph[Any]) -> Values:
    """Through what share of the shortest paths of how many pairs each node is passed, ties as they run.

    Ordered pairs in a directed graph, unordered ones in an undirected. An estimate above
    `shortest.EXACT_UP_TO` nodes with ties.

    >>> betweenness(nx.star_graph(3))
    {0: 3.0, 1: 0.0, 2: 0.0, 3: 0.0}
    """
    ties = ties_of(graph)
    return ties.by_node(ties.betweenness.values)


@measure(
    Words("betweenness, ties read both ways", "intermédiarité, liens lus dans les deux sens"),
    Words(
        "A high value means what it does for betweenness, ties being read both ways; an isolate gets 0.",
        "Une valeur élevée signifie la même chose que pour l'intermédiarité, les liens étant lus dans les "
        "deux sens ; un acteur isolé obtient 0.",
    ),
    formula="as betweenness, over unordered pairs",
    source="Freeman (1977), A set of measures of centrality based on betweenness; Brandes (2001)",
)
def betweenness_undirected(graph: nx.Graph[Any]) -> Values:
    """The betweenness of each node with a tie read in either direction."""
    ties = ties_of(graph)
    return ties.by_node(ties.betweenness_undirected.values)


@measure(
    Words("closeness", "proximité"),
    Words(
        "A high value means few steps to everybody in one's component; an isolate's is undefined.",
        "Une valeur élevée signifie peu de pas vers tous dans sa composante ; indéfinie pour un isolé.",
    ),
    formula="(r - 1) / Σ d(v, u) over the r actors of the component of v",
    source=_FREEMAN,
)
def closeness(graph: nx.Graph[Any]) -> Values:
    """The reciprocal of the mean distance of each node to the others in its component.

    1 for who is tied to all of them, and in every pair of two: compare it within a component only.

    >>> closeness(nx.path_graph(3))
    {0: 0.6666666666666666, 1: 1.0, 2: 0.6666666666666666}
    """
    ties = ties_of(graph)
    found = ties.distances
    with np.errstate(divide="ignore", invalid="ignore"):
        return ties.by_node(found.reached / found.total)


@measure(
    Words("harmonic closeness", "proximité harmonique"),
    Words(
        "A high value means few steps to everybody, who is out of reach counting 0; an isolate gets 0.",
        "Une valeur élevée signifie peu de pas vers tous, qui est hors d'atteinte comptant 0 ; un acteur "
        "isolé obtient 0.",
    ),
    formula="Σ 1 / d(v, u) over the others, over n - 1",
    source="Marchiori & Latora (2000), Harmony in the small-world; Rochat (2009)",
)
def harmonic(graph: nx.Graph[Any]) -> Values:
    """The mean over all others of 1 / distance, 0 for those out of reach; 0 for the only node of a graph."""
    ties = ties_of(graph)
    return ties.by_node(ties.distances.inverse / max(ties.size - 1, 1))


@measure(
    Words("eigenvector centrality", "centralité de vecteur propre"),
    Words(
        "A high value means ties to actors who are well tied themselves, the highest 1; an isolate gets 0.",
        "Une valeur élevée signifie des liens avec des acteurs eux-mêmes bien liés, la plus haute valant 1 ; "
        "un acteur isolé obtient 0.",
    ),
    formula="x with A x = λ x for the largest λ, scaled to a maximum of 1",
    source="Bonacich (1972), Factoring and weighting approaches to status scores",
)
def eigenvector(graph: nx.Graph[Any]) -> Values:
    """The leading eigenvector of the ties read in either direction, its maximum 1.

    It lives in the component where ties are densest: elsewhere it is 0. Where several components share the
    largest eigenvalue, it is what power iteration from equal values would reach.
    """
    ties = ties_of(graph)
    return ties.by_node(spectral.leading_vector(ties.either, ties.components))


@measure(
    Words("PageRank", "PageRank"),
    Words(
        "A high value means being reached from actors who are reached themselves; an isolate gets the least.",
        "Une valeur élevée signifie être atteint depuis des acteurs eux-mêmes atteints ; un acteur isolé "
        "obtient le minimum.",
    ),
    formula="p(v) = 0.15 / n + 0.85 Σ p(u) / outdegree(u), who has no way out being spread over all; Σ p = 1",
    source="Brin & Page (1998), The anatomy of a large-scale hypertextual web search engine",
    follows_direction=True,
)
def pagerank(graph: nx.Graph[Any]) -> Values:
    """Where a walker is who follows ties and jumps anywhere with probability 0.15; converged to 1e-10."""
    ties = ties_of(graph)
    return ties.by_node(spectral.pagerank(ties.out))
