"""The graph as a network file: GraphML and GEXF through networkx, and JSON as nodes and links."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import SubElement

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from cocommuns_graph.exporting.meta import Meta
from cocommuns_graph.model import MODEL, Graph, Value
from cocommuns_graph.model.kinds import join_cell

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN = frozenset({"id", "label", "type"})
# networkx and Gephi read these as structure: times of a dynamic graph, hierarchy, drawing.
_NODES_OF_GEXF = frozenset({"pid", "parents", "start", "end", "viz", "slices", "spells"})
_LINKS_OF_GEXF = _NODES_OF_GEXF | {"key", "networkx_key", "source", "target", "relationship"}
_SUFFIX = "_property"
_LONG = 2**63

Attributes = dict[str, str | int | float | bool]


def network(
    graph: Graph,
    meta: Meta,
    *,
    reserved_for_nodes: Iterable[str] = (),
    reserved_for_links: Iterable[str] = (),
) -> nx.MultiDiGraph[str]:
    """The graph as networkx has it: lists joined, one kind of value an attribute, text that XML may hold.

    A node's attribute `label` is what people call it and `type` its label in the inventory; a tie's `type` is
    its relationship type. A property of such a name, or of a reserved one, gets `_property` behind it; a
    topic's own `label` is what people call it already. An attribute whose values are of several kinds
    becomes text.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made.graph.update({name: xml_text(value) for name, value in meta.lines().items()})
    names = _distinct(graph.nodes)
    nodes = {
        names[node.id]: {
            "label": xml_text(node.name),
            "type": node.label,
            **_attributes(_without_caption(node.label, node.properties), _OWN | {*reserved_for_nodes}),
        }
        for node in graph.nodes.values()
    }
    links: list[tuple[str, str, Attributes]] = [
        (
            names[link.start],
            names[link.end],
            {
                "type": link.type,
                "label": MODEL.relationship(link.type).text.en,
                **_attributes(link.properties, _OWN | {*reserved_for_links}),
            },
        )
        for link in graph.relationships
    ]
    _unify(nodes.values())
    _unify([attributes for _, _, attributes in links])
    made.add_nodes_from(nodes.items())
    for number, (start, end, attributes) in enumerate(links):
        made.add_edge(start, end, f"e{number}")
        made.edges[start, end, f"e{number}"].update(attributes)
    return made


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


def _attributes(properties: Mapping[str, Value], reserved: Iterable[str]) -> Attributes:
    reserved = set(reserved)
    found: Attributes = {}
    for name, value in properties.items():
        if name == "id":
            continue
        safe = xml_text(name)
        while safe in reserved or safe in found:
            safe += _SUFFIX
        found[safe] = _scalar(value)
    return found


def _scalar(value: Value) -> str | int | float | bool:
    if isinstance(value, list):
        return xml_text(join_cell(value))
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
    nx.write_graphml_xml(network(graph, meta), path, encoding="utf-8")


def write_gexf(path: Path, graph: Graph, meta: Meta) -> None:
    """Writes GEXF 1.2 with what the file says of itself as its description."""
    made = network(graph, meta, reserved_for_nodes=_NODES_OF_GEXF, reserved_for_links=_LINKS_OF_GEXF)
    for _, _, key, attributes in made.edges(keys=True, data=True):
        attributes["id"] = key
        # GEXF calls a tie's direction its type, and its weight has to be a number.
        attributes["relationship"] = attributes.pop("type")
        if isinstance(attributes.get("weight"), str):
            attributes[f"weight{_SUFFIX}"] = attributes.pop("weight")
    writer = GEXFWriter(encoding="utf-8", prettyprint=False, version="1.2draft")
    writer.add_graph(made)
    about = next(child for child in writer.xml if child.tag == "meta")
    for element in list(about):
        about.remove(element)
    SubElement(about, "creator").text = xml_text(meta.lines()["version"])
    SubElement(about, "description").text = xml_text(meta.sentence())
    with path.open("wb") as file:
        writer.write(file)


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
