"""What our own network files say beyond GraphML and GEXF, so that they come back as the tables they were.

It stands in one processing instruction before the root element, which other programs pass over: which
attribute each column of the inventory's tables went to, and the cells that no attribute can hold as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

INSTRUCTION = "cocommuns-graph"
"""The target of the processing instruction."""
_VERSION = 1

Exact = dict[str, dict[str, tuple[str, str]]]


@dataclass(frozen=True)
class FormTable:
    """One table: its name, the attribute of each of its columns, its `undeclared` entry (empty if none)."""

    name: str
    columns: Mapping[str, str]
    undeclared: str = ""


@dataclass
class Form:
    """The tables of nodes by the `type` of a node, that of links, and cells that differ from attributes.

    `aside` are attributes that say again what others do and are no column. `exact_nodes` and `exact_links`
    give, by the id an element has in the file and by column, the text the attribute had when the file was
    written, and the cell it stands for. Where the attribute has another text since, somebody changed it, and
    what the attribute says counts.
    """

    nodes: dict[str, FormTable]
    links: FormTable
    aside: tuple[str, ...] = ()
    exact_nodes: Exact = field(default_factory=dict)
    exact_links: Exact = field(default_factory=dict)


def encode(form: Form) -> str:
    """The form as the ASCII text of a processing instruction."""
    data = {
        "version": _VERSION,
        "nodes": {type_: _table_data(table) for type_, table in form.nodes.items()},
        "links": _table_data(form.links),
        "aside": form.aside,
        "exact": {"nodes": form.exact_nodes, "links": form.exact_links},
    }
    return json.dumps(data, separators=(",", ":")).replace("?>", "?\\u003e")


def _table_data(table: FormTable) -> list[Any]:
    return [table.name, dict(table.columns), table.undeclared]


def decode(text: str) -> Form | None:
    """The form a processing instruction holds; None where it is none of this version."""
    try:
        data = json.loads(text)
        if data["version"] != _VERSION:
            return None
        return Form(
            {str(type_): _table(table) for type_, table in data["nodes"].items()},
            _table(data["links"]),
            tuple(map(str, data["aside"])),
            _exact(data["exact"]["nodes"]),
            _exact(data["exact"]["links"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _table(data: Any) -> FormTable:
    name, columns, undeclared = data
    if not isinstance(name, str) or not isinstance(undeclared, str) or "/" in name:
        raise ValueError(name)
    return FormTable(name, {str(column): str(attribute) for column, attribute in columns.items()}, undeclared)


def _exact(data: Any) -> Exact:
    return {
        str(element): {str(column): (str(before), str(cell)) for column, (before, cell) in cells.items()}
        for element, cells in data.items()
    }
