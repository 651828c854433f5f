"""Measures on graphs whose values are known, and on random ones beside networkx.

Origins: Krackhardt's kite (Krackhardt 1990, Assessing the political landscape) with the values published
there; Freeman's star, line and circle (Freeman 1978); the rest worked out by hand from the definitions.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.network import measures
from cocommuns_graph.network.measures import MEASURES, measured

COLUMNS = (
    "degree indegree outdegree betweenness betweenness_undirected closeness harmonic eigenvector pagerank "
    "constraint effective_size clustering coreness articulation_point component community ei_index "
    "coordinator itinerant representative gatekeeper liaison"
)
ORDER = COLUMNS.split()
UNDEFINED_FOR_ISOLATES = {"closeness", "constraint", "effective_size", "clustering", "ei_index"}


def close(found: dict[Any, Any], expected: dict[Any, Any]) -> None:
    assert found.keys() == expected.keys()
    for node, value in expected.items():
        if value is None:
            assert found[node] is None, node
        else:
            assert found[node] == pytest.approx(value, rel=1e-9, abs=1e-9), node


def test_columns_stand_in_the_order_of_the_contract() -> None:
    assert list(MEASURES) == ORDER


@pytest.mark.parametrize("one", MEASURES.values(), ids=MEASURES)
def test_every_measure_says_what_it_is(one: measures.Measure) -> None:
    for meaning in (one.meaning.en, one.meaning.fr):
        assert "\n" not in meaning
        assert "isol" in meaning
    assert one.formula
    assert one.source


def test_kite_of_krackhardt() -> None:
    kite = nx.krackhardt_kite_graph()
    close(measures.degree(kite), dict(enumerate([4, 4, 3, 6, 3, 5, 5, 3, 2, 1])))
    assert measures.betweenness(kite)[7] == pytest.approx(14)
    assert measures.betweenness(kite)[3] == pytest.approx(3.6666666667)
    assert measures.closeness(kite)[5] == pytest.approx(9 / 14)
    assert {node for node, cut in measures.articulation_point(kite).items() if cut} == {7, 8}


def test_star_line_and_circle_of_freeman() -> None:
    star, line, circle = nx.star_graph(4), nx.path_graph(5), nx.cycle_graph(5)
    close(measures.betweenness(star), {0: 6, 1: 0, 2: 0, 3: 0, 4: 0})
    close(measures.betweenness(line), {0: 0, 1: 3, 2: 4, 3: 3, 4: 0})
    close(measures.betweenness(circle), dict.fromkeys(range(5), 1))
    close(measures.closeness(line), {0: 0.4, 1: 4 / 7, 2: 4 / 6, 3: 4 / 7, 4: 0.4})
    close(measures.eigenvector(star), {0: 1, **dict.fromkeys(range(1, 5), 0.5)})
    close(measures.effective_size(star), {0: 4, **dict.fromkeys(range(1, 5), 1)})
    close(measures.constraint(star), {0: 0.25, **dict.fromkeys(range(1, 5), 1)})
    close(measures.clustering(star), {0: 0, **dict.fromkeys(range(1, 5))})


def test_a_clique_has_no_holes() -> None:
    # Of k = 4: every p is 1/3, two thirds more come through the two others: 3 (1/3 + 2/9)².
    clique = nx.complete_graph(4)
    close(measures.constraint(clique), dict.fromkeys(range(4), 3 * (1 / 3 + 2 / 9) ** 2))
    close(measures.effective_size(clique), dict.fromkeys(range(4), 1))
    close(measures.clustering(clique), dict.fromkeys(range(4), 1))
    close(measures.coreness(clique), dict.fromkeys(range(4), 3))


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_nobody_and_one_alone(kind: Callable[[], nx.Graph[str]]) -> None:
    assert measured(kind(), {}).rows == []
    lonely = kind()
    lonely.add_edge("a", "a")
    found = measured(lonely, {"a": "x"})
    row = dict(zip([column.name for column in found.columns], found.rows[0][1:], strict=True))
    assert {name for name, value in row.items() if value is None} == UNDEFINED_FOR_ISOLATES
    assert row["pagerank"] == 1
    assert row["component"] == row["community"] == 1
    assert all(row[name] == 0 for name in ("degree", "betweenness", "harmonic", "eigenvector", "liaison"))


def test_self_ties_parallel_ties_and_weights_change_nothing() -> None:
    plain = nx.DiGraph([(1, 2), (2, 1), (2, 3), (3, 4), (4, 2), (4, 5)])
    noisy = nx.MultiDiGraph()
    noisy.add_nodes_from(plain)
    for number, (start, end) in enumerate(plain.edges):
        noisy.add_edge(start, end, weight=10.0 * number)
        noisy.add_edge(start, end, weight=0.1)
        noisy.add_edge(start, start)
    groups = {1: "a", 2: "a", 3: "b", 4: "b", 5: "c"}
    assert measured(noisy, groups).rows == measured(plain, groups).rows


def test_who_is_of_unknown_group_is_left_out() -> None:
    chain = nx.path_graph(4)
    groups = {0: "a", 1: "a", 2: "b"}
    close(measures.ei_index(chain, groups), {0: -1, 1: 0, 2: 1, 3: None})
    close(measures.gatekeeper(chain, groups), {0: 0, 1: 1, 2: 0, 3: None})
    assert "1 of 4 actors" in measured(chain, groups).notes["groups"]


def test_numbers_of_components_and_communities_follow_size_then_id() -> None:
    graph = nx.Graph([("z", "y"), ("b", "a"), ("m", "n"), ("n", "o")])
    graph.add_node("alone")
    wanted = {"m": 1, "n": 1, "o": 1, "a": 2, "b": 2, "y": 3, "z": 3, "alone": 4}
    assert measures.component(graph) == wanted
    assert measures.community(graph) == wanted


def test_the_leading_eigenvector_is_of_the_densest_component_and_shared_by_equal_ones() -> None:
    graph = nx.disjoint_union(nx.complete_graph(4), nx.path_graph(3))
    close(measures.eigenvector(graph), {**dict.fromkeys(range(4), 1), **dict.fromkeys(range(4, 7), 0)})
    # A triangle and a star with four rays both have the eigenvalue 2.
    equal = nx.disjoint_union(nx.complete_graph(3), nx.star_graph(4))
    assert measures.eigenvector(equal)[0] == pytest.approx(2 / 3)
    assert measures.eigenvector(equal)[3] == pytest.approx(1)


@pytest.mark.parametrize("size", [400, 2000])
def test_long_chains_are_measured_too(size: int) -> None:
    chain = nx.path_graph(size)
    closeness, harmonic = measures.closeness(chain), measures.harmonic(chain)
    assert closeness[0] == pytest.approx(2 / size)
    assert harmonic[0] == pytest.approx(sum(1 / d for d in range(1, size)) / (size - 1))
    half = math.pi / (size + 1)
    top = max(math.sin(half * (at + 1)) for at in range(size))
    close(measures.eigenvector(chain), {at: math.sin(half * (at + 1)) / top for at in range(size)})


@pytest.mark.parametrize("size", [63, 64, 65, 1025, 1500])
def test_distances_of_many_are_those_of_networkx(size: int) -> None:
    graph = nx.gnm_random_graph(size, size * 2, seed=4)
    expected = nx.closeness_centrality(graph, wf_improved=False)
    close(measures.closeness(graph), {node: value or None for node, value in expected.items()})


def test_triads_where_everybody_is_tied() -> None:
    graph = nx.gnp_random_graph(120, 0.9, seed=2)
    close(measures.clustering(graph), nx.clustering(graph))
    close(measures.constraint(graph), nx.constraint(graph))


def test_a_hub_of_thousands_takes_no_product_of_everybody_with_everybody() -> None:
    star = nx.star_graph(6000)
    star.add_edge(1, 2)
    assert measures.clustering(star)[1] == 1
    assert measures.constraint(star)[3] == 1


# -- properties ------------------------------------------------------------------------------------


@st.composite
def graphs(draw: st.DrawFn, *, directed: bool = False) -> nx.Graph[int]:
    size = draw(st.integers(1, 9))
    pairs = list(itertools.product(range(size), repeat=2))
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), max_size=24)))
    return graph


def plain(graph: nx.Graph[int]) -> nx.Graph[int]:
    """The same without direction and self-ties."""
    made = nx.Graph(graph)
    made.remove_edges_from(list(nx.selfloop_edges(made)))
    return made


def where(condition: Callable[[int], bool], values: dict[int, Any]) -> dict[int, Any]:
    return {node: value if condition(node) else None for node, value in values.items()}


@settings(deadline=None)
@given(graphs())
def test_undirected_measures_are_those_of_networkx(graph: nx.Graph[int]) -> None:
    simple = plain(graph)
    tied = {node for node, degree in simple.degree if degree}
    close(measures.degree(graph), dict(simple.degree))
    close(measures.betweenness(graph), nx.betweenness_centrality(simple, normalized=False))
    close(measures.harmonic(graph), mean_harmonic(simple))
    closeness = nx.closeness_centrality(simple, wf_improved=False)
    close(measures.closeness(graph), where(tied.__contains__, closeness))
    close(measures.constraint(graph), where(tied.__contains__, nx.constraint(simple)))
    close(measures.effective_size(graph), where(tied.__contains__, effective_size(simple)))
    close(measures.clustering(graph), where(lambda node: simple.degree[node] > 1, nx.clustering(simple)))
    close(measures.coreness(graph), nx.core_number(simple))
    cuts = set(nx.articulation_points(simple))
    close(measures.articulation_point(graph), {node: int(node in cuts) for node in graph})
    pagerank = nx.pagerank(simple, tol=1e-14, max_iter=2000)
    assert measures.pagerank(graph) == pytest.approx(pagerank, abs=1e-10)


def mean_harmonic(graph: nx.Graph[int]) -> dict[int, float]:
    return {node: value / max(len(graph) - 1, 1) for node, value in nx.harmonic_centrality(graph).items()}


def effective_size(graph: nx.Graph[int]) -> dict[int, float]:
    """By the definition: contacts less the mean number of ties of each with the others."""
    return {
        node: len(graph[node]) - 2 * graph.subgraph(graph[node]).number_of_edges() / len(graph[node])
        for node in graph
        if len(graph[node])
    } | dict.fromkeys((node for node in graph if not len(graph[node])), 0.0)


@settings(deadline=None)
@given(graphs(directed=True))
def test_directed_measures_are_those_of_networkx(graph: nx.DiGraph[int]) -> None:
    simple = graph.copy()
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    close(measures.indegree(graph), dict(simple.in_degree))
    close(measures.outdegree(graph), dict(simple.out_degree))
    close(measures.betweenness(graph), nx.betweenness_centrality(simple, normalized=False))
    close(measures.betweenness_undirected(graph), measures.betweenness(plain(graph)))
    pagerank = nx.pagerank(simple, tol=1e-14, max_iter=2000)
    assert measures.pagerank(graph) == pytest.approx(pagerank, abs=1e-10)


@settings(deadline=None)
@given(graphs(directed=True), st.lists(st.sampled_from("abc"), min_size=9, max_size=9), st.booleans())
def test_roles_are_those_of_a_plain_count(graph: nx.Graph[int], letters: list[str], both_ways: bool) -> None:
    graph = plain(graph) if both_ways else graph
    groups = dict(enumerate(letters))
    counted: dict[str, dict[int, int]] = {name: dict.fromkeys(graph, 0) for name in ORDER[-5:]}
    for a, v, b in itertools.permutations(graph, 3):
        if graph.has_edge(a, v) and graph.has_edge(v, b) and not graph.has_edge(a, b):
            counted[role(groups[a], groups[v], groups[b])][v] += 1
    for name, expected in counted.items():
        assert MEASURES[name].of(graph, groups) == expected, name


def role(a: str, v: str, b: str) -> str:
    if a == v:
        return "coordinator" if v == b else "representative"
    if v == b:
        return "gatekeeper"
    return "itinerant" if a == b else "liaison"


@settings(deadline=None, max_examples=50)
@given(graphs(directed=True), st.randoms(use_true_random=False))
def test_values_follow_their_node_through_a_relabelling(graph: nx.Graph[int], chance: Any) -> None:
    names = [f"n{number}" for number in range(len(graph))]
    chance.shuffle(names)
    renamed = dict(zip(graph, names, strict=True))
    moved = nx.relabel_nodes(graph, renamed)
    shuffled = type(graph)()
    shuffled.add_nodes_from(sorted(moved))
    shuffled.add_edges_from(moved.edges)
    groups = {node: node % 2 for node in graph}
    for one in MEASURES.values():
        if one.name in ("component", "community"):
            continue
        before = one.of(graph, groups)
        after = one.of(shuffled, {renamed[node]: group for node, group in groups.items()})
        close(after, {renamed[node]: value for node, value in before.items()})
    # Whoever shares a component before does so after; equal communities are not promised, only stable ones.
    before, after = measures.component(graph), measures.component(shuffled)
    for one_node, other in itertools.combinations(graph, 2):
        assert (before[one_node] == before[other]) == (after[renamed[one_node]] == after[renamed[other]])


@settings(deadline=None, max_examples=50)
@given(graphs(), st.randoms(use_true_random=False))
def test_communities_do_not_depend_on_the_order_of_the_graph(graph: nx.Graph[int], chance: Any) -> None:
    nodes, ties = list(graph), list(graph.edges)
    chance.shuffle(nodes)
    chance.shuffle(ties)
    shuffled: nx.Graph[int] = nx.Graph()
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(ties)
    assert measures.community(shuffled) == measures.community(graph)


@settings(deadline=None, max_examples=50)
@given(graphs())
def test_an_isolate_more_changes_only_what_counts_everybody(graph: nx.Graph[int]) -> None:
    before = measured(graph)
    graph.add_node("alone")
    after = measured(graph)
    touched = {"harmonic", "pagerank", "component", "community"}
    for old, new in zip(before.rows, after.rows[:-1], strict=True):
        for column, was, now in zip(before.columns, old[1:], new[1:], strict=True):
            if column.name not in touched:
                assert now == (None if was is None else pytest.approx(was)), column.name
    lonely = dict(zip([column.name for column in after.columns], after.rows[-1][1:], strict=True))
    assert {name for name, value in lonely.items() if value is None} == UNDEFINED_FOR_ISOLATES - {"ei_index"}


# -- estimates -------------------------------------------------------------------------------------


def test_a_sample_of_starting_points_comes_near_and_says_how_near() -> None:
    import numpy as np

    from cocommuns_graph.network.measures.shortest import betweenness
    from cocommuns_graph.network.measures.ties import ties_of

    for graph in (nx.barabasi_albert_graph(600, 3, seed=5), nx.gnm_random_graph(600, 2400, 5, directed=True)):
        ties = ties_of(graph)
        tied = np.arange(ties.size)
        exact = betweenness(ties.as_they_run, tied)
        found = betweenness(ties.as_they_run, tied, exact_up_to=100, pivots=200)
        assert exact.is_exact
        assert (found.pivots, found.candidates, found.is_exact) == (200, 600, False)
        top = np.argsort(-exact.values)[:10]
        off = np.abs(found.values[top] / exact.values[top] - 1)
        assert 0 < found.error < 0.25
        assert off.mean() < 2 * found.error
        assert found.values.sum() == pytest.approx(exact.values.sum(), rel=0.1)
        again = betweenness(ties.as_they_run, tied, exact_up_to=100, pivots=200)
        assert (again.values == found.values).all()


def test_what_is_estimated_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from cocommuns_graph.network.measures import shortest

    graph = nx.gnm_random_graph(300, 900, 5)
    monkeypatch.setattr(shortest.betweenness, "__kwdefaults__", {"exact_up_to": 50, "pivots": 40, "seed": 1})
    assert "estimated from 40 of " in measured(graph).notes["betweenness"]
    assert measured(nx.path_graph(9)).notes["betweenness"] == "exact"
