"""What an element should be, from its creation and the changes of the units that count."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from cocommuns_graph.model import Value
from cocommuns_graph.model.claims import source_file

Values = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an element: a creation, a change of fields, a removal, a return."""

    unit: str
    action: Literal["create", "change", "remove", "restore"]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(slots=True)
class Wanted:
    """What replaying an element gives: `values`, and whether it `exists`.

    Where it does not exist `values` are what it would be if something else held it; None after a removal.
    `writers` says which unit that counts gave a field last; `holder` is the first unit that counts and still
    says something of an element whose creation does not count.
    """

    values: Values | None
    exists: bool
    writers: dict[str, str]
    holder: str | None = None
    removed_by: str | None = None


def in_order(changes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Changes of one element, oldest first."""
    return sorted(changes, key=lambda change: (str(change["when"]), str(change["id"])))


def steps(now: Mapping[str, Value] | None, changes: Sequence[Mapping[str, Any]]) -> list[Step]:
    """All that happened to an element, oldest first, creations among it.

    `now` is what it is, None where it is not there; `changes` are its journal, oldest first. A creation is
    not in the journal: it is what the element was before all that changed it.
    """
    found: list[Step] = []
    values: Values | None = None if now is None else dict(now)
    for change in reversed(changes):
        before, after = json.loads(str(change["before"])), json.loads(str(change["after"]))
        unit, action = str(change["unit"]), str(change["action"])
        if action == "remove":
            if values is not None:
                found.append(Step(str(values.get("created_in", "")), "create", {}, values))
            values = dict(before)
            found.append(Step(unit, "remove", before, {}))
        elif action == "restore":
            values = None
            found.append(Step(unit, "restore", {}, after))
        else:
            rolled = {**(values or {}), **before}
            values = {name: value for name, value in rolled.items() if value is not None}
            found.append(Step(unit, "change", before, after))
    if values is not None:
        found.append(Step(str(values.get("created_in", "")), "create", {}, values))
    return found[::-1]


def replay(
    happened: Iterable[Step],
    counts: Callable[[str], bool],
    is_undo: Callable[[str], bool],
    said_again: Callable[[str], Mapping[str, str]],
) -> Wanted:
    """What an element should be when only some units count; undos never do, they are how others do not.

    `said_again` gives the tables of a unit that a later one which counts has read again: what it wrote of
    elements that name such a table as a source stands.
    """
    found = Wanted(None, False, {})
    for step in happened:
        if is_undo(step.unit):
            continue
        stands = counts(step.unit)
        if not stands and step.action in ("create", "change") and (again := said_again(step.unit)):
            sources: Any = step.after.get("sources") or (found.values or {}).get("sources") or ()
            stands = any(source_file(str(source)) in again for source in sources)
        if step.action == "create":
            _create(found, step, stands)
        elif stands and step.action == "change":
            _change(found, step)
        elif stands and step.action == "remove":
            found.values, found.exists, found.removed_by = None, False, step.unit
    return found


def _create(found: Wanted, step: Step, stands: bool) -> None:
    if found.values is not None:
        # It was created anew after a removal that does not count: it says more of what is there.
        if stands:
            told = {name: step.after[name] for name in step.after if name != "created_in"}
            _change(found, Step(step.unit, "change", {"sources": []}, told))
        return
    found.values = dict(step.after)
    found.exists = stands
    found.removed_by = None
    if not stands:
        found.values.pop("sources", None)


def _change(found: Wanted, step: Step) -> None:
    if found.values is None:
        return
    if not found.exists:
        found.exists, found.holder = True, step.unit
    for name, value in step.after.items():
        if name == "sources":
            _change_sources(found.values, step)
            continue
        found.writers[name] = step.unit
        if value is None:
            found.values.pop(name, None)
        else:
            found.values[name] = value


def _change_sources(values: Values, step: Step) -> None:
    before, after = step.before.get("sources") or [], step.after.get("sources") or []
    present = cast("list[str]", values.get("sources") or [])
    kept = [source for source in present if source in after or source not in before]
    sources = [*kept, *(source for source in after if source not in before and source not in kept)]
    if sources:
        values["sources"] = sources
    else:
        values.pop("sources", None)
