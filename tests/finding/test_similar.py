"""Who is at home in the same topics: a case worked by hand, and what holds for every graph."""

from __future__ import annotations

from math import log, sqrt

import pytest
from hypothesis import given

from cocommuns_graph.finding import Similarity
from cocommuns_graph.model import Graph
from tests.finding.graphs import expert, graphs, organisation, tie, topic


def test_a_rare_topic_in_common_counts_more() -> None:
    graph = Graph(
        [expert("ada"), expert("bo"), organisation("coop"), expert("lone"), topic("all"), topic("rare")],
        [
            tie("ada", "EXPERT_IN", "all"),
            tie("ada", "EXPERT_IN", "rare"),
            tie("bo", "EXPERT_IN", "all"),
            tie("coop", "WORKS_ON", "rare"),
            tie("coop", "WORKS_ON", "rare", mode="offers"),
            tie("lone", "EXPERT_IN", "all"),
        ],
    )
    found = Similarity(graph).of("ada")
    common, rare = log(1 + 4 / 3), log(1 + 4 / 2)
    assert [one.id for one in found] == ["coop", "bo", "lone"]
    assert found[0].topics == ("rare",)
    assert found[0].score == pytest.approx(rare / sqrt(common**2 + rare**2))
    assert found[1].score == found[2].score == pytest.approx(common / sqrt(common**2 + rare**2))
    assert Similarity(graph).of("rare") == []


@given(graphs())
def test_likeness_is_mutual_and_at_most_one(graph: Graph) -> None:
    similarity = Similarity(graph)
    everything = len(graph.nodes)
    for identifier in graph.nodes:
        for other in similarity.of(identifier, most=everything):
            assert other.id != identifier
            assert 0 < other.score <= 1
            back = {one.id: one for one in similarity.of(other.id, most=everything)}
            assert back[identifier].score == pytest.approx(other.score)
            assert back[identifier].topics == other.topics
