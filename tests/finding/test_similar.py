"""Who is at home in the same topics: a case worked by hand, and what holds for every graph."""

from __future__ import annotations

from math import log, sqrt

import networkx as nx
import pytest
from hypothesis import given, settings

from cocommuns_graph.finding import Similarity
from cocommuns_graph.finding.similar import NEIGHBOUR, Neighbouring
from cocommuns_graph.model import Graph
from cocommuns_graph.network import ACQUAINTANCE
from tests.finding.graphs import expert, graphs, initiative, organisation, tie, topic


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


def test_a_neighbouring_topic_counts_less_than_a_shared_one() -> None:
    graph = Graph(
        [*map(expert, ("ada", "bo", "cy", "dee")), *map(topic, ("energy", "solar", "wind", "far"))],
        [
            tie("solar", "BROADER", "energy"),
            tie("ada", "EXPERT_IN", "energy"),
            tie("bo", "EXPERT_IN", "energy"),
            tie("cy", "EXPERT_IN", "solar"),
            tie("dee", "EXPERT_IN", "far"),
        ],
    )
    same, near = Similarity(graph).of("ada")
    assert (same.id, same.topics, same.neighbouring) == ("bo", ("energy",), ())
    assert (near.id, near.topics, near.neighbouring) == ("cy", (), (Neighbouring("solar", "energy"),))
    assert same.score == pytest.approx(1)
    common, rare = log(1 + 4 / 2), log(1 + 4 / 1)
    product = common * NEIGHBOUR * rare + NEIGHBOUR * common * rare
    assert near.score == pytest.approx(product / (common * rare * (1 + NEIGHBOUR**2)))


def test_a_topic_of_an_initiative_counts_half_for_who_took_part() -> None:
    graph = Graph(
        [*map(expert, ("ada", "bo", "cy")), initiative("camp"), topic("energy"), topic("rest")],
        [
            tie("camp", "ABOUT", "energy"),
            tie("ada", "TAKES_PART_IN", "camp"),
            tie("bo", "EXPERT_IN", "energy"),
            tie("cy", "EXPERT_IN", "rest"),
        ],
    )
    assert [one.topics for one in Similarity(graph).of("ada")] == [("energy",), ("energy",)]


def test_who_does_not_know_each_other_has_no_tie_organisation_or_initiative_in_common() -> None:
    names = ("ada", "tied", "colleague", "once", "partaker", "friend", "stranger")
    graph = Graph(
        [*map(expert, names), organisation("coop"), initiative("camp"), topic("energy")],
        [
            *(tie(name, "EXPERT_IN", "energy") for name in names),
            tie("tied", "COLLABORATES_WITH", "ada"),
            tie("tied", "COLLABORATES_WITH", "friend"),
            tie("ada", "AFFILIATED_WITH", "coop"),
            tie("colleague", "AFFILIATED_WITH", "coop"),
            tie("once", "AFFILIATED_WITH", "coop", until="1999"),
            tie("ada", "TAKES_PART_IN", "camp"),
            tie("partaker", "TAKES_PART_IN", "camp"),
        ],
    )
    similarity = Similarity(graph)
    assert [one.id for one in similarity.of("ada", unknown=True)] == ["friend", "stranger"]
    told = {one.id: one.know for one in similarity.of("ada", most=9)}
    assert told == {name: name not in ("friend", "stranger") for name in names[1:]}


@settings(deadline=None)
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
            assert back[identifier].know is other.know
            assert {(one.own, one.topic) for one in other.neighbouring} or other.topics


@settings(deadline=None)
@given(graphs())
def test_what_is_said_of_a_pair_stands_in_the_graph(graph: Graph) -> None:
    """Each reason against the ties themselves, and the unknown against walks of networkx."""
    similarity = Similarity(graph)
    acquaintance: nx.Graph[str] = nx.Graph()
    acquaintance.add_nodes_from(graph.nodes)
    acquaintance.add_edges_from((tie.start, tie.end) for tie in graph.of_type(*ACQUAINTANCE))
    topics: nx.Graph[str] = nx.Graph()
    topics.add_nodes_from(graph.nodes)
    topics.add_edges_from((tie.start, tie.end) for tie in graph.of_type("BROADER", "RELATED"))
    for identifier in graph.nodes:
        everyone = similarity.of(identifier, most=len(graph.nodes))
        strangers = similarity.of(identifier, most=len(graph.nodes), unknown=True)
        assert strangers == [one for one in everyone if not one.know]
        for one in everyone:
            assert set(one.topics) <= _topics(graph, identifier) & _topics(graph, one.id)
            for near in one.neighbouring:
                assert topics.has_edge(near.topic, near.own)
                assert near.topic in _topics(graph, one.id) - set(one.topics)
                assert near.own in _topics(graph, identifier)
            if nx.has_path(acquaintance, identifier, one.id):
                if one.know:
                    assert nx.shortest_path_length(acquaintance, identifier, one.id) <= 2
            else:
                assert not one.know


def _topics(graph: Graph, identifier: str) -> set[str]:
    """The topics of a record and of the initiatives it took part in."""
    parts = {tie.end for tie in graph.links_of.get(identifier, ()) if tie.type == "TAKES_PART_IN"}
    return {
        tie.end
        for start in {identifier, *(parts - {identifier})}
        for tie in graph.links_of.get(start, ())
        if tie.start == start and graph.nodes[tie.end].label == "Topic"
    }
