"""Watches: searches that somebody looks at again and again, and what is new for each since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cocommuns_graph.desk import searched, telling
from cocommuns_graph.desk.kept import (
    basics,
    by_name,
    new_id,
    one_called,
    one_line,
    removal,
    this_moment,
)
from cocommuns_graph.desk.parts.list_files import ListFiles
from cocommuns_graph.desk.parts.past import Journal
from cocommuns_graph.desk.since import instant
from cocommuns_graph.model import Graph, Visibility
from cocommuns_graph.model.errors import InvalidValue

_MOST_ANSWERS = 100
_MOST_SENTENCES = 8


class Watches(ListFiles, Journal):
    """Saved searches and what changed among their answers."""

    def watches(self) -> list[dict[str, Any]]:
        """Every watch this viewer may see, by name: {"id", "name", "search", "filters", "narrowed" (in
        words), "looked" (when last looked at), "owner", "visibility"}."""
        return [self._watch_told(found) for found in sorted(self._remembered().watches.values(), key=by_name)]

    def watch(
        self,
        search: str,
        *,
        name: str = "",
        filters: Mapping[str, Any] | None = None,
        visibility: Visibility | None = None,
        who: str | None = None,
    ) -> dict[str, Any]:
        """Watches a search from now on, under a name of its own or its text.

        Raises:
            InvalidValue: the search is empty, or a name or filter does not fit.
            NotAllowed: it would be for more restricted eyes than the maker's own.
        """
        text = one_line(search)
        if not text:
            raise InvalidValue("the search to watch is empty; give its words")
        kept = searched.checked(filters)
        self.find(text, **kept, limit=1)
        values = {
            "name": self._typed("Watch", "name", name.strip() or text[:200]),
            "search": text,
            "filters": searched.as_text(kept),
            "looked": this_moment(),
            "visibility": self._level(visibility).word,
        }
        identifier = new_id("watch")
        self._remember([self._made_claim("Watch", identifier, values, who)], who)
        return self._watch_told(self._remembered().watches[identifier])

    def watch_news(
        self, what: str, since: str | None = None, *, look: bool = False, who: str | None = None
    ) -> dict[str, Any]:
        """What is new among the answers to a watched search since a time, else since it was last looked at.

        With `look` it counts as looked at now.

        Returns:
            {"watch" (as `watches` gives it), "since", "why", "answers" (how many there are), "new",
            "changed": [{"id", "name", "word", "rank", "changes": [sentences], "reasons": [texts]}]}; a record
            is new that was not in the inventory before, changed where it or one of its links was added or
            altered.

        Raises:
            NotFound, Ambiguous: there is no such watch, or several have the name.
            InvalidValue: `since` says no time.
        """
        found = one_called(self._remembered().watches, what, "watch")
        begin = instant(since) if since else str(found.get("looked") or "")
        told = self._watch_told(found)
        key = ("watched", told["search"], repr(told["filters"]), begin, self.language)
        news = self._made(key, lambda graph: self._news_of(graph, told, begin))
        if look:
            self._change("Watch", found["id"], {"looked": this_moment()}, who)
        return {"watch": told, "since": begin, **news}

    def delete_watch(self, what: str, *, who: str | None = None) -> None:
        """Ends a watch.

        Raises:
            NotFound, Ambiguous: as for `watch_news`.
        """
        found = one_called(self._remembered().watches, what, "watch")
        self._remember([removal("Watch", found["id"])], who)

    def _watch_told(self, found: Mapping[str, Any]) -> dict[str, Any]:
        filters = searched.from_text(found.get("filters"))
        return {
            **basics(found, ("search", "looked", "owner", "visibility")),
            "filters": filters,
            "narrowed": searched.in_words(filters, self.say),
        }

    def _news_of(self, graph: Graph, watch: Mapping[str, Any], begin: str) -> dict[str, Any]:
        answer = self.find(watch["search"], **watch["filters"], limit=_MOST_ANSWERS)
        new: set[str] = set()
        changes: dict[str, list[str]] = {}
        answers = {result["id"] for result in answer["results"]}
        for event in self._events(None, begin):
            ids = (event.key,) if isinstance(event.key, str) else (event.key[0], event.key[2])
            for identifier in answers.intersection(ids):
                changes.setdefault(identifier, []).append(telling.sentence(event, self.say))
                if event.action == "create" and not event.is_link:
                    new.add(identifier)
        told = [
            {
                "id": result["id"],
                "name": result["name"],
                "word": result["word"],
                "rank": result["rank"],
                "changes": list(dict.fromkeys(changes[result["id"]]))[:_MOST_SENTENCES],
                "reasons": [reason["text"] for reason in result["reasons"][:3]],
            }
            for result in answer["results"]
            if result["id"] in changes
        ]
        why = "" if told else self.say("Nothing is new among the answers since then.")
        return {
            "why": why,
            "answers": len(answers),
            "new": [one for one in told if one["id"] in new],
            "changed": [one for one in told if one["id"] not in new],
        }
