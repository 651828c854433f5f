"""The terms of all topics, indexed so that a phrase in any language finds what it may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import islice, product

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Prefix

from cocommuns_graph.finding.scripts import has_unspaced, is_unspaced, together
from cocommuns_graph.finding.spelling import Near, Words, is_near, unlikeness
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
LONGEST_UNSPACED_TERM = 40
COMPOUNDING = frozenset(("de", "nl", "sv", "da", "no", "nb", "nn", "is", "fy", "lb", "fi", "hu", "et"))
SHORTEST_ALMOST, SHORTEST_ALMOST_UNSPACED, LONGEST_ALMOST = 8, 5, 200
_BRACKETED = re.compile(r"^(.*?)\s*\(([^()]+)\)\s*$")
_PREFIX = 4
_STEM_REACH = 6
_COMBINATIONS = 16
_BEGINNING = 3
_BEGIN_ALIKE, _PIECE_ALIKE, _WORDS_ALIKE = 4, 5, 0.7
_MOST_FORMS = 8192
_SHORTEST_INITIALS, _LONGEST_INITIALS = 3, 8


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
        self._all_initials: defaultdict[str, list[int]] = defaultdict(list)
        self._acronyms: defaultdict[str, list[int]] = defaultdict(list)
        self._beginnings: set[str] = set()
        self.lengths: set[int] = set(range(1, LONGEST_TERM + 1))
        self.words: dict[str, str] = {}
        self.compounding: dict[str, str] = {}
        spelt: dict[str, str] = {}
        frequency: defaultdict[str, int] = defaultdict(int)
        self.spelt = Words(spelt, frequency)
        self._by_prefix: defaultdict[str, dict[str, set[str | None]]] = defaultdict(dict)
        for node in sorted(graph.of_label("Topic"), key=lambda node: node.id):
            for term in terms_of(node):
                self.terms.append(term)
                for spelling in _spellings(term.text):
                    self._add(spelling, len(self.terms) - 1, term, spelt, frequency)
        self._near = Near(self._exact)
        self._names = Words({})
        self._roots = lru_cache(maxsize=_MOST_FORMS)(self._roots_anew)

    def _add(
        self, spelling: str, number: int, term: Term, spelt: dict[str, str], frequency: dict[str, int]
    ) -> None:
        words = tokens(spelling)
        if not words:
            return
        phrase = _phrase(words)
        joined = phrase.replace(" ", "")
        self._put(self._exact, phrase, number)
        self._put(self._loose, " ".join(token.root for token in words), number)
        self._put(self._loose, root(joined), number)
        content = [token for token in words if not is_function_word(token.folded)]
        for first in (joined, *(token.folded for token in (words[0], *content[:1]))):
            self._beginnings.update(first[:length] for length in range(1, _BEGINNING + 1))
        if len(words) <= LONGEST_UNSPACED_TERM and has_unspaced(phrase):
            self.lengths.add(len(words))
        if 1 < len(content) < len(words):
            self._put(self._loose, " ".join(token.root for token in content), number)
        for index, named in ((self._initials, content), (self._all_initials, words)):
            if _SHORTEST_INITIALS <= len(named) <= _LONGEST_INITIALS:
                self._put(index, initials_of(named), number)
        if len(words) == 1 and is_acronym(words[0]):
            self._put(self._acronyms, words[0].folded, number)
        if len(words) > 1:
            spelt.setdefault(joined, spelling)
        for token in words:
            self.words.setdefault(token.root, token.word)
            spelt.setdefault(token.folded, token.word)
            frequency[token.folded] += 1
            if term.language in COMPOUNDING:
                self.compounding.setdefault(token.root, token.word)
            self._by_prefix[token.folded[:_PREFIX]].setdefault(token.folded, set()).add(term.language)

    @cached_property
    def _folded(self) -> dict[int, str]:
        return {number: fold(term.text) for number, term in enumerate(self.terms) if len(term.text) > 3}

    @staticmethod
    def _put(index: defaultdict[str, list[int]], key: str, number: int) -> None:
        if number not in index[key][-1:]:
            index[key].append(number)

    def exact(self, words: Sequence[Token]) -> list[Term]:
        """The terms written with these words, but for case and accents."""
        return self._terms(self._exact, _phrase(words))

    def loose(self, words: Sequence[Token], languages: tuple[str, ...]) -> list[Term]:
        """The terms of these words in another number or gender, joined, hyphenated or in two words."""
        found = self._terms(self._loose, " ".join(token.root for token in words))
        if not found and len(words) > 1:
            found = self._terms(self._loose, root(_phrase(words).replace(" ", "")))
        if found:
            return found
        choices = [self._roots(token.folded, token.root, languages) for token in words]
        if all(len(choice) == 1 for choice in choices):
            return []
        for combination in islice(product(*choices), _COMBINATIONS):
            if found := self._terms(self._loose, " ".join(combination)):
                return found
        return []

    def may_begin(self, token: Token) -> bool:
        """Whether some term may begin with a word, in whatever form."""
        return token.folded[:_BEGINNING] in self._beginnings

    def initials(self, token: Token) -> list[Term]:
        """The terms whose meaningful words, or for one in capitals all words, begin with a word's letters."""
        if not _SHORTEST_INITIALS <= len(token.folded) <= _LONGEST_INITIALS:
            return []
        found = self._terms(self._initials, token.folded)
        return found or (self._terms(self._all_initials, token.folded) if token.word.isupper() else [])

    def acronyms(self, words: Sequence[Token]) -> list[Term]:
        """The terms in capitals that stand for these words."""
        content = [token for token in words if not is_function_word(token.folded)]
        if not _SHORTEST_INITIALS <= len(content) <= _LONGEST_INITIALS:
            return []
        return self._terms(self._acronyms, initials_of(content)) or self._terms(
            self._acronyms, initials_of(words)
        )

    def knows(self, token: Token, languages: tuple[str, ...]) -> bool:
        """Whether some term has the word, in whatever form."""
        return token.root in self.words or len(self._roots(token.folded, token.root, languages)) > 1

    def names_in(self, names: Mapping[str, str]) -> Words:
        """The words of names, ready to set others right; made anew only for other names."""
        if self._names.written is not names:
            self._names = Words(names)
        return self._names

    def almost(self, words: Sequence[Token]) -> list[Term]:
        """The terms one slip away from these words taken together, two from a long phrase with a new word."""
        asked = _phrase(words)
        shortest = SHORTEST_ALMOST_UNSPACED if is_unspaced(asked) else SHORTEST_ALMOST
        if not shortest <= len(asked) <= LONGEST_ALMOST:
            return []
        unsure = any(token.folded not in self.spelt.written for token in words)
        near = [
            (found, unlikeness(asked, key), key)
            for key, found in self._near.to(asked, 2)
            if is_near(asked, key, unsure=unsure)
        ]
        return self._terms(self._exact, min(near)[2]) if near else []

    def nearest(self, text: str, likeness: int, limit: int = 3) -> list[Term]:
        """The terms that look most like a text, one a topic, nearest first.

        `likeness` from 0 to 100 is how alike they must be; besides, some word of both must begin alike, share
        a piece, or differ in few letters.
        """
        if not self.terms:
            return []
        near = process.extract(
            fold(text[:LONGEST_ALMOST]),
            self._folded,
            scorer=fuzz.WRatio,
            score_cutoff=likeness,
            limit=limit * 8,
        )
        asked = tokens(text[:LONGEST_ALMOST])
        kept: dict[str, Term] = {}
        for _, _, number in sorted(near, key=lambda item: (-item[1], item[2])):
            if not any(_alike(one, other) for one in asked for other in tokens(self.terms[number].text)):
                continue
            kept.setdefault(self.terms[number].topic, self.terms[number])
        return list(kept.values())[:limit]

    def _terms(self, index: defaultdict[str, list[int]], key: str) -> list[Term]:
        return [self.terms[number] for number in index.get(key, ())]

    def _roots_anew(self, folded: str, base: str, languages: tuple[str, ...]) -> list[str]:
        """The root of a word and those of the glossary's words that a stemmer takes for the same."""
        found = {base: None}
        if len(folded) < _PREFIX or base in self.words:
            return list(found)
        for word, spoken in self._by_prefix.get(folded[:_PREFIX], {}).items():
            if abs(len(word) - len(folded)) > _STEM_REACH:
                continue
            usable = {*spoken, *languages, "en"} if None in spoken else spoken
            for language in sorted(code for code in usable if code in STEMMED):
                if stem(word, language) == stem(folded, language):
                    found[root(word)] = None
                    break
        return list(found)


def _alike(one: Token, other: Token) -> bool:
    if is_function_word(one.folded) or is_function_word(other.folded):
        return False
    if Prefix.similarity(one.folded, other.folded) >= _BEGIN_ALIKE:
        return True
    if OSA.normalized_similarity(one.folded, other.folded) >= _WORDS_ALIKE:
        return True
    shared = SequenceMatcher(None, one.folded, other.folded, autojunk=False).find_longest_match()
    return shared.size >= _PIECE_ALIKE


def is_acronym(token: Token) -> bool:
    """Whether a word is written as one speaks of initials: in capitals, and long enough."""
    return _SHORTEST_INITIALS <= len(token.word) <= _LONGEST_INITIALS and token.word.isupper()


def initials_of(words: Sequence[Token]) -> str:
    """The first letters of words, as an acronym of them has."""
    return "".join(token.folded[0] for token in words)


def _phrase(words: Sequence[Token]) -> str:
    parts = [token.folded for token in words]
    phrase = " ".join(parts)
    return together(parts) if has_unspaced(phrase) else phrase


def _spellings(text: str) -> list[str]:
    """A term as it may be met: whole, without what it has in brackets, only that, with umlauts spelt out."""
    found = [text]
    if match := _BRACKETED.match(text):
        found += [match[1], match[2]]
    if (spelt := with_umlauts_spelt_out(text)) != text:
        found.append(spelt)
    return [spelling for spelling in found if fold_word(spelling.replace(" ", ""))]
