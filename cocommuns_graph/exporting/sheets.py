"""The tables of an export as csv files and as the sheets of a workbook."""

from __future__ import annotations

import contextlib
import csv
import io
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from cocommuns_graph.exporting.meta import Meta
from cocommuns_graph.exporting.tables import Cell, ExportTable
from cocommuns_graph.formats.exported import EXPORT, UNDECLARED
from cocommuns_graph.model.errors import UnwritableFile
from cocommuns_graph.reading.metadata import entry, protect

_LONGEST_WORKBOOK_CELL = 32_767
_MOST_WORKBOOK_ROWS = 1_048_576
_EXACT_WHOLE = 10**15
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def head(table: ExportTable, meta: Meta) -> Iterator[str]:
    """The lines above the column row: what the file is, and how to read its undeclared columns back."""
    for key, value in meta.lines().items():
        yield entry(key, value)
    yield entry(EXPORT, table.name)
    if table.undeclared:
        yield entry(UNDECLARED, table.undeclared_entry())


def write_csv(path: Path, table: ExportTable, meta: Meta) -> None:
    """Writes one table; text that a spreadsheet would run as a formula carries an apostrophe."""
    # Without a byte order mark, so that the very first line begins with # for every script that reads it.
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        # Not through csv, which would put a line with a comma in quotes so that it no longer begins with #.
        file.writelines(f"{line}\r\n" for line in head(table, meta))
        writer = csv.writer(file)
        writer.writerow([protect(column) for column in table.columns])
        writer.writerows([_text(cell) for cell in row] for row in table.rows)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return protect(cell) if isinstance(cell, str) else repr(cell)


def write_workbook(path: Path, sheets: list[ExportTable], meta: Meta) -> None:
    """Writes every table as a sheet of one workbook.

    Raises:
        UnwritableFile: a text or a table is larger than a workbook can hold.
    """
    book = openpyxl.Workbook(write_only=True)
    try:
        for table in sheets:
            _fill(book.create_sheet(table.name), table, meta)
        # In memory first: a full disk under an open archive would complain when that is collected.
        content = io.BytesIO()
        book.save(content)
    finally:
        for sheet in book.worksheets:
            # A sheet that was given up holds its own temporary file open.
            with contextlib.suppress(Exception):
                sheet.close()
    path.write_bytes(content.getvalue())


def _fill(sheet: Any, table: ExportTable, meta: Meta) -> None:
    lines = list(head(table, meta))
    if len(table.rows) + len(lines) + 1 > _MOST_WORKBOOK_ROWS:
        raise UnwritableFile(
            f"{table.name} has {len(table.rows):,} rows, more than a workbook can hold; export to csv"
        )
    for line in lines:
        sheet.append([_text_cell(sheet, line, table)])
    sheet.append([_text_cell(sheet, protect(column), table) for column in table.columns])
    for row in table.rows:
        sheet.append([_workbook_cell(sheet, cell, table) for cell in row])


def _workbook_cell(sheet: Any, cell: Cell, table: ExportTable) -> Any:
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, int) and abs(cell) < _EXACT_WHOLE:
        return cell
    if isinstance(cell, float) and math.isfinite(cell) and not cell.is_integer() and _survives(cell):
        return cell
    return _text_cell(sheet, _text(cell), table)


def _survives(number: float) -> bool:
    """Whether a workbook, which keeps 16 digits, gives the same number back."""
    return float(f"{number:.16g}") == number


def _text_cell(sheet: Any, text: str, table: ExportTable) -> Any:
    escaped = _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", _SURROGATE.sub("\ufffd", text))
    if len(escaped) > _LONGEST_WORKBOOK_CELL:
        raise UnwritableFile(
            f"a text of {table.name} has {len(text):,} characters, more than a cell of a workbook can hold; "
            "export to csv"
        )
    cell = WriteOnlyCell(sheet, escaped)
    # Else "#N/A" would be stored as an error and lost when read back.
    cell.data_type = "s"
    return cell
