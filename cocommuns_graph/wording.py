"""What screens say, in the reader's language: one file a language in translations/, English in the code.

To add a language, copy translations/fr.po to translations/XX.po and translate it, with any editor of gettext
files; nothing else names the languages. Numbers, dates, lists, plurals and the names of languages and
countries come from Unicode's CLDR.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from cocommuns_graph.model import codes
from cocommuns_graph.model.declare import Words

ENGLISH = "en"
# Which way of writing dates and lists goes with the spelling of the texts.
_LOCALES = {ENGLISH: "en_GB"}
_FOLDER = Path(__file__).parent / "translations"


class Wording:
    """Everything a screen can say in one language.

    `say("Find somebody")` is that text in the language, the English one where nobody translated it;
    `{name}`s in it are filled in by keyword. What is filled in is only ever text: escape it where it goes.
    """

    def __init__(self, language: str, messages: NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(_LOCALES.get(language, language))
        self._messages = messages

    def __call__(self, text: str, /, **values: object) -> str:
        """An English text in this language, `{name}`s filled in; numbers as the language writes them."""
        return self._filled(self._messages.gettext(text), values) if text else ""

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """How many: `count("{n} record", "{n} records", 3)` is "3 records"; `{n}` is the number."""
        return self._filled(self._messages.ngettext(one, many, number), {"n": number, **values})

    def words(self, words: Words) -> str:
        """Words of the model in this language."""
        if self.language in ("en", "fr"):
            return words.in_language(self.language)
        return self(words.en)

    def choice(self, word: str) -> str:
        """A word out of a list of the model, such as a sector: `social-economy` is "social economy"."""
        return self(word.replace("-", " "))

    def number(self, value: float, digits: int = 2) -> str:
        """A number as the language writes it, whole ones without decimals."""
        pattern = "#,##0" if float(value).is_integer() else f"#,##0.{'0' * digits}"
        return str(format_decimal(value, format=pattern, locale=self.locale))

    def percent(self, share: float) -> str:
        """A share from 0 to 1 in per cent."""
        return str(format_percent(share, locale=self.locale))

    def date(self, iso: str) -> str:
        """A day, a month or a year as the language writes it; anything else as it is."""
        parts = iso[:10].split("-")
        try:
            when = date(*(int(part) for part in [*parts, "1", "1"][:3]))
        except (ValueError, TypeError):
            return iso
        if len(parts) == 1:
            return parts[0]
        if len(parts) == 2:
            return str(format_skeleton("yMMMM", when, locale=self.locale))
        return str(format_date(when, format="long", locale=self.locale))

    def together(self, parts: Sequence[str], most: int | None = None) -> str:
        """Names as one list: "A, B and C"; beyond `most` it says how many more."""
        shown = list(parts)
        if most is not None and len(shown) > most + 1:
            left = len(shown) - most
            shown = [*shown[:most], self.count("{n} other", "{n} others", left)]
        return str(format_list(shown, locale=self.locale))

    def country(self, code: str) -> str:
        """What a country is called."""
        return codes.country_name(code, self.language)

    def language_name(self, code: str) -> str:
        """What a language is called."""
        return codes.language_name(code, self.language)

    def _filled(self, said: str, values: Mapping[str, object]) -> str:
        if not values:
            return said
        filled = {
            name: self.number(value) if isinstance(value, int | float) and value is not True else value
            for name, value in values.items()
        }
        return said.format_map(filled)


def available() -> dict[str, str]:
    """The languages screens speak, by code: what each calls itself."""
    codes_ = sorted({ENGLISH, *(path.stem for path in _FOLDER.glob("*.po"))})
    return {code: str(Locale.parse(code).get_display_name(code)).capitalize() for code in codes_}


@lru_cache(maxsize=64)
def wording(language: str) -> Wording:
    """The words of a language or locale (`fr`, `fr-BE`); the English ones where there is no file for it."""
    code = _known(language)
    path = _FOLDER / f"{code}.po"
    if not path.exists():
        return Wording(ENGLISH, NullTranslations())
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return Wording(code, GNUTranslations(compiled))


def _known(language: str) -> str:
    code = language.replace("_", "-").split("-")[0].strip().lower()
    try:
        Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        return ENGLISH
    return code if code in available() else ENGLISH
