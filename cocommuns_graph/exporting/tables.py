"""The graph as the inventory's five tables, with columns that our importer reads back to the same graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from cocommuns_graph.formats import column_key
from cocommuns_graph.formats.exported import kind_of_values, to_cell
from cocommuns_graph.model import MODEL, Graph, Model, Property, Value, Visibility, level_name
from cocommuns_graph.model.declare import RelationshipType

LINKS = "links"
_LINK_ENDS = ("from", "type", "to")
_CITATION = ("source", "source_line", "source_words")
Cell = str | int | float | bool | None


@dataclass(frozen=True)
class ExportTable:
    """One table: its name, its columns, its rows of cells, and what its undeclared columns stand for.

    `undeclared` gives the property and the kind of value of each column that the model does not declare.
    """

    name: str
    columns: list[str]
    rows: list[list[Cell]]
    undeclared: dict[str, tuple[str, str]]

    def undeclared_entry(self) -> str:
        """`undeclared` as JSON in the escapes of an address: nothing in it that a spreadsheet could mend."""
        return quote(json.dumps(self.undeclared, separators=(",", ":")), safe="")


def table_names(model: Model = MODEL) -> list[str]:
    """The names of the tables an export consists of, nodes before links."""
    return [_table_name(label) for label in model.labels] + [LINKS]


def tables(graph: Graph, model: Model = MODEL) -> list[ExportTable]:
    """The tables of a graph, every one of them, also those without a row."""
    return [*(_node_table(graph, model, label) for label in model.labels), _link_table(graph, model)]


def _table_name(label: str) -> str:
    return f"{label.lower()}s"


def _node_table(graph: Graph, model: Model, label: str) -> ExportTable:
    declared = model.node(label)
    nodes = graph.of_label(label)
    used = {name for node in nodes for name in node.properties}
    own = [name for each in declared.properties for name in _family(each, used) if not each.managed]
    own += [level for name in own if (level := level_name(name)) in used and declared.property(level)]
    managed = [each.name for each in declared.properties if each.managed]
    others = sorted(name for name in used if name != "id" and declared.property(name) is None)
    undeclared = _undeclared(others, [*own, *managed], [node.properties for node in nodes])
    columns = {**{name: name for name in own}, **{c: p for c, (p, _) in undeclared.items()}}
    columns |= {name: name for name in managed}
    rows = [_cells({**node.properties, "id": node.id}, columns, undeclared) for node in nodes]
    return ExportTable(_table_name(label), list(columns), rows, undeclared)


def _family(declared: Property, used: Iterable[str]) -> list[str]:
    """The columns of a declared property: itself and its members by language that somebody uses."""
    members = []
    if declared.by_language:
        begin = f"{declared.name}_"
        members = sorted(name for name in used if name.startswith(begin) and len(name) <= len(begin) + 3)
    elif declared.visibility > Visibility.PUBLIC and declared.name not in used:
        return []
    return [declared.name, *members]


def _link_table(graph: Graph, model: Model) -> ExportTable:
    links = graph.relationships
    own: dict[str, None] = {}
    managed: dict[str, None] = {}
    for type_ in model.types:
        for each in model.relationship(type_).properties:
            if each.name != "key":
                (managed if each.managed else own).setdefault(each.name)
    stray = {name for link in links for name in link.properties if _is_stray(model, link.type, name, own)}
    undeclared = _undeclared(
        sorted(stray), [*_LINK_ENDS, *own, *managed, "key"], [link.properties for link in links]
    )
    columns = {**{name: name for name in own}, **{c: p for c, (p, _) in undeclared.items()}}
    columns |= {name: name for name in managed}
    rows = [
        [link.start, link.type, link.end, *_cells(link.properties, columns, undeclared)] for link in links
    ]
    return ExportTable(LINKS, [*_LINK_ENDS, *columns], rows, undeclared)


def _is_stray(model: Model, type_: str, name: str, own: Mapping[str, None]) -> bool:
    """Whether a property has no declared column of any type to go to."""
    declared: RelationshipType = model.relationship(type_)
    return declared.property(name) is None and name not in own and name != "key"


def _undeclared(
    names: Sequence[str], taken: Iterable[str], records: Sequence[Mapping[str, Value]]
) -> dict[str, tuple[str, str]]:
    """The column of each undeclared property, called as it is unless that would be read as another one."""
    keys = {column_key(name) for name in (*taken, *_CITATION)}
    found: dict[str, tuple[str, str]] = {}
    for name in names:
        plain = "".join(each if each.isprintable() else " " for each in name)
        plain = " ".join(plain.split()).lstrip("# ") or "column"
        column, number = plain, 1
        while column_key(column) in keys:
            number += 1
            column = f"{plain}_{number}"
        keys.add(column_key(column))
        kind = kind_of_values([record[name] for record in records if name in record])
        found[column] = (name, kind)
    return found


def _cells(
    properties: Mapping[str, Value], columns: Mapping[str, str], undeclared: Mapping[str, tuple[str, str]]
) -> list[Cell]:
    row: list[Cell] = []
    for column, name in columns.items():
        value: Any = properties.get(name)
        kind = undeclared[column][1] if column in undeclared else ""
        row.append(None if value is None else to_cell(value, kind))
    return row
