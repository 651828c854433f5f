from __future__ import annotations

import pytest

from cocommuns_graph.finding import resolve
from cocommuns_graph.model import Graph
from cocommuns_graph.model.errors import Ambiguous, NotFound
from tests.finding.graphs import expert, organisation, topic

GRAPH = Graph(
    [
        organisation("etuc", "European Trade Union Confederation", aliases=["ETUC", "CES"]),
        organisation("o2", "SMART"),
        organisation("o3", "SMart"),
        organisation("o4", "Twin"),
        expert("e4", "Twin"),
        expert("e5", "Zoë Müller"),
        topic("unions", "Trade unions", label_fr="Syndicats", aliases_de=["Gewerkschaften"]),
        expert("Twin-id", "etuc"),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("etuc", "etuc"),
        (" ETUC ", "Twin-id"),
        ("CES", "etuc"),
        ("SMart", "o3"),
        ("SMART", "o2"),
        ("zoe muller", "e5"),
        ("syndicats", "unions"),
        ("gewerkschaften", "unions"),
        ("european trade-union confederation", "etuc"),
    ],
)
def test_an_id_or_a_name_leads_to_its_record(text: str, expected: str) -> None:
    assert resolve(GRAPH, text) == expected


def test_labels_narrow_the_choice() -> None:
    assert resolve(GRAPH, "Twin", labels=["Expert"]) == "e4"
    with pytest.raises(NotFound):
        resolve(GRAPH, "etuc", labels=["Topic"])


def test_an_ambiguous_name_lists_the_ids() -> None:
    with pytest.raises(Ambiguous, match="e4, o4"):
        resolve(GRAPH, "Twin")
    with pytest.raises(Ambiguous, match="o2, o3"):
        resolve(GRAPH, "smart")


def test_an_unknown_name_suggests_near_ones() -> None:
    with pytest.raises(NotFound, match="did you mean Zoë Müller"):
        resolve(GRAPH, "Zoe Muler")
    with pytest.raises(NotFound, match=r"^nothing has the id or name 'qqq'$"):
        resolve(GRAPH, "qqq")
    with pytest.raises(NotFound):
        resolve(Graph(), "")
