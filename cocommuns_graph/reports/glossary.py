"""The glossary: every topic with its words in all languages, what they mean to whom, and who uses them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from cocommuns_graph.model import MODEL, Graph, Node, Relationship, fold, language_of
from cocommuns_graph.network import family
from cocommuns_graph.reports.collation import order

_OWN_LINKS = ("BROADER", "RELATED")
_NOT_TOLD = ("key", "sources", "created_in")
_USES = (
    "WORKS_ON",
    "EXPERT_IN",
    "ABOUT",
    "POSITION_ON",
    "NEEDS",
    "FACES",
    "SOLVED",
)


def glossary(graph: Graph, language: str = "en") -> dict[str, Any]:
    """Every topic of a graph, in the order of a dictionary of `language`.

    Returns:
        {"language", "languages": codes used in the data, "why", "terms": [{"id", "term", "language" (of the
        term; empty if nobody said), "labels": {code: text}, "aliases": {code: []}, "definitions": {code:
        text}, "context": [], "kind", "same_word": ids of other meanings of the term, "broader", "narrower",
        "related": [{"id", "term"}], "used_by": [{"link", "direction", "text", "id", "name", "type",
        "family", "properties", "sources"}], "sources"}]}. The code of a text of no known language is "".
    """
    topics = graph.of_label("Topic")
    entries = [_entry(graph, topic, language) for topic in topics]
    entries.sort(key=lambda entry: (order(entry["term"], language), entry["id"]))
    _mark_same_words(entries)
    languages = sorted({code for entry in entries for code in entry["labels"] if code})
    why = ""
    if not entries:
        why = "the inventory has no topic"
    elif language not in languages:
        why = f"no topic has a label in the language {language}; each is listed by its usual label"
    return {"language": language, "languages": languages, "why": why, "terms": entries}


def letter(term: str) -> str:
    """The letter a term stands under: its first without accents; `#` where it has none."""
    return (fold(term) or "#")[:1].upper()


def label_in(node: Node, language: str) -> tuple[str, str]:
    """What a topic is called in a language and the language of that, empty if nobody said.

    Its usual label where it has none in the language; anything but a topic has one name.
    """
    if node.label != "Topic":
        return node.name, ""
    own = node.text(f"label_{language}")
    if own:
        return own, language
    return node.name, _language_of_plain(node)


def _language_of_plain(node: Node) -> str:
    """The language of the label that names none: that of the equal one among those which do."""
    for name in sorted(node.properties, key=lambda name: (name != "label_en", name)):
        code = language_of(name, "label")
        if code and fold(node.text(name)) == fold(node.text("label")):
            return code
    return ""


def _entry(graph: Graph, topic: Node, language: str) -> dict[str, Any]:
    term, spoken = label_in(topic, language)
    plain = _language_of_plain(topic)
    links = graph.links_of.get(topic.id, [])
    return {
        "id": topic.id,
        "term": term,
        "language": spoken,
        "labels": {code: texts[0] for code, texts in _family(topic, "label", plain).items()},
        "aliases": _family(topic, "aliases", ""),
        "definitions": {code: texts[0] for code, texts in _family(topic, "definition", plain).items()},
        "context": topic.texts("context"),
        "kind": topic.text("kind"),
        "same_word": [],
        "broader": _topics(
            graph, (tie.end for tie in links if tie.type == "BROADER" and tie.start == topic.id), language
        ),
        "narrower": _topics(
            graph, (tie.start for tie in links if tie.type == "BROADER" and tie.end == topic.id), language
        ),
        "related": _topics(graph, (tie.other(topic.id) for tie in links if tie.type == "RELATED"), language),
        "used_by": _users(graph, topic, links),
        "sources": topic.texts("sources"),
    }


def _family(topic: Node, name: str, plain: str) -> dict[str, list[str]]:
    """The texts of a property by language; one without a language counts as `plain` unless that is taken."""
    found: dict[str, list[str]] = {}
    for key in sorted(topic.properties):
        if (code := language_of(key, name)) and topic.texts(key):
            found[code] = topic.texts(key)
    own = [text for text in topic.texts(name) if not any(text in texts for texts in found.values())]
    if own:
        found["" if plain in found else plain] = own
    return found


def _topics(graph: Graph, ids: Iterable[str], language: str) -> list[dict[str, str]]:
    named = [
        {"id": id_, "term": label_in(graph.nodes[id_], language)[0]}
        for id_ in dict.fromkeys(ids)
        if id_ in graph.nodes
    ]
    return sorted(named, key=lambda topic: (order(topic["term"], language), topic["id"]))


def _users(graph: Graph, topic: Node, links: list[Relationship]) -> list[dict[str, Any]]:
    found = [_user(graph, topic, link) for link in links if link.type not in _OWN_LINKS]
    rank = {type_: number for number, type_ in enumerate(_USES)}
    return sorted(
        found,
        key=lambda use: (
            rank.get(use["link"], len(rank)),
            fold(use["name"]),
            use["id"],
            str(use["properties"]),
        ),
    )


def _user(graph: Graph, topic: Node, link: Relationship) -> dict[str, Any]:
    other = graph.nodes[link.other(topic.id)]
    declared = MODEL.relationship(link.type)
    return {
        "link": link.type,
        "direction": "in" if link.end == topic.id else "out",
        "text": (declared.reverse if link.end == topic.id else declared.text).en,
        "id": other.id,
        "name": other.name,
        "type": other.label,
        "family": family(graph, other.id),
        "properties": {
            name: value for name, value in sorted(link.properties.items()) if name not in _NOT_TOLD
        },
        "sources": link.texts("sources"),
    }


def _mark_same_words(entries: list[dict[str, Any]]) -> None:
    """Tells each entry which others carry its term for another meaning."""
    same: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        same[fold(entry["term"])].append(entry["id"])
    for entry in entries:
        entry["same_word"] = [id_ for id_ in same[fold(entry["term"])] if id_ != entry["id"]]
