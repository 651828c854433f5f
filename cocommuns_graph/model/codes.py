"""Country and language names in five languages and in their own, to their ISO codes."""

from __future__ import annotations

import re
from functools import cache

import pycountry
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from babel.localedata import locale_identifiers

from cocommuns_graph.model.identity import fold

NAMES_IN = ("en", "fr", "es", "it", "de")

# What people write and neither ISO nor CLDR lists, in any of NAMES_IN.
_DAILY_COUNTRY_NAMES = {
    "AE": "UAE, Emirates",
    "BA": "Bosnia, Bosnie, Bosnien",
    "BE": "België",
    "CD": "DRC, DR Congo, Congo DRC, Democratic Republic of the Congo, RDC, RD Congo, "
    "République démocratique du Congo, República Democrática del Congo, Demokratische Republik Kongo",
    "CI": "Ivory Coast",
    "CV": "Cape Verde",
    "CZ": "Czech Republic, République tchèque, República Checa, Repubblica Ceca",
    "GB": "UK, U.K., Great Britain, Grande-Bretagne, Gran Bretaña, Gran Bretagna, Großbritannien, "
    "England, Angleterre, Inglaterra, Inghilterra, Scotland, Écosse, Escocia, Scozia, Schottland, "
    "Wales, Pays de Galles, Gales, Galles, Northern Ireland, Irlande du Nord",
    "GR": "EL",
    "IE": "Republic of Ireland",
    "KP": "Korea (North)",
    "KR": "Republic of Korea, Korea (South)",
    "MK": "Macedonia, Macédoine, Mazedonien",
    "MM": "Burma, Birmanie, Birmania, Birma",
    "MO": "Macau",
    "NL": "Nederland, Holland, Hollande, Holanda, Olanda",
    "PS": "Palestine, Palestina, Palästina",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "TR": "Turkey",
    "TT": "Trinidad",
    "US": "USA, U.S.A., U.S., United States of America, EE. UU., EE.UU., EEUU, États-Unis d'Amérique",
    "VA": "Vatican, Vaticano, Vatikan",
}
_DAILY_LANGUAGE_NAMES = {
    "ca": "català",
    "el": "Modern Greek",
    "es": "Castilian, castillan, castellano, castigliano, Kastilisch",
    "eu": "euskara",
    "fa": "Farsi",
    "gl": "galego",
    "nl": "Nederlands, Flemish, flamand, flamenco, fiammingo, Flämisch, Vlaams",
    "pl": "polski",
    "pt": "Brazilian Portuguese",
    "ro": "română",
    "sv": "svenska",
    "sw": "Kiswahili",
    "zh": "Mandarin",
}
_LOCALE = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{4})?(?:[-_]([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
_LONGEST_NAME = 100
_LONGEST_LIST = 2_000
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_AND = r"\s(?:and|et|y|e|ed|und|or|ou|o|oder)\s"
_COUNTRIES = re.compile(rf"[/,;|()+&\n]|\s[-–—]\s|{_AND}", re.IGNORECASE)
_LANGUAGES = re.compile(rf"[/,;|+&\n•·]|{_AND}", re.IGNORECASE)
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LEVEL = re.compile(r"[ABC][12]\+?", re.IGNORECASE)
_ASIDE = re.compile(r"\s[-–—]\s|[:=]")


def _folded(names: dict[str, str]) -> dict[str, str]:
    return {fold(name): code for code, listed in names.items() for name in listed.split(", ")}


@cache
def _countries() -> dict[str, str]:
    official = {country.alpha_2 for country in pycountry.countries}
    found: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("name", "official_name", "common_name", "alpha_3"):
            if name := getattr(country, attribute, None):
                found.setdefault(fold(name), country.alpha_2)
    for locale in NAMES_IN:
        for code, name in Locale(locale).territories.items():
            if code in official:
                found.setdefault(fold(name), code)
    found.update(_folded(_DAILY_COUNTRY_NAMES))
    found.update({code.lower(): code for code in official})
    return found


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in pycountry.languages:
        code = getattr(language, "alpha_2", language.alpha_3)
        found.setdefault(fold(language.name), code)
    short = {
        language.alpha_3: language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")
    }
    for locale in NAMES_IN:
        for code, name in Locale(locale).languages.items():
            if len(code) <= 3 and "_" not in code:
                found.setdefault(fold(name), short.get(code, code))
    found.update(_folded(_DAILY_LANGUAGE_NAMES))
    for language in pycountry.languages:
        code = getattr(language, "alpha_2", language.alpha_3)
        for attribute in ("alpha_3", "bibliographic", "alpha_2"):
            if known := getattr(language, attribute, None):
                found[known] = code
    return found


@cache
def _countries_in_their_own_words() -> dict[str, str]:
    """Names such as Polska and Österreich; read only when they are needed, because it takes a second."""
    found: dict[str, str] = {}
    for official in pycountry.countries:
        for identifier in get_official_languages(official.alpha_2, regional=True, de_facto=True):
            try:
                name = Locale.parse(identifier).territories.get(official.alpha_2)
            except (UnknownLocaleError, ValueError):
                continue
            if name:
                found.setdefault(fold(name), official.alpha_2)
    return found


@cache
def _languages_in_their_own_words() -> dict[str, str]:
    """Names such as polski and Türkçe."""
    found: dict[str, str] = {}
    for identifier in locale_identifiers():
        code = _languages().get(identifier)
        name = Locale(identifier).languages.get(identifier) if code else None
        if code and name:
            found.setdefault(fold(name), code)
    return found


def _known_country(text: str) -> str | None:
    folded = fold(text)
    known = _countries()
    return known.get(folded) or known.get(folded.removeprefix("the-"))


def _any_country(text: str) -> str | None:
    return _known_country(text) or _countries_in_their_own_words().get(fold(text) or "-")


def countries(text: str) -> tuple[str, ...]:
    """The codes of all the countries a text names; none if a part of it is no country.

    `Belgique/België` names one, `Belgium, France` two.
    """
    if len(text) > _LONGEST_NAME:
        return ()
    plain = _FLAG.sub(lambda flag: f"/{''.join(chr(ord(sign) - 0x1F1A5) for sign in flag[0])}/", text)
    parts = [part for part in _COUNTRIES.split(plain) if part.strip()]
    for look in (_known_country, _any_country):
        if one := look(text):
            return (one,)
        found = [code for code in map(look, parts) if code]
        if len(found) == len(parts):
            return tuple(dict.fromkeys(found))
    return ()


def country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a code or a country's name; None if it is neither, or names two.

    Names are known in NAMES_IN and in the country's own languages, flags as well.
    """
    found = countries(text)
    return found[0] if len(found) == 1 else None


def language(text: str) -> str | None:
    """The ISO 639-1 code, else the 639-3 code, of a code or a language's name; None if it is neither.

    Names are known in NAMES_IN and in the language itself. A locale such as `fr-BE` or `zh-Hans` counts as
    its language; `fr/nl` and `FR-NL` are two languages and none.
    """
    found = _known_language(text)
    if found is None and len(text) <= _LONGEST_NAME and "/" not in text:
        found = _languages_in_their_own_words().get(fold(text) or "-")
    return found


def _known_language(text: str) -> str | None:
    if len(text) > _LONGEST_NAME or "/" in text:
        return None
    found = _languages().get(fold(text))
    if found is None and (locale := _LOCALE.fullmatch(text.strip())) and _is_locale(locale[1], locale[2]):
        found = _languages().get(locale[1].lower())
    return found


def _is_locale(spoken: str, region: str | None) -> bool:
    """Whether `fr-BE` is French in Belgium; `EN-FR` is not English in France but two languages."""
    if region is None or region.isdigit() or region.lower() not in _languages():
        return True
    if region.lower() not in _countries():
        return False
    if spoken.islower() and region.isupper():
        return True
    return spoken.lower() in get_official_languages(region.upper(), regional=True, de_facto=True)


def split_languages(cell: str) -> list[str]:
    """The languages in a cell as people list them, each as a text that `language` knows where there is one.

    They stand between commas, slashes, `and` or blanks (`FR EN NL`); remarks on how well somebody speaks
    (`anglais (C1)`, `English - fluent`) are left out.
    """
    if len(cell) > _LONGEST_LIST or _known_language(cell):
        return [cell]
    parts = (part.strip() for part in _LANGUAGES.split(_REMARK.sub(" ", cell)))
    return [item for part in parts if part for item in _spoken(part)]


def _spoken(part: str) -> list[str]:
    for look in (_known_language, language):
        if look(part):
            return [part]
        for pieces in (_ASIDE.split(part), re.split(r"[\s-]+", part)):
            said = [piece.strip() for piece in pieces if piece.strip()]
            if said and all(map(look, said)):
                return said
        said = [piece for piece in re.split(r"\s+|:", part) if piece]
        told = _ASIDE.search(part) or (said and len(said[0]) > 3) or all(map(_LEVEL.fullmatch, said[1:]))
        if said and told and look(said[0]):
            return said[:1]
    return [part]


@cache
def country_name(code: str, locale: str = "en") -> str:
    """A country's usual name in a language, the code itself where none is known."""
    return str(Locale(locale).territories.get(code, code))


@cache
def language_name(code: str, locale: str = "en") -> str:
    """A language's usual name in a language, the code itself where none is known."""
    return str(Locale(locale).languages.get(code, code))
