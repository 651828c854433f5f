"""What was wrong with single rows, in the language of the screen.

The rooms that read and plan say it in English, for files and commands too. The sentences a contact list or a
table most often meets are known here by their shape and told in the reader's words; any other stays English.
"""

from __future__ import annotations

import re
from functools import cache

from cocommuns_graph.model.kinds import COUNTRY_ACCEPTED, DATE_ACCEPTED, LANGUAGE_ACCEPTED, URL_ACCEPTED
from cocommuns_graph.wording import ENGLISH, Wording

SHAPES = (
    "{value} is in no language of the glossary, so it becomes a new topic",
    "{value} is not in the inventory yet, so it becomes a new organisation",
    "{property} is empty, and every {type} needs one",
    "{property} is empty or cannot be used, and every {type} needs one",
    "the row names no {type}, so only the {other} it names was taken; left out: {cells}",
    "the row names no {type}, so only the {other} it names was taken",
    "no record has the id {value}; import it first or correct the id",
    "no record has the id {value}; the link to it was left out",
    "the row that would have created {value} was rejected; mend that row first",
    "{value} may be any of {others}; say which by its full name",
    "{value} appears with different values of {property}, so it may be two; "
    "add an id column that tells them apart",
    "the id {value} already belongs to a record of type {other}; give this {type} another id",
    "{value} was already given {property} {first} in this import; {second} is left out",
    "{value} is no relationship type; accepted: {accepted}",
    "an end of the link is empty or cannot be used",
    "an e-mail address or telephone number was put into contact",
    "e-mail addresses and telephone numbers of this column go to contact",
    "looks like an e-mail address or telephone number; the place for it is an expert's contact",
    "an e-mail address or telephone number was left out; the place for it is an expert's contact",
    "the row names nobody whose this is, so it was left out",
    "{property}: {value} is not accepted; accepted: {accepted}",
    "{property}: {value} names {number} countries, {names}, where one has its place; accepted: {accepted}",
)
"""The sentences, each value that they are filled with as a name in braces; the narrower of two goes first."""

ACCEPTED = (COUNTRY_ACCEPTED, LANGUAGE_ACCEPTED, DATE_ACCEPTED, URL_ACCEPTED)
"""What values are accepted, as the sentences say it."""

_OURS = ("property", "type", "other", "accepted")


def in_words(reason: str, say: Wording) -> str:
    """A reason of a problem in a language of screens; as it is where its shape is not known."""
    if say.language == ENGLISH:
        return reason
    for shape in SHAPES:
        if met := _pattern(shape).fullmatch(reason):
            return say(shape, **{name: _value(name, text, say) for name, text in met.groupdict().items()})
    return reason


def _value(name: str, text: str, say: Wording) -> str:
    """What a sentence is filled in with: words of ours are said in the language, those of a file never."""
    return say(text) if name in _OURS else text


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", shape)
    text = "".join(
        re.escape(part) if place % 2 == 0 else f"(?P<{part}>.+)" for place, part in enumerate(parts)
    )
    return re.compile(text, re.DOTALL)
