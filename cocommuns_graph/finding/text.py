"""Text to tokens: folding, stems, function words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

from cocommuns_graph.finding.function_words import FUNCTION_WORDS
from cocommuns_graph.finding.scripts import arabic_root, is_arabic, is_unspaced, pairs, words
from cocommuns_graph.model.identity import fold

STEMMED = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "de": "german",
    "pt": "portuguese",
    "nl": "dutch",
    "ca": "catalan",
    "ro": "romanian",
    "sv": "swedish",
    "da": "danish",
    "no": "norwegian",
    "nb": "norwegian",
    "tr": "turkish",
    "el": "greek",
    "ru": "russian",
}
_BREAK = re.compile(r"[;,.:!?|\n\r\t()\[\]{}\"“”«»]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_SHORTEST_ROOT = 4
_SHORTEST_ACRONYM = 2


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as written, folded, its root, and the number of the phrase it stands in.

    Of a script without spaces it is a pair of characters. `start` and `end` say where in the text.
    """

    word: str
    folded: str
    root: str
    phrase: int
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@lru_cache(maxsize=262144)
def fold_word(word: str) -> str:
    """A word without accents in lower case; empty where nothing of it is a letter or a digit."""
    if word.isascii():
        return word.lower()
    return fold(word).replace("-", "")


@lru_cache(maxsize=262144)
def root(folded: str) -> str:
    """A folded word without the endings of number and gender usual in English and its neighbours.

    Coarser and much faster than a stemmer, and the same for all languages: `cooperatives`, `cooperativas`
    and `cooperative` share one. What is left has at least four letters.
    """
    if len(folded) <= _SHORTEST_ROOT or not folded.isalpha():
        return folded
    if is_arabic(folded):
        return arabic_root(folded)
    word = folded
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("aux"):
        word = word[:-3] + "al"
    elif word[-1] in "sx" and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("en") and len(word) > 7:
        word = word[:-2]
    if word[-1] in "aeiouy" and len(word) > _SHORTEST_ROOT:
        word = word[:-1]
        if word[-1] == "i" and len(word) > _SHORTEST_ROOT:
            word = word[:-1]
    return word if len(word) >= _SHORTEST_ROOT else folded[:_SHORTEST_ROOT]


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(STEMMED[language])


@lru_cache(maxsize=131072)
def stem(folded: str, language: str) -> str:
    """The Snowball stem of a folded word, folded again; `language` is a key of STEMMED."""
    return fold_word(str(_stemmer(language).stemWord(folded)))


def tokens(text: str) -> list[Token]:
    """The words of a text in order; punctuation that ends a phrase starts the next phrase number."""
    found: list[Token] = []
    phrase, at = 0, 0
    for word, start, end in words(text):
        if found and at < start and _BREAK.search(text, at, start):
            phrase += 1
        at = end
        parts = _parts(word)
        if len(parts) == end - start - 1:  # pairs that are nothing but the characters of the text
            found += [
                Token(*part, phrase, start + number, start + number + 2) for number, part in enumerate(parts)
            ]
        else:
            found += [Token(*part, phrase, start, end) for part in parts]
    return found


def roots(text: str) -> list[str]:
    """The roots of a text's words in order, for the index of texts."""
    return [base for word, _, _ in words(text) for _, _, base in _parts(word)]


@lru_cache(maxsize=262144)
def _parts(word: str) -> tuple[tuple[str, str, str], ...]:
    """What is searched of a word: it, or its pairs in a script without spaces; each folded, and its root."""
    folded = fold_word(word)
    if not folded:
        return ()
    if is_unspaced(folded):
        return tuple((pair, pair, pair) for pair in pairs(folded))
    if word[-1] == "s" and len(word) > _SHORTEST_ACRONYM and word[:-1].isupper():
        return ((word, folded, root(folded[:-1])),)
    return ((word, folded, root(folded)),)


def with_umlauts_spelt_out(text: str) -> str:
    """`Ökonomie` as `Oekonomie`: how German is typed without its keyboard."""
    return text.translate(_UMLAUTS)


def is_function_word(folded: str, languages: Sequence[str] = tuple(FUNCTION_WORDS)) -> bool:
    """Whether a folded word only holds a sentence together in one of these languages."""
    return any(folded in FUNCTION_WORDS[language] for language in languages)


def languages_of(words: Sequence[Token]) -> tuple[str, ...]:
    """The languages whose function words are most frequent in a text, likeliest first; all if it has none."""
    counts = {
        language: sum(token.folded in known for token in words) for language, known in FUNCTION_WORDS.items()
    }
    best = max(counts.values(), default=0)
    return tuple(language for language, count in counts.items() if count == best)


def content_words(words: Sequence[Token]) -> list[bool]:
    """For each token whether it carries meaning; all do where otherwise none would."""
    spoken = languages_of(words)
    if len(spoken) == len(FUNCTION_WORDS):
        carries = [not is_function_word(token.folded) for token in words]
    else:
        carries = [not is_function_word(token.folded, spoken[:1]) for token in words]
    carries = [
        carry and (len(token.folded) > 1 or token.folded.isdigit() or is_unspaced(token.folded))
        for carry, token in zip(carries, words, strict=True)
    ]
    return carries if any(carries) else [True] * len(words)
