"""Glossaries to read questions with: names of countries and languages in many languages and scripts."""

from __future__ import annotations

from functools import cache

from babel import Locale

from cocommuns_graph.model import Graph
from tests.finding.graphs import topic

LANGUAGES = (
    *("en", "fr", "es", "it", "de", "pt", "nl", "sv", "pl", "tr", "fi"),
    *("el", "ru", "ar", "zh", "ja", "ko", "th", "hi", "he"),
)


@cache
def countries(languages: tuple[str, ...] = LANGUAGES) -> Graph:
    """A topic a country, with its name in each language: some 250 topics with 5,000 terms in 20 languages."""
    names = {language: Locale.parse(language).territories for language in languages}
    codes = sorted(code for code in map(str, names["en"]) if len(code) == 2 and code.isalpha())
    return Graph(
        topic(
            code.lower(),
            names["en"][code],
            **{f"label_{language}": found[code] for language, found in names.items() if code in found},
        )
        for code in codes
    )
