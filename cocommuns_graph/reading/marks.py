"""Quotation and escape marks other than the double quote, turned into it in lines and back in cells.

What reads records then knows one kind of quote. Marks that are escaped become characters no text uses, which
are taken back when the cells are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TextIO

_SWAPPED = str.maketrans("'\"", "\"'")
_HIDDEN = {'"': "\U0010fff0", "\\": "\U0010fff1", "'": "\U0010fff2"}
_GAP = re.compile(r" {2,}| *\t *")
_HIDDEN_DELIMITER = "\U0010fff3"


Form = Literal["", "wrapped", "aligned", "trimmed"]
"""Whole lines in quotes, columns set apart by two or more spaces, spaces around cells; empty for none."""


def unwrapped(line: str) -> str:
    """A line without the quotes around all of it; the line itself if it is not one quoted cell."""
    text = line.strip()
    inner = text[1:-1]
    if len(text) < 2 or text[0] != '"' or text[-1] != '"' or '"' in inner.replace('""', ""):
        return line
    return inner.replace('""', '"') + "\n"


@dataclass(frozen=True)
class Marks:
    """The mark that quotes cells, the one that escapes the next character (empty for none), the separator."""

    quote: str = '"'
    escape: str = ""
    delimiter: str = ","
    nulls: bool = False
    form: Form = ""

    @property
    def usual(self) -> bool:
        """Whether lines and cells can be taken as they are."""
        return self.quote == '"' and not self.escape and not self.nulls and not self.form

    @cached_property
    def _escaped(self) -> re.Pattern[str]:
        return re.compile(r"\\([\"'\\" + re.escape(self.delimiter) + "])")

    @cached_property
    def _back(self) -> dict[int, str]:
        back = {hidden: mark for mark, hidden in _HIDDEN.items()}
        return str.maketrans({**back, _HIDDEN_DELIMITER: self.delimiter})

    def encode(self, line: str) -> str:
        """A line with double quotes for the marks of quotation and without escapes."""
        if self.nulls:
            line = line.replace("\0", "")
        if self.form == "wrapped":
            line = unwrapped(line)
        elif self.form == "aligned":
            line = _GAP.sub("\x1f", line.strip(" \r\n")) + "\n"
        if self.escape and "\\" in line:
            line = self._escaped.sub(lambda found: _HIDDEN.get(found[1], _HIDDEN_DELIMITER), line)
        return line.translate(_SWAPPED) if self.quote == "'" else line

    def decode(self, cell: str) -> str:
        """The text a cell of an encoded line stands for."""
        if self.quote == "'":
            cell = cell.translate(_SWAPPED)
        if self.escape:
            cell = cell.translate(self._back)
        return cell

    def cells(self, cells: list[str]) -> list[str]:
        """The text of each cell."""
        if self.form == "trimmed":
            cells = [cell.strip(" ") for cell in cells]
        return cells if self.quote == '"' and not self.escape else [self.decode(cell) for cell in cells]


@dataclass
class EncodedLines:
    """A text file whose lines are encoded as they are read."""

    file: TextIO
    marks: Marks

    def readlines(self, hint: int) -> list[str]:
        """Lines of about `hint` characters, none at the end."""
        return [self.marks.encode(line) for line in self.file.readlines(hint)]

    def __iter__(self) -> Iterator[str]:
        for line in self.file:
            yield self.marks.encode(line)
