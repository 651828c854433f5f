"""A graph as a picture: what is drawn where, in which colour, and what the panel beside it says.

A picture is plain data. The exported page and the app's live map both draw it; neither computes positions.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cocommuns_graph.maps import columns
from cocommuns_graph.maps.columns import Arrangement, side_of
from cocommuns_graph.maps.drawn import IN_ENGLISH, Heading, LegendEntry, Picture, PictureEdge, PictureNode
from cocommuns_graph.maps.layout import Layout, Point, whole
from cocommuns_graph.maps.profile import (
    is_declared,
    is_shown,
    tie_words,
    type_color,
    type_words,
)
from cocommuns_graph.model import MODEL, Graph, Node, Relationship, language_of
from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.network import called
from cocommuns_graph.wording import Wording

__all__ = ["SHAPES", "Picture", "picture", "terms"]

_SHAPES = ("square", "dot", "diamond", "triangle")
SHAPES: Mapping[str, str] = {
    node_type.label: _SHAPES[number % len(_SHAPES)] for number, node_type in enumerate(MODEL.public_types)
}
_SMALLEST_RADIUS, _LARGEST_RADIUS = 5.0, 20.0
_CENTRE_RADIUS, _LARGEST_AROUND = 18.0, 11.0
_NAMED_BY = ("label", "aliases")


def picture(
    graph: Graph,
    *,
    topic: str | None = None,
    around: str | None = None,
    depth: int = 1,
    expand: Collection[str] = (),
    also: Collection[str] = (),
    kept: Arrangement | None = None,
    say: Wording = IN_ENGLISH,
) -> Picture:
    """The picture of a graph, of one topic's neighbourhood, or of what lies around one record.

    `topic` and `around` are ids; `depth` is how many ties away from it the picture reaches. Around a record
    or topic, what is linked to those in `expand` is shown too, and the records in `also`; ids that are not in
    the graph are passed over. `kept` says where things were drawn before: they stay there, new records
    appear beside their neighbours. `say` is the language of its words.

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
    drawing = _Drawing(nodes, ties, say)
    centre = topic if topic is not None else around
    if centre is None:
        return drawing.whole(kept)
    if centre not in nodes:
        raise NotFound(f"nothing on this map has the id {centre!r}; `find` lists ids")
    if topic is not None and nodes[centre].label != "Topic":
        raise NotFound(f"{centre!r} is not a topic but {_article(type_words(nodes[centre].label)[0])}")
    return drawing.around(centre, depth, [*expand], [*also], kept)


def _article(word: str) -> str:
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


@dataclass(frozen=True)
class _Drawing:
    """What pictures of one graph are made from, and the language of their words."""

    nodes: Mapping[str, Node]
    ties: Sequence[Relationship]
    say: Wording

    def whole(self, kept: Arrangement | None) -> Picture:
        degree = _degree(self.nodes, self.ties)
        radii = {id_: _radius(degree[id_]) for id_ in self.nodes}
        pairs = [(tie.start, tie.end) for tie in self.ties]
        layout = whole(list(self.nodes), pairs, radii, fixed=kept.positions if kept else None)
        drawn = [
            self._node(node, layout.positions[node.id], radii[node.id], degree, "below")
            for node in self.nodes.values()
        ]
        remembered = {**(kept.positions if kept else {}), **layout.positions}
        title = self.say("The whole network")
        return self._made(title, drawn, self.ties, layout, Arrangement(remembered), self._notes(drawn))

    def around(
        self, centre: str, depth: int, expand: Sequence[str], also: Sequence[str], kept: Arrangement | None
    ) -> Picture:
        distance = _distances(centre, self.ties, depth)
        reached = _reached(self.nodes, self.ties, distance, expand)
        reached.update({id_: depth + 1 for id_ in also if id_ in self.nodes and id_ not in reached})
        near = [tie for tie in self.ties if tie.start in reached and tie.end in reached]
        degree = _degree(reached, near)

        def nearest_first(id_: str) -> tuple[int, int, str, str]:
            return reached[id_], -degree[id_], self.nodes[id_].name.casefold(), id_

        order = sorted(reached, key=nearest_first)
        if kept is None or centre not in kept.positions:
            direct = _by_label(self.nodes[id_] for id_ in order if reached[id_] == 1)
            kept = columns.around(centre, [columns.Side(label, tuple(ids)) for label, ids in direct.items()])
        arranged = columns.beside(
            kept,
            [(id_, self.nodes[id_].label) for id_ in order if id_ not in kept.positions],
            [(tie.start, tie.end) for tie in near],
            centre,
            {id_: node.label for id_, node in self.nodes.items()},
        )
        layout = arranged.box(order)
        drawn = [
            self._node(
                self.nodes[id_],
                layout.positions[id_],
                _CENTRE_RADIUS if id_ == centre else min(_radius(degree[id_]), _LARGEST_AROUND),
                degree,
                "below" if id_ == centre else side_of(layout.positions[id_]),
                first=id_ == centre,
            )
            for id_ in order
        ]
        there = {node.type for node in drawn}
        headings = tuple(
            Heading(_capital(type_words(label, self.say)[1]), *point, side)
            for label, point, side in arranged.headings
            if label in there
        )
        steps = (
            self.say("Shown: directly linked records.")
            if depth == 1
            else self.say("Shown: records up to {n} links away.", n=depth)
        )
        title = self.say("Around {name}", name=called(self.nodes[centre], self.say))
        notes = (steps, *self._notes(drawn, near))
        return self._made(title, drawn, near, layout, arranged, notes, headings, centre)

    def _node(
        self,
        node: Node,
        point: Point,
        radius: float,
        degree: Mapping[str, int],
        side: str,
        *,
        first: bool = False,
    ) -> PictureNode:
        name = called(node, self.say)
        return PictureNode(
            id=node.id,
            name=name,
            type=node.label,
            x=point[0],
            y=point[1],
            size=radius,
            color=type_color(node.label),
            shape=SHAPES.get(node.label, "dot"),
            priority=1e9 if first else degree[node.id] * (2.0 if node.label == "Topic" else 1.0),
            side=side,
            terms=terms(node, name),
            record=node,
        )

    def _notes(
        self, nodes: Sequence[PictureNode], ties: Sequence[Relationship] | None = None
    ) -> tuple[str, ...]:
        say = self.say
        counted = say(
            "{records}, {links}.",
            records=say.count("{n} record", "{n} records", len(nodes)),
            links=say.count("{n} link", "{n} links", len(self.ties if ties is None else ties)),
        )
        return (counted,)

    def _made(
        self,
        title: str,
        nodes: Sequence[PictureNode],
        ties: Iterable[Relationship],
        layout: Layout,
        kept: Arrangement,
        notes: tuple[str, ...],
        headings: tuple[Heading, ...] = (),
        centre: str = "",
    ) -> Picture:
        counts: dict[str, int] = dict.fromkeys(MODEL.labels, 0)
        for node in nodes:
            counts[node.type] = counts.get(node.type, 0) + 1
        legend = tuple(
            LegendEntry(
                label, *type_words(label, self.say), type_color(label), SHAPES.get(label, "dot"), count
            )
            for label, count in counts.items()
            if count
        )
        words = {type_: tie_words(type_, self.say) for type_ in {tie.type for tie in self.ties}}
        edges = tuple(PictureEdge(tie.start, tie.end, tie.type, *words[tie.type], tie) for tie in ties)
        return Picture(
            title,
            tuple(nodes),
            edges,
            legend,
            headings,
            notes,
            round(layout.width, 1),
            round(layout.height, 1),
            kept,
            centre,
            say=self.say,
        )


def terms(node: Node, name: str) -> tuple[tuple[str, str], ...]:
    """What a record is also called, each text with its language (empty where that is not said), once."""
    found: dict[str, str] = {}
    for property_ in node.properties:
        family = next((one for one in _NAMED_BY if property_ == one or property_.startswith(f"{one}_")), None)
        declared = MODEL.node(node.label).property(property_) if family and is_declared(node.label) else None
        if family is None or declared is None or declared.name != family:
            continue
        for text in node.texts(property_):
            if text != name:
                found.setdefault(text, language_of(property_, family) or "")
    return tuple(found.items())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _by_label(nodes: Iterable[Node]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {label: [] for label in MODEL.labels}
    for node in nodes:
        found.setdefault(node.label, []).append(node.id)
    return {label: ids for label, ids in found.items() if ids}


def _reached(
    nodes: Mapping[str, Node],
    ties: Sequence[Relationship],
    distance: Mapping[str, int],
    expand: Sequence[str],
) -> dict[str, int]:
    """How far away each record is, those linked to expanded ones included, in the order they are expanded."""
    reached = dict(distance)
    linked = _linked(ties) if expand else {}
    for id_ in expand:
        if id_ in nodes:
            reached.setdefault(id_, max(reached.values()) + 1)
            further = dict.fromkeys(linked.get(id_, ()), reached[id_] + 1)
            reached.update({other: step for other, step in further.items() if other not in reached})
    return reached


def _linked(ties: Iterable[Relationship]) -> dict[str, list[str]]:
    linked: dict[str, list[str]] = {}
    for tie in ties:
        linked.setdefault(tie.start, []).append(tie.end)
        linked.setdefault(tie.end, []).append(tie.start)
    return linked


def _distances(centre: str, ties: Sequence[Relationship], depth: int) -> dict[str, int]:
    """How many ties away each record is, up to `depth`."""
    linked = _linked(ties)
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
