"""From the likeness of two names to that of two records: what else speaks for it, and what against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from cocommuns_graph.duplicates.likeness import Likeness, Usage, likeness
from cocommuns_graph.duplicates.records import Record
from cocommuns_graph.model import fold

_ENOUGH = 0.35
_ALIAS = 0.98
_SAME_ORCID, _OTHER_ORCID = 0.98, 0.1
_MAIL, _SITE, _PLACE, _NEIGHBOUR = 0.15, 0.3, 0.8, 0.92
_MOST_NEIGHBOURS = 4
_ONLY_MAIL, _ONLY_SITE = 0.6, 0.72
_OTHER_COUNTRY, _OTHER_PLACE, _OTHER_SITE = 0.75, 0.88, 0.96
_LINKED, _OTHER_YEAR, _OTHER_CONTEXT, _OTHER_KIND = 0.6, 0.6, 0.6, 0.85
_OTHER_SPELLING = 0.7


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against it: its kind and the values it is told with."""

    kind: str
    values: dict[str, str] = field(default_factory=dict)
    against: bool = False


@dataclass(slots=True)
class Verdict:
    """How likely two records are one, from 0 to 1, and why."""

    score: float
    reasons: list[Reason]

    def support(self, left: float, reason: Reason) -> None:
        """Leaves only a part of the doubt, where the names do not speak against it."""
        self.reasons.append(reason)
        if self.score >= _ENOUGH:
            self.score = 1 - (1 - self.score) * left

    def doubt(self, factor: float, reason: Reason) -> None:
        """Leaves only a part of the score."""
        self.reasons.append(Reason(reason.kind, reason.values, against=True))
        self.score *= factor

    def at_least(self, score: float) -> None:
        """Raises the score."""
        self.score = max(self.score, score)


def judged(one: Record, other: Record, usage: Usage, rare_site: bool) -> Verdict:
    """How likely two records of one label are one; `rare_site` where no third record shares their site."""
    alike, called = _best_names(one, other, usage)
    kinds = alike.kinds if alike.score >= _ENOUGH else ()
    verdict = Verdict(alike.score, [Reason(kind, dict(zip("ab", called, strict=True))) for kind in kinds])
    for weigh in _WEIGHED:
        weigh(verdict, one, other)
    _sites(verdict, one, other, rare_site)
    _identifiers(verdict, one, other)
    verdict.score = min(1.0, max(0.0, verdict.score))
    return verdict


def _best_names(one: Record, other: Record, usage: Usage) -> tuple[Likeness, tuple[str, str]]:
    best, called = Likeness(0.0), ("", "")
    for i, a in enumerate(one.names):
        for j, b in enumerate(other.names):
            found = likeness(a, b, usage)
            if i or j:
                found = Likeness(found.score * _ALIAS, found.kinds)
            if found.score > best.score:
                best, called = found, (a.text, b.text)
        if best.score >= 1:
            break
    return best, called


def _places(verdict: Verdict, one: Record, other: Record) -> None:
    here, there = one.node.text("country"), other.node.text("country")
    if here and there and here != there:
        verdict.doubt(_OTHER_COUNTRY, Reason("other country", {"a": here, "b": there}))
    elif one.place and other.place:
        places = {"a": one.node.text("place"), "b": other.node.text("place")}
        if one.place == other.place:
            verdict.support(_PLACE, Reason("same place", places))
        elif Indel.normalized_similarity(one.place, other.place) < _OTHER_SPELLING:
            # Bruxelles and Brussels are neither the same word nor two places.
            verdict.doubt(_OTHER_PLACE, Reason("other place", places))


def _neighbours(verdict: Verdict, one: Record, other: Record) -> None:
    if other.id in one.neighbours:
        verdict.doubt(_LINKED, Reason("linked"))
    shared = one.neighbours & other.neighbours
    if shared:
        left = _NEIGHBOUR ** min(len(shared), _MOST_NEIGHBOURS)
        verdict.support(left, Reason("neighbours", {"n": str(len(shared))}))


def _years(verdict: Verdict, one: Record, other: Record) -> None:
    here, there = one.node.text("start")[:4], other.node.text("start")[:4]
    if here and there and here != there:
        verdict.doubt(_OTHER_YEAR, Reason("other year", {"a": here, "b": there}))


def _uses(verdict: Verdict, one: Record, other: Record) -> None:
    """Topics of one word used otherwise, and things of another kind."""
    here, there = (set(map(fold, record.node.texts("context"))) for record in (one, other))
    if here and there and here.isdisjoint(there):
        values = {"a": "; ".join(one.node.texts("context")), "b": "; ".join(other.node.texts("context"))}
        verdict.doubt(_OTHER_CONTEXT, Reason("other context", values))
    if one.node.label in ("Topic", "Initiative"):
        kinds = one.node.text("kind"), other.node.text("kind")
        if all(kinds) and kinds[0] != kinds[1]:
            verdict.doubt(_OTHER_KIND, Reason("other kind", dict(zip("ab", kinds, strict=True))))


def _sites(verdict: Verdict, one: Record, other: Record, rare: bool) -> None:
    if not one.site or not other.site:
        return
    if one.site == other.site:
        verdict.support(_SITE, Reason("same website", {"site": one.site}))
        if rare and one.node.label == "Organisation" and not any(r.kind == "linked" for r in verdict.reasons):
            verdict.at_least(_ONLY_SITE)
    elif "/" not in one.site + other.site:
        verdict.score *= _OTHER_SITE


def _identifiers(verdict: Verdict, one: Record, other: Record) -> None:
    if shared := sorted(one.emails & other.emails):
        verdict.support(_MAIL, Reason("same e-mail", {"email": shared[0]}))
        verdict.at_least(_ONLY_MAIL)
    here, there = one.node.text("orcid"), other.node.text("orcid")
    if here and there:
        if here == there:
            verdict.reasons.append(Reason("same orcid", {"orcid": here}))
            verdict.at_least(_SAME_ORCID)
        else:
            verdict.doubt(1.0, Reason("other orcid", {"a": here, "b": there}))
            verdict.score = min(verdict.score, _OTHER_ORCID)


_WEIGHED: tuple[Callable[[Verdict, Record, Record], None], ...] = (_places, _years, _uses, _neighbours)
