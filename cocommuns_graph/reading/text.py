"""Text files of separated cells as tables."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading import metadata
from cocommuns_graph.reading.dialect import Dialect, detect_dialect
from cocommuns_graph.reading.encodings import Encoding, detect_encoding
from cocommuns_graph.reading.header import Header, locate_header
from cocommuns_graph.reading.laying import Laid, lay_out, table_names
from cocommuns_graph.reading.outline import Outline, Record, Region, outline
from cocommuns_graph.reading.records import all_records, read_rows
from cocommuns_graph.reading.saying import DELIMITERS
from cocommuns_graph.reading.tables import LeftAside, RawRow, Table, written_name

_SAMPLE = 1 << 18
_LONGEST_HEADER = 1 << 20
_LONGEST_SAMPLED = 1 << 18
_MOST_SAMPLED = 4_000
_LAST_LINE = 1 << 62


def open_text(path: Path, notes: Sequence[str] = ()) -> list[Table]:
    """The tables of a text file: encoding, comment lines, separator, column rows and notes are found here.

    Raises UnreadableFile where the file is empty, binary, or has no column row.
    """
    encoding = detect_encoding(path)
    with _opened(path, encoding) as file:
        sample = file.readlines(_SAMPLE)
        cut = bool(file.read(1))
    if encoding.nulls:
        sample = [line.replace("\0", "") for line in sample]
    start = _Start.of(path, sample, cut)
    said = [*notes, *([encoding.note] if encoding.note else [])]
    found = _outlined(path, encoding, start)
    laid = [each for region in found.regions for each in lay_out(path, region, found.empty, start.is_ours)]
    tables = []
    for place, (each, name) in enumerate(zip(laid, table_names(written_name(path), laid), strict=True)):
        about = said if not place else []
        tables.append(metadata.as_written(_table(path, name, encoding, start, each, about, bool(place))))
    return tables


@dataclass(frozen=True)
class _Start:
    """What the lines a text file begins with tell of it: `lines` are those above its records."""

    dialect: Dialect
    meta: dict[str, str]
    comments: list[tuple[int, str]]
    lines: int
    width: int
    head: list[Record]
    cut: bool

    @property
    def is_ours(self) -> bool:
        return metadata.is_ours(self.meta)

    @classmethod
    def of(cls, path: Path, sample: list[str], cut: bool) -> _Start:
        comments, start = _above_table(sample)
        lines = sample[start:]
        if lines and len(lines[0]) > _LONGEST_HEADER:
            raise UnreadableFile(
                f"{path} begins with a line of more than 1 MB where column names are expected"
            )
        lines, cut = _of_usual_length(lines, cut)
        if not any(line.strip(' ,;\t|"\r\n') for line in lines):
            raise UnreadableFile(f"{path} has no row of column names")
        texts = [text for _, text in comments]
        if len(lines) > _MOST_SAMPLED:
            lines, cut = lines[:_MOST_SAMPLED], True
        dialect, lines, start = _dialect(lines, start, texts, cut)
        head = _records(lines, dialect, start)
        if not head:
            raise UnreadableFile(f"{path} has no row of column names")
        rows = [cells for _, cells in head]
        lengths = Counter(map(len, rows[locate_header(rows) :]))
        width = max(lengths.items(), key=lambda item: (item[1], item[0]))[0]
        meta = metadata.parse(texts, dialect.delimiter)
        return cls(dialect, meta, comments, start, width, head, cut)


def _outlined(path: Path, encoding: Encoding, start: _Start) -> Outline:
    """Where the tables are; one this program wrote begins with its column row and has nothing else in it."""
    if start.is_ours:
        cells = start.head[0][1]
        return Outline([Region(start.head, Header(0, 1, len(cells)), _LAST_LINE, 0)], frozenset())
    try:
        with _opened(path, encoding) as file:
            for _ in itertools.islice(file, start.lines):
                pass
            records = all_records(file, start.dialect, start.width, encoding.nulls)
            found = outline((line + start.lines, cells) for line, cells in records)
    except (OSError, UnicodeError) as error:
        raise UnreadableFile(f"{path} could not be read to its end: {_why(error)}") from error
    if not found.regions:
        raise UnreadableFile(f"{path} has no row of column names")
    above = [LeftAside(line, text[:300], "above the table") for line, text in start.comments]
    if not start.meta:
        found.regions[0].aside[:0] = above
    return found


def _table(
    path: Path, name: str, encoding: Encoding, start: _Start, laid: Laid, notes: Sequence[str], later: bool
) -> Table:
    dialect = start.dialect

    def read() -> Iterator[RawRow]:
        try:
            with _opened(path, encoding) as file:
                for _ in itertools.islice(file, laid.place.before):
                    pass
                rows = read_rows(file, dialect, laid.all_columns, laid.place, encoding.nulls)
                yield from laid.kept(rows)
        except (OSError, UnicodeError) as error:
            raise UnreadableFile(f"{path} could not be read to its end: {_why(error)}") from error

    how = [encoding.name, *_dialect_words(dialect), *laid.how]
    return Table(
        path, name, encoding.name, dialect.shown, laid.header_line, laid.columns,
        [*notes, *laid.notes], start.meta if not later else {}, read, laid.aside, how,
    )  # fmt: skip


def _dialect_words(dialect: Dialect) -> Iterator[str]:
    if dialect.shown:
        yield DELIMITERS.get(dialect.shown, repr(dialect.shown))
    if dialect.quote != '"':
        yield "single quotes"
    if dialect.escape:
        yield "backslash escapes"
    if dialect.form == "wrapped":
        yield "whole lines in quotes"


def _opened(path: Path, encoding: Encoding) -> TextIO:
    return path.open(encoding=encoding.name, errors=encoding.errors, newline="")


def _why(error: OSError | UnicodeError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _above_table(sample: list[str]) -> tuple[list[tuple[int, str]], int]:
    """The comment lines at the top and the index of the first line that is neither blank nor a comment."""
    comments: list[tuple[int, str]] = []
    for index, line in enumerate(sample):
        if metadata.is_comment(line):
            comments.append((index + 1, line.rstrip("\r\n")))
        elif line.strip():
            return comments, index
    return comments, len(sample)


def _of_usual_length(lines: list[str], cut: bool) -> tuple[list[str], bool]:
    """The sample up to a line so long that judging it would cost more memory than it tells."""
    for index, line in enumerate(lines):
        if index and len(line) > _LONGEST_SAMPLED:
            return lines[:index], True
    return lines, cut


def _dialect(lines: list[str], start: int, comments: list[str], cut: bool) -> tuple[Dialect, list[str], int]:
    declared = lines[0].strip().strip('"').lower()
    if len(declared) == 5 and declared.startswith("sep=") and len(lines) > 1:
        mark = lines[0].strip().strip('"')[4]
        return Dialect(mark, shown=mark), lines[1:], start + 1
    if lines[0].rstrip("\r\n").lower() == "sep=\t" and len(lines) > 1:
        return Dialect("\t", shown="\t"), lines[1:], start + 1
    known = metadata.delimiter_of_ours(comments, lines[0])
    return (Dialect(known, shown=known) if known else detect_dialect(lines, cut)), lines, start


def _records(lines: list[str], dialect: Dialect, start: int) -> list[Record]:
    """Line and cells of each record of the sample that is not blank."""
    marks = dialect.marks()
    encoded = (marks.encode(line) for line in lines)
    reader = csv.reader(encoded, delimiter=dialect.delimiter, skipinitialspace=dialect.skip_space)
    found: list[Record] = []
    first = start + 1
    for cells in reader:
        if any(map(str.strip, cells)):
            found.append((first, marks.cells(cells)))
        first = start + reader.line_num + 1
    return found
