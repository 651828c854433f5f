"""Workbooks as tables, one for each sheet that is not empty; values as last stored."""

from __future__ import annotations

import datetime
import itertools
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading import metadata
from cocommuns_graph.reading.header import Header
from cocommuns_graph.reading.laying import Laid, lay_out, table_names
from cocommuns_graph.reading.outline import Outline, Region, outline
from cocommuns_graph.reading.records import fit
from cocommuns_graph.reading.sheet_rows import SheetRow, Spool, merged_ranges
from cocommuns_graph.reading.tables import LeftAside, RawRow, Table, written_name
from cocommuns_graph.reading.workbook_safety import check_workbook

_SAMPLE_ROWS = 200
_LAST_ROW = 1_048_576
_WIDE = 1_000
_MOST_EMPTY = 5_000_000
_EXACT_WHOLE = 1e15
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def open_workbook(path: Path, notes: Sequence[str] = ()) -> list[Table]:
    """The tables of a workbook in the order of its sheets, hidden sheets among them.

    Dates become ISO 8601 text, whole numbers lose their decimal point, booleans are true or false, cells
    of an error such as #N/A are empty with a note. Raises UnreadableFile for a damaged or dangerous file
    and for one in which every sheet is empty.
    """
    check_workbook(path)
    sheets = []
    with _Book(path) as book:
        for title in book.titles:
            spool = Spool(_merged(book, path, title))
            meta = metadata.parse([text for _, text in spool.comments], "")
            found = _outlined(spool, meta)
            if found.regions:
                sheets.append((title, spool, found, meta))
        hidden = book.hidden
    if not sheets:
        raise UnreadableFile(f"{path} is a workbook in which every sheet is empty")
    tables: list[Table] = []
    for title, spool, found, meta in sheets:
        said = [f"the sheet {title} is hidden in the workbook"] if title in hidden else []
        name = f"{written_name(path)}/{title}" if len(sheets) > 1 else written_name(path)
        tables += _tables(path, title, name, spool, found, meta, said)
    tables[0].notes[:0] = notes
    return tables


def _merged(book: _Book, path: Path, title: str) -> Iterator[SheetRow]:
    """The rows of a sheet, a merged cell filled downwards."""
    merged = merged_ranges(path, book.part(title))
    return merged.fill(book.rows(title)) if merged.ranges else book.rows(title)


def _outlined(spool: Spool, meta: dict[str, str]) -> Outline:
    """Where the tables of a sheet are; one this program wrote has nothing else in it."""
    if metadata.is_ours(meta):
        head = [(row.line, row.cells) for row in itertools.islice(spool.rows(), _SAMPLE_ROWS)]
        width = max((len(cells) for _, cells in head), default=0)
        head = [(line, [*cells, *[""] * (width - len(cells))]) for line, cells in head]
        return Outline([Region(head, Header(0, 1, width), _LAST_ROW, 0)] if head else [], frozenset())
    return outline(_with_gaps(spool), padded=True)


def _with_gaps(spool: Spool) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet, with a row without cells where blank ones were left out."""
    before = 0
    for row in spool.rows():
        if row.line > before + 1:
            yield before + 1, []
        yield row.line, row.cells
        before = row.line


def _tables(
    path: Path, title: str, name: str, spool: Spool, found: Outline, meta: dict[str, str], said: list[str]
) -> Iterator[Table]:
    ours = metadata.is_ours(meta)
    where = f" of the sheet {title}"
    laid = [each for region in found.regions for each in lay_out(path, region, found.empty, ours, where)]
    if not meta and laid:
        above = [LeftAside(line, text[:300], "above the table") for line, text in spool.comments]
        laid[0].aside[:0] = above
    for place, (each, own) in enumerate(zip(laid, table_names(name, laid), strict=True)):
        how = ["workbook", *([f"sheet {title}"] if title in name.rpartition("/")[2] else []), *each.how]
        table = Table(
            path, own, None, None, each.header_line, each.columns,
            [*said, *each.notes], meta if not place else {}, _reader(spool, each), each.aside, how,
        )  # fmt: skip
        yield metadata.as_written(table)


def _reader(spool: Spool, laid: Laid) -> Callable[[], Iterator[RawRow]]:
    place, columns = laid.place, laid.all_columns

    def read() -> Iterator[RawRow]:
        for row in spool.rows():
            if row.line > place.last:
                return
            if row.line > place.before and row.line not in place.aside and not row.is_blank:
                yield fit(row.line, row.cells, columns, ",", note=_errors_note(row, columns))

    return lambda: laid.kept(read())


def _errors_note(row: SheetRow, columns: Sequence[str]) -> str:
    if not row.errors:
        return ""
    where = ", ".join(
        f"{columns[place]} ({text})" for place, text in row.errors.items() if place < len(columns)
    )
    return f"error values were read as empty: {where}" if where else ""


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

    def part(self, title: str) -> str:
        """The member of the archive that holds a sheet; empty if it cannot be told."""
        return str(getattr(self._book[title], "_worksheet_path", "")).lstrip("/")

    def rows(self, title: str) -> Iterator[SheetRow]:
        """All rows of a sheet from its first; the size a sheet claims to have is not believed."""
        try:
            sheet: Any = self._book[title]
            sheet.reset_dimensions()
            empty = 0
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for line, cells in enumerate(sheet.iter_rows(), start=1):
                    if line > _LAST_ROW:
                        raise UnreadableFile(f"{self._path} has rows beyond the last a sheet can have")
                    if len(cells) > _WIDE:
                        empty += sum(cell.value is None for cell in cells)
                        if empty > _MOST_EMPTY:
                            raise UnreadableFile(
                                f"{self._path} has cells so far to the right of the others that "
                                f"{empty:,} empty ones lie between them; move them beside the table"
                            )
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


def _row(line: int, cells: Sequence[Any]) -> SheetRow:
    errors = {place: str(cell.value) for place, cell in enumerate(cells) if cell.data_type == "e"}
    texts = ["" if place in errors else _text(cell.value) for place, cell in enumerate(cells)]
    return SheetRow(line, texts, errors)


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
