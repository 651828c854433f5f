"""Measures that are the fixed point of an iteration over sparse rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import linalg

DAMPING = 0.85
PRECISION = 1e-10
_DENSE_UP_TO = 300
_SAME = 1e-9


def pagerank(out: Any, damping: float = DAMPING, precision: float = PRECISION) -> NDArray[np.float64]:
    """PageRank of binary rows, summing to 1; `precision` bounds the sum of what is wrong in all values."""
    size = out.shape[0]
    if not size:
        return np.zeros(0)
    leaving = np.diff(out.indptr)
    ends = leaving == 0
    share = np.where(ends, 0, 1 / np.maximum(leaving, 1))
    into = out.T.tocsr()
    ranks = np.full(size, 1 / size)
    while True:
        spread = damping * ranks[ends].sum() + (1 - damping)
        after = damping * (into @ (ranks * share)) + spread / size
        after /= after.sum()
        # The way still to go is at most the last step times damping / (1 - damping).
        if np.abs(after - ranks).sum() * damping <= precision * (1 - damping):
            return np.asarray(after)
        ranks = after


def leading_vector(either: Any, components: NDArray[np.int64]) -> NDArray[np.float64]:
    """The leading eigenvector of symmetric binary rows, its maximum 1, 0 outside the leading components.

    Worked out component by component, where it is unique and positive (Perron and Frobenius). Where several
    components share the largest eigenvalue the parts stand to each other as in the projection of a vector of
    ones, which is where power iteration from equal values leads.
    """
    vector = np.zeros(either.shape[0])
    best = 0.0
    found: list[tuple[float, NDArray[np.int64], NDArray[np.float64]]] = []
    for members, least, most in _by_promise(either, components):
        if most < best * (1 - _SAME):
            continue
        value, part = _leading(either[members][:, members])
        best = max(best, value, least)
        found.append((value, members, part))
    for value, members, part in found:
        if value >= best * (1 - _SAME):
            vector[members] = part * part.sum()
    return vector / vector.max() if vector.any() else vector


def _by_promise(either: Any, components: NDArray[np.int64]) -> list[tuple[NDArray[np.int64], float, float]]:
    """The members of each component with a tie, and between what its largest eigenvalue lies, best first.

    It is at least the mean degree and the root of the highest degree, at most the highest degree.
    """
    degrees = np.diff(either.indptr)
    order = np.argsort(components, kind="stable")
    starts = np.flatnonzero(np.diff(components[order])) + 1
    promises = []
    for members in np.split(order, starts):
        if len(members) > 1:
            inside = degrees[members]
            highest = float(inside.max())
            promises.append((members, max(highest**0.5, float(inside.mean())), highest))
    promises.sort(key=lambda promise: (-promise[1], int(promise[0][0])))
    return promises


def _leading(rows: Any) -> tuple[float, NDArray[np.float64]]:
    """The largest eigenvalue of the rows of one component and its vector of length 1, no entry negative."""
    size = rows.shape[0]
    if size <= _DENSE_UP_TO:
        values, vectors = np.linalg.eigh(rows.toarray())
        return float(values[-1]), np.abs(vectors[:, -1])
    start = np.ones(size)
    try:
        values, vectors = linalg.eigsh(rows, k=1, which="LA", v0=start, ncv=40, maxiter=200, tol=0)
    except linalg.ArpackNoConvergence:
        # Nearly equal eigenvalues, as in a long chain: rows so sparse are solved directly.
        above = float(np.diff(rows.indptr).max()) + 1
        values, vectors = linalg.eigsh(rows.tocsc(), k=1, sigma=above, which="LM", v0=start, ncv=40)
    return float(values[0]), np.abs(vectors[:, 0])
