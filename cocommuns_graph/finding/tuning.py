"""How much each signal counts: balanced, or moved by a community's own past where that is shown to help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from cocommuns_graph.finding.lexical import Numbers
from cocommuns_graph.finding.signals import SIGNALS

_BALANCED = {
    "topics": 1.5,
    "profile": 1.0,
    "words": 1.0,
    "likeness": 1.5,
    "best": 1.0,
    "collected": 0.5,
    "own": 1.0,
    "standing": 1.0,
    "breadth": 0.0,
}
_PULL = 10.0
_FEWEST_HELD_OUT = 30
_MOST_ROUNDS = 200
_CUT = 10


@dataclass(frozen=True, slots=True)
class Past:
    """One initiative of the past asked as a question: its signals without it, and who took part.

    `signals` has a row an actor, `helped` a weight an actor (0: took no part), `about` is Query.about.
    """

    signals: Numbers
    helped: Numbers
    about: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of SIGNALS, in their order, for questions that list topics and for sentences.

    `gain` is the mean nDCG@10 by which they beat the balanced weights on the newest part of the past, which
    they were not fitted on, and `questions` how many those were; 0 where the balanced ones are used.
    """

    listed: tuple[float, ...]
    told: tuple[float, ...]
    gain: float = 0.0
    questions: int = 0

    def at(self, about: float) -> Numbers:
        """The weights for a question of which this share of the words names topics."""
        return about * np.array(self.listed) + (1 - about) * np.array(self.told)

    def as_dict(self) -> dict[str, Any]:
        """What `from_dict` reads; numbers and texts only."""
        return {
            "signals": list(SIGNALS),
            "listed": list(self.listed),
            "told": list(self.told),
            "gain": self.gain,
            "questions": self.questions,
        }

    @classmethod
    def from_dict(cls, told: Any) -> Weights | None:
        """Weights from what `as_dict` made; None where it is anything else."""
        try:
            if list(told["signals"]) != list(SIGNALS):
                return None
            listed, text = (tuple(float(number) for number in told[name]) for name in ("listed", "told"))
            gain, questions = float(told["gain"]), int(told["questions"])
        except (KeyError, TypeError, ValueError):
            return None
        if (
            len(listed) != len(SIGNALS)
            or len(text) != len(SIGNALS)
            or not np.isfinite((*listed, *text)).all()
        ):
            return None
        return cls(listed, text, gain, questions)


_START = tuple(_BALANCED[name] for name in SIGNALS)
BALANCED = Weights(_START, _START)


def tune(past: Sequence[Past]) -> Weights:
    """The weights for a community, from its own past in the order of time.

    A conditional logit (McFadden): who takes part is drawn from all actors with odds exp(weights x signals),
    pulled towards the balanced weights, so that little evidence moves them little. No weight but that of
    breadth may fall below 0: where whoever is known for little takes part more, what is not known counts for
    a record instead. The older two thirds are fitted and the newest third is asked; only where that answers
    better, by more than the standard error of the mean gain in nDCG@10, all of the past is fitted and used.
    The same past gives the same weights.
    """
    asked = [one for one in past if (one.helped > 0).any()]
    cut = len(asked) * 2 // 3
    held_out = asked[cut:]
    if len(held_out) < _FEWEST_HELD_OUT:
        return BALANCED
    first = _fit(asked[:cut])
    gains = np.array([_ndcg(one, first) - _ndcg(one, BALANCED) for one in held_out])
    gain = float(gains.mean())
    if gain <= float(gains.std(ddof=1)) / np.sqrt(len(gains)):
        return BALANCED
    final = _fit(asked)
    return Weights(final.listed, final.told, round(gain, 4), len(held_out))


def _fit(past: Sequence[Past]) -> Weights:
    start = np.concatenate([BALANCED.listed, BALANCED.told])
    size = len(SIGNALS)
    signals = [np.hstack([one.about * one.signals, (1 - one.about) * one.signals]) for one in past]
    total = sum(float(one.helped.sum()) for one in past)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        value = _PULL * float(((weights - start) ** 2).sum())
        slope = 2 * _PULL * (weights - start)
        for one, matrix in zip(past, signals, strict=True):
            odds = matrix @ weights
            odds -= odds.max()
            chance = np.exp(odds)
            spread = chance.sum()
            value -= float(one.helped @ (odds - np.log(spread)))
            slope += (one.helped.sum() * chance / spread - one.helped) @ matrix
        return value / total, slope / total

    bounds = [(None if name == "breadth" else 0, None) for name in SIGNALS]
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds * 2, options={"maxiter": _MOST_ROUNDS}
    ).x
    rounded = [round(float(weight), 4) for weight in found]
    return Weights(tuple(rounded[:size]), tuple(rounded[size:]))


def _ndcg(one: Past, weights: Weights) -> float:
    """nDCG@10 of who took part, whatever the role (Järvelin and Kekäläinen, binary gains)."""
    order = np.argsort(-(one.signals @ weights.at(one.about)), kind="stable")[:_CUT]
    discount = 1 / np.log2(np.arange(_CUT) + 2)
    met = (one.helped[order] > 0) * discount[: order.size]
    return float(met.sum() / discount[: min(_CUT, int((one.helped > 0).sum()))].sum())
