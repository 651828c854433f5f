"""A shortlist as a page to print and as a table: who, why, where it is written, how to reach them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cocommuns_graph.gaps import Column, Table
from cocommuns_graph.reports.citing import citation
from cocommuns_graph.reports.html import Html, anchor, element, items, join, named
from cocommuns_graph.reports.page import Section, page
from cocommuns_graph.reports.tables import BETWEEN
from cocommuns_graph.reports.telling import Notes
from cocommuns_graph.reports.wording import Wording, wording

Found = Mapping[str, Any]
_COLUMNS = (
    "place",
    "id",
    "name",
    "type",
    "why",
    "found_by",
    "note",
    "confirmed_on",
    "contact",
    "sources",
)


def shortlist_page(found: Found, meta: Mapping[str, str], language: str) -> str:
    """A shortlist as one self-contained page, in the language where reports are written in it.

    `found` is what `Desk.shortlist` gives, its texts told in the language already; `meta` says where it comes
    from, by name.
    """
    words = wording(language)
    notes = Notes(words)
    entries = found["entries"]
    sections = [
        Section(
            "records",
            words.text("shortlist.records"),
            *(_entry(one, number, words, notes) for number, one in enumerate(entries, 1)),
        )
    ]
    sections += notes.section()
    lead = join(
        [
            element("p", named(found["note"]), class_="lead") if found["note"] else None,
            element(
                "p", words.count("shortlisted", len(entries)) if entries else words.text("shortlist.none")
            ),
        ]
    )
    title = found["name"]
    return page(
        words,
        title=title,
        lead=lead,
        sections=sections if entries else (),
        meta=meta,
        cite=citation(words, title, meta),
    )


def _entry(one: Found, number: int, words: Wording, notes: Notes) -> Html:
    where = f"record-{number}"
    confirmed = words.date(one["confirmed"]) if one["confirmed"] else words.text("shortlist.never")
    return element(
        "article",
        element(
            "h3",
            f"{number}. ",
            named(one["name"]),
            " ",
            element("span", one["word"], class_="tag"),
            notes.mark(one["sources"]),
            id=where,
        ),
        element("p", named(one["note"]), class_="suggestion") if one["note"] else None,
        _why(one, words, notes),
        element("h4", words.text("shortlist.contact")),
        items([_route(route, words) for route in one["routes"]])
        or element("p", words.text("shortlist.no_contact"), class_="quiet"),
        element("p", words.text("shortlist.confirmed", date=confirmed), class_="quiet"),
        aria_labelledby=where,
    )


def _why(one: Found, words: Wording, notes: Notes) -> Html:
    if not one["search"]:
        return Html("")
    found_by = element("p", words.text("shortlist.found_by"), words.text("colon"), named(one["found_by"]))
    reasons = [join([named(reason["text"]), notes.mark(reason["sources"])]) for reason in one["reasons"]]
    return join(
        [
            element("h4", words.text("shortlist.why")),
            found_by,
            items(reasons) or element("p", words.text("shortlist.no_reason"), class_="quiet"),
        ]
    )


def _route(route: Found, words: Wording) -> Html:
    text = anchor(route["url"], route["text"]) if route["url"] else named(route["text"])
    return join([route["word"], words.text("colon"), text])


def shortlist_table(found: Found, language: str) -> Table:
    """A shortlist as one table, a row a record; several values in one cell are joined by `; `."""
    colon = wording(language).text("colon")
    rows = tuple(
        (
            number,
            one["record"],
            one["name"],
            one["word"],
            BETWEEN.join(reason["text"] for reason in one["reasons"]),
            one["found_by"],
            one["note"],
            one["confirmed"],
            BETWEEN.join(_in_a_cell(route, colon) for route in one["routes"]),
            BETWEEN.join(_sources(one)),
        )
        for number, one in enumerate(found["entries"], 1)
    )
    return Table("shortlist", found["name"], tuple(Column(name, name) for name in _COLUMNS), rows)


def _in_a_cell(route: Found, colon: str) -> str:
    address = f" <{route['url']}>" if route["url"] and route["url"] != route["text"] else ""
    return f"{route['word']}{colon}{route['text']}{address}"


def _sources(one: Found) -> list[str]:
    cited = [source for reason in one["reasons"] for source in reason["sources"]]
    return list(dict.fromkeys([*one["sources"], *cited]))
