from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cocommuns_graph.changes import Counts, RowCounts
from cocommuns_graph.importing import read, report, words, write_rejects
from cocommuns_graph.model.claims import Problem
from tests.importing.files import write_small


@dataclass
class Said:
    """What a store might say."""

    import_id: str | None = "2026-1"
    nodes: Counts = field(default_factory=lambda: Counts(created=2))
    relationships: Counts = field(default_factory=lambda: Counts(created=2, unchanged=1))
    newcomers: dict[str, int] = field(default_factory=lambda: {"Organisation": 2})
    newcomers_named: dict[str, list[str]] = field(default_factory=lambda: {"Organisation": ["A", "B"]})
    verdicts: dict[str, RowCounts] = field(default_factory=dict)
    rejected: list[tuple[str, int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    no_longer: None = None


def test_the_report_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    write_small(tmp_path, "net_nodes.csv", "net_advice_edges.csv")
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    nodes, edges, odd = (
        str(tmp_path / name) for name in ("net_nodes.csv", "net_advice_edges.csv", "odd.csv")
    )
    said = Said(
        verdicts={nodes: RowCounts(created=2), edges: RowCounts(created=1, updated=1, rejected=1)},
        problems=[Problem(edges, 4, "target", "net:9", "no record has the id 'net:9'", "error")],
    )
    found = report(read([tmp_path]), said)
    assert set(found) >= {"import_id", "files", "nodes", "relationships", "problems"}
    assert found["import_id"] == "2026-1"
    assert found["nodes"] == {"created": 2, "updated": 0, "unchanged": 0, "removed": 0}
    assert found["newcomers"] == {"Organisation": {"count": 2, "names": ["A", "B"]}}
    by_path = {file["path"]: file for file in found["files"]}
    for file in found["files"]:
        assert file["rows"] == file["created"] + file["updated"] + file["unchanged"] + file["rejected"]
    assert {
        key: by_path[edges][key] for key in ("format", "encoding", "delimiter", "header_line", "rows")
    } == {
        "format": "pair",
        "encoding": "utf-8",
        "delimiter": ",",
        "header_line": 1,
        "rows": 3,
    }
    assert (by_path[odd]["format"], by_path[odd]["rows"]) == (None, 0)
    assert [(problem["path"], problem["row"], problem["severity"]) for problem in found["problems"]] == [
        (odd, 0, "note"),
        (edges, 4, "error"),
    ]
    assert set(found["problems"][0]) == {"path", "row", "column", "value", "reason", "severity"}


def test_what_is_only_seen_while_reading_is_told_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text("id,name,sources,created_in\n")
    reading = read([path])
    list(reading.rows())
    notes = [problem["reason"] for problem in report(reading, Said())["problems"]]
    assert notes == [
        "there are column names but no rows",
        "not read, because the inventory writes it itself: sources, created_in",
    ]


def test_words_say_what_was_read_and_group_what_was_wrong(tmp_path: Path) -> None:
    write_small(tmp_path, "net_nodes.csv", "net_advice_edges.csv")
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    edges = str(tmp_path / "net_advice_edges.csv")
    problems = [
        Problem(edges, line, "target", f"net:{line}", f"no record has the id 'net:{line}'", "error")
        for line in range(2, 5)
    ]
    said = Said(verdicts={edges: RowCounts(rejected=3)}, problems=problems)
    lines = words(report(read([tmp_path]), said))
    assert lines == [
        f"{tmp_path}/net_nodes.csv (pair, utf-8, comma): 0 rows",
        f"{edges} (pair, utf-8, comma): 3 rows: 3 rejected",
        "not read: odd.csv",
        "nodes: 2 created",
        "relationships: 2 created, 1 unchanged",
        f"rejected: {edges}, line 2, column target: no record has the id 'net:2' (and 2 more like it)",
        "import 2026-1",
    ]
    assert "a preview: nothing was written" in words(report(read([tmp_path]), Said(import_id=None)))


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_rejected_rows_are_mended_and_imported_again_as_what_they_were(tmp_path: Path, name: str) -> None:
    write_small(tmp_path, "net_nodes.csv", "net_advice_edges.csv")
    reading = read([tmp_path], namespace="n2", label="expert")
    paths = {source.path: source for source in reading.claimed}
    nodes, edges = paths
    said = Said(rejected=[(edges, 4, "no such id"), (nodes, 3, "bad"), (nodes, 3, "very bad")])
    (tmp_path / "rejects").mkdir()
    written = write_rejects(reading, said, tmp_path / "rejects" / name)
    assert written
    again = read(written)
    assert [(s.format.name, s.namespace, s.label) for s in again.claimed if s.format] == [
        ("pair", "n2", "Expert"),
        ("pair", "n2", "Expert"),
    ]
    first, second = again.rows()
    assert (first.nodes[0].label, first.nodes[0].id, first.nodes[0].properties) == (
        "Expert",
        "n2:2",
        {"name": "Two", "dept": 2},
    )
    assert [end.id for end in (second.links[0].start, second.links[0].end)] == ["n2:1", "n2:9"]  # type: ignore[union-attr]


def test_rejects_of_a_format_of_ones_own_name_its_file(tmp_path: Path) -> None:
    toml = tmp_path / "mine.toml"
    toml.write_text(
        'name = "mine"\ntitle = "Mine"\nnamespace = "m"\n[[file]]\nname = "x"\ncolumns = ["who"]\n'
        '[[file.node]]\nlabel = "Expert"\nproperties = { name = "who" }\n'
    )
    data = tmp_path / "list.csv"
    data.write_text("who,n\n???,1\nAda,2\n")
    reading = read([data], format=str(toml))
    rejected = [(row.path, row.line, row.problems[0].reason) for row in reading.rows() if row.rejected]
    (written,) = write_rejects(reading, Said(rejected=rejected), tmp_path / "out.csv")
    text = written.read_text(encoding="utf-8-sig")
    assert "no id can be made of the name '???'" in text
    written.write_text(text.replace("???,", "Bob,", 1), encoding="utf-8-sig")
    (row,) = read([written]).rows()
    assert row.nodes[0].id == "m:expert-bob"


def test_nothing_rejected_writes_nothing(tmp_path: Path) -> None:
    write_small(tmp_path, "net_nodes.csv")
    assert write_rejects(read([tmp_path]), Said(), tmp_path / "out.csv") == []
    assert not (tmp_path / "out.csv").exists()
