"""Graphs for the tests of exporting, and what our own reading makes of the files."""

from __future__ import annotations

from pathlib import Path

from cocommuns_graph.exporting import Meta
from cocommuns_graph.formats import BoundFile, format_named
from cocommuns_graph.model import MODEL, Graph, Node, Relationship
from cocommuns_graph.model.claims import Existing, Row
from cocommuns_graph.reading import open_tables, table_files

META = Meta("inventory", "as stored", "", "0.1.0", ("i-1", "i-2"), "2026-11-24", "stewards")
MANAGED = ("sources", "created_in")


def small() -> Graph:
    """A graph with every label, lists, languages, undeclared properties, a loop and parallel ties."""
    common = {"visibility": "public", "sources": ["a.csv:2", "b.csv:3"], "created_in": "i-1"}
    nodes = [
        Node(
            "organisation-smart",
            "Organisation",
            {
                "id": "organisation-smart", "name": "SMart", "aliases": ["Smart", "a|b", "c;d"],
                "sector": "cooperative", "country": "BE", "latitude": 50.83, "longitude": 4.0,
                "languages": ["fr", "nl"], "priors": 3, "digits": "007", "tags": ["x", "y"], "open": True,
                "mixed": "text", **common,
            },
        ),
        Node(
            "o2",
            "Organisation",
            {"id": "o2", "name": "=cmd|' /C calc'!A0", "description": "-1+1\n@SUM(A1)", "mixed": 4, **common},
        ),
        Node(
            "e1",
            "Expert",
            {
                "id": "e1", "name": "Zoë \"Z\" O'Neil, dit «Zo»",
                "contact": ["zoe@example.org", "+32 2 123 45 67"],
                "orcid": "0000-0002-1825-0097", **common, "visibility": "members",
            },
        ),
        Node(
            "t1",
            "Topic",
            {
                "id": "t1", "label": "Care", "label_fr": "Soin", "aliases_fr": ["le soin"], "kind": "field",
                "definition": "Looking after.", **common,
            },
        ),
        Node(
            "i1",
            "Initiative",
            {"id": "i1", "name": "# Fair", "start": "2016-12-05", "end": "2017", **common},
        ),
    ]  # fmt: skip
    said = {"sources": ["a.csv:2"], "created_in": "i-1"}
    links = [
        Relationship(type_, start, end, str(properties["key"]), {**properties, **said})
        for type_, start, end, properties in (
            ("AFFILIATED_WITH", "e1", "o2", {"key": "chair|2016", "role": "chair", "since": "2016"}),
            ("AFFILIATED_WITH", "e1", "o2", {"key": "", "strange": "12"}),
            ("EXPERT_IN", "e1", "t1", {"key": "", "level": 4, "evidence": "said so"}),
            ("PARTNER_OF", "o2", "o2", {"key": "joint", "kind": "joint", "weight": 0.5}),
            ("TAKES_PART_IN", "organisation-smart", "i1", {"key": "", "level": 2}),
        )
    ]
    return Graph(nodes, links, hidden=2)


def read_back(path: Path) -> tuple[dict[str, Node], dict[tuple[str, str, str, str], Relationship], list[Row]]:
    """What our inventory format makes of an export: a folder of csv files or a workbook."""
    format_ = format_named("inventory")
    nodes: dict[str, Node] = {}
    links: dict[tuple[str, str, str, str], Relationship] = {}
    rows: list[Row] = []
    for file in table_files(path) if path.is_dir() else [path]:
        for table in open_tables(file):
            name = table.name.rpartition("/")[2].removesuffix(".csv")
            spec = next(spec for spec in format_.files if spec.pattern_for(name))
            for row in BoundFile(spec, table, MODEL).rows():
                rows.append(row)
                for node in row.nodes:
                    nodes[node.id] = Node(node.id, node.label, {"id": node.id, **node.properties})
                for link in row.links:
                    assert isinstance(link.start, Existing)
                    assert isinstance(link.end, Existing)
                    made = Relationship(
                        link.type,
                        link.start.id,
                        link.end.id,
                        _key(link.type, link.properties),
                        link.properties,
                    )
                    links[made.identity] = made
    return nodes, links, rows


def _key(type_: str, properties: object) -> str:
    from cocommuns_graph.model import join_key

    assert isinstance(properties, dict)
    return join_key(properties.get(name) for name in MODEL.relationship(type_).keys)


def plain(element: Node | Relationship) -> dict[str, object]:
    """The properties a person gave, without those the store writes."""
    return {name: value for name, value in element.properties.items() if name not in (*MANAGED, "key")}
