"""Records as they are: what is there, how complete, one of them, and who introduces whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cocommuns_graph import __version__
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
    pass


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
            "version": __version__,
        }

    def unfinished(self) -> list[str]:
        """One sentence for each import that was begun and not finished."""
        return [
            self.say(
                "import {id} of {files} is incomplete: import the same files again to finish it",
                id=begun["id"],
                files=", ".join(begun["paths"]),
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
        from cocommuns_graph.finding import resolve

        graph = self.graph()
        node = graph.nodes[resolve(graph, text)]
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
        from cocommuns_graph.finding import resolve

        graph = self.graph()
        return profile(graph, resolve(graph, text), self.say)

    def path(self, a: str, b: str, limit: int = 3) -> dict[str, Any]:
        """Who introduces whom: the contract's `path`, and a `why` where there is no chain."""
        from cocommuns_graph.finding import resolve
        from cocommuns_graph.network import called, chains

        graph = self.graph()
        start, end = resolve(graph, a), resolve(graph, b)
        found = chains(graph, start, end, limit=limit, say=self.say)
        one, other = (called(graph.nodes[identifier], self.say) for identifier in (start, end))
        why = ""
        if start == end:
            why = self.say("{name} is on both ends", name=one)
        elif not found:
            why = self.say("nothing in the inventory links {name} and {other}", name=one, other=other)
        return {
            "paths": [
                {
                    "ids": list(chain.ids),
                    "names": [graph.nodes[identifier].name for identifier in chain.ids],
                    "steps": [
                        {
                            "type": step.relationships[0].type if step.relationships else "",
                            "text": step.text,
                            "sources": list(step.sources),
                        }
                        for step in chain.steps
                    ],
                }
                for chain in found
            ],
            "why": why,
        }


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
