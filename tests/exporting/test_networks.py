"""graphml, gexf and json: files that networkx, and with it Gephi's form, read back attribute by attribute."""

from __future__ import annotations

import json
import math
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocommuns_graph.exporting import export
from cocommuns_graph.exporting.networks import network, xml_text
from cocommuns_graph.model import Graph, Node, Relationship
from tests.exporting.graphs import META, small

GEXF = "{http://www.gexf.net/1.2draft}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def read(path: Path) -> nx.MultiDiGraph:
    graph = nx.read_graphml(path, force_multigraph=True) if path.suffix == ".graphml" else nx.read_gexf(path)
    return graph if graph.is_multigraph() else nx.MultiDiGraph(graph)


def written(tmp_path: Path, graph: Graph, ending: str) -> Path:
    path = tmp_path / f"out{ending}"
    assert export(graph, path, None, META) == [path]
    return path


def test_graphml_has_every_property_of_every_node_and_tie(tmp_path: Path) -> None:
    found = read(written(tmp_path, small(), ".graphml"))
    assert found.is_directed()
    assert found.nodes["organisation-smart"] == {
        "label": "SMart", "type": "Organisation", "name": "SMart", "aliases": r"Smart|a\|b|c;d",
        "sector": "cooperative", "country": "BE", "latitude": 50.83, "longitude": 4.0, "languages": "fr|nl",
        "priors": 3, "digits": "007", "tags": "x|y", "open": True, "mixed": "text", "visibility": "public",
        "sources": "a.csv:2|b.csv:3", "created_in": "i-1",
    }  # fmt: skip
    assert found.nodes["t1"]["label"] == "Care"
    assert found.nodes["t1"]["label_fr"] == "Soin"
    assert found.nodes["o2"]["mixed"] == "4"
    assert found.number_of_edges("e1", "o2") == 2
    ties = [data for _, _, data in found.edges("e1", data=True)]
    assert {"type": "AFFILIATED_WITH", "label": "is affiliated with", "role": "chair", "since": "2016",
            "key": "chair|2016", "sources": "a.csv:2", "created_in": "i-1"} in ties  # fmt: skip
    assert found.graph["network"] == "inventory"
    assert found.graph["imports"] == "i-1, i-2"
    assert found.graph["viewer"] == "stewards"


def test_each_tie_of_graphml_has_an_id_of_its_own_and_each_name_one_type(tmp_path: Path) -> None:
    root = ElementTree.parse(written(tmp_path, small(), ".graphml")).getroot()
    ids = [edge.get("id") for edge in root.iter(f"{GRAPHML}edge")]
    assert len(set(ids)) == len(ids) == 5
    keys = [(key.get("for"), key.get("attr.name")) for key in root.iter(f"{GRAPHML}key")]
    assert len(set(keys)) == len(keys)


def test_gexf_keeps_dates_and_types_as_properties(tmp_path: Path) -> None:
    path = written(tmp_path, small(), ".gexf")
    found = read(path)
    assert found.nodes["i1"] == {
        "label": "# Fair", "type": "Initiative", "name": "# Fair", "start_property": "2016-12-05",
        "end_property": "2017", "visibility": "public", "sources": "a.csv:2|b.csv:3", "created_in": "i-1",
    }  # fmt: skip
    loop = found.get_edge_data("o2", "o2")
    assert [(tie["relationship"], tie["weight"], tie["kind"]) for tie in loop.values()] == [
        ("PARTNER_OF", 0.5, "joint")
    ]
    root = ElementTree.parse(path).getroot()
    assert root.find(f"{GEXF}graph").get("mode") == "static"
    assert root.find(f"{GEXF}graph").get("defaultedgetype") == "directed"
    assert root.find(f"{GEXF}meta/{GEXF}creator").text == "cocommuns_graph 0.1.0"
    assert "network: inventory; direction: as stored" in root.find(f"{GEXF}meta/{GEXF}description").text
    assert len({edge.get("id") for edge in root.iter(f"{GEXF}edge")}) == 5


def test_json_is_a_node_link_graph_with_lists_as_lists(tmp_path: Path) -> None:
    data = json.loads(written(tmp_path, small(), ".json").read_text(encoding="utf-8"))
    assert data["meta"]["network"] == "inventory"
    assert data["meta"]["date"] == "2026-11-24"
    graph = nx.node_link_graph(data, edges="edges")
    assert graph.nodes["organisation-smart"]["properties"]["aliases"] == ["Smart", "a|b", "c;d"]
    assert graph.nodes["organisation-smart"]["label"] == "Organisation"
    assert graph.nodes["e1"]["name"].startswith("Zoë")
    assert graph.number_of_edges("e1", "o2") == 2
    assert graph.edges["e1", "o2", "AFFILIATED_WITH|chair|2016"]["properties"]["since"] == "2016"


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_an_empty_graph_is_a_file_that_opens(tmp_path: Path, ending: str) -> None:
    assert len(read(written(tmp_path, Graph(), ending))) == 0


def hostile() -> Graph:
    return Graph(
        [
            Node("a\x00", "Expert", {"id": "a\x00", "name": "\x0b<b>&\ud800", "x y": "]]>", "type": "mine"}),
            Node("a\x01", "Expert", {"id": "a\x01", "label": "own", "label_property": "too", "viz": "v"}),
            Node("c", "Expert", {"id": "c", "x y": math.nan, "big": 2**70, "flag": True}),
            Node("d", "Expert", {"id": "d", "x y": math.inf, "big": 1, "flag": 2.5}),
        ],
        [
            Relationship(
                "COLLABORATES_WITH", "a\x00", "a\x01", "", {"weight": "heavy", "key": "", "source": "s"}
            )
        ],
    )


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_what_xml_forbids_and_what_clashes_still_opens(tmp_path: Path, ending: str) -> None:
    found = read(written(tmp_path, hostile(), ending))
    assert sorted(found) == ["a\ufffd", "a\ufffd_2", "c", "d"]
    assert found.nodes["a\ufffd"]["label"] == "\ufffd<b>&\ufffd"
    assert found.nodes["a\ufffd"]["type_property"] == "mine"
    own = found.nodes["a\ufffd_2"]
    assert {own["label_property"], own["label_property_property"]} == {"own", "too"}
    assert (found.nodes["c"]["big"], found.nodes["d"]["big"]) == (str(2**70), "1")
    assert (found.nodes["c"]["flag"], found.nodes["d"]["flag"]) == ("true", "2.5")
    assert found.nodes["d"]["x y"] == "inf"
    assert found.number_of_edges() == 1


def test_json_has_null_for_what_it_cannot_say(tmp_path: Path) -> None:
    data = json.loads(written(tmp_path, hostile(), ".json").read_text(encoding="utf-8"))
    assert [node["properties"].get("x y") for node in data["nodes"]] == ["]]>", None, None, None]


value = st.one_of(
    st.text(max_size=20), st.integers(-(2**40), 2**40), st.booleans(), st.floats(allow_nan=False),
    st.lists(st.text(max_size=5), max_size=3),
)  # fmt: skip
properties = st.dictionaries(st.text(min_size=1, max_size=6), value, max_size=4)


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(nodes=st.lists(properties, min_size=1, max_size=3), tie=properties)
def test_attributes_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, ending: str, nodes: list[dict], tie: dict
) -> None:
    graph = Graph(
        [Node(f"n{i}", "Organisation", {**given_, "id": f"n{i}"}) for i, given_ in enumerate(nodes)],
        [Relationship("PARTNER_OF", "n0", "n0", "", tie)],
    )
    found = read(written(tmp_path_factory.mktemp("network"), graph, ending))
    expected = network(graph, META)
    for name, attributes in expected.nodes(data=True):
        assert sorted(map(shown, found.nodes[name].values())) == sorted(map(shown, attributes.values()))
    assert found.number_of_edges() == 1


def shown(attribute: object) -> str:
    """Attributes by type and value; XML readers give the empty text for one without any."""
    return f"{type(attribute).__name__} {attribute}" if attribute not in (None, "") else ""


def test_text_for_xml_keeps_every_language_and_sign() -> None:
    assert xml_text("Économie 社会 🌍 \t\n <&>") == "Économie 社会 🌍 \t\n <&>"
    assert xml_text("\x00\r\n\ufffe") == "\ufffd\n\ufffd"
