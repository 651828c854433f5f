"""Moments of the journal for a reader, and the times one may choose to look back to."""

from __future__ import annotations

from shell import say

SINCE = ("", "today", "7 days", "30 days", "365 days")
"""What `Desk.history` and `Desk.news` understand, the shortest first; empty is from the beginning."""


def spoken(since: str) -> str:
    """A time to look back to, in words."""
    words = {
        "": say("the beginning"),
        "today": say("today"),
        "7 days": say("the last 7 days"),
        "30 days": say("the last 30 days"),
        "365 days": say("the last year"),
    }
    return words.get(since, since)


def moment(when: str) -> str:
    """A moment of the journal: the day as the language writes it, the time in UTC."""
    return f"{say.date(when)}, {when[11:16]} UTC" if "T" in when else when
