"""JSON files as tables: a Kumu project, Murmurations profiles, a node-link network, a list of records.

Values within values become columns as `urls[0].url`, a list of plain values one cell with `|` between them.
A row's line is the number of the item in its list, counted from 1. A file is read into memory, so its size is
bounded, and so are its depth and its columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.model.kinds import join_cell
from cocommuns_graph.reading.tables import RawRow, Table, made_table, stem_of

_LARGEST_FILE = 128 << 20
_DEEPEST = 12
_MOST_COLUMNS = 2_000
_TIES = ("edges", "links")
_OF_KUMU = frozenset({"_id", "from", "to", "direction", "delayed", "reversed"})

Item = Mapping[str, Any]


def open_json(path: Path, notes: Sequence[str] = ()) -> list[Table]:
    """The tables of a JSON file.

    Raises UnreadableFile with the reason where it is no JSON, a schema, or holds no list of records.
    """
    data = _load(path)
    if isinstance(data, dict):
        if _is_list_of_items(data.get("elements")) and isinstance(data.get("connections"), list):
            return _kumu(path, data, notes)
        if "$schema" in data and "properties" in data:
            raise UnreadableFile(f"{path} is a JSON schema: it says what profiles look like and holds none")
        if "linked_schemas" in data:
            return _profiles(path, [data], notes)
        ties = next((name for name in _TIES if isinstance(data.get(name), list)), "")
        if _is_list_of_items(data.get("nodes")) and ties:
            return _node_link(path, data, ties, notes)
        data = next((value for value in data.values() if _is_list_of_items(value)), data)
    if not _is_list_of_items(data):
        raise UnreadableFile(f"{path} is JSON, but there is no list of records in it")
    if any("linked_schemas" in item for item in data):
        return _profiles(path, data, notes)
    items = [_without_envelope(item) for item in data]
    return [_table(path, "", items, notes)]


def _load(path: Path) -> Any:
    size = path.stat().st_size
    if size > _LARGEST_FILE:
        raise UnreadableFile(f"{path} is larger than {_LARGEST_FILE >> 20} MB, so it was not opened")
    try:
        return json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{path} is damaged JSON: line {error.lineno}: {error.msg.lower()}") from error
    except RecursionError as error:
        raise UnreadableFile(f"{path} is nested deeper than records are") from error
    except ValueError as error:
        raise UnreadableFile(f"{path} is damaged JSON: {error}") from error


def _is_list_of_items(data: Any) -> bool:
    return isinstance(data, list) and bool(data) and all(isinstance(item, dict) for item in data)


def _without_envelope(item: Item) -> dict[str, Any]:
    """An item of JSON:API, whose values are under `attributes`, as one record; others as they are."""
    own = item.get("attributes")
    if not isinstance(own, dict):
        return dict(item)
    return {**own, **{name: value for name, value in item.items() if name not in ("attributes", "links")}}


# -- Kumu ---------------------------------------------------------------------------------------------


def _kumu(path: Path, data: Item, notes: Sequence[str]) -> list[Table]:
    """The elements and connections of a Kumu project, in the columns of Kumu's own workbooks."""
    said = list(notes)
    loops = data.get("loops")
    if isinstance(loops, list) and loops:
        said.append(f"{len(loops)} loops, which are drawn over connections, were left out")
    elements = [_kumu_element(item) for item in data["elements"]]
    # A blueprint, which is what Kumu imports, names the ends by their labels.
    ids = {str(element["id"]) for element in elements}
    by_label = {str(element.get("label")): element["id"] for element in elements}

    def end(text: Any) -> Any:
        return text if str(text) in ids else by_label.get(str(text), text)

    connections = [
        {
            "from": end(item.get("from")),
            "to": end(item.get("to")),
            **({"direction": item["direction"]} if item.get("direction") else {}),
            **({"delayed": True} if item.get("delayed") else {}),
            **_kumu_values(item, "connection type"),
        }
        for item in data["connections"]
        if isinstance(item, dict)
    ]
    stem = stem_of(path)
    tables = [_table(path, f"{stem}_elements", elements, said, ("id", "label", "type"))]
    if connections:
        tables.append(_table(path, f"{stem}_connections", connections, (), ("from", "to")))
    return tables


def _kumu_element(item: Item) -> dict[str, Any]:
    values = _kumu_values(item, "element type")
    return {**values, "id": item.get("_id") or values.get("id") or values.get("label")}


def _kumu_values(item: Item, type_name: str) -> dict[str, Any]:
    own = item.get("attributes")
    if not isinstance(own, dict):
        own = {name: value for name, value in item.items() if name not in _OF_KUMU}
    values = dict(own)
    if type_name in values:
        values.setdefault("type", values.pop(type_name))
    return values


# -- Murmurations -------------------------------------------------------------------------------------


def _profiles(path: Path, items: Sequence[Item], notes: Sequence[str]) -> list[Table]:
    """Profiles by what their first schema describes: people apart from organisations.

    Raises UnreadableFile where none describes either.
    """
    groups: dict[str, list[tuple[int, Item]]] = {"people": [], "organizations": []}
    others: dict[str, int] = {}
    for number, item in enumerate(items, 1):
        schema = _first_schema(item)
        if schema.startswith("people"):
            groups["people"].append((number, item))
        elif (
            schema.startswith(("organi", "group", "project", "cooperative", "network", "place")) or not schema
        ):
            groups["organizations"].append((number, item))
        else:
            others[schema] = others.get(schema, 0) + 1
    listed = ", ".join(f"{count} of {schema[:60]}" for schema, count in sorted(others.items()))
    if not any(groups.values()):
        raise UnreadableFile(f"{path} has no profile of a person or organisation in it, only {listed}")
    said = [*notes, *([f"profiles of other kinds were left out: {listed}"] if listed else [])]
    tables = []
    for kind, found in groups.items():
        if found:
            numbers = [number for number, _ in found]
            own = [
                {name: value for name, value in item.items() if name != "linked_schemas"} for _, item in found
            ]
            tables.append(_table(path, f"murmurations_{kind}", own, said, numbers=numbers))
            said = []
    return tables


def _first_schema(item: Item) -> str:
    schemas = item.get("linked_schemas")
    first = schemas[0] if isinstance(schemas, list) and schemas else schemas
    return str(first or "").strip().lower()


# -- networks -----------------------------------------------------------------------------------------


def _node_link(path: Path, data: Item, ties_name: str, notes: Sequence[str]) -> list[Table]:
    """A network in the node-link form of networkx and d3, or of graphology (Gephi Lite)."""
    nodes = [_node(item) for item in data["nodes"]]
    ties = [_tie(item) for item in data[ties_name] if isinstance(item, dict)]
    stem = stem_of(path)
    tables = [_table(path, f"{stem}_nodes", nodes, notes, ("id",))]
    if ties:
        tables.append(_table(path, f"{stem}_edges", ties, (), ("source", "target")))
    return tables


def _node(item: Item) -> dict[str, Any]:
    own = item.get("attributes", item.get("properties"))
    values = dict(own) if isinstance(own, dict) else {}
    values |= {name: value for name, value in item.items() if name not in ("attributes", "properties")}
    if "id" not in values:
        values["id"] = values.pop("key", values.get("name"))
    if "name" not in values and "label" in values:
        values["name"] = values.pop("label")
    return values


def _tie(item: Item) -> dict[str, Any]:
    own = item.get("attributes", item.get("properties"))
    values = dict(own) if isinstance(own, dict) else {}
    taken = ("attributes", "properties", "key", "undirected")
    values |= {name: value for name, value in item.items() if name not in taken}
    if item.get("undirected") is True:
        values.setdefault("direction", "undirected")
    return values


# -- any ----------------------------------------------------------------------------------------------


def _table(
    path: Path,
    name: str,
    items: Iterable[Item],
    notes: Sequence[str],
    first: Sequence[str] = (),
    numbers: Sequence[int] = (),
) -> Table:
    columns: dict[str, None] = dict.fromkeys(first)
    rows: list[RawRow] = []
    for place, item in enumerate(items):
        cells = dict(_flat(item))
        columns.update(dict.fromkeys(cells))
        if len(columns) > _MOST_COLUMNS:
            raise UnreadableFile(f"{path} has more than {_MOST_COLUMNS:,} different names in its records")
        rows.append(RawRow(numbers[place] if numbers else place + 1, cells))
    names = _distinct(columns)
    whole = [
        RawRow(row.line, {own: row.cells.get(column, "") for column, own in names.items()}) for row in rows
    ]
    return made_table(path, name, list(names.values()), whole, encoding="utf-8", notes=notes)


def _distinct(columns: Iterable[str]) -> dict[str, str]:
    """What each name is called as a column: no two alike whatever their case, none empty."""
    taken: set[str] = set()
    names: dict[str, str] = {}
    for column in columns:
        plain = " ".join(column.split()) or "column"
        own, number = plain, 1
        while own.casefold() in taken:
            number += 1
            own = f"{plain}_{number}"
        taken.add(own.casefold())
        names[column] = own
    return names


def _flat(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """The cells of a record; what is nested too deep stays JSON."""
    if value is None:
        return
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        texts = [_text(item) for item in value if item is not None and item != ""]
        if texts:
            yield name, join_cell(texts) if len(texts) > 1 else texts[0]
    elif isinstance(value, list) and depth < _DEEPEST:
        for place, inner in enumerate(value):
            yield from _flat(inner, f"{name}[{place}]", depth + 1)
    else:
        yield name, _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
