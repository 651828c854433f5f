"""Which names are worth comparing: those that share a rare key, without looking at every pair.

A name has as keys itself as one text and with any one letter left out (two names one slip apart share one of
those), its words in order, each word the same way, pairs of words, its acronyms and initials, the concepts it
is made of. A key that many names share says nothing and is left to the rarer ones; what is alike but for
several slips in frequent words lies side by side when names are sorted from either end.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

from cocommuns_graph.duplicates.naming import Name
from cocommuns_graph.duplicates.vocabulary import LITTLE_WORDS

Pairs = NDArray[np.int64]

_MOST_ALIKE = 40
_MOST_INITIALS = 120
_LONGEST_SLIPPED = 32
_SHORTEST_SLIPPED_WORD = 4
_MOST_WORDS = 8
_NEIGHBOURS = 4
_LEAST = 0.7


class Keys:
    """Keys of things by number, from which the pairs of things that share one are read."""

    def __init__(self) -> None:
        self._keys = array("q")
        self._owners = array("i")

    def add(self, owner: int, keys: Iterable[int]) -> None:
        """Gives a thing some keys."""
        before = len(self._keys)
        self._keys.extend(keys)
        self._owners.extend([owner] * (len(self._keys) - before))

    def pairs(self, most: int = _MOST_ALIKE) -> Pairs:
        """The pairs of things, smaller number first, that share a key which at most `most` things have."""
        if not self._keys:
            return np.empty((0, 2), np.int64)
        keys = np.frombuffer(self._keys, np.int64)
        owners = np.frombuffer(self._owners, np.int32).astype(np.int64)
        order = np.argsort(keys, kind="stable")
        keys, owners = keys[order], owners[order]
        starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
        sizes = np.diff(np.r_[starts, len(keys)])
        found = [np.empty((0, 2), np.int64)]
        for size in range(2, most + 1):
            groups = starts[sizes == size]
            if len(groups):
                members = owners[groups[:, None] + np.arange(size)]
                first, second = np.triu_indices(size, 1)
                found.append(np.stack([members[:, first].ravel(), members[:, second].ravel()], axis=1))
        return distinct(np.concatenate(found))


def distinct(pairs: Pairs) -> Pairs:
    """Each pair once, the smaller number first, none of a thing with itself."""
    low, high = pairs.min(axis=1, initial=2**40), pairs.max(axis=1, initial=-1)
    codes = np.sort((low[low < high] << 32) | high[low < high])
    codes = codes[np.r_[True, codes[1:] != codes[:-1]]] if len(codes) else codes
    return np.stack([codes >> 32, codes & 0xFFFFFFFF], axis=1)


def candidates(names: Sequence[Name]) -> Pairs:
    """The pairs of names that are worth comparing, by their place in the list."""
    close, short, meant = Keys(), Keys(), Keys()
    slipped: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        close.add(number, _spellings(name, slipped))
        short.add(number, _initials(name))
        meant.add(number, _meanings(name))
    near = distinct(np.concatenate([close.pairs(), _side_by_side(names)]))
    shortened = short.pairs(_MOST_INITIALS)
    is_one_word = np.array([len(name.words) == 1 for name in names], bool)
    shortened = shortened[is_one_word[shortened[:, 0]] != is_one_word[shortened[:, 1]]]
    return distinct(np.concatenate([_alike(names, near), shortened, meant.pairs()]))


def _spellings(name: Name, slipped: dict[str, list[int]]) -> list[int]:
    """What names have in common that are spelt alike."""
    keys = [hash(("order", name.in_order))]
    for text in {name.compact, "".join(name.spelt_out)}:
        keys.append(hash(text))
        if len(text) <= _LONGEST_SLIPPED:
            keys += [hash(text[:at] + text[at + 1 :]) for at in range(len(text))]
    words = name.words[:_MOST_WORDS]
    for word in words:
        if word not in slipped:
            slipped[word] = _word_keys(word)
        keys += slipped[word]
    keys += [hash(pair) for pair in combinations(sorted(set(words)), 2)]
    if name.is_person:
        keys += [hash((word, other[0], "initial")) for word in words for other in words if word is not other]
    return keys


def _word_keys(word: str) -> list[int]:
    keys = [hash(("word", word))]
    if len(word) >= _SHORTEST_SLIPPED_WORD and not word.isdigit():
        keys += [hash(("word", word[:at] + word[at + 1 :])) for at in range(len(word))]
    return list(dict.fromkeys(keys))


def _initials(name: Name) -> list[int]:
    """What an acronym and the name it is short for have in common, also in other languages."""
    keys = [hash(letters) for letters in name.shorts | name.initials]
    foreign = name.foreign | {"".join(sorted(short)) for short in name.shorts if len(short) > 2}
    return keys + [hash(("foreign", letters)) for letters in foreign]


def _meanings(name: Name) -> list[int]:
    """What the names of one institution in two languages have in common."""
    if len(name.concepts) < 2:
        return []
    return [hash(tuple(sorted(concept for concept in name.concepts if concept not in LITTLE_WORDS)))]


def _side_by_side(names: Sequence[Name]) -> Pairs:
    """The pairs of names near each other in the order of their letters, from either end."""
    found = [np.empty((0, 2), np.int64)]
    for texts in ([name.compact for name in names], [name.compact[::-1] for name in names]):
        order = np.array(sorted(range(len(names)), key=texts.__getitem__), np.int64)
        found += [np.stack([order[:-step], order[step:]], axis=1) for step in range(1, _NEIGHBOURS + 1)]
    return np.concatenate(found)


def _alike(names: Sequence[Name], pairs: Pairs) -> Pairs:
    """Those pairs whose letters are alike for the most part, in this order of words or sorted."""
    if not len(pairs):
        return pairs
    alike = np.zeros(len(pairs), bool)
    for texts in ([name.in_order for name in names], [name.compact for name in names]):
        left = np.flatnonzero(~alike)
        one = [texts[number] for number in pairs[left, 0].tolist()]
        other = [texts[number] for number in pairs[left, 1].tolist()]
        scores = process.cpdist(
            one, other, scorer=Indel.normalized_similarity, score_cutoff=_LEAST, dtype=np.float32
        )
        alike[left] = scores >= _LEAST
    return pairs[alike]
