"""The screen texts of the live map, in English. Other languages are given to `component` as `words`."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str | tuple[str, str]]

WORDS: Words = {
    "language": "en",
    "map": "Map",
    "keys": (
        "Arrow keys go from record to record, Enter selects, plus and minus zoom, 0 shows everything, "
        "E shows more around a record, W asks why it is linked to the selected one, Escape clears."
    ),
    "zoom-in": "Zoom in",
    "zoom-out": "Zoom out",
    "show-all": "Show all",
    "all": "All",
    "full-screen": "Full screen",
    "leave-full-screen": "Leave full screen",
    "save-png": "Save as PNG",
    "save-svg": "Save as SVG",
    "saved": "Saved as {file}.",
    "search": "Search the map",
    "search-hint": "Name or topic, in any language",
    "suggestions": "Suggestions",
    "found": ("{count} match", "{count} matches"),
    "nothing-found": "Nothing on the map is called so.",
    "records": "Records on the map",
    "count": ("{count} record", "{count} records"),
    "of-all": ("{count} of {all} record", "{count} of {all} records"),
    "selected": "Selected",
    "linked-to": "Linked to {name}",
    "highlighted": "Found",
    "others": "All others",
    "term": "{term} ({language}) → {name}",
    "term-alone": "{term} → {name}",
    "told": ("{name}, {type}, linked to {count} record", "{name}, {type}, linked to {count} records"),
    "neighbours": "{told}: {names}.",
    "and-more": ("{names} and {count} more", "{names} and {count} more"),
    "told-alone": "{name}, {type}, linked to nothing here.",
    "cleared": "Selection cleared.",
    "pair": "Asked why {a} and {b} are linked.",
    "expand": "Asked for more around {name}.",
    "pair-needs-two": "Select a record first, then ask about a second one.",
    "legend": "Legend",
    "chain": "Chain",
    "missing": "Missing link",
    "bridge": "Bridge",
    "empty": "Nothing to show. Widen the filters.",
}
"""Texts by key. What stands in braces is filled in; a pair is the text for one and for several."""


def filled(words: Words | None) -> dict[str, str | list[str]]:
    """The texts for the browser: those given, English where one is missing.

    Raises:
        ValueError: a key that no text of the map has, most likely a slip of the pen in a translation.
    """
    given = dict(words or {})
    if unknown := sorted(given.keys() - WORDS.keys()):
        raise ValueError(f"the map has no text called {unknown[0]!r}; its texts are {', '.join(WORDS)}")
    both = {**WORDS, **given}
    return {key: text if isinstance(text, str) else list(text) for key, text in both.items()}
