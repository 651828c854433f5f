"""A statement that reads of each record only what the record lets its readers see."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from cocommuns_graph.model import MODEL, Model, level_name
from cocommuns_graph.questions.tokens import Token, tokens


@lru_cache(maxsize=256)
def guarded(statement: str, model: Model = MODEL) -> str:
    """The statement with every property that a record may keep for fewer read through its level.

    `x.place` becomes `CASE WHEN coalesce(x.place_visibility, 'public') IN $visible THEN x.place END`, in a
    filter as in a column. Properties in the map of a pattern are not reached: `questions.check` refuses them.
    """
    pieces: list[str] = []
    at = 0
    for first, name in _reads(list(tokens(statement))):
        pieces += [statement[at : first.start], _through_level(first.text, name.text, model)]
        at = name.start + len(name.text) + 2 * statement.startswith("`", name.start)
    return "".join([*pieces, statement[at:]])


def _reads(found: list[Token]) -> Iterator[tuple[Token, Token]]:
    """The variable and the property of every `x.place` that is no call."""
    for index in range(len(found) - 2):
        owner, dot, name = found[index : index + 3]
        after = found[index + 3].text if index + 3 < len(found) else ""
        before = found[index - 1].text if index else ""
        if owner.kind == name.kind == "name" and dot.text == "." and after != "(" and before != ".":
            yield owner, name


def _through_level(owner: str, name: str, model: Model) -> str:
    levels = _levels(model, name)
    if not levels:
        return f"{owner}.{name}"
    seen = " AND ".join(f"coalesce({owner}.{level}, 'public') IN $visible" for level in levels)
    return f"CASE WHEN {seen} THEN {owner}.{name} END"


@cache
def _levels(model: Model, name: str) -> tuple[str, ...]:
    """The properties that may say of a record who sees this one: its own, and its language family's."""
    found: dict[str, None] = {}
    for label in model.labels:
        declared = model.node(label)
        if property_ := declared.property(name):
            names = (name, property_.name)
            found |= {level_name(one): None for one in names if declared.may_limit(one)}
    return tuple(found)
