"""The glossary as a page to print and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from cocommuns_graph.gaps import Column, Table
from cocommuns_graph.model import MODEL, fold
from cocommuns_graph.reports.citing import citation
from cocommuns_graph.reports.glossary import letter
from cocommuns_graph.reports.html import Html, element, items, join, named
from cocommuns_graph.reports.page import Section, page
from cocommuns_graph.reports.tables import BETWEEN
from cocommuns_graph.reports.telling import Notes, details, who
from cocommuns_graph.reports.wording import Wording, wording

_KINDS = ("field", "skill", "term", "challenge")


def glossary_page(found: Mapping[str, Any], meta: Mapping[str, str]) -> str:
    """A glossary as one self-contained page, in the language asked for where reports are written in it.

    `found` is what `glossary` gives, `meta` where it comes from, by name.
    """
    words = wording(found["language"])
    terms: Sequence[Mapping[str, Any]] = found["terms"]
    anchors = {term["id"]: f"t{number}" for number, term in enumerate(terms, 1)}
    several = sum(bool(term["same_word"]) for term in terms)
    told = [
        words.text(
            "glossary.lead",
            terms=words.count("term", len(terms)),
            languages=words.together([words.language_name(code) for code in found["languages"]])
            or words.text("language_unknown"),
            order=words.language_name(found["language"]),
        ),
        words.count("several_meanings", several) if several else "",
        found["why"] if found["why"] and words.language == "en" else "",
    ]
    notes = Notes(words)
    lead = join(element("p", text, class_="lead") for text in told if text)
    sections = [
        Section(
            f"letter-{number}",
            initial,
            *_entries(list(group), words, anchors, notes),
            entries=True,
        )
        for number, (initial, group) in enumerate(groupby(terms, key=lambda term: letter(term["term"])), 1)
    ]
    title = words.text("glossary.title")
    sections += notes.section()
    return page(
        words, title=title, lead=lead, sections=sections, meta=meta, cite=citation(words, title, meta)
    )


def _entries(
    terms: list[Mapping[str, Any]], words: Wording, anchors: Mapping[str, str], notes: Notes
) -> list[Html]:
    """The entries of a letter; the meanings of one word stand side by side, numbered."""
    made: list[Html] = []
    for _, group in groupby(terms, key=lambda term: fold(term["term"])):
        meanings = list(group)
        made += [
            _entry(term, words, anchors, notes, number if len(meanings) > 1 else 0, len(meanings))
            for number, term in enumerate(meanings, 1)
        ]
    return made


def _entry(
    term: Mapping[str, Any],
    words: Wording,
    anchors: Mapping[str, str],
    notes: Notes,
    number: int,
    of: int,
) -> Html:
    heading = element(
        "h3",
        named(term["term"], term["language"] or None),
        element("span", words.text("glossary.meaning", number=number, of=of), class_="tag")
        if number
        else None,
        element("span", words.word("topic_kind", term["kind"]), class_="tag") if term["kind"] else None,
        notes.mark(term["sources"]),
        id=anchors[term["id"]],
    )
    return element(
        "article",
        heading,
        _labels(term, words),
        *(
            element("p", named(text, code or None))
            for code, text in _asked_first(term["definitions"], words.language)
        ),
        _line(words.text("glossary.context"), [words.family(each) for each in term["context"]]),
        *(
            _topic_line(words.text(f"glossary.{kind}"), term[kind], anchors)
            for kind in ("broader", "narrower", "related")
        ),
        _users(term["used_by"], words, notes),
        aria_labelledby=anchors[term["id"]],
    )


def _asked_first(texts: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    return sorted(texts.items(), key=lambda item: (item[0] != language, item[0]))


def _labels(term: Mapping[str, Any], words: Wording) -> Html:
    """The term in every language, with its other names in brackets."""
    codes = sorted({*term["labels"], *term["aliases"]}, key=lambda code: (code == "", code))
    lines = []
    for code in codes:
        aliases = term["aliases"].get(code, [])
        label = term["labels"].get(code, "")
        if label == term["term"] and not aliases and len(codes) == 1:
            continue
        text = join(
            [
                named(label, code or None) if label else None,
                f" ({words.text('glossary.also')} " if label and aliases else None,
                join((named(alias, code or None) for alias in aliases), ", ") if aliases else None,
                ")" if label and aliases else None,
            ]
        )
        name = words.language_name(code) if code else words.text("glossary.also_any")
        lines.append(element("div", element("dt", name), element("dd", text)))
    return element("dl", *lines, class_="labels") if lines else Html("")


def _line(what: str, parts: Sequence[str]) -> Html:
    return element("p", f"{what} ", join(map(named, parts), ", ")) if parts else Html("")


def _topic_line(what: str, topics: Sequence[Mapping[str, str]], anchors: Mapping[str, str]) -> Html:
    links = [element("a", named(topic["term"]), href=f"#{anchors[topic['id']]}") for topic in topics]
    return element("p", f"{what} ", join(links, ", "), class_="quiet") if links else Html("")


def _users(uses: Sequence[Mapping[str, Any]], words: Wording, notes: Notes) -> Html:
    """Who uses the term, grouped by how, with details and the rows that say so."""
    lines = []
    for (link, direction), group in groupby(uses, key=lambda use: (use["link"], use["direction"])):
        declared = MODEL.relationship(link)
        verb = (declared.reverse if direction == "in" else declared.text).in_language(words.language)
        people = [
            join([who(use, words), details(use["properties"], words), notes.mark(use["sources"])])
            for use in group
        ]
        lines.append(join([f"{verb} ", join(people, "; ")]))
    if not lines:
        return element("p", words.text("glossary.unused"), class_="quiet")
    return join([element("h4", words.text("glossary.used_by")), items(lines)])


def glossary_table(found: Mapping[str, Any]) -> Table:
    """A glossary as one table, a row a topic, columns by language."""
    words = wording(found["language"])
    codes = sorted({code for term in found["terms"] for part in _PARTS for code in term[part]})
    by_language = [f"{part}_{code}".rstrip("_") for code in codes for part in _PARTS]
    names = ["id", "term", "kind", *by_language, "context", "broader", "narrower", "related"]
    names += ["same_word_ids", "used_by", "used_by_ids", "sources"]
    rows = []
    for term in found["terms"]:
        texts = [_joined(term[part].get(code)) for code in codes for part in _PARTS]
        near = [
            _joined([topic["term"] for topic in term[kind]]) for kind in ("broader", "narrower", "related")
        ]
        users = list(dict.fromkeys((use["id"], use["name"]) for use in term["used_by"]))
        rows.append(
            (
                term["id"], term["term"], term["kind"], *texts, _joined(term["context"]), *near,
                _joined(term["same_word"]), _joined([name for _, name in users]),
                _joined([id_ for id_, _ in users]), _joined(term["sources"]),
            )
        )  # fmt: skip
    return Table(
        "glossary", words.text("glossary.title"), tuple(Column(name, name) for name in names), tuple(rows)
    )


_PARTS = ("labels", "aliases", "definitions")


def _joined(value: str | Sequence[str] | None) -> str:
    return value if isinstance(value, str) else BETWEEN.join(value or [])
