"""The answer to "who could help with this, and why"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np

from cocommuns_graph.finding import facets as facet
from cocommuns_graph.finding import telling
from cocommuns_graph.finding.alike import alike
from cocommuns_graph.finding.answers import Answer, Homonym, Result
from cocommuns_graph.finding.evidence import Evidence, Item, Way, topics_around
from cocommuns_graph.finding.explain import Asked, explain_chain, reasons
from cocommuns_graph.finding.index import LONGEST_NAME, Index
from cocommuns_graph.finding.lexical import Numbers
from cocommuns_graph.finding.ranking import noisy_or
from cocommuns_graph.finding.reading import LONGEST_QUESTION, Reading, read
from cocommuns_graph.finding.signals import SIGNALS, Query
from cocommuns_graph.finding.text import content_words, is_function_word, tokens
from cocommuns_graph.finding.verdict import Case, Judge
from cocommuns_graph.finding.weighing import score
from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.model.records import Graph, Node
from cocommuns_graph.network import IN_ENGLISH, chain_to, reach
from cocommuns_graph.wording import Wording

_NAME, _PHRASE, _WORDS, _ALIKE, _PART_OF_PHRASE = 0.95, 0.55, 0.5, 0.2, 0.15
_REST = 0.5
_MOST_TEXTS = 100
# What evidence shown counts beside signals whose weights are about 1, and how near who asks is beside all.
_EVIDENCE = 1.0
_NEAR = 0.3
_MOST_STARTS = 16


@dataclass(frozen=True, slots=True)
class _Question:
    """A question taken apart: how it was read, the things asked for and how each is told.

    `alike` are the roots searched instead, where nothing has any word of it.
    """

    reading: Reading
    items: list[Item]
    asked: list[Asked]
    query: Query
    named: dict[str, str]
    homonyms: dict[str, list[str]]
    alike: tuple[str, ...] = ()


class Finder:
    """Finds collaborators in one graph. Made once per state of the graph, asked as often as you like."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._index = Index(graph)
        self._judge = Judge(graph)
        self._reach = lru_cache(maxsize=_MOST_STARTS)(lambda start: reach(graph, start))

    @property
    def index(self) -> Index:
        """What is known of the graph, for who weighs the same evidence otherwise, as for a team."""
        return self._index

    def read(self, text: str) -> Reading:
        """How a text is understood: the topics it names, what is left over, what has several meanings."""
        index = self._index
        return read(text, self._graph, index.glossary, index.texts, index.name_words)

    def find(
        self,
        text: str,
        *,
        kinds: Iterable[str] = (),
        where: Mapping[str, str] | None = None,
        sector: str | None = None,
        country: str | None = None,
        place: str | None = None,
        language: str | None = None,
        start: str | None = None,
        meant: Collection[str] = (),
        limit: int = 10,
        say: Wording = IN_ENGLISH,
    ) -> Answer:
        """Who or what could help with `text`: one topic, several, or a sentence, best first.

        `kinds` are of expert, organisation, initiative; none asks for all in one ranking. `where`, `sector`,
        `country`, `place` and `language` keep only records that are known to fit. `start` is the id of who
        asks: records nearer to it count more, and it is not in the answer itself. `meant` are ids of topics:
        where words have several meanings, only those among them are used. The same graph and question
        give the same answer, ties broken by name, then id. Reasons and `why` are in the language of `say`.

        Raises:
            InvalidValue: a kind, sector, country, language or limit that does not exist.
            NotFound: the graph has no such `start`.
        """
        if limit < 1:
            raise InvalidValue(f"a limit of {limit} is not possible; accepted: 1, 2, 3 and so on")
        if start is not None and start not in self._graph.nodes:
            raise NotFound(f"nothing has the id {start!r}")
        labels = facet.kinds_from(kinds)
        wishes = facet.facets_from(self._graph, where or {}, sector, country, place, language)
        question = self._understand(text, meant)
        found = self._index.gatherer.gather(question.items, labels)
        candidates = [self._graph.nodes[subject] for subject in found if subject != start]
        kept, unknown, other = facet.apply(candidates, wishes)
        near = self._reach(start) if start is not None else {}
        scored = self._rank(question, kept, found, near, start)
        order = sorted(
            zip(kept, *scored, strict=True), key=lambda found: (-found[1], found[0].name, found[0].id)
        )[:limit]
        results = tuple(
            self._result(rank, node, score, parts, found[node.id], question, near, start, say)
            for rank, (node, score, parts) in enumerate(order, 1)
        )
        case = Case(
            topics=[match.id for match in question.reading.topics],
            words=[token.word for token in question.reading.rest],
            named=question.named,
            labels=labels,
            wishes=wishes,
            found={subject: pieces for subject, pieces in found.items() if subject != start},
            kept=kept,
            results=results,
            like=lambda: [term.topic for term in self._index.glossary.nearest(text, telling.ALIKE)],
        )
        why = telling.why(
            self._graph,
            self._index.glossary,
            text,
            question.reading,
            question.named,
            results,
            wishes,
            unknown,
            other,
            start,
            say,
            alike=bool(question.alike),
        )
        homonyms = tuple(Homonym(words, tuple(topics)) for words, topics in question.homonyms.items())
        verdict = self._judge.judge(case, say)
        return Answer(text, why, tuple(question.reading.topics), results, homonyms, verdict)

    def _understand(self, text: str, meant: Collection[str]) -> _Question:
        index = self._index
        reading = self.read(text)
        homonyms = dict(reading.homonyms)
        reading.meaning(meant)
        items: list[Item] = []
        asked: list[Asked] = []
        labels = Counter(match.label for match in reading.topics)
        for match in reading.topics:
            weight = float(index.rarity[index.number[match.id]]) * match.weight
            phrases = index.term_phrases(match.id)
            item = Item(weight, topics_around(self._graph, match.id, match.weight))
            item.hits = self._phrase_hits(phrases)
            items.append(item)
            asked.append(Asked(match, tuple(map(tuple, phrases)), True, labels[match.label] > 1))
        named = self._named(text)
        if named:
            phrases = [_meaningful(name) for name in dict.fromkeys(named.values())]
            hits = self._phrase_hits(phrases) | dict.fromkeys(named, ("name", _NAME))
            items.append(Item(1.0, hits=hits))
            asked.append(Asked(None, tuple(map(tuple, phrases)), whole=True))
        in_names = {token.root for name in named.values() for token in tokens(name)}
        rest = Counter(token.root for token in reading.rest if token.root not in in_names)
        partly = Counter(token.root for token in reading.covered if not is_function_word(token.folded))
        met = {topic for item in items for topic in item.topics}
        for words, strength in ((rest, _WORDS), (partly, _PART_OF_PHRASE)):
            if words:
                items.append(self._word_item(words, strength, _REST if reading.topics else 1.0, met))
                asked.append(Asked(None, (tuple(words),)))
        query = _query_of(reading, index, in_names)
        likely: dict[str, float] = {}
        if not any(item.topics or item.hits for item in items):
            likely = alike(reading.rest, index.texts.vocabulary)
        if likely:
            # What is only written alike says less than the word itself, and never leads to a topic.
            item = self._word_item(likely, _ALIKE, _REST, set())
            item.topics.clear()
            items.append(item)
            asked.append(Asked(None, (tuple(likely),)))
            query = Query(likely, {})
        return _Question(reading, items, asked, query, named, homonyms, tuple(likely))

    def _named(self, text: str) -> dict[str, str]:
        """The records whose name or alias stands in the text, each with the words that name it."""
        words = tokens(text[:LONGEST_QUESTION])
        found: dict[str, str] = {}
        for length in range(min(LONGEST_NAME, len(words)), 0, -1):
            for at in range(len(words) - length + 1):
                window = words[at : at + length]
                ids = self._index.names.get(" ".join(token.folded for token in window), ())
                if length == 1 and length < len(words) and not window[0].word.isupper():
                    ids = () if is_function_word(window[0].folded) else ids
                for node_id in ids:
                    found.setdefault(node_id, " ".join(token.word for token in window))
        return found

    def _phrase_hits(self, phrases: list[list[str]]) -> dict[str, tuple[str, float]]:
        scores = np.zeros(len(self._index.nodes))
        for phrase in phrases:
            scores = np.maximum(scores, self._index.texts.phrase_scores(phrase))
        return {
            node_id: ("text", _PHRASE * share)
            for node_id, share in self._best(scores)
            if self._graph.nodes[node_id].label != "Topic"
        }

    def _word_item(self, words: Mapping[str, float], strength: float, weight: float, met: set[str]) -> Item:
        """Words as a thing asked for: the records and the topics whose text has some of them."""
        scores = self._index.texts.scores(dict.fromkeys(words, 1.0))
        item = Item(weight)
        for node_id, share in self._best(scores):
            if self._graph.nodes[node_id].label == "Topic":
                if node_id not in met:
                    item.topics[node_id] = Way(strength * share, (node_id,))
            else:
                item.hits[node_id] = ("text", strength * share)
        return item

    def _best(self, scores: Numbers) -> list[tuple[str, float]]:
        """The best documents with their share of the best score."""
        filled = np.flatnonzero(scores > 0)
        if not filled.size:
            return []
        order = filled[np.argsort(-scores[filled], kind="stable")][:_MOST_TEXTS]
        top = float(scores[order[0]])
        return [(self._index.nodes[number].id, float(scores[number]) / top) for number in order]

    def _rank(
        self,
        question: _Question,
        kept: list[Node],
        found: Mapping[str, list[Evidence]],
        near: Mapping[str, str],
        start: str | None,
    ) -> tuple[list[float], list[dict[str, float]]]:
        """The score of each record, a weighted mean of what speaks for it, and the shares that make it up."""
        if not kept:
            return [], []
        index = self._index
        rows = np.array([index.number[node.id] for node in kept])
        query = question.query
        shown = np.array([self._strength(found[node.id], question.items) for node in kept])
        extra = _EVIDENCE * (shown / max(float(shown.max()), 1e-9))[:, None]
        made = score(index.signals.of(query, rows), index.learners, extra)
        # Each further thing is a share beside what the signals say: a name as much as all of them.
        columns, names, whole = [made.parts], [*SIGNALS, "evidence"], 1.0
        if question.named:
            columns.append(np.array([[float(node.id in question.named)] for node in kept]))
            names.append("name")
            whole += 1.0
        if start is not None:
            steps = [_steps(near, start, node.id) for node in kept]
            share = _NEAR * whole
            columns.append(np.array([[share / (1 + count) if count else 0.0] for count in steps]))
            names.append("near")
            whole += share
        shares = np.hstack(columns) / whole
        scores = [min(1.0, max(1e-6, round(float(total), 6))) for total in shares.sum(axis=1)]
        parts = [
            {name: round(float(part), 4) for name, part in zip(names, row, strict=True) if part >= 5e-5}
            for row in shares
        ]
        return scores, parts

    @staticmethod
    def _strength(pieces: list[Evidence], items: list[Item]) -> float:
        by_item: dict[int, list[float]] = {}
        for piece in pieces:
            by_item.setdefault(piece.item, []).append(piece.strength)
        return sum(items[number].weight * noisy_or(strengths) for number, strengths in by_item.items())

    def _result(
        self,
        rank: int,
        node: Node,
        score: float,
        parts: dict[str, float],
        pieces: list[Evidence],
        question: _Question,
        near: dict[str, str],
        start: str | None,
        say: Wording,
    ) -> Result:
        told = reasons(self._graph, pieces, question.asked, say)
        if start is not None and (chain := chain_to(self._graph, start, node.id, near, say)):
            told.append(explain_chain(chain, say))
        return Result(rank, node.id, node.label, node.name, score, tuple(told), parts)


def _meaningful(name: str) -> list[str]:
    words = tokens(name)
    return [token.root for token, carries in zip(words, content_words(words), strict=True) if carries]


def _steps(before: Mapping[str, str], start: str, node_id: str) -> int:
    """How many steps from `start`; 0 where nothing leads there."""
    count = 0
    while node_id != start:
        if node_id not in before:
            return 0
        node_id = before[node_id]
        count += 1
    return count


def _query_of(reading: Reading, index: Index, left_out: Collection[str] = ()) -> Query:
    """A question as the signals see it; words with the roots `left_out` are names, not what is asked for."""
    rest = [token.root for token in reading.rest if token.root not in left_out]
    met = [token.root for token in reading.covered if not is_function_word(token.folded)]
    topics = {index.number[match.id]: match.weight for match in reading.topics}
    return Query({word: 1 + log(count) for word, count in Counter(rest + met).items()}, topics)
