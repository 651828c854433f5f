"""What a picture is made of: records, ties, legend, headings; plain data, for the page and the live map."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from cocommuns_graph.maps.columns import Arrangement
from cocommuns_graph.maps.layout import SEED, Point
from cocommuns_graph.maps.profile import facts, tie_details
from cocommuns_graph.model import Node, Relationship
from cocommuns_graph.wording import ENGLISH, Wording, wording

IN_ENGLISH = wording(ENGLISH)


@dataclass(frozen=True)
class PictureNode:
    """One record on the map. `size` is its radius in pixels at zoom 1, `priority` how early its name is
    written (larger first), `side` where its name goes first ("left", "right" or "below"). `terms` are the
    texts besides its name that a search finds it by, each with its language, empty where that is not said."""

    id: str
    name: str
    type: str
    x: float
    y: float
    size: float
    color: str
    shape: str
    priority: float
    side: str
    terms: tuple[tuple[str, str], ...]
    record: Node


@dataclass(frozen=True)
class PictureEdge:
    """One tie on the map, and how it reads from its start (`text`) and its end (`reverse`)."""

    source: str
    target: str
    type: str
    text: str
    reverse: str
    record: Relationship


@dataclass(frozen=True)
class LegendEntry:
    """One type of record on the map: its words, how it is drawn and how many there are."""

    type: str
    singular: str
    plural: str
    color: str
    shape: str
    count: int


@dataclass(frozen=True)
class Heading:
    """A title written on the map itself: the name of the type of record below it."""

    text: str
    x: float
    y: float
    side: str


@dataclass(frozen=True)
class Picture:
    """Everything a map shows. The box has its centre at the origin; `centre` is the id in the middle, empty
    on a map of the whole; `seed` is what the layout was computed with. `kept` is where everything stands, to
    be given to the next picture of the same so that it stays there."""

    title: str
    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    legend: tuple[LegendEntry, ...]
    headings: tuple[Heading, ...]
    notes: tuple[str, ...]
    width: float
    height: float
    kept: Arrangement
    centre: str = ""
    seed: int = SEED
    say: Wording = IN_ENGLISH
    _cache: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def positions(self) -> dict[str, Point]:
        """Where each record on it is."""
        return {node.id: (node.x, node.y) for node in self.nodes}

    def to_json(self) -> dict[str, Any]:
        """What is drawn, as plain JSON values.

        Edges name their ends by index into `nodes`. `version` changes whenever anything else does.
        """
        if not self._cache:
            content = self._content()
            text = json.dumps(content, ensure_ascii=True, sort_keys=True, allow_nan=False)
            content["version"] = hashlib.sha256(text.encode("ascii")).hexdigest()[:16]
            self._cache.update(content)
        return dict(self._cache)

    def told_json(self) -> dict[str, Any]:
        """The same with what a page says beside it: profiles and sources of records, details of ties."""
        content = self.to_json()
        content["nodes"] = [
            {
                **drawn,
                "profile": [fact.to_json() for fact in facts(node.record, self.say)],
                "sources": node.record.texts("sources"),
            }
            for drawn, node in zip(content["nodes"], self.nodes, strict=True)
        ]
        content["edges"] = [
            {
                **drawn,
                "details": tie_details(edge.record, self.say),
                "sources": edge.record.texts("sources"),
            }
            for drawn, edge in zip(content["edges"], self.edges, strict=True)
        ]
        return content

    def _content(self) -> dict[str, Any]:
        index = {node.id: number for number, node in enumerate(self.nodes)}
        return {
            "title": self.title,
            "width": self.width,
            "height": self.height,
            "centre": index.get(self.centre, -1),
            "seed": self.seed,
            "notes": list(self.notes),
            "nodes": [
                {
                    "id": node.id,
                    "name": node.name,
                    "type": node.type,
                    "x": node.x,
                    "y": node.y,
                    "size": node.size,
                    "color": node.color,
                    "shape": node.shape,
                    "priority": node.priority,
                    "side": node.side,
                    "terms": [list(term) for term in node.terms],
                }
                for node in self.nodes
            ],
            "edges": [
                {"source": index[edge.source], "target": index[edge.target], "type": edge.type}
                for edge in self.edges
            ],
            "words": {edge.type: [edge.text, edge.reverse] for edge in self.edges},
            "legend": [vars(entry).copy() for entry in self.legend],
            "headings": [vars(heading).copy() for heading in self.headings],
        }
