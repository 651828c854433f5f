"""What a file becomes before any format looks at it: named columns and rows of text cells."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


def written_name(path: Path) -> str:
    """The name of a file as text that can be stored and shown, whatever bytes it is made of."""
    return os.fsencode(path.name).decode("utf-8", "replace")


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


@dataclass(frozen=True)
class Table:
    """A table found in a file; the rows are read from the file each time they are asked for.

    `name` is the file's name, followed by /SHEET in a workbook of several sheets. `encoding` and
    `delimiter` are None for a workbook, `delimiter` also for text of a single column. `notes` are
    sentences on how the file was read; `meta` holds the `# key: value` lines above the column row.
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

    def rows(self) -> Iterator[RawRow]:
        """The rows from first to last, wholly empty ones left out; UnreadableFile if the file fails later."""
        return self.source()
