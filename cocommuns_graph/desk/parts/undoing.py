"""Units of writing: listed, taken back, brought back, and finished where they were interrupted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocommuns_graph.changes import UNDO, ends_of, short
from cocommuns_graph.desk import telling
from cocommuns_graph.desk.account import account
from cocommuns_graph.desk.edited import told_in_words
from cocommuns_graph.desk.entering import person
from cocommuns_graph.desk.jobs import Progress
from cocommuns_graph.desk.parts.files_in import FilesIn
from cocommuns_graph.desk.parts.past import Journal
from cocommuns_graph.desk.worded import link_sentence, property_word, value_words
from cocommuns_graph.model import MODEL, Graph, Value, Visibility
from cocommuns_graph.model.errors import InvalidValue, NotAllowed, NotFound
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.wording import Wording

if TYPE_CHECKING:
    from cocommuns_graph.changes import Kept, Told, Undone, Units
    from cocommuns_graph.desk.parts.files_in import Imported

_COUNTED = ("created", "updated", "removed")


class Undoings(FilesIn, Journal):
    """Taking units back is for stewards: a unit may hold what nobody else sees."""

    def units(self, *, limit: int | None = None, skip: int = 0) -> list[dict[str, Any]]:
        """The units of writing, newest first, to find one to take back: what wrote what the viewer sees.

        Returns:
            [{"unit", "short" (enough to name it), "when", "who", "action", "files", "undoes", "undone_by",
            "complete" ("yes", "no", or "undone" where it was taken back before it was complete), "nodes",
            "relationships" (counts, None where they are not known), "text"}].
        """
        found = self._made(("all units",), lambda graph: self.store.units())
        stop = None if limit is None else skip + limit
        units = list(found.by_id.values())[::-1]
        if self._sees_all:
            return [_unit(unit, found, self.say) for unit in units[skip:stop]]
        seen = self._counts_seen()
        told = [_unit(unit, found, self.say) for unit in units if str(unit["id"]) in seen]
        return [{**unit, "nodes": None, "relationships": None} for unit in told[skip:stop]]

    def undo(self, what: str, *, who: str | None = None, preview: bool = False) -> dict[str, Any]:
        """Takes a unit of writing back, or says what that would do; undoing an undo brings back what it took.

        `what` is the unit's id, its short id, or `last`: the newest that is not undone and is no undo.

        Returns:
            {"unit" (the undo itself, None in a preview), "short", "undoes", "nodes", "relationships" (counts,
            `created` is what is there again), "changes" (the first ones, in the shape of `history`), "kept":
            [{"id", "type", "link", "name", "property", "value", "instead", "reason", "unit", "text"}]}.

        Raises:
            NotFound, InvalidValue: there is no such unit, or it is undone already; nothing was written.
            NotAllowed: this viewer may not undo.
        """
        if not self._sees_all:
            raise NotAllowed("only stewards may undo, since only they see all of it; ask one of them")
        name = person(who) if who is not None else account()
        graph = self.graph()
        undone = self.store.undo(what, who=name, preview=preview)
        self._look_again()
        return {
            "unit": undone.unit,
            "short": short(undone.unit) if undone.unit else None,
            "undoes": undone.undoes,
            "nodes": undone.nodes.as_dict(),
            "relationships": undone.relationships.as_dict(),
            "changes": told_in_words(
                list(self._seen(undone.changes, graph)), undone.unit or "", name, graph, self.say
            ),
            "kept": [
                self._kept(kept, undone) for kept in undone.kept if self._may_see(kept.type, kept.property)
            ],
        }

    def _seen(self, changes: Sequence[Told], graph: Graph) -> Iterator[Told]:
        """What this viewer may see of changes: of records and properties that are not for fewer."""
        known = set(graph.nodes)
        for told in changes:
            values = {**told.before, **told.after}
            if isinstance(told.element, str) and told.action in ("remove", "restore"):
                word = values.get("visibility") or MODEL.node(told.type).default_visibility.word
                if self.viewer.may_see(Visibility.parse(str(word))):
                    known.add(told.element)
            if all(end in known for end in ends_of(told.element)):
                before, after = (self._told_values(told.type, side) for side in (told.before, told.after))
                if before or after:
                    yield replace(told, before=before, after=after)

    def _told_values(self, type_: str, values: Mapping[str, Value | None]) -> dict[str, Value | None]:
        return {name: value for name, value in values.items() if self._may_see(type_, name)}

    def _may_see(self, type_: str, name: str) -> bool:
        declared = MODEL.relationship_visibility_of if type_ in MODEL.types else MODEL.visibility_of
        return not name or self.viewer.may_see(declared(type_, name))

    def _kept(self, kept: Kept, undone: Undone) -> dict[str, Any]:
        is_link = not isinstance(kept.element, str)
        link = dict(zip(("start", "type", "end", "key"), kept.element, strict=True)) if is_link else None
        return {
            "id": kept.element[0] if is_link else kept.element,
            "type": kept.type,
            "link": link,
            "name": kept.names[0],
            "property": kept.property or None,
            "value": kept.value,
            "instead": kept.instead,
            "reason": kept.reason,
            "unit": kept.unit or None,
            "text": _kept_words(kept, self.say),
        }

    def resume(
        self, what: str | None = None, *, progress: Progress | None = None
    ) -> Imported | dict[str, Any]:
        """Finishes an import or an undo that was interrupted: the only one, or the one named.

        An import is read again with the options it was asked for, from the files where they lay; the graph is
        then as if it had never been interrupted. An import gives `Imported`, an undo what `undo` gives.

        Raises:
            NotFound: nothing is incomplete, or not this.
            InvalidValue: several are and none is named, or the import came through the app.
            UnreadableFile: the files are not there any more.
        """
        from cocommuns_graph.store.whole import RESTORE

        begun = self._begun(what)
        if begun["action"] == UNDO:
            return self.undo(str(begun["undoes"]), who=str(begun["who"] or "") or None)
        if begun["action"] == RESTORE:
            raise InvalidValue(f"a restore was interrupted: restore {', '.join(begun['paths'])} again")
        if not begun["options"]:
            raise InvalidValue(
                f"{begun['id']} was not read from files of this machine; import {', '.join(begun['paths'])} "
                f"again where it was begun, or take it back: undo {short(str(begun['id']))}"
            )
        asked = json.loads(str(begun["options"]))
        return self.import_files(
            [Path(path) for path in asked.pop("paths")],
            who=str(begun["who"] or "") or None,
            called=begun["paths"],
            options=str(begun["options"]),
            progress=progress,
            **asked,
        )

    def _begun(self, what: str | None) -> Mapping[str, Any]:
        incomplete = self.store.incomplete()
        if not incomplete:
            raise NotFound("nothing is incomplete, so there is nothing to resume")
        if what is not None and what != "last":
            unit = self.store.units().find(what)
            found = [begun for begun in incomplete if begun["id"] == unit]
            if not found:
                raise NotFound(f"{shorten(unit)} is complete, so there is nothing to resume")
            return found[0]
        if len(incomplete) > 1 and what is None:
            listed = ", ".join(short(str(begun["id"])) for begun in incomplete)
            raise InvalidValue(f"several units are incomplete: {listed}; name the one to resume")
        return incomplete[-1]


def undone_words(done: Mapping[str, Any], say: Wording) -> Iterator[str]:
    """What `undo` gave, as lines."""
    if done["unit"] is None:
        yield say("a preview: nothing was written")
    yield from counted_words(done, say)
    yield from (change["text"] for change in done["changes"])
    told = sum(done[kind][name] for kind in ("nodes", "relationships") for name in _COUNTED)
    if told > len(done["changes"]) > 0:
        yield say("and {n} more", n=told - len(done["changes"]))
    yield from (kept["text"] for kept in done["kept"])
    if done["unit"] is not None:
        yield say("to take this back: cocommuns undo {short}", short=done["short"])


def counted_words(done: Mapping[str, Any], say: Wording) -> Iterator[str]:
    """How many records and links come back, change and go by an undo, as lines."""
    nodes, links = done["nodes"], done["relationships"]
    told = [
        say.count("{n} record comes back", "{n} records come back", nodes["created"]),
        say.count("{n} record changes", "{n} records change", nodes["updated"]),
        say.count("{n} record goes", "{n} records go", nodes["removed"]),
        say.count("{n} link comes back", "{n} links come back", links["created"]),
        say.count("{n} link changes", "{n} links change", links["updated"]),
        say.count("{n} link goes", "{n} links go", links["removed"]),
    ]
    numbers = [counts[name] for counts in (nodes, links) for name in _COUNTED]
    if not any(numbers):
        yield say("nothing changes: the inventory is as it would be without it")
    yield from (text for text, number in zip(told, numbers, strict=True) if number)


def _unit(unit: Mapping[str, Any], units: Units, say: Wording) -> dict[str, Any]:
    identifier = str(unit["id"])
    counts = json.loads(str(unit.get("counts") or "{}"))
    return {
        "unit": identifier,
        "short": short(identifier),
        "when": str(unit.get("started") or ""),
        "who": str(unit.get("who") or ""),
        "action": str(unit.get("action") or "import"),
        "files": [str(path) for path in unit.get("paths") or ()],
        "undoes": unit.get("undoes"),
        "undone_by": units.undone_by(identifier),
        "complete": str(unit.get("complete") or "no"),
        "nodes": counts.get("nodes"),
        "relationships": counts.get("relationships"),
        "text": telling.unit_sentence(unit, say),
    }


def _kept_words(kept: Kept, say: Wording) -> str:
    if isinstance(kept.element, str):
        what = kept.names[0]
    else:
        what = link_sentence(kept.names, kept.type, {}, say, details=False)
    unit = short(kept.unit) if kept.unit else say("another unit")
    if kept.property:
        name = property_word(kept.type, kept.property, say)
        value = value_words(kept.type, kept.property, kept.value, say) or say("nothing")
        instead = value_words(kept.type, kept.property, kept.instead, say) or say("nothing")
        return say(
            "Stays: {what}, {property} {value}, since {unit} says so; it would have become {instead}",
            what=what, property=name, value=value, unit=unit, instead=instead,
        )  # fmt: skip
    if kept.reason == "linked later":
        return say("Stays: {what}, since {unit} linked it later", what=what, unit=unit)
    if kept.reason == "said again":
        return say("Stays: {what}, since {unit} read the same file again later", what=what, unit=unit)
    if kept.reason == "removed later":
        return say("Stays away: {what}, since {unit} removed it later", what=what, unit=unit)
    if kept.reason == "end is gone":
        return say(
            "Does not come back: {what}, since {unit} removed one of its records", what=what, unit=unit
        )
    return say("Stays: {what}, since {unit} said more of it later", what=what, unit=unit)
