"""From what a person types to one record."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from cocommuns_graph.model.errors import Ambiguous, NotFound
from cocommuns_graph.model.identity import fold
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.model.records import Graph, Node

_NEAR = 0.8


def names_of(node: Node) -> Iterator[str]:
    """Every name a record goes by: its name, or a topic's label in each language, then its aliases."""
    yield node.name
    for name in node.properties:
        if name.startswith("label_"):
            yield node.text(name)
    for name in node.properties:
        if name == "aliases" or name.startswith("aliases_"):
            yield from node.texts(name)


def resolve(graph: Graph, text: str, labels: Collection[str] | None = None) -> str:
    """The id of the record that has this id or exact name, of these labels if given.

    An id goes before a name, a name written just so before one that differs in case, accents or punctuation,
    and a name before another name of the record (an alias, or a topic's label in another language).

    Raises:
        NotFound: nothing has that id or name; the text suggests near names.
        Ambiguous: several records have that name; the text lists their ids.
    """
    wanted = text.strip()
    node = graph.nodes.get(wanted)
    if node is not None and (labels is None or node.label in labels):
        return node.id
    candidates = [node for node in graph.nodes.values() if labels is None or node.label in labels]
    folded = fold(wanted)
    for found in (
        [node.id for node in candidates if node.name == wanted],
        [node.id for node in candidates if folded and fold(node.name) == folded],
        [node.id for node in candidates if folded and any(fold(name) == folded for name in names_of(node))],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise Ambiguous(
                f"{shorten(text)!r} is the name of {len(found)} records; "
                f"use an id: {', '.join(sorted(found)[:20])}"
            )
    raise NotFound(f"nothing has the id or name {shorten(text)!r}{_suggestion(candidates, wanted)}")


def _suggestion(candidates: list[Node], wanted: str) -> str:
    names = {name: fold(name) for node in candidates for name in (node.id, *names_of(node))}
    near = process.extract(
        fold(wanted),
        dict(sorted(names.items())),
        scorer=JaroWinkler.similarity,
        score_cutoff=_NEAR,
        limit=3,
    )
    return f"; did you mean {', '.join(str(name) for _, _, name in near)}?" if near else ""
