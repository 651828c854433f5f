"""Units of writing among each other: which undoes which, which count, and how a person names one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.model.kinds import shorten

UNDO = "undo"
"""The action of a unit that takes another back, or brings it back where that one took something back."""


def short(unit: str) -> str:
    """The part of a unit's id that is enough to name it: what stands behind its moment."""
    return unit.rpartition("-")[2] or unit


class Units:
    """All units of writing, oldest first. An undo that is not undone itself makes its unit not count.

    Each is a mapping with `id`, `started`, `action`, `complete`, and where it has them `undoes`, `tables`.
    """

    def __init__(self, units: Iterable[Mapping[str, Any]]) -> None:
        ordered = sorted(units, key=lambda unit: (str(unit.get("started") or ""), str(unit["id"])))
        self.by_id = {str(unit["id"]): unit for unit in ordered}
        self._order = {identifier: place for place, identifier in enumerate(self.by_id)}
        self._undoers: dict[str, list[str]] = {}
        for identifier, unit in self.by_id.items():
            if unit.get("undoes"):
                self._undoers.setdefault(str(unit["undoes"]), []).append(identifier)

    def is_undo(self, unit: str) -> bool:
        """Whether a unit takes another one back."""
        return bool(self.by_id.get(unit, {}).get("undoes"))

    def undone_by(self, unit: str) -> str | None:
        """The unit that takes this one back and is not taken back itself; None where it holds."""
        for undoer in reversed(self._undoers.get(unit, [])):
            if self.undone_by(undoer) is None:
                return undoer
        return None

    def root(self, unit: str) -> str:
        """The unit that writes for its own sake which an undo, or the undo of an undo, is about."""
        while unit in self.by_id and self.by_id[unit].get("undoes"):
            unit = str(self.by_id[unit]["undoes"])
        return unit

    def chain(self, root: str) -> list[str]:
        """The unit and every undo and undo of an undo of it."""
        found = [root]
        for unit in found:
            found += self._undoers.get(unit, [])
        return found

    def counts(self, unit: str) -> bool:
        """Whether what a unit wrote for its own sake counts: it is no undo and not undone."""
        return not self.is_undo(unit) and self.undone_by(unit) is None

    def with_undo(self, undo: str, undoes: str) -> Units:
        """The units as they are once `undo` takes `undoes` back."""
        kept = {identifier: unit for identifier, unit in self.by_id.items() if identifier != undo}
        return Units([*kept.values(), {"id": undo, "started": "9", "action": UNDO, "undoes": undoes}])

    def tables(self, unit: str) -> frozenset[str]:
        """The tables of files that a unit read; none where it read no file."""
        return frozenset(self.by_id.get(unit, {}).get("tables") or ())

    def said_again(self, unit: str) -> dict[str, str]:
        """The tables of a unit that later ones which count have read again, and the newest that did."""
        own = self.tables(unit)
        found: dict[str, str] = {}
        for other in self.by_id if own else ():
            if self._order[other] > self._order[unit] and self.counts(other):
                found.update(dict.fromkeys(own & self.tables(other), other))
        return found

    def read_as_well(self, unit: str) -> list[str]:
        """The undone units that read a table which this unit has read too."""
        own = self.tables(unit)
        return [
            other
            for other in (self.by_id if own else ())
            if other != unit and self.undone_by(other) is not None and own & self.tables(other)
        ]

    def find(self, text: str) -> str:
        """The id of the unit that a person names: its id, the short end of it, a beginning, or `last`.

        `last` is the newest that can be taken back: not undone, and no undo itself.

        Raises:
            NotFound: no unit is called so.
            InvalidValue: several are; the text lists them.
        """
        wanted = text.strip().casefold()
        if wanted == "last":
            for unit in reversed(self.by_id):
                if self.counts(unit):
                    return unit
            raise NotFound("there is nothing to undo: no unit of writing is left that is not undone")
        for identifier in self.by_id:
            if wanted in (identifier.casefold(), short(identifier).casefold()):
                return identifier
        found = [unit for unit in self.by_id if wanted and unit.casefold().startswith(wanted)]
        if len(found) > 1:
            raise InvalidValue(f"{shorten(text)!r} begins several units: {', '.join(found[:10])}; name one")
        if not found:
            raise NotFound(f"no unit of writing is called {shorten(text)!r}; 'history --units' lists them")
        return found[0]
