from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.network import chain_to, chains, projection, reach


def actors(*names: str) -> list[Node]:
    return [Node(name.lower(), "Expert", {"name": name}) for name in names]


ETUC = Node("etuc", "Organisation", {"name": "ETUC"})
DIVE = Node("dive", "Initiative", {"name": "Deep Dive"})
WORK = Node("work", "Topic", {"label": "Work"})


def test_a_chain_reads_each_tie_from_the_end_it_comes_from() -> None:
    graph = Graph(
        [*actors("Thiébaut Weber", "Bo"), ETUC],
        [
            Relationship(
                "AFFILIATED_WITH",
                "thiébaut weber",
                "etuc",
                "secretary|",
                {"role": "secretary", "sources": ["links.csv:2"]},
            ),
            Relationship("AFFILIATED_WITH", "bo", "etuc", "", {"sources": ["links.csv:3"]}),
        ],
    )
    (chain,) = chains(graph, "thiébaut weber", "bo")
    assert chain.ids == ("thiébaut weber", "etuc", "bo")
    assert [step.text for step in chain.steps] == [
        "Thiébaut Weber is affiliated with ETUC (secretary)",
        "ETUC has as affiliate Bo",
    ]
    assert [step.sources for step in chain.steps] == [("links.csv:2",), ("links.csv:3",)]
    assert not chain.by_topic


def test_alternatives_share_no_intermediary_and_the_shortest_comes_first() -> None:
    graph = Graph(
        [*actors("A", "B", "C", "D", "E"), DIVE],
        [
            Relationship("COLLABORATES_WITH", "a", "b"),
            Relationship("COLLABORATES_WITH", "a", "c"),
            Relationship("COLLABORATES_WITH", "b", "c"),
            Relationship("TAKES_PART_IN", "a", "dive"),
            Relationship("TAKES_PART_IN", "b", "dive"),
            Relationship("COLLABORATES_WITH", "a", "d"),
            Relationship("COLLABORATES_WITH", "d", "e"),
            Relationship("COLLABORATES_WITH", "e", "b"),
        ],
    )
    assert [chain.ids for chain in chains(graph, "a", "b", limit=9)] == [
        ("a", "b"),
        ("a", "c", "b"),
        ("a", "dive", "b"),
        ("a", "d", "e", "b"),
    ]
    assert len(chains(graph, "a", "b", limit=2)) == 2


def test_a_past_tie_introduces_after_a_current_one() -> None:
    graph = Graph(
        [
            *actors("A", "B"),
            Node("o1", "Organisation", {"name": "A1"}),
            Node("o2", "Organisation", {"name": "B2"}),
        ],
        [
            Relationship("AFFILIATED_WITH", "a", "o1", "", {"until": "2001"}),
            Relationship("AFFILIATED_WITH", "b", "o1"),
            Relationship("AFFILIATED_WITH", "a", "o2"),
            Relationship("AFFILIATED_WITH", "b", "o2"),
        ],
    )
    assert [chain.ids[1] for chain in chains(graph, "a", "b")] == ["o2", "o1"]


def test_a_topic_is_the_last_resort_and_said_so() -> None:
    ties = [Relationship("EXPERT_IN", "a", "work"), Relationship("EXPERT_IN", "b", "work")]
    (chain,) = chains(Graph([*actors("A", "B"), WORK], ties), "a", "b")
    assert chain.by_topic
    assert chain.steps[0].text.startswith("A is an expert in Work")
    assert "nothing says that they know each other" in chain.steps[0].text
    known = [*ties, Relationship("COLLABORATES_WITH", "a", "c"), Relationship("COLLABORATES_WITH", "c", "b")]
    (chain,) = chains(Graph([*actors("A", "B", "C"), WORK], known), "a", "b")
    assert chain.ids == ("a", "c", "b")


def test_a_chain_to_a_topic_ends_at_it() -> None:
    graph = Graph([*actors("A"), WORK], [Relationship("EXPERT_IN", "a", "work", "", {"level": 4})])
    (chain,) = chains(graph, "work", "a")
    assert chain.steps[0].text == "Work has as expert A (level 4 of 5)"
    assert not chain.by_topic


def test_nothing_links_two_islands_or_one_to_itself() -> None:
    graph = Graph(actors("A", "B"))
    assert chains(graph, "a", "b") == []
    assert chains(graph, "a", "a") == []


def test_bad_arguments_are_refused() -> None:
    graph = Graph(actors("A", "B"))
    with pytest.raises(NotFound, match="'c'"):
        chains(graph, "a", "c")
    with pytest.raises(InvalidValue):
        chains(graph, "a", "b", limit=0)


@st.composite
def networks(draw: st.DrawFn) -> Graph:
    size = draw(st.integers(2, 9))
    ends = st.integers(0, size - 1)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=20))
    nodes = [Node(str(number), "Expert", {"name": str(number)}) for number in range(size)]
    return Graph(nodes, [Relationship("COLLABORATES_WITH", str(a), str(b)) for a, b in pairs])


@given(networks())
def test_chains_are_as_short_as_they_can_be(graph: Graph) -> None:
    """Against networkx's own breadth-first search on the same network."""
    network = projection(graph)
    found = chains(graph, "0", "1")
    if not nx.has_path(network, "0", "1"):
        assert found == []
        assert chain_to(graph, "0", "1", reach(graph, "0")) is None
        return
    shortest = nx.shortest_path_length(network, "0", "1")
    assert len(found[0].steps) == shortest
    chain = chain_to(graph, "0", "1", reach(graph, "0"))
    assert chain is not None
    assert len(chain.steps) == shortest
    inner = [node_id for chain in found for node_id in chain.ids[1:-1]]
    assert len(inner) == len(set(inner))
    for chain in found:
        assert all(network.has_edge(a, b) for a, b in pairwise(chain.ids))
