"""The graph as a network file: GraphML and GEXF through networkx, and JSON as nodes and links."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from cocommuns_graph.exporting.meta import Meta
from cocommuns_graph.exporting.tables import Cell, ExportTable, tables
from cocommuns_graph.formats.exported import to_cell
from cocommuns_graph.model import MODEL, Graph, Value
from cocommuns_graph.reading.graph_form import INSTRUCTION, Exact, Form, FormTable, encode

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN = frozenset({"id", "label", "type"})
# networkx and Gephi read these as structure: times of a dynamic graph, hierarchy, drawing.
_NODES_OF_GEXF = frozenset({"pid", "parents", "start", "end", "viz", "slices", "spells"})
_LINKS_OF_GEXF = _NODES_OF_GEXF | {"key", "networkx_key", "source", "target", "relationship"}
_SUFFIX = "_property"
_SAID_AGAIN = ("label", "type", "networkx_key")
_TYPE_IN_GEXF = "relationship"
_LONG = 2**63

Attributes = dict[str, str | int | float | bool]


@dataclass(frozen=True)
class _Built:
    """A graph as networkx has it, and what each id, property and tie of ours is called there."""

    network: nx.MultiDiGraph[str]
    ids: Mapping[str, str]
    node_names: Mapping[str, str]
    link_names: Mapping[str, str]


def network(graph: Graph, meta: Meta) -> nx.MultiDiGraph[str]:
    """The graph as networkx has it: lists joined, one kind of value an attribute, text that XML may hold.

    A node's attribute `label` is what people call it and `type` its label in the inventory; a tie's `type` is
    its relationship type. A property of such a name gets `_property` behind it; a topic's own `label` is what
    people call it already. An attribute whose values are of several kinds becomes text.
    """
    return _build(graph, meta, (), ()).network


def _build(graph: Graph, meta: Meta, for_nodes: Iterable[str], for_links: Iterable[str]) -> _Built:
    """The graph as networkx has it, its properties called otherwise where a name is reserved."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made.graph.update({name: xml_text(value) for name, value in meta.lines().items()})
    ids = _distinct(graph.nodes)
    node_names = _attribute_names(
        (name for node in graph.nodes.values() for name in node.properties if name != "id"),
        {*_OWN, *for_nodes},
    )
    link_names = _attribute_names(
        (name for link in graph.relationships for name in link.properties), {*_OWN, *for_links}
    )
    nodes = {
        ids[node.id]: {
            "label": xml_text(node.name),
            "type": node.label,
            **_attributes(_without_caption(node.label, node.properties), node_names),
        }
        for node in graph.nodes.values()
    }
    links: list[tuple[str, str, Attributes]] = [
        (
            ids[link.start],
            ids[link.end],
            {
                "type": link.type,
                "label": MODEL.relationship(link.type).text.en,
                **_attributes(link.properties, link_names),
            },
        )
        for link in graph.relationships
    ]
    _unify(nodes.values())
    _unify([attributes for _, _, attributes in links])
    made.add_nodes_from(nodes.items())
    for number, (start, end, attributes) in enumerate(links):
        made.add_edge(start, end, _tie_id(number))
        made.edges[start, end, _tie_id(number)].update(attributes)
    return _Built(made, ids, node_names, link_names)


def _tie_id(number: int) -> str:
    return f"e{number}"


def _attribute_names(used: Iterable[str], reserved: Iterable[str]) -> dict[str, str]:
    """What each property is called in the file; no two alike, also not to programs blind to capitals."""
    taken = {name.casefold() for name in reserved}
    names: dict[str, str] = {}
    clashing = []
    for name in sorted({*used}, key=lambda name: (name.swapcase(), name)):
        plain = xml_text(name)
        if plain.casefold() in taken:
            clashing.append(name)
        else:
            taken.add(plain.casefold())
            names[name] = plain
    for name in clashing:
        plain = xml_text(name) + _SUFFIX
        while plain.casefold() in taken:
            plain += _SUFFIX
        taken.add(plain.casefold())
        names[name] = plain
    return names


def xml_text(text: object) -> str:
    """Text without the characters that XML forbids, each replaced by the sign for an unknown one."""
    return _NOT_IN_XML.sub("\ufffd", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def _distinct(ids: Iterable[str]) -> dict[str, str]:
    """Each id as XML may hold it, still different from the others."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for identifier in ids:
        name, number = xml_text(identifier), 1
        while name in taken:
            number += 1
            name = f"{xml_text(identifier)}_{number}"
        taken.add(name)
        names[identifier] = name
    return names


def _without_caption(label: str, properties: Mapping[str, Value]) -> Mapping[str, Value]:
    if MODEL.node(label).caption != "label":
        return properties
    return {name: value for name, value in properties.items() if name != "label"}


def _attributes(properties: Mapping[str, Value], names: Mapping[str, str]) -> Attributes:
    """The attributes of a record in the order of its names, so that equal records are written alike."""
    return {names[name]: _scalar(properties[name]) for name in sorted(properties) if name in names}


def _scalar(value: Value) -> str | int | float | bool:
    if isinstance(value, list):
        return xml_text(to_cell(value))
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return xml_text(value) if isinstance(value, str) else value


def _unify(records: Iterable[Attributes]) -> None:
    """Makes each attribute one kind over all records: GraphML and GEXF declare one type a name."""
    records = list(records)
    kinds: defaultdict[str, set[type]] = defaultdict(set)
    for record in records:
        for name, value in record.items():
            outside = isinstance(value, int) and not isinstance(value, bool) and not -_LONG <= value < _LONG
            kinds[name].add(str if outside else type(value))
    for record in records:
        for name, value in record.items():
            if len(kinds[name]) == 1 and type(value) in kinds[name]:
                continue
            if kinds[name] == {int, float}:
                record[name] = float(value)
            else:
                record[name] = str(value).lower() if isinstance(value, bool) else str(value)


def write_graphml(path: Path, graph: Graph, meta: Meta) -> None:
    """Writes GraphML; each tie has an id of its own, since Gephi keeps one tie of each id."""
    built = _build(graph, meta, (), ())
    form = _form(graph, built, "type")
    writer = GraphMLWriter(encoding="utf-8", prettyprint=False)
    writer.add_graph_element(built.network)
    _write_xml(path, writer.xml, form)


def write_gexf(path: Path, graph: Graph, meta: Meta) -> None:
    """Writes GEXF 1.2 with what the file says of itself as its description."""
    reserved = _LINKS_OF_GEXF
    if not all(_is_number(link.properties.get("weight", 1.0)) for link in graph.relationships):
        # The weight of a tie has to be a number.
        reserved = reserved | {"weight"}
    built = _build(graph, meta, _NODES_OF_GEXF, reserved)
    for _, _, key, attributes in built.network.edges(keys=True, data=True):
        attributes["id"] = key
        # GEXF calls a tie's direction its type.
        attributes[_TYPE_IN_GEXF] = attributes.pop("type")
    form = _form(graph, built, _TYPE_IN_GEXF)
    writer = GEXFWriter(encoding="utf-8", prettyprint=False, version="1.2draft")
    writer.add_graph(built.network)
    about = next(child for child in writer.xml if child.tag == "meta")
    for element in list(about):
        about.remove(element)
    SubElement(about, "creator").text = xml_text(meta.lines()["version"])
    SubElement(about, "description").text = xml_text(meta.sentence())
    _write_xml(path, writer.xml, form)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _write_xml(path: Path, root: Element, form: Form) -> None:
    """Writes XML, our form before the root, one element a line so that a difference can be seen."""
    indent(root)
    with path.open("wb") as file:
        head = f'<?xml version="1.0" encoding="utf-8"?>\n<?{INSTRUCTION} {encode(form)}?>\n'
        file.write(head.encode("ascii"))
        ElementTree(root).write(file, encoding="utf-8", xml_declaration=False)
        file.write(b"\n")


def _form(graph: Graph, built: _Built, type_attribute: str) -> Form:
    """How the network becomes the inventory's tables again, with the cells its attributes do not hold."""
    *node_tables, link_table = tables(graph)
    labels = MODEL.labels
    form = Form(
        {
            label: _form_table(table, built.node_names, {"label": "label"} if label == "Topic" else {})
            for label, table in zip(labels, node_tables, strict=True)
        },
        _form_table(link_table, built.link_names, {"type": type_attribute}),
        (*_SAID_AGAIN, built.link_names.get("key", "key")),
    )
    for label, table in zip(labels, node_tables, strict=True):
        columns = form.nodes[label].columns
        for node, row in zip(graph.of_label(label), table.rows, strict=True):
            name = built.ids[node.id]
            attributes = built.network.nodes[name]
            _note_exact(form.exact_nodes, name, table.columns, row, {"id": name}, columns, attributes)
    for number, (link, row) in enumerate(zip(graph.relationships, link_table.rows, strict=True)):
        start, end, key = built.ids[link.start], built.ids[link.end], _tie_id(number)
        attributes = built.network.edges[start, end, key]
        ends = {"from": start, "to": end}
        _note_exact(form.exact_links, key, link_table.columns, row, ends, form.links.columns, attributes)
    return form


def _form_table(table: ExportTable, names: Mapping[str, str], own: Mapping[str, str]) -> FormTable:
    columns = {
        column: own.get(column) or names.get(table.undeclared.get(column, (column, ""))[0], column)
        for column in table.columns
    }
    return FormTable(table.name, columns, table.undeclared_entry() if table.undeclared else "")


def _note_exact(
    exact: Exact,
    element: str,
    columns: Sequence[str],
    row: Sequence[Cell],
    ends: Mapping[str, str],
    names: Mapping[str, str],
    attributes: Mapping[str, object],
) -> None:
    """Notes the cells of a row that reading the element's attributes would not give as they are."""
    for column, cell in zip(columns, row, strict=True):
        text = "" if cell is None else cell if isinstance(cell, str) else repr(cell)
        read = ends[column] if column in ends else _as_read(attributes.get(names[column]))
        if read != text:
            exact.setdefault(element, {})[column] = (read, text)


def _as_read(value: object) -> str:
    """The text that reading the file gives for an attribute."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_json(path: Path, graph: Graph, meta: Meta) -> None:
    """Writes nodes and edges in networkx's node-link form, properties apart from what identifies them.

    `networkx.node_link_graph(data, edges="edges")` reads it; `meta` says what it is.
    """
    data = {
        "meta": meta.lines(),
        "directed": True,
        "multigraph": True,
        "graph": meta.lines(),
        "nodes": [
            {"id": node.id, "label": node.label, "name": node.name, "properties": _finite(node.properties)}
            for node in graph.nodes.values()
        ],
        "edges": [
            {
                "source": link.start,
                "target": link.end,
                "key": f"{link.type}|{link.key}",
                "type": link.type,
                "properties": _finite(link.properties),
            }
            for link in graph.relationships
        ],
    }
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        json.dump(data, file, ensure_ascii=False, allow_nan=False, indent=1)
        file.write("\n")


def _finite(properties: Mapping[str, Value]) -> dict[str, Any]:
    """The properties as JSON may hold them: it knows no infinite number and no not-a-number."""
    return {name: _finite_value(value) for name, value in properties.items()}


def _finite_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_finite_value(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
