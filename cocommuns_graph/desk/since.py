"""From what a person says of a time to the instant from which on something is new."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import DATE, shorten

ACCEPTED = (
    "a date (2026, 2026-11, 2026-11-24), a moment (2026-11-24T09:30:00Z), today, yesterday, last week, "
    "last month, last year, or a number of days, weeks or months such as '7 days'"
)
_WORDS = {"today": 0, "yesterday": 1, "last week": 7, "last month": 30, "last year": 365}
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
_AGO = re.compile(r"(\d{1,4}) ?(day|week|month|year)s?(?: ago)?", re.ASCII)


def instant(text: str, now: datetime | None = None) -> str:
    """The beginning of the day meant, or the moment, as a text to compare with those of the journal (UTC).

    Raises:
        InvalidValue: it says no time; the text says what is accepted.
    """
    today = now or datetime.now(UTC)
    wanted = " ".join(text.split()).casefold()
    match = _AGO.fullmatch(wanted)
    days = _WORDS.get(wanted, int(match[1]) * _UNITS[match[2]] if match else None)
    if days is not None:
        return (today - timedelta(days=days)).strftime("%Y-%m-%d")
    try:
        if "t" in wanted:
            found = datetime.fromisoformat(wanted.upper())
            return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        date = DATE.clean(text)
    except (ValueError, OverflowError, InvalidValue):
        date = None
    if date is None:
        raise InvalidValue(f"{shorten(text)!r} is no time; accepted: {ACCEPTED}")
    return str(date)
