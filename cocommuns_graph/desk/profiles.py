"""One record for a reader: its facts and links in the words of the model, grouped as people read them."""

from __future__ import annotations

from typing import Any

from cocommuns_graph.model import MODEL, Graph, Node, Relationship
from cocommuns_graph.wording import Wording


def profile(graph: Graph, identifier: str, say: Wording) -> dict[str, Any]:
    """The record of an id, in the words of a language.

    Returns:
        {"id", "type", "word", "name", "facts": [{"word", "text", "url"}], "groups": [{"text", "links":
        [{"id", "name", "word", "sentence", "details", "sources": []}]}], "links" (how many), "confirmed"
        (when somebody last said that it is right, or empty), "sources": []}. `url` is empty where a click
        would not be safe.
    """
    from cocommuns_graph.maps.profile import facts
    from cocommuns_graph.network import called

    node = graph.nodes[identifier]
    groups: dict[str, dict[str, Any]] = {}
    ties = graph.links_of.get(identifier, [])
    for tie in ties:
        text, link = _link(graph, node, tie, say)
        groups.setdefault(text, {"text": text, "links": []})["links"].append(link)
    for group in groups.values():
        group["links"].sort(key=lambda link: (link["name"].casefold(), link["id"]))
    return {
        "id": node.id,
        "type": node.label,
        "word": say.words(MODEL.node(node.label).singular),
        "name": called(node, say),
        "facts": [{"word": fact.word, "text": fact.value, "url": fact.url} for fact in facts(node, say)],
        "groups": [groups[text] for text in sorted(groups)],
        "links": len(ties),
        "confirmed": node.text("confirmed_on"),
        "sources": node.texts("sources"),
    }


def _link(graph: Graph, node: Node, tie: Relationship, say: Wording) -> tuple[str, dict[str, Any]]:
    from cocommuns_graph.maps.profile import tie_details, tie_words
    from cocommuns_graph.network import called, read_tie

    outgoing = tie.start == node.id
    other = graph.nodes[tie.end if outgoing else tie.start]
    return tie_words(tie.type, say)[0 if outgoing else 1], {
        "id": other.id,
        "name": called(other, say),
        "word": say.words(MODEL.node(other.label).singular),
        "sentence": read_tie(graph, tie, node.id, say),
        "details": tie_details(tie, say),
        "sources": tie.texts("sources"),
    }
