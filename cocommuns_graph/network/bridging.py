"""Where no acquaintance links two records: whose meeting would."""

from __future__ import annotations

from dataclasses import dataclass

from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.records import Graph
from cocommuns_graph.network.acquaintance import ACQUAINTANCE, TOPICAL, ways_in
from cocommuns_graph.network.chains import Chain
from cocommuns_graph.network.wording import IN_ENGLISH, called
from cocommuns_graph.wording import Wording

_MOST_TRIED = 20


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two records whose meeting would link two others, one near each, and a sentence that says why them."""

    ids: tuple[str, str]
    text: str


def bridge(graph: Graph, a: str, b: str, chain: Chain | None, say: Wording = IN_ENGLISH) -> Bridge:
    """What would link two different records that no acquaintance links.

    `chain` is the best way through topics, if there is one: then those who share its topic would. Else, of
    the best linked records around each end, two that share a place, else a country, else languages.
    """
    if chain is not None:
        return _over_topic(graph, chain, say)
    one, other = _circle(graph, a), _circle(graph, b)
    names = {"a": called(graph.nodes[a], say), "b": called(graph.nodes[b], say)}
    lonely = [name for name, circle in zip(names.values(), (one, other), strict=True) if len(circle) == 1]
    x, y = max(
        ((x, y) for x in one[:_MOST_TRIED] for y in other[:_MOST_TRIED]),
        key=lambda pair: _in_common(graph, *pair),
    )
    if len(lonely) == 2:
        return Bridge((x, y), say("Neither {a} nor {b} is linked to anything yet.", **names))
    if lonely:
        met = y if len(one) == 1 else x
        text = say(
            "{name} is not linked to anything yet; the nearest on the other side is {met}.",
            name=lonely[0],
            met=called(graph.nodes[met], say),
        )
        return Bridge((x, y), text)
    text = say(
        "{a} leads to {number} people and organisations, {b} to {others}, with none in both: if {x} met {y}, "
        "there would be a chain.",
        number=len(one) - 1,
        others=len(other) - 1,
        x=called(graph.nodes[x], say),
        y=called(graph.nodes[y], say),
        **names,
    )
    return Bridge((x, y), text)


def _over_topic(graph: Graph, chain: Chain, say: Wording) -> Bridge:
    is_topic = [graph.nodes[one].label == "Topic" for one in chain.ids]
    first = is_topic.index(True)
    after = next(place for place in range(first, len(chain.ids)) if not is_topic[place])
    x, y = chain.ids[first - 1], chain.ids[after]
    text = say(
        "If {x} met {y}, there would be a chain: both are near to {topic}.",
        x=called(graph.nodes[x], say),
        y=called(graph.nodes[y], say),
        topic=called(graph.nodes[chain.ids[first]], say),
    )
    return Bridge((x, y), text)


def _circle(graph: Graph, start: str) -> list[str]:
    """The record and the actors that any ties lead to from it, those with the most ties first."""
    reached = ways_in(graph, (*ACQUAINTANCE, *TOPICAL)).tree(start)
    actors = [one for one in reached if graph.nodes[one].label in MODEL.actors]
    actors.sort(key=lambda one: (-len(graph.links_of[one]), graph.nodes[one].name, one))
    return [*actors, start] if actors else [start, *reached]


def _in_common(graph: Graph, x: str, y: str) -> tuple[bool, bool, int, int]:
    one, other = graph.nodes[x], graph.nodes[y]
    return (
        bool(one.text("place")) and one.text("place") == other.text("place"),
        bool(one.text("country")) and one.text("country") == other.text("country"),
        len({*one.texts("languages")} & {*other.texts("languages")}),
        len(graph.links_of.get(x, ())) + len(graph.links_of.get(y, ())),
    )
