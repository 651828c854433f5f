"""What a map's side panel says about one record or one tie, in the words of the model."""

from __future__ import annotations

from dataclasses import dataclass

from cocommuns_graph.markup import safe_url
from cocommuns_graph.model import (
    MODEL,
    Node,
    NodeType,
    Property,
    Relationship,
    RelationshipType,
    Value,
    language_of,
    levelled,
)
from cocommuns_graph.wording import ENGLISH, Wording, wording

_ENGLISH = wording(ENGLISH)
_NOT_TOLD = frozenset({"id", "sources", "created_in", "visibility", "key"})
_NODE_TYPES = {one.label: one for one in MODEL.node_types}
_TIE_TYPES = {one.type: one for one in MODEL.relationship_types}


@dataclass(frozen=True)
class Fact:
    """One line of a profile: the word for a property, a value as text and, where a click is safe, its
    address."""

    word: str
    value: str
    url: str = ""

    def to_json(self) -> list[str]:
        """`[word, value]`, with the address as a third element where there is one."""
        return [self.word, self.value, self.url] if self.url else [self.word, self.value]


def facts(node: Node, say: Wording = _ENGLISH) -> list[Fact]:
    """Every property of the record the graph holds, declared ones first and in the model's order.

    Who may see a property was decided when the graph was read; nothing is added or hidden here, except what
    the panel shows elsewhere (name, sources) and the store's own bookkeeping.
    """
    declared = _node_type(node.label)
    order = [one.name for one in declared.properties] if declared else []
    told: list[tuple[int, str, Fact]] = []
    for name, value in node.properties.items():
        if name in _NOT_TOLD or (declared and name == declared.caption):
            continue
        property_ = declared.property(name) if declared else None
        place = levelled(name) or name if property_ else ""
        rank = order.index(_declared_name(declared, place)) if declared and place else len(order)
        word = _word(name, property_, say)
        told.extend((rank, name, Fact(word, text, url)) for text, url in _values(name, value, say))
    return [fact for _, _, fact in sorted(told, key=lambda line: line[:2])]


def _declared_name(declared: NodeType, name: str) -> str:
    """The property whose family a name is of, else the name."""
    found = declared.property(name)
    return found.name if found else name


def tie_details(tie: Relationship, say: Wording = _ENGLISH) -> str:
    """The properties of a tie in one line: "role: chair; since: 2016"."""
    type_ = _relationship_type(tie.type)
    return "; ".join(
        f"{_word(name, type_.property(name) if type_ else None, say)}: {_joined(name, value, say)}"
        for name, value in tie.properties.items()
        if name not in _NOT_TOLD and value not in (None, "", [])
    )


def type_words(label: str, say: Wording = _ENGLISH) -> tuple[str, str]:
    """Singular and plural of a label; the label itself where the model does not know it."""
    declared = _node_type(label)
    return (say.words(declared.singular), say.words(declared.plural)) if declared else (label, label)


def type_color(label: str) -> str:
    """The colour of a label on every picture; grey where the model does not know it."""
    declared = _node_type(label)
    return declared.color if declared else "#777777"


def tie_words(type_: str, say: Wording = _ENGLISH) -> tuple[str, str]:
    """How a tie reads from its start and from its end."""
    declared = _relationship_type(type_)
    if declared is None:
        words = type_.replace("_", " ").lower()
        return words, words
    return say.words(declared.text), say.words(declared.reverse)


def is_declared(label: str) -> bool:
    """Whether the model knows a label; a graph from elsewhere may have others."""
    return _node_type(label) is not None


def is_shown(label: str) -> bool:
    """Whether records of this label belong on a map: all but the product's own memory."""
    declared = _node_type(label)
    return declared is None or not declared.system


def _node_type(label: str) -> NodeType | None:
    return _NODE_TYPES.get(label)


def _relationship_type(type_: str) -> RelationshipType | None:
    return _TIE_TYPES.get(type_)


def _word(name: str, declared: Property | None, say: Wording) -> str:
    if declared is None:
        return name.replace("_", " ")
    language = language_of(name, declared.name) if declared.by_language else None
    word = say.words(declared.words)
    return f"{word} ({say.language_name(language)})" if language else word


def _values(name: str, value: Value, say: Wording) -> list[tuple[str, str]]:
    """Texts with their addresses: a list of plain texts becomes one line, addresses stay apart."""
    items = (
        [_text(name, item, say) for item in value] if isinstance(value, list) else [_text(name, value, say)]
    )
    shown = [(item, _address(name, item)) for item in items if item]
    if any(url for _, url in shown):
        return shown
    return [(", ".join(item for item, _ in shown), "")] if shown else []


def _address(name: str, text: str) -> str:
    if name == "orcid":
        return safe_url(f"https://orcid.org/{text.removeprefix('https://orcid.org/')}") or ""
    return safe_url(text) or ""


def _joined(name: str, value: Value, say: Wording) -> str:
    return (
        ", ".join(_text(name, item, say) for item in value)
        if isinstance(value, list)
        else _text(name, value, say)
    )


def _text(name: str, value: object, say: Wording) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if name == "country":
        return say.country(str(value))
    if name == "languages":
        return say.language_name(str(value))
    return str(value)
