"""Unknown words: compounds taken apart, misspellings set right, each said aloud."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cocommuns_graph.finding.function_words import ORDINARY_WORDS
from cocommuns_graph.finding.text import Token, is_function_word, root

_SHORTEST_PART = 4
_SHORTEST_MISSPELT = 5
_SHORTEST_MISSPELT_ROOT = 6
_TWO_ERRORS_FROM = 9
_LONG_PHRASE = 12
_LONGEST_WORD = 60
_MOST_UNLIKE = 3
_SHORTEST_HEAD, _SHORTEST_REST = 6, 4
# What German puts between the parts of a compound, and the endings its first part may lose.
_LINKING = ("", "s", "es", "n", "en", "er", "e")


@dataclass(frozen=True, slots=True)
class Correction:
    """What an unknown word is read as: new tokens, the words as people know them, how sure (0 to 1)."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    quality: float


class Near:
    """Texts by their length, so that those a slip or two away are found among few."""

    def __init__(self, texts: Mapping[str, object]) -> None:
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for text in texts:
            self._by_length[len(text)].append(text)

    def to(self, text: str, allowed: int) -> Iterator[tuple[str, int]]:
        """The texts at most `allowed` slips (letters missing, added, replaced, swapped) away, how many."""
        for length in range(len(text) - allowed, len(text) + allowed + 1):
            if choices := self._by_length.get(length):
                for choice, distance, _ in process.extract_iter(
                    text, choices, scorer=OSA.distance, score_cutoff=allowed
                ):
                    yield choice, int(distance)


class Words:
    """Known words (folded to as written), how often each occurs, and what each may be misspelt as."""

    def __init__(self, written: Mapping[str, str], frequency: Mapping[str, int] | None = None) -> None:
        self.written = written
        self.frequency = frequency or {}

    @cached_property
    def near(self) -> Near:
        """The words, to look for near ones."""
        return Near(self.written)

    @cached_property
    def by_root(self) -> dict[str, list[str]]:
        """The words of each root that is long enough to look for near ones."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.written:
            if len(base := root(word)) >= _SHORTEST_MISSPELT_ROOT:
                found[base].append(word)
        return found

    @cached_property
    def near_root(self) -> Near:
        """The roots, to look for near ones."""
        return Near(self.by_root)


def take_apart(token: Token, words: Mapping[str, str]) -> Correction | None:
    """A compound as two known words (`words`: root to word), the most even parts; None if it is none.

    Between the parts may stand what German and its neighbours put there: `Arbeit-s-recht`.
    """
    folded = token.folded
    if len(folded) > _LONGEST_WORD:
        return None
    best: Correction | None = None
    balance = -1
    for at in range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1):
        right = root(folded[at:])
        if right not in words or min(at, len(folded) - at) <= balance or is_function_word(folded[at:]):
            continue
        if (left := _first_part(folded[:at], words)) is not None:
            balance = min(at, len(folded) - at)
            parts = (
                replace(token, word=words[left], folded=folded[:at], root=left),
                replace(token, word=words[right], folded=folded[at:], root=right),
            )
            best = Correction(parts, (words[left], words[right]), 0.7)
    return best


def _first_part(folded: str, words: Mapping[str, str]) -> str | None:
    if is_function_word(folded):
        return None
    for linking in _LINKING:
        part = folded.removesuffix(linking)
        if (linking and part == folded) or len(part) < _SHORTEST_PART:
            continue
        if (base := root(part)) in words:
            return base
    return None


def part_of_compound(token: Token, words: Mapping[str, str]) -> Correction | None:
    """A compound of which only the end or the beginning is known, as that; the end goes before.

    `words` are the words (root to word) of languages that write compounds as one word.
    """
    folded = token.folded
    if not _SHORTEST_HEAD + _SHORTEST_REST <= len(folded) <= _LONGEST_WORD or not folded.isalpha():
        return None
    for length in range(len(folded) - _SHORTEST_REST, _SHORTEST_HEAD - 1, -1):
        for part in (folded[-length:], folded[:length]):
            if (base := root(part)) in words and len(base) >= _SHORTEST_HEAD - 1:
                return Correction(
                    (replace(token, word=words[base], folded=part, root=base),), (words[base],), 0.6
                )
    return None


def set_right(token: Token, words: Words) -> Correction | None:
    """The known word a word misspells; None if nothing is near enough, or it is a word of everyday use.

    One wrong, missing, added or swapped letter is forgiven from five letters on, two from nine on if the
    first letter is right and the words differ in at most three letters; a word in another number or gender
    than the known one is compared by its root. Of a word of four letters only a missing one is forgiven.
    Among equally near words the likeliest slip is taken (`unlikeness`), then the more frequent word.
    """
    word = token.folded
    if not _SHORTEST_MISSPELT - 1 <= len(word) <= _LONGEST_WORD or not word.isalpha() or is_everyday(word):
        return None
    allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    near = [
        (distance, choice)
        for choice, distance in words.near.to(word, allowed)
        if len(choice) >= _SHORTEST_MISSPELT
        and (_is_likely(word, choice) if distance > 1 or len(word) < _SHORTEST_MISSPELT else True)
    ]
    if min(near, default=(2, ""))[0] > 1 and len(token.root) >= _SHORTEST_MISSPELT_ROOT:
        near += [
            (1, choice)
            for base, _ in words.near_root.to(token.root, 1)
            for choice in words.by_root[base]
            if _is_likely(word, choice)
        ]
    if not near:
        return None
    distance, _, _, chosen = min(
        (found, unlikeness(word, choice), -words.frequency.get(choice, 0), choice) for found, choice in near
    )
    corrected = replace(token, word=words.written[chosen], folded=chosen, root=root(chosen))
    return Correction((corrected,), (words.written[chosen],), 0.85 if distance <= 1 else 0.7)


def _is_likely(word: str, choice: str) -> bool:
    """Whether a slip or two may lead from one to the other: not two letters replaced, nor the first lost."""
    return word[0] == choice[0] and unlikeness(word, choice) <= _MOST_UNLIKE


def unlikeness(one: str, other: str) -> int:
    """How unlikely one is a slip for the other: letters of one that the other lacks, most the first letter.

    Swapped letters count nothing, a missing or doubled one 1, a replaced one 2.
    """
    here, there = Counter(one), Counter(other)
    unlike = sum(((here - there) + (there - here)).values())
    return unlike if one[:1] == other[:1] else unlike + 2


def is_everyday(folded: str) -> bool:
    """Whether a folded word is one that people use in every question, in whatever language."""
    return folded in ORDINARY_WORDS or is_function_word(folded)


def is_near(one: str, other: str, *, unsure: bool) -> bool:
    """Whether two folded phrases are one slip apart; `unsure` allows two in a long one with an odd word."""
    allowed = 2 if unsure and len(one) >= _LONG_PHRASE else 1
    return bool(OSA.distance(one, other, score_cutoff=allowed) <= allowed)
