"""What names are made of beside the words that tell them apart, read from words.toml, folded."""

from __future__ import annotations

import tomllib
from pathlib import Path

from cocommuns_graph.model import fold

_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _set(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _WORDS["words"][name].split())


def _numerals() -> dict[str, str]:
    tens, ones = ("", "x", "xx"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return {ten + one: str(10 * i + j) for i, ten in enumerate(tens) for j, one in enumerate(ones) if i + j}


LEGAL_FORMS = frozenset(
    tuple(fold(form).split("-"))
    for forms in _WORDS["legal_forms"].values()
    for form in forms.split(";")
    if form.strip()
)
"""Legal forms as sequences of folded words, dots of abbreviations closed up (S.A.R.L. as sarl)."""

LONGEST_FORM = max(map(len, LEGAL_FORMS))

LITTLE_WORDS = _set("little")
"""Words that hold a name together: articles, prepositions, conjunctions."""

GENERIC_WORDS = _set("generic")
"""Words that say what sort of thing it is more than which one."""

TITLES = _set("titles")
"""What stands before and behind the names of people."""

ROMAN = {numeral: number for numeral, number in _numerals().items() if len(numeral) > 1}
"""Roman numerals of two letters or more, up to 29."""

GENERATIONS = {
    **dict.fromkeys(_set("junior"), "junior"),
    **dict.fromkeys(_set("senior"), "senior"),
    **{numeral: ROMAN[numeral] for numeral in ("ii", "iii", "iv")},
}
"""Words that tell a father from a son."""

SHARED_HOSTS = frozenset(_WORDS["words"]["shared_hosts"].split())
"""Hosts where many keep a page each: there the path tells whose it is."""

CONCEPTS: dict[str, dict[str, list[str]]] = {
    concept: {language: [fold(word) for word in words.split()] for language, words in said.items()}
    for concept, said in _WORDS["concepts"].items()
}
"""What institutions are called by: each concept with its folded words by language, the usual one first."""
