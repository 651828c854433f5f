"""Workbooks as tables, one for each sheet that is not empty; values as last stored."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading import metadata
from cocommuns_graph.reading.header import locate_header, name_columns
from cocommuns_graph.reading.records import fit
from cocommuns_graph.reading.tables import RawRow, Table, written_name
from cocommuns_graph.reading.workbook_safety import check_workbook

_SAMPLE_ROWS = 200
_LAST_ROW = 1_048_576
_EXACT_WHOLE = 1e15
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def open_workbook(path: Path, notes: Sequence[str] = ()) -> list[Table]:
    """The tables of a workbook in the order of its sheets, hidden sheets among them.

    Dates become ISO 8601 text, whole numbers lose their decimal point, booleans are true or false, cells
    of an error such as #N/A are empty with a note. Raises UnreadableFile for a damaged or dangerous file
    and for one in which every sheet is empty.
    """
    check_workbook(path)
    layouts = []
    with _Book(path) as book:
        for title in book.titles:
            layout = _layout(path, title, book.sample(title))
            if layout:
                layouts.append(layout)
        hidden = book.hidden
    if not layouts:
        raise UnreadableFile(f"{path} is a workbook in which every sheet is empty")
    several = len(layouts) > 1
    tables = []
    for layout in layouts:
        said = [*notes, *layout.notes]
        if layout.title in hidden:
            said.append(f"the sheet {layout.title} is hidden in the workbook")
        tables.append(_table(path, layout, said, several))
    return tables


@dataclass(frozen=True)
class _Row:
    """The text of one sheet row and the error values left out of it, by place."""

    line: int
    cells: list[str]
    errors: dict[int, str]


@dataclass(frozen=True)
class _Layout:
    title: str
    header_line: int
    columns: list[str]
    meta: dict[str, str]
    notes: list[str]


def _table(path: Path, layout: _Layout, notes: list[str], several: bool) -> Table:
    def read() -> Iterator[RawRow]:
        with _Book(path) as book:
            for row in book.rows(layout.title):
                if row.line > layout.header_line and any(map(str.strip, row.cells)):
                    yield fit(
                        row.line, row.cells, layout.columns, ",", note=_errors_note(row, layout.columns)
                    )

    name = f"{written_name(path)}/{layout.title}" if several else written_name(path)
    table = Table(path, name, None, None, layout.header_line, layout.columns, notes, layout.meta, read)
    return metadata.as_written(table)


def _errors_note(row: _Row, columns: Sequence[str]) -> str:
    if not row.errors:
        return ""
    where = ", ".join(
        f"{columns[place]} ({text})" for place, text in row.errors.items() if place < len(columns)
    )
    return f"error values were read as empty: {where}" if where else ""


def _layout(path: Path, title: str, sample: list[_Row]) -> _Layout | None:
    comments: list[str] = []
    records: list[_Row] = []
    for row in sample:
        first = row.cells[0] if row.cells else ""
        if not records and metadata.is_comment(first):
            comments.append(first)
        elif any(map(str.strip, row.cells)):
            records.append(row)
    if not records:
        return None
    meta = metadata.parse(comments, "")
    # A sheet's rows end where their last filled cell is, which says nothing of the table's width.
    width = max(len(row.cells) for row in records)
    rows = [[*row.cells, *[""] * (width - len(row.cells))] for row in records]
    at = 0 if metadata.is_ours(meta) else locate_header(rows)
    named = name_columns(rows[at], rows[at + 1 :])
    if not named.names:
        raise UnreadableFile(f"{path} has no column names in the first row of the sheet {title}")
    notes = list(named.notes)
    if at:
        notes.insert(0, f"the column row is line {records[at].line}; what stands above it was left out")
    if at + 1 == len(rows):
        notes.append("there are column names but no rows")
    return _Layout(title, records[at].line, named.names, meta, notes)


class _Book:
    """An open workbook; whatever goes wrong inside openpyxl leaves here as UnreadableFile."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            # Given as a file, because openpyxl refuses a path that does not end in .xlsx.
            self._file = path.open("rb")
        except OSError as error:
            raise self._damaged(error) from error
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book = openpyxl.load_workbook(
                    self._file, read_only=True, data_only=True, keep_links=False
                )
        except Exception as error:
            self._file.close()
            raise self._damaged(error) from error
        self.titles = [sheet.title for sheet in self._book.worksheets]
        self.hidden = {sheet.title for sheet in self._book.worksheets if sheet.sheet_state != "visible"}

    def __enter__(self) -> _Book:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()
        self._file.close()

    def sample(self, title: str) -> list[_Row]:
        """The first rows that hold anything."""
        found: list[_Row] = []
        for row in self.rows(title):
            if any(row.cells):
                found.append(row)
            if len(found) >= _SAMPLE_ROWS:
                break
        return found

    def rows(self, title: str) -> Iterator[_Row]:
        """All rows of a sheet from its first; the size a sheet claims to have is not believed."""
        try:
            sheet: Any = self._book[title]
            sheet.reset_dimensions()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for line, cells in enumerate(sheet.iter_rows(), start=1):
                    if line > _LAST_ROW:
                        raise UnreadableFile(f"{self._path} has rows beyond the last a sheet can have")
                    if cells:
                        yield _row(line, cells)
        except UnreadableFile:
            raise
        except Exception as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> UnreadableFile:
        if isinstance(error, OSError) and error.strerror:
            return UnreadableFile(f"{self._path} cannot be read: {error.strerror.lower()}")
        return UnreadableFile(
            f"{self._path} is a damaged workbook; open it in a spreadsheet and save it again"
        )


def _row(line: int, cells: Sequence[Any]) -> _Row:
    errors = {place: str(cell.value) for place, cell in enumerate(cells) if cell.data_type == "e"}
    texts = ["" if place in errors else _text(cell.value) for place, cell in enumerate(cells)]
    return _Row(line, texts, errors)


def _text(value: Any) -> str:
    """The text of a cell's value, the same whatever the locale."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(_unescape, value) if "_x" in value else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT_WHOLE else repr(value)
    if isinstance(value, datetime.datetime):
        whole_day = value.time() == datetime.time()
        return value.date().isoformat() if whole_day else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds")
    return str(value)


def _unescape(match: re.Match[str]) -> str:
    """Characters that XML cannot hold are written as _xHHHH_; other such text is text."""
    code = int(match[1], 16)
    return chr(code) if code < 0x20 or code in (0x5F, 0xFFFE, 0xFFFF) else match[0]
