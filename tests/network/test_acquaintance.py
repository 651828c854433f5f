"""The ways between records: as many as there are, the cheapest, and what makes a tie strong."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.model import Graph, Node, Relationship, Value
from cocommuns_graph.network import bridge, chain_to, chains, introductions, reach
from cocommuns_graph.network.acquaintance import ACQUAINTANCE, Strengths, Ways, cost, ways_in

TODAY = "2026-06-01"
ORGANISATION = Node("o", "Organisation", {"name": "O"})


def experts(names: str) -> list[Node]:
    return [Node(name, "Expert", {"name": name.upper()}) for name in names]


def knows(start: str, end: str, **properties: Value) -> Relationship:
    return Relationship("COLLABORATES_WITH", start, end, str(properties.get("kind", "")), properties)


def part(start: str, end: str, **properties: Value) -> Relationship:
    return Relationship("TAKES_PART_IN", start, end, "", properties)


def simple_ways(graph: Graph, a: str, b: str) -> list[tuple[str, ...]]:
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(graph.nodes)
    network.add_edges_from((tie.start, tie.end) for tie in graph.relationships if tie.start != tie.end)
    return [tuple(way) for way in nx.all_simple_paths(network, a, b)]


def best_sets(ways: Ways, every: list[tuple[str, ...]], most: int) -> tuple[int, int]:
    """How many ways there are at the most that share no intermediary, and what so many cost at the least."""
    for size in range(most, 0, -1):
        costs = [
            sum(ways.cost(way) for way in some)
            for some in combinations(every, size)
            if all(not {*one[1:-1]} & {*other[1:-1]} for one, other in combinations(some, 2))
        ]
        if costs:
            return size, min(costs)
    return 0, 0


@st.composite
def networks(draw: st.DrawFn) -> Graph:
    """At most seven records with ties of any strength: weighed, ended, in initiatives of any size."""
    size = draw(st.integers(2, 6))
    nodes = experts("abcdef"[:size])
    nodes.append(Node("i", "Initiative", {"name": "I", "end": draw(st.sampled_from(["2010", "2099"]))}))
    ends = st.sampled_from([node.id for node in nodes[:-1]])
    ties = []
    for start, end in draw(st.lists(st.tuples(ends, ends), max_size=10)):
        properties: dict[str, Value] = {}
        if draw(st.booleans()):
            properties["weight"] = draw(st.integers(1, 4))
        if draw(st.booleans()):
            properties["until"] = draw(st.sampled_from(["2003", "2020-05", "2090"]))
        ties.append(knows(start, end, **properties))
    ties += [part(one, "i") for one in draw(st.sets(ends))]
    return Graph(nodes, ties)


@settings(deadline=None)
@given(networks(), st.integers(1, 4))
def test_as_many_ways_as_there_are_and_no_set_of_them_is_cheaper(graph: Graph, most: int) -> None:
    """Against all simple ways and all sets of them."""
    ways = ways_in(graph, ACQUAINTANCE)
    found = ways.disjoint("a", "b", most)
    every = simple_ways(graph, "a", "b")
    size, least = best_sets(ways, every, most)
    assert len(found) == size
    assert set(found) <= set(every)
    inner = [one for way in found for one in way[1:-1]]
    assert len(inner) == len(set(inner))
    costs = [ways.cost(way) for way in found]
    assert sum(costs) == least
    assert costs == sorted(costs)
    if every:
        shown = introductions(graph, "a", "b", limit=most)
        assert ways.cost(shown[0].ids) == min(map(ways.cost, every))
        before = reach(graph, "a")
        chain = chain_to(graph, "a", "b", before)
        assert chain is not None
        assert ways.cost(chain.ids) == min(map(ways.cost, every))


@settings(deadline=None)
@given(networks(), st.randoms())
def test_the_order_of_the_graph_changes_no_way(graph: Graph, random: Random) -> None:
    nodes, ties = list(graph.nodes.values()), list(graph.relationships)
    random.shuffle(nodes)
    random.shuffle(ties)
    other = Graph(nodes, ties)
    assert [chain.ids for chain in chains(other, "a", "b")] == [
        chain.ids for chain in chains(graph, "a", "b")
    ]
    assert reach(other, "a") == reach(graph, "a")


def test_a_second_way_is_found_where_the_best_one_stands_in_its_way() -> None:
    ends = ("ac", "cd", "db", "ce", "ef", "fb", "ag", "gh", "hd")
    graph = Graph(experts("abcdefgh"), [knows(*pair) for pair in ends])
    assert [chain.ids for chain in chains(graph, "a", "b", limit=1)] == [("a", "c", "d", "b")]
    two = [("a", "c", "e", "f", "b"), ("a", "g", "h", "d", "b")]
    assert [chain.ids for chain in chains(graph, "a", "b")] == two
    assert [chain.ids for chain in introductions(graph, "a", "b")] == [("a", "c", "d", "b"), *two]


def strength(tie: Relationship, *others: Relationship, **initiative: Value) -> float:
    nodes = [*experts("abcdefgh"), ORGANISATION, Node("i", "Initiative", {"name": "I", **initiative})]
    return Strengths(Graph(nodes, [tie, *others]), TODAY).of(tie)


def test_a_tie_is_stronger_while_it_lasts_and_the_later_it_ended() -> None:
    ways = [strength(knows("a", "b", until=until)) for until in ("2099", "2026-05", "2021-06", "2001")]
    assert ways == sorted(ways, reverse=True)
    assert ways[0] == 1
    assert ways[2] == pytest.approx(0.25, rel=0.01)
    lasting = strength(part("a", "i"), start="2010", kind="project")
    assert lasting > strength(part("a", "i"), start="2010", kind="project", status="ended")
    assert lasting > strength(part("a", "i"), start="2010", kind="event")
    assert lasting > strength(part("a", "i"), end="2024")


def test_a_heavy_tie_is_stronger_and_an_unweighed_one_in_between() -> None:
    light, heavy, unweighed = knows("a", "b", weight=1), knows("a", "c", weight=900), knows("a", "d")
    assert strength(light, heavy, unweighed) == strength(unweighed, light, heavy) == 0.5
    assert strength(heavy, light, unweighed) == 1
    even_lighter = knows("a", "e", weight=0.5)
    assert strength(even_lighter, light, heavy) < strength(light, even_lighter, heavy)
    assert strength(unweighed) == 1


def test_two_of_a_small_initiative_know_each_other_better_than_two_of_a_huge_one() -> None:
    crowd = [part(one, "i") for one in "abcde"]
    assert strength(part("a", "i"), part("b", "i")) == pytest.approx(0.7)
    assert strength(*crowd) == pytest.approx(0.7 / 4**0.5)
    nodes = [*experts("abcde"), *(Node(one, "Initiative", {"name": one}) for one in "ij")]
    graph = Graph(nodes, [*crowd, part("a", "j"), part("b", "j")])
    assert [chain.ids[1] for chain in chains(graph, "a", "b")] == ["j", "i"]


def test_a_tie_costs_no_more_than_the_best_detour() -> None:
    assert cost(1.0) == 1000
    assert cost(1e-9) == 2 * cost(1.0)
    assert cost(0.2) > cost(0.3)


def test_a_current_way_is_worth_a_longer_one_only_against_a_very_weak_one() -> None:
    past = [knows("a", "c", until="2025"), knows("c", "b", until="2025")]
    current = [knows("a", "d"), knows("d", "e"), knows("e", "b")]
    assert chains(Graph(experts("abcde"), [*past, *current]), "a", "b")[0].ids == ("a", "c", "b")
    long_ago = [knows("a", "c", until="1990"), knows("c", "b", until="1990")]
    assert chains(Graph(experts("abcde"), [*long_ago, *current]), "a", "b")[0].ids == ("a", "d", "e", "b")


def test_where_nobody_introduces_it_says_whose_meeting_would_help() -> None:
    topic = Node("t", "Topic", {"label": "Work"})
    known = [knows("a", "c"), knows("b", "d")]
    about = [Relationship("EXPERT_IN", "c", "t"), Relationship("EXPERT_IN", "d", "t")]
    graph = Graph([*experts("abcd"), topic], [*known, *about])
    (chain,) = chains(graph, "a", "b")
    found = bridge(graph, "a", "b", chain)
    assert found.ids == ("c", "d")
    assert found.text == "If C met D, there would be a chain: both are near to Work."
    apart = Graph([*experts("abcd"), topic], known)
    found = bridge(apart, "a", "b", None)
    assert set(found.ids) <= set("abcd")
    assert found.text.startswith("A leads to 1 people and organisations, B to 1, with none in both")
    assert bridge(Graph(experts("ab")), "a", "b", None).text == "Neither A nor B is linked to anything yet."
    lone = bridge(Graph(experts("abd"), known[1:]), "a", "b", None)
    assert lone.text.startswith("A is not linked to anything yet")


@settings(deadline=None)
@given(networks())
def test_a_bridge_joins_the_two_sides(graph: Graph) -> None:
    if chains(graph, "a", "b"):
        return
    x, y = bridge(graph, "a", "b", None).ids
    joined = Graph(graph.nodes.values(), [*graph.relationships, knows(x, y)])
    assert chains(joined, "a", "b")


def test_a_step_tells_all_ties_that_make_it_the_current_first() -> None:
    graph = Graph(
        [*experts("ab"), ORGANISATION],
        [
            Relationship("AFFILIATED_WITH", "a", "o", "", {"until": "2001"}),
            Relationship("AFFILIATED_WITH", "a", "o", "chair", {"role": "chair"}),
            Relationship("AFFILIATED_WITH", "b", "o"),
        ],
    )
    (chain,) = chains(graph, "a", "b")
    assert [tie.text("role") for tie in chain.steps[0].relationships] == ["chair", ""]
    assert all(
        tie.other(one) == two
        for (one, two), step in zip(pairwise(chain.ids), chain.steps, strict=True)
        for tie in step.relationships
    )
