"""A graph as a picture: what is drawn where, in which colour, and what the panel beside it says.

A picture is plain data. The exported page and the app's live map both draw it; neither computes positions.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cocommuns_graph.maps import layout as layouts
from cocommuns_graph.maps.layout import SEED, Point
from cocommuns_graph.maps.profile import Fact, facts, is_shown, tie_details, tie_words, type_color, type_words
from cocommuns_graph.model import MODEL, Graph, Node, Relationship
from cocommuns_graph.model.errors import InvalidValue, NotFound

_SHAPES = ("square", "dot", "diamond", "triangle")
SHAPES: Mapping[str, str] = {
    node_type.label: _SHAPES[number % len(_SHAPES)] for number, node_type in enumerate(MODEL.public_types)
}
_SMALLEST_RADIUS, _LARGEST_RADIUS = 5.0, 20.0
_CENTRE_RADIUS = 18.0


@dataclass(frozen=True)
class PictureNode:
    """One record on the map. `size` is its radius in pixels at zoom 1, `priority` how early its name is
    written (larger first), `side` where its name goes first ("left", "right" or "below")."""

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
    also: tuple[str, ...]
    profile: tuple[Fact, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class PictureEdge:
    """One tie on the map: how it reads from its start (`text`) and its end (`reverse`), and what else is
    known of it."""

    source: str
    target: str
    type: str
    text: str
    reverse: str
    details: str
    sources: tuple[str, ...]


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
    """A title written on the map itself, such as the name of a side."""

    text: str
    x: float
    y: float
    side: str


@dataclass(frozen=True)
class Picture:
    """Everything a map shows. The box has its centre at the origin; `centre` is the id in the middle, empty
    on a map of the whole; `seed` is what the layout was computed with."""

    title: str
    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    legend: tuple[LegendEntry, ...]
    headings: tuple[Heading, ...]
    notes: tuple[str, ...]
    width: float
    height: float
    centre: str = ""
    seed: int = SEED
    _cache: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def positions(self) -> dict[str, Point]:
        """Where each record is, to be given back to `picture` so that it stays there."""
        return {node.id: (node.x, node.y) for node in self.nodes}

    def to_json(self) -> dict[str, Any]:
        """The picture as plain JSON values.

        Edges name their ends by index into `nodes`. `version` changes whenever anything else does.
        """
        if not self._cache:
            content = self._content()
            text = json.dumps(content, ensure_ascii=True, sort_keys=True, allow_nan=False)
            content["version"] = hashlib.sha256(text.encode("ascii")).hexdigest()[:16]
            self._cache.update(content)
        return dict(self._cache)

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
                    "also": list(node.also),
                    "profile": [fact.to_json() for fact in node.profile],
                    "sources": list(node.sources),
                }
                for node in self.nodes
            ],
            "edges": [
                {
                    "source": index[edge.source],
                    "target": index[edge.target],
                    "type": edge.type,
                    "details": edge.details,
                    "sources": list(edge.sources),
                }
                for edge in self.edges
            ],
            "words": {edge.type: [edge.text, edge.reverse] for edge in self.edges},
            "legend": [vars(entry).copy() for entry in self.legend],
            "headings": [vars(heading).copy() for heading in self.headings],
        }


def picture(
    graph: Graph,
    *,
    topic: str | None = None,
    around: str | None = None,
    depth: int = 1,
    positions: Mapping[str, Point] | None = None,
) -> Picture:
    """The picture of a graph, of one topic's neighbourhood, or of what lies around one record.

    `topic` and `around` are ids; `depth` is how many ties away from it the picture reaches. `positions`
    holds ids to where they were drawn before: they stay there, new records appear beside their neighbours.

    Raises:
        NotFound: `topic` is not the id of a topic in the graph, or `around` of any record.
        InvalidValue: both are given, or `depth` is below 1.
    """
    if topic is not None and around is not None:
        raise InvalidValue("a map is drawn around a topic or around a record: give one of the two, not both")
    if depth < 1:
        raise InvalidValue(f"depth {depth} is not a number of steps; give 1 or more")
    nodes = {node.id: node for node in graph.nodes.values() if is_shown(node.label)}
    ties = [tie for tie in graph.relationships if tie.start in nodes and tie.end in nodes]
    centre = topic if topic is not None else around
    if centre is None:
        return _whole(nodes, ties, positions, graph.hidden)
    if centre not in nodes:
        raise NotFound(f"nothing on this map has the id {centre!r}; `find` lists ids")
    if topic is not None and nodes[centre].label != "Topic":
        raise NotFound(f"{centre!r} is not a topic but {_article(type_words(nodes[centre].label)[0])}")
    return _around(centre, nodes, ties, depth, positions, graph.hidden)


def _article(word: str) -> str:
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def _whole(
    nodes: Mapping[str, Node],
    ties: Sequence[Relationship],
    positions: Mapping[str, Point] | None,
    hidden: int,
) -> Picture:
    degree = _degree(nodes, ties)
    radii = {id_: _radius(degree[id_]) for id_ in nodes}
    layout = layouts.whole(list(nodes), [(tie.start, tie.end) for tie in ties], radii, fixed=positions)
    drawn = [
        _node(node, layout.positions[node.id], radii[node.id], degree, "below") for node in nodes.values()
    ]
    notes = _notes(len(nodes), len(ties), hidden)
    return _made("The whole network", drawn, ties, layout, (), notes)


def _around(
    centre: str,
    nodes: Mapping[str, Node],
    ties: Sequence[Relationship],
    depth: int,
    positions: Mapping[str, Point] | None,
    hidden: int,
) -> Picture:
    distance = _distances(centre, ties, depth)
    near = [tie for tie in ties if tie.start in distance and tie.end in distance]
    degree = _degree(distance, near)

    def nearest_first(id_: str) -> tuple[int, int, str, str]:
        return distance[id_], -degree[id_], nodes[id_].name.casefold(), id_

    sides = [
        layouts.Side(label, tuple(sorted(ids, key=nearest_first)))
        for label, ids in _by_label(nodes[id_] for id_ in distance if id_ != centre).items()
    ]
    arranged = layouts.around(centre, sides)
    layout, kept = arranged.layout, arranged.layout.positions
    headings = tuple(
        Heading(f"{type_words(label)[1].capitalize()} ({len(_side(sides, label).ids)})", x, y, side)
        for label, (x, y), side in arranged.headings
    )
    if positions is not None and centre in positions:
        radii = {id_: _radius(degree[id_]) for id_ in distance}
        pairs = [(tie.start, tie.end) for tie in near]
        layout = layouts.whole(list(distance), pairs, radii, fixed=positions)
        kept, headings = layout.positions, ()
    drawn = [
        _node(
            nodes[id_],
            kept[id_],
            _CENTRE_RADIUS if id_ == centre else min(_radius(degree[id_]), 11.0),
            degree,
            arranged.side_of.get(id_, "below") if headings else "below",
            first=id_ == centre,
        )
        for id_ in sorted(distance, key=nearest_first)
    ]
    steps = "directly linked records" if depth == 1 else f"records up to {depth} links away"
    notes = (f"Shown: {steps}.", *_notes(len(distance), len(near), hidden))
    return _made(f"Around {nodes[centre].name}", drawn, near, layout, headings, notes, centre)


def _side(sides: Sequence[layouts.Side], label: str) -> layouts.Side:
    return next(side for side in sides if side.label == label)


def _by_label(nodes: Iterable[Node]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {label: [] for label in MODEL.labels}
    for node in nodes:
        found.setdefault(node.label, []).append(node.id)
    return {label: ids for label, ids in found.items() if ids}


def _distances(centre: str, ties: Sequence[Relationship], depth: int) -> dict[str, int]:
    """How many ties away each record is, up to `depth`."""
    linked: dict[str, list[str]] = {}
    for tie in ties:
        linked.setdefault(tie.start, []).append(tie.end)
        linked.setdefault(tie.end, []).append(tie.start)
    distance = {centre: 0}
    rim = [centre]
    for step in range(1, depth + 1):
        rim = list(dict.fromkeys(n for id_ in rim for n in linked.get(id_, []) if n not in distance))
        distance.update(dict.fromkeys(rim, step))
    return distance


def _degree(ids: Iterable[str], ties: Iterable[Relationship]) -> dict[str, int]:
    """How many different other records each is tied to."""
    others: dict[str, set[str]] = {id_: set() for id_ in ids}
    for tie in ties:
        if tie.start != tie.end:
            others[tie.start].add(tie.end)
            others[tie.end].add(tie.start)
    return {id_: len(found) for id_, found in others.items()}


def _radius(degree: int) -> float:
    return round(min(_SMALLEST_RADIUS + 1.9 * math.sqrt(degree), _LARGEST_RADIUS), 1)


def _node(
    node: Node, point: Point, radius: float, degree: Mapping[str, int], side: str, *, first: bool = False
) -> PictureNode:
    also = [
        text
        for name in node.properties
        if name.startswith(("aliases", "label_"))
        for text in node.texts(name)
        if text != node.name
    ]
    return PictureNode(
        id=node.id,
        name=node.name,
        type=node.label,
        x=point[0],
        y=point[1],
        size=radius,
        color=type_color(node.label),
        shape=SHAPES.get(node.label, "dot"),
        priority=1e9 if first else degree[node.id] * (2.0 if node.label == "Topic" else 1.0),
        side=side,
        also=tuple(dict.fromkeys(also)),
        profile=tuple(facts(node)),
        sources=tuple(node.texts("sources")),
    )


def _notes(nodes: int, ties: int, hidden: int) -> tuple[str, ...]:
    counted = (
        f"{nodes:,} {'record' if nodes == 1 else 'records'}, {ties:,} {'link' if ties == 1 else 'links'}."
    )
    left_out = f"{hidden:,} records and links are not shown to this viewer."
    return (counted, left_out) if hidden else (counted,)


def _made(
    title: str,
    nodes: Sequence[PictureNode],
    ties: Iterable[Relationship],
    layout: layouts.Layout,
    headings: tuple[Heading, ...],
    notes: tuple[str, ...],
    centre: str = "",
) -> Picture:
    counts: dict[str, int] = dict.fromkeys(MODEL.labels, 0)
    for node in nodes:
        counts[node.type] = counts.get(node.type, 0) + 1
    legend = tuple(
        LegendEntry(label, *type_words(label), type_color(label), SHAPES.get(label, "dot"), count)
        for label, count in counts.items()
        if count
    )
    edges = tuple(
        PictureEdge(
            tie.start, tie.end, tie.type, *tie_words(tie.type), tie_details(tie), tuple(tie.texts("sources"))
        )
        for tie in ties
    )
    width, height = round(layout.width, 1), round(layout.height, 1)
    return Picture(title, tuple(nodes), edges, legend, headings, notes, width, height, centre)
