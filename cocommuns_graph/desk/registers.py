"""The glossary and the register of problems as a screen shows them, in the words of its language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.worded import property_word, value_words
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.errors import NotFound
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.wording import Wording

if TYPE_CHECKING:
    from cocommuns_graph.reports import Hit

Found = Mapping[str, Any]
Rows = list[dict[str, Any]]


def term_rows(found: Found, say: Wording) -> Rows:
    """One row a term of a glossary, in its order.

    Returns:
        [{"id", "term", "shown" (with who means it so, where the word has several meanings), "letter", "kind"
        (as stored), "users" (how many), "found_as" (empty)}]
    """
    from cocommuns_graph.reports import letter

    return [
        {
            "id": term["id"],
            "term": term["term"],
            "shown": _shown(term, say),
            "letter": letter(term["term"]),
            "kind": term["kind"],
            "users": len({use["id"] for use in term["used_by"]}),
            "found_as": "",
        }
        for term in found["terms"]
    ]


def looked_up(rows: Rows, hits: Iterable[Hit], say: Wording) -> Rows:
    """The rows of the topics that were looked up, the likeliest first.

    Each has the term it was found by, if that is another.
    """
    by_id = {row["id"]: row for row in rows}
    return [
        {**by_id[hit.topic], "found_as": _found_as(by_id[hit.topic], hit, say)}
        for hit in hits
        if hit.topic in by_id
    ]


def _found_as(row: Mapping[str, Any], hit: Hit, say: Wording) -> str:
    if hit.text == row["term"]:
        return ""
    return f"{hit.text} ({say.language_name(hit.language)})" if hit.language else hit.text


def _shown(term: Found, say: Wording) -> str:
    if not (term["same_word"] and term["context"]):
        return str(term["term"])
    return f"{term['term']} ({', '.join(say.choice(each) for each in term['context'])})"


def term(found: Found, identifier: str, say: Wording) -> dict[str, Any]:
    """One term with all that its word means.

    Returns:
        {"id", "term", "meanings": [{"id", "term", "kind", "labels": [{"language", "text", "also": []}],
        "definitions": [{"language", "text"}], "context": [], "broader", "narrower", "related": [{"id",
        "term"}], "uses": [{"text", "users": [{"id", "name", "about", "details", "sources"}]}], "sources"}]},
        the meaning that was asked for first.

    Raises:
        NotFound: the glossary has no such term.
    """
    terms = {one["id"]: one for one in found["terms"]}
    if identifier not in terms:
        raise NotFound(f"the glossary has no term {shorten(identifier)!r}")
    asked = terms[identifier]
    meanings = [asked, *(terms[other] for other in asked["same_word"])]
    return {
        "id": identifier,
        "term": asked["term"],
        "meanings": [_meaning(one, found["language"], say) for one in meanings],
    }


def _meaning(one: Found, language: str, say: Wording) -> dict[str, Any]:
    codes = sorted({*one["labels"], *one["aliases"]}, key=lambda code: (code != language, code == "", code))
    definitions = sorted(one["definitions"].items(), key=lambda told: (told[0] != language, told[0]))
    return {
        "id": one["id"],
        "term": one["term"],
        "kind": say.choice(one["kind"]),
        "labels": [
            {
                "language": say.language_name(code) if code else "",
                "text": one["labels"].get(code, ""),
                "also": one["aliases"].get(code, []),
            }
            for code in codes
        ],
        "definitions": [
            {"language": say.language_name(code) if code else "", "text": text} for code, text in definitions
        ],
        "context": [say.choice(each) for each in one["context"]],
        **{name: one[name] for name in ("broader", "narrower", "related", "sources")},
        "uses": [
            {"text": _verb(link, direction, say), "users": [_user(use, say) for use in uses]}
            for (link, direction), uses in groupby(
                one["used_by"], key=lambda use: (use["link"], use["direction"])
            )
        ],
    }


def _verb(link: str, direction: str, say: Wording) -> str:
    declared = MODEL.relationship(link)
    return say.words(declared.reverse if direction == "in" else declared.text)


def _user(use: Found, say: Wording) -> dict[str, Any]:
    details = (
        f"{property_word(use['link'], name, say)}: {value_words(use['link'], name, value, say)}"
        for name, value in use["properties"].items()
        if value not in (None, "", [])
    )
    return {
        "id": use["id"],
        "name": use["name"],
        "about": about(use, say),
        "details": "; ".join(details),
        "sources": use["sources"],
    }


def about(actor: Found, say: Wording) -> str:
    """What somebody is, in brackets behind a name: "organisation, cooperative"."""
    word = say.words(MODEL.node(actor["type"]).singular)
    return f"{word}, {say.choice(actor['family'])}" if actor["family"] else word


def problem_rows(found: Found, say: Wording) -> Rows:
    """One row a problem of a register, in its order.

    Returns:
        [{"id", "label", "status" (as in `network.Problem`), "status_word", "definition", "faced_by",
        "overcome_by", "ask" (names), "sectors" (of those who face or have overcome it), "topics" (ids of the
        topics it is part of or beside)}]
    """
    return [
        {
            "id": one["id"],
            "label": one["label"],
            "status": one["status"],
            "status_word": say.choice(one["status"]),
            "definition": one["definition"],
            **{name: _names(one[name]) for name in ("faced_by", "overcome_by", "ask")},
            "sectors": sorted({who["family"] for who in (*one["faced_by"], *one["overcome_by"])} - {""}),
            "topics": [topic["id"] for topic in one["topics"]],
        }
        for one in found["problems"]
    ]


def _names(actors: Sequence[Found]) -> list[str]:
    return list(dict.fromkeys(actor["name"] for actor in actors))


def problem(found: Found, identifier: str, say: Wording) -> dict[str, Any]:
    """One problem as it is told.

    Returns:
        {"id", "label", "status", "status_word", "definition", "topics": [{"id", "term"}], "faced_by",
        "overcome_by", "ask": [{"id", "name", "about", "why", "when", "sources"}], "sources"}. `why` says how
        it is faced, how it was overcome, or why this one could be asked.

    Raises:
        NotFound: the register has no such problem.
    """
    from cocommuns_graph.reports import why_ask

    one = next((each for each in found["problems"] if each["id"] == identifier), None)
    if one is None:
        raise NotFound(f"the register has no problem {shorten(identifier)!r}")
    return {
        **{name: one[name] for name in ("id", "label", "status", "definition", "topics", "sources")},
        "status_word": say.choice(one["status"]),
        "faced_by": [_concerned(actor, actor["how"], say) for actor in one["faced_by"]],
        "overcome_by": [_concerned(actor, actor["how"], say) for actor in one["overcome_by"]],
        "ask": [_concerned(asked, why_ask(asked, say.language), say) for asked in one["ask"]],
    }


def _concerned(actor: Found, why: str, say: Wording) -> dict[str, Any]:
    return {
        "id": actor["id"],
        "name": actor["name"],
        "about": about(actor, say),
        "why": why,
        "when": say.date(actor["when"]) if actor.get("when") else "",
        "sources": actor["sources"],
    }
