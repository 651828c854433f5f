"""From the text of a cell to a clean value: what a format asks for, then what the model accepts.

Everything here is made once per column and called once per cell, so the usual cell takes a short way.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from string import Formatter
from typing import Any
from unicodedata import is_normalized

from cocommuns_graph.formats import contacts
from cocommuns_graph.formats.declare import ValueSpec
from cocommuns_graph.formats.naming import Headers
from cocommuns_graph.model import Scalar, Value
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import LINE, LINES, PROSE, URL, Kind, split_cell

Cells = Mapping[str, str]
Clean = Callable[[str], Value | None]
Get = Callable[[Cells], str | list[str]]

LONGEST_ID = 500
LONGEST_LINE = 5_000
LONGEST_PROSE = 200_000
_MEMORY = 5_000
_SHORT = 200
_REMEMBERED = 1 << 13
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9._~/%+=&?#-]*)?")
_BLOCK_TAG = re.compile(r"<\s*(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[A-Za-z]|!--)[^<>]*>")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r" ?\n ?(?:\n ?)+")


class ContactInText(InvalidValue):
    """A text may hold an e-mail address or telephone number; it has to be looked at closely."""


class _Remembered(dict[str, Any]):
    """The clean values of cells that come again and again, up to a bound."""

    def __init__(self, clean: Clean) -> None:
        super().__init__()
        self._clean = clean

    def __missing__(self, cell: str) -> Any:
        value = self._clean(cell)
        if len(self) < _MEMORY and len(cell) < _SHORT:
            self[cell] = value
        return value


def _too_long(cell: str, limit: int) -> InvalidValue:
    return InvalidValue(
        f"a text of {len(cell):,} characters is not accepted; accepted: up to {limit:,} characters"
    )


def cleaner(kind: Kind) -> Clean:
    """`kind.clean` for the text of a cell, faster for usual cells and with a bound on length.

    Raises, when called, InvalidValue saying what is accepted.
    """
    if kind is LINE:
        return _line
    if kind is PROSE:
        return _prose
    if kind is LINES:
        return _lines
    if kind is URL:
        return _url

    def bounded(cell: str) -> Value | None:
        if len(cell) > LONGEST_PROSE:
            raise _too_long(cell, LONGEST_PROSE)
        return kind.clean(cell)

    if kind.name == "number":
        return lambda cell: kind.clean_one(cell) if cell.strip() else None
    remembered = _Remembered(bounded)
    if not kind.many:
        return remembered.__getitem__

    def listed(cell: str) -> Value | None:
        value = remembered[cell]
        return list(value) if value else None

    return listed


def guarded(clean: Clean) -> Clean:
    """A cleaner that raises ContactInText for a text in which there may be a way to reach somebody."""
    suspect = contacts.suspect

    def guard_line(cell: str) -> Value | None:
        if suspect(cell):
            raise ContactInText("looks like an e-mail address or telephone number")
        if len(cell) < _SHORT and cell.isprintable() and "  " not in cell and is_normalized("NFC", cell):
            return cell.strip() or None
        return _line(cell)

    def guard(cell: str) -> Value | None:
        if suspect(cell):
            raise ContactInText("looks like an e-mail address or telephone number")
        return clean(cell)

    return guard_line if clean is _line else guard


def watched(clean: Clean) -> Clean:
    """A cleaner for a column that by its name holds contacts: each filled cell is to be looked at closely."""

    def watch(cell: str) -> Value | None:
        if cell.strip():
            raise ContactInText("looks like an e-mail address or telephone number")
        return clean(cell)

    return watch


def is_text(kind: Kind) -> bool:
    """Whether values of a kind are free text, in which an e-mail address may stand."""
    return kind is LINE or kind is PROSE or kind is LINES


def _line(cell: str) -> Value | None:
    if len(cell) > LONGEST_LINE:
        raise _too_long(cell, LONGEST_LINE)
    if cell.isprintable() and "  " not in cell and (cell.isascii() or is_normalized("NFC", cell)):
        return cell.strip() or None
    return LINE.clean(cell)


def _lines(cell: str) -> Value | None:
    if len(cell) > LONGEST_PROSE:
        raise _too_long(cell, LONGEST_PROSE)
    if "\\" in cell or "\n" in cell or "\r" in cell:
        return LINES.clean(cell)
    items = cell.split("|") if "|" in cell else cell.split(";")
    if len(cell) < _SHORT and cell.isprintable() and "  " not in cell and is_normalized("NFC", cell):
        found = dict.fromkeys(item.strip() or None for item in items)
    else:
        found = dict.fromkeys(map(_line, items))  # type: ignore[arg-type]
    found.pop(None, None)
    return list(found) or None  # type: ignore[return-value]


def _prose(cell: str) -> Value | None:
    if len(cell) > LONGEST_PROSE:
        raise _too_long(cell, LONGEST_PROSE)
    if cell.isprintable() and (cell.isascii() or is_normalized("NFC", cell)):
        return cell.strip() or None
    return PROSE.clean(cell)


def _url(cell: str) -> Value | None:
    if len(cell) > LONGEST_LINE:
        raise _too_long(cell, LONGEST_LINE)
    if _PLAIN_URL.fullmatch(cell):
        return cell
    return URL.clean(cell)


def folded_word(text: str) -> str:
    """What `values`, `skip` and `only` of a format compare a cell by: case and blanks do not matter."""
    return " ".join(text.split()).casefold()


def plain_text(markup: str) -> str:
    """The text of a piece of HTML: tags taken out, line breaks where blocks end, entities read."""
    if "<" not in markup and "&" not in markup:
        return markup
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", markup))
    text = _BLANKS.sub(" ", html.unescape(text).replace("\r\n", "\n"))
    return _LINES.sub("\n\n", text).strip()


def template_columns(template: str) -> list[str]:
    """The columns a template names.

    Raises:
        ValueError: a brace is not closed, a name is missing or a conversion is asked for.
    """
    names = []
    for _, name, format_spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if not name.strip() or format_spec or conversion:
            raise ValueError(f"{{{name}}} is not a column's name alone")
        names.append(name)
    return names


def columns_of(spec: ValueSpec) -> list[str]:
    """Every column a value is made from."""
    return [*spec.columns, *spec.join, *(template_columns(spec.template) if spec.template else [])]


def getter(spec: ValueSpec, headers: Headers) -> Get | None:
    """What gives the text of a value for a row, a list where the cell is split; None if no column is there.

    The text is empty, or the list, where the row has no value.
    """
    if spec.every:
        return _gatherer(spec, headers)
    fetch = _fetcher(spec, headers)
    if fetch is None:
        if spec.literal is None and not spec.default:
            return None
        constant = str(spec.default if spec.literal is None else spec.literal)
        return lambda cells: constant
    shape = _shaper(spec)
    if spec.split:
        return lambda cells: _items(fetch(cells), spec, shape)
    default = spec.default
    if shape is None:
        return (lambda cells: fetch(cells).strip() or default) if default else fetch

    def shaped(cells: Cells) -> str:
        return shape(fetch(cells)) or default

    return shaped


def _gatherer(spec: ValueSpec, headers: Headers) -> Get | None:
    columns = {column: name for name in spec.columns for column in headers.every(name)}
    if not columns:
        return None
    shape = _shaper(spec)
    if len(columns) == 1:
        [(only, name)] = columns.items()
        return _remembering(only, lambda cell: _items(cell, spec, shape, name) if cell.strip() else [])

    def gather(cells: Cells) -> list[str]:
        items: dict[str, None] = {}
        for column, name in columns.items():
            if cells[column].strip():
                items.update(dict.fromkeys(_items(cells[column], spec, shape, name)))
        return list(items)

    return gather


def _remembering(column: str, items_of: Callable[[str], list[str]]) -> Get:
    """The items of one column's cell; those of short cells, which come again, are remembered."""
    known = lru_cache(_REMEMBERED)(items_of)

    def gather(cells: Cells) -> list[str]:
        cell = cells[column]
        return [*known(cell)] if len(cell) < _SHORT else items_of(cell)

    return gather


def _fetcher(spec: ValueSpec, headers: Headers) -> Callable[[Cells], str] | None:
    if spec.template:
        return _template(spec.template, headers)
    found = [column for column in map(headers.find, spec.columns) if column is not None]
    joined = [column for column in map(headers.find, spec.join) if column is not None]
    if joined:
        return lambda cells: (
            next((cells[column] for column in found if cells[column].strip()), None)
            or _joined([cells[column] for column in joined])
        )
    if not found:
        return None
    if len(found) == 1:
        only = found[0]
        return lambda cells: cells[only]
    skip = {"", *spec.skip}
    return lambda cells: next(
        (cells[column] for column in found if folded_word(cells[column]) not in skip), ""
    )


def _joined(cells: Iterable[str]) -> str:
    """Cells with blanks between them, without those whose words all stand in a longer one."""
    pieces = [" ".join(cell.split()) for cell in cells]
    words = [set(folded_word(piece).split()) for piece in pieces]
    return " ".join(
        piece
        for piece, own in zip(pieces, words, strict=True)
        if own and not any(own < other for other in words)
    )


def _template(template: str, headers: Headers) -> Callable[[Cells], str] | None:
    columns = {name: headers.find(name) for name in template_columns(template)}
    if any(column is None for column in columns.values()):
        return None
    pieces = [
        (text, columns[name] if name is not None else None)
        for text, name, _, _ in Formatter().parse(template)
    ]

    def fill(cells: Cells) -> str:
        parts: list[str] = []
        for text, column in pieces:
            parts.append(text)
            if column is not None:
                cell = cells[column].strip()
                if not cell:
                    return ""
                parts.append(cell)
        return "".join(parts)

    return fill


def _shaper(spec: ValueSpec) -> Callable[[str], str] | None:
    if not (spec.html or spec.trim or spec.values or spec.skip or spec.only or spec.dates or spec.lower):
        return None

    def shape(cell: str) -> str:
        text = plain_text(cell) if spec.html else cell
        text = text.strip().strip(spec.trim).strip() if spec.trim else text.strip()
        word = folded_word(text) if spec.values or spec.skip or spec.only else ""
        if word in spec.skip or (spec.only and word not in spec.only):
            return ""
        text = spec.values.get(word, text)
        if spec.dates and text:
            text = iso_date(text, spec.dates)
        return text.lower() if spec.lower else text

    return shape


def iso_date(text: str, patterns: Iterable[str]) -> str:
    """A date written in one of these strptime patterns as ISO 8601; the text itself where none fits."""
    for pattern in patterns:
        try:
            found = datetime.strptime(text, pattern)
        except ValueError:
            continue
        return found.date().isoformat() if "%d" in pattern else found.strftime("%Y-%m")
    return text


def _items(cell: str, spec: ValueSpec, shape: Callable[[str], str] | None, column: str = "") -> list[str]:
    if not cell.strip():
        return [spec.default] if spec.default else []
    items: Iterable[str] = _reached(cell, column) if spec.contacts else split_items(cell, spec.split)
    if shape is not None:
        items = (shape(item) for item in items)
    return list(dict.fromkeys(item for item in items if item))


def _reached(cell: str, column: str) -> list[str]:
    """The addresses and numbers of a cell, and what stands beside them unless it is whose they are."""
    found = contacts.find(cell, column)
    beside = "" if found.contacts and "<" in cell else found.rest.strip(" ,;|")
    return [*found.contacts, beside] if beside else found.contacts


def split_items(cell: str, groups: tuple[str, ...]) -> list[str]:
    """The items of a cell, cut at the characters of the first group of separators that occurs in it."""
    for separators in groups:
        for separator in separators:
            if separator in cell:
                return split_cell(cell, separators)
    return split_cell(cell, "")


_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_FRACTION = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")


def number_type(cell: str) -> type[int] | type[float] | None:
    """What an undeclared cell is a number as: int, float, or None for text, zero-padded codes included."""
    if _WHOLE.fullmatch(cell):
        return int
    if _FRACTION.fullmatch(cell):
        return float if abs(float(cell)) != float("inf") else None
    return None


def as_number(type_: type[int] | type[float]) -> Clean:
    """A cleaner for a column of which every filled cell is such a number."""

    def clean(cell: str) -> Scalar | None:
        text = cell.strip()
        return type_(text) if text else None

    return clean
