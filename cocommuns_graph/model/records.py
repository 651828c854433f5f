"""What moves between the rooms: nodes, relationships and the graph they make, free of any database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Scalar = str | int | float | bool
Value = Scalar | list[str] | list[int] | list[float] | list[bool]


@dataclass(frozen=True, slots=True)
class Node:
    """One actor, topic or initiative: its id, its one label and its properties by name."""

    id: str
    label: str
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people call it: its name, a topic's label, else its id."""
        return str(self.properties.get("name") or self.properties.get("label") or self.id)

    def name_in(self, language: str) -> str:
        """What people who speak a language call it: a topic's label in it, else what all call it."""
        return self.text(f"label_{language}") or self.name

    def text(self, name: str) -> str:
        """A property as text, empty where it is unknown."""
        value = self.properties.get(name)
        return "" if value is None else str(value)

    def texts(self, name: str) -> list[str]:
        """A list property as texts, empty where it is unknown."""
        value = self.properties.get(name)
        if value is None:
            return []
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]


@dataclass(frozen=True, slots=True)
class Relationship:
    """One typed tie from the node `start` to the node `end`; `key` joins its key properties."""

    type: str
    start: str
    end: str
    key: str = ""
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes it this tie and no other: start, type, end and key."""
        return (self.start, self.type, self.end, self.key)

    def other(self, node_id: str) -> str:
        """The end that is not `node_id` (the same node where the tie loops)."""
        return self.end if self.start == node_id else self.start

    def text(self, name: str) -> str:
        """A property as text, empty where it is unknown."""
        value = self.properties.get(name)
        return "" if value is None else str(value)

    def texts(self, name: str) -> list[str]:
        """A list property as texts, empty where it is unknown."""
        value = self.properties.get(name)
        if value is None:
            return []
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]


class Graph:
    """The part of the inventory one viewer may see: nodes by id and the relationships among them.

    `hidden` says how many nodes and relationships the viewer was not shown, `hidden_details` how many
    properties of the others, so that a steward can be told what an export leaves out; nobody else is.
    `limited` names by id the properties that a record keeps from this viewer, present or not, so that its
    past is not told either.
    """

    def __init__(
        self,
        nodes: Iterable[Node] = (),
        relationships: Iterable[Relationship] = (),
        hidden: int = 0,
        hidden_details: int = 0,
        limited: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.nodes: dict[str, Node] = {node.id: node for node in nodes}
        self.relationships: list[Relationship] = list(relationships)
        self.hidden = hidden
        self.hidden_details = hidden_details
        self.limited: Mapping[str, frozenset[str]] = limited or {}

    @cached_property
    def links_of(self) -> Mapping[str, list[Relationship]]:
        """The relationships that start or end at each node; a node without any has an empty list."""
        found: defaultdict[str, list[Relationship]] = defaultdict(list)
        for relationship in self.relationships:
            found[relationship.start].append(relationship)
            if relationship.end != relationship.start:
                found[relationship.end].append(relationship)
        return found

    def of_label(self, *labels: str) -> list[Node]:
        """The nodes that carry one of these labels, in the order of the graph."""
        return [node for node in self.nodes.values() if node.label in labels]

    def of_type(self, *types: str) -> list[Relationship]:
        """The relationships of these types, in the order of the graph."""
        return [relationship for relationship in self.relationships if relationship.type in types]
