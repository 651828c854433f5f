"""Where the column row of a table is and what its columns are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_NOTES = 5


@dataclass(frozen=True)
class Columns:
    """Names of the columns, each once, and sentences on what was changed to get there."""

    names: list[str]
    notes: list[str]


def locate_header(records: Sequence[Sequence[str]]) -> int:
    """The index of the column row among the first records of a table, 0 unless a title stands above it.

    A title is one or a few nearly empty rows above a row of names that is as long as most rows. Columns at
    the end that nothing stands in do not count, and one or two columns may lack a name.
    """
    width = max(map(_filled_width, records), default=0)
    records = [record[:width] for record in records]
    lengths = Counter(map(len, records))
    usual, count = max(lengths.items(), key=lambda item: (item[1], item[0]))
    if usual < 3 or count * 5 < len(records) * 3:
        return 0
    for index, record in enumerate(records[:20]):
        filled = [cell.strip() for cell in record if cell.strip()]
        if len(filled) > max(1, usual // 3):
            distinct = len(set(filled)) == len(filled) >= usual - usual // 4
            names = len(record) == usual and distinct and not any(map(_is_number, filled))
            return index if names and len(records) > index + 1 else 0
    return 0


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
