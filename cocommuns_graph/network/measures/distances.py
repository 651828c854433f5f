"""All shortest distances of a network in one pass, of which only two sums a node are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_BITS = 64
_MOST_WORDS = 16
_GATHERED = 4_000_000
_LONG_WAY = 100


@dataclass(frozen=True)
class Distances:
    """Of each node: how many others it reaches, the sum of its distances to them, the sum of 1/distance."""

    reached: NDArray[np.int64]
    total: NDArray[np.float64]
    inverse: NDArray[np.float64]


def distances(either: Any, as_igraph: Callable[[], Any]) -> Distances:
    """The sums of the distances in symmetric binary rows.

    Searches breadth first from 64 nodes at once, one bit of a word each, 16 words side by side. That takes as
    many rounds as the longest distance has steps, so that a network like a long chain, known by its first
    round, is left to igraph's two separate passes (`as_igraph` makes its graph).
    """
    size = either.shape[0]
    found = Distances(
        np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.float64), np.zeros(size, dtype=np.float64)
    )
    tied = np.flatnonzero(np.diff(either.indptr))
    if not len(tied):
        return found
    place = np.zeros(size, dtype=np.int64)
    place[tied] = np.arange(len(tied))
    starts, neighbours = either.indptr[tied], place[either.indices]
    width = max(1, min(_MOST_WORDS, _GATHERED // len(neighbours)))
    for first in range(0, len(tied), _BITS * width):
        sources = np.arange(first, min(first + _BITS * width, len(tied)))
        if not _search(starts, neighbours, sources, tied, found):
            return _by_igraph(as_igraph(), tied, size)
    return found


def _search(
    starts: Any, neighbours: Any, sources: NDArray[np.int64], tied: NDArray[np.int64], found: Distances
) -> bool:
    """Adds what lies around these sources to the sums; False where the way is too long.

    The distances from a source are booked on the nodes it reaches: they are the same both ways.
    """
    words = -(-len(sources) // _BITS)
    seen = np.zeros((len(tied), words), dtype=np.uint64)
    numbers = np.arange(len(sources))
    seen[sources, numbers // _BITS] = np.uint64(1) << (numbers % _BITS).astype(np.uint64)
    edge = seen.copy()
    for step in range(1, _LONG_WAY + 1):
        edge = np.bitwise_or.reduceat(edge[neighbours], starts, axis=0)
        edge &= ~seen
        counts = np.bitwise_count(edge).sum(axis=1, dtype=np.int64)
        if not counts.any():
            return True
        found.reached[tied] += counts
        found.total[tied] += step * counts
        found.inverse[tied] += counts / step
        seen |= edge
    return False


def _by_igraph(graph: Any, tied: NDArray[np.int64], size: int) -> Distances:
    members = np.asarray(graph.connected_components().membership)
    reached = np.bincount(members)[members] - 1
    total = np.zeros(size)
    inverse = np.zeros(size)
    closeness = np.asarray(graph.closeness(tied.tolist(), normalized=True))
    total[tied] = np.rint(reached[tied] / closeness)
    inverse[tied] = np.asarray(graph.harmonic_centrality(tied.tolist(), normalized=True)) * (size - 1)
    return Distances(reached, total, inverse)
