from __future__ import annotations

import pytest

from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.model.errors import NotFound
from cocommuns_graph.network import family, is_current


def affiliated(*ties: tuple[str, str]) -> Graph:
    """Ada with affiliations to organisations named by sector, each with its `until`."""
    nodes = [Node("ada", "Expert", {"name": "Ada"})]
    links = []
    for number, (sector, until) in enumerate(ties):
        nodes.append(Node(f"o{number}", "Organisation", {"sector": sector} if sector else {}))
        links.append(
            Relationship("AFFILIATED_WITH", "ada", f"o{number}", "", {"until": until} if until else {})
        )
    return Graph(nodes, links)


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ([], ""),
        ([("union", "")], "union"),
        ([("union", ""), ("union", "")], "union"),
        ([("union", ""), ("city", "")], "several"),
        ([("union", ""), ("city", "2019")], "union"),
        ([("union", ""), ("city", "2026")], "several"),
        ([("union", ""), ("", "")], "union"),
        ([("city", "2019-05-01")], ""),
    ],
)
def test_family_of_an_expert_is_what_current_affiliations_agree_on(
    ties: list[tuple[str, str]], expected: str
) -> None:
    assert family(affiliated(*ties), "ada", today="2026-03-01") == expected


def test_family_of_other_records() -> None:
    graph = Graph(
        [Node("o", "Organisation", {"sector": "city"}), Node("t", "Topic"), Node("i", "Initiative")]
    )
    assert [family(graph, node_id) for node_id in ("o", "t", "i")] == ["city", "", ""]


def test_family_of_nobody_is_refused() -> None:
    with pytest.raises(NotFound, match="'nobody'"):
        family(Graph(), "nobody")


@pytest.mark.parametrize(
    ("until", "current"),
    [
        ("", True),
        ("2025", False),
        ("2026", True),
        ("2026-02", False),
        ("2026-03", True),
        ("2026-03-01", True),
    ],
)
def test_a_tie_lasts_to_the_end_of_its_until(until: str, current: bool) -> None:
    tie = Relationship("MEMBER_OF", "a", "b", "", {"until": until} if until else {})
    assert is_current(tie, "2026-03-01") is current
