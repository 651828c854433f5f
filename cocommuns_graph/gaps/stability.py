"""How firm a rank is: what becomes of it when some of the ties turn out to be missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHARES = (0.05, 0.10)
FIRST = 10
_BAND = (5, 95)
Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]


def draw(ties: int, seed: int, draws: int = 100) -> dict[float, Mask]:
    """Random subsets of ties with 5 and 10 per cent dropped: one row a draw, True where a tie is left.

    Each draw drops exactly that share, rounded up, so that a small graph is shaken as well.
    """
    random = np.random.default_rng(seed)
    made: dict[float, Mask] = {}
    for share in SHARES:
        dropped = min(ties, int(np.ceil(share * ties)))
        masks = np.ones((draws, ties), dtype=bool)
        for row in masks:
            row[random.choice(ties, dropped, replace=False)] = False
        made[share] = masks
    return made


def ranks(scores: Sequence[float] | Scores) -> NDArray[np.int64]:
    """Ranks from 1, best first; equal scores share the better rank."""
    values = np.round(np.asarray(scores, dtype=float), 9)
    ordered = np.sort(-values)
    return np.asarray(np.searchsorted(ordered, -values, side="left") + 1, dtype=np.int64)


def stability(
    score: Callable[[Mask], Scores], count: int, masks: Mapping[float, Mask], most_draws: int = 100
) -> list[dict[str, Any]]:
    """For each of `count` ranked things, how firm its rank is.

    `score` gives their scores with some ties left out. Returns one dict a thing: `first` (the k of "among the
    first k": ten, or half where fewer than twenty are ranked), `draws`, and `dropped`: for each share of ties
    dropped `share`, `stays` (share of draws in which it is among the first k) and `band` (5th and 95th
    percentile of its rank).
    """
    if not count:
        return []
    first = min(FIRST, max(1, count // 2))
    found: list[dict[str, Any]] = [{"first": first, "draws": 0, "dropped": []} for _ in range(count)]
    for share, rows in masks.items():
        drawn = np.array([ranks(score(row)) for row in rows[:most_draws]])
        low, high = np.percentile(drawn, _BAND, axis=0, method="nearest")
        stays = (drawn <= first).mean(axis=0)
        for place, one in enumerate(found):
            one["draws"] = len(drawn)
            one["dropped"].append(
                {
                    "share": share,
                    "stays": round(float(stays[place]), 3),
                    "band": [int(low[place]), int(high[place])],
                }
            )
    return found
