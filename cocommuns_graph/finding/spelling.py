"""Unknown words: compounds taken apart, misspellings set right, each said aloud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cocommuns_graph.finding.text import Token, root

_SHORTEST_PART = 4
_SHORTEST_MISSPELT = 5
_TWO_ERRORS_FROM = 9
_LONG_PHRASE = 12
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Correction:
    """What an unknown word is read as: new tokens, the words as people know them, how sure (0 to 1)."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    quality: float


def take_apart(token: Token, words: Mapping[str, str]) -> Correction | None:
    """A compound as two known words (`words`: root to word), the most even parts; None if it is none."""
    folded = token.folded
    if len(folded) > _LONGEST_WORD:
        return None
    best: Correction | None = None
    balance = -1
    for at in range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1):
        left, right = root(folded[:at]), root(folded[at:])
        if left in words and right in words and min(at, len(folded) - at) > balance:
            balance = min(at, len(folded) - at)
            parts = (
                Token(token.word[:at], folded[:at], left, token.phrase),
                Token(token.word[at:], folded[at:], right, token.phrase),
            )
            best = Correction(parts, (words[left], words[right]), 0.7)
    return best


def set_right(
    token: Token, words: Mapping[str, str], frequency: Mapping[str, int] | None = None
) -> Correction | None:
    """The known word (`words`: folded to as written) a word misspells; None if nothing is near enough.

    One wrong, missing, added or swapped letter is forgiven from five letters on, two from nine on if the
    first letter is right; a word in another number or gender than the known one is compared by its root.
    Among equally near words the more frequent one is taken, then the first by letter.
    """
    if not _SHORTEST_MISSPELT <= len(token.folded) <= _LONGEST_WORD or not token.folded.isalpha():
        return None
    counts = frequency or {}
    choices = list(words)
    ranked = [(distance, -counts.get(choice, 0), choice) for choice, distance in _near(token.folded, choices)]
    if min((distance for distance, _, _ in ranked), default=2) > 1:
        ranked += [(1, -counts.get(choice, 0), choice) for choice in _near_roots(token.root, choices)]
    if not ranked:
        return None
    distance, _, chosen = min(ranked)
    corrected = Token(words[chosen], chosen, root(chosen), token.phrase)
    return Correction((corrected,), (words[chosen],), 0.85 if distance <= 1 else 0.7)


def is_near(one: str, other: str, *, unsure: bool) -> bool:
    """Whether two folded phrases are one slip apart; `unsure` allows two in a long one with an odd word."""
    allowed = 2 if unsure and len(one) >= _LONG_PHRASE else 1
    return bool(OSA.distance(one, other, score_cutoff=allowed) <= allowed)


def _near(word: str, choices: list[str]) -> list[tuple[str, int]]:
    allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=20)
    return [
        (choice, int(distance))
        for choice, distance, _ in found
        if len(choice) >= _SHORTEST_MISSPELT and (distance < 2 or choice[0] == word[0])
    ]


def _near_roots(word: str, choices: list[str]) -> list[str]:
    if len(word) < _SHORTEST_MISSPELT:
        return []
    roots = [root(choice) for choice in choices]
    found = process.extract(word, roots, scorer=OSA.distance, score_cutoff=1, limit=20)
    return [choices[number] for near, _, number in found if len(near) >= _SHORTEST_MISSPELT]
