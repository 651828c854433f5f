"""The register of problems as a page to print and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cocommuns_graph.gaps import Column, Table
from cocommuns_graph.reports.citing import citation
from cocommuns_graph.reports.html import Html, element, items, join, named
from cocommuns_graph.reports.page import Section, page
from cocommuns_graph.reports.problems import OPEN, STATUSES
from cocommuns_graph.reports.tables import BETWEEN
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
        partly=words.count("partly_overcome_problem", counts["partly overcome"]),
        overcome=words.count("overcome_problem", counts["overcome"]),
    )
    sections = [
        Section(
            f"status-{number}",
            words.text(f"problems.{status.replace(' ', '_')}"),
            element("p", words.text(f"problems.{status.replace(' ', '_')}_means"), class_="quiet"),
            *(
                _entry(one, words, f"p{number}-{place}")
                for place, one in enumerate((p for p in found["problems"] if p["status"] == status), 1)
            ),
        )
        for number, status in enumerate(STATUSES, 1)
        if counts[status]
    ]
    lead = element("p", told if found["problems"] else words.text("problems.none"), class_="lead")
    return page(
        words, title=title, lead=lead, sections=sections, meta=meta, cite=citation(words, title, meta)
    )


def _entry(one: Found, words: Wording, anchor: str) -> Html:
    return element(
        "article",
        element("h3", named(one["label"], one["language"] or None), id=anchor),
        element("p", named(one["definition"])) if one["definition"] else None,
        _people(words.text("problems.faced_by"), [_actor(actor, words) for actor in one["faced_by"]])
        or element("p", words.text("problems.faced_by_nobody"), class_="quiet"),
        _people(words.text("problems.overcome_by"), [_actor(actor, words) for actor in one["overcome_by"]]),
        _people(words.text("problems.ask"), [_asked(asked, words) for asked in one["ask"]])
        or element("p", words.text("problems.ask_nobody"), class_="quiet"),
        element("p", words.text("sources", sources=BETWEEN.join(one["sources"])), class_="sources")
        if one["sources"]
        else None,
        aria_labelledby=anchor,
    )


def _people(what: str, parts: Sequence[Html]) -> Html:
    return join([element("h4", what), items(parts)]) if parts else Html("")


def _who(actor: Found, words: Wording) -> Html:
    about = words.type(actor["type"])
    if actor["family"]:
        about += f", {words.family(actor['family'])}"
    return join([named(actor["name"]), f" ({about})"])


def _actor(actor: Found, words: Wording) -> Html:
    how = join([": ", named(actor["how"])]) if actor["how"] else None
    when = f", {words.date(actor['when'])}" if actor["when"] else None
    return join([_who(actor, words), when, how, _sources(actor)])


def _asked(asked: Found, words: Wording) -> Html:
    return join([_who(asked, words), ": ", named(_reason(asked, words)), _sources(asked)])


def _reason(asked: Found, words: Wording) -> str:
    key = asked["why"].replace(" ", "_")
    near = "_near" if asked["topic"] and key in ("expert", "offers", "works") else ""
    return words.text(f"problems.because.{key}{near}", topic=asked["topic"])


def _sources(actor: Found) -> Html | None:
    if not actor["sources"]:
        return None
    return join([" ", element("span", f"[{BETWEEN.join(actor['sources'])}]", class_="sources")])


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
