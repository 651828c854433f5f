"""The comment lines at the top of a query file, as entries with the line each stands on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ENTRY = re.compile(r"// ?([a-z][a-z_]*):(?:\s+(.*))?$")
_GOES_ON = re.compile(r"//\s{2,}(\S.*)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One `// key: text` of a header; further lines with a deeper indent belong to its text."""

    key: str
    text: str
    line: int


@dataclass(frozen=True)
class Parts:
    """A query file taken apart: header entries, header lines that are none, and the statement below.

    `statement_line` is the line of the file on which `statement` begins.
    """

    entries: Sequence[Entry]
    strange: Sequence[int]
    statement: str
    statement_line: int


def take_apart(text: str) -> Parts:
    """The header and the statement of a query file."""
    lines = text.removeprefix("\ufeff").splitlines()
    entries: list[Entry] = []
    strange: list[int] = []
    number = 0
    for number, line in enumerate(lines, start=1):
        bare = line.strip()
        if not bare or bare == "//":
            continue
        if not bare.startswith("//"):
            break
        if match := _ENTRY.match(bare):
            entries.append(Entry(match[1], (match[2] or "").strip(), number))
        elif (match := _GOES_ON.match(bare)) and entries:
            last = entries[-1]
            entries[-1] = Entry(last.key, f"{last.text} {match[1].strip()}".strip(), last.line)
        else:
            strange.append(number)
    else:
        number = len(lines) + 1
    return Parts(entries, strange, "\n".join(lines[number - 1 :]).strip(), number)
