"""The gap report: what is missing in the network, in plain words first, then figures, tables, method."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cocommuns_graph.gaps import Column, Gap, Gaps, Introduction, KindFound, Table
from cocommuns_graph.model import Graph
from cocommuns_graph.reports.citing import citation
from cocommuns_graph.reports.gap_figures import (
    Drawing,
    brokers_figure,
    coverage_figure,
    mixing_figure,
    network_figure,
)
from cocommuns_graph.reports.html import Html, element, items, join, named
from cocommuns_graph.reports.page import Section, page
from cocommuns_graph.reports.tables import table_html
from cocommuns_graph.reports.wording import Wording, value_word, wording

_SHOWN, _TABLE_ROWS = 4, 10
_MOST_HEADLINES = 7
_FIRST_OF_ALL = (
    "introduction",
    "solved-elsewhere",
    "topic-without-expert",
    "shared-need",
    "cut-point",
    "diverging-positions",
    "topic-on-one",
    "mixing",
    "coverage-hole",
    "open-problem",
    "broker",
    "one-contact",
    "separate-part",
)
_TABLE_OF = {
    "topic-without-expert": ("thin-topics",),
    "coverage-hole": ("coverage",),
    "shared-need": ("shared-needs",),
    "cut-point": ("cut-points",),
    "bridge": ("bridges",),
    "separate-part": ("components",),
    "broker": ("brokers",),
    "one-contact": ("families",),
    "mixing": ("mixing",),
    "open-problem": ("problems",),
    "diverging-positions": ("positions",),
    "not-asked": ("completeness",),
}
_IN_FULL_ALREADY = ("introductions",)


def gap_page(found: Gaps, graph: Graph, drawing: Drawing, meta: Mapping[str, str]) -> str:
    """The gap report as one self-contained page, in the language of the gaps.

    `graph` is what they were found in, `drawing` where its actors stand, `meta` where it comes from, by name.
    """
    words = wording(found.language)
    title = words.text("gaps.title")
    lead = join([element("p", summary(found, words), class_="lead"), _headlines(found, words)])
    sections = [
        Section("network", words.text("gaps.network"), network_figure(found, graph, drawing, words)),
        _introductions(found, words),
        *_kinds(found, words),
        *_rest(found, words),
        Section(
            "method",
            words.text("gaps.method"),
            element("p", words.text("gaps.method_lead")),
            items(found.method),
            *_methods(found, words),
            element("h3", words.text("gaps.limits")),
            items(found.limits),
        ),
    ]
    return page(
        words,
        title=title,
        lead=lead,
        sections=[section for section in sections if any(section.content)],
        meta=meta,
        cite=citation(words, title, meta),
    )


def summary(found: Gaps, words: Wording) -> str:
    """The network in two or three sentences: who is in it, how tied, in how many parts."""
    network = found.network
    said = [
        words.text(
            "gaps.summary",
            actors=words.count("actor", int(network["nodes"])),
            ties=words.count("tie", int(network["ties"])),
            parts=words.count("part", int(network["components"])),
        )
    ]
    if network.get("isolates"):
        said.append(words.count("isolate", int(network["isolates"])))
    if met := network.get("acquaintance"):
        said.append(
            words.text(
                "gaps.summary_met",
                parts=words.count("part", int(met["components"])),
                largest=int(met["largest_component"]),
            )
        )
    return " ".join(said)


# -- headlines ----------------------------------------------------------------------------------------------


def headlines(found: Gaps, words: Wording) -> list[tuple[str, str]]:
    """Three to seven things to act on: what it is about and how many there are, then a sentence or two.

    The first gap of each kind, the kinds that most often lead to something first; where too few were found,
    what was looked for without finding any.
    """
    picked: list[tuple[str, str]] = []
    first = {gap.kind: gap for gap in reversed(found.gaps)}
    kinds = {kind.name: kind for kind in found.kinds}
    order = [*(name for name in _FIRST_OF_ALL if name == "introduction" or name in kinds)]
    order += [name for name in kinds if name not in order]
    for name in order:
        if name == "introduction":
            if found.introductions:
                picked.append(_introduced(found.introductions[0], len(found.introductions), words))
        elif name in first:
            gap = first[name]
            about = words.text("gaps.about", title=kinds[name].title, n=kinds[name].count)
            picked.append((about, f"{_sentence(gap.title)} {gap.suggestion}".strip()))
    picked = picked[:_MOST_HEADLINES]
    for kind in found.kinds:
        if len(picked) >= 3:
            break
        if kind.nothing:
            picked.append((words.text("gaps.about_nothing", title=kind.title), kind.nothing))
    return picked


def _introduced(one: Introduction, count: int, words: Wording) -> tuple[str, str]:
    about = words.text("gaps.about", title=words.text("gaps.introductions"), n=count)
    return about, words.text(
        "gaps.introduce",
        a=one.names[0],
        b=one.names[1],
        reason=_sentence(one.reasons[0]) if one.reasons else "",
    ).strip()


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.!?…' else '.'}"


def _headlines(found: Gaps, words: Wording) -> Html:
    made = [join([element("strong", about), " ", named(text)]) for about, text in headlines(found, words)]
    return element(
        "section",
        element("h2", words.text("gaps.headlines"), id="headlines"),
        element("ol", *(element("li", one) for one in made)),
        class_="headline",
        aria_labelledby="headlines",
    )


# -- kinds --------------------------------------------------------------------------------------------------


def _kinds(found: Gaps, words: Wording) -> list[Section]:
    figures = _figures(found, words)
    sections = []
    for kind in found.kinds:
        gaps = [gap for gap in found.gaps if gap.kind == kind.name]
        tables = [
            table_html(_for_page(found.tables[name]), words, _TABLE_ROWS, found.by)
            for name in _TABLE_OF.get(kind.name, ())
            if name in found.tables and _for_page(found.tables[name]).rows
        ]
        sections.append(
            Section(
                f"kind-{kind.name}",
                kind.title,
                element("p", element("em", kind.question), " ", kind.why),
                figures.pop(_FIGURE_OF.get(kind.name, ""), Html("")),
                _found(gaps, kind, words),
                *tables,
            )
        )
    return sections


_FIGURE_OF = {"coverage-hole": "coverage", "broker": "brokers", "mixing": "mixing"}


def _for_page(table: Table) -> Table:
    """A table as a page has room for it: without the rows and columns that only a program has a use for."""
    tells, left_out = _ON_PAGE.get(table.name, (None, ()))
    if tells is None:
        return table
    shown = [number for number, row in enumerate(table.as_dicts()) if tells(row)]
    columns = [n for n, column in enumerate(table.columns) if column.name not in left_out]
    return replace(
        table,
        columns=tuple(table.columns[n] for n in columns),
        rows=tuple(tuple(table.rows[number][n] for n in columns) for number in shown),
    )


_ON_PAGE: Mapping[str, tuple[Callable[[Mapping[str, Any]], bool], tuple[str, ...]]] = {
    "coverage": (lambda row: bool(row["hole"] and row["helped"]), ("hole", "supply", "helped")),
    "families": (lambda row: bool(row["only_through"]), ()),
    "mixing": (lambda row: bool(row["ties"] or row["expected"]), ()),
}
"""For each table too long for a page which rows tell a reader something, and which columns do not."""


def _figures(found: Gaps, words: Wording) -> dict[str, Html]:
    made = {}
    for name, draw in (("mixing", mixing_figure), ("coverage", coverage_figure), ("brokers", brokers_figure)):
        if name in found.tables:
            made[name] = draw(found.tables[name], words, found.by)
    return made


def _found(gaps: Sequence[Gap], kind: KindFound, words: Wording) -> Html:
    if not gaps:
        return element("p", kind.nothing, class_="quiet")
    shown = [element("li", _gap(gap, words)) for gap in gaps[:_SHOWN]]
    left = len(gaps) - len(shown)
    more = element("p", words.count("more_gaps", left), class_="quiet") if left else None
    return join([element("ol", *shown, class_="gaps"), more])


def _gap(gap: Gap, words: Wording) -> Html:
    return join(
        [
            element(
                "p",
                element("strong", named(_sentence(gap.title))),
                element("span", words.text(f"confidence.{gap.confidence}"), class_="tag"),
            ),
            element("p", named(gap.suggestion)) if gap.suggestion else None,
            element("p", named(" ".join([gap.basis.text, *firmness(gap.evidence, words)])), class_="quiet"),
        ]
    )


def firmness(evidence: Mapping[str, Any], words: Wording) -> list[str]:
    """How firm a rank is, in a sentence; none where the evidence has no rank or its stability."""
    stability = evidence.get("stability") or {}
    dropped = stability.get("dropped") or []
    if not dropped or evidence.get("rank") is None:
        return []
    last = dropped[-1]
    return [
        words.text(
            "gaps.firm",
            rank=evidence["rank"],
            share=words.percent(float(last["share"])),
            low=last["band"][0],
            high=last["band"][1],
            draws=stability["draws"],
        )
    ]


def _introductions(found: Gaps, words: Wording) -> Section:
    shown = [element("li", _introduction(one, found, words)) for one in found.introductions[: 2 * _SHOWN]]
    content = (
        element("ol", *shown, class_="gaps") if shown else element("p", words.text("gaps.nobody_to_meet"))
    )
    left = len(found.introductions) - len(shown)
    return Section(
        "introductions",
        words.text("gaps.introductions"),
        element("p", words.text("gaps.introductions_why")),
        content,
        element("p", words.count("more_gaps", left), class_="quiet") if left else Html(""),
    )


def _introduction(one: Introduction, found: Gaps, words: Wording) -> Html:
    pair = words.text("figure.pair", a=one.names[0], b=one.names[1])
    families = words.text(
        "figure.pair",
        a=value_word(words, found.by, one.families[0]),
        b=value_word(words, found.by, one.families[1]),
    )
    firm = firmness({"rank": one.rank, "stability": one.stability}, words)
    return join(
        [
            element("p", element("strong", named(pair)), element("span", families, class_="tag")),
            items([named(reason) for reason in one.reasons]),
            element("p", " ".join(firm), class_="quiet") if firm else None,
        ]
    )


# -- the rest -----------------------------------------------------------------------------------------------


def _rest(found: Gaps, words: Wording) -> list[Section]:
    """The tables and figures that no kind has taken."""
    known = {kind.name for kind in found.kinds}
    taken = {name for kind, names in _TABLE_OF.items() if kind in known for name in names}
    taken.update(_IN_FULL_ALREADY)
    shown_figures = {_FIGURE_OF[kind.name] for kind in found.kinds if kind.name in _FIGURE_OF}
    figures = [made for name, made in _figures(found, words).items() if name not in shown_figures and made]
    tables = [
        table_html(table, words, _TABLE_ROWS, found.by)
        for name, table in found.tables.items()
        if name not in taken and table.rows
    ]
    return [Section("tables", words.text("gaps.tables"), *figures, *tables)]


def _methods(found: Gaps, words: Wording) -> list[Html]:
    pairs = [
        element("div", element("dt", kind.title), element("dd", kind.method))
        for kind in found.kinds
        if kind.method
    ]
    return (
        [element("h3", words.text("gaps.methods")), element("dl", *pairs, class_="methods")] if pairs else []
    )


def gap_tables(found: Gaps) -> list[Table]:
    """Every table of the report for csv files, the gaps themselves as the first."""
    names = (
        "id", "kind", "rank", "title", "why", "suggestion", "confidence", "reading", "basis", "records",
        "answered", "fields", "confirmed", "subject_ids",
    )  # fmt: skip
    rows = tuple(
        (
            gap.id, gap.kind, gap.evidence.get("rank"), gap.title, gap.why, gap.suggestion, gap.confidence,
            gap.basis.reading, gap.basis.text, gap.basis.records, gap.basis.answered, gap.basis.fields,
            gap.basis.confirmed, "; ".join(gap.subjects),
        )
        for gap in found.gaps
    )  # fmt: skip
    title = wording(found.language).text("gaps.title")
    first = Table("gaps", title, tuple(Column(name, name) for name in names), rows)
    return [first, *found.tables.values()]
