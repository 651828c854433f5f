"""Where the column row of a table is and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cocommuns_graph.reading.shapes import Shape, filled, shape

_NOTES = 5
_HIGHEST = 20
_LONG_NAME = 3
_MOST_HEADER_ROWS = 3
_LONGEST_NAME = 80
_MOST_TYPED = 1_000
_NOTHING = frozenset(
    ("", "-", "--", "n/a", "na", "none", "null", "nan", "?", "unknown", "inconnu", "nd", "n.d.")
)


@dataclass(frozen=True)
class Columns:
    """Names of the columns, each once, and sentences on what was changed to get there."""

    names: list[str]
    notes: list[str]


@dataclass(frozen=True)
class Header:
    """Where column names stand: from record `at`, over `rows` records (0: nowhere), in `width` columns."""

    at: int
    rows: int
    width: int

    @property
    def below(self) -> int:
        """The index of the first record of the body."""
        return self.at + self.rows


def locate_header(records: Sequence[Sequence[str]]) -> int:
    """The index of the column row among the first records of a table, 0 unless a title stands above it.

    Titles are a few nearly empty rows above a row of names that is as long as most rows. Columns at the end
    that nothing stands in do not count, and one or two columns may lack a name.
    """
    width = max(map(_filled_width, records), default=0)
    records = [record[:width] for record in records]
    lengths = Counter(map(len, records))
    usual, count = max(lengths.items(), key=lambda item: (item[1], item[0]))
    if usual < 2 or count * 2 < len(records):
        return 0
    for index, record in enumerate(records[:_HIGHEST]):
        held = filled(record)
        if len(held) > max(1, usual // 2):
            distinct = len(set(held)) == len(held) >= usual - usual // 4
            names = len(record) == usual and distinct and not any(map(_is_number, held))
            titled = usual > 2 or all(len(" ".join(above).split()) > _LONG_NAME for above in records[:index])
            return index if names and titled and len(records) > index + 1 else 0
    return 0


def find_header(records: Sequence[Sequence[str]], widths: Mapping[int, int]) -> Header:
    """The column rows among the first records of a table, `widths` being the lengths of all its records.

    There is none where the first row looks like those below: a date, an address or a number where they have
    one. There are several where the next rows have words in columns that otherwise hold numbers or dates.
    """
    at = locate_header(records)
    usual = max(widths.items(), key=lambda item: (item[1], item[0]))[0] if widths else 0
    width = max(usual, len(records[at])) if records else 0
    body = records[at + 1 :]
    if not at and _is_row(records[0], body) if records else False:
        return Header(0, 0, usual)
    rows = 1
    while rows < _MOST_HEADER_ROWS and _goes_on(body[rows - 1 :]):
        rows += 1
    return Header(at, rows, width)


def header_evidence(records: Sequence[Sequence[str]]) -> float:
    """How many columns say that the first record names them: words above numbers, dates or addresses.

    0.5 where no column can tell but the first record has a different name for each; 0 where it cannot be.
    """
    if len(records) < 2:
        return 0
    first, body = records[0], records[1:]
    held = filled(first)
    width = max(map(_filled_width, records))
    if len(held) < 2 or len(held) * 5 < width * 3 or len(set(held)) < len(held):
        return 0
    if any(shape(cell) != "word" for cell in held) or max(map(len, held)) > _LONGEST_NAME:
        return 0
    return len(_typed(body)) or 0.5


def _typed(body: Sequence[Sequence[str]]) -> dict[int, Shape]:
    """The columns, by place, nearly all of whose cells are of one shape other than a word."""
    found: dict[int, Shape] = {}
    for place in range(min(_MOST_TYPED, max(map(len, body), default=0))):
        shapes = Counter(shape(row[place]) for row in body if len(row) > place and row[place].strip())
        if shapes:
            most, count = shapes.most_common(1)[0]
            if most != "word" and count * 5 >= shapes.total() * 4:
                found[place] = most
    return found


def _is_row(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the first record is one of the body: it has the shapes of the columns below it."""
    typed = _typed(body)
    shapes = {place: shape(cell) for place, cell in enumerate(first)}
    if not first or not first[0].strip() or not typed:
        return False
    if any(shapes.get(place) == "word" for place in typed):
        return False
    alike = [place for place, kind in typed.items() if shapes.get(place) == kind]
    if not alike:
        return False
    if any(typed[place] != "number" for place in alike):
        return True
    numbers = [first[place].strip() for place in alike]
    years = all(re.fullmatch(r"(?:1[89]|20|21)\d\d", text) for text in numbers)
    counted = (
        numbers == [str(number) for number in range(int(numbers[0] == "1"), len(numbers) + 1)][: len(numbers)]
    )
    words = sum(kind == "word" for kind in shapes.values())
    return bool(numbers) and not years and not (counted and len(numbers) > 1) and bool(words)


def _goes_on(rest: Sequence[Sequence[str]]) -> bool:
    """Whether the first of these records is a column row too: it has words where all the others have not."""
    if len(rest) < 3:
        return False
    first, body = rest[0], rest[1:]
    typed = _typed(body)
    if any(shape(cell) not in ("word", "") for cell in first):
        return False
    words = [place for place in typed if place < len(first) and first[place].strip().lower() not in _NOTHING]
    return len(words) >= 2 and len(words) * 2 > len(typed)


def joined_names(rows: Sequence[Sequence[str]]) -> list[str]:
    """The names that several column rows give together, each word of a column once, from top to bottom."""
    width = max(map(len, rows))
    names = []
    for place in range(width):
        parts = [" ".join(row[place].split()) for row in rows if place < len(row)]
        names.append(" ".join(dict.fromkeys(part for part in parts if part)))
    return names


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def name_columns(header: Sequence[str], sample: Sequence[Sequence[str]]) -> Columns:
    """Names for the columns of a table, from its column row and a sample of the rows below it.

    An unnamed column is called column_N by its place, unless it is at the end and empty throughout the
    sample: then it is dropped. A name that comes again gets _2, _3 and so on. Rows that are all longer by
    one cell than the column row have their names in an unnamed first column.
    """
    names = [" ".join(cell.split()).strip("\ufeff") for cell in header]
    notes: list[str] = []
    if _names_lack_first(names, sample):
        names.insert(0, "")
    width = len(names)
    filled = max((_filled_width(row) for row in sample), default=0)
    while width > filled and not names[width - 1]:
        width -= 1
    names = names[:width]
    unique, changed = _unique(names)
    notes.extend(changed[:_NOTES])
    if len(changed) > _NOTES:
        notes.append(f"{len(changed) - _NOTES} more columns were given a name in the same way")
    return Columns(unique, notes)


def _filled_width(row: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _unique(names: list[str]) -> tuple[list[str], list[str]]:
    taken = {name for name in names if name}
    numbers: Counter[str] = Counter()
    unique: list[str] = []
    notes: list[str] = []
    for place, name in enumerate(names, start=1):
        if not name:
            new = f"column_{place}"
            if new in taken:
                new = _numbered(new, taken, numbers)
            notes.append(f"column {place} has no name: it is read as {new}")
        elif numbers[name]:
            new = _numbered(name, taken, numbers)
            notes.append(f"two columns are called {name}: the one at place {place} is read as {new}")
        else:
            new = name
            numbers[name] = 1
        taken.add(new)
        unique.append(new)
    return unique, notes


def _numbered(name: str, taken: set[str], numbers: Counter[str]) -> str:
    while True:
        numbers[name] = max(numbers[name], 1) + 1
        if (new := f"{name}_{numbers[name]}") not in taken:
            return new


def _names_lack_first(names: list[str], sample: Sequence[Sequence[str]]) -> bool:
    longer = len(names) + 1
    return (
        len(sample) > 1
        and all(names)
        and all(len(row) == longer for row in sample)
        and any(row[-1].strip() for row in sample)
    )
