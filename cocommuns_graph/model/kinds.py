"""The kinds of value a property may have; each cleans itself in one place and says what it accepts."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from cocommuns_graph.model import codes
from cocommuns_graph.model.errors import InvalidModel, InvalidValue
from cocommuns_graph.model.records import Scalar, Value

_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85]")
_TIME = r"[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:Z|UTC|[+-]\d{2}:?\d{2})?"
_DATE = re.compile(rf"(\d{{4}})(?:-(\d{{1,2}})(?:-(\d{{1,2}})(?:{_TIME})?)?)?", re.ASCII)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#].*)?")
_ORCID = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_ITEM = re.compile(r"(?:\\[\\|]|[^|])+")
_ESCAPED = re.compile(r"\\([\\|])")
# An @ before the host hides where an address leads, a backslash is a slash to browsers alone.
_NOT_IN_HOST = frozenset("@\\<>\"'`^{|}%")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MOST_DIGITS = 100
_LARGEST_WHOLE = 2**63 - 1
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: its name, what it accepts in words, how one value is cleaned, one or several.

    `clean_one` takes a cell's text or a value of that type and returns what is stored, or raises
    InvalidValue. `separators` are the characters a list in one cell is split at when it holds no `|`; `cut`
    splits it where characters do not say enough.
    """

    name: str
    accepted: str
    clean_one: Callable[[Any], Scalar]
    many: bool = False
    choices: tuple[str, ...] = ()
    separators: str = ";\n"
    input: str = "text"
    cut: Callable[[str], list[str]] | None = None

    def clean(self, value: Any) -> Value | None:
        """The value as it is stored; None where there is nothing in it.

        Raises:
            InvalidValue: the value does not fit; the text says what is accepted.
        """
        if value is None:
            return None
        if not self.many:
            if isinstance(value, str) and not value.strip():
                return None
            if isinstance(value, (list, tuple)):
                raise _refuse(value, f"one value, {self.accepted}")
            cleaned = self.clean_one(value)
            return None if cleaned == "" else cleaned
        if isinstance(value, str):
            items: Sequence[Any] = self.split(value)
        else:
            items = value if isinstance(value, (list, tuple)) else [value]
        kept: dict[Scalar, None] = {}
        for item in items:
            if isinstance(item, str) and not item.strip():
                continue
            cleaned = self.clean_one(item)
            if cleaned != "":
                kept.setdefault(cleaned)
        return list(kept) or None  # type: ignore[return-value]

    def split(self, cell: str, separators: str | None = None) -> list[str]:
        r"""The items of a list in one cell: at `|` if there is one (`\|` escapes), else at `separators`."""
        if self.cut is not None and separators is None and "|" not in cell:
            return self.cut(cell)
        return split_cell(cell, self.separators if separators is None else separators)


def split_cell(cell: str, separators: str = ";\n") -> list[str]:
    r"""The items of a list in one cell: at `|` if there is one (`\|` escapes), else at `separators`."""
    if "|" in cell and "\\" not in cell:
        items = cell.split("|")
    elif "|" in cell:
        items = [_ESCAPED.sub(r"\1", item) for item in _ITEM.findall(cell)]
    elif separators:
        items = re.split(f"[{re.escape(separators)}]", cell)
    else:
        items = [cell]
    return [item.strip() for item in items if item.strip()]


def join_cell(items: Sequence[object]) -> str:
    """A list as one cell that `split_cell` reads back to the same items, whatever characters they hold."""
    texts = [str(item) for item in items]
    joined = "|".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)
    alone = len(texts) == 1 and (joined != texts[0] or any(mark in joined for mark in ";,\n"))
    return joined + "|" if alone else joined


def shorten(value: object, limit: int = _SHOWN) -> str:
    """A value short enough for a sentence."""
    text = _SPACES.sub(" ", str(value)).strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _refuse(value: object, accepted: str) -> InvalidValue:
    return InvalidValue(f"{shorten(value)!r} is not accepted; accepted: {accepted}")


def _printable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _NO_TEXT.sub("", text))


def _line(value: Any) -> Scalar:
    # Spaces twice: a line break parts words and must not vanish, and what vanishes may leave two spaces.
    return _SPACES.sub(" ", _printable(_SPACES.sub(" ", str(value)))).strip()


def _prose(value: Any) -> Scalar:
    return _printable(_BREAKS.sub("\n", str(value))).strip()


def _date(value: Any) -> Scalar:
    text = str(value).strip()
    match = _DATE.fullmatch(text)
    if not match:
        raise _refuse(value, DATE_ACCEPTED)
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise _refuse(value, DATE_ACCEPTED) from None
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def _instant(value: Any) -> Scalar:
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise _refuse(value, INSTANT_ACCEPTED) from None
    if found.tzinfo is None:
        raise _refuse(value, INSTANT_ACCEPTED)
    try:
        return found.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except OverflowError:
        raise _refuse(value, INSTANT_ACCEPTED) from None


def _url(value: Any) -> Scalar:
    text = str(value).strip()
    if any(character.isspace() or unicodedata.category(character)[0] == "C" for character in text):
        raise _refuse(value, URL_ACCEPTED)
    if not _SCHEME.match(text) and _HOST.fullmatch(text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        raise _refuse(value, URL_ACCEPTED) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or set(parts.netloc) & _NOT_IN_HOST:
        raise _refuse(value, URL_ACCEPTED)
    return text


def _orcid(value: Any) -> Scalar:
    match = _ORCID.fullmatch(str(value).strip())
    if not match:
        raise _refuse(value, ORCID_ACCEPTED)
    digits = "".join(match.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        raise _refuse(value, ORCID_ACCEPTED)
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def number(low: float = -math.inf, high: float = math.inf, *, whole: bool = False) -> Kind:
    """A number between `low` and `high`, whole if asked; a decimal comma is understood."""
    bounds = f" from {low:g} to {high:g}" if max(abs(low), abs(high)) < _LARGEST_WHOLE else ""
    if not bounds and abs(low) < _LARGEST_WHOLE:
        bounds = f" of at least {low:g}"
    accepted = f"a {'whole ' if whole else ''}number{bounds}"

    def clean(value: Any) -> Scalar:
        text = str(value).strip()
        if len(text) > _MOST_DIGITS or not _NUMBER.fullmatch(text):
            raise _refuse(value, accepted)
        text = text.replace(",", ".")
        found = int(text) if whole and text.lstrip("+-").isdigit() else float(text)
        if not math.isfinite(found) or not low <= found <= high:
            raise _refuse(value, accepted)
        if whole and (found != int(found) or abs(found) > _LARGEST_WHOLE):
            raise _refuse(value, accepted)
        return int(found) if whole else found

    return Kind("whole number" if whole else "number", accepted, clean, input="number")


def one_of(*choices: str) -> Kind:
    """One of a few words, in any case."""
    if len(set(choices)) != len(choices) or not choices:
        raise InvalidModel(f"one_of{choices} names a word twice or none; list each accepted word once")
    accepted = ", ".join(choices)
    known = {choice.casefold(): choice for choice in choices}

    def clean(value: Any) -> Scalar:
        found = known.get(str(value).strip().casefold().replace("_", "-").replace(" ", "-"))
        if found is None:
            found = known.get(str(value).strip().casefold())
        if found is None:
            raise _refuse(value, accepted)
        return found

    return Kind("word", accepted, clean, choices=choices, input="choice")


def several(kind: Kind, separators: str = ";\n", cut: Callable[[str], list[str]] | None = None) -> Kind:
    """A list of values of one kind, split at `separators` or by `cut`."""
    return Kind(
        f"list of {kind.name}",
        f"several, each {kind.accepted}",
        kind.clean_one,
        many=True,
        choices=kind.choices,
        separators=separators,
        input=kind.input,
        cut=cut,
    )


def _country(value: Any) -> Scalar:
    found = codes.countries(str(value))
    if len(found) > 1:
        named = f"{shorten(value)!r} names {len(found)} countries, {' and '.join(found[:3])}"
        raise InvalidValue(f"{named}, where one has its place; accepted: {COUNTRY_ACCEPTED}")
    if not found:
        raise _refuse(value, COUNTRY_ACCEPTED)
    return found[0]


def _language(value: Any) -> Scalar:
    found = codes.language(str(value))
    if found is None:
        raise _refuse(value, LANGUAGE_ACCEPTED)
    return found


COUNTRY_ACCEPTED = "a two-letter ISO 3166 code (BE, FR, IT) or a country's name"
DATE_ACCEPTED = "a year, a month or a day: 2016, 2016-12, 2016-12-05"
URL_ACCEPTED = "a web address that begins with http:// or https://"
ORCID_ACCEPTED = "an ORCID iD such as 0000-0002-1825-0097 with its right check digit"
INSTANT_ACCEPTED = "a moment with its offset from UTC: 2016-12-05T09:30:00Z"
LANGUAGE_ACCEPTED = "an ISO 639 code (fr, en, nld) or a language's name"

LINE = Kind("text", "a text", _line)
PROSE = Kind("long text", "a text", _prose, input="area")
DATE = Kind("date", DATE_ACCEPTED, _date, input="date")
URL = Kind("web address", URL_ACCEPTED, _url, input="url")
ORCID = Kind("ORCID", ORCID_ACCEPTED, _orcid)
COUNTRY = Kind("country", COUNTRY_ACCEPTED, _country, input="country")
LANGUAGES = several(
    Kind("language", LANGUAGE_ACCEPTED, _language, input="language"), ";,/\n", codes.split_languages
)
LINES = several(LINE)
CONTACTS = several(LINE, separators=";,\n")
INSTANT = Kind("instant", INSTANT_ACCEPTED, _instant)
