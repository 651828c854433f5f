"""Tables as a page shows them and as csv files hold them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from cocommuns_graph.gaps import Table
from cocommuns_graph.model import MODEL
from cocommuns_graph.reading.metadata import entry, protect
from cocommuns_graph.reports.html import Html, element, items, join, named
from cocommuns_graph.reports.wording import Wording, value_word

Cell = str | int | float | None
BETWEEN = "; "
_MOST_IN_A_CELL, _SHORT = 8, 16
_FOR_PROGRAMS = ("id", "ids", "_value")


def table_html(table: Table, words: Wording, most: int | None = None, by: str = "sector") -> Html:
    """A table with a caption and headed rows: `most` rows of it, and how many more the csv has.

    Columns of ids and codes, and those without a value, stand in the csv alone. Codes of types, countries,
    languages and of families, which are the values of `by`, are put in words.
    """
    shown = [
        n
        for n, column in enumerate(table.columns)
        if not column.name.endswith(_FOR_PROGRAMS) and any(row[n] not in (None, "") for row in table.rows)
    ]
    numeric = {n for n in shown if any(isinstance(row[n], int | float) for row in table.rows)}
    head = [element("th", table.columns[n].title, scope="col", class_=_class(n in numeric)) for n in shown]
    rows = table.rows if most is None else table.rows[:most]
    body = [
        element(
            "tr",
            *(
                _cell(
                    _in_words(table.columns[n].name, row[n], words, by),
                    words,
                    first=n == shown[0],
                    numeric=n in numeric,
                )
                for n in shown
            ),
        )
        for row in rows
    ]
    left = len(table.rows) - len(rows)
    return element(
        "div",
        element(
            "table",
            element("caption", table.title),
            element("thead", element("tr", *head)),
            element("tbody", *body),
        ),
        element("p", table.note, class_="quiet") if table.note else None,
        element("p", words.count("more_rows", left), class_="quiet") if left else None,
        class_="table",
        role="group",
        aria_label=table.title,
        tabindex="0",
    )


def _in_words(column: str, value: Cell, words: Wording, by: str) -> Cell:
    if not isinstance(value, str) or not value:
        return value
    if column == "type" and value in MODEL.labels:
        return words.type(value)
    known = {"family": by, "language": "languages", "country": "country"}.get(column)
    return value_word(words, known, value) if known else value


def _cell(value: Cell, words: Wording, *, first: bool, numeric: bool) -> Html:
    tag, scope = ("th", "row") if first else ("td", None)
    return element(tag, _shown(value, words), scope=scope, class_=_class(numeric))


def _class(numeric: bool) -> str | None:
    return "number" if numeric else None


def _shown(value: Cell, words: Wording) -> Html | str:
    if value is None or value == "":
        return join(
            [
                element("span", "–", class_="quiet", aria_hidden="true"),
                element("span", words.text("unknown_cell"), class_="unseen"),
            ]
        )
    if isinstance(value, str):
        parts = value.split(BETWEEN)
        if len(parts) < 3 or len(value) < _SHORT * len(parts):
            return named(value)
        shown = parts if len(parts) <= _MOST_IN_A_CELL + 1 else parts[:_MOST_IN_A_CELL]
        left = len(parts) - len(shown)
        return items([*map(named, shown), *([words.count("other", left)] if left else [])])
    return words.number(value, 2 if abs(value) >= 0.1 else 3)


def table_csv(table: Table, meta: Mapping[str, str]) -> bytes:
    """A table for a spreadsheet: lines that begin with `# ` say what it is, then columns and rows.

    Text that a spreadsheet would run as a formula carries an apostrophe. UTF-8 without a byte
    order mark, so that the very first line begins with `# ` for every script that reads it.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    # Not through the writer: a comma would put the line in quotes, and it would no longer begin with `# `.
    text.writelines(f"{entry(name, value)}\r\n" for name, value in {**meta, "table": table.name}.items())
    writer.writerow([protect(column.name) for column in table.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8", "replace")


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    return protect(value) if isinstance(value, str) else repr(value)
