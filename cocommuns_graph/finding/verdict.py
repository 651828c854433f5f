"""When a search finds nobody good: is there nobody, was nobody asked, or is what is known out of date?"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

from cocommuns_graph.finding.answers import Result
from cocommuns_graph.finding.evidence import Evidence, tie_strength
from cocommuns_graph.finding.facets import Facet, apply, wanted_in_words
from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.records import Graph, Node, Relationship
from cocommuns_graph.network import called, is_current, read_tie
from cocommuns_graph.wording import Wording

NOBODY, NOT_ASKED, OUT_OF_DATE = "nobody", "not-asked", "out-of-date"
OLD_AFTER_YEARS = 3
_ENOUGH = 0.5
_MOST_RECORDS, _MOST_TOPICS, _FARTHEST_TOPIC = 3, 2, 4
_ENDED, _LEFT, _UNCONFIRMED, _OLD = "ended", "left", "unconfirmed", "old"


@dataclass(frozen=True, slots=True)
class Near:
    """A record or a topic that comes nearest to what was asked for, and in which way."""

    id: str
    type: str
    name: str
    text: str

    def as_dict(self) -> dict[str, Any]:
        """As JSON: id, type, name, text."""
        return {"id": self.id, "type": self.type, "name": self.name, "text": self.text}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a search found nobody good: its kind, in words, the counts it rests on, who or what is nearest.

    `kind` is NOBODY (the records say enough, and nobody names it), NOT_ASKED (they say too little to know)
    or OUT_OF_DATE (some name it, none of them is up to date). `counts`: `records` that could answer;
    `with_topics`, those that say what they work on; `direct`, those linked to what was asked;
    `out_of_date` of these; `left_out` of them by a filter; `PROPERTY_unknown` for each filter.
    """

    kind: str
    text: str
    counts: Mapping[str, int]
    nearest: tuple[Near, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As JSON: kind, text, counts, nearest."""
        return {
            "kind": self.kind,
            "text": self.text,
            "counts": dict(self.counts),
            "nearest": [near.as_dict() for near in self.nearest],
        }


@dataclass(frozen=True, slots=True)
class Case:
    """What a search asked for and found.

    `topics` are the ids asked about, `words` what is asked for besides; `labels` and `wishes` say what may
    answer. `found` is all evidence by record, `kept` the records that fit the wishes, `results` the best of
    them. `like` gives topics that are written much like the question, where none was met.
    """

    topics: Sequence[str]
    words: Sequence[str]
    named: Iterable[str]
    labels: tuple[str, ...]
    wishes: Sequence[Facet]
    found: Mapping[str, Sequence[Evidence]]
    kept: Sequence[Node]
    results: Sequence[Result]
    like: Callable[[], Sequence[str]] = tuple


@dataclass(frozen=True, slots=True)
class _Said:
    """How many records could answer, how many of them say what they work on, and what is not known."""

    records: int
    speaking: int
    unknown: Mapping[str, int]
    silent_kinds: Mapping[str, int]


class Judge:
    """Judges searches in one graph that found nobody good. Made once, asked often.

    A record is out of date for a topic if its tie to it ended, or it is an initiative that ended; else, if
    nobody confirmed it within OLD_AFTER_YEARS: if it was confirmed before that, if the tie dates (`when`)
    from before that, or if all its known affiliations ended. A record without any date is never called so.
    """

    def __init__(self, graph: Graph, today: str | None = None) -> None:
        self._graph = graph
        self._today = today
        self._said: dict[tuple[object, ...], _Said] = {}

    @cached_property
    def _speaking(self) -> frozenset[str]:
        """The records that say something about a topic, themselves or by an initiative they took part in."""
        nodes = self._graph.nodes
        own = {tie.start for tie in self._graph.relationships if tie_strength(tie) > 0 and tie.end in nodes}
        parts = self._graph.of_type("TAKES_PART_IN")
        return frozenset(own | {tie.start for tie in parts if tie.end in own})

    def judge(self, case: Case, say: Wording) -> Verdict | None:
        """The verdict on a search; None where it found somebody good, was for a name or for nothing."""
        topics = set(case.topics)
        if not (topics or case.words) or any(True for _ in case.named):
            return None
        if any(
            result.evidence(topics) == "direct" and self._is_good(result.id, case) for result in case.results
        ):
            return None
        kept = {node.id for node in case.kept}
        direct = {node_id: ties for node_id in case.found if (ties := _direct(case, node_id))}
        fitting = {node_id: self._sign(node_id, ties) for node_id, ties in direct.items() if node_id in kept}
        if any(not sign for sign in fitting.values()):
            return None
        left_out = [node_id for node_id in direct if node_id not in kept]
        said = self._counted(case.labels, case.wishes)
        counts = {
            "records": said.records,
            "with_topics": said.speaking,
            "direct": len(direct),
            "out_of_date": len(fitting),
            "left_out": len(left_out),
            **{f"{name}_unknown": number for name, number in said.unknown.items()},
        }
        kind, text = self._told(case, fitting, left_out, said, say)
        return Verdict(kind, text, counts, tuple(self._nearest(case, list(fitting), left_out, say)))

    def _is_good(self, node_id: str, case: Case) -> bool:
        return not self._sign(node_id, _direct(case, node_id))

    def _sign(self, node_id: str, ties: Sequence[Relationship]) -> str:
        """By what one sees that a record is out of date for its ties to what was asked; empty if nothing."""
        signs = [self._sign_of(self._graph.nodes[node_id], tie) for tie in ties]
        return min(signs) if signs and all(signs) else ""

    def _sign_of(self, node: Node, tie: Relationship) -> str:
        if not is_current(tie, self._now) or self._has_ended(node):
            return _ENDED
        confirmed = node.text("confirmed_on")
        if confirmed:
            return _UNCONFIRMED if self._is_old(confirmed) else ""
        if (when := tie.text("when")) and self._is_old(when):
            return _OLD
        places = [
            link
            for link in self._graph.links_of.get(node.id, ())
            if link.type == "AFFILIATED_WITH" and link.start == node.id
        ]
        return _LEFT if places and not any(is_current(link, self._now) for link in places) else ""

    def _has_ended(self, node: Node) -> bool:
        end = node.text("end")
        return node.label == "Initiative" and (
            node.text("status") == "ended" or bool(end and end < self._now[: len(end)])
        )

    @property
    def _now(self) -> str:
        return self._today or date.today().isoformat()

    def _is_old(self, iso: str) -> bool:
        limit = f"{int(self._now[:4]) - OLD_AFTER_YEARS:04}{self._now[4:]}"
        return iso < limit[: len(iso)]

    def _counted(self, labels: tuple[str, ...], wishes: Sequence[Facet]) -> _Said:
        key = (labels, tuple((wish.name, wish.wanted) for wish in wishes))
        if key not in self._said:
            if len(self._said) >= 64:
                self._said.clear()
            able = [node for node in self._graph.of_label(*labels) if not _misses(node, wishes)]
            _, unknown, _ = apply(able, list(wishes))
            everyone = Counter(node.label for node in able)
            telling = Counter(node.label for node in able if node.id in self._speaking)
            silent = {label: everyone[label] for label in labels if everyone[label] and not telling[label]}
            self._said[key] = _Said(len(able), telling.total(), unknown, silent)
        return self._said[key]

    def _told(
        self, case: Case, fitting: Mapping[str, str], left_out: Sequence[str], said: _Said, say: Wording
    ) -> tuple[str, str]:
        if fitting:
            return OUT_OF_DATE, _stale_words(fitting, say)
        wishes = wishes_in_words(case.wishes, say)
        unsure = [node_id for node_id in left_out if not _misses(self._graph.nodes[node_id], case.wishes)]
        if unsure:
            text = say.count(
                "Not known: {n} record is linked to it directly, but it does not say whether it fits "
                "{wishes}.",
                "Not known: {n} records are linked to it directly, but they do not say whether they fit "
                "{wishes}.",
                len(unsure),
                wishes=wishes,
            )
            return NOT_ASKED, text
        if left_out:
            text = say.count(
                "Nobody who fits: {n} record is linked to it directly, but it does not fit {wishes}.",
                "Nobody who fits: {n} records are linked to it directly, but none of them fits {wishes}.",
                len(left_out),
                wishes=wishes,
            )
            return NOBODY, text
        if said.speaking < _ENOUGH * said.records or not said.records:
            return NOT_ASKED, _silent_words(said, wishes, say)
        text = say(
            "Nobody: {speaking} of the {records} records that could answer say what they work on, and none "
            "of them names it.",
            speaking=said.speaking,
            records=said.records,
        )
        return NOBODY, text

    def _nearest(
        self, case: Case, stale: Sequence[str], left_out: Sequence[str], say: Wording
    ) -> Iterator[Near]:
        nodes = self._graph.nodes
        ranked = [result.id for result in case.results]
        told = {result.id: result.reasons[0].text for result in case.results if result.reasons}
        firm = [result.id for result in case.results if result.evidence(case.topics) == "indirect"]
        place = {node_id: number for number, node_id in enumerate(ranked)}
        first = sorted(stale, key=lambda one: (place.get(one, len(place)), nodes[one].name, one))
        others = sorted(left_out, key=lambda one: (nodes[one].name, one))
        for one in list(dict.fromkeys([*first, *others, *firm]))[:_MOST_RECORDS]:
            ties = _direct(case, one)
            text = told.get(one) or (read_tie(self._graph, ties[0], one, say) if ties else "")
            yield Near(one, nodes[one].label, called(nodes[one], say), text)
        for topic, number in islice(self._topics_near(case), _MOST_TOPICS):
            text = say.count("{n} record is linked to it", "{n} records are linked to it", number)
            yield Near(topic, "Topic", called(nodes[topic], say), text)

    def _topics_near(self, case: Case) -> Iterator[tuple[str, int]]:
        """The nearest topics that records of the kinds asked for are linked to, with how many are."""
        steps = dict.fromkeys(case.topics, 0)
        waiting = deque(steps)
        for topic in () if case.topics else dict.fromkeys(case.like()):
            if number := self._linked(topic, case.labels):
                yield topic, number
        while waiting:
            here = waiting.popleft()
            if steps[here] == _FARTHEST_TOPIC:
                continue
            for link in sorted(self._graph.links_of.get(here, ()), key=lambda tie: tie.identity):
                there = link.other(here)
                if link.type not in ("BROADER", "RELATED") or there in steps:
                    continue
                if there not in self._graph.nodes:
                    continue
                steps[there] = steps[here] + 1
                waiting.append(there)
                if number := self._linked(there, case.labels):
                    yield there, number

    def _linked(self, topic: str, labels: Sequence[str]) -> int:
        nodes = self._graph.nodes
        found = {link.start for link in self._graph.links_of.get(topic, ()) if tie_strength(link) > 0}
        return sum(nodes[one].label in labels for one in found if one in nodes)


def _direct(case: Case, node_id: str) -> list[Relationship]:
    """The ties of a record to the topics asked about."""
    ties = [
        piece.ties[0]
        for piece in case.found.get(node_id, ())
        if len(piece.ids) == 2 and piece.ties and piece.ids[1] in case.topics
    ]
    return sorted(ties, key=lambda tie: tie.identity)


def _misses(node: Node, wishes: Sequence[Facet]) -> bool:
    """Whether a record is known not to fit one of the wishes."""
    return any((known := wish.values(node)) and not wish.fits(known) for wish in wishes)


def wishes_in_words(wishes: Sequence[Facet], say: Wording) -> str:
    """The wishes of a question as a list: "country Belgium, languages French"."""
    return ", ".join(f"{say(wish.name)} {wanted_in_words(wish, say)}" for wish in wishes)


def _stale_words(fitting: Mapping[str, str], say: Wording) -> str:
    signs = Counter(fitting.values())
    sentences = [
        say.count(
            "Out of date: {n} record is linked to it directly, but it is not up to date.",
            "Out of date: {n} records are linked to it directly, and none of them is up to date.",
            len(fitting),
        )
    ]
    if number := signs[_ENDED]:
        sentences.append(say.count("For {n} it has ended.", "For {n} of them it has ended.", number))
    if number := signs[_LEFT]:
        sentences.append(
            say.count(
                "{n} has left every known organisation.", "{n} have left every known organisation.", number
            )
        )
    if number := signs[_UNCONFIRMED] + signs[_OLD]:
        sentences.append(
            say.count(
                "What is known of {n} is more than {years} years old.",
                "What is known of {n} of them is more than {years} years old.",
                number,
                years=OLD_AFTER_YEARS,
            )
        )
    return " ".join(sentences)


def _silent_words(said: _Said, wishes: str, say: Wording) -> str:
    if not said.records:
        if wishes:
            return say("Not known: no record here says that it fits {wishes}.", wishes=wishes)
        return say("Not known: the inventory has no record of the kind asked for.")
    unknown = sum(said.unknown.values())
    sentences = [
        say(
            "Not known: only {speaking} of the {records} records that could answer say what they work on.",
            speaking=said.speaking,
            records=said.records,
        )
    ]
    if said.speaking == 0:
        sentences = [
            say(
                "Nobody was asked: none of the {records} records that could answer says what it works on.",
                records=said.records,
            )
        ]
    if unknown:
        sentences.append(
            say.count(
                "{n} of them does not say whether it fits {wishes}.",
                "{n} of them do not say whether they fit {wishes}.",
                unknown,
                wishes=wishes,
            )
        )
    for label, number in said.silent_kinds.items():
        words = MODEL.node(label).singular if number == 1 else MODEL.node(label).plural
        sentences.append(
            say(
                "What was imported says it of none of the {number} {kind}.",
                number=number,
                kind=say.words(words),
            )
        )
    return " ".join(sentences)
