"""Betweenness: exact up to a size, estimated from a sample of starting points above it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

EXACT_UP_TO = 5_000
"""The most actors with ties for which betweenness is exact."""

PIVOTS = 500
"""From how many of them the shortest paths are followed above that."""

SEED = 1
"""Which ones is drawn with this seed."""

_DRAWS = 20
_TOP = 10


@dataclass(frozen=True)
class Betweenness:
    """Raw betweenness in the order of the nodes.

    `pivots` of `candidates` actors with ties were starting points; all of them unless it is an estimate.
    `error` is the largest relative standard error among the ten highest values, 0 where they are exact.
    """

    values: NDArray[np.float64]
    pivots: int
    candidates: int
    error: float

    @property
    def is_exact(self) -> bool:
        """Whether shortest paths were followed from everywhere."""
        return self.pivots == self.candidates


def betweenness(
    graph: Any,
    tied: NDArray[np.int64],
    *,
    exact_up_to: int = EXACT_UP_TO,
    pivots: int = PIVOTS,
    seed: int = SEED,
) -> Betweenness:
    """The betweenness of every node of an igraph graph, of which `tied` have ties.

    Above `exact_up_to` of those, shortest paths are followed from `pivots` of them, drawn without repetition
    with `seed`, and the sum is scaled up. The draw is split into 20 parts, and how far they disagree gives
    the standard error (with the correction for a finite population).

    Source: Brandes & Pich (2007), Centrality estimation in large networks.
    """
    total = len(tied)
    if total <= max(exact_up_to, pivots):
        return Betweenness(np.asarray(graph.betweenness(), dtype=float), total, total, 0.0)
    drawn = random.Random(seed).sample(tied.tolist(), pivots)
    parts = [drawn[number::_DRAWS] for number in range(_DRAWS)]
    # igraph halves what it gives for undirected graphs, where each pair would be counted from both ends.
    estimates = np.array(
        [np.asarray(graph.betweenness(sources=sorted(part))) * (total / len(part)) for part in parts]
    )
    values = estimates.mean(axis=0)
    spread = estimates.std(axis=0, ddof=1) / np.sqrt(_DRAWS) * np.sqrt(1 - pivots / total)
    highest = np.argsort(-values, kind="stable")[:_TOP]
    highest = highest[values[highest] > 0]
    error = float((spread[highest] / values[highest]).max()) if len(highest) else 0.0
    return Betweenness(values, pivots, total, error)
