"""Measures against values that R's sna and igraph gave, through the product: import, then ask the desk."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from cocommuns_graph.desk import Desk
from cocommuns_graph.model import STEWARD
from cocommuns_graph.store.door import Store
from cocommuns_graph.store.engine import Address
from tests.engines.stores import wipe
from tests.shared import shared_path

COLUMNS = {
    "degree": "degree_undirected",
    "indegree": "indegree",
    "outdegree": "outdegree",
    "betweenness": "betweenness_igraph",
    "betweenness_undirected": "betweenness_undirected_igraph",
    "closeness": "closeness_undirected_igraph_normalized",
    "eigenvector": "eigenvector_undirected_igraph_max1",
    "pagerank": "pagerank_igraph",
    "constraint": "constraint_undirected_igraph",
    "effective_size": "effective_size_binary_formula",
    "clustering": "clustering_igraph",
    "coreness": "coreness_undirected_sna",
    "articulation_point": "cutpoint_sna",
    "component": "component",
    "ei_index": "ei_node",
    "coordinator": "gf_coordinator_AAA_w_I",
    "itinerant": "gf_itinerant_ABA_w_O",
    "representative": "gf_repr_AAB_b_IO",
    "gatekeeper": "gf_gatek_ABB_b_OI",
    "liaison": "gf_liaison_ABC_b_O",
}
BEST_MODULARITY = {
    # graph_level.csv, best_louvain_of_200: the best of 200 seeded runs of igraph's cluster_louvain.
    "karate": 0.419789612097304,
    "florentine_marriage": 0.39875,
    "hightech_advice__by_dept": 0.0712485136741974,
    "chemnet_pol__by_type": 0.111805444284214,
}
GRAPHS = [
    ("karate", "karate_nodes", "karate_edges", False, None),
    ("florentine_marriage", "florentine_marriage_nodes", "florentine_marriage_edges", False, None),
    ("hightech_advice__by_dept", "hightech_advice_nodes", "hightech_advice_edges", True, "dept"),
    ("chemnet_pol__by_type", "chemnet_nodes", "chemnet_pol_edges", True, "type"),
]


@pytest.fixture
def desk(embedded_address: Address, tmp_path: Path) -> Iterator[Desk]:
    store = Store(embedded_address)
    wipe(store)
    with Desk(store, STEWARD, tmp_path) as opened:
        yield opened


def oracle(name: str) -> dict[str, dict[str, str]]:
    with shared_path(f"data/networks/oracles/{name}__nodes.csv").open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def check(name: str, rows: list[dict[str, Any]], prefix: str) -> None:
    expected = oracle(name)
    assert {row["id"] for row in rows} == {prefix + identifier for identifier in expected}
    compared = 0
    for row in rows:
        wanted = expected[row["id"].removeprefix(prefix)]
        for column, theirs in COLUMNS.items():
            if theirs not in wanted or column not in row:
                continue
            compared += 1
            where = f"{name}, {row['name']}, {column}"
            if wanted[theirs] in ("", "NA"):
                assert row[column] is None, where
            else:
                assert row[column] == pytest.approx(float(wanted[theirs]), rel=0, abs=1e-6), where
    assert compared >= 12 * len(rows)


@pytest.mark.parametrize(("name", "nodes", "edges", "directed", "by"), GRAPHS, ids=[g[0] for g in GRAPHS])
def test_values_are_those_of_r(
    desk: Desk, name: str, nodes: str, edges: str, directed: bool, by: str | None
) -> None:
    files = [shared_path(f"data/networks/{file}.csv") for file in (nodes, edges)]
    assert not desk.import_files(files).rejected
    rows = desk.metrics(directed=directed, by=by)
    check(name, rows, f"{nodes.removesuffix('_nodes')}:")
    communities: dict[int, set[str]] = {}
    for row in rows:
        communities.setdefault(row["community"], set()).add(row["id"])
    found = nx.community.modularity(desk.networkx("direct"), communities.values())
    assert found >= BEST_MODULARITY[name] - 1e-9


def test_weights_and_repeated_ties_change_nothing(desk: Desk, tmp_path: Path) -> None:
    ties = shared_path("data/networks/hightech_advice_edges.csv").read_text(encoding="utf-8").split()[1:]
    weighted = tmp_path / "hightech_advice_edges.csv"
    lines = ["source,target,weight", *(f"{tie},{number}" for number, tie in enumerate(ties, 1))]
    weighted.write_text("\n".join([*lines, "1,1,9", f"{ties[0]},77"]) + "\n", encoding="utf-8")
    desk.import_files([shared_path("data/networks/hightech_advice_nodes.csv"), weighted])
    check("hightech_advice__by_dept", desk.metrics(directed=True, by="dept"), "hightech_advice:")
