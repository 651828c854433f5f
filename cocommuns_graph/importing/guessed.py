"""Tables that no format claims: read as they are guessed, or as somebody says, and what is told of that."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from cocommuns_graph.formats import Format, column_key
from cocommuns_graph.formats.guessing import (
    ALONE,
    GUESSED,
    KINDS,
    LEFT_OUT,
    Guess,
    Known,
    as_format,
    corrected,
    guess,
    meanings_of,
    why_in_words,
)
from cocommuns_graph.importing.choose import Claim, name_of
from cocommuns_graph.model.errors import InvalidFormat, InvalidValue
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.reading import Table, is_rejects
from cocommuns_graph.wording import ENGLISH, Wording, wording

READING = "reading"
"""The key of the line above rejected rows by which they are read again as they were."""
ANY_TABLE = ""
"""The path under which columns are told whatever table they are in."""
KEPT = "keep"
"""How somebody says that a column is kept under its name."""

KnowingWhat = Callable[[], Known]


@dataclass(frozen=True)
class Told:
    """What somebody says of a table: what each row is, empty if unsaid, and what columns mean.

    A meaning is one of `meanings_of(rows)`, empty or `keep` to keep the column as it is, or `leave out`.
    """

    rows: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns)


@dataclass(frozen=True)
class Guessed:
    """A table's guess and the format that reads the table so, None where nothing names its rows."""

    guess: Guess
    format: Format | None

    @property
    def claim(self) -> Claim | None:
        """The table read so; None where the guess is not sure and nobody says it is right."""
        if self.format is None or not self.guess.sure:
            return None
        return Claim(self.format, self.format.files[0], 0)


def guess_of(table: Table, told: Told, known: KnowingWhat | None, label: str = "") -> Guessed:
    """What a table is guessed to be, in the light of what is told; `label` is what its rows are said to be.

    Raises:
        InvalidValue: a column is told to mean what no column of such a table can, or it has no such column.
    """
    if is_rejects(table.meta) and table.meta.get("format") == GUESSED:
        told = told or _written(table.meta.get(READING, ""))
    rows = told.rows or (label if label in KINDS else "")
    found = guess(table, name_of(table), rows=rows, known=known() if known is not None else None)
    if told.columns:
        found = corrected(found, _checked(told.columns, found, table))
    try:
        return Guessed(found, as_format(found))
    except InvalidFormat:
        return Guessed(found, None)


def _checked(columns: Mapping[str, str], found: Guess, table: Table) -> dict[str, str]:
    accepted = meanings_of(found.rows)
    there = {column_key(column): column for column in table.columns}
    checked: dict[str, str] = {}
    for column, meaning in columns.items():
        meant = "" if meaning.strip().casefold() == KEPT else meaning.strip()
        if column_key(column) not in there:
            has = ", ".join(map(shorten, table.columns))
            raise InvalidValue(f"{table.path} has no column {shorten(column)!r}; it has {has}")
        if meant and meant not in (*accepted, LEFT_OUT):
            raise InvalidValue(
                f"column {shorten(column)!r} cannot be read as {shorten(meaning)!r} where each row is an "
                f"{found.rows.lower()}; accepted: {', '.join(accepted)}, {KEPT}, {LEFT_OUT}"
            )
        if meant in ALONE and meant in checked.values():
            first = next(name for name, other in checked.items() if other == meant)
            raise InvalidValue(
                f"columns {shorten(first)!r} and {shorten(column)!r} cannot both be {meant}; keep one of them"
            )
        checked[column] = meant
    return checked


def as_line(found: Guess) -> str:
    """How a table was read, for the line above its rejected rows."""
    told = {"rows": found.rows, "columns": {each.column: each.meaning for each in found.columns}}
    return quote(json.dumps(told, ensure_ascii=False), safe="")


def _written(line: str) -> Told:
    try:
        told = json.loads(unquote(line))
        columns = {str(column): str(meaning) for column, meaning in told["columns"].items()}
        return Told(told["rows"] if told["rows"] in KINDS else "", columns)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Told()


def columns_of(found: Guess, say: Wording | None = None) -> list[dict[str, object]]:
    """Each column for the report: what it is read as (None where kept), how surely, why, examples."""
    words = say or wording(ENGLISH)
    return [
        {
            "column": each.column,
            "property": each.meaning or None,
            "confidence": each.confidence,
            "why": why_in_words(each.why, each.words, words),
            "examples": list(each.examples),
        }
        for each in found.columns
    ]


def note_of(found: Guess) -> str:
    """The note that a table was read as it was guessed."""
    read = sum(bool(each.meaning) for each in found.columns)
    return (
        f"no format knows this table, so its columns were guessed: each row is taken for one {found.rows}, "
        f"{read} of {len(found.columns)} columns have a meaning, the others are kept"
    )


def advice(found: Guess) -> str:
    """What to say of a table that is not read because its guess is not sure."""
    return (
        f"or say what each row is with --label ({found.rows.lower()} seems likeliest) and columns with --read"
    )
