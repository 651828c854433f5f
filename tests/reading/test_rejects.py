"""Rejected rows: written, opened in a spreadsheet, mended, read back as their source was."""

from __future__ import annotations

import csv
import errno
import os
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocommuns_graph.markup import safe_cell
from cocommuns_graph.model.errors import UnwritableFile
from cocommuns_graph.reading import RejectedSource, Table, is_rejects, open_tables, write_rejects
from cocommuns_graph.reading.metadata import protect, unprotect


def source(name: str = "people.csv", **changes: object) -> RejectedSource:
    given = {
        "table_name": name,
        "path": Path("elsewhere") / name,
        "namespace": "club",
        "format": "people",
        "columns": ["id", "name"],
        "rows": [({"id": "1", "name": "Ann"}, "the country is not known")],
    }
    return RejectedSource(**{**given, **changes})  # type: ignore[arg-type]


def contents(table: Table) -> list[dict[str, str]]:
    return [row.cells for row in table.rows()]


SPECIAL = ["", "=1+1", "'=1", "''=1", "-5", "-x", "+32 2", "@a", "'s", "a\nb", "\r", "\t", "#N/A", "_x000B_"]
TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=15
) | st.sampled_from(
    ["", "=1+1", "'=1", "''=1", "-5", "-x", "+32 2", "@a", "'s", "a\nb", "\r", "\t", "#N/A", "_x000B_"]
)
COLUMN = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=8)
    .filter(lambda name: "\ufeff" not in name)
    | st.sampled_from(["reason", "=x", "'=x", "a,b", "c;d", "x y"])
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    data=st.data(),
    columns=st.lists(COLUMN, min_size=1, max_size=4, unique=True),
    ending=st.sampled_from([".csv", ".xlsx"]),
)
def test_reading_back_gives_the_same_cells(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, columns: list[str], ending: str
) -> None:
    row = st.tuples(st.fixed_dictionaries(dict.fromkeys(columns, TEXT)), TEXT)
    rows = data.draw(st.lists(row, min_size=1, max_size=4))
    rows = [(cells, reason) for cells, reason in rows if any(map(str.strip, cells.values()))]
    destination = tmp_path_factory.mktemp("rejects") / f"rejects{ending}"
    rejected = source(columns=columns, rows=rows)
    if not rows:
        assert write_rejects(destination, [rejected]) == []
        return
    assert write_rejects(destination, [rejected]) == [destination]
    [table] = open_tables(destination)
    assert table.columns == columns
    assert contents(table) == [cells for cells, _ in rows]
    assert (table.meta["format"], table.meta["namespace"], table.meta["source"]) == (
        "people",
        "club",
        "people.csv",
    )
    assert is_rejects(table.meta)


def test_rows_of_control_characters_come_back(tmp_path: Path) -> None:
    """Few rows, most of them what is else found in binary files only."""
    cells = {"0": "\x08" * 15}
    rejected = source(columns=["0"], rows=[(cells, "\x01" * 15)] * 4)
    assert write_rejects(tmp_path / "rejects.csv", [rejected]) == [tmp_path / "rejects.csv"]
    [table] = open_tables(tmp_path / "rejects.csv")
    assert contents(table) == [cells] * 4


@given(TEXT)
def test_protected_text_is_safe_and_unprotected_again(text: str) -> None:
    assert safe_cell(protect(text)) == protect(text)
    assert unprotect(protect(text)) == text


@pytest.mark.parametrize("word", ["'s-Hertogenbosch", "'tis", "-5", "+3.5", "plain"])
def test_words_and_numbers_are_left_alone(word: str) -> None:
    assert protect(word) == unprotect(word) == word


def test_formulas_are_neutralised_in_the_file_itself(tmp_path: Path) -> None:
    rows = [({"id": "=cmd|' /C calc'!A0", "name": "-2+3"}, "=bad")]
    write_rejects(tmp_path / "r.csv", [source(rows=rows)])
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[-1] == ["'=cmd|' /C calc'!A0", "'-2+3", "'=bad"]


def test_a_spreadsheet_that_saves_the_file_with_semicolons_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "# source: people.csv;;\n# format: people;;\n# reason_column: reason;;\n\n"
        "id;name;reason\n1;Ann, Mrs;no\n",
        encoding="cp1252",
    )
    [table] = open_tables(path)
    assert (table.columns, contents(table)) == (["id", "name"], [{"id": "1", "name": "Ann, Mrs"}])
    assert table.meta["format"] == "people"


def test_column_called_reason_is_kept(tmp_path: Path) -> None:
    rows = [({"reason": "theirs"}, "ours")]
    write_rejects(tmp_path / "r.csv", [source(columns=["reason"], rows=rows)])
    [table] = open_tables(tmp_path / "r.csv")
    assert contents(table) == [{"reason": "theirs"}]
    assert table.meta["reason_column"] == "reason_of_rejection"


def test_workbook_has_a_sheet_for_each_source(tmp_path: Path) -> None:
    names = ["people.csv", "PEOPLE.tsv", "book.xlsx/A:B", "x" * 50 + ".csv"]
    write_rejects(tmp_path / "r.xlsx", [source(name) for name in names])
    titles = openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames
    assert len(titles) == 4
    assert max(map(len, titles)) <= 31
    tables = open_tables(tmp_path / "r.xlsx")
    assert [table.meta["source"] for table in tables] == names
    assert [contents(table) for table in tables] == [[{"id": "1", "name": "Ann"}]] * 4


def test_folder_has_a_file_for_each_source(tmp_path: Path) -> None:
    paths = write_rejects(tmp_path / "out", [source("a.csv"), source("A.tsv"), source("b.xlsx/S", rows=[])])
    assert [path.name for path in paths] == ["a-rejects.csv", "A-rejects_2.csv"]
    assert all(contents(*open_tables(path)) for path in paths)


def test_further_sources_go_beside_a_csv(tmp_path: Path) -> None:
    paths = write_rejects(tmp_path / "r.csv", [source("a.csv"), source("b.csv")])
    assert [path.name for path in paths] == ["r.csv", "r-b.csv"]


def test_an_imported_file_is_never_overwritten(tmp_path: Path) -> None:
    original = tmp_path / "people.csv"
    original.write_text("id,name\n")
    with pytest.raises(UnwritableFile, match="was imported"):
        write_rejects(original, [source(path=original)])
    assert original.read_text() == "id,name\n"


def test_cell_too_long_for_a_workbook_is_said(tmp_path: Path) -> None:
    long = source(rows=[({"id": "1", "name": "x" * 40_000}, "too long")])
    with pytest.raises(UnwritableFile, match="write the rejected rows to a folder"):
        write_rejects(tmp_path / "r.xlsx", [long])
    assert list(tmp_path.iterdir()) == []
    write_rejects(tmp_path / "r.csv", [long])
    assert contents(*open_tables(tmp_path / "r.csv"))[0]["name"] == "x" * 40_000


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_full_disk_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = tmp_path / f"r{ending}"
    path.write_text("before")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFile, match="no space left on device"):
        write_rejects(path, [source()])
    assert [(entry.name, entry.read_text()) for entry in tmp_path.iterdir()] == [(path.name, "before")]


def test_place_that_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableFile):
        write_rejects(tmp_path / "file" / "r.csv", [source()])
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(UnwritableFile, match="not a file that can be replaced"):
        write_rejects(pipe, [source()])
