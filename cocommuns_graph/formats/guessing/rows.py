"""What each row of a table is: a person, an organisation, an initiative or a topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cocommuns_graph.formats.guessing.candidates import SURE_ENOUGH, Candidate
from cocommuns_graph.formats.guessing.contents import Contents
from cocommuns_graph.formats.guessing.headings import KEPT, vocabulary
from cocommuns_graph.model import fold

KINDS = ("Expert", "Organisation", "Initiative", "Topic")
Votes = dict[str, float]

_BY_CONCEPT: Mapping[str, Mapping[str, float]] = {
    "first name": {"Expert": 2.0},
    "last name": {"Expert": 2.0},
    "orcid": {"Expert": 2.0},
    "role": {"Expert": 0.7},
    "languages": {"Expert": 0.3},
    "e-mail": {"Expert": 0.3, "Organisation": 0.2},
    "telephone": {"Expert": 0.2, "Organisation": 0.2},
    "kind": {"Organisation": 0.6, "Initiative": 0.4},
    "sector": {"Organisation": 1.0},
    "latitude": {"Organisation": 0.5},
    "member of": {"Organisation": 0.7},
    "website": {"Organisation": 0.3, "Initiative": 0.2},
    "project": {"Initiative": 2.0},
    "status": {"Initiative": 0.7},
    "start": {"Initiative": 0.5},
    "end": {"Initiative": 0.7},
    "term": {"Topic": 2.0},
    "term in language": {"Topic": 1.5},
    "definition in language": {"Topic": 1.0},
    "definition": {"Topic": 1.5},
    "broader": {"Topic": 1.0},
    "related": {"Topic": 0.7},
    "in language": {"Topic": 0.8},
}
_EVIDENCE_PER_CONCEPT = 2
_HINT = 1.2
_TITLE = 12


def votes(
    name: str, columns: Sequence[str], found: Mapping[str, Sequence[Candidate]], cells: Mapping[str, Contents]
) -> Votes:
    """How much speaks for each kind of row: columns only such rows have, names, the name of the table."""
    total: Votes = dict.fromkeys(KINDS, 0.0)
    told = {
        column: found[column][0]
        for column in columns
        if found[column] and found[column][0].confidence >= SURE_ENOUGH
    }
    seen: dict[str, int] = {}
    for candidate in told.values():
        seen[candidate.concept] = seen.get(candidate.concept, 0) + 1
        if seen[candidate.concept] <= _EVIDENCE_PER_CONCEPT:
            for kind, weight in _BY_CONCEPT.get(candidate.concept, {}).items():
                total[kind] += weight * candidate.confidence
    _by_names(total, columns, told, cells)
    for kind in _hints(name):
        total[kind] += _HINT
    return total


def _by_names(
    total: Votes, columns: Sequence[str], told: Mapping[str, Candidate], cells: Mapping[str, Contents]
) -> None:
    """Who or what the columns of names speak for: the one that tells the rows apart and comes first."""
    place = {column: number for number, column in enumerate(columns)}

    def first(*concepts: str) -> str | None:
        return next(
            (column for column in columns if column in told and told[column].concept in concepts), None
        )

    parts = first("first name", "last name")
    person, organisation, title = (
        first("full name", "person"),
        first("organisation"),
        first("title", "project"),
    )
    if title is not None and told[title].concept == "title":
        # Before names of people a short title is a form of address, a long one that of their work.
        works = cells[title].length >= _TITLE and cells[title].distinct >= 0.9
        if parts is None:
            total["Initiative"] += 0.9 + 0.6 * works
        elif works:
            total["Initiative"] += 2.5
            total["Expert"] -= 2.5
    if (name := first("name")) is not None:
        total["Organisation"] += 1.5 * cells[name].organisations
        total["Expert"] += 1.3 * cells[name].people if parts is None else 0.0
        if organisation is not None and cells[name].people > cells[name].organisations:
            total["Expert"] += 0.7
    if organisation is not None and parts is None and name is None and title is None:
        alone = cells[organisation].distinct >= 0.9
        ahead = person is None or place[organisation] < place[person]
        total["Organisation"] += 1.8 if alone and ahead else 0.6
    if person is not None and title is None and parts is None:
        ahead = organisation is None or place[person] < place[organisation]
        looks = cells[person].people >= 0.5 or not cells[person].values
        total["Expert"] += (1.8 if ahead and name is None else 0.5) * looks
    if (
        any(told.get(column) and told[column].concept == KEPT for column in columns)
        and organisation is not None
    ):
        total["Organisation"] += 0.2


def _hints(name: str) -> list[str]:
    """The kinds of row that the name of a file or sheet speaks of."""
    said = set(fold(name).split("-"))
    listed = {kind: {fold(word) for word in words} for kind, words in vocabulary()["rows"].items()}
    return [kind for kind in KINDS if said & listed[kind]]
