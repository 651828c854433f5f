"""Where the nodes of one connected network go: linked nodes near, others apart, the same picture every time.

The network is coarsened level by level, the smallest level is placed from a circle, and each finer level
starts from the one before and is relaxed. Repulsion is exact for small levels; for large ones it is
computed on a grid by a fast Fourier transform, so that 10,000 nodes take seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.fft
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_EXACT = 400
_CELLS = 128
_SMALLEST_LEVEL = 12
_GROUP_SIZE = 4
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True)
class Network:
    """A weighted network on nodes 0..count-1: `pairs` is (m, 2) without loops, `mass` says how many nodes
    of the finest level each stands for."""

    pairs: Ints
    weight: Floats
    mass: Floats

    @property
    def count(self) -> int:
        """How many nodes it has."""
        return len(self.mass)


def place(count: int, pairs: Ints, seed: int) -> Floats:
    """Positions, shape (count, 2), of a connected network whose ties are `pairs`, shape (m, 2).

    Units are arbitrary: about one per tie. Loops and repeated ties are ignored. The same arguments give the
    same positions.
    """
    if count == 1:
        return np.zeros((1, 2))
    kept = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    random = np.random.default_rng(seed)
    levels = [Network(kept, np.ones(len(kept)), np.ones(count))]
    groupings: list[Ints] = []
    while levels[-1].count > _SMALLEST_LEVEL:
        grouping = _groups(levels[-1])
        coarser = _merge(levels[-1], grouping)
        if coarser.count > 0.9 * levels[-1].count:
            break
        levels.append(coarser)
        groupings.append(grouping)
    angles = np.arange(levels[-1].count) * 2 * np.pi / levels[-1].count
    positions = np.column_stack([np.cos(angles), np.sin(angles)]) * np.sqrt(levels[-1].count)
    positions = _relax(positions, levels[-1], rounds=200)
    for level, grouping in zip(reversed(levels[:-1]), reversed(groupings), strict=True):
        growth = np.sqrt(level.count / positions.shape[0])
        positions = positions[grouping] * growth + random.normal(0, 0.3, (level.count, 2))
        positions = _relax(positions, level, rounds=150 if level.count <= _EXACT else 90)
    return _upright(positions)


def _groups(network: Network) -> Ints:
    """For each node the group it is merged into: neighbours with few ties join first, few per group."""
    degree = np.bincount(network.pairs.ravel(), minlength=network.count)
    neighbours: list[list[int]] = [[] for _ in range(network.count)]
    for a, b in network.pairs.tolist():
        neighbours[a].append(b)
        neighbours[b].append(a)
    group = [-1] * network.count
    made = 0
    for node in np.argsort(degree, kind="stable").tolist():
        if group[node] >= 0:
            continue
        group[node] = made
        free = sorted((other for other in neighbours[node] if group[other] < 0), key=lambda n: (degree[n], n))
        for other in free[: _GROUP_SIZE - 1]:
            group[other] = made
        made += 1
    return np.asarray(group, dtype=np.int64)


def _merge(network: Network, group: Ints) -> Network:
    count = int(group.max()) + 1
    pairs = np.sort(group[network.pairs], axis=1)
    outer = pairs[:, 0] != pairs[:, 1]
    merged, index = np.unique(pairs[outer], axis=0, return_inverse=True)
    weight = np.bincount(index.ravel(), weights=network.weight[outer], minlength=len(merged))
    mass = np.bincount(group, weights=network.mass, minlength=count)
    return Network(merged, weight.astype(np.float64), mass.astype(np.float64))


def _relax(positions: Floats, network: Network, rounds: int) -> Floats:
    """Moves nodes along repulsion (mass over distance) and attraction (distance), by ever smaller steps."""
    positions = positions.copy()
    count = network.count
    degree = np.bincount(network.pairs.ravel(), minlength=count)
    charge = network.mass / network.mass.mean() * (1 + 0.25 * np.sqrt(degree))
    weight = (network.weight / network.weight.mean()) if len(network.weight) else network.weight
    a, b = network.pairs[:, 0], network.pairs[:, 1]
    # A tie of a hub pulls less: otherwise a topic with hundreds of experts becomes one knot.
    weight = weight / np.sqrt(np.minimum(degree[a], degree[b]))
    first_step = 0.15 * np.sqrt(count) + 0.5
    for round_ in range(rounds):
        force = charge[:, None] * _repulsion(positions, charge)
        pull = (positions[b] - positions[a]) * weight[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(a, weights=pull[:, axis], minlength=count)
            force[:, axis] -= np.bincount(b, weights=pull[:, axis], minlength=count)
        length = np.hypot(force[:, 0], force[:, 1]) + 1e-12
        step = first_step * (1 - round_ / rounds) ** 1.5 + 0.01
        positions += force * (np.minimum(length * 0.5, step) / length)[:, None]
        positions -= positions.mean(axis=0)
    return positions


def _repulsion(positions: Floats, charge: Floats) -> Floats:
    if len(positions) <= _EXACT:
        x = positions[:, 0, None] - positions[None, :, 0]
        y = positions[:, 1, None] - positions[None, :, 1]
        push = charge[None, :] / (x * x + y * y + 0.01)
        return np.column_stack([(x * push).sum(axis=1), (y * push).sum(axis=1)])
    return _grid_repulsion(positions, charge)


def _kernels() -> tuple[npt.NDArray[np.complex128], npt.NDArray[np.complex128]]:
    offset = np.fft.fftfreq(2 * _CELLS, 1 / (2 * _CELLS))
    x, y = np.meshgrid(offset, offset, indexing="ij")
    square = x**2 + y**2 + 0.5
    return scipy.fft.rfft2(x / square), scipy.fft.rfft2(y / square)


_KERNEL_X, _KERNEL_Y = _kernels()


def _grid_repulsion(positions: Floats, charge: Floats) -> Floats:
    """The repulsion at each node, charges spread on a grid that fits the nodes (cloud in cell)."""
    low = positions.min(axis=0)
    cell = float((positions.max(axis=0) - low).max()) / (_CELLS - 3) or 1.0
    at = (positions - low) / cell + 1
    corner = np.floor(at).astype(np.int64)
    inside = at - corner
    corners = [
        (
            (corner[:, 0] + dx) * _CELLS + corner[:, 1] + dy,
            (inside[:, 0] if dx else 1 - inside[:, 0]) * (inside[:, 1] if dy else 1 - inside[:, 1]),
        )
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    grid = np.zeros(_CELLS * _CELLS)
    for index, share in corners:
        grid += np.bincount(index, weights=charge * share, minlength=_CELLS * _CELLS)
    spectrum = scipy.fft.rfft2(grid.reshape(_CELLS, _CELLS), s=(2 * _CELLS, 2 * _CELLS))
    force = np.zeros_like(positions)
    for axis, kernel in enumerate((_KERNEL_X, _KERNEL_Y)):
        field = scipy.fft.irfft2(spectrum * kernel, s=(2 * _CELLS, 2 * _CELLS))[:_CELLS, :_CELLS].ravel()
        for index, share in corners:
            force[:, axis] += field[index] * share
    return force / cell


def _upright(positions: Floats) -> Floats:
    """Turned so that the longer side lies flat, the heavier half left and up: a picture with one way up."""
    centred = positions - positions.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    for axis in (0, 1):
        if (turned[:, axis] ** 3).sum() < 0:
            turned[:, axis] *= -1
    result: Floats = turned
    return result


def spread(positions: Floats, radius: Floats, gap: float, movable: Flags | None = None) -> Floats:
    """Positions pushed apart until no two discs of `radius` come nearer than `gap`, in the same units.

    Only `movable` nodes are moved (all by default). Gives up after 300 rounds, which only pictures far too
    dense for their space reach.
    """
    positions = positions.copy()
    count = len(positions)
    free = np.ones(count, dtype=bool) if movable is None else movable
    if count < 2:
        return positions
    reach = 2 * float(radius.max()) + gap
    for _ in range(300):
        pairs = cKDTree(positions).query_pairs(reach, output_type="ndarray")
        if len(pairs) == 0:
            break
        a, b = pairs[:, 0], pairs[:, 1]
        apart = positions[b] - positions[a]
        distance = np.hypot(apart[:, 0], apart[:, 1])
        short = radius[a] + radius[b] + gap - distance
        close = (short > 1e-6) & (free[a] | free[b])
        if not close.any():
            break
        a, b, apart, distance, short = a[close], b[close], apart[close], distance[close], short[close]
        same = distance < 1e-9
        angle = (a + b * 7) * _GOLDEN_ANGLE
        apart[same] = np.column_stack([np.cos(angle[same]), np.sin(angle[same])])
        distance[same] = 1.0
        push = apart / distance[:, None] * (short * 0.55 + 0.01)[:, None]
        move_a = np.where(free[a], np.where(free[b], 0.5, 1.0), 0.0)
        move_b = np.where(free[b], np.where(free[a], 0.5, 1.0), 0.0)
        for axis in (0, 1):
            positions[:, axis] -= np.bincount(a, weights=push[:, axis] * move_a, minlength=count)
            positions[:, axis] += np.bincount(b, weights=push[:, axis] * move_b, minlength=count)
    return positions
