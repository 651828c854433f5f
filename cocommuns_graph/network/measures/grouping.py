"""By what actors are grouped: an imported column, a property of the model, or the family."""

from __future__ import annotations

from collections.abc import Iterable

from cocommuns_graph.formats import AS_GIVEN, safe_name
from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.model.records import Graph, Node, Scalar, Value
from cocommuns_graph.network.families import SEVERAL, family

_NEVER = frozenset({"id", "sources", "created_in"})
_MOST_NAMED = 20


def groups_by(graph: Graph, by: str) -> dict[str, Scalar]:
    """The group of each actor of a graph; an actor of unknown group is left out.

    An imported column `by` comes first: one that the model has a property of that name for is kept as
    `by_as_given`. Then the declared property; the sector of an expert is that of the current affiliations, or
    `several`. A list of one value is that value, of more is `several`.

    Raises:
        InvalidValue: no actor has such a property; the text names those there are.
    """
    actors = graph.of_label(*MODEL.actors)
    names = _names(actors, by)
    found: dict[str, Scalar] = {}
    for actor in actors:
        value = next((group for name in names if (group := _group(graph, actor, name)) != ""), "")
        if value != "":
            found[actor.id] = value
    if not found and actors:
        there = sorted({name for actor in actors for name in actor.properties} - _NEVER)
        more = f" and {len(there) - _MOST_NAMED} more" if len(there) > _MOST_NAMED else ""
        raise InvalidValue(
            f"no actor has a property {shorten(by)!r} to group by; there are "
            f"{', '.join(there[:_MOST_NAMED]) or 'none'}{more}"
        )
    return found


def _names(actors: Iterable[Node], by: str) -> list[str]:
    """The properties that may be meant, the likeliest first; a column is found as its file spelled it."""
    wanted = list(dict.fromkeys((by, safe_name(by))))
    there = {name for actor in actors for name in actor.properties} - _NEVER
    exact = [name for word in wanted for name in (f"{word}{AS_GIVEN}", word)]
    if any(name in there for name in exact) or "sector" in wanted:
        return exact
    folded = {word.casefold() for word in exact}
    return sorted(name for name in there if name.casefold() in folded) or exact


def _group(graph: Graph, actor: Node, name: str) -> Scalar:
    if name in _NEVER:
        return ""
    value: Value | None = actor.properties.get(name)
    if value is None:
        return family(graph, actor.id) if name == "sector" else ""
    if isinstance(value, list):
        distinct: list[Scalar] = list(dict.fromkeys(value))
        return "" if not distinct else distinct[0] if len(distinct) == 1 else SEVERAL
    return value
