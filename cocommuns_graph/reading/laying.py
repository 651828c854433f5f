"""From a table's place in a file to its columns, the lines that are its rows, and the words on both."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading.header import Columns, joined_names, name_columns
from cocommuns_graph.reading.outline import Region
from cocommuns_graph.reading.records import Place
from cocommuns_graph.reading.saying import aside_notes, aside_words, header_words
from cocommuns_graph.reading.tables import LeftAside, RawRow

_MOST_COLUMNS = 20_000
_LONGEST_TITLE = 60
_NOT_IN_NAME = re.compile(r"[/\\\x00-\x1f]+")


@dataclass(frozen=True)
class Laid:
    """A table laid out: its `columns`, called as in `own` among `all_columns`, those of the file."""

    all_columns: list[str]
    columns: list[str]
    own: list[str]
    header_line: int
    place: Place
    title: str
    notes: list[str]
    aside: list[LeftAside]
    how: list[str]

    def kept(self, rows: Iterator[RawRow]) -> Iterator[RawRow]:
        """The rows of a table without columns that are not its own; blank ones of a part are left out."""
        if self.columns == self.all_columns:
            yield from rows
            return
        pairs = [(own, column) for own, column in zip(self.columns, self.own, strict=True)]
        for row in rows:
            cells = {own: row.cells[column] for own, column in pairs}
            if any(map(str.strip, cells.values())):
                yield dataclasses.replace(row, cells=cells)


def lay_out(
    path: Path, region: Region, empty: frozenset[int], ours: bool = False, where: str = ""
) -> list[Laid]:
    """The columns of a table and which lines are its rows; several where tables stand side by side.

    Raises UnreadableFile where its column row names nothing, or far too much. `where` is said in the error.
    """
    header = region.header
    head = [cells for _, cells in region.head]
    rows = head[header.at : header.below]
    below = head[header.below :]
    names = (joined_names(rows) if header.rows > 1 else list(rows[0])) if rows else [""] * header.width
    aside_lines = {left.line for left in region.aside}
    sample = [cells for line, cells in region.head[header.below :] if line not in aside_lines]
    named = name_columns(names, sample)
    _check(path, named, where)
    dropped = set()
    if len(named.names) <= len(names) and not ours:
        dropped = {place for place in empty if place < len(named.names) and not names[place].strip()}
    notes = _notes(region, ours, named, dropped)
    if not below:
        notes.append("there are column names but no rows")
    start = region.head[header.below][0] - 1 if below else region.last
    place = Place(start, region.last, frozenset(aside_lines))
    aside = sorted(region.aside, key=lambda left: left.line)
    how = [header_words(region.header_line, header.rows), *aside_words(aside)]
    found = []
    for number, part in enumerate(_side_by_side(names, len(named.names), dropped), start=1):
        full = [named.names[at] for at in part]
        own = full
        if number > 1:
            own = name_columns(
                [names[at] for at in part],
                [[row[at] if at < len(row) else "" for at in part] for row in sample],
            ).names
        title = region.title if number == 1 else ""
        said = notes if number == 1 else [f"the table stands beside another, from column {part[0] + 1}"]
        found.append(
            Laid(
                named.names,
                own,
                full,
                region.header_line,
                place,
                title,
                said,
                aside if number == 1 else [],
                how,
            )
        )
    return found


def _side_by_side(names: Sequence[str], width: int, dropped: set[int]) -> list[list[int]]:
    """The columns of each table beside another: between empty columns, with names that come again."""
    parts: list[list[int]] = [[]]
    for place in range(width):
        if place in dropped:
            parts.append([])
        else:
            parts[-1].append(place)
    parts = [part for part in parts if part]
    keys = [
        {names[place].strip().casefold() for place in part if place < len(names)} - {""} for part in parts
    ]
    alike = all(len(part) > 1 for part in parts) and all(keys[0] & other for other in keys[1:])
    return parts if len(parts) > 1 and alike else [[place for part in parts for place in part]]


def _notes(region: Region, ours: bool, named: Columns, dropped: set[int]) -> list[str]:
    header = region.header
    notes: list[str] = []
    if not header.rows:
        notes.append(
            "no row names the columns: they are called column_1, column_2 and so on; the first row was kept"
        )
    elif not ours:
        if any(left.why == "above the table" for left in region.aside):
            notes.append(f"the column row is line {region.header_line}; what stands above it was left out")
        if header.rows > 1:
            notes.append(f"{header.rows} rows from line {region.header_line} were read as one column row")
    gone = [f"column_{place + 1}" for place in sorted(dropped)]
    if header.rows:
        notes += [note for note in named.notes if not any(note.endswith(f"read as {name}") for name in gone)]
    if gone:
        shown = ", ".join(str(place + 1) for place in sorted(dropped)[:10])
        several = "columns" if len(gone) > 1 else "column"
        notes.append(f"nothing stands in {several} {shown}{' and more' if len(gone) > 10 else ''}")
    notes += aside_notes(region.aside)
    width = len(named.names)
    ragged = sum(count for length, count in region.widths.items() if length < width)
    if ragged > 0 and not ours:
        rows = "row has" if ragged == 1 else "rows have"
        notes.append(
            f"{ragged:,} {rows} fewer cells than the {width} columns; what is missing was read as empty"
        )
    return notes


def table_names(file: str, laid: Sequence[Laid]) -> Iterator[str]:
    """The names of the tables of a file: that of the file, for others with a title or number behind."""
    taken: Counter[str] = Counter()
    for number, each in enumerate(laid, start=1):
        if number == 1:
            yield file
            continue
        title = _NOT_IN_NAME.sub(" ", each.title).strip()
        name = title if 0 < len(title) <= _LONGEST_TITLE else f"table {number}"
        taken[name.casefold()] += 1
        again = taken[name.casefold()]
        yield f"{file}/{name}" + (f" {again}" if again > 1 else "")


def _check(path: Path, named: Columns, where: str) -> None:
    if not named.names:
        raise UnreadableFile(f"{path} has no column names in its column row{where}")
    if len(named.names) > _MOST_COLUMNS:
        raise UnreadableFile(f"{path} has {len(named.names)} columns; up to {_MOST_COLUMNS} are read")
