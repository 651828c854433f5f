"""Measures as charts need them: who ranks first, how values are spread, how two measures go together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import mean, median
from typing import Any

from cocommuns_graph.desk.measuring import Metrics
from cocommuns_graph.wording import Wording

_MOST_APART, _BINS = 30, 20
Shown = dict[str, Any]


def values_of(found: Metrics, measure: str) -> dict[str, float]:
    """The value of every actor for whom a measure is defined, by id."""
    at = found.columns.index(measure)
    return {row[0]: row[at] for row in found.rows if row[at] is not None}


def points(found: Metrics, x: str, y: str | None, groups: Mapping[str, str]) -> list[Shown]:
    """One point an actor for whom the measures are defined, those with the highest `x` first.

    Returns:
        [{"id", "name", "group" (empty if unknown), "x", "y" (where a second measure is asked for)}]. Names
        that several carry have their id behind them.
    """
    across = values_of(found, x)
    up = values_of(found, y) if y else across
    names = {row[0]: str(row[1]) for row in found.rows}
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    made = [
        {
            "id": id_,
            "name": f"{names[id_]} ({id_})" if names[id_] in shared else names[id_],
            "group": groups.get(id_, ""),
            "x": value,
            **({"y": up[id_]} if y else {}),
        }
        for id_, value in across.items()
        if id_ in up
    ]
    return sorted(made, key=lambda point: (-point["x"], point["name"].casefold(), point["id"]))


def spread(found: Metrics, measure: str, say: Wording) -> Shown:
    """How the values of a measure are spread.

    Returns:
        {"bins": [{"from", "to", "label", "actors"}], "text"}. Few different whole numbers have a bin each,
        else there are twenty of one width. `text` tells the least, the median, the mean and the highest.
    """
    values = sorted(values_of(found, measure).values())
    if not values:
        return {"bins": [], "text": say("The measure is defined for nobody here.")}
    undefined = len(found.rows) - len(values)
    text = say(
        "From {low} to {high}, half of all up to {middle}, {average} on average.",
        low=_rounded(values[0]),
        high=_rounded(values[-1]),
        middle=_rounded(median(values)),
        average=_rounded(mean(values)),
    )
    if undefined:
        text += " " + say.count(
            "It is undefined for {n} actor.", "It is undefined for {n} actors.", undefined
        )
    return {"bins": _bins(values, say), "text": text}


def _bins(values: Sequence[float], say: Wording) -> list[Shown]:
    low, high = values[0], values[-1]
    whole = all(float(value).is_integer() for value in values)
    if whole and high - low < _MOST_APART:
        counts = Counter(int(value) for value in values)
        return [
            {"from": n, "to": n, "label": say.number(n), "actors": counts[n]}
            for n in range(int(low), int(high) + 1)
        ]
    width = (high - low) / _BINS or 1.0
    counted = Counter(min(int((value - low) / width), _BINS - 1) for value in values)
    bins = []
    for place in range(_BINS if high > low else 1):
        start, end = low + place * width, low + (place + 1) * width
        label = f"{say.number(_rounded(start))} – {say.number(_rounded(end))}"
        bins.append({"from": start, "to": end, "label": label, "actors": counted[place]})
    return bins


def together(found: Metrics, x: str, y: str, say: Wording) -> str:
    """How two measures go together, in a sentence: Spearman's rank correlation over those that have both.

    Spearman (1904), The proof and measurement of association between two things; ties share mean ranks.
    """
    import numpy as np
    from scipy.stats import rankdata

    across, up = values_of(found, x), values_of(found, y)
    both = [id_ for id_ in across if id_ in up]
    one = rankdata([across[id_] for id_ in both]) if both else np.zeros(0)
    other = rankdata([up[id_] for id_ in both]) if both else np.zeros(0)
    if len(both) < 3 or not one.std() or not other.std():
        return say("Too few different values to say how the two go together.")
    return say(
        "Rank correlation (Spearman) {rho}, over {n} actors who have both: 1 is the same order, "
        "0 none in common, -1 the reverse.",
        rho=round(float(np.corrcoef(one, other)[0, 1]), 2),
        n=len(both),
    )


def _rounded(value: float) -> float:
    """A value with three figures that count, as a sentence needs it."""
    return float(f"{value:.3g}") if abs(value) < 1000 else round(value)
