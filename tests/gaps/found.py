"""Short ways to ask what a search found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cocommuns_graph.gaps import Gap, Gaps, find_gaps
from cocommuns_graph.model import Graph, Node, Relationship

TODAY = date(2026, 6, 1)


def search(nodes: Iterable[Node] | Graph, ties: Iterable[Relationship] = (), **options: Any) -> Gaps:
    graph = nodes if isinstance(nodes, Graph) else Graph(nodes, ties)
    return find_gaps(graph, **{"today": TODAY, **options})


def of_kind(found: Gaps, kind: str) -> list[Gap]:
    return [gap for gap in found.gaps if gap.kind == kind]


def subjects(found: Gaps, kind: str) -> list[tuple[str, ...]]:
    return [gap.subjects for gap in of_kind(found, kind)]


def the_one(found: Gaps, kind: str) -> Gap:
    (gap,) = of_kind(found, kind)
    return gap


def nothing_of(found: Gaps, kind: str) -> str:
    """Why there is none of a kind."""
    (told,) = [one.nothing for one in found.kinds if one.name == kind]
    return told
