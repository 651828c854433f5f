"""Plain methods on the files of a ranking case, to compare the product with: nothing of the product is used.

topic_overlap   topics of the question that the actor has, declared or by an initiative
popularity      initiatives the actor took part in
bm25_profile    BM25 (k1 = 1.2, b = 0.75) of one text an actor: declared topics, affiliation, its initiatives
tfidf_profile   cosine of log-frequency tf-idf vectors of the same texts
bm25_doc_sum    BM25 of initiatives and declared profiles, summed over an actor's own
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import rank_case

BASELINES = ("topic_overlap", "popularity", "bm25_profile", "tfidf_profile", "bm25_doc_sum")
DEPTH = 100
_K1, _B = 1.2, 0.75
_SHORTEST_PLURAL = 4
_STOP_WORDS = (
    "a an and are as at be been but by can do for from has have how in into is it its more not of on or our "
    "that the their them they this to was we were what when where which who will with you your"
)
_STOP = frozenset(_STOP_WORDS.split())
Scores = dict[str, float]


def words(text: str) -> list[str]:
    """The words of a text in lower case, without English function words and plural endings."""
    found = re.findall(r"[^\W_]+", text.casefold())
    return [_singular(word) for word in found if word not in _STOP]


def _singular(word: str) -> str:
    long = len(word) >= _SHORTEST_PLURAL
    return word[:-1] if long and word.endswith("s") and not word.endswith("ss") else word


class _Texts:
    """Texts by name, scored against a question."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        self._counts = {name: Counter(text) for name, text in texts.items()}
        self._lengths = {name: counts.total() for name, counts in self._counts.items()}
        filled = [length for length in self._lengths.values() if length]
        self._average = sum(filled) / max(1, len(filled))
        self._size = max(1, len(filled))
        self._having: defaultdict[str, list[str]] = defaultdict(list)
        for name, counts in self._counts.items():
            for word in counts:
                self._having[word].append(name)
        self._norms = {
            name: math.sqrt(sum((self._tf(count) * self._idf(word)) ** 2 for word, count in counts.items()))
            for name, counts in self._counts.items()
        }

    def _tf(self, count: int) -> float:
        return 1 + math.log(count)

    def _idf(self, word: str) -> float:
        return math.log((1 + self._size) / (1 + len(self._having.get(word, ())))) + 1

    def bm25(self, asked: Mapping[str, int]) -> Scores:
        found: defaultdict[str, float] = defaultdict(float)
        for word, times in asked.items():
            names = self._having.get(word, [])
            rarity = math.log1p((self._size - len(names) + 0.5) / (len(names) + 0.5))
            for name in names:
                count = self._counts[name][word]
                norm = _K1 * (1 - _B + _B * self._lengths[name] / self._average)
                found[name] += self._tf(times) * rarity * count * (_K1 + 1) / (count + norm)
        return dict(found)

    def cosine(self, asked: Mapping[str, int]) -> Scores:
        found: defaultdict[str, float] = defaultdict(float)
        for word, times in asked.items():
            for name in self._having.get(word, []):
                weight = self._tf(self._counts[name][word]) * self._tf(times) * self._idf(word) ** 2
                found[name] += weight / self._norms[name]
        return dict(found)


class Baselines:
    """The plain methods on one case."""

    def __init__(self, case: Path) -> None:
        declared: defaultdict[str, list[str]] = defaultdict(list)
        self._topics: defaultdict[str, set[str]] = defaultdict(set)
        self._parts: defaultdict[str, set[str]] = defaultdict(set)
        for row in rank_case.rows(case / "actors.csv"):
            topics = row.get("declared_topics", "")
            declared[row["actor_id"]] += words(f"{topics} {row.get('affiliation', '')}")
            self._topics[row["actor_id"]] |= _topics(topics)
        texts, about = {}, {}
        for row in rank_case.rows(case / "initiatives_train.csv"):
            told = (row.get(name, "") for name in ("title", "topics", "text"))
            texts[row["initiative_id"]] = words(" ".join(told))
            about[row["initiative_id"]] = _topics(row.get("topics", ""))
        for row in rank_case.rows(case / "edges_train.csv"):
            self._parts[row["actor_id"]].add(row["initiative_id"])
        profiles = {actor: list(text) for actor, text in declared.items()}
        for actor, parts in self._parts.items():
            for part in sorted(parts):
                profiles.setdefault(actor, []).extend(texts.get(part, []))
                self._topics[actor] |= about.get(part, set())
        self._profiles = _Texts(profiles)
        self._texts = _Texts({f"d {actor}": text for actor, text in declared.items()} | texts)

    def rank(self, method: str, question: str, *, listed: bool) -> Scores:
        """The best actors of a method for a question; `listed` if it is a list of topics."""
        asked = Counter(words(question))
        if method == "topic_overlap":
            found = self._overlap(question, asked, listed=listed)
        elif method == "popularity":
            found = {actor: float(len(parts)) for actor, parts in self._parts.items()}
        elif method == "bm25_profile":
            found = self._profiles.bm25(asked)
        elif method == "tfidf_profile":
            found = self._profiles.cosine(asked)
        else:
            scores = self._texts.bm25(asked)
            found = {
                actor: scores.get(f"d {actor}", 0.0)
                + sum(scores.get(part, 0.0) for part in sorted(self._parts.get(actor, ())))
                for actor in self._topics
            }
        best = sorted(((score, actor) for actor, score in found.items() if score > 0), reverse=True)[:DEPTH]
        return {actor: score for score, actor in best}

    def _overlap(self, question: str, asked: Mapping[str, int], *, listed: bool) -> Scores:
        wanted = _topics(question) if listed else None
        return {
            actor: float(
                len(topics & wanted)
                if wanted is not None
                else sum(all(word in asked for word in topic.split()) for topic in topics if topic)
            )
            for actor, topics in self._topics.items()
        }


def _topics(cell: str) -> set[str]:
    return {" ".join(words(part)) for part in cell.split(";")} - {""}
