"""The words for how a table was read: encoding, separator, quotes, where its column row is, what was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cocommuns_graph.reading.tables import LeftAside

DELIMITERS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "bar",
    " ": "space",
    ":": "colon",
    "^": "caret",
    "~": "tilde",
    "\x1f": "unit separator",
    "\x01": "control character 1",
}
_SEVERAL = {
    "above the table": "lines above it",
    "note": "lines of notes",
    "total": "lines of totals",
    "column row again": "repeated column rows",
    "ruled line": "ruled lines",
}
_SHOWN = 3


def header_words(line: int, rows: int) -> str:
    """Where the column row is."""
    if not line:
        return "no header"
    return f"header on line {line}" if rows < 2 else f"header of {rows} rows from line {line}"


def aside_words(aside: Sequence[LeftAside]) -> list[str]:
    """How many lines of each kind were left aside."""
    counts = Counter(left.why for left in aside)
    words = []
    for why, count in counts.items():
        if count == 1:
            line = next(left.line for left in aside if left.why == why)
            words.append(f"{_SEVERAL[why].replace('lines', 'line').replace('rows', 'row')}: {line}")
        else:
            words.append(f"{count:,} {_SEVERAL[why]}")
    return words


def aside_notes(aside: Sequence[LeftAside]) -> list[str]:
    """Sentences that name the lines that were left aside, with what stands in the first of them."""
    groups: dict[str, list[LeftAside]] = {}
    for left in aside:
        groups.setdefault(left.why, []).append(left)
    notes = []
    for why, members in groups.items():
        shown = "; ".join(f"line {left.line}: {left.text!r}" for left in members[:_SHOWN])
        more = len(members) - _SHOWN
        rest = f" and {more:,} more" if more > 0 else ""
        notes.append(f"left aside, {why}: {shown}{rest}")
    return notes
