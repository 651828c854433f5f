"""Network files as tables: our own as the inventory's tables they were made from, others as nodes and edges.

A network NAME of another program becomes the tables NAME_nodes and NAME_edges, in the columns of a pair of
csv files. A row's line is the number of its node or tie in the file, counted from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading.graph_form import Exact, Form, FormTable, decode
from cocommuns_graph.reading.graph_xml import About, Part, parts
from cocommuns_graph.reading.metadata import EXPORT
from cocommuns_graph.reading.tables import RawRow, Table, stem_of, written_name

_UNDECLARED = "undeclared"

ToRow = Callable[[Part], RawRow | None]
ReadParts = Callable[[], Iterator[Part]]


def open_graph(path: Path, notes: Sequence[str] = ()) -> list[Table]:
    """The tables of a GraphML or GEXF file, read once to its end to see what it holds.

    Raises:
        NotAGraph: it is XML of another kind.
        UnreadableFile: it is damaged or dangerous, or has no graph in it.
    """
    about = About()
    for _ in parts(path, about):
        pass
    if not about.graphs:
        raise UnreadableFile(f"{path} has no graph in it")
    form = decode(about.instruction) if about.instruction else None
    read = partial(parts, path)
    return _own(path, about, form, notes, read) if form else network_tables(path, about, read, notes)


def _table(
    path: Path,
    about: About,
    name: str,
    columns: Sequence[str],
    notes: Sequence[str],
    meta: dict[str, str],
    to_row: ToRow,
    read_parts: ReadParts,
) -> Table:
    def read() -> Iterator[RawRow]:
        for part in read_parts():
            row = to_row(part)
            if row is not None:
                yield row

    return Table(
        path,
        f"{written_name(path)}/{name}",
        about.encoding,
        None,
        1,
        list(columns),
        list(notes),
        meta,
        read,
    )


# -- networks of other programs -----------------------------------------------------------------------


def network_tables(path: Path, about: About, read_parts: ReadParts, notes: Sequence[str] = ()) -> list[Table]:
    """The tables NAME_nodes and NAME_edges of a network whose nodes and ties `read_parts` gives each time.

    `about` says what data they have, so it must be filled before.
    """
    stem = stem_of(path)
    node_data, tie_data = list(about.node_data), list(about.tie_data)
    has_name = any(name.strip().lower() == "name" for name in node_data)
    caption = next((name for name in node_data if name.strip().lower() == "label"), None)
    renamed = {caption: "name"} if caption is not None and not has_name else {}
    nodes = _columns(node_data, ("id",), renamed)
    ties = _columns(tie_data, ("source", "target"), {})
    mixed = len(about.directions) > 1 or about.directions - {"directed" if about.directed else "undirected"}
    if mixed:
        ties |= _columns(["direction"], ("source", "target", *ties.values()), {})
    direction = "directed" if about.directed else "undirected"
    made_nodes = _renamed(nodes)
    made_ties = _renamed(ties)

    def node_row(part: Part) -> RawRow | None:
        if not part.is_node:
            return None
        return RawRow(part.number, {"id": part.id, **made_nodes(part.data)})

    def tie_row(part: Part) -> RawRow | None:
        if part.is_node:
            return None
        data = part.data
        if mixed:
            data = {**data, "direction": part.direction or direction}
        return RawRow(part.number, {"source": part.source, "target": part.target, **made_ties(data)})

    said = [*notes, *_about_other(about)]
    tables = [_table(path, about, f"{stem}_nodes", ["id", *nodes.values()], said, {}, node_row, read_parts)]
    if about.ties:
        columns = ["source", "target", *ties.values()]
        said = [] if about.directed or mixed else ["ties are undirected; each is kept from source to target"]
        tables.append(_table(path, about, f"{stem}_edges", columns, said, {}, tie_row, read_parts))
    return tables


def _about_other(about: About) -> Iterator[str]:
    if about.graphs > 1:
        yield f"{about.graphs} graphs, nested or one after the other, were read as one"
    if about.hyperedges:
        yield f"{about.hyperedges:,} hyperedges, ties of more than two, were left out"
    if about.moments:
        yield f"of values that change over time the last was kept, {about.moments:,} were left out"


def _columns(names: Iterable[str], taken: Iterable[str], renamed: Mapping[str, str]) -> dict[str, str]:
    """The column of each attribute, called as it is unless another column is called alike."""
    keys = {column.casefold() for column in (*taken, *renamed.values())}
    found = dict(renamed)
    for name in names:
        if name in renamed:
            continue
        plain = " ".join(name.split()) or "attribute"
        column, number = plain, 1
        while column.casefold() in keys:
            number += 1
            column = f"{plain}_{number}"
        keys.add(column.casefold())
        found[name] = column
    return found


def _renamed(columns: Mapping[str, str]) -> Callable[[Mapping[str, str]], dict[str, str]]:
    pairs = list(columns.items())
    return lambda data: {column: data.get(name, "") for name, column in pairs}


# -- our own ------------------------------------------------------------------------------------------


def _own(path: Path, about: About, form: Form, notes: Sequence[str], read: ReadParts) -> list[Table]:
    tables = []
    added = _added(about.node_data, form.nodes.values(), form.aside)
    for place, (type_, table) in enumerate(form.nodes.items()):
        strangers = tuple(form.nodes) if place == 0 else ()
        columns = _with_added(table, added)
        to_row = _own_node(type_, columns, form.exact_nodes, strangers)
        tables.append(_table(path, about, table.name, list(columns), notes, _meta(table), to_row, read))
    columns = _with_added(form.links, _added(about.tie_data, [form.links], form.aside))
    to_row = _own_link(columns, form.exact_links)
    tables.append(_table(path, about, form.links.name, list(columns), notes, _meta(form.links), to_row, read))
    return tables


def _meta(table: FormTable) -> dict[str, str]:
    meta = {EXPORT: table.name}
    return {**meta, _UNDECLARED: table.undeclared} if table.undeclared else meta


def _added(seen: Iterable[str], tables: Iterable[FormTable], known: Iterable[str]) -> list[str]:
    """Attributes that came into a file of ours after it was written."""
    written = {attribute for table in tables for attribute in table.columns.values()} | {*known}
    return [name for name in seen if name not in written]


def _with_added(table: FormTable, added: Iterable[str]) -> dict[str, str]:
    """The attribute of each column of a table, those that were added among them."""
    names = _columns(added, table.columns, {})
    return {**table.columns, **{column: name for name, column in names.items()}}


def _own_node(type_: str, columns: Mapping[str, str], exact: Exact, types: Sequence[str]) -> ToRow:
    """Rows of one type; with `types` also, as rows that cannot be used, the nodes of none of these."""

    def to_row(part: Part) -> RawRow | None:
        if not part.is_node:
            return None
        own = part.data.get("type", "")
        if own != type_ and (not types or own in types):
            return None
        cells = {column: part.data.get(attribute, "") for column, attribute in columns.items()}
        cells["id"] = part.id
        _restore(cells, exact.get(part.id))
        problem = "" if own == type_ else f"its type is {own[:60]!r}; accepted: {', '.join(types)}"
        return RawRow(part.number, cells, problem)

    return to_row


def _own_link(columns: Mapping[str, str], exact: Exact) -> ToRow:
    def to_row(part: Part) -> RawRow | None:
        if part.is_node:
            return None
        cells = {column: part.data.get(attribute, "") for column, attribute in columns.items()}
        cells["from"], cells["to"] = part.source, part.target
        _restore(cells, exact.get(part.id))
        return RawRow(part.number, cells)

    return to_row


def _restore(cells: dict[str, str], exact: Mapping[str, tuple[str, str]] | None) -> None:
    for column, (before, cell) in exact.items() if exact else ():
        if cells.get(column) == before:
            cells[column] = cell
