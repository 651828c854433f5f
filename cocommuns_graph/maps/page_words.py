"""What the exported page says, in the language of the picture on it."""

from __future__ import annotations

from collections.abc import Mapping

from cocommuns_graph.wording import Wording


def page_texts(say: Wording) -> dict[str, str]:
    """The texts that stand in the page from the beginning, by the names of its template."""
    return {
        "skip": say("Skip to search"),
        "find": say("Find and filter"),
        "search": say("Search by name, topic or word"),
        "filters": say("Legend and filters"),
        "clear": say("Clear filters"),
        "told": say("Laid over the map"),
        "records": say("Records"),
        "map": say("Map"),
        "keys": say(
            "Arrow keys go from record to record, Enter opens the profile, plus and minus zoom, 0 shows "
            "everything, Escape clears the selection. The list beside the map holds the same records."
        ),
        "zoom_in": say("Zoom in"),
        "zoom_out": say("Zoom out"),
        "show_all": say("Show all"),
        "profile": say("Profile"),
        "hint": say(
            "Choose a record on the map or in the list: who it is, what it is linked to and which source "
            "says so appear here."
        ),
        "hint_keys": say(
            "By keyboard: Tab moves on, arrow keys walk through the list and the map, Enter opens, Esc goes "
            "back."
        ),
        "noscript": say(
            "The map and its list need JavaScript, which is part of this file; nothing is loaded from "
            "anywhere."
        ),
    }


def script_texts(say: Wording) -> dict[str, str | list[str]]:
    """The texts its script puts together; a pair is the one for one and that for several."""
    return {
        "language": say.language,
        "map": say("Map of the network"),
        "count": _pair(say, "{count} record.", "{count} records.", count="{count}"),
        "first-listed": say("The first {most} are listed; type to narrow.", most="{most}"),
        "nothing-matches": say("Nothing matches. Clear the search or the filters."),
        "selected": _pair(
            say,
            "Selected: {name}, {type}, linked to {count} record.",
            "Selected: {name}, {type}, linked to {count} records.",
            name="{name}",
            type="{type}",
            count="{count}",
        ),
        "cleared": say("Selection cleared."),
        "close": say("Close"),
        "sources": say("Sources"),
        "no-source": say("No source is recorded."),
        "linked": say("Linked records"),
        "nothing-linked": say("Nothing is linked to this record yet."),
        "source": say("Source: {sources}", sources="{sources}"),
    }


def _pair(say: Wording, one: str, many: str, **fields: str) -> list[str]:
    """Both forms; the fields stand for themselves, since the browser fills them in."""
    return [say.count(one, many, number, **fields) for number in (1, 1000)]


def facet_words(say: Wording) -> dict[str, str]:
    """What each kind of filter is called."""
    return {
        "type": say("Type"),
        "sector": say("Sector"),
        "topic": say("Has to do with the topic"),
        "country": say("Country"),
        "language": say("Language"),
    }


def meta_words(meta: Mapping[str, str], say: Wording) -> dict[str, str]:
    """The lines about an export with their names in the language; a name it does not know stays."""
    names = {
        "network": say("network"),
        "direction": say("direction"),
        "filters": say("filters"),
        "version": say("version"),
        "imports": say("imports"),
        "date": say("date"),
        "viewer": say("viewer"),
        "layout seed": say("layout seed"),
    }
    values = {
        "none": say("none"),
        "inventory": say("inventory"),
        "as stored": say("as stored"),
        "public": say("public"),
        "members": say("members"),
        "coordinators": say("coordinators"),
        "stewards": say("stewards"),
    }
    return {names.get(name, name): values.get(value, value) for name, value in meta.items()}
