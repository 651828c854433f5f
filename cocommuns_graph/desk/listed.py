"""Entries of a shortlist for a reader: who it is, how to reach them, side by side, how complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cocommuns_graph.desk.worded import property_word, value_words
from cocommuns_graph.markup import safe_url
from cocommuns_graph.model import MODEL, Graph, Node
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.wording import Wording

_COUNTED = {
    node_type.label: [
        declared
        for declared in node_type.properties
        if not declared.managed and declared.name not in ("id", "visibility", "confirmed_on")
    ]
    for node_type in MODEL.public_types
}
_TOPICS = ("EXPERT_IN", "WORKS_ON", "ABOUT")
_MOST_ROUTES = 4
_MOST_REASONS = 2
_LONGEST_REASON = 120


def described(graph: Graph, node: Node, say: Wording) -> dict[str, Any]:
    """What a shortlist tells of a record: {"record", "name", "type", "word", "confirmed", "sources",
    "routes": [{"word", "text", "url"}]}; `url` is empty where a click would not be safe."""
    from cocommuns_graph.network import called

    return {
        "record": node.id,
        "name": called(node, say),
        "type": node.label,
        "word": say.words(MODEL.node(node.label).singular),
        "confirmed": node.text("confirmed_on"),
        "sources": node.texts("sources"),
        "routes": list(routes(graph, node, say)),
    }


def routes(graph: Graph, node: Node, say: Wording) -> Iterator[dict[str, str]]:
    """The ways to reach somebody that the graph, as its viewer sees it, allows: their own, then through
    whom."""
    for name in ("website", "orcid"):
        if value := node.text(name):
            url = f"https://orcid.org/{value}" if name == "orcid" else value
            yield _route(property_word(node.label, name, say), value, url)
    for way in node.texts("contact"):
        yield _route(property_word(node.label, "contact", say), way, "")
    for through in _through(graph, node)[:_MOST_ROUTES]:
        yield _route(say("through"), through.name, through.text("website"))


def _route(word: str, text: str, url: str) -> dict[str, str]:
    return {"word": word, "text": text, "url": safe_url(url) or ""}


def _through(graph: Graph, node: Node) -> list[Node]:
    """The organisations that somebody belongs to now, or that take part in an initiative."""
    from cocommuns_graph.network import is_current

    found: dict[str, Node] = {}
    for tie in graph.links_of.get(node.id, ()):
        fits = (node.label == "Expert" and tie.type == "AFFILIATED_WITH") or (
            node.label == "Initiative" and tie.type == "TAKES_PART_IN"
        )
        other = graph.nodes[tie.other(node.id)]
        if fits and is_current(tie) and other.label == "Organisation":
            found[other.id] = other
    return sorted(found.values(), key=lambda one: (not one.text("website"), one.name.casefold()))


def compared(graph: Graph, entries: Sequence[Mapping[str, Any]], say: Wording) -> dict[str, Any]:
    """Records side by side.

    Returns:
        {"columns": [{"record", "name", "word"}], "rows": [{"name", "word", "values": [[texts]]}]}, a list of
        texts for each column; empty where nothing is known. Rows that are empty for all are left out.
    """
    nodes = [graph.nodes[entry["record"]] for entry in entries]
    made: list[tuple[str, str, list[list[str]]]] = [
        ("topics", say("Topics"), [_others(graph, node, _TOPICS, say) for node in nodes]),
        ("languages", say("Languages"), [_words(node, "languages", say) for node in nodes]),
        ("country", say("Country"), [_words(node, "country", say) for node in nodes]),
        ("place", say("Place"), [_words(node, "place", say) for node in nodes]),
        ("sector", say("Sector"), [_family(graph, node, say) for node in nodes]),
        ("roles", say("Roles"), [_roles(graph, node, say) for node in nodes]),
        (
            "initiatives",
            say("Initiatives"),
            [_others(graph, node, ("TAKES_PART_IN",), say) for node in nodes],
        ),
        ("confirmed", say("Last confirmed"), [_words(node, "confirmed_on", say) for node in nodes]),
        ("reasons", say("Why"), [_reasons(entry) for entry in entries]),
        ("notes", say("Note"), [[entry["note"]] if entry["note"] else [] for entry in entries]),
        (
            "contact",
            say("Contact"),
            [[f"{one['word']}: {one['text']}" for one in entry["routes"]] for entry in entries],
        ),
        ("completeness", say("Completeness"), [[say.percent(_complete(node))] for node in nodes]),
    ]
    return {
        "columns": [
            {"record": entry["record"], "name": entry["name"], "word": entry["word"]} for entry in entries
        ],
        "rows": [
            {"name": name, "word": word, "values": values} for name, word, values in made if any(values)
        ],
    }


def _reasons(entry: Mapping[str, Any]) -> list[str]:
    """The strongest reasons, briefly; the list itself has them in full."""
    return [shorten(one["text"], _LONGEST_REASON) for one in entry["reasons"][:_MOST_REASONS]]


def _words(node: Node, name: str, say: Wording) -> list[str]:
    value = node.properties.get(name)
    items = value if isinstance(value, list) else [] if value is None else [value]
    return [value_words(node.label, name, item, say) for item in items]


def _others(graph: Graph, node: Node, types: Sequence[str], say: Wording) -> list[str]:
    from cocommuns_graph.network import called

    names = {
        called(graph.nodes[tie.other(node.id)], say)
        for tie in graph.links_of.get(node.id, ())
        if tie.type in types and tie.start == node.id
    }
    return sorted(names, key=str.casefold)


def _family(graph: Graph, node: Node, say: Wording) -> list[str]:
    from cocommuns_graph.network import family

    found = family(graph, node.id)
    return [say.choice(found)] if found else []


def _roles(graph: Graph, node: Node, say: Wording) -> list[str]:
    from cocommuns_graph.network import is_current, predicate

    told = [node.text("role"), *(_words(node, "kind", say) if node.label != "Expert" else ())]
    for tie in graph.links_of.get(node.id, ()):
        if tie.type == "AFFILIATED_WITH" and tie.start == node.id and is_current(tie):
            told.append(predicate(graph, tie, node.id, say))
    return [text for text in told if text]


def _complete(node: Node) -> float:
    """The share of the declared properties that a record has, contact among them where it is seen."""
    names = {declared.name for declared in _COUNTED[node.label]}
    known = {found.name for name in node.properties if (found := MODEL.node(node.label).property(name))}
    return len(known & names) / len(names)
