"""What a ranking is made of: for one question, how strongly each signal speaks for each record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from cocommuns_graph.finding.lexical import Bm25, Numbers

SIGNALS = ("topics", "profile", "words", "likeness", "best", "collected", "own", "standing", "breadth")
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Query:
    """A question as signals see it: words by their roots and topics by their numbers, each with a weight.

    `about` is the share, from 0 to 1, of its meaningful words that name topics: 1 for a list of topics.
    """

    words: Mapping[str, float]
    topics: Mapping[int, float]
    about: float


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

    def without(
        self, rows: NDArray[np.int64], text: sparse.csr_matrix, words: Mapping[str, float]
    ) -> Numbers:
        """The scores some records would have if one of their texts (a row of counts) were not known."""
        found = np.zeros((rows.size, 3))
        columns = [self._vocabulary[word] for word in words if word in self._vocabulary]
        if not rows.size or not columns:
            return found
        weights = np.array([weight for word, weight in words.items() if word in self._vocabulary])
        left = sparse.csr_matrix(self._counts[rows] - sparse.vstack([text] * rows.size))
        left.data = np.where(left.data > 1e-6, left.data, 0.0)
        lengths = np.asarray(left.sum(axis=1)).ravel()
        norms = self._norms_of(left)
        dense = left[:, columns].toarray()
        at = np.array(columns)
        for place in range(rows.size):
            scores = self._weigh(
                dense[place], at, np.full(at.size, lengths[place]), np.full(at.size, norms[place])
            )
            found[place] = weights @ scores
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
    collected   BM25 summed over its own text and those of its initiatives
    own         BM25 of what it says itself: description, declared topics, affiliation
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
        self._documents, self._texts = documents, texts
        self._part = sparse.csr_matrix(part)
        self._led = sparse.csc_matrix(led)
        self._members = sparse.csc_matrix(part)
        self._about = sparse.csr_matrix(about)
        self._usage = sparse.csc_matrix(about + self._part @ about)
        self._rarity = rarity
        self._profiles = Profiles(
            sparse.csr_matrix(documents + self._part @ documents), texts.vocabulary, ranked
        )
        self._standing = np.asarray(self._led.sum(axis=1)).ravel()

    def of(self, query: Query, rows: NDArray[np.int64], without: int | None = None) -> Numbers:
        """The signals of some records, each from 0 to 1, where 1 is the best of them: (records, signals).

        `without` is the number of an initiative that is taken as not yet known: how the past is asked.
        """
        raw = np.zeros((rows.size, len(SIGNALS)))
        members = np.zeros(0, dtype=np.int64)
        if without is not None:
            at, end = self._members.indptr[without : without + 2]
            members = self._members.indices[at:end].astype(np.int64)
        raw[:, 0] = self._shared(query, without, members)[rows]
        profiles = self._profiles.scores(query.words)
        texts = self._texts.scores(query.words)
        standing, lengths = self._standing, self._profiles.lengths
        if without is not None and members.size:
            text = self._documents[without]
            profiles[members] = self._profiles.without(members, text, query.words)
            texts[without] = 0.0
            standing, lengths = standing.copy(), lengths.copy()
            standing -= np.asarray(self._led[:, [without]].todense()).ravel()
            lengths[members] -= text.sum()
        raw[:, 1:4] = profiles[rows]
        parts = self._part[rows]
        weighed = sparse.csr_matrix((texts[parts.indices], parts.indices, parts.indptr), parts.shape)
        own = texts[rows]
        best = np.asarray(weighed.max(axis=1).todense()).ravel() if weighed.shape[1] else np.zeros(rows.size)
        raw[:, 4] = np.maximum(own, best)
        raw[:, 5] = own + np.asarray(weighed.sum(axis=1)).ravel()
        raw[:, 6] = own
        raw[:, 7] = np.log1p(standing[rows].clip(0))
        raw[:, 8] = np.log1p(lengths[rows].clip(0))
        top = raw.max(axis=0, initial=0.0)
        shares: Numbers = np.divide(raw, top, out=np.zeros_like(raw), where=top > 0)
        return shares

    def _shared(self, query: Query, without: int | None, members: NDArray[np.int64]) -> Numbers:
        found = np.zeros(self._part.shape[0])
        for topic, weight in query.topics.items():
            at, end = self._usage.indptr[topic : topic + 2]
            rows, times = self._usage.indices[at:end], self._usage.data[at:end].copy()
            if without is not None:
                times[np.isin(rows, members)] -= self._about[without, topic]
            found[rows] += weight * self._rarity[topic] * np.log1p(times.clip(0))
        return found
