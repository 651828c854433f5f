"""Where everything goes around one record: in columns to its left and right, so that names can be read.

One unit is one pixel at zoom 1; y grows downwards. What is placed stays; what comes later, because somebody
looks further or because it is new, finds a free place beside what it is linked to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cocommuns_graph.maps.forces import Flags, Floats
from cocommuns_graph.maps.layout import Layout, Point

_ROW = 34.0
_COLUMN = 250.0
_FIRST = 0.62
_MARGIN = 46.0
_SPARE_ROWS = 12
_SQUARE = 2 * _COLUMN / _ROW


@dataclass(frozen=True)
class Side:
    """The nodes of one type on one side of a neighbourhood, nearest first."""

    label: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Arrangement:
    """Where records stand, by id, and the headings among them: a label, where it stands, on which side of
    the centre ("left" or "right")."""

    positions: Mapping[str, Point]
    headings: tuple[tuple[str, Point, str], ...] = ()

    def box(self, ids: Collection[str]) -> Layout:
        """The places of some of them, in a box around the origin that holds these and the headings."""
        there = {id_: self.positions[id_] for id_ in ids}
        points = [*there.values(), *(point for _, point, _ in self.headings)] or [(0.0, 0.0)]
        reach = np.abs(np.array(points)).max(axis=0) + _MARGIN
        return Layout(there, 2 * float(reach[0]), 2 * float(reach[1]))


def side_of(point: Point) -> str:
    """The side of the centre a place is on, which is where its name goes."""
    return "left" if point[0] < 0 else "right"


def around(centre: str, sides: Sequence[Side]) -> Arrangement:
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
    headings: list[tuple[str, Point, str]] = []
    for half, sign in ((left, -1.0), (right, 1.0)):
        half.sort(key=filled.index)
        _fill(half, sign, positions, headings)
    return Arrangement(positions, tuple(headings))


def _fill(
    half: Sequence[Side],
    sign: float,
    positions: dict[str, Point],
    headings: list[tuple[str, Point, str]],
) -> None:
    total = sum(len(side.ids) for side in half)
    columns = max(1, round((total / 22) ** 0.5))
    rows_of = [-(-len(side.ids) // columns) for side in half]
    gap_rows = 2
    height = (sum(rows_of) + gap_rows * (len(half) - 1)) * _ROW
    y = -height / 2 + _ROW / 2
    for side, rows in zip(half, rows_of, strict=True):
        at = (round(sign * _COLUMN * _FIRST, 1), round(y - _ROW, 1))
        headings.append((side.label, at, side_of(at)))
        for number, id_ in enumerate(side.ids):
            column, row = divmod(number, rows)
            positions[id_] = _slot(sign, column, y + row * _ROW, height / 2)
        y += (rows + gap_rows) * _ROW


def _slot(sign: float, column: int, y: float, half_height: float) -> Point:
    """A place in a column, the first being 0: rows far from the middle come nearer to it, so that ties do
    not run through the names."""
    lean = 1 - min(1.0, (y / (half_height + 2 * _ROW)) ** 2)
    return round(sign * (_COLUMN * (_FIRST + column) + 0.35 * _COLUMN * lean), 1), round(y, 1)


def beside(
    placed: Arrangement,
    newcomers: Sequence[tuple[str, str]],
    ties: Iterable[tuple[str, str]],
    centre: str,
    label_of: Mapping[str, str],
) -> Arrangement:
    """The arrangement with newcomers, pairs of an id and a label, each in the free place nearest to where it
    belongs; nothing that is placed moves, and its room and that of the headings stay theirs.

    What is linked to others than the centre belongs one column further out than they; what is linked to the
    centre alone belongs below those of its label (`label_of` tells that of the placed), else where there is
    more room. They are placed in the order given.
    """
    if not newcomers:
        return placed
    linked: dict[str, list[str]] = {}
    for a, b in ties:
        linked.setdefault(a, []).append(b)
        linked.setdefault(b, []).append(a)
    free = _FreePlaces(placed, len(newcomers))
    positions = dict(placed.positions)
    direct = {other for other in linked.get(centre, ()) if other in positions}
    for id_, label in newcomers:
        others = [positions[one] for one in linked.get(id_, ()) if one in positions and one != centre]
        if others:
            x, y = np.mean(np.array(others), axis=0)
            wanted = (float(x + (-_COLUMN if x < 0 else _COLUMN)), float(y))
        else:
            wanted = _below([positions[one] for one in direct if label_of.get(one) == label], positions)
        positions[id_] = free.take(wanted)
        direct.add(id_)
    return Arrangement(positions, placed.headings)


def _below(same: Sequence[Point], positions: Mapping[str, Point]) -> Point:
    """Below the others of a kind, in their inner column; else on the side with fewer records."""
    if same:
        inner = min(same, key=lambda point: abs(point[0]))
        column = [point for point in same if abs(point[0] - inner[0]) < _COLUMN / 2]
        return inner[0], max(point[1] for point in column) + _ROW
    balance = sum(1 if x > 0 else -1 for x, _ in positions.values() if x)
    sign = -1.0 if balance > 0 else 1.0
    lowest = max((y for x, y in positions.values() if x * sign > 0), default=-2 * _ROW)
    return sign * _COLUMN * _FIRST, lowest + 2 * _ROW


class _FreePlaces:
    """The places in columns that nothing stands in, enough for some newcomers."""

    def __init__(self, placed: Arrangement, newcomers: int) -> None:
        points = np.array(list(placed.positions.values()) or [(0.0, 0.0)])
        half_height = float(np.abs(points[:, 1]).max())
        rows = max(
            2 * int(half_height / _ROW) + _SPARE_ROWS,
            int((_SQUARE * (len(placed.positions) + newcomers)) ** 0.5),
        )
        columns = int(np.abs(points[:, 0]).max() / _COLUMN) + 3 + newcomers // rows
        grid = [
            _slot(sign, column, (row - rows / 2) * _ROW, half_height)
            for sign in (-1.0, 1.0)
            for column in range(columns)
            for row in range(rows + 1)
        ]
        self._places: Floats = np.array(grid)
        self._free: Flags = np.ones(len(grid), dtype=bool)
        for x, y in (*placed.positions.values(), *(point for _, point, _ in placed.headings)):
            self._block(x, y)

    def _block(self, x: float, y: float) -> None:
        """Takes the room of a record and its name, which goes away from the middle, from the free places."""
        there_x, there_y = self._places[:, 0], self._places[:, 1]
        near = (np.abs(there_x - x) < 0.9 * _COLUMN) & (np.abs(there_y - y) < 0.9 * _ROW)
        self._free &= ~(near & ((there_x * x > 0) | (np.abs(there_x - x) < 0.4 * _COLUMN)))

    def take(self, wanted: Point) -> Point:
        """The free place nearest to a point."""
        cost = np.abs(self._places[:, 0] - wanted[0]) + np.abs(self._places[:, 1] - wanted[1])
        best = int(np.argmin(np.where(self._free, cost, np.inf)))
        x, y = (float(value) for value in self._places[best])
        self._block(x, y)
        return x, y
