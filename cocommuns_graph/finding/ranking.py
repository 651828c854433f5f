"""Several ways to rank the same records, and their fusion into one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from cocommuns_graph.finding.lexical import Numbers

_SMOOTHING = 60
_RESTART = 0.3
_ROUNDS = 20


def fuse(votes: Sequence[tuple[float, Numbers]]) -> Numbers:
    """Reciprocal-rank fusion (Cormack, Clarke and Büttcher, k = 60) of scores of the same records.

    Each vote is a weight and a score a record, higher better. Equal scores share the best rank of theirs; a
    score of 0 is no vote. The result is 1 for a record that is first everywhere.
    """
    used = [(weight, scores) for weight, scores in votes if weight > 0 and scores.size and scores.max() > 0]
    size = votes[0][1].size if votes else 0
    total = np.zeros(size)
    for weight, scores in used:
        rounded = np.round(scores, 9)
        ordered = np.sort(rounded)[::-1]
        ranks = np.searchsorted(-ordered, -rounded, side="left")
        total += np.where(rounded > 0, weight * (_SMOOTHING + 1) / (_SMOOTHING + 1 + ranks), 0.0)
    weights = sum(weight for weight, _ in used)
    return total / weights if weights else total


class Walk:
    """Personalised PageRank: where a walk ends up that often returns to where it began."""

    def __init__(self, ties: sparse.csr_matrix) -> None:
        degree = np.asarray(ties.sum(axis=0)).ravel()
        share = np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)
        self._step = (ties @ sparse.diags(share)).tocsr()

    def from_(self, begin: Mapping[int, float]) -> Numbers:
        """The share of the walk at each node, for the weights of the nodes where it begins."""
        restart = np.zeros(self._step.shape[0])
        for number, weight in begin.items():
            restart[number] += weight
        if restart.sum() <= 0:
            return restart
        restart /= restart.sum()
        here = restart
        for _ in range(_ROUNDS):
            here = _RESTART * restart + (1 - _RESTART) * (self._step @ here)
        return here


def noisy_or(strengths: Sequence[float]) -> float:
    """The chance that at least one of several independent pieces of evidence holds."""
    missing = 1.0
    for strength in strengths:
        missing *= 1 - min(strength, 0.99)
    return 1 - missing
