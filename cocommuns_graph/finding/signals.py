"""What a ranking is made of: for one question, how strongly each signal speaks for each record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from cocommuns_graph.finding.lexical import Bm25, Numbers

SIGNALS = ("topics", "profile", "words", "likeness", "best", "own", "led", "standing", "breadth")
_LED = SIGNALS.index("led")
_LITTLE = 0.05
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Query:
    """A question as signals see it: words by their roots and topics by their numbers, each with a weight."""

    words: Mapping[str, float]
    topics: Mapping[int, float]


class Profiles:
    """Everything a record is known by as one text, scored in three ways that differ in what length does.

    Columns of `scores`: BM25 (k1 = 1.2, b = 0.75), which favours short texts; BM25 with b = 0, which does not
    care for length; and the cosine of log-frequency tf-idf vectors (Salton), which favours texts of one
    subject. Rarity is counted over the rows of `ranked`.
    """

    def __init__(
        self, counts: sparse.csr_matrix, vocabulary: Mapping[str, int], ranked: NDArray[np.int64]
    ) -> None:
        self._counts = counts
        self._vocabulary = vocabulary
        among = counts[ranked] if ranked.size else counts
        number = int(among.shape[0])
        containing = np.bincount(among.indices, minlength=counts.shape[1])
        self._rarity: Numbers = np.log1p((number - containing + 0.5).clip(0.5) / (containing + 0.5))
        self._idf: Numbers = np.log((1 + number) / (1 + containing).clip(max=1 + number)) + 1
        self.lengths: Numbers = np.asarray(counts.sum(axis=1)).ravel()
        known = self.lengths[ranked] if ranked.size else self.lengths
        self._average = float(known[known > 0].mean()) if (known > 0).any() else 1.0
        self._norms = self._norms_of(counts)
        columns = counts.tocsc()
        self._rows, self._starts = columns.indices, columns.indptr
        words = np.repeat(np.arange(counts.shape[1]), np.diff(columns.indptr))
        self._weights = self._weigh(columns.data, words, self.lengths[self._rows], self._norms[self._rows])

    def scores(self, words: Mapping[str, float]) -> Numbers:
        """The three scores of every record for words with weights: an array of shape (records, 3)."""
        found = np.zeros((self._counts.shape[0], 3))
        for word, weight in words.items():
            column = self._vocabulary.get(word)
            if column is not None:
                part = slice(self._starts[column], self._starts[column + 1])
                found[self._rows[part]] += weight * self._weights[part]
        return found

    def _norms_of(self, counts: sparse.csr_matrix) -> Numbers:
        weighed = sparse.csr_matrix(
            (np.log1p(counts.data) * self._idf[counts.indices], counts.indices, counts.indptr), counts.shape
        )
        squares: Numbers = np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel()
        norms: Numbers = np.sqrt(squares) + 1e-9
        return norms

    def _weigh(self, counts: Numbers, words: NDArray[np.int64], lengths: Numbers, norms: Numbers) -> Numbers:
        full = self._rarity[words] * counts * (_K1 + 1)
        return np.stack(
            [
                full / (counts + _K1 * (1 - _B + _B * lengths / self._average)),
                full / (counts + _K1),
                np.log1p(counts) * self._idf[words] ** 2 / norms,
            ],
            axis=1,
        )


class Signals:
    """The signals of every record of an index for any question.

    topics      rarity-weighted topics shared, each more the more often it is met (log)
    profile     BM25 of all that is known of the record
    words       the same whatever its length
    likeness    cosine of the profile
    best        BM25 of its best single text: its own or one initiative's
    own         BM25 of what it says itself: description, declared topics, affiliation
    led         BM25 summed over the initiatives in which it was more than a learner, newer ones more (log)
    standing    parts in initiatives other than as learner, newer ones more (log); not of the question
    breadth     how much is known of it (log); not of the question
    """

    def __init__(
        self,
        documents: sparse.csr_matrix,
        texts: Bm25,
        part: sparse.csr_matrix,
        led: sparse.csr_matrix,
        about: sparse.csr_matrix,
        rarity: Numbers,
        ranked: NDArray[np.int64],
    ) -> None:
        self.texts, self.rarity = texts, rarity
        self.part = sparse.csr_matrix(part)
        self.led = sparse.csr_matrix(led)
        self.usage = sparse.csc_matrix(about + self.part @ about)
        self.profiles = Profiles(
            sparse.csr_matrix(documents + self.part @ documents), texts.vocabulary, ranked
        )
        self.standing: Numbers = np.asarray(self.led.sum(axis=1)).ravel()

    def of(self, query: Query, rows: NDArray[np.int64]) -> Numbers:
        """The signals of some records, each from 0 to 1, where 1 is the best of them: (records, signals)."""
        texts = self.texts.scores(query.words)
        own = texts[rows]
        raw = np.column_stack(
            [
                self._shared(query)[rows],
                self.profiles.scores(query.words)[rows],
                np.maximum(own, best_of(self.part[rows], texts)),
                own,
                self.led[rows] @ texts,
                np.log1p(self.standing[rows]),
                np.log1p(self.profiles.lengths[rows]),
            ]
        )
        return shares(raw)

    def _shared(self, query: Query) -> Numbers:
        found = np.zeros(self.part.shape[0])
        for topic, weight in query.topics.items():
            at, end = self.usage.indptr[topic : topic + 2]
            rows, times = self.usage.indices[at:end], self.usage.data[at:end]
            found[rows] += weight * self.rarity[topic] * np.log1p(times)
        return found


def best_of(part: sparse.csr_matrix, texts: Numbers) -> Numbers:
    """The best score of the texts in each row of a matrix; 0 for an empty row."""
    found = np.zeros(part.shape[0])
    filled = np.flatnonzero(np.diff(part.indptr))
    if filled.size:
        found[filled] = np.maximum.reduceat(texts[part.indices], part.indptr[filled])
    return found


def shares(raw: Numbers) -> Numbers:
    """Signals (..., records, signals) as shares of the best record, those of `led` by their logarithm.

    The logarithm lets a little of what somebody led count for much, and much more of it for little more.
    """
    top = raw.max(axis=-2, keepdims=True, initial=0.0)
    found: Numbers = np.divide(raw, top, out=np.zeros_like(raw), where=top > 0)
    found[..., _LED] = np.log1p(found[..., _LED] / _LITTLE) / np.log1p(1 / _LITTLE)
    return found
