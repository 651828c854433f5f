"""A search that is kept: its text, how it was narrowed, and both in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cocommuns_graph.formats.sections import nearest
from cocommuns_graph.model import MODEL, codes
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.wording import Wording

_LISTS = ("kinds", "meant")
_TEXTS = ("sector", "country", "place", "language")
LONGEST = 2000
Filters = Mapping[str, Any]


def checked(filters: Filters | None) -> dict[str, Any]:
    """How a search is narrowed, as `Desk.find` takes it, without what is empty.

    Raises:
        InvalidValue: there is no such filter.
    """
    kept: dict[str, Any] = {}
    for name, value in (filters or {}).items():
        if name not in (*_LISTS, *_TEXTS):
            raise InvalidValue(f"{shorten(name)!r} is no filter; {nearest(name, (*_LISTS, *_TEXTS))}")
        if value:
            kept[name] = [str(one) for one in value] if name in _LISTS else str(value)
    return kept


def as_text(filters: Filters) -> str:
    """Filters as the one text that is stored; empty where there are none."""
    return json.dumps(dict(filters), ensure_ascii=False, sort_keys=True) if filters else ""


def from_text(stored: object) -> dict[str, Any]:
    """Filters as they were stored; none where the text is not one of ours."""
    try:
        found = json.loads(str(stored or "{}"))
        return checked(found) if isinstance(found, dict) else {}
    except (ValueError, InvalidValue):
        return {}


def in_words(filters: Filters, say: Wording) -> str:
    """How a search was narrowed, for a reader: "experts, Belgium, French"; empty where it was not."""
    labels = (label for label in MODEL.labels if label.lower() in filters.get("kinds", ()))
    words = [say.words(MODEL.node(label).plural) for label in labels]
    if filters.get("sector"):
        words.append(say.choice(filters["sector"]))
    if filters.get("country"):
        code = codes.country(filters["country"]) or ""
        words.append(say.country(code) if code else filters["country"])
    if filters.get("place"):
        words.append(filters["place"])
    if filters.get("language"):
        code = codes.language(filters["language"]) or ""
        words.append(say.language_name(code) if code else filters["language"])
    return ", ".join(words)
