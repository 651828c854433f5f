"""How undeclared values stand in the cells of our own exports, and how they are read back as they were.

An export says in one line above its columns, `undeclared`, which property each undeclared column is and what
kind of value it holds, so that a number, a list or a text of digits comes back as what it was.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from cocommuns_graph.formats.cells import Clean, cleaner
from cocommuns_graph.model import Value
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import PROSE, join_cell, shorten, split_cell

UNDECLARED = "undeclared"
"""The key of that line; it counts only in a table that says it is an export of this program."""
EXPORT = "export"
"""The key of the line by which an export says so."""

_WORDS: dict[type, str] = {str: "text", int: "whole number", float: "number", bool: "yes or no"}
_TYPES = {word: type_ for type_, word in _WORDS.items()}
_LIST = "list of "
_MIXED = "json"
_LONGEST_NAME = 200


def kind_of_values(values: Sequence[Value]) -> str:
    """The word for what all values of an undeclared property are; `json` where they differ."""
    kinds = {_kind_of(value) for value in values}
    return kinds.pop() if len(kinds) == 1 else _MIXED


def _kind_of(value: Value) -> str:
    if not isinstance(value, list):
        return _WORDS[type(value)]
    types = {type(item) for item in value}
    return _LIST + _WORDS[types.pop()] if len(types) == 1 and value else _MIXED


def to_cell(value: Value, kind: str = "") -> str | int | float | bool:
    """A value as one cell; a list is joined so that it comes apart again."""
    if kind == _MIXED:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return join_cell([_text(item) for item in value])
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return _text(value)
    return value


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_export(meta: Mapping[str, str]) -> bool:
    """Whether a table says that it is an export of this program."""
    return bool(meta.get(EXPORT))


def handed_on(cell: str) -> tuple[str, ...]:
    """The sources in the `sources` cell of an export."""
    items = (str(PROSE.clean(item) or "") for item in split_cell(cell, ""))
    return tuple(dict.fromkeys(item for item in items if item))


def undeclared_columns(meta: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The property and the kind of each undeclared column of an export; empty for any other table."""
    if not is_export(meta):
        return {}
    try:
        found = json.loads(unquote(meta.get(UNDECLARED, "{}")))
        return {
            str(column): (str(name), str(kind))
            for column, (name, kind) in found.items()
            if _is_name(name) and _is_kind(kind)
        }
    except (ValueError, TypeError, AttributeError):
        return {}


def _is_name(name: object) -> bool:
    """Whether a property may have that name on every engine: one of them keeps @ for itself."""
    return isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME and name[0] != "@" and "\0" not in name


def _is_kind(word: object) -> bool:
    return word == _MIXED or str(word).removeprefix(_LIST) in _TYPES


def cell_cleaner(kind: str) -> Clean:
    """What turns a cell of an undeclared column of that kind into its value."""
    if kind == _MIXED:
        return _from_json
    if kind.startswith(_LIST):
        one = _one(kind.removeprefix(_LIST))
        return lambda cell: [one(item) for item in split_cell(cell, "")] or None
    one = _one(kind)
    return lambda cell: one(cell) if cell.strip() else None


def _one(word: str) -> Callable[[str], Any]:
    if word == "text":
        return cleaner(PROSE)
    type_ = _TYPES[word]

    def read(cell: str) -> Any:
        text = cell.strip().lower()
        if type_ is bool and text in ("true", "false"):
            return text == "true"
        try:
            if type_ in (int, float):
                return type_(text)
        except ValueError:
            pass
        raise InvalidValue(f"{shorten(cell)!r} is not accepted; accepted: a {word}")

    return read


def _from_json(cell: str) -> Value | None:
    if not cell.strip():
        return None
    try:
        value = json.loads(cell)
    except ValueError:
        raise InvalidValue(f"{shorten(cell)!r} is not accepted; accepted: JSON, as it was exported") from None
    items = value if isinstance(value, list) else [value]
    if not items or any(type(item) not in _WORDS for item in items) or len({*map(type, items)}) > 1:
        raise InvalidValue(f"{shorten(cell)!r} is not accepted; accepted: one value or a list of one kind")
    return value  # type: ignore[no-any-return]
