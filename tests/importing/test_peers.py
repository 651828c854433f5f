"""Every example of the peers' own is read, with what they expect of it, or refused with the reason."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from cocommuns_graph.exporting import export
from cocommuns_graph.importing.sources import read
from cocommuns_graph.model.errors import UnreadableFile
from tests.changes.fake import Memory, plan
from tests.exporting.graphs import META, small
from tests.shared import shared_path

PEERS = "data/peer-tool-examples"
GEPHI = f"{PEERS}/gephi_import_tests"

REFUSED = {
    "gexf__meta.gexf": "has no graph in it",
    "murmurations_cta_opportunity-v0.1.0.json": "is a JSON schema",
    "murmurations_organizations_schema-v1.0.0.json": "is a JSON schema",
    "murmurations_people_schema-v0.1.0.json": "is a JSON schema",
}


def imported(*paths: Path, memory: Memory | None = None, label: str | None = None) -> Memory:
    """What is in an empty inventory after files were imported; every row is accounted for."""
    memory = Memory() if memory is None else memory
    rows = list(read(paths, label=label).rows())
    outcome = plan(memory, rows)
    assert sum(counts.rows for counts in outcome.verdicts.values()) == len(rows)
    return memory


def ends(memory: Memory) -> list[tuple[str, str]]:
    """The ties by the names of both ends."""
    return sorted(
        (str(memory.values[start]["name"]), str(memory.values[end]["name"]))
        for start, _, end, _ in memory.ties
    )


def expected(name: str) -> list[dict[str, str]]:
    path = shared_path(f"{GEPHI}/spreadsheet__expected__{name}.csv")
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def pairs(rows: Iterable[dict[str, str]]) -> set[tuple[str, str]]:
    return {(row["Source"].strip(), row["Target"].strip()) for row in rows}


@pytest.mark.parametrize("folder", [PEERS, GEPHI])
def test_every_file_is_read_or_refused_with_the_reason(folder: str) -> None:
    for path in sorted(shared_path(folder).iterdir()):
        if path.is_dir() or path.name == "SOURCE.txt":
            continue
        if path.name in REFUSED:
            with pytest.raises(UnreadableFile, match=REFUSED[path.name]):
                read([path])
            continue
        rows = list(read([path]).rows())
        assert rows, path
        assert not any(row.rejected for row in rows), path


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("adj_list.csv", "testAdjacencyList_edges"),
        ("matrix.csv", "testMatrix_CSV_edges"),
        ("matrix.xlsx", "testMatrix_Excel_edges"),
        ("complex_matrix.csv", "testComplexMatrix_edges"),
        ("edges_table_repeated_with_ids.csv", "testEdgesTableRepeatedWithIds_edges"),
        ("edges_table_repeated_without_ids.csv", "testEdgesTableRepeatedWithoutIds_Merged_edges"),
        ("edges_table_types_test.csv", "testEdgesTableTypesTest_edges"),
        ("edges_table_with_timeset_intervals.csv", "testEdgesTableWithTimeset_Interval_edges"),
        ("edges_table_with_timeset_timestamps.csv", "testEdgesTableWithTimeset_Timestamp_edges"),
        ("edges_table_dynamic_weights.csv", "testEdgesTableDynamicWeightsMerged_edges"),
    ],
)
def test_gephi_tables_give_the_ties_that_gephi_expects(name: str, result: str) -> None:
    memory = imported(shared_path(f"{GEPHI}/spreadsheet__{name}"))
    rows = expected(result)
    assert ends(memory) == sorted(pairs(rows))
    if "atrix" in name:
        weights = {
            (s.split(":", 1)[1], e.split(":", 1)[1]): v["weight"] for (s, _, e, _), v in memory.ties.items()
        }
        assert weights == {(row["Source"], row["Target"]): float(row["Weight"]) for row in rows}


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("opposite_force_undirected_merged", "OppositeForceUndirected_Merged"),
        ("opposite_force_undirected_issue_1848", "OppositeForceUndirected_Issue1848"),
    ],
)
def test_ties_there_and_back_are_kept_and_are_the_undirected_ones_gephi_expects(
    name: str, result: str
) -> None:
    memory = imported(shared_path(f"{GEPHI}/spreadsheet__edges_table_{name}.csv"))
    wanted = pairs(expected(f"testEdgesTable{result}_edges"))
    assert {tuple(sorted(pair)) for pair in ends(memory)} == {tuple(sorted(pair)) for pair in wanted}


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("nodes_table_types_test.csv", "testNodesTableTypesTest_nodes"),
        ("test_utf8_chars.csv", "testUTF8Chars_nodes"),
        ("test_utf8_chars_with_bom.csv", "testUTF8CharsWithBOM_nodes"),
    ],
)
def test_gephi_tables_of_nodes_give_the_nodes_that_gephi_expects(name: str, result: str) -> None:
    memory = imported(shared_path(f"{GEPHI}/spreadsheet__{name}"))
    found = {str(values["name"]) for values in memory.values.values()}
    assert found == {row["Label"] or row["Id"] for row in expected(result) if row["Id"]}


@pytest.mark.parametrize(
    ("name", "nodes", "ties", "experts"),
    [
        ("kumu_paypal-mafia.xlsx", 34, 49, 17),
        ("kumu_snap-to-tutorial-data.xlsx", 51, 113 - 4, 0),
        ("kumu_snap-to-tutorial-project.json", 51, 113 - 4, 0),
        ("kumu_us-financial-inclusion.json", 230, 232 - 2, 0),
        ("kumu_changelabs-template.json", 10, 11, 0),
        ("onodo_template.xlsx", 2, 1, 0),
        ("gephi_LesMiserables.gexf", 77, 254, 0),
        ("gephi_football.graphml", 115, 613, 0),
        ("manynet_testCSVComma.csv", 3, 3, 0),
        ("manynet_testCSVSemiColon.csv", 3, 3, 0),
        ("manynet_test_matrix.csv", 4, 16, 0),
    ],
)
def test_networks_have_as_many_nodes_and_ties_as_their_files(
    name: str, nodes: int, ties: int, experts: int
) -> None:
    """Less the connections that Kumu's files name a second time, with the same ends and type."""
    memory = imported(shared_path(f"{PEERS}/{name}"))
    assert (len(memory.labels), len(memory.ties)) == (nodes, ties)
    assert list(memory.labels.values()).count("Expert") == experts


def test_a_table_of_ties_makes_only_the_nodes_that_nothing_has(tmp_path: Path) -> None:
    (tmp_path / "net_nodes.csv").write_text("id,name\n1,Ada\n", encoding="utf-8")
    memory = imported(tmp_path / "net_nodes.csv", label="expert")
    alone = tmp_path / "elsewhere"
    alone.mkdir()
    (alone / "net_edges.csv").write_text("source,target\n1,2\n2,1\n", encoding="utf-8")
    imported(alone / "net_edges.csv", memory=memory, label="expert")
    assert {i: (memory.labels[i], v["name"]) for i, v in memory.values.items()} == {
        "net:1": ("Expert", "Ada"),
        "net:2": ("Expert", "2"),
    }
    assert len(memory.ties) == 2


def test_a_murmurations_profile_keeps_ways_to_reach_people_private(tmp_path: Path) -> None:
    path = tmp_path / "profiles.json"
    path.write_text(
        '[{"linked_schemas": ["people_schema-v0.1.0"], "name": "Ada", "primary_url": "https://ada.example",'
        ' "tags": ["care", "law"], "contact_details": {"email": "ada@example.org"},'
        ' "knows_language": ["fr"]},'
        ' {"linked_schemas": ["organizations_schema-v1.0.0"], "name": "O", "primary_url": "https://o.example",'
        ' "tags": ["care"], "contact_details": {"email": "o@example.org"},'
        ' "geolocation": {"lat": 1, "lon": 2}}]',
        encoding="utf-8",
    )
    memory = imported(path)
    ada = memory.values["murmurations:https://ada.example"]
    assert (ada["contact"], ada["languages"]) == (["ada@example.org"], ["fr"])
    own = memory.values["murmurations:https://o.example"]
    assert (own["latitude"], own["longitude"]) == (1.0, 2.0)
    assert "o@example.org" not in str(own)
    assert sorted(type_ for _, type_, _, _ in memory.ties) == ["EXPERT_IN", "EXPERT_IN", "WORKS_ON"]


@pytest.mark.parametrize("name", ["kumu", "murmurations"])
def test_what_is_written_for_others_is_read_back(tmp_path: Path, name: str) -> None:
    graph = small()
    path = tmp_path / f"{name}.json"
    export(graph, path, name, META)
    assert "zoe@example.org" in path.read_text(encoding="utf-8") or name == "murmurations"
    memory = imported(path)
    names = {str(values.get("name")) for values in memory.values.values()}
    assert {node.name for node in graph.of_label("Organisation")} <= names


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.gml", "graph [ node [ id 1 ]", "ends before its last bracket is closed"),
        ("a.gml", 'graph [ node [ id 1 label "x ] ]', "opens a text that does not end"),
        ("a.gml", "graph " + "[ a " * 100, "nested deeper"),
        ("a.gml", "graph [ edge [ source 1 ] ]", "edge 1 has no source or no target"),
        ("a.gml", "graph [ ]", "has no node in it"),
        ("a.json", "{" * 50, "damaged JSON"),
        ("a.json", '{"a": ' * 100_000, "nested deeper than records are"),
        ("a.json", "[1, 2]", "no list of records"),
        ("a.json", '{"linked_schemas": ["offers_wants_schema"], "name": "x"}', "no profile of a person"),
        ("a.vna", "*tie data\nfrom to\na\n", "line 3 has a tie of one end"),
    ],
)
def test_broken_networks_are_refused_with_the_reason(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=said):
        read([path])
