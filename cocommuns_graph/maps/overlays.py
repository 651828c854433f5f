"""What is drawn over a map: a chain from one record to another, and what is missing in the network."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from cocommuns_graph.gaps import Gap, Gaps, Introduction
from cocommuns_graph.network import Chain
from cocommuns_graph.wording import Wording


@dataclass(frozen=True)
class Told:
    """One thing an overlay shows, in a sentence, with the ids it is about, what could be done about it, and
    whether any of it is on the map."""

    text: str
    ids: tuple[str, ...]
    suggestion: str
    on_map: bool

    def as_dict(self) -> dict[str, Any]:
        """It as plain values."""
        return {
            "text": self.text,
            "ids": list(self.ids),
            "suggestion": self.suggestion,
            "on_map": self.on_map,
        }


@dataclass
class Overlay:
    """Ties and marks drawn over a map, as `maps.component` takes them, and what they say one by one."""

    ties: list[dict[str, Any]] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)
    legend: list[dict[str, Any]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """It as plain values."""
        return {
            "ties": self.ties,
            "marks": self.marks,
            "legend": self.legend,
            "told": [one.as_dict() for one in self.told],
        }


def chain_overlay(chain: Chain, say: Wording) -> Overlay:
    """A chain drawn over the map, each step with its sentence."""
    ties = [
        {"source": here, "target": there, "kind": "chain", "text": step.text}
        for (here, there), step in zip(pairwise(chain.ids), chain.steps, strict=True)
    ]
    return Overlay(ties, [], [{"title": "", "text": say("Chain"), "kind": "chain"}], [])


def held_together(found: Gaps, ids: Collection[str], say: Wording) -> Overlay:
    """Who holds the network together: cut-points and bridges."""
    made = Overlay()
    for gap in _of(found, "cut-point"):
        made.marks.append({"id": gap.subjects[0], "kind": "cutpoint", "text": gap.title})
    for gap in _of(found, "bridge"):
        one, other = gap.subjects[:2]
        made.ties.append({"source": one, "target": other, "kind": "bridge", "text": gap.title})
    made.told = [_told(gap, ids) for gap in _of(found, "cut-point", "bridge")]
    made.legend = [
        _entry(say("Without them the network falls apart"), "cutpoint", len(made.marks)),
        _entry(say("The only tie between two parts"), "bridge", len(made.ties)),
    ]
    return made


def who_should_meet(found: Gaps, ids: Collection[str], say: Wording) -> Overlay:
    """Who should meet: the ties that are missing, each with its first reason."""
    made = Overlay()
    for one in found.introductions:
        text = _meeting(one, say)
        made.ties.append({"source": one.a, "target": one.b, "kind": "missing", "text": text})
        made.told.append(Told(text, (one.a, one.b), "", one.a in ids and one.b in ids))
    made.legend = [_entry(say("Not linked, and should meet"), "missing", len(made.ties))]
    return made


def _meeting(one: Introduction, say: Wording) -> str:
    a, b = one.names
    if not one.reasons:
        return say("{a} and {b} should meet.", a=a, b=b)
    return say("{a} and {b} should meet: {reason}", a=a, b=b, reason=one.reasons[0])


def thin_topics(found: Gaps, ids: Collection[str], say: Wording) -> Overlay:
    """Topics in demand that nobody, or one alone, is known to know about."""
    made = Overlay()
    for kind, mark in (("topic-without-expert", "nobody"), ("topic-on-one", "thin")):
        for gap in _of(found, kind):
            made.marks.append({"id": gap.subjects[0], "kind": mark, "text": gap.title})
            made.told.append(_told(gap, ids))
    none = sum(mark["kind"] == "nobody" for mark in made.marks)
    made.legend = [
        _entry(say("Topics in demand without an expert"), "nobody", none),
        _entry(say("Topics in demand with one alone"), "thin", len(made.marks) - none),
    ]
    return made


def isolated(found: Gaps, ids: Collection[str], say: Wording) -> Overlay:
    """Actors without any link to another."""
    made = Overlay()
    for gap in _of(found, "isolate"):
        made.marks.append({"id": gap.subjects[0], "kind": "isolate", "text": gap.title})
        made.told.append(_told(gap, ids))
    made.legend = [_entry(say("Linked with nobody"), "isolate", len(made.marks))]
    return made


GAP_OVERLAYS: Mapping[str, Callable[[Gaps, Collection[str], Wording], Overlay]] = {
    "holders": held_together,
    "meet": who_should_meet,
    "topics": thin_topics,
    "isolated": isolated,
}
"""The overlays of gaps by the word that stands for them in an address."""


def gap_words(say: Wording) -> dict[str, str]:
    """What each overlay of gaps shows, in words."""
    return {
        "holders": say("Who holds it together"),
        "meet": say("Who should meet"),
        "topics": say("Topics with nobody or one"),
        "isolated": say("Who is linked with nobody"),
    }


def merged(overlays: Iterable[Overlay]) -> Overlay:
    """Several overlays as one, in their order."""
    made = Overlay()
    for one in overlays:
        made.ties += one.ties
        made.marks += one.marks
        made.legend += one.legend
        made.told += one.told
    return made


def _of(found: Gaps, *kinds: str) -> Sequence[Gap]:
    return [gap for gap in found.gaps if gap.kind in kinds]


def _told(gap: Gap, ids: Collection[str]) -> Told:
    main = gap.subjects[: 2 if gap.kind == "bridge" else 1]
    return Told(gap.title, gap.subjects, gap.suggestion, all(one in ids for one in main))


def _entry(text: str, kind: str, count: int) -> dict[str, Any]:
    return {"title": "", "text": text, "kind": kind, "count": count}
