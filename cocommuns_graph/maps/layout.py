"""Where everything on a map of a whole network goes: in connected parts, packed side by side.

One unit is one pixel at zoom 1; y grows downwards. Nothing here is random beyond a fixed seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from cocommuns_graph.maps.forces import Flags, Floats, Ints, place, spread

SEED = 20240919

_SPACING = 74.0
_GAP = 10.0
_MARGIN = 46.0
_ASPECT = 1.5
_EMPTY = 250.0
_ABSENT_RADIUS = 8.0
_GOLDEN_ANGLE = float(np.pi * (3 - np.sqrt(5)))

Point = tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """Positions by id around the origin, inside a box of `width` by `height` whose centre is the origin."""

    positions: Mapping[str, Point]
    width: float
    height: float


def whole(
    ids: Sequence[str],
    ties: Iterable[tuple[str, str]],
    radii: Mapping[str, float],
    *,
    fixed: Mapping[str, Point] | None = None,
    seed: int = SEED,
) -> Layout:
    """A layout of any network: each connected part by forces, the largest on top, small parts in rows below.

    Nodes in `fixed` stay exactly where they are said to be; the others are then put near their neighbours,
    and those that no tie leads to in parts of their own below. Places that `fixed` keeps for ids which are
    not there stay free, so that they can come back. Ties to unknown ids are ignored. The same arguments give
    the same layout.
    """
    if not ids:
        return Layout({}, _EMPTY, _EMPTY)
    index = {id_: number for number, id_ in enumerate(ids)}
    pairs = np.array(
        [(index[a], index[b]) for a, b in ties if a in index and b in index and a != b], dtype=np.int64
    ).reshape(-1, 2)
    radius = np.array([radii[id_] for id_ in ids], dtype=np.float64)
    kept = {id_: point for id_, point in (fixed or {}).items() if id_ in index}
    if not kept:
        return _boxed(ids, _packed(len(ids), pairs, radius, seed), radius, centre=True)
    known = np.array([id_ in kept for id_ in ids])
    positions = np.zeros((len(ids), 2))
    positions[known] = [kept[id_] for id_ in ids if id_ in kept]
    if not known.all():
        positions = _join(positions, known, pairs, radius, seed)
        absent = np.array([point for id_, point in (fixed or {}).items() if id_ not in index]).reshape(-1, 2)
        room = np.concatenate([radius, np.full(len(absent), _ABSENT_RADIUS)])
        free = np.concatenate([~known, np.zeros(len(absent), dtype=bool)])
        positions = spread(np.concatenate([positions, absent]), room, _GAP, movable=free)[: len(ids)]
    return _boxed(ids, positions, radius, centre=False)


def _boxed(ids: Sequence[str], positions: Floats, radius: Floats, *, centre: bool) -> Layout:
    low = (positions - radius[:, None]).min(axis=0) - _MARGIN
    high = (positions + radius[:, None]).max(axis=0) + _MARGIN
    if centre:
        positions = positions - (low + high) / 2
        low, high = (low - high) / 2, (high - low) / 2
    width, height = (2 * float(max(-low[axis], high[axis])) for axis in (0, 1))
    rounded = np.round(positions, 1) + 0.0
    return Layout(
        {id_: (float(x), float(y)) for id_, (x, y) in zip(ids, rounded, strict=True)}, width, height
    )


def _packed(count: int, pairs: Ints, radius: Floats, seed: int) -> Floats:
    matrix = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    parts, part_of = connected_components(matrix, directed=False)
    members: list[list[int]] = [[] for _ in range(parts)]
    for node, part in enumerate(part_of.tolist()):
        members[part].append(node)
    ties_of: list[list[tuple[int, int]]] = [[] for _ in range(parts)]
    for a, b in pairs.tolist():
        ties_of[int(part_of[a])].append((a, b))
    order = sorted(range(parts), key=lambda part: (-len(members[part]), members[part][0]))
    placed: list[tuple[list[int], Floats]] = []
    for part in order:
        local = {node: number for number, node in enumerate(members[part])}
        inner = np.array([(local[a], local[b]) for a, b in ties_of[part]], dtype=np.int64).reshape(-1, 2)
        shape = _scaled(place(len(local), inner, seed), radius[members[part]])
        placed.append((members[part], shape))
    positions = np.zeros((count, 2))
    for (nodes, shape), corner in zip(
        placed, _shelves([_size(s, radius[n]) for n, s in placed]), strict=True
    ):
        low = (shape - radius[nodes][:, None]).min(axis=0)
        positions[nodes] = shape - low + corner + _MARGIN / 2
    return positions


def _scaled(shape: Floats, radius: Floats) -> Floats:
    """Spread so that each node has room for itself and a name; flat shapes are not blown up."""
    if len(shape) > 1:
        wide, high = np.maximum(shape.std(axis=0), 1e-9)
        high = max(high, 0.2 * wide)
        room = _SPACING * np.sqrt(len(shape) / (4 * np.pi * wide * high))
        shape = shape * [room * np.sqrt(1.25), room / np.sqrt(1.25)]
    return spread(shape, radius, _GAP)


def _size(shape: Floats, radius: Floats) -> tuple[float, float]:
    extent = (shape + radius[:, None]).max(axis=0) - (shape - radius[:, None]).min(axis=0)
    return float(extent[0]) + _MARGIN, float(extent[1]) + _MARGIN


def _shelves(sizes: Sequence[tuple[float, float]]) -> list[Point]:
    """The upper left corner of each box: the first on top, the others in rows below, none overlapping."""
    area = sum(width * height for width, height in sizes)
    row_width = max(sizes[0][0], (area * _ASPECT) ** 0.5)
    corners: list[Point] = []
    x = y = tallest = 0.0
    for width, height in sizes:
        if x and x + width > row_width:
            x, y, tallest = 0.0, y + tallest, 0.0
        corners.append((x, y))
        x, tallest = x + width, max(tallest, height)
    return corners


def _join(positions: Floats, known: Flags, pairs: Ints, radius: Floats, seed: int) -> Floats:
    """Puts unknown nodes beside the middle of their placed neighbours, ring by ring; parts that nothing
    placed leads to are laid out on their own, below."""
    neighbours: dict[int, list[int]] = {}
    for a, b in pairs.tolist():
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    done = known.copy()
    waiting = [node for node in range(len(positions)) if not done[node]]
    while waiting:
        reached = {node: [other for other in neighbours.get(node, []) if done[other]] for node in waiting}
        ready = [node for node in waiting if reached[node]]
        if not ready:
            break
        for node in ready:
            angle = node * _GOLDEN_ANGLE
            beside = _SPACING * 0.6 * np.array([np.cos(angle), np.sin(angle)])
            positions[node] = positions[reached[node]].mean(axis=0) + beside
        done[ready] = True
        waiting = [node for node in waiting if not done[node]]
    if waiting:
        there = positions[done]
        local = {node: number for number, node in enumerate(waiting)}
        inner = np.array([(local[a], local[b]) for a, b in pairs.tolist() if a in local], dtype=np.int64)
        parts = _packed(len(waiting), inner.reshape(-1, 2), radius[waiting], seed)
        middle = (there[:, 0].min() + there[:, 0].max() - parts[:, 0].min() - parts[:, 0].max()) / 2
        positions[waiting] = parts + np.array([middle, there[:, 1].max() + _SPACING - parts[:, 1].min()])
    return positions
