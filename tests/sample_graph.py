"""The project's own tables as a Graph, read with csv and the model's kinds alone."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from cocommuns_graph.model import MODEL, Graph, Node, Relationship, Value, join_key
from cocommuns_graph.shipped import folder

TABLES = {
    "organisations": "Organisation",
    "experts": "Expert",
    "topics": "Topic",
    "initiatives": "Initiative",
}
_PROVENANCE = ("source", "source_line", "source_words")
_LINK = ("from", "type", "to", *_PROVENANCE)


@cache
def sample_graph() -> Graph:
    """The whole sample inventory, made once for all tests."""
    return read_tables(folder("sample_data"))


def read_tables(path: Path) -> Graph:
    """A folder with organisations, experts, topics, initiatives and links as a graph."""
    nodes: dict[str, Node] = {}
    for table, label in TABLES.items():
        for line, row in _rows(path / f"{table}.csv"):
            properties: dict[str, Value] = {"sources": [f"{table}.csv:{line}"]}
            for name, cell in row.items():
                declared = MODEL.node(label).property(name)
                if declared and name != "id" and (value := declared.kind.clean(cell)) is not None:
                    properties[name] = value
            nodes[row["id"]] = Node(row["id"], label, properties)
    ties: dict[tuple[str, str, str, str], Relationship] = {}
    for line, row in _rows(path / "links.csv"):
        declared_type = MODEL.relationship(row["type"])
        properties = {"sources": [f"links.csv:{line}"]}
        for name, cell in row.items():
            declared = declared_type.property(name)
            if declared and name not in _LINK and (value := declared.kind.clean(cell)) is not None:
                properties[name] = value
        key = join_key(properties.get(name) for name in declared_type.keys)
        tie = Relationship(row["type"], row["from"], row["to"], key, properties)
        assert tie.start in nodes, f"links.csv:{line} begins at {tie.start}, which is in no table"
        assert tie.end in nodes, f"links.csv:{line} ends at {tie.end}, which is in no table"
        ties[tie.identity] = tie
    return Graph(nodes.values(), ties.values())


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return [(reader.line_num, row) for row in reader]
