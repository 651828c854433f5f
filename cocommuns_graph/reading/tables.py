"""What a file becomes before any format looks at it: named columns and rows of text cells."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path


def written_name(path: Path) -> str:
    """The name of a file as text that can be stored and shown, whatever bytes it is made of."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def stem_of(path: Path) -> str:
    """The name of a file without its ending, as the part of a table's name: no slash in it."""
    name = written_name(path)
    return (name[: -len(path.suffix)] if path.suffix else name).replace("/", "_")


def made_table(
    path: Path,
    name: str,
    columns: Sequence[str],
    rows: Sequence[RawRow],
    *,
    encoding: str | None = None,
    notes: Sequence[str] = (),
) -> Table:
    """A table of a file that is none itself; its rows are kept and each has every column.

    `name` is what stands behind the name of the file and a slash; empty where it is the only table there.
    """
    full = f"{written_name(path)}/{name}" if name else written_name(path)
    return Table(path, full, encoding, None, 1, list(columns), list(notes), {}, lambda: iter(rows))


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: the 1-based line it starts on and its text by column name, a missing cell being empty.

    `problem` says why the row cannot be trusted as it stands (then it has to be rejected); `note` says
    what had to be guessed to read a row that can be used. Surplus text of a row that has more cells than
    columns is kept at the end of its last cell, so that nothing is lost when the row is written out again.
    """

    line: int
    cells: dict[str, str]
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeftAside:
    """A line of a file that is no row of a table: where it is, what it says, what it was taken for."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Table:
    """A table found in a file; the rows are read from the file each time they are asked for.

    `name` is the file's name, followed by /SHEET in a workbook of several sheets. `encoding` and
    `delimiter` are None for a workbook, `delimiter` also for text of a single column. `notes` are
    sentences on how the file was read; `meta` holds the `# key: value` lines above the column row.
    `header_line` is 0 where no row names the columns. `aside` are the lines that were read as no row, and
    `how` are the words for all that was found on the way, such as `semicolon` or `header on line 4`.
    """

    path: Path
    name: str
    encoding: str | None
    delimiter: str | None
    header_line: int
    columns: list[str]
    notes: list[str]
    meta: dict[str, str]
    source: Callable[[], Iterator[RawRow]] = field(repr=False, compare=False)
    aside: Sequence[LeftAside] = ()
    how: Sequence[str] = ()

    @property
    def read_as(self) -> str:
        """How the table was read, in a few words."""
        return ", ".join(self.how) or self.encoding or ""

    def rows(self) -> Iterator[RawRow]:
        """The rows from first to last, wholly empty ones left out; UnreadableFile if the file fails later."""
        return self.source()
