"""The sample inventory and real data go out and come in again as they were, by the importer itself."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from cocommuns_graph import importing, shipped
from cocommuns_graph.exporting import export
from cocommuns_graph.model import Graph, Node, Relationship
from tests.changes.fake import Memory, plan
from tests.exporting.graphs import META, plain
from tests.shared import shared_path
from tests.store.claims import counts


def read(path: Path) -> Memory:
    memory = Memory()
    plan(memory, importing.read([path]).rows())
    return memory


def graph_of(memory: Memory) -> Graph:
    nodes = [Node(i, label, memory.values[i]) for i, label in memory.labels.items()]
    return Graph(nodes, [Relationship(t, s, e, k, v) for (s, t, e, k), v in memory.ties.items()])


def content(graph: Graph) -> tuple[dict[str, object], dict[object, object]]:
    return (
        {node.id: (node.label, plain(node)) for node in graph.nodes.values()},
        {link.identity: plain(link) for link in graph.relationships},
    )


@pytest.fixture(scope="module")
def sample() -> Memory:
    return read(shipped.folder("sample_data"))


@pytest.mark.parametrize("name", ["out", "out.csv", "out.xlsx"])
def test_the_sample_comes_back_and_changes_nothing_where_it_came_from(
    tmp_path: Path, sample: Memory, name: str
) -> None:
    graph = graph_of(sample)
    assert len(graph.nodes) > 200
    export(graph, tmp_path / name, None, META)
    reading = importing.read([tmp_path / name])
    again = Memory()
    outcome = plan(again, reading.rows())
    assert outcome.rejected == []
    assert content(graph_of(again)) == content(graph)
    same = Memory()
    same.labels, same.values, same.ties = dict(sample.labels), dict(sample.values), dict(sample.ties)
    repeated = plan(same, reading.rows(), "u2")
    assert counts(repeated) == ((0, 0, len(graph.nodes), 0), (0, 0, len(graph.relationships), 0))


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_the_sample_opens_as_a_network(tmp_path: Path, sample: Memory, ending: str) -> None:
    graph = graph_of(sample)
    (path,) = export(graph, tmp_path / f"out{ending}", None, META)
    found = nx.read_graphml(path) if ending == ".graphml" else nx.read_gexf(path)
    assert found.number_of_nodes() == len(graph.nodes)
    assert found.number_of_edges() == len(graph.relationships)


# Tracing makes it three to five times slower, and smaller tests run the same lines.
@pytest.mark.no_cover
@pytest.mark.parametrize("folder", ["ols-open-seeds", "civic-brigade-index"])
def test_real_data_with_undeclared_columns_comes_back(tmp_path: Path, folder: str) -> None:
    graph = graph_of(read(shared_path(f"data/{folder}")))
    export(graph, tmp_path / "out", None, META)
    again = Memory()
    outcome = plan(again, importing.read([tmp_path / "out"]).rows())
    assert outcome.rejected == []
    assert content(graph_of(again)) == content(graph)
