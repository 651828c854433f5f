"""What a newer edition of a file does not say any more: told, and kept until an import with --sync."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from cocommuns_graph.changes.journal import MOST_TOLD, ends_of
from cocommuns_graph.changes.state import Identity, Key
from cocommuns_graph.model import Model, Node


class Says(Protocol):
    """What is asked about the graph as it is."""

    def said_by(self, files: Collection[str]) -> tuple[dict[str, str], list[Identity]]:
        """The nodes (label by id) and relationships with a source in one of these files."""

    def nodes(self, ids: Collection[str], labels: Collection[str], *, again: bool = False) -> Iterable[Node]:
        """The nodes of these labels with one of these ids."""


@dataclass(frozen=True, slots=True)
class NoLonger:
    """One record or link that the files of an import said before: its key, label or type, and names."""

    element: Key
    type: str
    names: tuple[str, ...]


@dataclass
class Unsaid:
    """The first `MOST_TOLD` of what files said before and do not say now, and how many there are."""

    first: list[NoLonger] = field(default_factory=list)
    nodes: int = 0
    relationships: int = 0


def unsaid(model: Model, stored: Says, files: Collection[str], is_said: Callable[[Key], bool]) -> Unsaid:
    """What these files said when they were last read and this time did not; `is_said` knows what they did."""
    labels, identities = stored.said_by(files)
    nodes = sorted(identifier for identifier in labels if not is_said(identifier))
    links = sorted(identity for identity in identities if not is_said(identity))
    found = Unsaid(nodes=len(nodes), relationships=len(links))
    every: list[Key] = [*nodes]
    every += links
    keys = every[:MOST_TOLD]
    ends = dict.fromkeys(end for key in keys for end in ends_of(key))
    names = {node.id: node.name for node in stored.nodes(list(ends), model.labels)} if ends else {}
    for key in keys:
        called = tuple(names.get(end, end) for end in ends_of(key))
        found.first.append(NoLonger(key, labels[key] if isinstance(key, str) else key[1], called))
    return found
