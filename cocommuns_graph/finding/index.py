"""Everything about one graph that a question needs, computed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from scipy import sparse

from cocommuns_graph.finding.evidence import Gatherer, tie_strength
from cocommuns_graph.finding.glossary import Glossary, terms_of
from cocommuns_graph.finding.lexical import Bm25, Numbers, count_words
from cocommuns_graph.finding.resolve import names_of
from cocommuns_graph.finding.roles import UNSAID, role_strength
from cocommuns_graph.finding.signals import Signals
from cocommuns_graph.finding.text import content_words, roots, tokens
from cocommuns_graph.model import codes
from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.records import Graph, Node, Relationship

_UNREAD_NAMES = """
id visibility confirmed_on sources created_in website orcid contact latitude longitude languages start end
status label definition context
"""
_UNREAD = frozenset(_UNREAD_NAMES.split())
_SAID_IN = ("statement", "evidence", "how")
LONGEST_NAME = 10


def texts_of(node: Node) -> Iterator[tuple[str, str]]:
    """The properties of a record whose text is searched, each with its text; of a topic its terms."""
    if node.label == "Topic":
        for term in terms_of(node):
            yield "label" if term.usual else "aliases", term.text
        return
    for name in node.properties:
        if name in _UNREAD:
            continue
        for text in node.texts(name):
            if name == "country":
                text = f"{codes.country_name(text)}"
            if "://" not in text[:12] and any(character.isalpha() for character in text):
                yield name, text


def said_in(tie: Relationship) -> Iterator[tuple[str, str]]:
    """The sentences a tie carries about its start: a statement, evidence, how it was solved."""
    for name in _SAID_IN:
        if text := tie.text(name):
            yield name, text


def _said(ties: Iterable[Relationship], names: tuple[str, ...]) -> dict[str, list[str]]:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for tie in ties:
        for name, text in said_in(tie):
            if name in names:
                said[tie.start] += roots(text)
    return said


def _one(_: Relationship) -> float:
    return 1.0


class Index:
    """The searchable form of a graph; rows of all matrices are its nodes in the order of `nodes`."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.nodes = sorted(graph.nodes.values(), key=lambda node: (node.name, node.id))
        self.number = {node.id: number for number, node in enumerate(self.nodes)}
        self.glossary = Glossary(graph)
        self.gatherer = Gatherer(graph)
        self.names: dict[str, list[str]] = {}
        self.name_words: dict[str, str] = {}
        self._index_names()
        ties = sorted(
            (tie for tie in graph.relationships if tie.start in self.number and tie.end in self.number),
            key=lambda tie: tie.identity,
        )
        about = self._matrix((tie for tie in ties if tie_strength(tie) > 0), tie_strength)
        parts = [tie for tie in ties if tie.type == "TAKES_PART_IN"]
        self.part = self._matrix(parts, _one)
        led = self._matrix(
            (tie for tie in parts if role_strength(tie.text("role")) >= UNSAID),
            lambda tie: self.gatherer.recency.of(tie, graph.nodes[tie.end]),
        )
        helped = sum(role_strength(tie.text("role")) >= UNSAID for tie in parts)
        self.learners = (len(parts) - helped) / max(1, helped)
        affiliated = self._matrix((tie for tie in ties if tie.type == "AFFILIATED_WITH"), _one)
        # Proofs are searched, but not part of what is ranked: they would make the best proven look wordy.
        counts, vocabulary = count_words([*self._own_words(ties), *self._proofs(ties)])
        own, proofs = counts[: len(self.nodes)], counts[len(self.nodes) :]
        self.texts = Bm25(sparse.csr_matrix(own + proofs), vocabulary)
        documents = sparse.csr_matrix(own + about @ own + affiliated @ own)
        users = np.diff(sparse.csc_matrix(about + self.part @ about).indptr)
        self.actors = np.array(
            [number for number, node in enumerate(self.nodes) if node.label in MODEL.actors], dtype=np.int64
        )
        actors = max(1, self.actors.size)
        self.rarity: Numbers = np.log1p(actors / (1 + users)) / np.log1p(actors)
        self.signals = Signals(
            documents, Bm25(documents, vocabulary), self.part, led, about, self.rarity, self.actors
        )
        self.about = about

    def _index_names(self) -> None:
        for node in self.nodes:
            if node.label == "Topic":
                continue
            for name in names_of(node):
                words = tokens(name)
                if not words or len(words) > LONGEST_NAME:
                    continue
                known = self.names.setdefault(" ".join(token.folded for token in words), [])
                if node.id not in known:
                    known.append(node.id)
                for token, carries in zip(words, content_words(words), strict=True):
                    if carries:
                        self.name_words.setdefault(token.folded, token.word)

    def _own_words(self, ties: Iterable[Relationship]) -> Iterator[list[str]]:
        said = _said(ties, ("statement",))
        for node in self.nodes:
            yield [word for _, text in texts_of(node) for word in roots(text)] + said.get(node.id, [])

    def _proofs(self, ties: Iterable[Relationship]) -> Iterator[list[str]]:
        said = _said(ties, ("evidence", "how"))
        for node in self.nodes:
            yield said.get(node.id, [])

    def _matrix(
        self, ties: Iterable[Relationship], weight: Callable[[Relationship], float]
    ) -> sparse.csr_matrix:
        cells: dict[tuple[int, int], float] = {}
        for tie in ties:
            cell = (self.number[tie.start], self.number[tie.end])
            cells[cell] = max(weight(tie), cells.get(cell, 0.0))
        rows = np.array([row for row, _ in cells], dtype=np.int64)
        columns = np.array([column for _, column in cells], dtype=np.int64)
        values = np.array(list(cells.values()), dtype=np.float64)
        size = len(self.nodes)
        return sparse.csr_matrix((values, (rows, columns)), shape=(size, size))

    def term_phrases(self, topic_id: str) -> list[list[str]]:
        """The terms of a topic as the roots of their meaningful words, each once."""
        found: dict[tuple[str, ...], None] = {}
        for term in terms_of(self.graph.nodes[topic_id]):
            words = tokens(term.text)
            kept = tuple(
                token.root for token, carries in zip(words, content_words(words), strict=True) if carries
            )
            if kept:
                found[kept] = None
        return [list(phrase) for phrase in found]
