"""What a column can be read as in a table whose rows are of one kind, and which concepts mean that there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cocommuns_graph.formats.guessing.candidates import Candidate
from cocommuns_graph.formats.guessing.contents import Contents
from cocommuns_graph.formats.guessing.headings import KEPT
from cocommuns_graph.model import MODEL

LEFT_OUT = "leave out"
"""The meaning of a column that somebody says is not to be kept."""
NAMES: Mapping[str, tuple[str, ...]] = {
    "Expert": ("name", "first name", "last name"),
    "Organisation": ("name",),
    "Initiative": ("name",),
    "Topic": ("name", *(f"label_{code}" for code in ("en", "fr", "es", "it", "de"))),
}
"""Which meanings name a row of each kind; one of them must be there."""
DATES = frozenset({"start", "end"})

_PLACE = ("country", "place")
_MEANINGS: Mapping[str, tuple[str, ...]] = {
    "Expert": (
        "name", "first name", "last name", "organisation", "role", "topics", *_PLACE, "languages", "contact",
        "website", "orcid", "description", "aliases", "id",
    ),
    "Organisation": (
        "name", "aliases", "sector", "kind", "topics", *_PLACE, "latitude", "longitude", "languages",
        "website", "description", "member of", "partners", "person", "first name", "last name", "role",
        "contact", "id",
    ),
    "Initiative": (
        "name", "kind", "status", "start", "end", "organisation", "person", "contact", "topics", *_PLACE,
        "website", "description", "aliases", "id",
    ),
    "Topic": ("name", "aliases", "definition", "broader", "related", "id"),
}  # fmt: skip
_SEVERAL = frozenset({"topics", "contact", "aliases", "member of", "partners", "related", LEFT_OUT, KEPT, ""})
ALONE = frozenset(
    {meaning for meanings in _MEANINGS.values() for meaning in meanings} - _SEVERAL
    | {
        f"{name}_{code}"
        for name in ("label", "definition")
        for code in ("en", "fr", "es", "it", "de", "nl", "pt")
    }
)
"""The meanings only one column of a table can have."""

_CONTACTS = {"e-mail": "contact", "telephone": "contact"}
_CONCEPTS: Mapping[str, Mapping[str, str]] = {
    "Expert": {"full name": "name", "person": "name", "name": "name", **_CONTACTS},
    "Organisation": {"organisation": "name", "name": "name", **_CONTACTS},
    "Initiative": {"project": "name", "title": "name", "name": "name", "full name": "person", **_CONTACTS},
    "Topic": {"term": "name", "name": "name", "title": "name", "description": "definition", "label": "name"},
}
_HALF = 0.5
_LIKE_NAMES = 0.9


def meanings_of(kind: str) -> tuple[str, ...]:
    """What a column can be read as, in the order people look for it, beside being kept or left out."""
    if kind != "Topic":
        return _MEANINGS[kind]
    spoken = [
        f"{name}_{code}"
        for name in ("label", "definition")
        for code in ("en", "fr", "es", "it", "de", "nl", "pt")
    ]
    return (*_MEANINGS["Topic"], *spoken)


def in_row(
    kind: str,
    candidate: Candidate,
    cells: Contents,
    columns: Sequence[str],
    found: Mapping[str, Sequence[Candidate]],
) -> Iterator[tuple[str, float]]:
    """What a concept means in a table of such rows, and how sure that step is."""
    concept = candidate.concept
    first = {column: found[column][0].concept for column in columns if found[column]}
    if concept == KEPT:
        yield KEPT, 1.0
    elif kind == "Topic" and concept.endswith("in language"):
        name = concept.removesuffix("in language").strip() or "term"
        of = {"term": "label", "name": "label", "description": "definition"}.get(name, name)
        if of in ("label", "definition"):
            yield f"{of}_{candidate.language}", 1.0
        elif of == "aliases":
            yield "aliases", 1.0
    elif kind == "Organisation" and concept in ("full name", "person"):
        of_row = (
            concept == "full name" and cells.people < _LIKE_NAMES and "organisation" not in first.values()
        )
        of_row = of_row or (concept == "full name" and cells.organisations >= _HALF)
        yield ("name", 0.9) if of_row else ("person", 0.95)
    elif kind == "Organisation" and concept == "organisation":
        yield from (("name", 1.0 if cells.distinct >= _HALF else 0.8), ("member of", 0.75))
    elif kind == "Initiative" and concept in ("kind", "sector"):
        if cells.among("kind") >= _HALF:
            yield "kind", 1.0
    elif kind == "Expert" and concept == "name" and "first name" in first.values():
        yield ("last name" if "last name" not in first.values() else "name"), 0.95
    elif kind == "Expert" and concept == "title":
        yield "role", 0.6
    else:
        meaning = _CONCEPTS[kind].get(concept, concept)
        if meaning in _MEANINGS[kind]:
            yield meaning, 1.0


def declared(kind: str, meaning: str) -> bool:
    """Whether a meaning is a property of the records of a kind."""
    return MODEL.node(kind).property(meaning) is not None
