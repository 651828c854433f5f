"""csv and xlsx: what is written is what our own importer reads back."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocommuns_graph.exporting import export
from cocommuns_graph.model import MODEL, Graph, Node, Relationship, Value
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import LINE, PROSE
from cocommuns_graph.reading import open_tables
from tests.exporting.graphs import META, plain, read_back, small

FORMATS = ("csv", "xlsx")
NAMES = ["experts.csv", "initiatives.csv", "links.csv", "organisations.csv", "topics.csv"]


def target(tmp_path: Path, format_: str) -> Path:
    return tmp_path / ("out" if format_ == "csv" else "out.xlsx")


def assert_same(graph: Graph, path: Path) -> None:
    nodes, links, rows = read_back(path)
    assert [problem.sentence() for row in rows for problem in row.problems] == []
    assert {node.id: (node.label, plain(node)) for node in nodes.values()} == {
        node.id: (node.label, plain(node)) for node in graph.nodes.values()
    }
    assert {key: plain(link) for key, link in links.items()} == {
        link.identity: plain(link) for link in graph.relationships
    }
    for node in graph.nodes.values():
        for name, value in plain(node).items():
            assert type(nodes[node.id].properties[name]) is type(value)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_reads_back_to_the_same_graph(tmp_path: Path, format_: str) -> None:
    graph = small()
    written = export(graph, target(tmp_path, format_), format_, META)
    assert all(path.is_file() for path in written)
    if format_ == "csv":
        assert sorted(path.name for path in written) == NAMES
    assert_same(graph, target(tmp_path, format_))


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_graph_gives_empty_tables(tmp_path: Path, format_: str) -> None:
    export(Graph(), target(tmp_path, format_), format_, META)
    assert read_back(target(tmp_path, format_)) == ({}, {}, [])


def test_a_csv_says_what_it_is_above_its_columns(tmp_path: Path) -> None:
    export(small(), tmp_path / "out", None, META)
    raw = (tmp_path / "out" / "organisations.csv").read_bytes()
    assert raw.startswith(b"# network: inventory\r\n")
    lines = raw.decode("utf-8-sig").splitlines()
    assert lines[:8] == [
        "# network: inventory", "# direction: as stored", "# filters: none",
        "# version: cocommuns_graph 0.1.0", "# imports: i-1, i-2", "# date: 2026-11-24",
        "# viewer: stewards", "# export: organisations",
    ]  # fmt: skip
    (table,) = open_tables(tmp_path / "out" / "organisations.csv")
    assert table.meta["imports"] == "i-1, i-2"
    assert table.columns[:4] == ["id", "name", "aliases", "sector"]
    assert table.columns[-7:] == ["digits", "mixed", "open", "priors", "tags", "sources", "created_in"]


def test_nothing_in_a_cell_runs_as_a_formula(tmp_path: Path) -> None:
    export(small(), tmp_path / "out", "csv", META)
    for name in NAMES:
        with (tmp_path / "out" / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")]
    export(small(), tmp_path / "out.xlsx", None, META)
    for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets:
        for cells in sheet.iter_rows():
            assert not [cell.value for cell in cells if cell.data_type == "f"]
            assert not [cell.value for cell in cells if str(cell.value)[:1] in ("=", "+", "@")]


def test_a_spreadsheet_may_save_the_export_with_semicolons(tmp_path: Path) -> None:
    graph = small()
    export(graph, tmp_path / "out", "csv", META)
    for name in NAMES:
        path = tmp_path / "out" / name
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        width = max(map(len, rows))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([*row, *[""] * (width - len(row))] for row in rows)
    assert_same(graph, tmp_path / "out")


def test_undeclared_properties_called_as_columns_of_ours_come_back(tmp_path: Path) -> None:
    names: dict[str, Value] = {
        "source": "a book", "source_line": 4, "Sources": "x", "type": "y", "from": "z", "reason": "w",
        "Priors": 1, "priors": 2, "name_as_given": "n", "column_2016": 1.5, "δοκιμή": "ok",
    }  # fmt: skip
    link = {"key": "", "to": "there", "id": "an id", "name": "a name", "type": "odd"}
    graph = Graph(
        [Node("o", "Organisation", {"id": "o", "name": "O", "visibility": "public", **names})],
        [Relationship("MEMBER_OF", "o", "o", "", link)],
    )
    export(graph, tmp_path / "out", "csv", META)
    assert_same(graph, tmp_path / "out")


def test_what_the_viewer_may_not_see_has_no_column(tmp_path: Path) -> None:
    graph = Graph([Node("e", "Expert", {"id": "e", "name": "E", "visibility": "public"})])
    export(graph, tmp_path / "out", "csv", META)
    (table,) = open_tables(tmp_path / "out" / "experts.csv")
    assert "contact" not in table.columns


def test_a_folder_may_be_called_csv_and_be_written_again(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    export(small(), path, None, META)
    export(Graph(), path, None, META)
    assert sorted(file.name for file in path.iterdir()) == NAMES
    assert read_back(path)[0] == {}


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="'pdf' is no export format; accepted: csv, xlsx"):
        export(Graph(), tmp_path / "out.pdf", None, META)
    with pytest.raises(InvalidValue, match="'sql'"):
        export(Graph(), tmp_path / "out.json", "sql", META)


line = st.text(max_size=20).map(LINE.clean).filter(bool)
prose = st.text(max_size=40).map(PROSE.clean).filter(bool)
word = st.from_regex(r"[A-Za-z]\w{0,8}", fullmatch=True)
number = st.integers(-(2**53), 2**53)
fraction = st.floats(allow_nan=False, allow_infinity=False)
undeclared = st.one_of(
    prose,
    number,
    fraction,
    st.booleans(),
    st.lists(prose, min_size=1, max_size=3),
    st.lists(number, min_size=1),
)


def innocent(value: object) -> bool:
    """Text without anything like an address or number, which the importer would move to contact."""
    from cocommuns_graph.formats.contacts import find, is_contact_column

    texts = value if isinstance(value, list) else [value]
    return all(not isinstance(text, str) or not find(text).contacts for text in texts) and not (
        isinstance(value, str) and is_contact_column(value)
    )


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    names = draw(st.lists(word.filter(innocent), max_size=4, unique_by=str.casefold))
    names = [name for name in names if not MODEL.node("Organisation").property(name.lower())]
    nodes = []
    for number_ in range(draw(st.integers(1, 4))):
        given_ = {name: draw(undeclared.filter(innocent)) for name in names if draw(st.booleans())}
        nodes.append(
            Node(
                f"o{number_}",
                "Organisation",
                {
                    "id": f"o{number_}",
                    "name": draw(line.filter(innocent)),
                    "description": draw(prose.filter(innocent)),
                    "aliases": draw(st.lists(line.filter(innocent), min_size=1, max_size=3, unique=True)),
                    "latitude": draw(st.floats(-90, 90)),
                    **given_,
                },
            )
        )
    links = [
        Relationship("PARTNER_OF", "o0", node.id, kind, {"kind": kind, "weight": draw(st.floats(0, 1e300))})
        for node in nodes
        if (
            kind := str(
                draw(line.filter(lambda text: innocent(text) and "|" not in text and "\\" not in text))
            )
        )
    ]
    return Graph(nodes, links)


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(graph=graphs())
def test_whatever_is_in_the_graph_comes_back(
    tmp_path_factory: pytest.TempPathFactory, format_: str, graph: Graph
) -> None:
    path = target(tmp_path_factory.mktemp("export"), format_)
    export(graph, path, format_, META)
    assert_same(graph, path)
