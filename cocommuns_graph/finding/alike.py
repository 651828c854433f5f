"""What is left where nothing here has any word of a question: the words that are written most like them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz, process

from cocommuns_graph.finding.text import Token, tokens

_LEAST, _PART = 60, 0.9
_SHORTEST, _MOST = 4, 5
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\D)(?=\d)|(?<=\d)(?=\D)")


def alike(asked: Sequence[Token], known: Collection[str]) -> dict[str, float]:
    """The roots in `known` that are most like the words asked for, each with its likeness from 0 to 1.

    First the parts of a word that is written as several (`GreenEarth`), then words that share most of their
    letters in order: the normalised indel similarity, at least 0.6, of roots with at least four letters.
    """
    found: dict[str, float] = {}
    for token in asked:
        parts = [part.root for part in tokens(" ".join(_HUMPS.split(token.word))) if part.root in known]
        if parts:
            found |= {part: max(_PART, found.get(part, 0.0)) for part in parts}
            continue
        if len(token.root) < _SHORTEST:
            continue
        choices = [word for word in known if len(word) >= _SHORTEST]
        near = process.extract(token.root, choices, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=None)
        for word, likeness, _ in sorted(near, key=lambda one: (-one[1], one[0]))[:_MOST]:
            found[word] = max(likeness / 100, found.get(word, 0.0))
    return found
