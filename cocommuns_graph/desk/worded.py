"""Properties, values and links of the model in the words of a screen's language."""

from __future__ import annotations

from collections.abc import Mapping

from cocommuns_graph.model import (
    MODEL,
    NodeType,
    Property,
    Relationship,
    RelationshipType,
    Value,
    language_of,
)
from cocommuns_graph.wording import Wording


def declared_of(type_: str) -> NodeType | RelationshipType:
    """The declaration of a label or a relationship type."""
    return MODEL.relationship(type_) if type_ in MODEL.types else MODEL.node(type_)


def property_word(type_: str, name: str, say: Wording) -> str:
    """What a property of a label or relationship type is called; an undeclared one by its own name."""
    declared = declared_of(type_).property(name)
    if declared is None:
        return name.replace("_", " ")
    return word_of(declared, name, say)


def word_of(declared: Property, name: str, say: Wording) -> str:
    """What a declared property is called, with the language of a member of a language family."""
    language = language_of(name, declared.name) if declared.by_language else None
    word = say.words(declared.words)
    return f"{word} ({say.language_name(language)})" if language else word


def value_words(type_: str, name: str, value: Value | None, say: Wording) -> str:
    """A value for a reader: countries, languages, dates and choices by their words; empty for none."""
    if value is None:
        return ""
    declared = declared_of(type_).property(name)
    items = value if isinstance(value, list) else [value]
    return ", ".join(_item(declared, item, say) for item in items)


def _item(declared: Property | None, item: object, say: Wording) -> str:
    if isinstance(item, bool):
        return say("yes") if item else say("no")
    if isinstance(item, float) and item.is_integer():
        return str(int(item))
    text = str(item)
    kind = declared.kind if declared is not None else None
    if kind is None:
        return text
    if kind.input == "country":
        return say.country(text)
    if kind.input == "language":
        return say.language_name(text)
    if kind.input == "date":
        return say.date(text)
    return say.choice(text) if kind.choices else text


def link_sentence(
    names: tuple[str, ...], type_: str, values: Mapping[str, Value], say: Wording, *, details: bool = True
) -> str:
    """A link as a sentence: `Ada is affiliated with Open (role: chair; since: 2016)`."""
    from cocommuns_graph.maps.profile import tie_details

    start, end = names
    text = f"{start} {say.words(MODEL.relationship(type_).text)} {end}"
    told = tie_details(Relationship(type_, "", "", "", values), say) if details else ""
    return f"{text} ({told})" if told else text
