"""Evidence in words a coordinator reads aloud, with what is needed to check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cocommuns_graph.finding.answers import Reason, TopicMatch
from cocommuns_graph.finding.evidence import Evidence
from cocommuns_graph.finding.index import said_in, texts_of
from cocommuns_graph.finding.text import tokens
from cocommuns_graph.model.declare import NodeType
from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.identity import fold
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.model.records import Graph, Node, Relationship
from cocommuns_graph.network import IN_ENGLISH, Chain, called, predicate, read_tie
from cocommuns_graph.wording import ENGLISH, Wording

_MOST = 5
_MOST_WORDS = 4
_QUOTED = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What one item of a question stands for: a topic that was met, or phrases (roots of words) in texts.

    `whole` is True where a text counts only if it has all words of one of the phrases, `several` where
    another topic has the same name.
    """

    topic: TopicMatch | None
    phrases: tuple[tuple[str, ...], ...]
    whole: bool = False
    several: bool = False


def reasons(
    graph: Graph, pieces: Sequence[Evidence], asked: Sequence[Asked], say: Wording = IN_ENGLISH
) -> list[Reason]:
    """The strongest pieces of evidence of one record as reasons, strongest first, none said twice."""
    ordered = sorted(pieces, key=lambda piece: (-piece.strength, piece.item, len(piece.ids), piece.ids))
    found: dict[tuple[str, tuple[str, ...]], Reason] = {}
    for piece in ordered:
        reason = explain(graph, piece, asked[piece.item], say)
        if reason is not None:
            found.setdefault((reason.text, reason.ids), reason)
        if len(found) == _MOST:
            break
    return list(found.values())


def explain(graph: Graph, piece: Evidence, asked: Asked, say: Wording = IN_ENGLISH) -> Reason | None:
    """One piece of evidence in words; None where the text it rests on is nowhere to be shown."""
    last = graph.nodes[piece.ids[-1]]
    clause, remark, said = "", "", None
    if asked.topic is not None and last.id == asked.topic.id:
        remark = _remark(last, asked.topic, several=asked.several, say=say)
    else:
        clause, said = _mention(graph, last, asked, say)
    if not piece.ties:
        if not clause and not remark:
            return None
        name = called(last, say)
        sources = _sources([said]) if said else tuple(last.texts("sources"))
        return Reason(
            piece.kind, f"{name} {clause}" if clause else name + remark, _led_on(piece.ids, said), sources
        )
    if not clause and (last.label != "Topic" or asked.topic is None):
        return None
    text = read_tie(graph, piece.ties[0], piece.ids[0], say)
    for here, tie in zip(piece.ids[1:], piece.ties[1:], strict=False):
        text = _going_on(graph.nodes[here], text, predicate(graph, tie, here, say), say)
    text = _going_on(last, text, clause, say) if clause else text + remark
    ties = [*piece.ties, said] if said else piece.ties
    return Reason(piece.kind, text, _led_on(piece.ids, said), _sources(ties))


def explain_chain(chain: Chain, say: Wording = IN_ENGLISH) -> Reason:
    """How near a record is to the one that asks; `chain` leads from the one that asks to the record."""
    told = "; ".join(step.text for step in chain.steps)
    text = say.count("{n} step away: {chain}", "{n} steps away: {chain}", len(chain.steps), chain=told)
    sources = dict.fromkeys(source for step in chain.steps for source in step.sources)
    return Reason("near", text, tuple(reversed(chain.ids)), tuple(sources))


def _going_on(about: Node, sentence: str, clause: str, say: Wording) -> str:
    """A sentence that ends with the name of a record, with a clause about that record."""
    if about.label == "Expert":
        return say("{sentence}, who {clause}", sentence=sentence, clause=clause)
    return say("{sentence}, which {clause}", sentence=sentence, clause=clause)


def _remark(topic: Node, match: TopicMatch, *, several: bool, say: Wording) -> str:
    """What follows the name of a topic that was asked about: its id where needed, and how it was asked."""
    remark = f" [{topic.id}]" if several else ""
    if not is_called(topic, match, say):
        remark += " " + say("(asked as “{asked}”)", asked=match.asked)
    return remark


def is_called(topic: Node, match: TopicMatch, say: Wording) -> bool:
    """Whether a topic was asked about by the very name under which it is shown."""
    if say.language != ENGLISH and fold(match.asked) == fold(called(topic, say)):
        return True
    return match.how == "as written" and fold(match.asked) == fold(match.label) == fold(called(topic, say))


def _led_on(ids: tuple[str, ...], said: Relationship | None) -> tuple[str, ...]:
    """The ids up to the topic that something was said about."""
    return ids if said is None or said.end in ids else (*ids, said.end)


def _mention(graph: Graph, node: Node, asked: Asked, say: Wording) -> tuple[str, Relationship | None]:
    """Where a record's own text has what was asked for, as a clause about it; else empty.

    With it the tie that carries the text, None where the record itself does.
    """
    declared = MODEL.node(node.label)
    places: list[tuple[str, str, Relationship | None]] = [(*place, None) for place in texts_of(node)]
    places += [
        (*place, tie)
        for tie in sorted(graph.links_of.get(node.id, ()), key=lambda tie: tie.identity)
        if tie.start == node.id
        for place in said_in(tie)
    ]
    for whole in (True, False) if asked.whole else (False,):
        met = [
            (-len(words), order, words)
            for order, (_, text, _) in enumerate(places)
            for phrase in asked.phrases
            if (words := _met(phrase, text, whole=whole))
        ]
        if met:
            _, order, words = min(met)
            name, text, said = places[order]
            quoted = [" ".join(words)] if whole else words[:_MOST_WORDS]
            shown = ", ".join(say("“{word}”", word=word) for word in quoted)
            if said is not None:
                return _told(graph, said, shown, text, say), said
            return _place(declared, name, text, shown, say), None
    return "", None


def _met(phrase: tuple[str, ...], text: str, *, whole: bool) -> list[str]:
    """The words of a text that have the roots of a phrase; none if `whole` and one root is missing."""
    words = _words_of(text)
    wanted = list(dict.fromkeys(phrase))
    met = [words[part] for part in wanted if part in words]
    return met if len(met) == len(wanted) or not whole else []


@lru_cache(maxsize=8192)
def _words_of(text: str) -> dict[str, str]:
    """The roots of a text, each with the word it is met in first."""
    return {token.root: token.word for token in reversed(tokens(text))}


def _place(declared: NodeType, name: str, text: str, shown: str, say: Wording) -> str:
    if name == "name" or (name == "label" and declared.label == "Topic"):
        return say("has {words} in the name", words=shown)
    short = shorten(text, _QUOTED)
    if name == "aliases":
        return say("is also called “{name}”", name=short)
    known = declared.property(name)
    property_ = say.words(known.words) if known else name
    return say("has {words} in the {property}: “{text}”", words=shown, property=property_, text=short)


def _told(graph: Graph, tie: Relationship, shown: str, text: str, say: Wording) -> str:
    about = called(graph.nodes[tie.end], say) if tie.end in graph.nodes else tie.end
    short = shorten(text, _QUOTED)
    if tie.type == "POSITION_ON":
        return say("says {words} on {topic}: “{text}”", words=shown, topic=about, text=short)
    return say("is linked with {words} on {topic}: “{text}”", words=shown, topic=about, text=short)


def _sources(ties: Sequence[Relationship]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for tie in ties for source in tie.texts("sources")))
