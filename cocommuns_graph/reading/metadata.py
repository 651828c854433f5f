"""The `# key: value` lines above a column row, and what they say about a file of rejected rows.

Rejected rows leave the program as a table with one more column for the reason. Cells that a spreadsheet
would run as a formula carry an apostrophe there, which is taken away again when the table is read back.
"""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Iterator, Sequence

from cocommuns_graph.markup import safe_cell
from cocommuns_graph.reading.tables import RawRow, Table

REASON_COLUMN = "reason_column"
"""The key of the line that names the column to leave out; its presence marks a file of rejected rows."""

_ENTRY = re.compile(r"#\s+([A-Za-z_][\w -]*?)\s*:\s*(.*)")
_DELIMITERS = (",", ";", "\t", "|")


def is_comment(line: str) -> bool:
    """Whether a line above the column row is a comment; a spreadsheet may have put it in quotes."""
    return line.startswith(("# ", '"# '))


def parse(comments: Sequence[str], delimiter: str) -> dict[str, str]:
    """The entries among comment lines, without the separators that a spreadsheet puts at their end."""
    meta: dict[str, str] = {}
    for line in comments:
        text = line.rstrip("\r\n").rstrip(delimiter)
        if text.startswith('"'):
            text = next(csv.reader([text], delimiter=delimiter), [""])[0]
        if match := _ENTRY.match(text):
            meta[match[1]] = match[2].strip()
    return meta


def entry(key: str, value: str) -> str:
    """The comment line for an entry, on one line whatever the value holds."""
    return f"# {key}: {' '.join(value.split())}"


def is_rejects(meta: dict[str, str]) -> bool:
    """Whether a table is rejected rows that this program wrote."""
    return bool(meta.get(REASON_COLUMN))


def delimiter_of_rejects(comments: Sequence[str], header: str) -> str | None:
    """The separator of a file of rejected rows: the one that leaves the reason as the last column."""
    for delimiter in _DELIMITERS:
        reason = parse(comments, delimiter).get(REASON_COLUMN)
        if not reason:
            continue
        cells = next(csv.reader([header], delimiter=delimiter), [])
        while cells and not cells[-1].strip():
            cells.pop()
        if cells and unprotect(cells[-1]) == reason:
            return delimiter
    return None


def protect(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet could run it; `unprotect` is the way back."""
    return f"'{text}" if _runs(text.lstrip("'")) else text


def unprotect(text: str) -> str:
    """The text that was given to `protect`; an apostrophe that is part of a word is left alone."""
    return text[1:] if text.startswith("'") and _runs(text.lstrip("'")) else text


def _runs(text: str) -> bool:
    return bool(safe_cell(text) != text)


def without_rejection(table: Table) -> Table:
    """A table of rejected rows as its source was: without reasons and apostrophes; others as they are."""
    if not is_rejects(table.meta):
        return table
    reason = table.meta[REASON_COLUMN]
    names = {column: unprotect(column) for column in table.columns if unprotect(column) != reason}

    def read() -> Iterator[RawRow]:
        for row in table.rows():
            cells = {name: unprotect(row.cells[column]) for column, name in names.items()}
            yield dataclasses.replace(row, cells=cells)

    return dataclasses.replace(table, columns=list(names.values()), source=read)
