"""Which link somebody means who names two records and a type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cocommuns_graph.model import Graph, Relationship, RelationshipType, Value
from cocommuns_graph.model.errors import Ambiguous, NotFound
from cocommuns_graph.model.kinds import shorten


@dataclass(frozen=True)
class Found:
    """One link by its identity."""

    start: str
    type: str
    end: str
    key: str = ""


def matching(
    graph: Graph, declared: RelationshipType, start: str, end: str, wanted: Mapping[str, Value | None]
) -> list[Relationship]:
    """The links of a type from `start` to `end` with these key values; the other way where none is so.

    The other way counts for a type that is read both ways only.
    """

    def between(first: str, last: str) -> list[Relationship]:
        return [
            link
            for link in graph.links_of.get(first, [])
            if (link.start, link.type, link.end) == (first, declared.type, last)
            and all(link.properties.get(name) == value for name, value in wanted.items())
        ]

    return between(start, end) or ([] if declared.directed else between(end, start))


def one_of_them(
    graph: Graph, declared: RelationshipType, start: str, end: str, found: Sequence[Relationship]
) -> Found:
    """The one link that fits.

    Raises:
        NotFound: there is none.
        Ambiguous: there are several; the text lists what tells them apart.
    """
    names = f"{shorten(graph.nodes[start].name)} {declared.text.en} {shorten(graph.nodes[end].name)}"
    if not found:
        raise NotFound(f"there is no link that says {names}")
    if len(found) > 1:
        listed = "; ".join(
            " ".join(f"--{name} {shorten(str(link.properties.get(name, '')))!r}" for name in declared.keys)
            for link in found[:20]
        )
        raise Ambiguous(f"{len(found)} links say {names}; say which by {listed}")
    (link,) = found
    return Found(link.start, link.type, link.end, link.key)
