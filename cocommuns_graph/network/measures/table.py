"""All measures of one network side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx

from cocommuns_graph.network.measures.cohesion import runs
from cocommuns_graph.network.measures.registry import MEASURES, Groups, Measure
from cocommuns_graph.network.measures.shortest import EXACT_UP_TO, SEED, Betweenness
from cocommuns_graph.network.measures.ties import Ties, ties_of


@dataclass(frozen=True)
class Measured:
    """One row a node: its id, then a value for each measure of `columns`; None where it is undefined.

    `notes` say by a word what was estimated or drawn, and how good it is.
    """

    columns: tuple[Measure, ...]
    rows: list[list[Any]]
    notes: dict[str, str]


def measured(graph: nx.Graph[Any], groups: Groups | None = None) -> Measured:
    """Every measure of every node of a graph; those that compare groups only where groups are given."""
    if not nx.is_frozen(graph):
        # A view may be frozen without freezing the graph of the caller.
        graph = nx.freeze(graph.copy(as_view=True))
    columns = tuple(one for one in MEASURES.values() if groups is not None or not one.grouped)
    values = [one.of(graph, groups) for one in columns]
    rows = [[node, *(each[node] for each in values)] for node in graph]
    return Measured(columns, rows, _notes(ties_of(graph), groups))


def _notes(ties: Ties, groups: Groups | None) -> dict[str, str]:
    notes = {
        "betweenness": _estimate(ties.betweenness),
        "community": f"Leiden, modularity, resolution 1, best of {runs(ties.either.nnz // 2)} seeded runs",
        "seed": str(SEED),
    }
    if ties.directed:
        notes["betweenness_undirected"] = _estimate(ties.betweenness_undirected)
    if groups is not None:
        unknown = sum(groups.get(node) is None for node in ties.nodes)
        if unknown:
            notes["groups"] = (
                f"{unknown:,} of {ties.size:,} actors are of unknown group: their E-I index and roles are "
                "empty, and ties with them count in nobody's"
            )
    return notes


def _estimate(found: Betweenness) -> str:
    if found.is_exact:
        return "exact"
    return (
        f"estimated from {found.pivots:,} of {found.candidates:,} actors with ties as starting points (above "
        f"{EXACT_UP_TO:,}); standard error of the ten highest values at most {found.error:.1%}"
    )
