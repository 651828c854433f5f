"""What one column may hold: concepts, each with a confidence and the reason, from its heading and its cells.

A confidence is no probability: it orders guesses, and what is below `SURE_ENOUGH` is not acted on. How often
guesses are right is measured on sheets made up beforehand (tests/formats/strangers).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cocommuns_graph.formats.guessing.contents import Contents
from cocommuns_graph.formats.guessing.headings import KEPT, Heading, concepts_of

SURE_ENOUGH = 0.5
"""The confidence from which a guess counts."""
_MOST = 0.97
_MANY = 0.8
_HALF = 0.5
_LONG = 60


@dataclass(frozen=True)
class Candidate:
    """A concept a column may hold. `why` is one of the reasons of `telling`, `words` what it speaks of."""

    concept: str
    confidence: float
    why: str
    words: str = ""
    language: str = ""


Fit = Callable[[Contents, str], float]

_MUST_FIT: Mapping[str, Fit] = {
    "e-mail": lambda cells, _: cells.emails,
    "telephone": lambda cells, column: cells.telephones(f"{column} tel"),
    "website": lambda cells, _: cells.websites if cells.emails < _HALF else 0.0,
    "orcid": lambda cells, _: cells.orcids,
    "country": lambda cells, _: cells.countries,
    "languages": lambda cells, _: cells.languages,
    "latitude": lambda cells, _: cells.between(-90, 90),
    "longitude": lambda cells, _: cells.between(-180, 180),
    "start": lambda cells, _: cells.dates,
    "end": lambda cells, _: cells.dates,
    "status": lambda cells, _: cells.among("status"),
    "sector": lambda cells, _: cells.among("sector"),
}
"""Which share of the cells is what the concept asks for."""


def candidates(column: str, cells: Contents) -> tuple[Candidate, ...]:
    """The concepts a column may hold, the likeliest first; none where nothing is known of it."""
    headings = concepts_of(column)
    found = [_checked(heading, cells, column) for heading in headings]
    found += _by_cells(cells, column, headings)
    best: dict[str, Candidate] = {}
    for each in found:
        if each.concept not in best or each.confidence > best[each.concept].confidence:
            best[each.concept] = each
    return tuple(sorted(best.values(), key=lambda each: -each.confidence))


def _checked(heading: Heading, cells: Contents, column: str) -> Candidate:
    """What a heading says, in the light of the cells."""

    def said(concept: str, confidence: float, why: str) -> Candidate:
        return Candidate(concept, round(confidence, 2), why, heading.words, heading.language)

    concept, score = heading.concept, heading.score
    if not cells.values:
        return said(concept, 0.6 * score, "heading of empty column")
    if fit := _MUST_FIT.get(concept):
        share = fit(cells, column)
        if share >= _MANY:
            return said(concept, _MOST * score, "heading and cells")
        if concept == "sector":
            return said("kind", 0.75 * score, "heading, other words")
        return said(concept, (0.65 if share >= _HALF else 0.2) * score, "heading, some cells")
    if concept in ("full name", "person") and cells.people < _HALF and cells.organisations > 1 - _MANY:
        return said("name", 0.85 * score, "heading")
    if _contradicted(concept, cells):
        return said(concept, 0.2 * score, "heading, other cells")
    sure = _MOST if concept in (KEPT, "first name", "last name", "full name") else 0.92
    return said(concept, sure * score, "heading")


def _contradicted(concept: str, cells: Contents) -> bool:
    """Whether cells are plainly something other than the text a heading speaks of."""
    if concept in (KEPT, "in language"):
        return False
    if concept == "id":
        return cells.distinct < 1.0 or cells.emails > 0 or cells.length > _LONG
    if max(cells.emails, cells.orcids) >= _HALF or (cells.websites >= _HALF and concept != "aliases"):
        return True
    if concept in ("person", "full name"):
        return cells.people < _HALF
    if concept in ("place", "role", "topics", "organisation", "kind") and cells.numbers >= _MANY:
        return True
    return concept in ("topics", "place", "kind", "role") and cells.length > 2 * _LONG and cells.lists < _HALF


def _by_cells(cells: Contents, column: str, headings: Sequence[Heading]) -> list[Candidate]:
    """What the cells say by themselves; less where the heading is known to mean something else."""
    found: list[Candidate] = []

    def add(concept: str, confidence: float, why: str) -> None:
        found.append(Candidate(concept, round(confidence, 2), why))

    if not cells.values:
        return found
    if cells.emails >= _MANY:
        add("e-mail", 0.95, "cells: e-mail")
    if cells.orcids >= _MANY:
        add("orcid", _MOST, "cells: ORCID")
    if headings and headings[0].concept == KEPT:
        return found
    if cells.telephones(column) >= _MANY:
        add("telephone", 0.85, "cells: telephone")
    if cells.websites >= _MANY and cells.emails < _HALF:
        add("website", 0.85, "cells: web address")
    if cells.countries >= 0.9 and (cells.short < _HALF or len(cells.values) > 2):
        add("country", 0.85 if cells.short < _HALF else 0.55, "cells: country")
    if cells.languages >= 0.9 and cells.countries < 0.9 and (cells.short < _HALF or len(cells.values) > 2):
        add("languages", 0.8 if cells.short < _HALF else 0.55, "cells: language")
    if cells.topics >= 0.6:
        add("topics", 0.8, "cells: known topics")
    if headings:
        return found
    if cells.organisations >= _HALF and cells.length < _LONG:
        add("organisation", 0.5 + 0.2 * cells.organisations, "cells: organisation")
    if cells.people >= _MANY and cells.distinct >= _HALF:
        add("person", 0.5 + 0.15 * cells.people, "cells: person")
    if cells.lists >= 0.6 and cells.countries < _HALF:
        add("topics", 0.55, "cells: list")
    if cells.length > 2 * _LONG:
        add("description", 0.6, "cells: long text")
    return found
