"""Whether names written on a map cover each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

Box = dict[str, float]


def overlapping(boxes: Sequence[Box]) -> list[tuple[Box, Box]]:
    """The pairs of boxes (left, top, right, bottom) that share any area."""
    return [
        (a, b)
        for a, b in itertools.combinations(boxes, 2)
        if a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] < b["bottom"]
        and b["top"] < a["bottom"]
    ]
