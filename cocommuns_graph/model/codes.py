"""Country and language names in five languages, to their ISO codes."""

from __future__ import annotations

import re
from functools import cache

import pycountry
from babel import Locale

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
    "KR": "Republic of Korea",
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
_LOCALE = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
_LONGEST_NAME = 100


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


def country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a code or a country's name in any of NAMES_IN; None if it is neither."""
    if len(text) > _LONGEST_NAME:
        return None
    folded = fold(text)
    return _countries().get(folded) or _countries().get(folded.removeprefix("the-"))


def language(text: str) -> str | None:
    """The ISO 639-1 code, else the 639-3 code, of a code or a language's name; None if it is neither.

    A locale such as `fr-BE` or `zh-Hans` counts as its language; `fr/nl` is two languages and none.
    """
    if len(text) > _LONGEST_NAME:
        return None
    found = _languages().get(fold(text)) if "/" not in text else None
    if found is None and (locale := _LOCALE.fullmatch(text.strip())):
        found = _languages().get(locale[1].lower())
    return found


@cache
def country_name(code: str, locale: str = "en") -> str:
    """A country's usual name in a language, the code itself where none is known."""
    return str(Locale(locale).territories.get(code, code))


@cache
def language_name(code: str, locale: str = "en") -> str:
    """A language's usual name in a language, the code itself where none is known."""
    return str(Locale(locale).languages.get(code, code))
