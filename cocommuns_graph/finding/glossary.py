"""The terms of all topics, indexed so that a phrase in any language finds what it may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from cocommuns_graph.finding.spelling import is_near
from cocommuns_graph.finding.text import (
    STEMMED,
    Token,
    fold_word,
    is_function_word,
    root,
    stem,
    tokens,
    with_umlauts_spelt_out,
)
from cocommuns_graph.model.declare import language_of
from cocommuns_graph.model.identity import fold
from cocommuns_graph.model.records import Graph, Node

LONGEST_TERM = 8
SHORTEST_ALMOST, LONGEST_ALMOST = 8, 200
_BRACKETED = re.compile(r"^(.*?)\s*\(([^()]+)\)\s*$")
_PREFIX = 4
_STEM_REACH = 6
_COMBINATIONS = 16


@dataclass(frozen=True, slots=True)
class Term:
    """One way to say a topic: its topic, its text, its language if known, whether it is the usual one."""

    topic: str
    text: str
    language: str | None
    usual: bool


def terms_of(node: Node) -> Iterator[Term]:
    """The labels and aliases of a topic in all languages; a plain one takes the language of its equal."""
    for family, usual in (("label", True), ("aliases", False)):
        known: dict[str, str] = {}
        for name in sorted(node.properties, key=lambda name: (name != f"{family}_en", name)):
            if language := language_of(name, family):
                for text in node.texts(name):
                    known.setdefault(fold(text), language)
                    yield Term(node.id, text, language, usual)
        for text in node.texts(family):
            if fold(text) not in known:
                yield Term(node.id, text, None, usual)


class Glossary:
    """Every term of a graph's topics by the ways it may be written; made once, then only read."""

    def __init__(self, graph: Graph) -> None:
        self.terms: list[Term] = []
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        self._loose: defaultdict[str, list[int]] = defaultdict(list)
        self._initials: defaultdict[str, list[int]] = defaultdict(list)
        self.words: dict[str, str] = {}
        self.spelt: dict[str, str] = {}
        self.frequency: defaultdict[str, int] = defaultdict(int)
        self._by_prefix: defaultdict[str, dict[str, set[str | None]]] = defaultdict(dict)
        for node in sorted(graph.of_label("Topic"), key=lambda node: node.id):
            for term in terms_of(node):
                self.terms.append(term)
                for spelling in _spellings(term.text):
                    self._add(spelling, len(self.terms) - 1, term)

    def _add(self, spelling: str, number: int, term: Term) -> None:
        words = tokens(spelling)
        if not words:
            return
        folded = [token.folded for token in words]
        self._put(self._exact, " ".join(folded), number)
        self._put(self._loose, " ".join(token.root for token in words), number)
        joined = root("".join(folded))
        self._put(self._loose, joined, number)
        content = [token for token in words if not is_function_word(token.folded)]
        if 1 < len(content) < len(words):
            self._put(self._loose, " ".join(token.root for token in content), number)
        if len(content) > 2:
            self._put(self._initials, "".join(token.folded[0] for token in content), number)
        if len(words) > 1:
            self.spelt.setdefault("".join(folded), spelling)
        for token in words:
            self.words.setdefault(token.root, token.word)
            self.spelt.setdefault(token.folded, token.word)
            self.frequency[token.folded] += 1
            self._by_prefix[token.folded[:_PREFIX]].setdefault(token.folded, set()).add(term.language)

    @staticmethod
    def _put(index: defaultdict[str, list[int]], key: str, number: int) -> None:
        if number not in index[key][-1:]:
            index[key].append(number)

    def exact(self, words: Sequence[Token]) -> list[Term]:
        """The terms written with these words, but for case and accents."""
        return self._terms(self._exact, " ".join(token.folded for token in words))

    def loose(self, words: Sequence[Token], languages: Sequence[str]) -> list[Term]:
        """The terms of these words in another number or gender, joined, hyphenated or in two words."""
        found = self._terms(self._loose, " ".join(token.root for token in words))
        if not found and len(words) > 1:
            found = self._terms(self._loose, root("".join(token.folded for token in words)))
        if found:
            return found
        choices = [self._roots(token, languages) for token in words]
        if all(len(choice) == 1 for choice in choices):
            return []
        for combination in islice(product(*choices), _COMBINATIONS):
            if found := self._terms(self._loose, " ".join(combination)):
                return found
        return []

    def initials(self, token: Token) -> list[Term]:
        """The terms whose words begin with the letters of a word written in capitals."""
        if len(token.word) < 3 or not token.word.isupper():
            return []
        return self._terms(self._initials, token.folded)

    def knows(self, token: Token, languages: Sequence[str]) -> bool:
        """Whether some term has the word, in whatever form."""
        return token.root in self.words or len(self._roots(token, languages)) > 1

    def almost(self, words: Sequence[Token]) -> list[Term]:
        """The terms one slip away from these words taken together, two from a long phrase with a new word."""
        asked = " ".join(token.folded for token in words)
        if not SHORTEST_ALMOST <= len(asked) <= LONGEST_ALMOST:
            return []
        unsure = any(token.folded not in self.spelt for token in words)
        near = process.extract(asked, list(self._exact), scorer=OSA.distance, score_cutoff=2, limit=20)
        found = [(int(distance), key) for key, distance, _ in near if is_near(asked, key, unsure=unsure)]
        return self._terms(self._exact, min(found)[1]) if found else []

    def nearest(self, text: str, likeness: int, limit: int = 3) -> list[Term]:
        """The terms that look most like a text, one a topic, nearest first.

        `likeness` from 0 to 100 is how alike they must be.
        """
        if not self.terms:
            return []
        choices = {number: fold(term.text) for number, term in enumerate(self.terms) if len(term.text) > 3}
        near = process.extract(
            fold(text[:LONGEST_ALMOST]), choices, scorer=fuzz.WRatio, score_cutoff=likeness, limit=limit * 4
        )
        kept: dict[str, Term] = {}
        for _, _, number in sorted(near, key=lambda item: (-item[1], item[2])):
            kept.setdefault(self.terms[number].topic, self.terms[number])
        return list(kept.values())[:limit]

    def _terms(self, index: defaultdict[str, list[int]], key: str) -> list[Term]:
        return [self.terms[number] for number in index.get(key, ())]

    def _roots(self, token: Token, languages: Sequence[str]) -> list[str]:
        """The root of a word and those of the glossary's words that a stemmer takes for the same."""
        found = {token.root: None}
        if len(token.folded) < _PREFIX or token.root in self.words:
            return list(found)
        for word, spoken in self._by_prefix.get(token.folded[:_PREFIX], {}).items():
            if abs(len(word) - len(token.folded)) > _STEM_REACH:
                continue
            usable = {*spoken, *languages, "en"} if None in spoken else spoken
            for language in sorted(code for code in usable if code in STEMMED):
                if stem(word, language) == stem(token.folded, language):
                    found[root(word)] = None
                    break
        return list(found)


def _spellings(text: str) -> list[str]:
    """A term as it may be met: whole, without what it has in brackets, only that, with umlauts spelt out."""
    found = [text]
    if match := _BRACKETED.match(text):
        found += [match[1], match[2]]
    if (spelt := with_umlauts_spelt_out(text)) != text:
        found.append(spelt)
    return [spelling for spelling in found if fold_word(spelling.replace(" ", ""))]
