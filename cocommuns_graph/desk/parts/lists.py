"""Shortlists: records that somebody keeps together, with notes, and what becomes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk import listed, searched
from cocommuns_graph.desk.account import account
from cocommuns_graph.desk.entering import LONGEST_NAME, clean, person, source_of
from cocommuns_graph.desk.kept import (
    basics,
    by_name,
    entry_id,
    found_by,
    new_id,
    one_called,
    one_line,
    removal,
    revision,
    this_moment,
)
from cocommuns_graph.desk.parts.search import Search
from cocommuns_graph.model import MEMORY, STEWARD, Value, Visibility, fold
from cocommuns_graph.model.claims import NodeClaim, Revision, Row
from cocommuns_graph.model.errors import InvalidValue, NotAllowed, NotFound
from cocommuns_graph.model.kinds import shorten

if TYPE_CHECKING:
    from cocommuns_graph.changes import Outcome
    from cocommuns_graph.store.remembered import Remembered

_MOST_ASKED = 200
_MOST_REASONS = 4
_MOST_ENTRIES = 1000
_NEW = Revision(new=True)
Entry = dict[str, Any]


class Lists(Search):
    """Shortlists. `who` is the name under which something is written, else the system account's.

    A list is seen by those its `visibility` names, an entry by those of them who may see its record; what
    somebody may not see is in no list, number or file they get.
    """

    # -- reading --------------------------------------------------------------------------------------

    def shortlists(self) -> list[dict[str, Any]]:
        """Every shortlist this viewer may see, by name: {"id", "name", "note", "owner", "visibility",
        "made", "entries" (how many)}."""
        kept = self._remembered()
        counted = Counter(entry["list"] for entry in kept.entries.values())
        return [
            {**basics(found, ("note", "owner", "visibility", "made")), "entries": counted[found["id"]]}
            for found in sorted(kept.shortlists.values(), key=by_name)
        ]

    def shortlist(self, what: str) -> dict[str, Any]:
        """One shortlist with its entries, in order, told in the desk's language.

        Returns:
            What `shortlists` gives of it, "entries" being [{"record", "name", "type", "word", "note",
            "search", "filters", "found_by" (the search in words), "reasons": [{"kind", "text", "ids",
            "sources"}], "confirmed", "sources", "routes": [{"word", "text", "url"}], "added", "who",
            "gone"}]. Of a record that is `gone` from the inventory only its id, its note and the search are
            told.

        Raises:
            NotFound, Ambiguous: there is no such list, or several have the name.
        """
        return self._whole(self._list(what), self)

    def compare_shortlist(self, what: str) -> dict[str, Any]:
        """The records of a shortlist side by side: `listed.compared`'s shape, with its "id" and "name".

        Raises:
            NotFound, Ambiguous: as for `shortlist`.
        """
        found = self.shortlist(what)
        present = [entry for entry in found["entries"] if not entry["gone"]]
        table = listed.compared(self.graph(), present, self.say)
        return {"id": found["id"], "name": found["name"], **table}

    def asked_counts(self) -> dict[str, int]:
        """How many shortlists each record is on, of those this viewer may see; records on none are absent."""
        return dict(Counter(str(entry["record"]) for entry in self._remembered().entries.values()))

    def _remembered(self) -> Remembered:
        """What people keep, read again after it or the inventory changed."""
        with self._memory.lock:
            self.graph()
            if self._remembered_stamp is None or not self._glances:
                self._remembered_stamp = self.store.remembered_stamp()
            key = ("remembered", self._remembered_stamp, self.viewer.level)
            return self._memory.kept(key, lambda: self.store.remembered(self.viewer))

    def _list(self, what: str) -> Mapping[str, Any]:
        return one_called(self._remembered().shortlists, what, "shortlist")

    def _entries(self, identifier: str) -> list[Mapping[str, Any]]:
        """The entries of a list, in order."""
        found = [entry for entry in self._remembered().entries.values() if entry["list"] == identifier]
        return sorted(found, key=lambda entry: (float(entry.get("place") or 0), str(entry["id"])))

    def _whole(self, found: Mapping[str, Any], reader: Lists) -> dict[str, Any]:
        """A list of this viewer's, with the records as somebody sees them who reads it."""
        graph = reader.graph()
        kept = [
            entry
            for entry in self._entries(found["id"])
            if entry["record"] in graph.nodes or (entry["gone"] and reader is self)
        ]
        answers: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = {}
        return {
            **basics(found, ("note", "owner", "visibility", "made")),
            "entries": [reader._entry(entry, answers) for entry in kept],
        }

    def _entry(
        self, entry: Mapping[str, Any], answers: dict[tuple[str, str], dict[str, list[dict[str, Any]]]]
    ) -> Entry:
        search, filters = str(entry.get("search") or ""), searched.from_text(entry.get("filters"))
        question = (search, str(entry.get("filters") or ""))
        told: Entry = {
            "record": entry["record"],
            "name": str(entry["record"]),
            "type": "",
            "word": "",
            "note": str(entry.get("note") or ""),
            "search": search,
            "filters": filters,
            "found_by": found_by(search, searched.in_words(filters, self.say)),
            "reasons": [],
            "confirmed": "",
            "sources": [],
            "routes": [],
            "added": str(entry.get("made") or ""),
            "who": str(entry.get("owner") or ""),
            "gone": bool(entry["gone"]),
        }
        node = self.graph().nodes.get(entry["record"])
        if node is None:
            return told
        if search and question not in answers:
            answers[question] = self._answers(search, filters)
        reasons = answers.get(question, {}).get(node.id, [])
        return {**told, **listed.described(self.graph(), node, self.say), "reasons": reasons[:_MOST_REASONS]}

    def _answers(self, search: str, filters: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
        """Why each answer to a search is one, today; nothing where a filter is no longer one."""
        try:
            found = self.find(search, **filters, limit=_MOST_ASKED)
        except (InvalidValue, NotFound):
            return {}
        return {result["id"]: result["reasons"] for result in found["results"]}

    # -- writing --------------------------------------------------------------------------------------

    def new_shortlist(
        self, name: str, *, note: str = "", visibility: Visibility | None = None, who: str | None = None
    ) -> dict[str, Any]:
        """Makes an empty shortlist, for those who may see as much as its maker unless said otherwise.

        Raises:
            InvalidValue: the name is empty or another list has it, or the note does not fit.
            NotAllowed: it would be for more restricted eyes than the maker's own.
        """
        values = {
            "name": self._new_name(name),
            "note": self._typed("Shortlist", "note", note),
            "visibility": self._level(visibility).word,
        }
        identifier = new_id("list")
        self._remember([self._made_claim("Shortlist", identifier, values, who)], who)
        return self.shortlist(identifier)

    def add_to_shortlist(
        self,
        what: str,
        records: Sequence[str],
        *,
        note: str = "",
        search: str = "",
        filters: Mapping[str, Any] | None = None,
        who: str | None = None,
    ) -> dict[str, Any]:
        """Puts records at the end of a shortlist, with the search that found them; `{"list", "added": [ids],
        "already": [ids]}`.

        Raises:
            NotFound, Ambiguous: there is no such list or record, or several; then none is added.
            InvalidValue: the note, search or a filter does not fit.
        """
        narrowed = searched.checked(filters)
        if narrowed and search:
            self.find(search, **narrowed, limit=1)
        found = self._list(what)
        ids = list(dict.fromkeys(self.resolve(record) for record in records))
        entries = self._entries(found["id"])
        there = {str(entry["record"]) for entry in entries}
        added = [record for record in ids if record not in there]
        if len(there) + len(added) > _MOST_ENTRIES:
            raise InvalidValue(f"a shortlist holds up to {_MOST_ENTRIES:,} records; begin another one")
        last = max((float(entry.get("place") or 0) for entry in entries), default=0.0)
        shared = {
            "list": found["id"],
            "note": self._typed("ShortlistEntry", "note", note),
            "search": one_line(search),
            "filters": searched.as_text(narrowed),
        }
        claims = [
            self._made_claim(
                "ShortlistEntry",
                entry_id(found["id"], record),
                {**shared, "record": record, "place": last + number},
                who,
            )
            for number, record in enumerate(added, 1)
        ]
        self._remember(claims, who)
        return {"list": found["id"], "added": added, "already": [one for one in ids if one in there]}

    def note_on_shortlist(
        self, what: str, text: str, *, record: str | None = None, who: str | None = None
    ) -> None:
        """Says something of a list, or of one of its records; an empty text takes it away.

        Raises:
            NotFound, Ambiguous: there is no such list or entry, or several.
            InvalidValue: the text is too long, or holds a way to reach somebody.
        """
        found = self._list(what)
        if record is None:
            self._change("Shortlist", found["id"], {"note": self._typed("Shortlist", "note", text)}, who)
        else:
            entry = self._entry_of(found, record)
            note = self._typed("ShortlistEntry", "note", text)
            self._change("ShortlistEntry", entry["id"], {"note": note}, who)

    def rename_shortlist(self, what: str, name: str, *, who: str | None = None) -> None:
        """Gives a shortlist another name.

        Raises:
            NotFound, Ambiguous: there is no such list, or several.
            InvalidValue: the name is empty or another list has it.
        """
        found = self._list(what)
        self._change("Shortlist", found["id"], {"name": self._new_name(name, found["id"])}, who)

    def share_shortlist(self, what: str, visibility: Visibility, *, who: str | None = None) -> None:
        """Says who may see a shortlist.

        Raises:
            NotFound, Ambiguous: there is no such list, or several.
            NotAllowed: it would be for more restricted eyes than the viewer's own.
        """
        found = self._list(what)
        self._change("Shortlist", found["id"], {"visibility": self._level(visibility).word}, who)

    def move_in_shortlist(self, what: str, record: str, to: int, *, who: str | None = None) -> None:
        """Puts a record of a shortlist at a place, the first being 1; beyond the last it is the last.

        Raises:
            NotFound, Ambiguous: there is no such list or entry, or several.
            InvalidValue: there is no such place.
        """
        if to < 1:
            raise InvalidValue(f"{to} is no place in a list; accepted: 1, 2, 3 and so on")
        found = self._list(what)
        moved = self._entry_of(found, record)
        others = [entry for entry in self._entries(found["id"]) if entry["id"] != moved["id"]]
        at = min(to - 1, len(others))
        ordered = [*others[:at], moved, *others[at:]]
        # Places of entries that this viewer does not see stay between the same two neighbours.
        places = sorted(float(entry.get("place") or 0) for entry in ordered)
        claims = [
            revision("ShortlistEntry", entry["id"], {"place": place})
            for entry, place in zip(ordered, places, strict=True)
            if float(entry.get("place") or 0) != place
        ]
        self._remember(claims, who)

    def remove_from_shortlist(self, what: str, records: Sequence[str], *, who: str | None = None) -> None:
        """Takes records out of a shortlist; in the inventory they stay.

        Raises:
            NotFound, Ambiguous: there is no such list or entry, or several; then all stay.
        """
        found = self._list(what)
        entries = {self._entry_of(found, record)["id"] for record in records}
        self._remember([removal("ShortlistEntry", identifier) for identifier in sorted(entries)], who)

    def delete_shortlist(self, what: str, *, who: str | None = None) -> None:
        """Deletes a shortlist with its entries; the records stay in the inventory.

        Raises:
            NotFound, Ambiguous: there is no such list, or several.
        """
        found = self._list(what)
        # Also entries whose records this viewer may not see: nothing of a deleted list stays behind.
        every = self.store.remembered(STEWARD).entries.values()
        claims = [
            removal("ShortlistEntry", str(entry["id"])) for entry in every if entry["list"] == found["id"]
        ]
        self._remember([*claims, removal("Shortlist", found["id"])], who)

    def _entry_of(self, found: Mapping[str, Any], record: str) -> Mapping[str, Any]:
        """The entry of a record, by its id, also where that is gone, or its name."""
        entries = {str(entry["record"]): entry for entry in self._entries(found["id"])}
        if record not in entries:
            identifier = self.resolve(record)
            if identifier not in entries:
                raise NotFound(f"{shorten(record)!r} is not on the shortlist {shorten(found['name'])!r}")
            record = identifier
        return entries[record]

    def _new_name(self, name: str, but: str = "") -> str:
        cleaned = str(self._typed("Shortlist", "name", name))
        if len(cleaned) > LONGEST_NAME:
            raise InvalidValue(f"the name has {len(cleaned):,} characters; accepted: up to {LONGEST_NAME:,}")
        for other in self._remembered().shortlists.values():
            if other["id"] != but and fold(other["name"]) == fold(cleaned):
                raise InvalidValue(f"there is a shortlist called {shorten(other['name'])!r} already")
        return cleaned

    def _typed(self, label: str, name: str, text: str) -> Value | None:
        return clean(MEMORY.node(label), name, text, {}, self.viewer)

    def _level(self, wanted: Visibility | None) -> Visibility:
        level = self.viewer.level if wanted is None else wanted
        if not self.viewer.may_see(level):
            raise NotAllowed(f"only {level.word} may keep something for {level.word}")
        return level

    def _made_claim(
        self, label: str, identifier: str, values: Mapping[str, Value | None], who: str | None
    ) -> NodeClaim:
        made = {"owner": person(who or account()), "made": this_moment(), **values}
        kept = {name: value for name, value in made.items() if value not in (None, "")}
        return NodeClaim(label, identifier, kept, revision=_NEW)

    def _change(
        self, label: str, identifier: str, values: Mapping[str, Value | None], who: str | None
    ) -> None:
        self._remember([revision(label, identifier, values)], who)

    def _remember(self, claims: Sequence[NodeClaim], who: str | None) -> None:
        """Writes what was claimed, all or nothing; nothing where there is nothing."""
        if not claims:
            return
        by = person(who or account())

        def rows() -> Iterator[Row]:
            yield Row(source_of(by), "", 0, list(claims))

        def refuse(outcome: Outcome) -> None:
            if outcome.rejected:
                raise InvalidValue("somebody else changed this list meanwhile; look again")

        self.store.write(rows, who=by, before_commit=refuse, memory=True)
        self._remembered_stamp = None
