"""The researcher's door: DataFrames and networkx from a desk, and every example in the docstrings."""

from __future__ import annotations

import csv
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import networkx as nx
import pytest

import cocommuns_graph
from cocommuns_graph.desk import Desk, explained
from cocommuns_graph.model import STEWARD, Graph, Node, Relationship, Viewer, Visibility
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.network import measures
from cocommuns_graph.network.measures import MEASURES, groups_by
from tests.sample_graph import sample_graph


class StoreOf:
    """A store that holds one graph and never changes; `dept` is for coordinators, as in the real one."""

    address = SimpleNamespace(kind="neo4j", uri="bolt://nowhere")

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def stamp(self) -> str:
        return "1"

    def imports(self) -> list[dict[str, Any]]:
        return [{"id": "2026-01-01T000000-aaaaaa"}]

    def read(self, viewer: Viewer) -> Graph:
        if viewer.level >= Visibility.COORDINATORS:
            return self._graph
        nodes = [
            Node(node.id, node.label, {k: v for k, v in node.properties.items() if k != "dept"})
            for node in self._graph.nodes.values()
        ]
        return Graph(nodes, self._graph.relationships, 0, len(nodes))

    def close(self) -> None: ...


def desk_of(graph: Graph, home: Path = Path()) -> Desk:
    return Desk(StoreOf(graph), STEWARD, home)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return desk_of(sample_graph())


def organisation(identifier: str, **properties: Any) -> Node:
    return Node(identifier, "Organisation", {"name": identifier.title(), **properties})


SMALL = Graph(
    [
        organisation("a", dept="1", sector="union", type="x", languages=["fr"]),
        organisation("b", dept="1", sector="union", sector_as_given="Syndicat", languages=["fr", "nl"]),
        organisation("c", dept="2", Discipline="law"),
        organisation("=d"),
        Node("e", "Expert", {"name": "Eve", "dept": "2"}),
        Node("t", "Topic", {"label": "Water", "label_fr": "Eau"}),
    ],
    [
        Relationship("PARTNER_OF", "a", "b", "", {"kind": "twin", "type": "odd"}),
        Relationship("PARTNER_OF", "b", "c"),
        Relationship("AFFILIATED_WITH", "e", "a", "chair|", {"role": "chair"}),
        Relationship("WORKS_ON", "c", "t", "works"),
    ],
)


def modules_with_examples() -> list[ModuleType]:
    names = [f"{measures.__name__}.{found.name}" for found in pkgutil.iter_modules(measures.__path__)]
    modules = map(
        importlib.import_module, [*names, "cocommuns_graph.desk.frames", "cocommuns_graph.desk.desk"]
    )
    return [module for module in modules if ">>>" in Path(str(module.__file__)).read_text(encoding="utf-8")]


@pytest.mark.parametrize("module", modules_with_examples(), ids=lambda module: module.__name__)
def test_examples_in_the_docstrings_are_true(module: ModuleType, desk: Desk) -> None:
    done = doctest.testmod(module, extraglobs={"desk": desk, "nx": nx})
    assert done.attempted > 0
    assert done.failed == 0


def test_importing_the_package_stays_light() -> None:
    """The supervisor of the engine imports it, and lives as long as the engine."""
    heavy = "networkx, pandas, scipy, igraph, neo4j"
    program = (
        "import sys, cocommuns_graph as package\n"
        f"assert not {{name.strip() for name in {heavy!r}.split(',')}} & set(sys.modules)\n"
        "from cocommuns_graph import open_desk\n"
        "from cocommuns_graph.desk import open_desk as same\n"
        "assert open_desk is same and 'open_desk' in package.__all__"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(cocommuns_graph.__file__).parents[1])
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = cocommuns_graph.nothing


def test_metrics_as_rows_and_as_a_frame(desk: Desk) -> None:
    rows = desk.metrics("topics", by="sector")
    assert list(rows[0])[:4] == ["id", "name", "type", "degree"]
    assert list(rows[0])[3:] == list(MEASURES)
    assert [row["id"] for row in rows] == sorted(desk.networkx("topics"))
    frame = desk.frames.metrics("topics", by="sector")
    assert frame["degree"].dtype == "Int64"
    assert frame["closeness"].dtype == "float64"
    assert frame["degree"].tolist() == [row["degree"] for row in rows]
    assert frame.attrs["network"] == "topics"
    assert "ei_index" not in desk.frames.metrics()
    assert desk_of(Graph()).metrics(by="sector") == []
    assert len(desk_of(Graph()).frames.metrics()) == 0


def test_directed_only_where_ties_run(desk: Desk) -> None:
    plain, directed = desk_of(SMALL).metrics(), desk_of(SMALL).metrics(directed=True)
    assert [row["indegree"] for row in plain] == [row["degree"] for row in plain]
    assert {row["id"]: (row["indegree"], row["outdegree"]) for row in directed}["a"] == (1, 1)
    for one in MEASURES.values():
        if not (one.follows_direction or one.grouped):
            assert [row[one.name] for row in plain] == [row[one.name] for row in directed], one.name


def test_groups_take_imported_columns_first() -> None:
    assert groups_by(SMALL, "sector") == {"a": "union", "b": "Syndicat", "e": "union"}
    assert groups_by(SMALL, "dept") == {"a": "1", "b": "1", "c": "2", "e": "2"}
    assert groups_by(SMALL, "discipline") == {"c": "law"}
    assert groups_by(SMALL, "languages") == {"a": "fr", "b": "several"}
    assert groups_by(SMALL, "type") == {"a": "x"}
    with pytest.raises(InvalidValue, match=r"no actor has a property 'colour'.*there are Discipline, dept"):
        groups_by(SMALL, "colour")
    for never in ("id", "sources"):
        with pytest.raises(InvalidValue, match="no actor has"):
            groups_by(SMALL, never)


def test_what_a_viewer_may_not_see_groups_nobody(tmp_path: Path) -> None:
    public = desk_of(SMALL).for_viewer(Visibility.PUBLIC)
    with pytest.raises(InvalidValue, match=r"'dept'.* as far as public may see: more with --as coordinators"):
        public.write_metrics(tmp_path / "out.csv", by="dept")
    assert not (tmp_path / "out.csv").exists()
    assert public.metrics(by="sector")


def test_nodes_links_and_networkx_have_every_property() -> None:
    door = desk_of(SMALL)
    nodes = door.frames.nodes().set_index("id")
    assert nodes.loc["a", "type"] == "Organisation"
    assert nodes.loc["a", "type_property"] == "x"
    assert nodes.loc["b", "languages"] == ["fr", "nl"]
    assert nodes.loc["t", "label_fr"] == "Eau"
    links = door.frames.links("PARTNER_OF")
    assert links[["from", "type", "to"]].values.tolist() == [
        ["a", "PARTNER_OF", "b"],
        ["b", "PARTNER_OF", "c"],
    ]
    assert links.loc[0, "type_property"] == "odd"
    assert list(door.frames.links("NEEDS").columns) == ["from", "type", "to"]
    graph = door.networkx()
    assert graph.nodes["a"] == {
        "name": "A", "type": "Organisation", "dept": "1", "sector": "union", "type_property": "x",
        "languages": ["fr"],
    }  # fmt: skip
    assert graph.edges["e", "a", "AFFILIATED_WITH|chair|"] == {"type": "AFFILIATED_WITH", "role": "chair"}
    assert set(door.networkx("direct", directed=True).edges) == {("a", "b"), ("b", "c"), ("e", "a")}


def test_the_csv_says_what_it_is_and_runs_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "measures.csv"
    imported = Relationship(
        "WORKS_ON", "c", "t", "offers", {"mode": "offers", "created_in": "2026-01-01T000000-aaaaaa"}
    )
    written = (
        desk_of(Graph(SMALL.nodes.values(), [*SMALL.relationships, imported]))
        .for_viewer(Visibility.COORDINATORS)
        .write_metrics(path, "direct", directed=True, by="dept")
    )
    assert written.paths == (path,)
    text = path.read_text(encoding="utf-8-sig").splitlines()
    head = dict(line.removeprefix("# ").split(": ", 1) for line in text if line.startswith("# "))
    assert head["network"] == "direct"
    assert head["direction"] == "directed"
    assert head["filters"] == "by=dept"
    assert head["version"] == f"cocommuns_graph {cocommuns_graph.__version__}"
    assert head["imports"] == "2026-01-01T000000-aaaaaa"
    assert head["viewer"] == "coordinators"
    assert head["seed"] == "1"
    assert head["betweenness"] == "exact"
    assert len(head["date"]) == 10
    assert "1 of 5 actors" in head["groups"]
    rows = list(csv.DictReader(line for line in text if not line.startswith("# ")))
    assert [row["id"] for row in rows] == ["'=d", "a", "b", "c", "e"]
    assert rows[0]["closeness"] == rows[0]["ei_index"] == ""
    asked = {row["id"]: row for row in desk_of(SMALL).metrics(directed=True, by="dept")}
    assert [float(row["pagerank"]) for row in rows[1:]] == [asked[row["id"]]["pagerank"] for row in rows[1:]]


def test_explained_says_everything_of_every_measure() -> None:
    listed = explained()
    assert [one["name"] for one in listed] == list(MEASURES)
    assert all(all(one.values()) for one in listed)
