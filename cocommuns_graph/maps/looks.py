"""How the records of a map look: coloured and sized by what is known or measured, with a legend that says so.

A look goes by the order of the picture's nodes and changes neither the picture nor where anything stands.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from cocommuns_graph.maps.drawn import Picture, PictureNode
from cocommuns_graph.maps.forces import Flags, Floats, Ints
from cocommuns_graph.maps.shades import Values
from cocommuns_graph.model.look import OTHER, SEQUENTIAL, SERIES, UNKNOWN
from cocommuns_graph.wording import Wording

_SMALLEST, _LARGEST = 5.0, 20.0


@dataclass(frozen=True)
class Classes:
    """A division of records into classes: the colour and the words of each, and the class of each record."""

    title: str
    colors: tuple[str, ...]
    texts: tuple[str, ...]
    of: Ints


@dataclass(frozen=True)
class Look:
    """Colours and sizes of a picture's records; without `classes` each has the colour of its type, without
    `radii` the size the picture gives it."""

    picture: Picture
    classes: Classes | None
    radii: tuple[float, ...] | None
    size_title: str
    size_text: str
    say: Wording

    @cached_property
    def _stamp(self) -> str:
        return _digest([self.classes and self.classes.of.tolist(), self.radii, self.size_text])

    def shown(self, flags: Flags | None = None) -> dict[str, Any]:
        """The look as the live map takes it (see `maps.component`), with only some of the records shown."""
        kept = np.ones(len(self.picture.nodes), dtype=bool) if flags is None else flags
        legend = self.legend(kept)
        look: dict[str, Any] = {"legend": legend}
        if self.classes is not None:
            look["palette"] = [{"color": color} for color in self.classes.colors]
            look["color"] = self.classes.of.tolist()
        if self.radii is not None:
            look["size"] = list(self.radii)
        if flags is not None:
            look["shown"] = flags.astype(int).tolist()
        marked = [] if flags is None else np.flatnonzero(flags).tolist()
        look["version"] = _digest([self._stamp, legend, marked, flags is None])
        return look

    def legend(self, kept: Flags) -> list[dict[str, Any]]:
        """What colours, shapes and sizes mean, with how many of the records that are shown have each."""
        nodes = [node for node, is_kept in zip(self.picture.nodes, kept.tolist(), strict=True) if is_kept]
        by_type = Counter(node.type for node in nodes)
        types = [
            {
                "title": "" if self.classes is None else self.say("Shape"),
                "text": entry.plural,
                "color": entry.color if self.classes is None else OTHER,
                "shape": entry.shape,
                "count": by_type[entry.type],
            }
            for entry in self.picture.legend
            if by_type[entry.type]
        ]
        size = {"title": self.size_title, "text": self.size_text}
        return [*self._classes_legend(kept), *types, size] if self.picture.nodes else []

    def tells_type(self, entry: Mapping[str, Any]) -> bool:
        """Whether a line of the legend is about a type of record."""
        return str(entry["title"]) == ("" if self.classes is None else self.say("Shape"))

    def _classes_legend(self, kept: Flags) -> list[dict[str, Any]]:
        if self.classes is None:
            return []
        counts = np.bincount(self.classes.of[kept], minlength=len(self.classes.colors))
        return [
            {"title": self.classes.title, "text": text, "color": color, "shape": "dot", "count": int(count)}
            for text, color, count in zip(self.classes.texts, self.classes.colors, counts, strict=True)
            if count
        ]


def look(picture: Picture, color: Values | None, size: Values | None, say: Wording) -> Look:
    """The look of a picture: colours by some values, sizes by others; None leaves them as they are."""
    classes = None if color is None else classed(picture.nodes, color, say)
    if size is None:
        text = say("the more links on this map, the larger")
        return Look(picture, classes, None, say("Size"), text, say)
    radii, text = _radii(picture.nodes, size, say)
    return Look(picture, classes, radii, say("Size: {what}", what=size.title), text, say)


def classed(nodes: Sequence[PictureNode], values: Values, say: Wording) -> Classes:
    """The classes of some values: numbers in five by quantiles, texts the most frequent first, the rest as
    other; records without a value are a class of their own."""
    number = {node.id: place for place, node in enumerate(nodes)}
    there = {id_: value for id_, value in values.of.items() if id_ in number}
    if values.is_number:
        colors, texts, class_of = _ranges({id_: float(value) for id_, value in there.items()}, say)
    else:
        colors, texts, class_of = _most_frequent(
            {id_: str(value) for id_, value in there.items()}, values, say
        )
    of = np.full(len(nodes), len(colors), dtype=np.int64)
    for id_, class_ in class_of.items():
        of[number[id_]] = class_
    title = say("Colour: {what}", what=values.title)
    return Classes(title, (*colors, UNKNOWN), (*texts, values.unknown), of)


def _most_frequent(
    there: Mapping[str, str], values: Values, say: Wording
) -> tuple[list[str], list[str], dict[str, int]]:
    counted = Counter(there.values())
    ordered = [text for text in values.order if text in counted]
    if not ordered:
        ordered = sorted(counted, key=lambda text: (-counted[text], values.word(text).casefold(), text))
    first = ordered if len(ordered) <= len(SERIES) + 1 else ordered[: len(SERIES)]
    first = first[: len(SERIES)]
    class_of = {text: number for number, text in enumerate(first)}
    colors, texts = list(SERIES[: len(first)]), [values.word(text) for text in first]
    if left := len(ordered) - len(first):
        colors.append(OTHER)
        texts.append(say.count("{n} other value", "{n} other values", left))
    return colors, texts, {id_: class_of.get(text, len(first)) for id_, text in there.items()}


def _ranges(there: Mapping[str, float], say: Wording) -> tuple[list[str], list[str], dict[str, int]]:
    """At most five classes, each of about as many records as the others; equal numbers share a class."""
    if not there:
        return [], [], {}
    numbers = np.array(list(there.values()))
    lows = _lows(numbers, len(SEQUENTIAL))
    class_of = np.searchsorted(lows, numbers, side="right") - 1
    texts = []
    for class_ in range(len(lows)):
        inside = numbers[class_of == class_]
        low, high = _number(float(inside.min()), say), _number(float(inside.max()), say)
        texts.append(low if low == high else say("{low} to {high}", low=low, high=high))
    step = (len(SEQUENTIAL) - 1) / max(1, len(lows) - 1)
    colors = [SEQUENTIAL[round(class_ * step)] for class_ in range(len(lows))]
    return colors, texts, dict(zip(there, class_of.tolist(), strict=True))


def _lows(numbers: Floats, most: int) -> Floats:
    """The least number of each class. A number that many have fills a class, and the others are shared among
    the classes that are left: most actors between nobody do not hide the differences among the few."""
    values, counts = np.unique(numbers, return_counts=True)
    if len(values) <= most:
        return values
    lows: list[float] = []
    waiting, filled = float(counts.sum()), 0
    for place, (value, count) in enumerate(zip(values.tolist(), counts.tolist(), strict=True)):
        left = most - len(lows)
        if place == 0 or (left and filled + count / 2 > waiting / (left + 1)):
            waiting -= filled
            filled = 0
            lows.append(value)
        filled += count
    return np.array(lows)


def _radii(nodes: Sequence[PictureNode], values: Values, say: Wording) -> tuple[tuple[float, ...], str]:
    """Radii whose discs grow in area with the numbers, and the words for what is smallest and largest."""
    there = {
        node.id: float(values.of[node.id]) for node in nodes if values.is_number and node.id in values.of
    }
    if not there:
        return tuple(_SMALLEST for _ in nodes), say("nothing on this map has a number for it")
    low, high = min(there.values()), max(there.values())
    reach = (high - low) or 1.0
    radii = tuple(
        round(_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt((there[node.id] - low) / reach), 1)
        if node.id in there
        else _SMALLEST
        for node in nodes
    )
    told = {"low": _number(low, say), "high": _number(high, say)}
    if len(there) < len(nodes):
        return radii, say(
            "from {low} to {high}; as small as the least: {unknown}", unknown=values.unknown, **told
        )
    return radii, say("from {low} to {high}", **told)


def _number(value: float, say: Wording) -> str:
    """A number short enough for a legend: years and counts whole, small ones with what tells them apart."""
    value = round(value, 9)
    if value.is_integer():
        return str(int(value)) if 1000 <= value < 3000 else say.number(value)
    return say.number(value, 2 if abs(value) >= 1 else 3 if abs(value) >= 0.01 else 5)


def _digest(content: object) -> str:
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("ascii"), digest_size=8).hexdigest()
