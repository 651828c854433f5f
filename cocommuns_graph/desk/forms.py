"""The forms that add and correct, made from the model: each field with its words, choices, present value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pycountry

from cocommuns_graph.desk.worded import word_of
from cocommuns_graph.model import (
    MODEL,
    Graph,
    Node,
    NodeType,
    Property,
    RelationshipType,
    Value,
    Viewer,
    Visibility,
    language_of,
)
from cocommuns_graph.model.kinds import CONTACTS, Kind
from cocommuns_graph.wording import Wording

_NAMES = {
    "text": "text",
    "area": "prose",
    "choice": "choice",
    "number": "number",
    "date": "date",
    "url": "url",
}
_LISTS = {"text": "list", "language": "languages", "choice": "choices", "url": "list"}
Field = dict[str, Any]


def record_form(graph: Graph, label: str, node: Node | None, viewer: Viewer, say: Wording) -> dict[str, Any]:
    """The form of a record, or of a new one of a label.

    Returns:
        {"label", "word", "id" (empty for a new one), "name", "fields"}, the fields in the order of the model,
        each {"name", "word", "description", "kind", "accepted", "choices": [{"value", "word"}], "required",
        "many", "value" (None where there is none), "language" (of a member of a language family),
        "visible_to"}. `kind` is one of text, prose, choice, number, date, url, country, list, languages,
        contact, yes-or-no.
    """
    declared = MODEL.node(label)
    present: Mapping[str, Value] = {} if node is None else node.properties
    fields = [
        field
        for one in declared.properties
        if not one.managed and one.name != "id" and viewer.may_see(one.visibility)
        for field in _fields(one, present, _languages(graph, declared), say)
    ]
    fields += [
        _undeclared(name, value, say) for name, value in present.items() if declared.property(name) is None
    ]
    if node is None:
        for field in fields:
            if field["name"] == "visibility":
                field["value"] = declared.default_visibility.word
    return {
        "label": label,
        "word": say.words(declared.singular),
        "id": "" if node is None else node.id,
        "name": "" if node is None else node.name,
        "fields": fields,
    }


def link_form(type_: str, present: Mapping[str, Value], viewer: Viewer, say: Wording) -> dict[str, Any]:
    """The form of a link: its type in words from either end, the labels it joins, its fields.

    Returns:
        {"type", "text", "reverse", "directed", "starts", "ends", "fields"}, fields as in `record_form` with
        "key" besides: whether another value makes it another link.
    """
    declared = MODEL.relationship(type_)
    fields = [
        {**field, "key": one.name in declared.keys}
        for one in declared.properties
        if not one.managed and viewer.may_see(one.visibility)
        for field in _fields(one, present, (), say)
    ]
    fields += [
        {**_undeclared(name, value, say), "key": False}
        for name, value in present.items()
        if declared.property(name) is None
    ]
    return {
        "type": type_,
        "text": say.words(declared.text),
        "reverse": say.words(declared.reverse),
        "directed": declared.directed,
        "starts": list(declared.starts),
        "ends": list(declared.ends),
        "fields": fields,
    }


def link_choices(label: str, say: Wording) -> list[dict[str, Any]]:
    """The links a record of a label may have, read from it: {"type", "direction", "text", "labels"}."""
    found = []
    for declared in map(MODEL.relationship, MODEL.types):
        if label in declared.starts:
            found.append(_choice(declared, "out", say))
        if label in declared.ends and (declared.directed or label not in declared.starts):
            found.append(_choice(declared, "in", say))
    return found


def _choice(declared: RelationshipType, direction: str, say: Wording) -> dict[str, Any]:
    outgoing = direction == "out"
    return {
        "type": declared.type,
        "direction": direction,
        "text": say.words(declared.text if outgoing else declared.reverse),
        "labels": list(declared.ends if outgoing else declared.starts),
    }


def _fields(
    declared: Property, present: Mapping[str, Value], languages: tuple[str, ...], say: Wording
) -> Iterator[Field]:
    yield _field(declared, declared.name, present.get(declared.name), "", say)
    if declared.by_language:
        for code in languages:
            name = f"{declared.name}_{code}"
            yield {**_field(declared, name, present.get(name), code, say), "required": False}


def _field(declared: Property, name: str, value: Value | None, language: str, say: Wording) -> Field:
    return {
        "name": name,
        "word": word_of(declared, name, say),
        "description": say(declared.description),
        "kind": _kind(declared.kind),
        "accepted": say(declared.kind.accepted),
        "choices": _choices(declared.kind, say),
        "required": declared.required,
        "many": declared.kind.many,
        "value": value,
        "language": language,
        "visible_to": declared.visibility.word,
    }


def _undeclared(name: str, value: Value, say: Wording) -> Field:
    is_list = isinstance(value, list)
    kind = "yes-or-no" if isinstance(value, bool) else "list" if is_list else "text"
    yes_no = [{"value": "yes", "word": say("yes")}, {"value": "no", "word": say("no")}]
    return {
        "name": name,
        "word": name.replace("_", " "),
        "description": say("A column of an imported file that no format declares."),
        "kind": kind,
        "accepted": "",
        "choices": yes_no if kind == "yes-or-no" else [],
        "required": False,
        "many": is_list,
        "value": value,
        "language": "",
        "visible_to": Visibility.COORDINATORS.word,
    }


def _kind(kind: Kind) -> str:
    if kind is CONTACTS:
        return "contact"
    if kind.many:
        return _LISTS[kind.input]
    return "country" if kind.input == "country" else _NAMES[kind.input]


def _choices(kind: Kind, say: Wording) -> list[dict[str, str]]:
    """What may be chosen, with its words: words of the model as they stand there, names by the alphabet."""
    if kind.input == "country":
        return _by_word({country.alpha_2: say.country(country.alpha_2) for country in pycountry.countries})
    if kind.input == "language":
        codes = [getattr(one, "alpha_2", "") for one in pycountry.languages]
        return _by_word({code: say.language_name(code) for code in codes if code})
    return [{"value": choice, "word": say.choice(choice)} for choice in kind.choices]


def _by_word(words: Mapping[str, str]) -> list[dict[str, str]]:
    ordered = sorted(words.items(), key=lambda item: item[1].casefold())
    return [{"value": value, "word": word} for value, word in ordered]


def _languages(graph: Graph, declared: NodeType) -> tuple[str, ...]:
    """The languages in which records of a label say something in this inventory."""
    families = [one.name for one in declared.properties if one.by_language]
    found = {
        code
        for node in (graph.of_label(declared.label) if families else ())
        for name in node.properties
        for family in families
        if (code := language_of(name, family)) and declared.property(name)
    }
    return tuple(sorted(found))
