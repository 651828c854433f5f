"""Structural holes: how far the contacts of an actor are tied among themselves."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse

from cocommuns_graph.model.declare import Words
from cocommuns_graph.network.measures.products import masked
from cocommuns_graph.network.measures.registry import Values, measure
from cocommuns_graph.network.measures.ties import ties_of


@measure(
    Words("constraint", "contrainte"),
    Words(
        "A high value means contacts who know each other: few holes to bridge; an isolate's is undefined.",
        "Une valeur élevée signifie des contacts qui se connaissent : peu de trous à combler ; indéfinie "
        "pour un acteur isolé.",
    ),
    formula="Σ over contacts j of (p(v,j) + Σ over q of p(v,q) p(q,j))², p(v,j) = 1 / degree(v)",
    source="Burt (1992), Structural Holes; Burt (2004), Structural holes and good ideas",
)
def constraint(graph: nx.Graph[Any]) -> Values:
    """Burt's constraint of each node, ties binary and read in either direction; j and q are its contacts.

    >>> constraint(nx.path_graph(3))
    {0: 1.0, 1: 0.5, 2: 1.0}
    """
    ties = ties_of(graph)
    with np.errstate(divide="ignore"):
        share = 1 / ties.degrees
    shares = sparse.diags_array(np.where(ties.degrees, share, 0), format="csr")
    indirect = masked(sparse.csr_array(ties.either @ shares), ties.either, ties.either)
    invested = ties.either + indirect
    invested.data **= 2
    return ties.by_node(_defined(np.asarray(invested.sum(axis=1)).ravel(), ties.degrees, 1, 2))


@measure(
    Words("effective size", "taille efficace"),
    Words(
        "A high value means many contacts who do not know each other; an isolate's is undefined.",
        "Une valeur élevée signifie beaucoup de contacts qui ne se connaissent pas ; indéfinie pour un "
        "acteur isolé.",
    ),
    formula="d - 2 t / d, with t ties among the d contacts",
    source="Burt (1992), Structural Holes; Borgatti (1997), Structural holes: unpacking Burt's measures",
)
def effective_size(graph: nx.Graph[Any]) -> Values:
    """The effective size of each node's neighbourhood, ties binary and read in either direction."""
    ties = ties_of(graph)
    redundant = _defined(2 * ties.triangles, ties.degrees, 1, 1)
    return ties.by_node(ties.degrees - redundant)


@measure(
    Words("clustering", "regroupement"),
    Words(
        "A high value means that one's contacts know each other; undefined for an isolate or with just one.",
        "Une valeur élevée signifie que ses contacts se connaissent ; indéfini pour un acteur isolé ou avec "
        "un seul contact.",
    ),
    formula="2 t / (d (d - 1)), with t ties among the d contacts",
    source="Watts & Strogatz (1998), Collective dynamics of 'small-world' networks",
)
def clustering(graph: nx.Graph[Any]) -> Values:
    """The share of the pairs of a node's contacts that are tied, None below two contacts."""
    ties = ties_of(graph)
    pairs = ties.degrees * (ties.degrees - 1) / 2
    return ties.by_node(_defined(ties.triangles, pairs, 1, 1))


def _defined(values: Any, over: Any, least: float, power: int) -> Any:
    """values / over ** power, not a number where `over` is below `least`."""
    return np.divide(
        values, np.asarray(over, dtype=float) ** power, out=np.full(len(over), np.nan), where=over >= least
    )
