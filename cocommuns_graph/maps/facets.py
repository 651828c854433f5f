"""Filters of a map: by type, sector, topic, country and language, of what is on it.

Filters of different kinds must all hold, of the values of one kind any may. Counts beside a value say how
many records it would show with the filters of the other kinds as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from cocommuns_graph.maps.forces import Flags, Ints
from cocommuns_graph.maps.profile import type_words
from cocommuns_graph.model import MODEL, Graph, Node
from cocommuns_graph.network import called, family, narrower
from cocommuns_graph.wording import Wording

KINDS = ("type", "sector", "topic", "country", "language")
_ABOUT = frozenset(
    tie.type for tie in MODEL.relationship_types if "Topic" in tie.ends and "Topic" not in tie.starts
)

Chosen = Mapping[str, Collection[str]]
"""The values chosen, by kind; a kind that is absent or empty filters nothing."""


@dataclass(frozen=True)
class Option:
    """A value to filter by, what a person reads for it and which records of the map have it, by number."""

    value: str
    text: str
    numbers: Ints


@dataclass(frozen=True)
class Facets:
    """The filters of one picture. `options` are by kind, in the order to show them; `size` is how many
    records are on it, `linked` which pairs of them are tied, by number."""

    size: int
    options: Mapping[str, Sequence[Option]]
    linked: Ints

    def shown(self, chosen: Chosen, *, near: bool = False) -> Flags:
        """Which records pass, one flag a record; with `near` what is linked to one that passes too."""
        passing = np.ones(self.size, dtype=bool)
        for kind in KINDS:
            passing &= self._any(kind, chosen)
        if near and not passing.all():
            ends, starts = self.linked[:, 1], self.linked[:, 0]
            beside = np.zeros(self.size, dtype=bool)
            beside[ends[passing[starts]]] = True
            beside[starts[passing[ends]]] = True
            passing |= beside
        return passing

    def counts(self, chosen: Chosen) -> dict[str, list[tuple[Option, int]]]:
        """For each kind its values with how many records each would show beside the other kinds' filters."""
        each = {kind: self._any(kind, chosen) for kind in KINDS}
        counted = {}
        for kind in KINDS:
            others = np.ones(self.size, dtype=bool)
            for other in KINDS:
                if other != kind:
                    others &= each[other]
            counted[kind] = [
                (option, int(others[option.numbers].sum())) for option in self.options.get(kind, ())
            ]
        return counted

    def _any(self, kind: str, chosen: Chosen) -> Flags:
        wanted = set(chosen.get(kind, ()))
        if not wanted:
            return np.ones(self.size, dtype=bool)
        passing = np.zeros(self.size, dtype=bool)
        for option in self.options.get(kind, ()):
            if option.value in wanted:
                passing[option.numbers] = True
        return passing


def facets(graph: Graph, ids: Sequence[str], ties: Iterable[tuple[int, int]], say: Wording) -> Facets:
    """The filters of a picture of records `ids`, in its order, tied by number.

    The sector of an expert is that of the current affiliations. A record belongs to a topic that it is, that
    is broader than it, or that a tie of it or of a narrower topic leads to.
    """
    topics = _topics(graph)
    of: dict[str, Callable[[Node], Collection[str]]] = {
        "type": lambda node: (node.label,),
        "sector": lambda node: {family(graph, node.id)} - {""},
        "topic": lambda node: topics.get(node.id, ()),
        "country": lambda node: set(node.texts("country")),
        "language": lambda node: set(node.texts("languages")),
    }
    nodes = [graph.nodes[id_] for id_ in ids]
    options = {kind: _options(nodes, of[kind], partial(option_text, graph, kind, say=say)) for kind in KINDS}
    pairs = np.array(list(ties), dtype=np.int64).reshape(-1, 2)
    return Facets(len(ids), options, pairs)


def _options(
    nodes: Sequence[Node], values: Callable[[Node], Collection[str]], text: Callable[[str], str]
) -> list[Option]:
    found: dict[str, list[int]] = {}
    for number, node in enumerate(nodes):
        for value in values(node):
            found.setdefault(value, []).append(number)
    made = [Option(value, text(value), np.array(numbers)) for value, numbers in found.items()]
    return sorted(made, key=lambda option: (-len(option.numbers), option.text.casefold(), option.value))


def option_text(graph: Graph, kind: str, value: str, say: Wording) -> str:
    """What a person reads for a value to filter by; the value itself where nothing is known of it."""
    if kind == "type":
        return type_words(value, say)[1]
    if kind == "sector":
        return say.choice(value)
    if kind == "country":
        return say.country(value)
    if kind == "language":
        return say.language_name(value)
    return called(graph.nodes[value], say) if value in graph.nodes else value


def _topics(graph: Graph) -> dict[str, set[str]]:
    """The topics each record belongs to."""
    above: dict[str, set[str]] = {node.id: {node.id} for node in graph.of_label("Topic")}
    for id_ in list(above):
        for below in narrower(graph, id_):
            above[below].add(id_)
    found: dict[str, set[str]] = {id_: set(topics) for id_, topics in above.items()}
    for tie in graph.relationships:
        if tie.type in _ABOUT and tie.end in above:
            found.setdefault(tie.start, set()).update(above[tie.end])
    return found
