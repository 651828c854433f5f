"""What a line means whose quotation marks do not follow the rules of csv."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST_GUESS = 1 << 16
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Repair:
    """The cells of one record, how many physical lines they took, and whether they can be trusted."""

    cells: list[str]
    lines: int
    certain: bool


def repair(lines: Sequence[str], delimiter: str, skip_space: bool, width: int) -> Repair:
    """Read one record from lines whose quotes are broken, so that it has `width` cells if that is possible.

    `lines` are the first line of the record and some that follow. Tried in turn: the first line with an
    ill-quoted cell taken as it stands; the first line, then all lines, with a quote inside a quoted cell
    taken as text unless the cell can end there. If none gives `width` cells, the first line as it stands
    is returned as not certain.
    """
    first = lines[0]
    literal, _ = _cells(first, _pattern(delimiter, skip_space, lenient=False))
    if len(literal) == width:
        return Repair(literal, 1, True)
    lenient = _pattern(delimiter, skip_space, lenient=True)
    for text in (first, "".join(lines)):
        if len(text) > _LONGEST_GUESS:
            break
        cells, end = _cells(text, lenient)
        if len(cells) == width:
            return Repair(cells, _lines_in(text[:end]), True)
    return Repair(literal, 1, False)


def literal_width(line: str, delimiter: str, skip_space: bool) -> int:
    """How many cells a line has by itself, an ill-quoted cell taken as it stands."""
    return len(_cells(line, _pattern(delimiter, skip_space, lenient=False))[0])


@functools.lru_cache(maxsize=32)
def _pattern(delimiter: str, skip_space: bool, lenient: bool) -> re.Pattern[str]:
    separator = re.escape(delimiter)
    stop = rf"(?={separator}|[\r\n]|\Z)"
    inner = rf'|"(?!{separator}|[\r\n]|\Z)' if lenient else ""
    # Without this, one attempt could scan to the end of the text for each of its cells.
    plain_start = '(?!")' if lenient else ""
    space = " *" if skip_space else ""
    return re.compile(
        rf'{space}(?:"(?P<quoted>(?:""|[^"]{inner})*+)"{stop}|{plain_start}(?P<plain>[^\r\n{separator}]*))'
        rf"(?P<end>{separator}|\r\n|\r|\n|\Z)"
    )


def _cells(text: str, pattern: re.Pattern[str]) -> tuple[list[str], int]:
    """The cells of the record at the start of a text, and where in the text the record ends."""
    cells: list[str] = []
    position = 0
    while match := pattern.match(text, position):
        quoted = match["quoted"]
        cells.append(match["plain"] if quoted is None else quoted.replace('""', '"'))
        position = match.end()
        if match["end"] in ("", "\n", "\r", "\r\n"):
            break
    return cells, position


def _lines_in(text: str) -> int:
    ends = list(_LINE_END.finditer(text))
    unfinished = not ends or ends[-1].end() < len(text)
    return len(ends) + unfinished
