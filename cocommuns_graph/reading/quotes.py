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
    taken as text unless the cell can end there. If none gives `width` cells without swallowing a line that
    has them by itself, the first line as it stands is returned as not certain.
    """
    first = lines[0]
    literal = _literal(first, delimiter, skip_space)
    if len(literal) == width:
        return Repair(literal, 1, True)
    lenient = _lenient_pattern(delimiter, skip_space)
    for text in (first, "".join(lines)):
        if len(text) > _LONGEST_GUESS:
            break
        cells, end = _cells(text, lenient)
        taken = _lines_in(text[:end])
        inner = lines[1:taken]
        if len(cells) == width and not any(
            len(_literal(line, delimiter, skip_space)) == width for line in inner
        ):
            return Repair(cells, taken, True)
    return Repair(literal, 1, False)


def literal_width(line: str, delimiter: str, skip_space: bool) -> int:
    """How many cells a line has by itself, an ill-quoted cell taken as it stands."""
    return len(_literal(line, delimiter, skip_space))


def surplus_joined(line: str, delimiter: str, skip_space: bool, width: int) -> list[str] | None:
    """The first `width` cells of a line and all the rest of it as one more; None where nothing is left."""
    text = line.rstrip("\r\n")
    cells: list[str] = []
    for match in _literal_pattern(delimiter, skip_space).finditer(text):
        quoted, plain, end = match.groups(default="")
        cells.append(quoted.replace('""', '"') or plain)
        if not end:
            return None
        if len(cells) == width:
            return [*cells, text[match.end() :]]
    return None


def _literal(line: str, delimiter: str, skip_space: bool) -> list[str]:
    """The cells of one line, a cell counting as quoted only where its quotes are as they should be."""
    text = line.rstrip("\r\n")
    if '"' not in text:
        return text.split(delimiter)
    cells: list[str] = []
    for quoted, plain, end in _literal_pattern(delimiter, skip_space).findall(text):
        cells.append(quoted.replace('""', '"') or plain)
        if not end:
            break
    return cells


@functools.lru_cache(maxsize=32)
def _literal_pattern(delimiter: str, skip_space: bool) -> re.Pattern[str]:
    separator = re.escape(delimiter)
    space = " *" if skip_space else ""
    return re.compile(
        rf'{space}(?:"([^"]*+(?:""[^"]*+)*+)"(?={separator}|\Z)|([^{separator}]*))({separator}|\Z)'
    )


@functools.lru_cache(maxsize=32)
def _lenient_pattern(delimiter: str, skip_space: bool) -> re.Pattern[str]:
    separator = re.escape(delimiter)
    end = rf"{separator}|[\r\n]|\Z"
    space = " *" if skip_space else ""
    # A cell that begins with a quote has to end with one: else one attempt could scan to the end of the
    # text for each of its cells.
    return re.compile(
        rf'{space}(?:"(?P<quoted>[^"]*+(?:(?:""|"(?!{end}))[^"]*+)*+)"(?={end})|(?!")(?P<plain>[^\r\n{separator}]*))'
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
