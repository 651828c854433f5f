"""From physical lines to rows of cells: quoted line breaks, ragged rows, quotes that are never closed."""

from __future__ import annotations

import csv
import functools
import itertools
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TextIO

from cocommuns_graph.reading.dialect import Dialect
from cocommuns_graph.reading.marks import EncodedLines
from cocommuns_graph.reading.quotes import Repair, literal_width, repair, surplus_joined
from cocommuns_graph.reading.tables import RawRow

# One limit for the whole process, so it is lifted here and the size of a record is bounded below.
csv.field_size_limit(2**31 - 1)

_CHUNK = 1 << 18
_LARGEST_CHUNK = 1 << 22
_LONGEST_RECORD = 64 << 20
_LINE_OVERHEAD = 56
_REPAIR_LINES = 20
_LINES_READ_IN_VAIN = 2_000_000
_CROWDED = 500_000
_LONGEST_MENDED = 1 << 16
_SEPARATORS = (",", ";", "\t", "|")

_MENDED = "a quotation mark in this row is not doubled or not closed; it was read as part of the text"
_HOPELESS = (
    "the file has so many unclosed quotation marks that each line was read by itself, "
    "and this one has another number of cells than there are columns"
)

_Record = tuple[int, list[str], str, str]


@dataclass(frozen=True)
class Place:
    """Which lines of a file are rows of a table: those after `before` up to `last`, but for `aside`."""

    before: int
    last: int
    aside: frozenset[int] = frozenset()


def read_rows(
    file: TextIO, dialect: Dialect, columns: Sequence[str], place: Place, nulls: bool = False
) -> Iterator[RawRow]:
    """The rows of a text file open after line `place.before`."""
    width = len(columns)
    aside, final = place.aside, place.last
    for line, cells, problem, note in _Scanner(file, dialect, width, place.before, nulls).records():
        if line > final:
            return
        if line in aside:
            continue
        if len(cells) == width and not problem and not note:
            yield RawRow(line, dict(zip(columns, cells, strict=True)))
            continue
        if len(cells) == 1 and width > 2 and len(cells[0]) <= _LONGEST_MENDED:
            cells, problem, note = _otherwise(cells, width, dialect.delimiter, problem, note)
        yield fit(line, cells, columns, dialect.delimiter, problem, note)


def all_records(
    file: TextIO, dialect: Dialect, width: int, nulls: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every record of a text file, blank lines as records without cells."""
    scanner = _Scanner(file, dialect, width, 0, nulls, blanks=True)
    for line, cells, _, _ in scanner.records():
        yield line, cells


def _otherwise(
    cells: list[str], width: int, delimiter: str, problem: str, note: str
) -> tuple[list[str], str, str]:
    """A row that is one cell, read with another separator or without quotes around all of it if that fits."""
    if "\n" in cells[0] or "\r" in cells[0]:
        return cells, problem, note
    for other in (delimiter, *_SEPARATORS):
        found = next(csv.reader([cells[0]], delimiter=other), [])
        if len(found) == width:
            said = "its separator is another" if other != delimiter else "there are quotes around all of it"
            return found, "", f"the row was read as {width} cells although {said}"
    return cells, problem, note


def fit(
    line: int, cells: list[str], columns: Sequence[str], delimiter: str, problem: str = "", note: str = ""
) -> RawRow:
    """Any number of cells as a row: missing ones are empty, surplus text stays in the last with a problem."""
    width = len(columns)
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    if end > width:
        problem = problem or (
            f"the row has more cells than the {width} columns; "
            "a cell that holds the separator has to stand in quotes"
        )
        cells = [*cells[: width - 1], delimiter.join(cells[width - 1 : end])]
    filled = [*cells[:width], *[""] * (width - len(cells))]
    return RawRow(line, dict(zip(columns, filled, strict=True)), problem, note)


class _Lines(Protocol):
    """What a scanner needs of an open file."""

    def readlines(self, hint: int, /) -> list[str]: ...

    def __iter__(self) -> Iterator[str]: ...


class _Scanner:
    """Reads records chunk by chunk with the strict csv reader and falls back where that gives up.

    A quote that is not closed makes the reader swallow following lines; they are given back and read
    again. Files made to exploit that are read line by line once too many lines were swallowed in vain.
    """

    def __init__(
        self,
        file: TextIO,
        dialect: Dialect,
        width: int,
        lines_before: int,
        nulls: bool = False,
        blanks: bool = False,
    ) -> None:
        self._marks = dialect.marks(nulls)
        self._file: _Lines = file if self._marks.usual else EncodedLines(file, self._marks)
        self._blanks = blanks
        self._dialect = dialect
        self._width = width
        self._before = lines_before
        self._lines: list[str] = []
        self._ended = False
        self._hint = _CHUNK
        self._patience = _LINES_READ_IN_VAIN
        self._strict = functools.partial(
            csv.reader, delimiter=dialect.delimiter, skipinitialspace=dialect.skip_space, strict=True
        )

    def records(self) -> Iterator[_Record]:
        """Start line, cells, problem and note of each record; blank ones have no cells, if asked for."""
        found = self._records()
        if self._marks.usual:
            return found
        cells_of = self._marks.cells
        return ((line, cells_of(cells), problem, note) for line, cells, problem, note in found)

    def _records(self) -> Iterator[_Record]:
        done = 0
        while self._more(done):
            done = yield from self._pass()
            if self._patience < 0:
                yield from self._line_by_line(done)
                return

    def _more(self, done: int) -> bool:
        """Drop the lines that are done and read on, further where a record does not fit; False at the end."""
        self._hint = min(2 * self._hint, _LARGEST_CHUNK) if done < len(self._lines) else _CHUNK
        self._before += done
        self._lines = self._lines[done:] + self._read()
        return bool(self._lines)

    def _read(self) -> list[str]:
        if self._ended:
            return []
        lines = self._file.readlines(self._hint)
        self._ended = not lines
        if lines and len(max(lines, key=len)) > _CROWDED:
            return [self._tamed(line) for line in lines]
        return lines

    def _tamed(self, line: str) -> str:
        """A line of far too many cells, with the surplus in one cell so that it stays within the memory."""
        dialect = self._dialect
        if line.count(dialect.delimiter) < _CROWDED or line.count('"') % 2:
            return line
        cells = surplus_joined(line, dialect.delimiter, dialect.skip_space, self._width)
        if cells is None:
            return line
        quoted = (cell.replace('"', '""') for cell in cells)
        return dialect.delimiter.join(f'"{cell}"' for cell in quoted) + "\n"

    def _pass(self) -> Generator[_Record, None, int]:
        """Records of the lines in memory; returns how many lines are done, all unless the last goes on."""
        lines = self._lines
        done = base = 0
        rows = self._strict(lines)
        while True:
            try:
                for cells in rows:
                    end = base + rows.line_num
                    if len(cells) != self._width and end - done > 1 and self._swallowed_a_row(done):
                        break
                    if cells and (cells[0].strip() or any(map(str.strip, cells))):
                        yield self._before + done + 1, cells, "", ""
                    elif self._blanks:
                        yield self._before + done + 1, [], "", ""
                    done = end
                else:
                    return done
            except csv.Error as error:
                end = base + rows.line_num
                cut = str(error).startswith("unexpected end") or len(lines) - done < _REPAIR_LINES
                if cut and not self._ended and self._may_grow(done):
                    return done
            line = done
            record = self._repaired(done, end)
            done += record.lines
            yield self._before + line + 1, record.cells, *self._said(line, record)
            if self._patience < 0:
                return done
            if done != end:
                base = done
                rows = self._strict(_from(lines, done))

    def _swallowed_a_row(self, at: int) -> bool:
        """Whether a quoted cell over several lines looks like whole rows behind a stray quote."""
        dialect = self._dialect
        return all(
            literal_width(line, dialect.delimiter, dialect.skip_space) == self._width
            for line in self._lines[at : at + 2]
        )

    def _may_grow(self, at: int) -> bool:
        lines = self._lines[at:]
        return sum(map(len, lines)) + _LINE_OVERHEAD * len(lines) <= _LONGEST_RECORD

    def _repaired(self, at: int, end: int) -> Repair:
        dialect = self._dialect
        ahead = self._lines[at : at + _REPAIR_LINES]
        record = repair(ahead, dialect.delimiter, dialect.skip_space, self._width)
        self._patience -= max(0, end - at - record.lines)
        if not record.certain:
            self._patience -= len(ahead)
        return record

    def _said(self, at: int, record: Repair) -> tuple[str, str]:
        if record.certain:
            return "", _MENDED
        return (
            f"a quotation mark on line {self._before + at + 1} opens a cell that does not end as it should, "
            "so the row was cut at the end of the line; close it or double the marks inside the text"
        ), ""

    def _line_by_line(self, done: int) -> Iterator[_Record]:
        dialect = self._dialect
        number = self._before + done
        for text in itertools.chain(self._lines[done:], self._file):
            number += 1
            record = repair([text], dialect.delimiter, dialect.skip_space, self._width)
            if any(map(str.strip, record.cells)):
                yield number, record.cells, "" if record.certain else _HOPELESS, ""
            elif self._blanks:
                yield number, [], "", ""


def _from(lines: list[str], start: int) -> Iterator[str]:
    for index in range(start, len(lines)):
        yield lines[index]
