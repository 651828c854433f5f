"""How much each signal counts, and how the signals of records become scores that are the sum of their parts.

Who takes part in initiatives does so in one of two ways: as one who helps (mentors, leads, speaks, owns) or
as one who learns (participates, attends). What speaks for the one hardly speaks for the other: helpers are
known by what they did before, learners by what they say of themselves. So there are weights for each way, and
a record counts by whichever of the two it is likelier to be there for, learners for half.

The weights are the same for every community: docs/decisions/0013 tells how they were chosen, and why they are
not fitted to each community's own past.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from cocommuns_graph.finding.lexical import Numbers
from cocommuns_graph.finding.signals import SIGNALS

_LEARNERS_COUNT = 0.5


def _in_order(weights: Mapping[str, float]) -> Numbers:
    return np.array([weights.get(name, 0.0) for name in SIGNALS])


HELPS = _in_order(
    {
        "topics": 1.5,
        "profile": 1.5,
        "words": 1.0,
        "likeness": 1.0,
        "best": 1.0,
        "own": 0.5,
        "led": 1.5,
        "standing": 1.0,
    }
)
LEARNS = _in_order({"topics": 1.0, "profile": 1.0, "likeness": 3.0, "best": 2.0, "own": 2.0})


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of records, from 0 to 1, and the parts that add up to each: (records, signals)."""

    total: Numbers
    parts: Numbers = field(repr=False)


def score(signals: Numbers, learners: float, extra: Numbers | None = None) -> Scores:
    """Records by their signals (records, signals); `extra` are further columns, weight included.

    `learners` is how many take part as learners for each who helps (links of the community). For each way of
    taking part a record has odds exp(weights x signals) among all records of the answer, a conditional logit
    (McFadden); the chances of the two ways are added up, the second for _LEARNERS_COUNT of its share. The
    score is the logarithm of that sum, moved and stretched so that it is 0 where nothing speaks for a record
    and 1 where it is first by all that counts. Its parts are the weighted signals of the two ways, each way
    as far as the sum is due to it, stretched alike.
    """
    beside = np.zeros((signals.shape[0], 0)) if extra is None else extra
    ways = [(HELPS, 1.0)]
    if learners > 0:
        ways.append((LEARNS, _LEARNERS_COUNT * learners))
    spoken = [np.hstack([signals * weights, beside]) for weights, _ in ways]
    odds = [values.sum(axis=1) for values in spoken]
    offsets = [np.log(share) - np.logaddexp.reduce(each) for each, (_, share) in zip(odds, ways, strict=True)]
    most = float(beside.max(axis=0, initial=0.0).sum())
    chances = np.stack([each + offset for each, offset in zip(odds, offsets, strict=True)])
    sums = np.logaddexp.reduce(chances, axis=0)
    low = float(np.logaddexp.reduce(offsets))
    high = float(
        np.logaddexp.reduce(
            [weights.sum() + most + offset for (weights, _), offset in zip(ways, offsets, strict=True)]
        )
    )
    total = ((sums - low) / (high - low)).clip(0, 1)
    parts = np.einsum("wr,wrs->rs", np.exp(chances - sums), np.stack(spoken))
    whole = parts.sum(axis=1)
    stretch = np.divide(total, whole, out=np.zeros_like(total), where=whole > 0)
    return Scores(total, parts * stretch[:, None])
