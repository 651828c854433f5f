"""What happened: the history of a record or of all, and what is new since a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, takewhile
from typing import Any

from cocommuns_graph.changes import as_key, ends_of
from cocommuns_graph.desk import telling
from cocommuns_graph.desk.events import Event, Past
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.desk.since import instant
from cocommuns_graph.model import MODEL, Visibility
from cocommuns_graph.model.errors import NotAllowed
from cocommuns_graph.model.identity import fold

_COUNTED = ("created", "updated", "removed")
_COUNTED_AS = {"create": "created", "restore": "created", "remove": "removed"}


class Journal(Base):
    """Who entered, changed and removed what, and when."""

    def history(
        self,
        what: str | None = None,
        *,
        since: str | None = None,
        who: str | None = None,
        limit: int | None = None,
        skip: int = 0,
    ) -> list[dict[str, Any]]:
        """What happened to a record and its links, or to all, newest first: the contract's `history`.

        `what` is an id or exact name, also the id of a record that is no longer there; `who` keeps what that
        person wrote. Entries have the shape of `telling.entry`, with the "files" of an import besides.

        Raises:
            NotFound, Ambiguous: `what` is no record and nothing is known of such an id.
            InvalidValue: `since` says no time.
        """
        about = None if what is None else self._id_of(what)
        begin = instant(since) if since else ""
        wanted = fold(who) if who else ""
        found = (event for event in self._events(about, begin) if not wanted or fold(event.who) == wanted)
        stop = None if limit is None else skip + limit
        units = self._units()
        return [
            {
                **telling.entry(event, self.say, about),
                "files": [str(path) for path in units.get(event.unit, {}).get("paths") or ()],
            }
            for event in islice(found, skip, stop)
        ]

    def writers(self) -> list[str]:
        """Everybody who ever wrote what this viewer sees, for a filter to choose from."""
        units = self._units()
        seen = units.keys() if self._sees_all else self._counts_seen().keys() & units.keys()
        return sorted({str(who) for unit in seen if (who := units[unit].get("who"))}, key=fold)

    def past_imports(self) -> list[dict[str, Any]]:
        """Every finished unit of writing, newest first: when, who, action, files, created, updated, removed.

        A coordinator is told of the units that wrote something coordinators see, and of that alone.

        Raises:
            NotAllowed: the viewer is neither coordinator nor steward.
        """
        if not self.viewer.may_see(Visibility.COORDINATORS):
            raise NotAllowed("the list of imports is for coordinators and stewards")
        seen = None if self._sees_all else self._counts_seen()
        return [
            {
                "id": unit["id"],
                "when": str(unit.get("finished") or unit.get("started") or ""),
                "who": str(unit.get("who") or ""),
                "action": str(unit.get("action") or ""),
                "files": [str(path).rsplit("/", 1)[-1] for path in unit.get("paths") or []],
                **(_counted(unit) if seen is None else seen[str(unit["id"])]),
            }
            for unit in reversed(self.store.imports())
            if seen is None or str(unit["id"]) in seen
        ]

    def _counts_seen(self) -> dict[str, dict[str, int]]:
        """How much each unit wrote of what this viewer sees; units that wrote none of it are absent."""

        def count() -> dict[str, dict[str, int]]:
            found: dict[str, dict[str, int]] = {}
            for event in self._events(None, ""):
                counts = found.setdefault(event.unit, dict.fromkeys(_COUNTED, 0))
                counts[_COUNTED_AS.get(event.action, "updated")] += 1
            return found

        return self._made(("counts seen",), lambda graph: count())

    def news(self, since: str = "last week") -> dict[str, Any]:
        """What is new since a time, in words, grouped by unit of writing: `telling.news`'s shape.

        Raises:
            InvalidValue: `since` says no time.
        """
        begin = instant(since)

        def told() -> dict[str, Any]:
            return telling.news(self._events(None, begin), self._units(), begin, self.say)

        return self._made(("news", begin, self.language), lambda graph: told())

    def _events(self, about: str | None, since: str) -> Iterator[Event]:
        units = self._units()
        past = Past(self.graph(), self.viewer, units, about)
        if about is None:
            recent = [unit for unit in units.values() if str(unit["started"]) >= since]
            recent.sort(key=lambda unit: str(unit["started"]), reverse=True)
            journal: Iterable[Mapping[str, Any]] = self.store.changes(recent)
        else:
            journal = changes = self.store.changes_of(about)
            for change in self.store.removals_of(self._missing_ends(changes)):
                past.remember_removed(change)
        return takewhile(lambda event: event.when >= since, past.events(journal))

    def _missing_ends(self, journal: Iterable[Mapping[str, Any]]) -> list[str]:
        """The other ends of links that are no longer there: the journal alone knows their names."""
        known = self.graph().nodes
        ends = dict.fromkeys(
            end
            for change in journal
            if change["type"] in MODEL.types
            for end in ends_of(as_key(change["element"], is_link=True))
        )
        return [end for end in ends if end not in known]

    def _id_of(self, what: str) -> str:
        """The id of a record, also of one that was removed."""
        graph = self.graph()
        if what not in graph.nodes and (removals := self.store.removals_of([what])):
            past = Past(graph, self.viewer, self._units(), what)
            for change in removals:
                past.remember_removed(change)
            if past.knows(what):
                return what
        return self.resolve(what)

    def _units(self) -> dict[str, dict[str, Any]]:
        """Every unit of writing by id, also those that were begun and not finished."""

        def read() -> dict[str, dict[str, Any]]:
            units = [*self.store.imports(), *self.store.incomplete()]
            return {str(unit["id"]): unit for unit in units}

        return self._made(("units",), lambda graph: read())


def _counted(unit: Mapping[str, Any]) -> dict[str, int]:
    """What a unit says that it wrote, records and links together."""
    counts = json.loads(str(unit.get("counts") or "{}"))
    return {name: sum(int(part.get(name, 0)) for part in counts.values()) for name in _COUNTED}
