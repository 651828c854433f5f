"""Events in words: as entries of a history, and what is new since a date, grouped by unit of writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cocommuns_graph.changes import short
from cocommuns_graph.desk.events import Event
from cocommuns_graph.desk.worded import link_sentence, property_word, value_words
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.claims import by_whom
from cocommuns_graph.wording import Wording

_MOST_UNITS = 50
_MOST_ITEMS = 20
_LONGEST = 160
_KINDS = ("records", "links", "changed", "confirmed", "removed")
Entry = dict[str, Any]


def entry(event: Event, say: Wording, about: str | None = None) -> Entry:
    """An event in the shape of the contract's `history`, with more for readers.

    Returns:
        {"unit", "when", "who", "id", "action", "changes": [{"property", "word", "before", "after",
        "before_words", "after_words"}], "name", "type", "word", "text", "link", "source", "source_words"}. Of
        a link, `id` is the record it is told under (`about`, else its start) and `link` is {"type", "start",
        "end", "key", "names"}; of a record `link` is None. `text` is what happened as a sentence.
    """
    changes = list(_changes(event, say))
    if isinstance(event.key, str):
        identifier, link = event.key, None
        word = say.words(MODEL.node(event.type).singular)
    else:
        start, type_, end, key = event.key
        identifier = about if about in (start, end) and about is not None else start
        link = {"type": type_, "start": start, "end": end, "key": key, "names": list(event.names)}
        word = say("link")
    return {
        "unit": event.unit,
        "when": event.when,
        "who": event.who,
        "id": identifier,
        "action": event.action,
        "changes": changes,
        "name": event.names[0],
        "type": event.type,
        "word": word,
        "text": sentence(event, say),
        "link": link,
        "source": event.source,
        "source_words": source_words(event.source, say),
    }


def _changes(event: Event, say: Wording) -> Iterator[dict[str, Any]]:
    for name in dict.fromkeys([*event.before, *event.after]):
        before, after = event.before.get(name), event.after.get(name)
        yield {
            "property": name,
            "word": property_word(event.type, name, say),
            "before": before,
            "after": after,
            "before_words": value_words(event.type, name, before, say),
            "after_words": value_words(event.type, name, after, say),
        }


def sentence(event: Event, say: Wording) -> str:
    """What happened: who or what, and for a change what became what."""
    if event.is_link:
        changed = event.action in ("update", "confirm")
        what = link_sentence(event.names, event.type, event.values, say, details=not changed)
        if event.action == "remove":
            return say("No longer: {what}", what=what)
        if event.action == "restore":
            return say("Again: {what}", what=what)
        return f"{what}: {_differences(event, say)}" if changed else what
    name = event.names[0]
    if event.action == "create":
        return say("{name} was added", name=name)
    if event.action == "remove":
        return say("{name} was removed", name=name)
    if event.action == "restore":
        return say("{name} is there again", name=name)
    if event.action == "confirm":
        return say("{name} was confirmed as right", name=name)
    return f"{name}: {_differences(event, say)}"


def _differences(event: Event, say: Wording) -> str:
    nothing = say("nothing")
    return "; ".join(
        f"{one['word']}: {_short(one['before_words']) or nothing} → {_short(one['after_words']) or nothing}"
        for one in _changes(event, say)
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def source_words(source: str, say: Wording) -> str:
    """A provenance text for a reader: a file and row as they are, a person in the screen's language."""
    who = by_whom(source)
    return say("entered by {who}", who=who) if who else source


def unit_sentence(unit: Mapping[str, Any], say: Wording) -> str:
    """One unit of writing in words: which files, or who by hand."""
    who = str(unit.get("who") or "") or say("somebody")
    files = [str(path).rstrip("/").rpartition("/")[2] or str(path) for path in unit.get("paths") or ()]
    if unit.get("undoes"):
        return say("{who} undid {unit}", who=who, unit=short(str(unit["undoes"])))
    if files:
        return say("{who} imported {files}", who=who, files=say.together(files, most=3))
    return say("{who} added or corrected by hand", who=who)


def news(
    events: Iterable[Event], units: Mapping[str, Mapping[str, Any]], since: str, say: Wording
) -> dict[str, Any]:
    """What is new, newest first: each import by itself, and what a person did by hand in a day together.

    Returns:
        {"since", "why", "totals": {"records", "links", "changed", "confirmed", "removed"}, "units": [{"unit"
        (the newest of "units"), "units": [], "when", "who", "files": [], "text", "groups": [{"kind", "label",
        "title", "total", "items": [{"id", "text"}]}]}], "more" (how many of these are left out)}. A group
        lists its first items only, `total` counts all.
    """
    found: dict[tuple[str, ...], _Together] = {}
    totals = dict.fromkeys(_KINDS, 0)
    for event in events:
        unit = units.get(event.unit, {})
        by_hand = unit.get("action", "import") != "import"
        together = (event.who, event.when[:10]) if by_hand else (event.unit,)
        totals[_counted_as(event)] += 1
        found.setdefault(together, _Together(event, unit)).add(event)
    return {
        "since": since,
        "why": "" if found else say("Nothing changed since then."),
        "totals": totals,
        "units": [one.as_dict(say) for one in list(found.values())[:_MOST_UNITS]],
        "more": max(0, len(found) - _MOST_UNITS),
    }


def _counted_as(event: Event) -> str:
    if event.action == "create":
        return "links" if event.is_link else "records"
    return {"remove": "removed", "confirm": "confirmed"}.get(event.action, "changed")


class _Together:
    """Events that are told together, by kind; of each kind the first are kept, all are counted."""

    def __init__(self, newest: Event, unit: Mapping[str, Any]) -> None:
        self._newest = newest
        self._unit = unit
        self._units: dict[str, None] = {}
        self._kept: dict[tuple[str, str], list[Event]] = {}
        self._counted: dict[tuple[str, str], int] = {}

    def add(self, event: Event) -> None:
        """Takes one more event."""
        self._units.setdefault(event.unit)
        kind = _counted_as(event)
        group = (kind, event.type if kind == "records" else "")
        self._counted[group] = self._counted.get(group, 0) + 1
        kept = self._kept.setdefault(group, [])
        if len(kept) < _MOST_ITEMS:
            kept.append(event)

    def as_dict(self, say: Wording) -> dict[str, Any]:
        """What is told of them."""
        return {
            "unit": self._newest.unit,
            "units": list(self._units),
            "when": self._newest.when,
            "who": self._newest.who,
            "files": [str(path) for path in self._unit.get("paths") or ()],
            "text": unit_sentence({**self._unit, "who": self._newest.who}, say),
            "groups": self._groups(say),
        }

    def _groups(self, say: Wording) -> list[dict[str, Any]]:
        """New records first, by label; then links, changes and the rest."""
        order = {label: place for place, label in enumerate(MODEL.labels)}
        ranked = sorted(
            self._kept, key=lambda group: (_KINDS.index(group[0]), order.get(group[1], len(order)))
        )
        return [
            {
                "kind": kind,
                "label": label,
                "title": _title(kind, label, self._counted[kind, label], say),
                "total": self._counted[kind, label],
                "items": [
                    {
                        "id": event.key if isinstance(event.key, str) else event.key[0],
                        "text": event.names[0] if kind == "records" else sentence(event, say),
                    }
                    for event in self._kept[kind, label]
                ],
            }
            for kind, label in ranked
        ]


def _title(kind: str, label: str, total: int, say: Wording) -> str:
    if kind == "records":
        declared = MODEL.node(label)
        words = say.words(declared.singular if total == 1 else declared.plural)
        return say("{n} new {records}", n=total, records=words)
    if kind == "links":
        return say.count("{n} new link", "{n} new links", total)
    if kind == "changed":
        return say.count("{n} change", "{n} changes", total)
    if kind == "confirmed":
        return say.count("{n} record confirmed as right", "{n} records confirmed as right", total)
    return say.count("{n} removed", "{n} removed", total)
