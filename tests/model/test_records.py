"""Nodes, relationships and the graph they make."""

from __future__ import annotations

from cocommuns_graph.model import Graph, Node, Relationship

ADA = Node("ada", "Expert", {"name": "Ada", "languages": ["en", "fr"], "orcid": "0000-0002-1825-0097"})
CO = Node("co", "Organisation", {"name": "Co"})
SOIL = Node("soil", "Topic", {"label": "soil"})
WORKS = Relationship("AFFILIATED_WITH", "ada", "co", "chair|", {"role": "chair"})
KNOWS = Relationship("EXPERT_IN", "ada", "soil")
LOOP = Relationship("COLLABORATES_WITH", "ada", "ada")
GRAPH = Graph([ADA, CO, SOIL], [WORKS, KNOWS, LOOP])


def test_what_a_node_is_called() -> None:
    assert [node.name for node in (ADA, SOIL, Node("x", "Topic"))] == ["Ada", "soil", "x"]


def test_texts_of_properties() -> None:
    assert ADA.texts("languages") == ["en", "fr"]
    assert ADA.texts("orcid") == ["0000-0002-1825-0097"]
    assert ADA.texts("aliases") == []
    assert ADA.text("website") == ""
    assert WORKS.text("role") == "chair"
    assert WORKS.texts("sources") == []


def test_the_identity_of_a_relationship_has_its_key() -> None:
    assert WORKS.identity == ("ada", "AFFILIATED_WITH", "co", "chair|")


def test_the_other_end() -> None:
    assert (WORKS.other("ada"), WORKS.other("co"), LOOP.other("ada")) == ("co", "ada", "ada")


def test_links_of_a_node_name_a_loop_once() -> None:
    assert GRAPH.links_of["ada"] == [WORKS, KNOWS, LOOP]
    assert GRAPH.links_of["soil"] == [KNOWS]
    assert GRAPH.links_of["nobody"] == []


def test_parts_of_a_graph() -> None:
    assert GRAPH.of_label("Expert", "Topic") == [ADA, SOIL]
    assert GRAPH.of_type("EXPERT_IN") == [KNOWS]
    assert Graph().nodes == {}
