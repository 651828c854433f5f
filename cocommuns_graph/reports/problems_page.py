"""The register of problems as a page to print and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cocommuns_graph.gaps import Column, Table
from cocommuns_graph.network import OPEN, OVERCOME, PARTLY, STATUSES
from cocommuns_graph.reports.citing import citation
from cocommuns_graph.reports.html import Html, element, items, join, named
from cocommuns_graph.reports.page import Section, page
from cocommuns_graph.reports.tables import BETWEEN
from cocommuns_graph.reports.telling import Notes, details, who
from cocommuns_graph.reports.wording import Wording, wording

Found = Mapping[str, Any]


def problems_page(found: Found, meta: Mapping[str, str]) -> str:
    """A register of problems as one self-contained page, in the language asked for where reports are written
    in it.

    `found` is what `problems` gives, `meta` where it comes from, by name.
    """
    words = wording(found["language"])
    title = words.text("problems.title")
    counts = found["counts"]
    told = words.text(
        "problems.lead",
        problems=words.count("problem", len(found["problems"])),
        open=words.count("open_problem", counts[OPEN]),
        partly=words.count("partly_overcome_problem", counts[PARTLY]),
        overcome=words.count("overcome_problem", counts[OVERCOME]),
    )
    notes = Notes(words)
    sections = [
        Section(
            f"status-{number}",
            words.text(f"problems.{status.replace(' ', '_')}"),
            element("p", words.text(f"problems.{status.replace(' ', '_')}_means"), class_="quiet"),
            *(
                _entry(one, words, f"p{number}-{place}", notes)
                for place, one in enumerate((p for p in found["problems"] if p["status"] == status), 1)
            ),
            entries=True,
        )
        for number, status in enumerate(STATUSES, 1)
        if counts[status]
    ]
    sections += notes.section()
    lead = element("p", told if found["problems"] else words.text("problems.none"), class_="lead")
    return page(
        words, title=title, lead=lead, sections=sections, meta=meta, cite=citation(words, title, meta)
    )


def _entry(one: Found, words: Wording, anchor: str, notes: Notes) -> Html:
    return element(
        "article",
        element("h3", named(one["label"], one["language"] or None), notes.mark(one["sources"]), id=anchor),
        element("p", named(one["definition"])) if one["definition"] else None,
        _people(words.text("problems.faced_by"), [_actor(actor, words, notes) for actor in one["faced_by"]])
        or element("p", words.text("problems.faced_by_nobody"), class_="quiet"),
        _people(
            words.text("problems.overcome_by"), [_actor(actor, words, notes) for actor in one["overcome_by"]]
        ),
        _people(words.text("problems.ask"), [_asked(asked, words, notes) for asked in one["ask"]])
        or element("p", words.text("problems.ask_nobody"), class_="quiet"),
        aria_labelledby=anchor,
    )


def _people(what: str, parts: Sequence[Html]) -> Html:
    return join([element("h4", what), items(parts)]) if parts else Html("")


def _actor(actor: Found, words: Wording, notes: Notes) -> Html:
    return join([who(actor, words), details(actor, words), notes.mark(actor["sources"])])


def _asked(asked: Found, words: Wording, notes: Notes) -> Html:
    because = named(_reason(asked, words))
    return join([who(asked, words), words.text("colon"), because, notes.mark(asked["sources"])])


def why_ask(asked: Found, language: str) -> str:
    """Why somebody could be asked about a problem, as it stands behind the name: "works on it"."""
    return _reason(asked, wording(language))


def _reason(asked: Found, words: Wording) -> str:
    key = asked["why"].replace(" ", "_")
    near = "_near" if asked["topic"] and key in ("expert", "offers", "works") else ""
    return words.text(f"problems.because.{key}{near}", topic=asked["topic"])


_COLUMNS = (
    "id",
    "problem",
    "status",
    "definition",
    "faced_by",
    "faced_by_ids",
    "overcome_by",
    "overcome_by_ids",
    "how",
    "when",
    "could_be_asked",
    "could_be_asked_ids",
    "because",
    "sources",
)


def problems_table(found: Found) -> Table:
    """A register of problems as one table, a row a problem; several values in one cell are joined by `; `."""
    words = wording(found["language"])
    rows = []
    for one in found["problems"]:
        links = [*one["faced_by"], *one["overcome_by"]]
        sources = dict.fromkeys([*one["sources"], *(source for link in links for source in link["sources"])])
        rows.append(
            (
                one["id"],
                one["label"],
                words.text(f"problems.{one['status'].replace(' ', '_')}"),
                one["definition"],
                *_named(one["faced_by"]),
                *_named(one["overcome_by"]),
                BETWEEN.join(link["how"] for link in one["overcome_by"] if link["how"]),
                BETWEEN.join(link["when"] for link in one["overcome_by"] if link["when"]),
                *_named(one["ask"]),
                BETWEEN.join(_reason(asked, words) for asked in one["ask"]),
                BETWEEN.join(sources),
            )
        )
    columns = tuple(Column(name, name) for name in _COLUMNS)
    return Table("problems", words.text("problems.title"), columns, tuple(rows))


def _named(actors: Sequence[Found]) -> tuple[str, str]:
    return BETWEEN.join(actor["name"] for actor in actors), BETWEEN.join(actor["id"] for actor in actors)
