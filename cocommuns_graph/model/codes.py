"""Country and language names in five languages, to their ISO codes."""

from __future__ import annotations

from functools import cache

import pycountry
from babel import Locale

from cocommuns_graph.model.identity import fold

NAMES_IN = ("en", "fr", "es", "it", "de")

_DAILY_COUNTRY_NAMES = {
    "uk": "GB",
    "u-k": "GB",
    "great-britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern-ireland": "GB",
    "usa": "US",
    "u-s-a": "US",
    "u-s": "US",
    "united-states-of-america": "US",
    "the-netherlands": "NL",
    "holland": "NL",
    "ivory-coast": "CI",
    "czech-republic": "CZ",
    "turkey": "TR",
    "macedonia": "MK",
    "swaziland": "SZ",
    "cape-verde": "CV",
    "burma": "MM",
    "republic-of-ireland": "IE",
    "republic-of-korea": "KR",
    "congo-drc": "CD",
    "drc": "CD",
}


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
    found.update(_DAILY_COUNTRY_NAMES)
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
    for language in pycountry.languages:
        code = getattr(language, "alpha_2", language.alpha_3)
        for attribute in ("alpha_3", "bibliographic", "alpha_2"):
            if known := getattr(language, attribute, None):
                found[known] = code
    return found


@cache
def country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a code or a country's name in any of NAMES_IN; None if it is neither."""
    return _countries().get(fold(text))


@cache
def language(text: str) -> str | None:
    """The ISO 639-1 code, else the 639-3 code, of a code or a language's name; None if it is neither.

    A locale such as `fr-BE` counts as its language.
    """
    folded = fold(text)
    found = _languages().get(folded)
    if found is None and len(folded.split("-", 1)[0]) in (2, 3) and len(folded) <= 6:
        found = _languages().get(folded.split("-", 1)[0])
    return found


@cache
def country_name(code: str, locale: str = "en") -> str:
    """A country's usual name in a language, the code itself where none is known."""
    return str(Locale(locale).territories.get(code, code))


@cache
def language_name(code: str, locale: str = "en") -> str:
    """A language's usual name in a language, the code itself where none is known."""
    return str(Locale(locale).languages.get(code, code))
