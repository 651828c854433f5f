"""What is written down of each change: who changed what of which element, the values before and after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cocommuns_graph.changes.state import Key, LinkElement, NodeElement, Told, Unit
from cocommuns_graph.model import Value
from cocommuns_graph.model.claims import by_whom

MOST_TOLD = 200
"""Changes of one unit that its outcome lists one by one, for a preview; the graph keeps all."""


class Journal:
    """The changes of one unit, in the order in which they are planned."""

    def __init__(self, unit: Unit) -> None:
        self.told: list[Told] = []
        self._unit = unit
        self._written = unit.written

    def created(self, element: NodeElement | LinkElement) -> None:
        """A creation: recorded on the element itself, so only told."""
        self._tell(element, "create", {}, element.values)

    def changed(self, element: NodeElement | LinkElement) -> dict[str, Value] | None:
        """The change of what is not yet handed to the store; None for what this unit created itself."""
        names = sorted(element.changed - {"sources"})
        if element.before is None:
            return None
        before = {name: element.before.get(name) for name in names}
        after = {name: element.values.get(name) for name in names}
        action = "confirm" if self._unit.action == "confirm" else "update"
        if "sources" in element.changed and element.sources_before is not None:
            action = action if names else "assert"
            # That it said so too matters once whoever said it first is undone.
            for name in sorted(element.same - element.changed):
                before[name] = after[name] = element.values.get(name)
            before["sources"] = element.sources_before
            after["sources"] = element.values.get("sources")
        elif not names:
            return None
        return self._change(element, action, before, after)

    def restored(self, element: NodeElement | LinkElement) -> dict[str, Value]:
        """An element that was removed and is there again, with all it has."""
        return self._change(element, "restore", {}, element.values)

    def removed(self, element: NodeElement | LinkElement) -> dict[str, Value]:
        """The removal of an element, with all it had."""
        return self._change(element, "remove", element.values, {})

    def _change(
        self,
        element: NodeElement | LinkElement,
        action: str,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> dict[str, Value]:
        self._written += 1
        self._tell(element, action, before, after)
        return {
            "id": f"{self._unit.id}:{self._written:09}",
            "unit": self._unit.id,
            "when": self._unit.when,
            "who": self._unit.who,
            "element": as_text(element.key),
            "type": element.type,
            "action": action,
            **({"source": element.said_by} if element.said_by and not by_whom(element.said_by) else {}),
            "before": json.dumps(before, ensure_ascii=False),
            "after": json.dumps(after, ensure_ascii=False),
        }

    def _tell(
        self,
        element: NodeElement | LinkElement,
        action: str,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        if len(self.told) < MOST_TOLD and action != "assert":
            told_before, told_after = (
                dict(values)
                if action in ("create", "remove", "restore")
                else differing(values, before, after)
                for values in (before, after)
            )
            self.told.append(Told(element.key, element.type, action, told_before, told_after))


def differing(
    values: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Any]:
    """Those of the values that a change changed, without sources."""
    return {
        name: value
        for name, value in values.items()
        if name != "sources" and before.get(name) != after.get(name)
    }


def as_text(key: str | tuple[str, ...]) -> str:
    """What an element is known by as the one text that a `Change` keeps."""
    return key if isinstance(key, str) else json.dumps(key, ensure_ascii=False)


def as_key(text: str, *, is_link: bool) -> Key:
    """What `as_text` made a text of."""
    if not is_link:
        return text
    start, type_, end, key = json.loads(text)
    return str(start), str(type_), str(end), str(key)


def newest_first(changes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Changes of several units in the order in which a reader goes back through them.

    Within a unit removals come first, those of records before those of relationships: who reads an older
    change must know already what was removed since.
    """
    ordered = sorted(changes, key=lambda change: str(change["id"]), reverse=True)
    ordered.sort(key=lambda change: (change["action"] != "remove", str(change["element"]).startswith("[")))
    ordered.sort(key=lambda change: str(change["when"]), reverse=True)
    return ordered


def ends_of(key: Key) -> tuple[str, ...]:
    """The records a change of an element is about: itself, or the two that a relationship joins."""
    return (key,) if isinstance(key, str) else (key[0], key[2])
