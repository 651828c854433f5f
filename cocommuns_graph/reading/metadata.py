"""The `# key: value` lines above a column row, and what they say about a table this program wrote.

Rejected rows leave the program as a table with one more column for the reason, the inventory as tables of
an export. Cells that a spreadsheet would run as a formula carry an apostrophe there, which is taken away
again when the table is read back.
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

EXPORT = "export"
"""The key of the line by which an export of this program says so, with the name of its table."""

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


def is_ours(meta: dict[str, str]) -> bool:
    """Whether this program wrote the table, so that its column row is the first and its cells protected."""
    return is_rejects(meta) or bool(meta.get(EXPORT))


def delimiter_of_ours(comments: Sequence[str], header: str) -> str | None:
    """The separator of a table this program wrote, also after a spreadsheet saved it with another one.

    In rejected rows it is the one that leaves the reason as the last column, in an export what follows the
    name of the first column, which is a plain word. None for any other table.
    """
    if any(EXPORT in parse(comments, delimiter) for delimiter in _DELIMITERS):
        first = re.match(r'"?\w+"?([,;\t|])', header)
        return first[1] if first else None
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


def as_written(table: Table) -> Table:
    """A table this program wrote as it was meant: without apostrophes and reasons; others as they are."""
    if not is_ours(table.meta):
        return table
    reason = table.meta.get(REASON_COLUMN)
    names = {column: unprotect(column) for column in table.columns if unprotect(column) != reason}

    def read() -> Iterator[RawRow]:
        for row in table.rows():
            cells = {name: unprotect(row.cells[column]) for column, name in names.items()}
            yield dataclasses.replace(row, cells=cells)

    return dataclasses.replace(table, columns=list(names.values()), source=read)
