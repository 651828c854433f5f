"""A name taken apart: the words that tell it from others, its acronyms, numbers and legal form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cocommuns_graph.duplicates.concepts import CONCEPT_OF, concepts, translated_initials
from cocommuns_graph.duplicates.vocabulary import (
    GENERATIONS,
    LEGAL_FORMS,
    LITTLE_WORDS,
    LONGEST_FORM,
    ROMAN,
    TITLES,
)
from cocommuns_graph.model import fold

_CLOSED_UP = re.compile(r"\b[^\W\d_](?:\.\s?[^\W\d_]\b)+\.?")
_APOSTROPHES = re.compile(r"(?<=\w)['’`´ʼ](?=s\b)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_PARTED = re.compile(r"\s+[-–—|/]+\s+|:\s+|;\s+")
_DIGITS = re.compile(r"\d+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_NO_ACRONYMS = frozenset(("usa", "uae", "uk", "us", "eu", "drc"))
_LONGEST_ACRONYM = 12
_MOST_LITTLE = 4
_LONG_FORM = 3
_LONGEST_CAPITALS = 6
_MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared.

    `words` are its folded words without legal form, title, article and other little words, `all_words` those
    with the little words, `spelt_out` those where umlauts are written as two letters. `shorts` are acronyms
    it is also called by, itself if it may be one; `initials` those its words make, with and without little
    words; `foreign` those it would have in other languages, letters sorted. `numbers` are all its numbers in
    order. `generation` is junior, senior or a number, of a person. `is_acronym`: one short word in capitals.
    """

    text: str
    words: tuple[str, ...]
    all_words: tuple[str, ...]
    spelt_out: tuple[str, ...]
    shorts: frozenset[str]
    initials: frozenset[str]
    foreign: frozenset[str]
    concepts: tuple[str, ...]
    numbers: tuple[str, ...]
    legal: frozenset[str]
    generation: str = ""
    is_person: bool = False
    is_acronym: bool = False

    @property
    def compact(self) -> str:
        """Its words as one text."""
        return "".join(self.words)

    @property
    def in_order(self) -> str:
        """Its words sorted, as one text."""
        return " ".join(sorted(self.words))


@lru_cache(maxsize=131072)
def named(text: str, label: str = "Organisation") -> Name:
    """A name of a record of a label, taken apart; `words` is empty where it has no letter or digit.

    Only organisations have a legal form.
    """
    return _person(text) if label == "Expert" else _thing(text, label)


def _person(text: str) -> Name:
    plain = _BRACKETS.sub(" ", text) if fold(_BRACKETS.sub(" ", text)) else text
    plain = plain.replace("'", "").replace("’", "")
    words = _folded(plain)
    generation = ""
    kept = []
    for at, word in enumerate(words):
        if at and word in GENERATIONS and len(words) > 2:
            generation = GENERATIONS[word]
        elif word not in TITLES or len(words) < 3:
            kept.append(word)
    spelt = tuple(_folded(plain.translate(_UMLAUTS))) if plain != plain.translate(_UMLAUTS) else ()
    return Name(
        text,
        tuple(kept),
        tuple(kept),
        tuple(word for word in spelt if word not in TITLES and word not in GENERATIONS),
        frozenset(),
        frozenset(),
        frozenset(),
        (),
        tuple(_DIGITS.findall(" ".join(kept))),
        frozenset(),
        generation,
        True,
    )


def _thing(text: str, label: str) -> Name:
    plain = _APOSTROPHES.sub("", _CLOSED_UP.sub(_close_up, text))
    inside = _BRACKETS.findall(plain)
    outside = _BRACKETS.sub(" ", plain) if inside else plain
    if inside and not fold(outside):
        outside, inside = plain, []
    words, legal = _folded(outside), set[str]()
    if label == "Organisation":
        words, legal = _without_forms(words, outside)
    shorts: set[str] = set()
    qualifiers: list[str] = []
    for content in inside:
        content_words = _folded(content)
        if label == "Organisation" and tuple(content_words) in LEGAL_FORMS:
            legal.add("".join(content_words))
        elif len(words) == 1 and len(content_words) > 2 and acronym_of(words[0], content_words):
            shorts.add(words[0])
            words = content_words
        elif _is_short(content, content_words, words):
            shorts.add("".join(content_words))
        else:
            qualifiers += content_words
    words, apart = _acronym_before(outside, words)
    shorts |= apart
    numbers = tuple(_numbers([*words, *qualifiers]))
    initials = frozenset(_initials(words) | (_initials(_folded(outside)) if legal else set()))
    content_ = tuple(word for word in [*words, *qualifiers] if word not in LITTLE_WORDS)
    content_ = content_ or (*words, *qualifiers)
    if len(content_) == 1 and not content_[0].isdigit() and 2 <= len(content_[0]) <= _LONGEST_ACRONYM:
        shorts.add(content_[0])
    institution = label == "Organisation" and any(word in CONCEPT_OF for word in content_)
    known = concepts(content_) if institution else ()
    return Name(
        text,
        content_,
        (*words, *qualifiers),
        _spelt_out(plain, outside),
        frozenset(shorts),
        initials,
        translated_initials(known),
        known,
        numbers,
        frozenset(legal),
        is_acronym=_is_acronym(text),
    )


def _is_acronym(text: str) -> bool:
    written = text.strip()
    return len(written) <= _LONGEST_CAPITALS and written.isupper() and " " not in written


def _folded(text: str) -> list[str]:
    return [word for word in fold(text).split("-") if word][:_MOST_WORDS]


def _close_up(match: re.Match[str]) -> str:
    return match[0].replace(".", "").replace(" ", "") + " "


def _spelt_out(plain: str, outside: str) -> tuple[str, ...]:
    if (written := outside.translate(_UMLAUTS)) == outside:
        return ()
    words, _ = _without_forms(_folded(written), plain)
    return tuple(words)


def _without_forms(words: list[str], text: str) -> tuple[list[str], set[str]]:
    """The words without legal forms, and those forms: short ones at an end alone. Never no word at all."""
    legal: set[str] = set()
    at = 0
    while at < len(words):
        length = _form_at(words, at, text)
        if length:
            legal.add("".join(words[at : at + length]))
            words = [*words[:at], *words[at + length :]]
            at = max(0, at - LONGEST_FORM)
        else:
            at += 1
    return words, legal


def _form_at(words: Sequence[str], at: int, text: str) -> int:
    """How many words from here are a legal form."""
    for length in range(min(LONGEST_FORM, len(words) - at), 0, -1):
        form = tuple(words[at : at + length])
        if form not in LEGAL_FORMS or not _has_content([*words[:at], *words[at + length :]]):
            continue
        is_long = sum(map(len, form)) >= _LONG_FORM
        if is_long or at + length == len(words) or (at == 0 and text[: len(form[0])].isupper()):
            return length
    return 0


def _has_content(words: Sequence[str]) -> bool:
    return any(word not in LITTLE_WORDS for word in words)


def _is_short(content: str, content_words: Sequence[str], words: Sequence[str]) -> bool:
    """Whether what stands in brackets is an acronym of the name, not a place or another qualifier."""
    if len(content_words) != 1 or content_words[0].isdigit():
        return False
    short = content_words[0]
    if acronym_of(short, words):
        return True
    written = content.strip()
    return written.isupper() and 3 <= len(short) <= _LONGEST_ACRONYM and short not in _NO_ACRONYMS


def _acronym_before(outside: str, words: list[str]) -> tuple[list[str], set[str]]:
    """Takes apart `ETUC - European Trade Union Confederation`: the words of the long name, the acronym."""
    pieces = [_folded(piece) for piece in _PARTED.split(outside)]
    if len(pieces) == 2:
        for short, long in (pieces, pieces[::-1]):
            if len(short) == 1 and len(long) > 1 and acronym_of(short[0], long):
                return long, {short[0]}
    return words, set()


def acronym_of(short: str, words: Sequence[str]) -> bool:
    """Whether a short word abbreviates a name of several words, standing beside it.

    Its initials, with or without little words; or from three letters on, letters of the words in order that
    begin with the first and are initials for the most part.
    """
    if len(words) < 2 or not 2 <= len(short) <= _LONGEST_ACRONYM:
        return False
    if short in _initials(words):
        return True
    return len(short) >= 3 and _leads_through(short, [word for word in words if word not in LITTLE_WORDS])


def _leads_through(short: str, words: Sequence[str]) -> bool:
    if not words or short[0] != words[0][0]:
        return False
    word, at, begun = 0, 1, 1
    for letter in short[1:]:
        following = next((i for i in range(word + 1, len(words)) if words[i][0] == letter), None)
        if following is not None:
            word, at, begun = following, 1, begun + 1
            continue
        inside = words[word].find(letter, at)
        if inside < 0:
            return False
        at = inside + 1
    return begun >= 2 and begun * 2 >= len(short)


def _initials(words: Sequence[str]) -> set[str]:
    """The initials of two words or more, each little word in or left out; a number stands as itself."""
    if not 2 <= len(words) <= 2 * _LONGEST_ACRONYM:
        return set()
    little = sum(word in LITTLE_WORDS for word in words)
    found = {""}
    for word in words:
        letters = word if word.isdigit() else word[0]
        added = {start + letters for start in found}
        found = added | found if word in LITTLE_WORDS and little <= _MOST_LITTLE else added
    if little > _MOST_LITTLE:
        found.add("".join(word[0] for word in words if word not in LITTLE_WORDS))
    return {letters for letters in found if 2 <= len(letters) <= _LONGEST_ACRONYM}


def _numbers(words: Iterable[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if len(word) > 1 and word in ROMAN:
            found.append(ROMAN[word])
        else:
            found += [digits.lstrip("0") or "0" for digits in _DIGITS.findall(word)]
    return found
