"""Which character separates the cells of a text table, judged on a sample of its lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cocommuns_graph.reading.header import locate_header
from cocommuns_graph.reading.marks import Form, Marks, unwrapped

_CANDIDATES = (",", ";", "\t", "|", "\x1f", "\x01", "^", "~", ":")
_RARE = frozenset("^~:\x01\x1f")
_NO_DELIMITER = "\x1f"
_GOOD_ENOUGH = 0.25
_MOST_SPACED = 0.8
_ALMOST_SURE = 0.4
_SENTENCE = 40
_PADDED_BAR = re.compile(r" \|\s")
_WORD = re.compile(r"\w")
_SEPARATOR = re.compile(r"[,;\t|]")


@dataclass(frozen=True)
class Dialect:
    """How cells are separated and quoted; `shown` is None where the text has one column and no separator."""

    delimiter: str
    skip_space: bool = False
    shown: str | None = None
    quote: str = '"'
    escape: str = ""
    form: Form = ""

    def marks(self, nulls: bool = False) -> Marks:
        """The marks that have to be turned into double quotes and back."""
        return Marks(self.quote, self.escape, self.delimiter, nulls, self.form)


def split(lines: Sequence[str], dialect: Dialect) -> list[list[str]]:
    """The cells of sample lines, quotes read leniently, blank lines left out."""
    marks = dialect.marks()
    encoded = lines if marks.usual else [marks.encode(line) for line in lines]
    reader = csv.reader(encoded, delimiter=dialect.delimiter, skipinitialspace=dialect.skip_space)
    return [marks.cells(cells) for cells in reader if any(cells)]


def detect_dialect(lines: Sequence[str], cut: bool) -> Dialect:
    """The dialect under which the sample falls into rows of equal length with quotes at cell borders.

    `cut` says that the text goes on after the sample, so its last record may be incomplete. A list inside
    cells, a decimal comma or a comma in a sentence does not give rows of equal length that agree with the
    column row, which is what tells them from a separator.
    """
    if inner := _unwrapped(lines):
        found = detect_dialect(inner, cut)
        if found.shown and found.form == "" and len(split(inner, found)[0]) > 1:
            return replace(found, form="wrapped")
    best, best_score = Dialect(","), 0.0
    parsed: dict[str, list[list[str]]] = {}
    for delimiter in _CANDIDATES:
        if delimiter in _RARE and not any(delimiter in line for line in lines[:50]):
            continue
        variants = _variants(delimiter, lines)
        for dialect in variants:
            records = split(lines, dialect)
            if cut and len(records) > 1:
                records.pop()
            if dialect == Dialect(delimiter) and delimiter not in _RARE:
                parsed[delimiter] = records
            score = _score(records, dialect)
            if dialect.escape or dialect.quote != '"':
                score = score if _is_sound(lines, dialect) else 0.0
            if not dialect.escape and any(each.escape for each in variants):
                score *= 0.95
            if score > best_score * 1.0001:
                best, best_score = dialect, score
    spaced = _spaced(lines, cut, best_score)
    if best_score >= _GOOD_ENOUGH and spaced is None:
        return replace(best, shown=best.delimiter)
    return spaced or _aligned(lines, cut) or _ragged(parsed) or _by_header(parsed) or _single(parsed[","])


def _variants(delimiter: str, lines: Sequence[str]) -> list[Dialect]:
    """The plain dialect of a separator and those with other marks that the sample gives reason for."""
    text = lines[:200]
    mark = re.escape(delimiter)
    found = [Dialect(delimiter)]
    if delimiter == "|" and all(
        _PADDED_BAR.search(line) for line in text if "|" in line and _WORD.search(line)
    ):
        found.append(Dialect(delimiter, form="trimmed"))
    marked = sum(line.count(delimiter) for line in text)
    spaces = sum(line.count(f"{delimiter} ") for line in text)
    spaced_quote = any(re.search(f"{mark} +[\"']", line) for line in text)
    if delimiter != "\t" and (spaced_quote or (marked and spaces >= _MOST_SPACED * marked)):
        found.append(Dialect(delimiter, skip_space=True))
    quoted = re.compile(rf"(?:^|{mark})\s*'[^'\n]*'\s*(?:{mark}|$)")
    if sum(bool(quoted.search(line.rstrip("\r\n"))) for line in text) >= 2:
        found += [replace(each, quote="'") for each in found]
    escapes = re.compile(rf"\\[\"'{mark}]")
    if any("\\" in line and escapes.search(line) for line in text):
        found += [replace(each, escape="\\") for each in found if not _is_sound(lines, each)]
    return found


def _is_sound(lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether the quotes of the sample follow the rules of csv and no cell keeps a pair of them around it."""
    marks = dialect.marks()
    reader = csv.reader(
        [marks.encode(line) for line in lines],
        delimiter=dialect.delimiter,
        skipinitialspace=dialect.skip_space,
        strict=True,
    )
    lengths: Counter[int] = Counter()
    try:
        for cells in reader:
            lengths[len(cells)] += bool(cells)
    except csv.Error as error:
        if not str(error).startswith("unexpected end"):
            return False
    return max(lengths.values(), default=0) * 10 >= 8 * lengths.total()


def _score(records: list[list[str]], dialect: Dialect) -> float:
    """Between 0 and 1: share of rows of the usual length, times how clean cells and column row are."""
    if not records:
        return 0.0
    delimiter = dialect.delimiter
    lengths = Counter(map(len, records))
    usual, count = max(lengths.items(), key=lambda item: (item[1], item[0]))
    if usual < 2:
        usual, count = max(
            ((width, number) for width, number in lengths.items() if width > 1),
            key=lambda item: (item[1], item[0]),
            default=(1, 0),
        )
        if count * 4 < len(records):
            return 0.0
    cells = [cell for record in records for cell in record]
    torn = sum(cell.count('"') % 2 == 1 or _kept_quotes(cell) for cell in cells) / len(cells)
    even = max(count / len(records), 0.8 * _in_step(records))
    score = even * (1 - torn) * (usual - 1) / usual
    header = records[locate_header(records)]
    if len(header) == 1 and usual > 2:
        # Titles above several tables: the first row of more than one cell is the column row of the first.
        header = next(record for record in records if len(record) > 1)
    if len(header) != usual and len(header) != max(2, usual - 1):
        score *= 0.5
    if any(other in cell for cell in header for other in ";\t|" if other != delimiter):
        score *= 0.9
    if sum(cell.startswith(" ") for cell in header[1:]) * 2 > len(header) - 1:
        score *= 0.9
    if delimiter in _RARE:
        score *= 0.8 if len(header) == usual > 2 and count * 10 >= 9 * len(records) else 0.0
    return score


def _kept_quotes(cell: str) -> bool:
    return len(cell) > 1 and cell[0] == cell[-1] == "'"


def _in_step(records: list[list[str]]) -> float:
    """The share of rows of two or more cells that are as long as the row before or after them."""
    widths = [0, *map(len, records), 0]
    alike = sum(
        widths[place] > 1 and widths[place] in (widths[place - 1], widths[place + 1])
        for place in range(1, len(widths) - 1)
    )
    return alike / len(records)


def _ragged(parsed: dict[str, list[list[str]]]) -> Dialect | None:
    """For lists of unequal length, as in adjacency lists: the separator that most rows have."""
    for delimiter, records in parsed.items():
        if _is_prose(records):
            continue
        several = sum(len(record) > 1 for record in records)
        if len(records[0]) > 1 and several * 2 > len(records):
            return Dialect(delimiter, shown=delimiter)
    return None


def _by_header(parsed: dict[str, list[list[str]]]) -> Dialect | None:
    """Where rows leave out cells at their end: the separator of a column row that no row is longer than."""
    for delimiter, records in parsed.items():
        header = records[0]
        if _is_prose(records):
            continue
        names = all(cell.strip() and not cell.startswith(" ") for cell in header)
        if len(header) > 1 and names and all(len(record) <= len(header) for record in records):
            return Dialect(delimiter, shown=delimiter)
    return None


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """What stands inside quotes around whole lines, if nearly all lines are one quoted cell; else nothing."""
    texts = [line for line in lines if line.strip()]
    whole = [text for text in texts if (inner := unwrapped(text)) != text and _SEPARATOR.search(inner)]
    return [unwrapped(line) for line in texts] if len(texts) > 1 and len(whole) * 10 >= 9 * len(texts) else []


def _aligned(lines: Sequence[str], cut: bool) -> Dialect | None:
    """Columns set apart by two or more spaces, where every row has as many."""
    dialect = Dialect("\x1f", shown=" ", form="aligned")
    records = split(lines, dialect)
    if cut and len(records) > 1:
        records.pop()
    usual = len(records[0]) if records else 0
    whole = all(len(record) == usual and all(record) for record in records)
    return dialect if whole and (usual > 2 or (usual == 2 and len(records) > 3)) else None


def _is_prose(records: list[list[str]]) -> bool:
    """Whether the separator stands in sentences: a space follows it nearly everywhere."""
    rest = [cell for record in records for cell in record[1:]]
    longest = max((len(cell) for record in records for cell in record), default=0)
    return longest > _SENTENCE and sum(cell.startswith(" ") for cell in rest) * 5 >= 4 * len(rest)


def _spaced(lines: Sequence[str], cut: bool, other: float) -> Dialect | None:
    """Spaces, only where every row has the same three or more cells, and nothing else separates as well."""
    dialect = Dialect(" ", shown=" ")
    records = split(lines, dialect)
    if cut and len(records) > 1:
        records.pop()
    if len(records) < 2 or len(records[0]) < 3:
        return None
    even = sum(len(record) == len(records[0]) for record in records) * 20 >= 19 * len(records)
    whole = sum(all(record) for record in records) * 2 > len(records) and all(records[0])
    torn = sum(cell.count('"') % 2 for record in records for cell in record)
    return dialect if even and whole and not torn and other < _ALMOST_SURE else None


def _single(records: list[list[str]]) -> Dialect:
    if all(len(record) == 1 for record in records):
        return Dialect(",")
    return Dialect(_NO_DELIMITER)
