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


@dataclass(frozen=True, slots=True)
class Correction:
    """What an unknown word is read as: new tokens, the words as people know them, how sure (0 to 1)."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    quality: float


def take_apart(token: Token, words: Mapping[str, str]) -> Correction | None:
    """A compound as two known words (`words`: root to word), the most even parts; None if it is none."""
    folded = token.folded
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
    """The known word (`words`: root to word) a word misspells; None if nothing is near enough.

    One wrong, missing, added or swapped letter is forgiven from five letters on, two from nine on if the
    first letter is right. Among equally near words the more frequent one is taken, then the first by letter.
    """
    allowed = 2 if len(token.root) >= _TWO_ERRORS_FROM else 1
    if len(token.root) < _SHORTEST_MISSPELT or not token.root.isalpha():
        return None
    near = process.extract(token.root, list(words), scorer=OSA.distance, score_cutoff=allowed, limit=20)
    counts = frequency or {}
    ranked = sorted(
        (
            (distance, candidate[0] != token.root[0], -counts.get(candidate, 0), candidate)
            for candidate, distance, _ in near
            if len(candidate) >= _SHORTEST_MISSPELT - 1 and (distance < 2 or candidate[0] == token.root[0])
        ),
    )
    if not ranked:
        return None
    distance, _, _, chosen = ranked[0]
    corrected = Token(words[chosen], chosen, chosen, token.phrase)
    return Correction((corrected,), (words[chosen],), 0.85 if distance <= 1 else 0.7)
