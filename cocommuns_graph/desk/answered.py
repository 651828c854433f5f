"""Named queries for a screen: a form for each, made from its typed parameters, and its answer in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cocommuns_graph.model import MODEL, Graph, Property, Value
from cocommuns_graph.wording import Wording

if TYPE_CHECKING:
    from cocommuns_graph.model.kinds import Kind
    from cocommuns_graph.questions import Parameter, Question

_READ = ("country", "date", "language")


def form(question: Question, say: Wording) -> dict[str, Any]:
    """What a form needs to ask a query.

    Returns:
        {"name", "title", "explanation", "role" (who may ask it), "parameters": [{"name", "words", "input",
        "label", "choices": [{"value", "word"}], "accepted", "required", "default" (text)}]}. `input` is
        record (of `label`; of any if empty), choice, country, language, date, integer, number or text.
    """
    return {
        "name": question.name,
        "title": say.words(question.title),
        "explanation": say.words(question.explanation),
        "role": question.role.word,
        "parameters": [_parameter(parameter, say) for parameter in question.parameters],
    }


def _parameter(parameter: Parameter, say: Wording) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "words": say.words(parameter.description).removesuffix("."),
        "input": _input(parameter),
        "label": parameter.label or "",
        "choices": [{"value": choice, "word": say.choice(choice)} for choice in parameter.choices],
        "accepted": parameter.accepted,
        "required": parameter.required,
        "default": "" if parameter.default is None else _as_typed(parameter.default),
    }


def _input(parameter: Parameter) -> str:
    if parameter.record:
        return "record"
    if parameter.choices:
        return "choice"
    if parameter.kind.input == "number":
        return "integer" if parameter.kind.name == "whole number" else "number"
    return parameter.kind.input if parameter.kind.input in _READ else "text"


def _as_typed(value: Value) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def table(question: Question, answer: Mapping[str, Any], graph: Graph, say: Wording) -> dict[str, Any]:
    """An answer for a reader, its values in words, its ids as the records they are of.

    Returns:
        {"columns": [{"name", "words"}], "rows": [{"id" (its place), "cells": [text, number or None],
        "records": [{"id", "name"}]}]}. Columns of ids are left out; the records of a row are those a viewer
        of the graph may see.
    """
    names = answer["columns"]
    shown = [place for place, name in enumerate(names) if not _is_id(name)]
    ids = [place for place, name in enumerate(names) if _is_id(name)]
    columns = [{"name": names[place], "words": _words(question, names[place], say)} for place in shown]
    kinds = [_kind(question, names[place]) for place in shown]
    return {
        "columns": columns,
        "rows": [
            {
                "id": str(number),
                "cells": [_cell(row[place], kind, say) for place, kind in zip(shown, kinds, strict=True)],
                "records": list(_records(graph, [row[place] for place in ids])),
            }
            for number, row in enumerate(answer["rows"])
        ],
    }


def _is_id(name: str) -> bool:
    return name == "id" or name.endswith("_id")


def _words(question: Question, name: str, say: Wording) -> str:
    if name in question.described:
        return say.words(question.described[name].words)
    declared = next(_declared(name), None)
    return say.words(declared.words) if declared else name.replace("_", " ")


def _declared(name: str) -> Iterator[Property]:
    """The declarations of the model that have a name, those of records first."""
    for node_type in MODEL.public_types:
        if declared := node_type.property(name):
            yield declared
    for relationship_type in MODEL.relationship_types:
        if declared := relationship_type.property(name):
            yield declared


def _kind(question: Question, name: str) -> Kind | None:
    """The kind that says how to put the values of a column in words."""
    described = question.described.get(name)
    if described and described.kind:
        return described.kind
    kinds = [declared.kind for declared in _declared(name)]
    return next((kind for kind in kinds if kind.choices or kind.input in _READ), None)


def _cell(value: Any, kind: Kind | None, say: Wording) -> Any:
    if isinstance(value, list):
        return ", ".join(str(_cell(item, kind, say)) for item in value)
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if not isinstance(value, str):
        return value if value is None or isinstance(value, int | float) else str(value)
    if value in MODEL.labels:
        return say.words(MODEL.node(value).singular)
    if kind is None:
        return value
    if kind.input == "country":
        return say.country(value)
    if kind.input == "language":
        return say.language_name(value)
    if kind.input == "date":
        return say.date(value)
    return say.choice(value) if value in (*kind.choices, "knows", "several") else value


def _records(graph: Graph, ids: Sequence[Any]) -> Iterator[dict[str, str]]:
    for identifier in dict.fromkeys(id_ for id_ in ids if isinstance(id_, str)):
        if node := graph.nodes.get(identifier):
            yield {"id": identifier, "name": node.name}
