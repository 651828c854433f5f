"""A proposed team as a page to print and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cocommuns_graph.gaps import Column, Table
from cocommuns_graph.reports.citing import citation
from cocommuns_graph.reports.html import Html, element, items, join, named
from cocommuns_graph.reports.page import Section, page
from cocommuns_graph.reports.tables import BETWEEN
from cocommuns_graph.reports.wording import wording
from cocommuns_graph.wording import Wording

Found = Mapping[str, Any]
_COLUMNS = ("team", "member", "member_id", "type", "need", "reason", "sources", "commitments")


def team_page(found: Found, brief: str, meta: Mapping[str, str], say: Wording) -> str:
    """A team as one self-contained page. `found` is what `Desk.team` gives, `brief` what was asked."""
    words = wording(say.language)
    title = say("Who covers it together?")
    lead = join(
        [
            element("p", found["why"], class_="lead"),
            element("p", say("What was asked: {needs}", needs=brief)) if brief else None,
        ]
    )
    sections = [Section("team", say("The team"), *(_member(one, say) for one in found["members"]))]
    if found["missing"]:
        told = [
            element("span", element("strong", _need(one["kind"], one["name"], say)), ": ", one["why"])
            for one in found["missing"]
        ]
        sections.append(Section("missing", say("Nobody covers this"), items(told)))
    for number, other in enumerate(found["alternatives"], 1):
        members = [_adds(member, say) for member in other["members"]]
        sections.append(Section(f"other-{number}", say("Another team, {n}", n=number), items(members)))
    return page(
        words, title=title, lead=lead, sections=sections, meta=meta, cite=citation(words, title, meta)
    )


def _member(member: Found, say: Wording) -> Html:
    told = [
        element(
            "span",
            element("strong", _need(reason["kind"], reason["name"], say)),
            ": ",
            named(reason["text"]),
            element("span", f" ({BETWEEN.join(reason['sources'])})", class_="quiet"),
        )
        for reason in member["reasons"]
    ]
    busy = say.count("{n} commitment already", "{n} commitments already", member["load"])
    about = f"{member['word']}, {busy}" if member["load"] else member["word"]
    return element(
        "article", element("h3", named(member["name"])), element("p", about, class_="quiet"), items(told)
    )


def _need(kind: str, name: str, say: Wording) -> str:
    """What a need is called; of a language, a country or a sector with the word for what it is."""
    words = {"language": say("Language"), "country": say("Country"), "sector": say("Sector")}
    return f"{words[kind]} {name}" if kind in words else name


def _adds(member: Found, say: Wording) -> Html:
    return element("span", element("strong", named(member["name"])), ": ", say.together(member["names"]))


def team_table(found: Found, say: Wording) -> Table:
    """A team and the others as one table, a row for each need that a member covers, then what is missing."""
    rows: list[tuple[str | int, ...]] = []
    for number, team in enumerate((found, *found["alternatives"]), 1):
        for member in team["members"]:
            for reason in member["reasons"]:
                rows.append(
                    (
                        number,
                        member["name"],
                        member["id"],
                        member["word"],
                        reason["name"],
                        reason["text"],
                        BETWEEN.join(reason["sources"]),
                        member["load"],
                    )
                )
    rows += [(1, "", "", "", one["name"], one["why"], "", "") for one in found["missing"]]
    return Table(
        "team", say("Who covers it together?"), tuple(Column(name, name) for name in _COLUMNS), tuple(rows)
    )
