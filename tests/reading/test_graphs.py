"""GraphML and GEXF as tables: what other programs write, what is made to do harm, and where a row is."""

from __future__ import annotations

import codecs
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading import Table, open_tables, table_files
from cocommuns_graph.reading.graph_form import Form, FormTable, decode, encode
from tests.shared import shared_path

GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'
GEXF = '<gexf xmlns="http://www.gexf.net/1.3" version="1.3">{}</gexf>'


def tables_of(tmp_path: Path, text: str, name: str = "net.graphml") -> dict[str, Table]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return {table.name.rpartition("/")[2]: table for table in open_tables(path)}


def cells(table: Table) -> list[dict[str, str]]:
    return [row.cells for row in table.rows()]


def test_graphml_becomes_a_pair_of_tables(tmp_path: Path) -> None:
    found = tables_of(
        tmp_path,
        GRAPHML.format(
            '<key id="d0" for="node" attr.name="label" attr.type="string"/>'
            '<key id="d1" for="node" attr.name="open" attr.type="boolean"><default>false</default></key>'
            '<key id="d2" for="edge" attr.name="Weight" attr.type="double"/>'
            '<key id="d2" for="node" attr.name="Sector" attr.type="string"/>'
            '<graph edgedefault="directed">'
            '<node id="a"><data key="d0">Ada &amp; Co</data><data key="d1">TRUE</data></node>'
            '<node id="b"><data key="d2">union</data></node>'
            '<edge source="a" target="b"><data key="d2">2.5</data></edge>'
            '<edge source="b" target="b"/>'
            "</graph>"
        ),
    )
    assert list(found) == ["net_nodes", "net_edges"]
    assert cells(found["net_nodes"]) == [
        {"id": "a", "name": "Ada & Co", "open": "true", "Sector": ""},
        {"id": "b", "name": "", "open": "false", "Sector": "union"},
    ]
    assert cells(found["net_edges"]) == [
        {"source": "a", "target": "b", "Weight": "2.5"},
        {"source": "b", "target": "b", "Weight": ""},
    ]
    table = found["net_nodes"]
    assert (table.encoding, table.delimiter, table.header_line, table.notes) == ("utf-8", None, 1, [])
    assert [row.line for row in table.rows()] == [1, 2]
    assert cells(table) == cells(table)


def test_gexf_becomes_a_pair_of_tables(tmp_path: Path) -> None:
    found = tables_of(
        tmp_path,
        GEXF.format(
            '<graph defaultedgetype="undirected">'
            '<attributes class="node"><attribute id="0" title="Topic Area" type="string">'
            "<default>none</default></attribute></attributes>"
            '<attributes class="edge"><attribute id="0" title="Type" type="string"/></attributes>'
            '<nodes><node id="1" label="One"><attvalues><attvalue for="0" value="care"/></attvalues></node>'
            '<node id="2" label="Two"><nodes><node id="3"/></nodes></node></nodes>'
            '<edges><edge id="e" source="1" target="2" type="directed" weight="3" label="help">'
            '<attvalues><attvalue for="0" value="advice"/></attvalues></edge>'
            '<edge id="f" source="2" target="3"/></edges></graph>'
        ),
        "my net.gexf",
    )
    assert list(found) == ["my net_nodes", "my net_edges"]
    nodes = {row.cells["id"]: (row.line, row.cells) for row in found["my net_nodes"].rows()}
    assert nodes["1"] == (1, {"id": "1", "name": "One", "Topic Area": "care"})
    assert nodes["3"] == (3, {"id": "3", "name": "", "Topic Area": "none"})
    assert cells(found["my net_edges"]) == [
        {
            "source": "1", "target": "2", "label": "help", "weight": "3", "Type": "advice",
            "direction": "directed",
        },
        {
            "source": "2", "target": "3", "label": "", "weight": "", "Type": "",
            "direction": "undirected",
        },
    ]  # fmt: skip


def test_a_network_without_ties_has_one_table_and_one_without_nodes_no_row(tmp_path: Path) -> None:
    assert list(tables_of(tmp_path, GRAPHML.format('<graph><node id="a"/></graph>'))) == ["net_nodes"]
    assert cells(tables_of(tmp_path, GRAPHML.format("<graph/>"))["net_nodes"]) == []


def test_what_a_reader_should_know_is_said(tmp_path: Path) -> None:
    found = tables_of(
        tmp_path,
        GRAPHML.format(
            '<graph edgedefault="undirected"><node id="a"><graph><node id="b"/></graph></node>'
            '<hyperedge/><edge source="a" target="b"/></graph>'
        ),
    )
    assert found["net_nodes"].notes == [
        "2 graphs, nested or one after the other, were read as one",
        "1 hyperedges, ties of more than two, were left out",
    ]
    assert found["net_edges"].notes == ["ties are undirected; each is kept from source to target"]


def test_text_that_yed_draws_is_the_name(tmp_path: Path) -> None:
    found = tables_of(
        tmp_path,
        '<graphml xmlns:y="http://www.yworks.com/xml/graphml">'
        '<key id="d6" for="node" yfiles.type="nodegraphics"/><graph><node id="n0"><data key="d6">\n'
        "<y:ShapeNode><y:Fill/><y:NodeLabel>A cooperative<y:X/></y:NodeLabel></y:ShapeNode></data></node>"
        '<node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>Une ville</y:NodeLabel></y:ShapeNode>'
        "</data></node></graph></graphml>",
    )
    assert [row["name"] for row in cells(found["net_nodes"])] == ["A cooperative", "Une ville"]


def test_attributes_called_alike_keep_apart(tmp_path: Path) -> None:
    found = tables_of(
        tmp_path,
        GRAPHML.format(
            '<key id="a" for="node" attr.name="id"/><key id="b" for="node" attr.name="Name"/>'
            '<key id="c" for="node" attr.name="label"/><key id="d" for="node" attr.name="name"/>'
            '<graph><node id="n"><data key="a">own</data><data key="b">N</data><data key="c">L</data>'
            '<data key="d">other</data></node></graph>'
        ),
    )
    assert cells(found["net_nodes"]) == [
        {"id": "n", "id_2": "own", "Name": "N", "label": "L", "name_2": "other"}
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252", "utf-8-sig"])
def test_the_encoding_a_file_declares_is_understood(tmp_path: Path, encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?>' + GEXF.format(
        '<graph><nodes><node id="1" label="Économie"/></nodes></graph>'
    )
    path = tmp_path / "e.gexf"
    path.write_bytes(codecs.encode(text, encoding))
    (table,) = open_tables(path)
    assert cells(table) == [{"id": "1", "name": "Économie"}]


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE graphml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<graphml><graph><node id="&b;"/></graph></graphml>'
)
OUTSIDE = (
    '<!DOCTYPE gexf [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<gexf><graph><nodes><node id="1" label="&x;"/></nodes></graph></gexf>'
)
REMOTE = '<!DOCTYPE graphml SYSTEM "http://example.org/graphml.dtd"><graphml><graph/></graphml>'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LAUGHS, "declares a document type"),
        (OUTSIDE, "declares a document type"),
        (REMOTE, "declares a document type"),
        (GRAPHML.format('<graph><node id="&b;"/></graph>'), "damaged XML: line 1: undefined entity"),
        (GRAPHML.format("<graph>" + "<node>" * 500), "more than 200 deep"),
        (GRAPHML.format("<graph><node id='a'></graph>"), "damaged XML: line 1: mismatched tag"),
        ("<?xml version='1.0'?>\n<graphml>\n<graph>\n", "damaged XML: line 4: no element found"),
        (GRAPHML.format('<graph><node id="a\x01"/></graph>'), "damaged XML"),
        (GRAPHML.format(""), "has no graph in it"),
        ("<?xml version='1.0' encoding='no-such'?><graphml/>", "encoding"),
        ("<?xml version='1.0'?><svg/>", "is XML, not a table or a network"),
        ("<!DOCTYPE html><html/>", "is a web page"),
    ],
)
def test_dangerous_and_damaged_files_are_refused_in_one_sentence(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        tables_of(tmp_path, text)
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.graphml"
    with path.open("wb") as file:
        file.write(b"<graphml>")
        file.truncate((1 << 30) + 1)
    with pytest.raises(UnreadableFile, match="larger than 1 GB"):
        open_tables(path)


def test_a_file_that_ends_early_when_read_again_says_so(tmp_path: Path) -> None:
    table = tables_of(tmp_path, GRAPHML.format('<graph><node id="a"/></graph>'))["net_nodes"]
    table.path.write_text("<graphml><graph>", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="damaged XML"):
        list(table.rows())


def test_a_network_is_known_by_what_it_holds(tmp_path: Path) -> None:
    text = GRAPHML.format('<graph><node id="a"/></graph>')
    found = tables_of(tmp_path, text, "export.xml")
    assert found["export_nodes"].notes == [
        "the file is called .xml but holds a network, so it was read as that"
    ]
    assert [path.name for path in table_files(tmp_path)] == ["export.xml"]


@pytest.mark.parametrize(
    ("name", "nodes", "ties", "columns"),
    [
        ("gephi_football.graphml", 115, 613, ["id", "partition"]),
        ("gephi_LesMiserables.gexf", 77, 254, ["id", "name", "Modularity Class"]),
    ],
)
def test_files_of_gephi(name: str, nodes: int, ties: int, columns: list[str]) -> None:
    node_table, tie_table = open_tables(shared_path(f"data/peer-tool-examples/{name}"))
    assert node_table.columns == columns
    assert len(list(node_table.rows())) == nodes
    assert len(list(tie_table.rows())) == ties
    if "weight" in tie_table.columns:
        first = next(row.cells for row in tie_table.rows() if row.cells["weight"])
        assert first == {"source": "2", "target": "0", "weight": "8.0"}


attribute = st.dictionaries(
    st.from_regex(r"[a-z]{2,8}", fullmatch=True).filter(lambda name: name not in ("id", "label", "name")),
    st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF), min_size=1, max_size=10),
    max_size=3,
)


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(nodes=st.lists(attribute, min_size=1, max_size=4), ties=st.lists(attribute, max_size=3))
def test_what_networkx_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, ending: str, nodes: list[dict], ties: list[dict]
) -> None:
    reserved = {"start", "end", "pid", "viz", "slices", "spells", "parents", "key", "type", "weight", "kind"}
    graph = nx.DiGraph()
    for number, given_ in enumerate(nodes):
        graph.add_node(f"n{number}", **{k: v for k, v in given_.items() if k not in reserved})
    for number, given_ in enumerate(ties[: len(nodes)]):
        graph.add_edge("n0", f"n{number}", **{k: v for k, v in given_.items() if k not in reserved})
    path = tmp_path_factory.mktemp("nx") / f"net.{ending}"
    (nx.write_graphml if ending == "graphml" else nx.write_gexf)(graph, path)
    tables = open_tables(path)
    read = {row.cells["id"]: row.cells for row in tables[0].rows()}
    assert list(read) == list(graph)
    for name, data in graph.nodes(data=True):
        filled = {k: v for k, v in read[name].items() if v and k not in ("id", "name")}
        assert filled == data
    if graph.number_of_edges():
        rows = [row.cells for row in tables[1].rows()]
        assert [(row["source"], row["target"]) for row in rows] == list(graph.edges)
        for row, (_, _, data) in zip(rows, graph.edges(data=True), strict=True):
            assert {k: v for k, v in row.items() if v and k not in ("source", "target")} == data


texts = st.text(max_size=8)
form_tables = st.builds(
    FormTable, texts.filter(lambda name: "/" not in name), st.dictionaries(texts, texts, max_size=3), texts
)
exact = st.dictionaries(texts, st.dictionaries(texts, st.tuples(texts, texts), max_size=2), max_size=2)


@given(
    st.builds(
        Form, st.dictionaries(texts, form_tables, max_size=3), form_tables, st.tuples(texts), exact, exact
    )
)
def test_a_form_is_plain_ascii_that_ends_no_instruction_and_comes_back(form: Form) -> None:
    text = encode(form)
    assert text.isascii()
    assert text.isprintable()
    assert "?>" not in text
    assert decode(text) == form


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"version":2}', '{"version":1,"nodes":3}', "[" * 9999]
)
def test_a_form_of_another_kind_is_none(text: str) -> None:
    assert decode(text) is None


def test_a_file_that_claims_to_be_ours_and_is_not_is_read_as_any_other(tmp_path: Path) -> None:
    body = GRAPHML.format('<graph><node id="a"/></graph>')
    assert list(tables_of(tmp_path, f"<?cocommuns-graph nonsense?>{body}", "n.graphml")) == ["n_nodes"]
    hostile = encode(Form({"Organisation": FormTable("../x", {}, "")}, FormTable("links", {}, "")))
    assert list(tables_of(tmp_path, f"<?cocommuns-graph {hostile}?>{body}", "n.graphml")) == ["n_nodes"]
