"""Text files of separated cells as tables."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading import metadata
from cocommuns_graph.reading.dialect import Dialect, detect_dialect
from cocommuns_graph.reading.encodings import Encoding, detect_encoding
from cocommuns_graph.reading.header import Columns, locate_header, name_columns
from cocommuns_graph.reading.records import read_rows
from cocommuns_graph.reading.tables import RawRow, Table, written_name

_SAMPLE = 1 << 18
_LONGEST_HEADER = 1 << 20
_MOST_COLUMNS = 20_000


def open_text(path: Path, notes: Sequence[str] = ()) -> Table:
    """The table of a text file: encoding, comment lines, separator and column row are found here.

    Raises UnreadableFile where the file is empty, binary, or has no column row.
    """
    encoding = detect_encoding(path)
    with _opened(path, encoding) as file:
        sample = file.readlines(_SAMPLE)
        cut = bool(file.read(1))
    layout = _Layout.of(path, sample, cut)
    said = [*notes, *([encoding.note] if encoding.note else []), *layout.notes]
    lines_before = layout.lines_before

    def read() -> Iterator[RawRow]:
        try:
            with _opened(path, encoding) as file:
                for _ in itertools.islice(file, lines_before):
                    pass
                yield from read_rows(file, layout.dialect, layout.columns, lines_before)
        except (OSError, UnicodeError) as error:
            raise UnreadableFile(f"{path} could not be read to its end: {_why(error)}") from error

    table = Table(
        path, written_name(path), encoding.name, layout.dialect.shown, layout.header_line, layout.columns,
        said, layout.meta, read,
    )  # fmt: skip
    return metadata.as_written(table)


def _opened(path: Path, encoding: Encoding) -> TextIO:
    return path.open(encoding=encoding.name, errors=encoding.errors, newline="")


def _why(error: OSError | UnicodeError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


@dataclass(frozen=True)
class _Layout:
    """Where things are in a text file, found on the lines it begins with."""

    dialect: Dialect
    columns: list[str]
    header_line: int
    lines_before: int
    meta: dict[str, str]
    notes: list[str]

    @classmethod
    def of(cls, path: Path, sample: list[str], cut: bool) -> _Layout:
        comments, start = _above_table(sample)
        lines = sample[start:]
        if lines and len(lines[0]) > _LONGEST_HEADER:
            raise UnreadableFile(
                f"{path} begins with a line of more than 1 MB where column names are expected"
            )
        lines, cut = _of_usual_length(lines, cut)
        if not any(line.strip(' ,;\t|"\r\n') for line in lines):
            raise UnreadableFile(f"{path} has no row of column names")
        dialect, lines, start = _dialect(lines, start, comments, cut)
        meta = metadata.parse(comments, dialect.delimiter)
        records = _records(lines, dialect)
        if not records:
            raise UnreadableFile(f"{path} has no row of column names")
        rows = [cells for _, _, cells in records]
        at = 0 if metadata.is_ours(meta) else locate_header(rows)
        first, last, header = records[at]
        below = rows[at + 1 : -1] if cut and len(rows) > at + 2 else rows[at + 1 :]
        named = name_columns(header, below)
        _check(path, named)
        notes = list(named.notes)
        if at:
            notes.insert(0, f"the column row is line {start + first + 1}; what stands above it was left out")
        if not below and not cut:
            notes.append("there are column names but no rows")
        return cls(dialect, named.names, start + first + 1, start + last, meta, notes)


def _check(path: Path, named: Columns) -> None:
    if not named.names:
        raise UnreadableFile(f"{path} has no column names in its column row")
    if len(named.names) > _MOST_COLUMNS:
        raise UnreadableFile(f"{path} has {len(named.names)} columns; up to {_MOST_COLUMNS} are read")


def _above_table(sample: list[str]) -> tuple[list[str], int]:
    """The comment lines at the top and the index of the first line that is neither blank nor a comment."""
    comments: list[str] = []
    for index, line in enumerate(sample):
        if metadata.is_comment(line):
            comments.append(line)
        elif line.strip():
            return comments, index
    return comments, len(sample)


def _of_usual_length(lines: list[str], cut: bool) -> tuple[list[str], bool]:
    """The sample up to a line so long that judging it would cost more memory than it tells."""
    for index, line in enumerate(lines):
        if len(line) > _LONGEST_HEADER:
            return lines[:index], True
    return lines, cut


def _dialect(lines: list[str], start: int, comments: list[str], cut: bool) -> tuple[Dialect, list[str], int]:
    declared = lines[0].strip().strip('"').lower()
    if len(declared) == 5 and declared.startswith("sep=") and len(lines) > 1:
        mark = lines[0].strip().strip('"')[4]
        return Dialect(mark, shown=mark), lines[1:], start + 1
    known = metadata.delimiter_of_ours(comments, lines[0])
    return (Dialect(known, shown=known) if known else detect_dialect(lines, cut)), lines, start


def _records(lines: list[str], dialect: Dialect) -> list[tuple[int, int, list[str]]]:
    """First line, line after the last, and cells of each record of the sample that is not blank."""
    reader = csv.reader(lines, delimiter=dialect.delimiter, skipinitialspace=dialect.skip_space)
    found: list[tuple[int, int, list[str]]] = []
    first = 0
    for cells in reader:
        if any(map(str.strip, cells)):
            found.append((first, reader.line_num, cells))
        first = reader.line_num
    return found
