"""The graph for other inventories: a Kumu project as JSON, Murmurations profiles of organisations."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cocommuns_graph.exporting.meta import Meta
from cocommuns_graph.model import MODEL, Graph, Node, Relationship, Value

_MANAGED = frozenset({"id", "sources", "created_in", "key"})
_ELEMENT_TYPES = {"Expert": "Person", "Organisation": "Organization"}
_SCHEMA = "organizations_schema-v1.0.0"


def write_kumu(path: Path, graph: Graph, meta: Meta) -> None:
    """Writes elements and connections as Kumu's importer of JSON takes them.

    An element is found by its label, so two records of one name get their ids behind it; a record's own id
    is its attribute `id`. The relationship's type is the connection's, other values are attributes.
    """
    labels = _labels(graph.nodes.values())
    data = {
        "elements": [
            {
                "label": labels[node.id],
                "type": _ELEMENT_TYPES.get(node.label, node.label),
                "id": node.id,
                **_attributes(node.properties, {"label", "type", MODEL.node(node.label).caption}),
            }
            for node in graph.nodes.values()
        ],
        "connections": [
            {
                "from": labels[link.start],
                "to": labels[link.end],
                "direction": "directed" if MODEL.relationship(link.type).directed else "mutual",
                "type": link.type,
                **_attributes(link.properties, {"from", "to", "direction", "type"}),
            }
            for link in graph.relationships
        ],
        "meta": meta.lines(),
    }
    _write(path, data)


def _labels(nodes: Iterable[Node]) -> dict[str, str]:
    """What each record is called, no two alike whatever their case."""
    named: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        named[node.name.casefold()].append(node)
    return {
        node.id: node.name if len(alike) == 1 else f"{node.name} ({node.id})"
        for alike in named.values()
        for node in alike
    }


def _attributes(properties: Mapping[str, Value], taken: Iterable[str]) -> dict[str, Any]:
    """The properties that are no bookkeeping; one whose name Kumu takes gets `_property` behind it."""
    reserved = set(taken)
    found = {}
    for name, value in properties.items():
        if name in _MANAGED or (name in ("name", "label") and name in reserved):
            continue
        found[f"{name}_property" if name in reserved else name] = _json(value)
    return found


def _json(value: Any) -> Any:
    """A value as JSON may hold it: it knows no infinite number."""
    if isinstance(value, list):
        return [_json(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def write_murmurations(path: Path, graph: Graph, meta: Meta) -> None:
    """Writes a list of Murmurations profiles, one for each organisation, by the schema of organisations.

    Profiles hold what that schema has a field for, and its two required fields always. Relationships name
    other organisations by their web addresses, so one whose ends have none is left out.
    """
    links = graph.links_of
    _write(path, [_profile(graph, node, links[node.id]) for node in graph.of_label("Organisation")])


def _profile(graph: Graph, node: Node, links: Iterable[Relationship]) -> dict[str, Any]:
    told = node.properties
    profile: dict[str, Any] = {"linked_schemas": [_SCHEMA], "name": node.name, "oid": node.id}
    aliases = told.get("aliases")
    if isinstance(aliases, list) and aliases:
        profile["nickname"] = aliases[0]
    for name, field in (
        ("website", "primary_url"),
        ("description", "description"),
        ("country", "country_iso_3166"),
        ("place", "locality"),
    ):
        if told.get(name):
            profile[field] = told[name]
    if "latitude" in told and "longitude" in told:
        profile["geolocation"] = {"lat": _json(told["latitude"]), "lon": _json(told["longitude"])}
    tags: dict[str, None] = {}
    relationships: list[dict[str, str]] = []
    for link in links:
        other = graph.nodes[link.end if link.start == node.id else link.start]
        if link.type == "WORKS_ON" and link.start == node.id:
            tags.setdefault(other.name)
        url = other.properties.get("website")
        if other.label == "Organisation" and link.start == node.id and link.type in _PREDICATES and url:
            relationships.append({"predicate_url": _PREDICATES[link.type], "object_url": str(url)})
    for sector in ("sector", "kind"):
        if isinstance(told.get(sector), str):
            tags.setdefault(str(told[sector]))
    if tags:
        profile["tags"] = list(tags)
    if relationships:
        profile["relationships"] = relationships
    return profile


_PREDICATES = {
    "MEMBER_OF": "https://schema.org/memberOf",
    "PARTNER_OF": "https://schema.org/knows",
    "COLLABORATES_WITH": "https://schema.org/knows",
}


def _write(path: Path, data: Any) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        json.dump(data, file, ensure_ascii=False, allow_nan=False, indent=1)
        file.write("\n")
