"""Text to tokens: folding, stems, function words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

from cocommuns_graph.finding.function_words import FUNCTION_WORDS
from cocommuns_graph.model.identity import fold

STEMMED = {"en": "english", "fr": "french", "es": "spanish", "it": "italian", "de": "german"}
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[;,.:!?|\n\r\t()\[\]{}\"“”«»]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_SHORTEST_ROOT = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as written, folded, its root, and the number of the phrase it stands in."""

    word: str
    folded: str
    root: str
    phrase: int


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
    for match in _WORD.finditer(text):
        if found and _BREAK.search(text, at, match.start()):
            phrase += 1
        at = match.end()
        if folded := fold_word(match[0]):
            found.append(Token(match[0], folded, root(folded), phrase))
    return found


def roots(text: str) -> list[str]:
    """The roots of a text's words in order, for the index of texts."""
    return [root(folded) for word in _WORD.findall(text) if (folded := fold_word(word))]


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
        carry and (len(token.folded) > 1 or token.folded.isdigit())
        for carry, token in zip(carries, words, strict=True)
    ]
    return carries if any(carries) else [True] * len(words)
