"""The words of the reports: one file a language in words/, and what can be said with them.

To add a language, copy words/en.toml to words/XX.toml and translate it; nothing else names the languages.
Numbers, dates and lists are written as on the screens of the language (`cocommuns_graph.wording`).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from cocommuns_graph.model import MODEL, codes
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import LANGUAGE_ACCEPTED, shorten
from cocommuns_graph.wording import Wording as ScreenWording

_FOLDER = Path(__file__).parent / "words"
FALLBACK = "en"
UNKNOWN = "–"


class Wording:
    """Everything a report can say in one language.

    `text("glossary.title")` is a sentence, its `{name}`s filled in; `count("actor", 3)` is "3 actors".
    """

    def __init__(self, language: str, words: Mapping[str, Any]) -> None:
        self.language = language
        self._words = words
        self._screen = ScreenWording(str(words.get("locale", language)), NullTranslations())

    def text(self, key: str, /, **values: object) -> str:
        """The sentence of a key with values in it, which are only ever text.

        Raises:
            KeyError: the file of the language has no such key.
        """
        found: Any = self._words
        for part in key.split("."):
            found = found[part]
        filled = {name: self.number(v) if _is_number(v) else v for name, v in values.items()}
        return str(found).format_map(filled)

    def word(self, group: str, value: str) -> str:
        """The word for a value such as a sector, the value itself where the file has none for it."""
        return str(self._words[group].get(value, value))

    def count(self, key: str, number: int) -> str:
        """How many of something, in words: "1 actor", "3 actors"."""
        forms = self._words["count"][key]
        form = forms.get(self._screen.locale.plural_form(number)) or forms["other"]
        return str(form).format(n=self.number(number))

    def number(self, value: object, digits: int = 2) -> str:
        """A number as the language writes it, whole ones without decimals; what is unknown is a dash."""
        if not isinstance(value, int | float) or not math.isfinite(value):
            return UNKNOWN
        return self._screen.number(value, digits)

    def percent(self, share: float) -> str:
        """A share from 0 to 1 in per cent."""
        return self._screen.percent(share)

    def chance(self, p: float) -> str:
        """A probability, the smallest ones as less than one in a thousand."""
        return f"< {self.number(0.001, 3)}" if p < 0.001 else self.number(p, 3)

    def date(self, iso: str) -> str:
        """A day, a month or a year as the language writes it; anything else as it is."""
        return self._screen.date(iso)

    def together(self, parts: Sequence[str], most: int | None = None) -> str:
        """Names as one list: "A, B and C"; beyond `most` it says how many more."""
        shown = list(parts)
        if most is not None and len(shown) > most + 1:
            shown = [*shown[:most], self.count("other", len(shown) - most)]
        return self._screen.together(shown)

    def family(self, sector: str) -> str:
        """The word for a family, also where nobody knows it."""
        return self.word("family", sector or "unknown")

    def type(self, label: str, many: bool = False) -> str:
        """The word for a type of record."""
        declared = MODEL.node(label)
        return (declared.plural if many else declared.singular).in_language(self.language)

    def language_name(self, code: str) -> str:
        """What a language is called in this one."""
        return codes.language_name(code, self.language) if code else self.text("language_unknown")

    def country(self, code: str) -> str:
        """What a country is called in this language."""
        return codes.country_name(code, self.language) if code else self.word("family", "unknown")


def value_word(words: Wording, by: str, value: str) -> str:
    """What a family is called: by sector with the words of the report, by country or language by its name."""
    if by == "country":
        return words.country(value)
    if by == "languages":
        return words.language_name(value)
    return words.family(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def available() -> list[str]:
    """The languages that reports are written in."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


@cache
def wording(language: str) -> Wording:
    """The words of a language, the English ones where there is no file for it."""
    code = language if language in available() else FALLBACK
    return Wording(code, tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8")))


def language_code(text: str) -> str:
    """The code of a language named by its code or its name.

    Raises:
        InvalidValue: it is none.
    """
    found = codes.language(text)
    if found is None:
        raise InvalidValue(f"{shorten(text)!r} is no language; accepted: {LANGUAGE_ACCEPTED}")
    return found
