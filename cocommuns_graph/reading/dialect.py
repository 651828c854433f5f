"""Which character separates the cells of a text table, judged on a sample of its lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cocommuns_graph.reading.header import locate_header

_CANDIDATES = (",", ";", "\t", "|")
_NO_DELIMITER = "\x1f"
_GOOD_ENOUGH = 0.25


@dataclass(frozen=True)
class Dialect:
    """How cells are separated; `shown` is None where the text has one column and no separator."""

    delimiter: str
    skip_space: bool = False
    shown: str | None = None


def split(lines: Sequence[str], dialect: Dialect) -> list[list[str]]:
    """The cells of sample lines, quotes read leniently, blank lines left out."""
    reader = csv.reader(lines, delimiter=dialect.delimiter, skipinitialspace=dialect.skip_space)
    return [cells for cells in reader if any(cells)]


def detect_dialect(lines: Sequence[str], cut: bool) -> Dialect:
    """The dialect under which the sample falls into rows of equal length with quotes at cell borders.

    `cut` says that the text goes on after the sample, so its last record may be incomplete. A list inside
    cells, a decimal comma or a comma in a sentence does not give rows of equal length that agree with the
    column row, which is what tells them from a separator.
    """
    best, best_score = Dialect(","), 0.0
    parsed: dict[str, list[list[str]]] = {}
    for delimiter in _CANDIDATES:
        for dialect in _variants(delimiter, lines):
            records = split(lines, dialect)
            if cut and len(records) > 1:
                records.pop()
            if not dialect.skip_space:
                parsed[delimiter] = records
            score = _score(records, delimiter)
            if score > best_score:
                best, best_score = dialect, score
    if best_score >= _GOOD_ENOUGH:
        return Dialect(best.delimiter, best.skip_space, best.delimiter)
    return _ragged(parsed) or _by_header(parsed) or _spaced(lines, cut) or _single(parsed[","])


def _variants(delimiter: str, lines: Sequence[str]) -> list[Dialect]:
    spaced_quote = re.compile(re.escape(delimiter) + ' +"')
    if any(spaced_quote.search(line) for line in lines[:200]):
        return [Dialect(delimiter), Dialect(delimiter, skip_space=True)]
    return [Dialect(delimiter)]


def _score(records: list[list[str]], delimiter: str) -> float:
    """Between 0 and 1: share of rows of the usual length, times how clean cells and column row are."""
    if not records:
        return 0.0
    lengths = Counter(map(len, records))
    usual, count = max(lengths.items(), key=lambda item: (item[1], item[0]))
    if usual < 2:
        return 0.0
    cells = [cell for record in records for cell in record]
    torn = sum(cell.count('"') % 2 for cell in cells) / len(cells)
    score = count / len(records) * (1 - torn) * (usual - 1) / usual
    header = records[locate_header(records)]
    if len(header) != usual and len(header) != max(2, usual - 1):
        score *= 0.5
    if any(other in cell for cell in header for other in ";\t|" if other != delimiter):
        score *= 0.9
    if sum(cell.startswith(" ") for cell in header[1:]) * 2 > len(header) - 1:
        score *= 0.9
    return score


def _ragged(parsed: dict[str, list[list[str]]]) -> Dialect | None:
    """For lists of unequal length, as in adjacency lists: the separator that most rows have."""
    for delimiter, records in parsed.items():
        several = sum(len(record) > 1 for record in records)
        if len(records[0]) > 1 and several * 2 > len(records):
            return Dialect(delimiter, shown=delimiter)
    return None


def _by_header(parsed: dict[str, list[list[str]]]) -> Dialect | None:
    """Where rows leave out cells at their end: the separator of a column row that no row is longer than."""
    for delimiter, records in parsed.items():
        header = records[0]
        names = all(cell.strip() and not cell.startswith(" ") for cell in header)
        if len(header) > 1 and names and all(len(record) <= len(header) for record in records):
            return Dialect(delimiter, shown=delimiter)
    return None


def _spaced(lines: Sequence[str], cut: bool) -> Dialect | None:
    """Spaces, only where every row has the same three or more non-empty cells."""
    dialect = Dialect(" ", shown=" ")
    records = split(lines, dialect)
    if cut and len(records) > 1:
        records.pop()
    if len(records) < 2 or len(records[0]) < 3:
        return None
    even = all(len(record) == len(records[0]) and all(record) for record in records)
    return dialect if even else None


def _single(records: list[list[str]]) -> Dialect:
    if all(len(record) == 1 for record in records):
        return Dialect(",")
    return Dialect(_NO_DELIMITER)
