from __future__ import annotations

import networkx as nx
import pytest

from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.network import projection

GRAPH = Graph(
    [
        Node("ada", "Expert", {"name": "Ada"}),
        Node("bo", "Expert", {"name": "Bo"}),
        Node("etuc", "Organisation", {"name": "ETUC"}),
        Node("lone", "Organisation", {"name": "Lone"}),
        Node("dive", "Initiative", {"name": "Dive"}),
        Node("work", "Topic", {"label": "Work"}),
    ],
    [
        Relationship("AFFILIATED_WITH", "ada", "etuc", "secretary|"),
        Relationship("AFFILIATED_WITH", "ada", "etuc", "adviser|"),
        Relationship("COLLABORATES_WITH", "bo", "ada", "writes"),
        Relationship("COLLABORATES_WITH", "ada", "bo", "writes"),
        Relationship("COLLABORATES_WITH", "lone", "lone"),
        Relationship("TAKES_PART_IN", "ada", "dive", "presenter|"),
        Relationship("TAKES_PART_IN", "ada", "dive", "participant|"),
        Relationship("TAKES_PART_IN", "bo", "dive"),
        Relationship("TAKES_PART_IN", "etuc", "dive"),
        Relationship("EXPERT_IN", "bo", "work"),
        Relationship("WORKS_ON", "lone", "work", "offers"),
        Relationship("POSITION_ON", "ada", "work"),
        Relationship("NEEDS", "etuc", "work"),
    ],
)


def edges(made: nx.Graph[str]) -> set[frozenset[str]]:
    return {frozenset(edge) for edge in made.edges}


def test_direct_ties_are_merged_and_self_ties_dropped() -> None:
    made = projection(GRAPH)
    assert set(made) == {"ada", "bo", "etuc", "lone"}
    assert edges(made) == {frozenset({"ada", "etuc"}), frozenset({"ada", "bo"})}
    assert made["ada"]["etuc"]["ties"] == 2
    assert made.nodes["etuc"] == {"name": "ETUC", "type": "Organisation"}


def test_directed_ties_run_as_they_are_stored() -> None:
    made = projection(GRAPH, directed=True)
    assert set(made.edges) == {("ada", "etuc"), ("bo", "ada"), ("ada", "bo")}


def test_actors_of_one_initiative_are_tied_once() -> None:
    made = projection(GRAPH, "initiatives")
    assert edges(made) == {frozenset(pair) for pair in (("ada", "bo"), ("ada", "etuc"), ("bo", "etuc"))}
    assert all(tie["ties"] == 1 for _, _, tie in made.edges(data=True))
    assert len(projection(GRAPH, "initiatives", directed=True).edges) == 6


def test_only_expertise_and_work_tie_by_topic() -> None:
    assert edges(projection(GRAPH, "topics")) == {frozenset({"bo", "lone"})}


def test_another_network_is_refused_with_the_accepted_ones() -> None:
    with pytest.raises(InvalidValue, match="direct, initiatives, topics"):
        projection(GRAPH, "friends")
