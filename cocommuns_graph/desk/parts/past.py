"""What happened: the history of a record or of all, and what is new since a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, takewhile
from typing import Any

from cocommuns_graph.changes import as_key, ends_of
from cocommuns_graph.desk import telling
from cocommuns_graph.desk.events import Event, Past
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.desk.since import instant
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.identity import fold


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
        """Everybody who ever wrote, for a filter to choose from."""
        return sorted({str(unit["who"]) for unit in self._units().values() if unit.get("who")}, key=fold)

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
        known = self.graph().nodes
        if what not in known and self.store.removals_of([what]):
            return what
        return self.resolve(what)

    def _units(self) -> dict[str, dict[str, Any]]:
        """Every unit of writing by id, also those that were begun and not finished."""

        def read() -> dict[str, dict[str, Any]]:
            units = [*self.store.imports(), *self.store.incomplete()]
            return {str(unit["id"]): unit for unit in units}

        return self._made(("units",), lambda graph: read())
