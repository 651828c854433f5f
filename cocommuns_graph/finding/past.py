"""The past of a community as questions whose answers are known: who took part in what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

import numpy as np

from cocommuns_graph.finding.index import Index
from cocommuns_graph.finding.reading import Reading
from cocommuns_graph.finding.roles import LEADS, LEARNS, UNSAID, role_strength
from cocommuns_graph.finding.signals import Query
from cocommuns_graph.finding.text import content_words, is_function_word, tokens
from cocommuns_graph.finding.tuning import Past
from cocommuns_graph.model.records import Graph, Node

_MOST = 100
_LONGEST = 4000


def query_of(reading: Reading, index: Index, left_out: Collection[str] = ()) -> Query:
    """A question as the signals see it; words with the roots `left_out` are names, not what is asked for."""
    rest = [token.root for token in reading.rest if token.root not in left_out]
    met = [token.root for token in reading.covered if not is_function_word(token.folded)]
    topics = {index.number[match.id]: match.weight for match in reading.topics}
    return Query(_weighed(Counter(rest + met)), topics, len(met) / max(1, len(met) + len(rest)))


def known_past(graph: Graph, index: Index) -> list[Past]:
    """Initiatives with who took part in them, oldest first, each asked by its topics and by its own words.

    At most 100, evenly over time. While one is asked, its links count for nobody. A part as a learner counts
    as much less than another as it does among evidence.
    """
    taken: defaultdict[str, dict[int, float]] = defaultdict(dict)
    place = {int(number): row for row, number in enumerate(index.actors)}
    for tie in graph.of_type("TAKES_PART_IN"):
        if tie.end in graph.nodes and (row := place.get(index.number.get(tie.start, -1))) is not None:
            weight = LEARNS / LEADS if role_strength(tie.text("role")) < UNSAID else 1.0
            taken[tie.end][row] = max(weight, taken[tie.end].get(row, 0.0))
    found = []
    for initiative in _chosen(graph, taken):
        helped = np.zeros(index.actors.size)
        for row, weight in taken[initiative.id].items():
            helped[row] = weight
        number = index.number[initiative.id]
        for query in _asked_as(graph, index, initiative):
            found.append(Past(index.signals.of(query, index.actors, number), helped, query.about))
    return found


def _chosen(graph: Graph, taken: Mapping[str, object]) -> list[Node]:
    known = sorted(
        (graph.nodes[one] for one in taken),
        key=lambda node: (node.text("start") or node.text("end"), node.id),
    )
    step = max(1.0, len(known) / _MOST)
    return [known[int(turn * step)] for turn in range(min(len(known), _MOST))]


def _asked_as(graph: Graph, index: Index, initiative: Node) -> Iterator[Query]:
    """An initiative as two questions: its topics, and its name and description.

    Topics are met in its text by their terms as written; reading it as a question is read would be slower
    than all the rest.
    """
    ties = graph.links_of.get(initiative.id, ())
    about = sorted({tie.end for tie in ties if tie.type == "ABOUT" and tie.end in graph.nodes})
    if about:
        words = Counter(part for topic in about for part in _meaning(graph.nodes[topic].name))
        yield Query(_weighed(words), {index.number[topic]: 1.0 for topic in about}, 1.0)
    words = Counter(_meaning(". ".join((initiative.name, initiative.text("description")))[:_LONGEST]))
    if words:
        topics = index.topics_of(words)
        met = {part for topic in topics for phrase in index.term_phrases(topic) for part in phrase}
        share = sum(count for word, count in words.items() if word in met) / words.total()
        yield Query(_weighed(words), {index.number[topic]: 1.0 for topic in topics}, share)


def _meaning(text: str) -> list[str]:
    words = tokens(text)
    return [token.root for token, carries in zip(words, content_words(words), strict=True) if carries]


def _weighed(counts: Mapping[str, int]) -> dict[str, float]:
    return {word: 1 + float(np.log(count)) for word, count in counts.items()}
