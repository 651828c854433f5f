"""Where everything on a map goes: a whole network in parts packed side by side, or one neighbourhood.

One unit is one pixel at zoom 1; y grows downwards. Nothing here is random beyond a fixed seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from cocommuns_graph.maps.forces import Floats, Ints, place, spread

SEED = 20240919

_SPACING = 74.0
_GAP = 10.0
_MARGIN = 46.0
_ASPECT = 1.5
_ROW = 34.0
_COLUMN = 250.0
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

    Nodes in `fixed` stay exactly where they are said to be; the others are then put near their neighbours.
    Ties to unknown ids are ignored. The same arguments give the same layout.
    """
    if not ids:
        return Layout({}, _COLUMN, _COLUMN)
    index = {id_: number for number, id_ in enumerate(ids)}
    pairs = np.array(
        [(index[a], index[b]) for a, b in ties if a in index and b in index and a != b], dtype=np.int64
    ).reshape(-1, 2)
    radius = np.array([radii[id_] for id_ in ids], dtype=np.float64)
    known = np.array([fixed is not None and id_ in fixed for id_ in ids])
    if fixed is not None and known.any():
        positions = np.zeros((len(ids), 2))
        positions[known] = [fixed[id_] for id_ in ids if id_ in fixed]
        positions = _join(positions, known, pairs)
        positions = spread(positions, radius, _GAP, movable=~known)
    else:
        positions = _packed(len(ids), pairs, radius, seed)
    return _boxed(ids, positions, radius, centre=not known.any())


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


def _join(positions: Floats, known: np.ndarray[tuple[int], np.dtype[np.bool_]], pairs: Ints) -> Floats:
    """Puts unknown nodes beside the middle of their placed neighbours, ring by ring, the rest below."""
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
    floor = float(positions[done][:, 1].max()) + _SPACING
    left, right = float(positions[done][:, 0].min()), float(positions[done][:, 0].max())
    per_row = max(1, int((right - left) / _SPACING))
    for number, node in enumerate(waiting):
        positions[node] = (left + number % per_row * _SPACING, floor + number // per_row * _SPACING)
    return positions


@dataclass(frozen=True)
class Side:
    """The nodes of one type on one side of a neighbourhood, nearest first."""

    label: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Neighbourhood:
    """A centre with its sides: the layout, the side each node is on ("left" or "right") and the headings,
    one a side: its label, where it stands and on which side."""

    layout: Layout
    side_of: Mapping[str, str]
    headings: Sequence[tuple[str, Point, str]]


def around(centre: str, sides: Sequence[Side]) -> Neighbourhood:
    """The centre in the middle and every type in columns of its own to the left or right, names readable.

    Sides are dealt to left and right so that both carry about the same; each fills whole columns from top
    to bottom, its nearest nodes in the columns next to the centre.
    """
    filled = [side for side in sides if side.ids]
    left: list[Side] = []
    right: list[Side] = []
    for side in sorted(filled, key=lambda side: -len(side.ids)):
        lighter = min((left, right), key=lambda half: sum(len(other.ids) for other in half))
        lighter.append(side)
    positions: dict[str, Point] = {centre: (0.0, 0.0)}
    side_of: dict[str, str] = {}
    headings: list[tuple[str, Point, str]] = []
    for half, sign, name in ((left, -1.0, "left"), (right, 1.0, "right")):
        half.sort(key=filled.index)
        _fill(half, sign, name, positions, side_of, headings)
    ids = list(positions)
    points = np.array([positions[id_] for id_ in ids])
    tops = [point[1] for _, point, _ in headings]
    reach_x = float(np.abs(points[:, 0]).max()) + _MARGIN
    reach_y = max(float(np.abs(points[:, 1]).max()), *map(abs, tops), 0.0) + _MARGIN
    layout = Layout(positions, 2 * reach_x, 2 * reach_y)
    return Neighbourhood(layout, side_of, headings)


def _fill(
    half: Sequence[Side],
    sign: float,
    name: str,
    positions: dict[str, Point],
    side_of: dict[str, str],
    headings: list[tuple[str, Point, str]],
) -> None:
    total = sum(len(side.ids) for side in half)
    columns = max(1, round((total / 22) ** 0.5))
    rows_of = [-(-len(side.ids) // columns) for side in half]
    gap_rows = 2
    height = (sum(rows_of) + gap_rows * (len(half) - 1)) * _ROW
    y = -height / 2 + _ROW / 2
    for side, rows in zip(half, rows_of, strict=True):
        headings.append((side.label, (round(sign * _COLUMN * 0.62, 1), round(y - _ROW, 1)), name))
        for number, id_ in enumerate(side.ids):
            column, row = divmod(number, rows)
            at = y + row * _ROW
            # Rows further from the middle lean outwards, so that the ties do not run through the names.
            bulge = 0.35 * _COLUMN * (1 - (2 * at / (height + 4 * _ROW)) ** 2)
            x = sign * (_COLUMN * (0.62 + column) + bulge)
            positions[id_] = (round(x, 1), round(at, 1))
            side_of[id_] = name
        y += (rows + gap_rows) * _ROW
