"""What is left where nothing here has any word of a question: the words that are written most like them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from rapidfuzz import fuzz, process

from cocommuns_graph.finding.text import Token, tokens

_LEAST, _ALMOST_THE_SAME, _PART = 60, 80, 0.9
_SHORTEST, _LONGEST, _MOST, _LOOKED_AT = 4, 60, 5, 50
_MOST_WORDS = 20
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\D)(?=\d)|(?<=\d)(?=\D)")


def alike(asked: Sequence[Token], known: Collection[str]) -> dict[str, float]:
    """The roots in `known` that are most like the words asked for, each with its likeness from 0 to 1.

    First the parts of a word that is written as several (`GreenEarth`), then roots of at least four letters
    that share most of their letters in order (normalised indel similarity, at least 0.6) and begin alike,
    end one in the other or are all but the same. The first twenty words of at most sixty letters count.
    """
    found: dict[str, float] = {}
    words = {token.word: token.root for token in asked if len(token.word) <= _LONGEST}
    choices = sorted(word for word in known if len(word) >= _SHORTEST)
    for word, base in islice(words.items(), _MOST_WORDS):
        parts = [part.root for part in tokens(" ".join(_HUMPS.split(word))) if part.root in known]
        if parts:
            found |= {part: max(_PART, found.get(part, 0.0)) for part in parts}
        elif len(base) >= _SHORTEST:
            near = process.extract(base, choices, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=_LOOKED_AT)
            kept = [(other, likeness) for other, likeness, _ in near if _is_akin(base, other, likeness)]
            for other, likeness in kept[:_MOST]:
                found[other] = max(likeness / 100, found.get(other, 0.0))
    return found


def _is_akin(word: str, other: str, likeness: float) -> bool:
    """Whether two words begin alike, one ends in the other, or hardly a letter of them differs."""
    return (
        word[:_SHORTEST] == other[:_SHORTEST]
        or word.endswith(other)
        or other.endswith(word)
        or likeness >= _ALMOST_THE_SAME
    )
