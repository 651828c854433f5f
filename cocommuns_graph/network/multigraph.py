"""The whole graph as networkx has it, every property as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from cocommuns_graph.model.records import Graph, Value

SUFFIX = "_property"
"""What a property gets behind its name where a node or tie has something else of that name."""


def as_networkx(graph: Graph) -> nx.MultiDiGraph[str]:
    """All records and relationships; lists stay lists.

    A node is its id, with `name`, `type` (its label) and its properties; a tie runs as it is stored, its key
    made of its type and key properties, with the attribute `type` beside its properties. A property that is
    called as one of these gets `_property` behind its name.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in graph.nodes.values():
        made.add_node(node.id)
        made.nodes[node.id].update(
            {"name": node.name, "type": node.label, **apart(node.properties, ("type",), leave=("id", "name"))}
        )
    for tie in graph.relationships:
        key = f"{tie.type}|{tie.key}"
        made.add_edge(tie.start, tie.end, key)
        made.edges[tie.start, tie.end, key].update(
            {"type": tie.type, **apart(tie.properties, ("type",), leave=("key",))}
        )
    return made


def apart(
    properties: Mapping[str, Value], taken: Iterable[str], *, leave: Iterable[str] = ()
) -> dict[str, Any]:
    """Properties under names that are not `taken`, without those to `leave` out."""
    taken, leave = set(taken), set(leave)
    found: dict[str, Any] = {}
    for name, value in properties.items():
        unique = name
        while unique in taken or (unique != name and unique in properties):
            unique += SUFFIX
        if name not in leave:
            found[unique] = value
    return found
