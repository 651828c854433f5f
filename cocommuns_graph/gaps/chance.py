"""Ties between groups against chance: networks with the same degrees and otherwise random.

Up to a size the chance is drawn: seeded swaps of the ends of two ties, which keep every degree, make no tie
to oneself and no tie twice. Above it, and as a check, there is the closed form of the configuration model.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

_MOST_SWAPS = 250_000
_LEAST_DRAWS, _MOST_DRAWS = 199, 999
_BURN = 10
_LEAST_EXPECTED = 1.0
LARGEST_REWIRED = 10_000
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Mixing:
    """Ties between groups, one entry a pair of groups in `pairs` (r <= s).

    `ties` is what there is, `expected` and `spread` mean and standard deviation by chance, `z` how many
    spreads it lies off (nan where the spread is 0), `p` two-sided, `q` corrected for all pairs that chance
    gives a tie or more (Benjamini-Hochberg; nan for the others, where a missing tie says nothing). `draws` is
    0 where the closed form was used.
    """

    pairs: list[tuple[int, int]]
    ties: Ints
    expected: Floats
    spread: Floats
    z: Floats
    p: Floats
    q: Floats
    draws: int


def mixing(start: Ints, end: Ints, group: Ints, groups: int, seed: int) -> Mixing:
    """The ties between groups of a simple undirected network against chance.

    `start` and `end` are the ends of each tie, `group` the group of each node from 0 (-1: of no known group,
    kept in the network but counted nowhere).
    """
    pairs = [(r, s) for r in range(groups) for s in range(r, groups)]
    observed = _count(group[start], group[end], groups)
    if len(start) > LARGEST_REWIRED:
        expected, spread = closed_form(start, end, group, groups)
        z, draws = _z(observed, expected, spread), 0
        p = np.array([erfc(abs(one) / sqrt(2)) if one == one else 1.0 for one in z])
    else:
        drawn = rewired(start, end, group, groups, seed)
        expected, spread, draws = drawn.mean(axis=0), drawn.std(axis=0), len(drawn)
        z = _z(observed, expected, spread)
        farther = (np.abs(drawn - expected) >= np.abs(observed - expected) - 1e-9).sum(axis=0)
        p = (1 + farther) / (1 + draws)
    q = np.full(len(pairs), np.nan)
    tells = expected >= _LEAST_EXPECTED
    q[tells] = benjamini_hochberg(p[tells])
    return Mixing(pairs, observed, expected, spread, z, p, q, draws)


def rewired(start: Ints, end: Ints, group: Ints, groups: int, seed: int) -> Ints:
    """Ties between groups in random networks of the same degrees: one row a draw, one column a pair."""
    ties = len(start)
    pairs = groups * (groups + 1) // 2
    if ties < 2:
        return np.tile(_count(group[start], group[end], groups), (_LEAST_DRAWS, 1)).reshape(-1, pairs)
    draws = int(max(_LEAST_DRAWS, min(_MOST_DRAWS, _MOST_SWAPS // max(1, ties) - _BURN)))
    random = np.random.default_rng(seed)
    one, other = start.tolist(), end.tolist()
    there = {(a, b) if a < b else (b, a) for a, b in zip(one, other, strict=True)}
    ones, others = np.empty((2, draws, ties), dtype=np.int64)
    for number in range(-1, draws):
        tries = ties * (_BURN if number < 0 else 1)
        drawn = random.integers(0, (ties, ties, 2), (tries, 3)).tolist()
        _swap(one, other, there, drawn)
        if number >= 0:
            ones[number], others[number] = one, other
    found = np.empty((draws, pairs), dtype=np.int64)
    for number in range(draws):
        found[number] = _count(group[ones[number]], group[others[number]], groups)
    return found


def _swap(one: list[int], other: list[int], there: set[tuple[int, int]], drawn: list[list[int]]) -> None:
    """Swaps the ends of ties in place, for each draw of two ties and a turn; what cannot be is left."""
    for i, j, turn in drawn:
        a, b = one[i], other[i]
        c, d = (other[j], one[j]) if turn else (one[j], other[j])
        # a-b and c-d become a-d and c-b.
        if i == j or a == d or c == b:
            continue
        new_one = (a, d) if a < d else (d, a)
        new_other = (c, b) if c < b else (b, c)
        if new_one in there or new_other in there or new_one == new_other:
            continue
        there.remove((a, b) if a < b else (b, a))
        there.remove((c, d) if c < d else (d, c))
        there.add(new_one)
        there.add(new_other)
        one[i], other[i], one[j], other[j] = a, d, c, b


def closed_form(start: Ints, end: Ints, group: Ints, groups: int) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the ties between groups when all ends of ties are paired at random.

    The configuration model: with 2m ends, D_r of them in group r, a pair of ends is tied with 1 / (2m - 1).
    """
    ties = len(start)
    ends = 2 * ties
    degree = np.bincount(np.append(group[start], group[end]) + 1, minlength=groups + 1)[1:].astype(float)
    expected, spread = [], []
    for r in range(groups):
        for s in range(r, groups):
            some, others = degree[r], degree[s]
            if r == s:
                possible = some * (some - 1) / 2
                twice = some * (some - 1) * (some - 2) * (some - 3) / 4
            else:
                possible = some * others
                twice = some * (some - 1) * others * (others - 1)
            mean = possible / (ends - 1) if ends > 1 else 0.0
            both = twice / ((ends - 1) * (ends - 3)) if ends > 3 else 0.0
            expected.append(mean)
            spread.append(sqrt(max(0.0, both + mean - mean**2)))
    return np.array(expected), np.array(spread)


def benjamini_hochberg(p: Floats) -> Floats:
    """p corrected for how many there are, by the step-up procedure of Benjamini and Hochberg (1995)."""
    count = len(p)
    order = np.argsort(p, kind="stable")
    stepped = p[order] * count / np.arange(1, count + 1)
    corrected = np.minimum.accumulate(stepped[::-1])[::-1]
    found = np.empty(count)
    found[order] = np.minimum(corrected, 1.0)
    return found


def _z(observed: Ints, expected: Floats, spread: Floats) -> Floats:
    z: Floats = np.full(len(expected), np.nan)
    return np.asarray(np.divide(observed - expected, spread, out=z, where=spread > 1e-12))


def _count(start: Ints, end: Ints, groups: int) -> Ints:
    """Ties by pair of groups, in the order of `Mixing.pairs`; those with an unknown end are left out."""
    known = (start >= 0) & (end >= 0)
    low, high = np.minimum(start, end)[known], np.maximum(start, end)[known]
    table = np.bincount(low * groups + high, minlength=groups * groups).reshape(groups, groups)
    return np.asarray(table[np.triu_indices(groups)], dtype=np.int64)
