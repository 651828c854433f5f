"""The vocabulary of the project: the domain, its values, its records and who may see what."""

from cocommuns_graph.model.access import COORDINATOR, MEMBER, STEWARD, VISITOR, Viewer, Visibility
from cocommuns_graph.model.declare import (
    Model,
    NodeType,
    Property,
    RelationshipType,
    Words,
    language_of,
    level_name,
    levelled,
)
from cocommuns_graph.model.domain import MEMORY, MODEL, SECTORS
from cocommuns_graph.model.identity import fold, id_from_name, join_key, with_namespace
from cocommuns_graph.model.records import Graph, Node, Relationship, Scalar, Value

__all__ = [
    "COORDINATOR",
    "MEMBER",
    "MEMORY",
    "MODEL",
    "SECTORS",
    "STEWARD",
    "VISITOR",
    "Graph",
    "Model",
    "Node",
    "NodeType",
    "Property",
    "Relationship",
    "RelationshipType",
    "Scalar",
    "Value",
    "Viewer",
    "Visibility",
    "Words",
    "fold",
    "id_from_name",
    "join_key",
    "language_of",
    "level_name",
    "levelled",
    "with_namespace",
]
