"""Rejected rows as files that can be mended in a spreadsheet and imported again."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from cocommuns_graph.model.errors import UnwritableFile
from cocommuns_graph.reading.metadata import REASON_COLUMN, entry, protect

_LONGEST_WORKBOOK_CELL = 32_767
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class RejectedSource:
    """The rejected rows of one table, with what is needed to import them again as the same thing.

    `columns` are the columns of the table; each row is its cells by column and the reason in a sentence.
    `namespace`, `format` and `label` are as they were in the import that rejected the rows, empty if there
    was none; `reading` is how a table that no format claims was read, on one line.
    """

    table_name: str
    path: Path
    namespace: str | None
    format: str | None
    columns: Sequence[str]
    rows: Sequence[tuple[dict[str, str], str]]
    label: str | None = None
    reading: str | None = None


def write_rejects(destination: Path, sources: Sequence[RejectedSource]) -> list[Path]:
    """Write the rejected rows of each source and return the files written, none where no row was rejected.

    A destination ending in .xlsx gets a sheet for each source. A folder, there already or without an
    ending, gets SOURCE-rejects.csv for each. Anything else is one csv file; further sources go beside it.
    `open_tables` reads every one of them back as its source was. Raises UnwritableFile with one sentence;
    a file that was there before is replaced as a whole or not at all.
    """
    destination = Path(destination)
    sources = [source for source in sources if source.rows]
    if not sources:
        return []
    if destination.suffix.lower() == ".xlsx" and not destination.is_dir():
        _refuse_sources([destination], sources)
        _atomically(destination, lambda path: _write_workbook(path, sources))
        return [destination]
    paths = _csv_paths(destination, [source.table_name for source in sources])
    _refuse_sources(paths, sources)
    for path, source in zip(paths, sources, strict=True):
        _atomically(path, lambda temporary, source=source: _write_csv(temporary, source))  # type: ignore[misc]
    return paths


def _csv_paths(destination: Path, names: Sequence[str]) -> list[Path]:
    if destination.is_dir() or not destination.suffix:
        stems = _distinct(f"{_stem(name)}-rejects" for name in names)
        return [destination / f"{stem}.csv" for stem in stems]
    others = _distinct(f"{destination.stem}-{_stem(name)}" for name in names[1:])
    return [destination, *(destination.with_name(other + destination.suffix) for other in others)]


def _stem(table_name: str) -> str:
    file, _, sheet = table_name.partition("/")
    parts = (Path(file).stem, sheet) if sheet else (Path(file).stem,)
    return _NOT_IN_FILE_NAME.sub("_", "-".join(parts))[:100].strip(". ") or "rows"


def _distinct(names: Iterable[str], longest: int = 200) -> Iterator[str]:
    """The names, a number added where one equals an earlier one but for upper and lower case."""
    taken: set[str] = set()
    for name in names:
        new, number = name[:longest], 2
        while new.casefold() in taken:
            new = f"{name[: longest - len(str(number)) - 1]}_{number}"
            number += 1
        taken.add(new.casefold())
        yield new


def _refuse_sources(paths: Sequence[Path], sources: Sequence[RejectedSource]) -> None:
    originals = {source.path.resolve() for source in sources}
    for path in paths:
        if path.resolve() in originals:
            raise UnwritableFile(
                f"{path} is a file that was imported; give another place for its rejected rows"
            )


def _atomically(path: Path, write: Callable[[Path], None]) -> None:
    temporary: str | None = None
    if path.exists() and not path.is_file():
        raise UnwritableFile(f"{path} is not a file that can be replaced; give another place")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:50]}-", suffix=".part", dir=path.parent)
        os.close(handle)
        write(Path(temporary))
        _flush(temporary)
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise UnwritableFile(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _flush(path: str) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _reason_column(columns: Sequence[str]) -> str:
    taken = {column.casefold() for column in columns}
    return next(name for name in _reason_names() if name not in taken)


def _reason_names() -> Iterator[str]:
    yield "reason"
    yield "reason_of_rejection"
    number = 2
    while True:
        yield f"reason_of_rejection_{number}"
        number += 1


def _lines(source: RejectedSource) -> Iterator[list[str]]:
    """Every line of a source's rejects as cells: the entries above, the column row, the rows."""
    reason = _reason_column(source.columns)
    yield [entry("source", source.table_name)]
    if source.format:
        yield [entry("format", source.format)]
    if source.namespace:
        yield [entry("namespace", source.namespace)]
    if source.label:
        yield [entry("label", source.label)]
    if source.reading:
        yield [entry("reading", source.reading)]
    yield [entry(REASON_COLUMN, reason)]
    yield [*map(protect, source.columns), reason]
    for cells, why in source.rows:
        yield [*(protect(cells.get(column, "")) for column in source.columns), protect(why)]


def _write_csv(path: Path, source: RejectedSource) -> None:
    # The byte order mark is what tells spreadsheets that the text is UTF-8.
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        csv.writer(file).writerows(_lines(source))


def _write_workbook(path: Path, sources: Sequence[RejectedSource]) -> None:
    book = openpyxl.Workbook(write_only=True)
    try:
        titles = _distinct((_sheet_name(source.table_name) for source in sources), _LONGEST_SHEET_NAME)
        for source, title in zip(sources, titles, strict=True):
            sheet = book.create_sheet(title)
            for line in _lines(source):
                sheet.append([_text_cell(sheet, text, source) for text in line])
        # In memory first: a full disk under an open archive would complain when that is collected.
        content = io.BytesIO()
        book.save(content)
    except BaseException:
        # An unfinished sheet would complain on standard error when it is collected.
        for sheet in book.worksheets:
            with contextlib.suppress(Exception):
                sheet.close()
        raise
    path.write_bytes(content.getvalue())


def _sheet_name(table_name: str) -> str:
    file, _, sheet = table_name.partition("/")
    name = _NOT_IN_SHEET_NAME.sub("_", sheet or Path(file).stem).strip("' ")
    return name[:_LONGEST_SHEET_NAME] or "rows"


def _text_cell(sheet: Any, text: str, source: RejectedSource) -> Any:
    escaped = _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    escaped = escaped.encode("utf-8", "replace").decode("utf-8")
    if len(escaped) > _LONGEST_WORKBOOK_CELL:
        raise UnwritableFile(
            f"a rejected row of {source.table_name} has a cell of {len(text)} characters, more than a "
            "workbook can hold; write the rejected rows to a folder or a .csv file"
        )
    cell = WriteOnlyCell(sheet, escaped)
    # Else "#N/A" would be stored as an error and lost when read back.
    cell.data_type = "s"
    return cell
