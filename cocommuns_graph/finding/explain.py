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
from cocommuns_graph.network import Chain, predicate, read_tie

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


def reasons(graph: Graph, pieces: Sequence[Evidence], asked: Sequence[Asked]) -> list[Reason]:
    """The strongest pieces of evidence of one record as reasons, strongest first, none said twice."""
    ordered = sorted(pieces, key=lambda piece: (-piece.strength, piece.item, len(piece.ids), piece.ids))
    found: dict[tuple[str, tuple[str, ...]], Reason] = {}
    for piece in ordered:
        reason = explain(graph, piece, asked[piece.item])
        if reason is not None:
            found.setdefault((reason.text, reason.ids), reason)
        if len(found) == _MOST:
            break
    return list(found.values())


def explain(graph: Graph, piece: Evidence, asked: Asked) -> Reason | None:
    """One piece of evidence in words; None where the text it rests on is nowhere to be shown."""
    last = graph.nodes[piece.ids[-1]]
    end, said = "", None
    if last.label != "Topic" or asked.topic is None or last.id != asked.topic.id:
        end, said = _mention(graph, last, asked)
    elif asked.topic.how != "as written" or fold(asked.topic.asked) != fold(asked.topic.label):
        end = f" (asked as “{asked.topic.asked}”)"
    if asked.topic is not None and asked.several and last.id == asked.topic.id:
        end = f" [{last.id}]{end}"
    if not piece.ties:
        if not end:
            return None
        sources = _sources([said]) if said else tuple(last.texts("sources"))
        return Reason(piece.kind, f"{last.name}{end}", _led_on(piece.ids, said), sources)
    if not end and (last.label != "Topic" or asked.topic is None):
        return None
    text = read_tie(graph, piece.ties[0], piece.ids[0])
    for here, tie in zip(piece.ids[1:], piece.ties[1:], strict=False):
        who = "who" if graph.nodes[here].label == "Expert" else "which"
        text += f", {who} {predicate(graph, tie, here)}"
    if last.label != "Topic" and end:
        end = f", {'who' if last.label == 'Expert' else 'which'}{end}"
    elif last.label == "Topic" and end and (asked.topic is None or last.id != asked.topic.id):
        end = f", which{end}"
    ties = [*piece.ties, said] if said else piece.ties
    return Reason(piece.kind, text + end, _led_on(piece.ids, said), _sources(ties))


def explain_chain(chain: Chain) -> Reason:
    """How near a record is to the one that asks; `chain` leads from the one that asks to the record."""
    steps = len(chain.steps)
    text = f"{steps} {'step' if steps == 1 else 'steps'} away: " + "; ".join(
        step.text for step in chain.steps
    )
    sources = dict.fromkeys(source for step in chain.steps for source in step.sources)
    return Reason("near", text, tuple(reversed(chain.ids)), tuple(sources))


def _led_on(ids: tuple[str, ...], said: Relationship | None) -> tuple[str, ...]:
    """The ids up to the topic that something was said about."""
    return ids if said is None or said.end in ids else (*ids, said.end)


def _mention(graph: Graph, node: Node, asked: Asked) -> tuple[str, Relationship | None]:
    """Where a record's own text has what was asked for, as the end of a sentence about it; else empty.

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
            shown = (
                f"“{' '.join(words)}”" if whole else ", ".join(f"“{word}”" for word in words[:_MOST_WORDS])
            )
            return _place(declared, name, text, shown) if said is None else _told(
                graph, said, shown, text
            ), said
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


def _place(declared: NodeType, name: str, text: str, shown: str) -> str:
    if name == "name" or (name == "label" and declared.label == "Topic"):
        return f" has {shown} in the name"
    if name == "aliases":
        return f" is also called “{shorten(text, _QUOTED)}”"
    known = declared.property(name)
    return f" has {shown} in the {known.words.en if known else name}: “{shorten(text, _QUOTED)}”"


def _told(graph: Graph, tie: Relationship, shown: str, text: str) -> str:
    about = graph.nodes[tie.end].name if tie.end in graph.nodes else tie.end
    verb = "says" if tie.type == "POSITION_ON" else "is linked with"
    return f" {verb} {shown} on {about}: “{shorten(text, _QUOTED)}”"


def _sources(ties: Sequence[Relationship]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for tie in ties for source in tie.texts("sources")))
