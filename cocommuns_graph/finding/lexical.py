"""An index of the inventory's texts with BM25 scores, free of any library but numpy and scipy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Numbers = NDArray[np.float64]
_K1, _B = 1.2, 0.75


class Bm25:
    """BM25 (Robertson and Spärck Jones, k1 = 1.2, b = 0.75) over rows of word counts.

    `counts` has one row a document and one column a word of `vocabulary`.
    """

    def __init__(self, counts: sparse.csr_matrix, vocabulary: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary
        self.size = int(counts.shape[0])
        columns = counts.tocsc()
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        filled = lengths[lengths > 0]
        average = float(filled.mean()) if filled.size else 1.0
        containing = np.diff(columns.indptr)
        documents = max(int(filled.size), 1)
        self.rarity: Numbers = np.log1p((documents - containing + 0.5) / (containing + 0.5))
        frequency = columns.data.astype(np.float64)
        norm = _K1 * (1 - _B + _B * lengths[columns.indices] / average)
        per_column = np.repeat(self.rarity, containing)
        self._weights: Numbers = per_column * frequency * (_K1 + 1) / (frequency + norm)
        self._rows = columns.indices
        self._starts = columns.indptr

    def scores(self, weighted: Mapping[str, float]) -> Numbers:
        """The score of every document for words with weights; 0 where none of them occurs."""
        found = np.zeros(self.size)
        for word, weight in weighted.items():
            rows, weights = self._column(word)
            found[rows] += weight * weights
        return found

    def phrase_scores(self, phrase: Sequence[str]) -> Numbers:
        """The score of every document that has all these words; 0 for the others."""
        found = np.zeros(self.size)
        hits = np.zeros(self.size, dtype=np.int64)
        wanted = dict.fromkeys(phrase)
        for word in wanted:
            rows, weights = self._column(word)
            found[rows] += weights
            hits[rows] += 1
        found[hits < len(wanted)] = 0
        return found

    def __contains__(self, word: object) -> bool:
        return word in self.vocabulary

    def _column(self, word: str) -> tuple[NDArray[np.int32], Numbers]:
        number = self.vocabulary.get(word)
        if number is None:
            return np.zeros(0, dtype=np.int32), np.zeros(0)
        part = slice(self._starts[number], self._starts[number + 1])
        return self._rows[part], self._weights[part]


def count_words(texts: Iterable[Iterable[str]]) -> tuple[sparse.csr_matrix, dict[str, int]]:
    """Documents as lists of words to a matrix of counts and the column of each word."""
    vocabulary: dict[str, int] = {}
    columns: list[int] = []
    values: list[int] = []
    starts = [0]
    for words in texts:
        for word, count in Counter(words).items():
            columns.append(vocabulary.setdefault(word, len(vocabulary)))
            values.append(count)
        starts.append(len(columns))
    shape = (len(starts) - 1, max(len(vocabulary), 1))
    matrix = sparse.csr_matrix(
        (np.array(values, dtype=np.float64), np.array(columns, dtype=np.int32), np.array(starts)), shape=shape
    )
    return matrix, vocabulary
