"""Records as they are: what is there, how complete, one of them, and who introduces whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cocommuns_graph import __version__
from cocommuns_graph.changes import short
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.desk.profiles import profile
from cocommuns_graph.model import (
    MODEL,
    Graph,
    Node,
    Relationship,
    Value,
)
from cocommuns_graph.store import engine

if TYPE_CHECKING:
    from cocommuns_graph.network import Chain


_COMPLETENESS = {
    node_type.label: [
        declared.name
        for declared in node_type.properties
        if not declared.managed and declared.name not in ("id", "visibility", "confirmed_on")
    ]
    for node_type in MODEL.public_types
}


class Records(Base):
    """What is in the inventory."""

    def status(self) -> dict[str, Any]:
        """What is in the home, how complete it is, what is unfinished: the contract's `status`."""
        graph = self.graph()
        running = engine.status(self.home) if self.store.address.kind == "embedded" else None
        completeness = {}
        for label, names in _COMPLETENESS.items():
            nodes = graph.of_label(label)
            if nodes:
                completeness[label] = {
                    name: round(sum(name in node.properties for node in nodes) / len(nodes), 3)
                    for name in names
                }
        return {
            "home": str(self.home),
            "engine": {
                "kind": self.store.address.kind,
                "address": self.store.address.uri,
                "pid": running.pid if running else None,
                "users": list(running.users) if running else [],
            },
            "nodes": {label: len(graph.of_label(label)) for label in MODEL.labels},
            "relationships": {type_: len(graph.of_type(type_)) for type_ in MODEL.types},
            "incomplete": self.store.incomplete(),
            "completeness": completeness,
            "freshness": self._freshness(graph),
            "version": __version__,
        }

    def _freshness(self, graph: Graph) -> dict[str, Any]:
        """How many actors nobody confirmed in the last months: {"months", "actors", "stale", "never"}."""
        from cocommuns_graph.desk.parts.freshness import MONTHS, stale_nodes

        actors = graph.of_label(*MODEL.actors)
        old = stale_nodes(actors, MONTHS)
        never = sum(not node.text("confirmed_on") for node in old)
        return {"months": MONTHS, "actors": len(actors), "stale": len(old), "never": never}

    def unfinished(self) -> list[str]:
        """One sentence for each import or undo that was begun and not finished."""
        return [
            self.say(
                "undo {id} of {unit} is incomplete: 'resume' finishes it",
                id=begun["id"],
                unit=begun["undoes"],
            )
            if begun["undoes"]
            else self.say(
                "import {id} of {files} is incomplete: 'resume' finishes it, 'undo {short}' takes it back",
                id=begun["id"],
                files=", ".join(begun["paths"]),
                short=short(str(begun["id"])),
            )
            for begun in self.store.incomplete()
        ]

    def is_empty(self) -> bool:
        """Whether there is nothing in the inventory that this viewer may see."""
        return not self.graph().nodes

    def choices(self, name: str) -> list[str]:
        """The values a property has in the inventory, for a filter to choose from, most frequent first."""

        def count(graph: Graph) -> list[str]:
            found = Counter(text for node in graph.nodes.values() for text in node.texts(name))
            return sorted(found, key=lambda text: (-found[text], text))

        return self._made(("choices", name), count)

    def records(self, *labels: str) -> dict[str, str]:
        """The id of every record and what to call it, by name, for pickers."""

        def named(graph: Graph) -> dict[str, str]:
            nodes = graph.of_label(*labels) if labels else list(graph.nodes.values())
            nodes.sort(key=lambda node: (node.name.casefold(), node.id))
            words = {one.label: self.say.words(one.singular) for one in MODEL.public_types}
            return {node.id: f"{node.name} · {words[node.label]}" for node in nodes}

        return self._made(("records", labels, self.language), named)

    def counts(self) -> list[tuple[str, int]]:
        """How many records of each type there are, with the word for that many of them."""
        graph = self.graph()
        counted = [(declared, len(graph.of_label(declared.label))) for declared in MODEL.public_types]
        return [
            (self.say.words(declared.singular if number == 1 else declared.plural), number)
            for declared, number in counted
        ]

    def busiest_topics(self, most: int = 1) -> list[dict[str, str]]:
        """The id and label of the topics with the most links, where a map or a question may begin."""

        def ranked(graph: Graph) -> list[Node]:
            return sorted(
                graph.of_label("Topic"), key=lambda node: (-len(graph.links_of.get(node.id, [])), node.id)
            )

        return [{"id": node.id, "label": node.name} for node in self._made(("busiest",), ranked)[:most]]

    def topics(self) -> list[dict[str, str]]:
        """Every topic with its labels in all languages, for pickers: id, label, terms."""
        return [
            {
                "id": node.id,
                "label": node.name,
                "terms": " · ".join(
                    dict.fromkeys(
                        node.text(name)
                        for name in node.properties
                        if name == "label" or name.startswith("label_")
                    )
                ),
            }
            for node in sorted(self.graph().of_label("Topic"), key=lambda node: node.name.casefold())
        ]

    def show(self, text: str) -> dict[str, Any]:
        """One record with its links, sources and dates: the contract's `show`."""
        graph = self.graph()
        node = graph.nodes[self.resolve(text)]
        links = [_link(graph, node, link) for link in graph.links_of.get(node.id, [])]
        links.sort(key=lambda link: (link["type"], link["direction"], link["name"], link["id"]))
        return {
            "id": node.id,
            "type": node.label,
            "name": node.name,
            "properties": _properties(node.properties),
            "links": links,
            "sources": node.texts("sources"),
        }

    def profile(self, text: str) -> dict[str, Any]:
        """The same record for a reader: facts in words, links by what they say; `profiles.profile`'s shape.

        Raises:
            NotFound, Ambiguous: as for `resolve`.
        """
        return profile(self.graph(), self.resolve(text), self.say)

    def path(self, a: str, b: str, limit: int = 3) -> dict[str, Any]:
        """Who introduces whom: the contract's `path`.

        Returns:
            {"paths": [{"ids", "names", "by_topic" (nothing says that they know each other), "steps":
            [{"type", "text", "ids", "current", "dates": {"since", "until"}, "sources"}]}], best first, no
            two of which share an intermediary; "best": the best of all in the same shape where more can be
            had without it, else None; "bridge": {"ids", "names"}, whose meeting would make a chain where
            there is none, else None; "why": sentences where nobody introduces, else empty}.

        Raises:
            NotFound, Ambiguous: as for `resolve`.
            InvalidValue: the limit is below 1.
        """
        from cocommuns_graph.network import bridge, called, introductions

        graph = self.graph()
        start, end = self.resolve(a), self.resolve(b)
        found = introductions(graph, start, end, self.say, limit)
        one, other = (called(graph.nodes[identifier], self.say) for identifier in (start, end))
        why, met = "", None
        if start == end:
            why = self.say("{name} is on both ends", name=one)
        elif not found or found[0].by_topic:
            met = bridge(graph, start, end, found[0] if found else None, self.say)
            why = (
                self.say("nobody is known who introduces {name} to {other}", name=one, other=other)
                if found
                else self.say("nothing in the inventory links {name} and {other}", name=one, other=other)
            )
            why = f"{why}. {met.text}"
        paths = [told_chain(graph, chain) for chain in found]
        best = paths.pop(0) if _shares_intermediary(found) else None
        names = [called(graph.nodes[identifier], self.say) for identifier in met.ids] if met else []
        return {
            "paths": paths,
            "best": best,
            "bridge": {"ids": list(met.ids), "names": names} if met else None,
            "why": why,
        }


def told_chain(graph: Graph, chain: Chain) -> dict[str, Any]:
    """A chain as JSON; the dates of a step are those of its first tie, else of the initiative it leads to."""
    return {
        "ids": list(chain.ids),
        "names": [graph.nodes[identifier].name for identifier in chain.ids],
        "by_topic": chain.by_topic,
        "steps": [
            {
                "type": step.relationships[0].type,
                "text": step.text,
                "ids": list(pair),
                **_dates(graph, step.relationships[0]),
                "sources": list(step.sources),
            }
            for pair, step in zip(pairwise(chain.ids), chain.steps, strict=True)
        ],
    }


def _dates(graph: Graph, tie: Relationship) -> dict[str, Any]:
    from cocommuns_graph.network import over_since

    end = graph.nodes[tie.end]
    since, until = tie.text("since") or tie.text("when"), tie.text("until")
    if end.label == "Initiative":
        since, until = since or end.text("start"), until or end.text("end")
    return {"current": over_since(graph, tie) is None, "dates": {"since": since, "until": until}}


def _shares_intermediary(found: list[Chain]) -> bool:
    """Whether the first chain shares an intermediary with another."""
    return any({*found[0].ids[1:-1]} & {*chain.ids[1:-1]} for chain in found[1:])


def _properties(properties: Mapping[str, Value], but: Iterable[str] = ("id", "sources")) -> dict[str, Value]:
    left_out = set(but)
    return {name: value for name, value in properties.items() if name not in left_out}


def _link(graph: Graph, node: Node, link: Relationship) -> dict[str, Any]:
    outgoing = link.start == node.id
    other = link.end if outgoing else link.start
    declared = MODEL.relationship(link.type)
    return {
        "type": link.type,
        "direction": "out" if outgoing else "in",
        "id": other,
        "name": graph.nodes[other].name,
        "text": (declared.text if outgoing else declared.reverse).en,
        "properties": _properties(link.properties, ("sources", "key")),
        "sources": link.texts("sources"),
    }
