"""Reports made of the sample and of a graph of hostile texts, once for all tests."""

from __future__ import annotations

from datetime import date
from functools import cache

from cocommuns_graph.desk.reporting import drawing
from cocommuns_graph.gaps import Gaps, find_gaps
from cocommuns_graph.model import Graph
from cocommuns_graph.reports import (
    gap_page,
    glossary,
    glossary_page,
    problems,
    problems_page,
)
from tests.sample_graph import sample_graph

TODAY = date(2026, 11, 24)
META = {
    "network": "direct",
    "direction": "undirected",
    "filters": "by=sector",
    "version": "cocommuns_graph 0.2.0",
    "imports": "import-1, import-2",
    "date": "2026-11-24",
    "viewer": "public",
    "seed": "2017",
}
LANGUAGES = ("en", "fr")
NAMES = ("gaps", "glossary", "problems")


@cache
def gaps_of_sample(language: str) -> Gaps:
    return find_gaps(sample_graph(), language=language, today=TODAY)


def page_of(name: str, graph: Graph, language: str, found: Gaps | None = None) -> str:
    """One report of a graph."""
    if name == "glossary":
        return glossary_page(glossary(graph, language), META)
    if name == "problems":
        return problems_page(problems(graph, language), META)
    gaps = found or find_gaps(graph, language=language, today=TODAY)
    return gap_page(gaps, graph, drawing(graph, gaps.by), META)


@cache
def sample_page(name: str, language: str) -> str:
    """One report of the sample."""
    found = gaps_of_sample(language) if name == "gaps" else None
    return page_of(name, sample_graph(), language, found)
