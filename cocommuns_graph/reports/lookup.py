"""Looking a term up: any word of any language, from its first letters on, accents and case aside."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cocommuns_graph.finding.glossary import Term, terms_of
from cocommuns_graph.finding.text import fold_word, tokens
from cocommuns_graph.model import Graph

_WHOLE, _BEGINS, _WORDS, _WITHIN, _MISSPELT = range(5)
_SHORTEST_WITHIN, _SHORTEST_MISSPELT, _TWO_ERRORS_FROM = 3, 4, 8
_MOST_READ = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A topic that was looked up: its id, the term that fits, the language of that (empty if unknown).

    `misspelt` is True where no term has what was typed and this one is near to it.
    """

    topic: str
    text: str
    language: str
    misspelt: bool


@dataclass(frozen=True, slots=True)
class _Known:
    term: Term
    words: tuple[str, ...]
    joined: str


class Lookup:
    """Every term of the topics of a graph, ready to be looked up; made once, then only read."""

    def __init__(self, graph: Graph) -> None:
        self._known: list[_Known] = []
        for node in sorted(graph.of_label("Topic"), key=lambda node: node.id):
            for term in terms_of(node):
                if words := _folded(term.text):
                    self._known.append(_Known(term, words, " ".join(words)))
        self._words = sorted({word for known in self._known for word in known.words})

    def __call__(self, text: str) -> list[Hit]:
        """The topics that a text may be a term of, or the beginning of one, the likeliest first.

        First whole terms, then those that begin so, then those with words that begin so in any order, then
        those that have it inside a word; only where there is none of all these, those a slip or two away.
        """
        asked = _folded(text[:_MOST_READ])
        if not asked:
            return []
        found = self._matching(asked)
        if not found:
            right = self._respelt(asked)
            found = [(_MISSPELT, known) for _, known in self._matching(right)] if right else []
        return list(_best(found))

    def _matching(self, asked: Sequence[str]) -> list[tuple[int, _Known]]:
        joined = " ".join(asked)
        # Two characters are a word in scripts that write none apart.
        within = joined if len(joined) >= _SHORTEST_WITHIN or not joined.isascii() else None
        first = max(asked, key=len)
        likely = (known for known in self._known if first in known.joined)
        ranked = ((_rank(known, asked, joined, within), known) for known in likely)
        return [(rank, known) for rank, known in ranked if rank is not None]

    def _respelt(self, asked: Sequence[str]) -> list[str]:
        """What was typed with every unknown word set right; empty where one is like no other."""
        right = [word if self._begins(word) else self._nearest(word) for word in asked]
        known = [word for word in right if word is not None]
        return known if len(known) == len(right) else []

    def _begins(self, word: str) -> bool:
        at = bisect_left(self._words, word)
        return at < len(self._words) and self._words[at].startswith(word)

    def _nearest(self, word: str) -> str | None:
        """The known word nearest to one, or to what it may be the beginning of."""
        if len(word) < _SHORTEST_MISSPELT:
            return None
        allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
        for choices in (self._words, sorted({known[: len(word)] for known in self._words})):
            near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=20)
            fair = [
                (distance, found)
                for found, distance, _ in near
                if len(found) >= _SHORTEST_MISSPELT and (distance < 2 or found[0] == word[0])
            ]
            if fair:
                return str(min(fair)[1])
        return None


def _folded(text: str) -> tuple[str, ...]:
    return tuple(folded for token in tokens(text) if (folded := fold_word(token.word)))


def _rank(known: _Known, asked: Sequence[str], joined: str, within: str | None) -> int | None:
    if known.joined == joined:
        return _WHOLE
    if known.joined.startswith(joined):
        return _BEGINS
    if all(any(word.startswith(part) for word in known.words) for part in asked):
        return _WORDS
    if within is not None and within in known.joined:
        return _WITHIN
    return None


def _best(found: Sequence[tuple[int, _Known]]) -> Iterator[Hit]:
    """Each topic once, by the term of it that fits best; usual terms and short ones first."""
    ordered = sorted(
        found, key=lambda one: (one[0], not one[1].term.usual, len(one[1].joined), one[1].joined)
    )
    seen: set[str] = set()
    for rank, known in ordered:
        if known.term.topic not in seen:
            seen.add(known.term.topic)
            yield Hit(known.term.topic, known.term.text, known.term.language or "", rank == _MISSPELT)
