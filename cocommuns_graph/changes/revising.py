"""What a correction by hand makes of the values an element has now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from cocommuns_graph.model import Value
from cocommuns_graph.model.claims import Revision, Row
from cocommuns_graph.model.kinds import shorten


def revised(
    row: Row, present: Mapping[str, Value], given: Mapping[str, Value], revision: Revision
) -> dict[str, Value | None]:
    """The values to set, None for one to take away, given what the element has at the moment of writing.

    A property whose value is no longer what the person saw keeps the new value; both are told in a warning
    of the row.
    """
    wanted: dict[str, Value | None] = {**given, **dict.fromkeys(revision.cleared)}
    for name in dict.fromkeys([*revision.added, *revision.dropped]):
        wanted[name] = _listed(
            present.get(name), revision.added.get(name, ()), revision.dropped.get(name, ())
        )
    for name in list(wanted):
        if name not in revision.expected:
            continue
        saw, has = revision.expected[name], present.get(name)
        if saw != has and has != wanted[name]:
            row.problem(
                name,
                _told(wanted[name]),
                f"{name} was changed meanwhile to {_told(has)} (it was {_told(saw)} when you opened it), so "
                f"{_told(wanted[name])} was not written; look again and decide",
                "warning",
            )
            del wanted[name]
    return wanted


def _listed(present: Value | None, added: object, dropped: object) -> Value | None:
    """The items of a list with some more and without others; None where nothing is left."""
    before = present if isinstance(present, list) else [] if present is None else [present]
    gone = set(cast("list[str]", dropped))
    kept = [item for item in dict.fromkeys([*before, *cast("list[str]", added)]) if item not in gone]
    return cast("Value", kept) or None


def _told(value: Value | None) -> str:
    if value is None:
        return "nothing"
    return repr(shorten("; ".join(map(str, value)) if isinstance(value, list) else value))
