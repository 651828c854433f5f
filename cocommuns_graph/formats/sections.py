"""Reading a TOML document key by key so that every mistake in it is found, with its place, in one go."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from cocommuns_graph.model.kinds import shorten

_MISSING = object()
_WORDS: Mapping[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}


class Mistakes:
    """The mistakes found so far, each a sentence behind the place it is at."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, place: str, text: str) -> None:
        """Notes a mistake."""
        self.found.append(f"{place}: {text}" if place else text)


def nearest(word: str, accepted: Iterable[str]) -> str:
    """The words that are accepted, led by the one that was probably meant."""
    words = list(accepted)
    close = difflib.get_close_matches(word, words, 1)
    listed = ", ".join(words) if words else "none"
    return f"did you mean {close[0]}? There are {listed}" if close else f"there are {listed}"


class Section:
    """One table of the document; each key is asked for once, and `close` names those nobody asked for."""

    def __init__(self, data: Mapping[str, Any], place: str, mistakes: Mistakes) -> None:
        self._data = dict(data)
        self._asked: list[str] = []
        self.place = place
        self.mistakes = mistakes

    def mistake(self, text: str) -> None:
        """Notes a mistake of this table."""
        self.mistakes.add(self.place, text)

    def _take(self, key: str) -> Any:
        self._asked.append(key)
        return self._data.pop(key, _MISSING)

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        kind = next(
            (words for type_, words in _WORDS.items() if isinstance(value, type_)), type(value).__name__
        )
        self.mistake(f"{key} is {kind} ({shorten(value, 30)}); give {wanted}")

    def has(self, key: str) -> bool:
        """Whether a key not yet asked for is there."""
        return key in self._data

    def text(self, key: str, required: bool = False) -> str:
        """A text, empty where it is missing."""
        value = self._take(key)
        if value is _MISSING:
            if required:
                self.mistake(f"{key} is missing; give a text")
            return ""
        if not isinstance(value, str) or (required and not value.strip()):
            self._wrong(key, value, "a text that is not empty" if isinstance(value, str) else "a text")
            return ""
        return value

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A text or a list of texts, as a tuple."""
        value = self._take(key)
        if value is _MISSING:
            if required:
                self.mistake(f"{key} is missing; give a text or a list of texts")
            return ()
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) and item for item in items):
            self._wrong(key, value, "a text or a list of texts, none of them empty")
            return ()
        if required and not items:
            self.mistake(f"{key} is an empty list; give at least one text")
        if len(set(items)) != len(items):
            self.mistake(f"{key} names something twice; keep one")
        return tuple(items)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self._take(key)
        if value is _MISSING:
            return default
        if not isinstance(value, bool):
            self._wrong(key, value, "true or false")
            return default
        return value

    def scalar(self, key: str) -> str | int | float | bool | None:
        """A text, number or boolean; None where it is missing."""
        value = self._take(key)
        if value is _MISSING:
            return None
        if not isinstance(value, str | int | float | bool):
            self._wrong(key, value, "a text, a number, true or false")
            return None
        return value

    def raw(self, key: str) -> Any:
        """Whatever stands there; None where it is missing."""
        value = self._take(key)
        return None if value is _MISSING else value

    def holds_table(self, key: str) -> bool:
        """Whether a table stands under a key not yet asked for."""
        return isinstance(self._data.get(key), dict)

    def section(self, key: str) -> Section | None:
        """A table within this one; None where it is missing."""
        value = self._take(key)
        if value is _MISSING:
            return None
        if not isinstance(value, dict):
            self._wrong(key, value, "a table")
            return None
        return Section(value, self._inside(key), self.mistakes)

    def sections(self, key: str, title: str = "name") -> list[Section]:
        """The tables of an array of tables, each named by its place and by what stands under `title`."""
        value = self._take(key)
        if value is _MISSING:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._wrong(key, value, f"tables headed [[{key}]]")
            return []
        found = []
        for number, item in enumerate(value, start=1):
            name = item.get(title)
            shown = f" ({name})" if isinstance(name, str) else ""
            found.append(Section(item, self._inside(f"{key} {number}{shown}"), self.mistakes))
        return found

    def keys(self) -> list[str]:
        """The keys nobody has asked for yet."""
        return list(self._data)

    def _inside(self, key: str) -> str:
        return f"{self.place}, {key}" if self.place else key

    def close(self) -> None:
        """Notes every key that nobody asked for."""
        for key in self._data:
            self.mistake(f"{key!r} is not a word of this table; {nearest(key, self._asked)}")
