"""Workbooks: sheets, values as text, misnamed, damaged and hostile files."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading import RawRow, open_tables


def saved(path: Path, *rows: list[Any], title: str = "People") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, change(name, content))
    return path


def test_values_become_text(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "values.xlsx",
        ["whole", "real", "day", "moment", "hour", "yes", "text", "none"],
        [
            3.0,
            37.7759,
            datetime.date(2016, 12, 5),
            datetime.datetime(2016, 12, 5, 14, 30),
            datetime.time(9, 15),
            True,
            "01",
            None,
        ],
    )
    [table] = open_tables(path)
    assert (table.name, table.encoding, table.delimiter) == ("values.xlsx", None, None)
    [row] = table.rows()
    assert list(row.cells.values()) == [
        "3", "37.7759", "2016-12-05", "2016-12-05T14:30:00", "09:15:00", "true", "01", "",
    ]  # fmt: skip
    assert list(table.rows()) == [row], "rows can be asked for again"


def test_error_values_are_empty_with_a_note_and_formulas_give_their_stored_value(tmp_path: Path) -> None:
    path = saved(tmp_path / "formulas.xlsx", ["name", "share"], ["A", "#N/A"], ["B", "=1+1"])
    stored = b"<f>1+1</f><v>2</v>"
    repacked(
        path,
        lambda _, content: content.replace(b"<f>1+1</f><v />", stored).replace(b"<f>1+1</f><v/>", stored),
    )
    broken, computed = next(iter(open_tables(path))).rows()
    assert broken.cells == {"name": "A", "share": ""}
    assert "share (#N/A)" in broken.note
    assert computed == RawRow(3, {"name": "B", "share": "2"})


def test_each_sheet_that_is_not_empty_is_a_table_also_when_hidden(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first, empty, hidden = book.active, book.create_sheet("Empty"), book.create_sheet("Old")
    assert first is not None
    assert empty is not None
    first.title = "Now"
    first.append(["a", "b"])
    first.append([1, 2])
    hidden.append(["# made: today"])
    hidden.append([])
    hidden.append(["c", "c"])
    hidden.append([None, None])
    hidden.append(["x", "y"])
    hidden.sheet_state = "hidden"
    hidden.merge_cells("A7:B8")
    book.save(tmp_path / "book.xlsx")
    now, old = open_tables(tmp_path / "book.xlsx")
    assert (now.name, old.name) == ("book.xlsx/Now", "book.xlsx/Old")
    assert (old.header_line, old.columns, old.meta) == (3, ["c", "c_2"], {"made": "today"})
    assert list(old.rows()) == [RawRow(5, {"c": "x", "c_2": "y"})]
    assert "the sheet Old is hidden in the workbook" in old.notes


def test_workbook_called_csv_is_read_as_a_workbook(tmp_path: Path) -> None:
    [table] = open_tables(saved(tmp_path / "people.csv", ["name"], ["Ann"]))
    assert table.notes == ["the file is called .csv but holds a workbook, so it was read as that"]
    assert [row.cells for row in table.rows()] == [{"name": "Ann"}]


def test_text_called_xlsx_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    path.write_text("name;city\nAnn;Rome\n")
    [table] = open_tables(path)
    assert table.notes == ["the file is called .xlsx but holds text, so it was read as that"]
    assert (table.delimiter, [row.cells for row in table.rows()]) == (";", [{"name": "Ann", "city": "Rome"}])


def test_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="every sheet is empty"):
        open_tables(saved(tmp_path / "empty.xlsx"))


def test_other_archives_are_refused_by_their_kind(tmp_path: Path) -> None:
    for members, said in ((["mimetype", "content.xml"], "OpenDocument"), (["a.txt"], "zip archive")):
        path = tmp_path / "archive.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for member in members:
                archive.writestr(member, "<x/>")
        with pytest.raises(UnreadableFile, match=said):
            open_tables(path)


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_cut_workbook_is_refused_in_one_sentence(tmp_path: Path, keep: float) -> None:
    path = saved(tmp_path / "cut.xlsx", ["name"], *[[f"n{number}"] for number in range(500)])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(UnreadableFile, match="damaged workbook"):
        open_tables(path)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<x", b"<x/>", b"\x00" * 50, b'<?xml version="1.0"?><a><b></a>'])
def test_damaged_parts_are_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    path = saved(tmp_path / "part.xlsx", ["name"], ["Ann"])
    repacked(path, lambda member, old: content if member == name else old)
    with pytest.raises(UnreadableFile, match=r"workbook") as caught:
        [list(table.rows()) for table in open_tables(path)]
    assert "\n" not in str(caught.value)


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = saved(tmp_path / "bomb.xlsx", ["name"], ["Ann"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * (64 << 20))
    with pytest.raises(UnreadableFile, match="more than a table needs"):
        open_tables(path)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "docProps/core.xml"])
def test_entity_bomb_is_refused(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path / "entities.xlsx", ["name"], ["Ann"])
    comment = b"<!--" + b"x" * 100_000 + b"-->"
    bomb = comment + b'<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;">]>'
    repacked(path, lambda member, old: bomb + old.split(b"?>", 1)[-1] if member == name else old)
    with pytest.raises(UnreadableFile, match="declares a document type"):
        open_tables(path)


def test_row_numbers_beyond_a_sheet_do_not_hang(tmp_path: Path) -> None:
    path = saved(tmp_path / "far.xlsx", ["name"], ["Ann"])
    repacked(path, lambda _, old: old.replace(b'<row r="2"', b'<row r="2000000000"'))
    with pytest.raises(UnreadableFile, match="beyond the last"):
        [list(table.rows()) for table in open_tables(path)]


def test_size_a_sheet_claims_is_not_believed(tmp_path: Path) -> None:
    path = saved(tmp_path / "claim.xlsx", ["name"], ["Ann"])
    repacked(path, lambda _, old: old.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"'))
    [table] = open_tables(path)
    assert [row.cells for row in table.rows()] == [{"name": "Ann"}]


def test_old_and_locked_workbooks_are_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    with pytest.raises(UnreadableFile, match="save it as"):
        open_tables(path)


def test_workbook_with_foreign_bytes_in_front_of_it_is_not_a_table(tmp_path: Path) -> None:
    inner = io.BytesIO(saved(tmp_path / "inner.xlsx", ["name"], ["Ann"]).read_bytes())
    path = tmp_path / "outer.csv"
    path.write_bytes(b"name\n" + inner.getvalue())
    with pytest.raises(UnreadableFile, match="binary"):
        open_tables(path)


def test_cells_far_to_the_right_in_many_rows_are_refused_in_time(tmp_path: Path) -> None:
    path = saved(tmp_path / "far.xlsx", ["a", "b"], [1, 2])
    wide = "".join(
        f'<row r="{line}"><c r="A{line}"><v>1</v></c><c r="XFD{line}"><v>1</v></c></row>'
        for line in range(3, 900)
    )
    repacked(path, lambda _, content: content.replace(b"</sheetData>", f"{wide}</sheetData>".encode()))
    with pytest.raises(UnreadableFile, match="empty ones lie between"):
        open_tables(path)
