"""A network in compressed sparse rows, and what several measures read of it, worked out once.

Measures take a networkx graph. What they share is kept only for a frozen graph (`networkx.freeze`), which
cannot change any more, and only as long as somebody holds that graph.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from cocommuns_graph.network.measures import distances, shortest
from cocommuns_graph.network.measures.products import masked

Rows: TypeAlias = Any
"""A square scipy.sparse.csr_array of float64."""

_kept: WeakKeyDictionary[nx.Graph[Any], Ties]


class Ties:
    """The ties of a network: binary, parallel ones merged, those of a node to itself dropped.

    Rows and columns follow `nodes`. `out` has a 1 where a tie leads from the row to the column, `either`
    where one leads either way; of an undirected graph they are the same.
    """

    def __init__(self, graph: nx.Graph[Any]) -> None:
        self.nodes: list[Any] = list(graph)
        self.directed = graph.is_directed()
        size = len(self.nodes)
        at = {node: number for number, node in enumerate(self.nodes)}
        ends = np.fromiter((at[end] for tie in graph.edges() for end in tie[:2]), dtype=np.int64)
        starts, stops = ends[::2], ends[1::2]
        self.out: Rows = _binary(starts, stops, size)
        self.either: Rows = _binary(np.append(starts, stops), np.append(stops, starts), size)
        if not self.directed:
            self.out = self.either

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.nodes)

    def by_node(self, values: Any) -> dict[Any, Any]:
        """An array in the order of the nodes as plain numbers by node; what is not a number is None."""
        listed = np.asarray(values)
        if listed.dtype.kind == "f":
            return {
                node: None if value != value else value
                for node, value in zip(self.nodes, listed.tolist(), strict=True)
            }
        return dict(zip(self.nodes, listed.tolist(), strict=True))

    @cached_property
    def degrees(self) -> NDArray[np.int64]:
        """How many others each node has a tie with."""
        degrees: NDArray[np.int64] = np.diff(self.either.indptr).astype(np.int64)
        return degrees

    @cached_property
    def components(self) -> NDArray[np.int64]:
        """The number of the component each node is in, from 0, in the order of their first nodes."""
        if not self.size:
            return np.zeros(0, dtype=np.int64)
        _, labels = sparse.csgraph.connected_components(self.either, directed=False)
        return np.asarray(labels, dtype=np.int64)

    @cached_property
    def undirected(self) -> Any:
        """The ties in either direction as an igraph graph."""
        return _igraph(sparse.triu(self.either, format="coo"), self.size, directed=False)

    @cached_property
    def as_they_run(self) -> Any:
        """The ties as an igraph graph, directed if the network is."""
        return _igraph(self.out.tocoo(), self.size, directed=True) if self.directed else self.undirected

    @cached_property
    def distances(self) -> distances.Distances:
        """One pass over all shortest distances between nodes, ties read in either direction."""
        return distances.distances(self.either, lambda: self.undirected)

    @cached_property
    def betweenness(self) -> shortest.Betweenness:
        """Betweenness along the ties as they run."""
        if not self.directed:
            return self.betweenness_undirected
        return shortest.betweenness(self.as_they_run, np.flatnonzero(self.degrees))

    @cached_property
    def betweenness_undirected(self) -> shortest.Betweenness:
        """Betweenness with ties read in either direction."""
        return shortest.betweenness(self.undirected, np.flatnonzero(self.degrees))

    @cached_property
    def triangles(self) -> NDArray[np.float64]:
        """How many triangles each node is in, which is how many ties there are among its neighbours."""
        return np.asarray(masked(self.either, self.either, self.either).sum(axis=1)).ravel() / 2


_kept = WeakKeyDictionary()


def ties_of(graph: nx.Graph[Any]) -> Ties:
    """The ties of any networkx graph; the same object again for a graph that is frozen."""
    if not nx.is_frozen(graph):
        return Ties(graph)
    found = _kept.get(graph)
    if found is None:
        found = _kept[graph] = Ties(graph)
    return found


def _binary(starts: NDArray[np.int64], stops: NDArray[np.int64], size: int) -> Rows:
    apart = starts != stops
    pairs = np.unique(starts[apart] * size + stops[apart])
    rows, columns = np.divmod(pairs, max(size, 1))
    return sparse.csr_array((np.ones(len(pairs)), (rows, columns)), shape=(size, size))


def _igraph(ties: Any, size: int, *, directed: bool) -> Any:
    import igraph

    pairs = np.column_stack([ties.row, ties.col]).tolist()
    return igraph.Graph(n=size, edges=pairs, directed=directed)
