"""The rows of one sheet: unpacked once, kept beside the memory, with merged cells filled downwards."""

from __future__ import annotations

import marshal
import re
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import column_index_from_string

from cocommuns_graph.reading import metadata

_IN_MEMORY = 4 << 20
_ROWS_A_BLOCK = 500
_BLOCK = 1 << 18
_LONGEST_TAG = 400
_MOST_RANGES = 100_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The text of one sheet row and the error values left out of it, by place."""

    line: int
    cells: list[str]
    errors: dict[int, str]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(map(str.strip, self.cells))


class Spool:
    """Rows that were read once and can be asked for again, kept in a file of their own once they are many.

    `comments` are the comment lines at the top, which are none of the `rows`.
    """

    def __init__(self, rows: Iterable[SheetRow]) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._blocks: list[tuple[int, int]] = []
        self.comments: list[tuple[int, str]] = []
        waiting: list[tuple[int, list[str], dict[int, str]]] = []
        started = False
        for row in rows:
            if row.is_blank and not row.errors:
                continue
            if not started and metadata.is_comment(row.cells[0]):
                self.comments.append((row.line, row.cells[0]))
                continue
            started = True
            waiting.append((row.line, row.cells, row.errors))
            if len(waiting) == _ROWS_A_BLOCK:
                self._put(waiting)
                waiting = []
        self._put(waiting)

    def _put(self, rows: list[tuple[int, list[str], dict[int, str]]]) -> None:
        data = marshal.dumps(rows)
        self._blocks.append((self._file.tell(), len(data)))
        self._file.write(data)

    def rows(self) -> Iterator[SheetRow]:
        """The rows that are not blank, from first to last."""
        for start, length in self._blocks:
            self._file.seek(start)
            for line, cells, errors in marshal.loads(self._file.read(length)):
                yield SheetRow(line, cells, errors)


@dataclass
class MergedRanges:
    """The merged cells of a sheet: by the row they end on, their first row and column, both from 1."""

    ranges: list[tuple[int, int, int]] = field(default_factory=list)

    def fill(self, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
        """The rows, with the value of a merged cell in each of those it reaches down to that hold more."""
        coming = sorted(self.ranges, reverse=True)
        active: list[tuple[int, int, str]] = []
        for row in rows:
            active = [each for each in active if each[0] >= row.line]
            if active and not row.is_blank:
                for _, column, text in active:
                    row.cells.extend([""] * (column - len(row.cells)))
                    row.cells[column - 1] = row.cells[column - 1] or text
            while coming and coming[-1][0] <= row.line:
                first, last, column = coming.pop()
                if first == row.line and column <= len(row.cells) and row.cells[column - 1].strip():
                    active.append((last, column, row.cells[column - 1]))
            yield row


def merged_ranges(path: Path, member: str) -> MergedRanges:
    """The merged ranges of more than one row in a sheet, `member` being its part of the archive."""
    found = MergedRanges()
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as file:
            rest = b""
            while block := file.read(_BLOCK):
                text = rest + block
                end = 0
                for match in _MERGED.finditer(text):
                    end = match.end()
                    first, last = int(match[2]), int(match[4])
                    if last > first and len(found.ranges) < _MOST_RANGES:
                        found.ranges.append((first, last, column_index_from_string(match[1].decode())))
                rest = text[max(end, len(text) - _LONGEST_TAG) :]
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        # What is wrong with the archive is said where its rows are read.
        return MergedRanges()
    return found
