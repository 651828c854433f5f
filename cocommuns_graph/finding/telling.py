"""The sentence that goes with an answer: how the question was read, what was left out, what is unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cocommuns_graph.finding.answers import Result
from cocommuns_graph.finding.facets import Facet
from cocommuns_graph.finding.glossary import Glossary
from cocommuns_graph.finding.reading import LONGEST_QUESTION, Reading
from cocommuns_graph.finding.text import tokens
from cocommuns_graph.model import codes
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.model.records import Graph, Node

_MOST_LISTED = 8
_ALIKE, _SOMEWHAT_ALIKE = 75, 45
_FIRM = frozenset(("expertise", "work", "offer", "about", "solved", "position", "initiative", "name"))


def why(
    graph: Graph,
    glossary: Glossary,
    query: str,
    reading: Reading,
    named: Mapping[str, str],
    results: Sequence[Result],
    wishes: Sequence[Facet],
    unknown: Mapping[str, int],
    other: int,
    start: str | None,
) -> str:
    """One to a few sentences a coordinator can read aloud."""
    if not tokens(query[:LONGEST_QUESTION]):
        return "Nothing was asked; write a topic, a name or a sentence."
    said = [_understood(graph, reading, named)]
    said += [f"“{word}” was read as “{right}”." for word, right in reading.read_as.items()]
    said += [_which(graph, asked, topics) for asked, topics in reading.homonyms.items()]
    if reading.unknown:
        said.append(f"Nothing here has {_listed(reading.unknown)}.")
    if not reading.topics and not named:
        near = glossary.nearest(query, _ALIKE if results else _SOMEWHAT_ALIKE)
        said.append(f"The nearest topics are {_listed([term.text for term in near])}." if near else "")
    if not results and (unknown or other):
        said.append(f"Records were found, but none that fits {_wishes(wishes)}.")
    elif not results and (reading.topics or reading.rest or named):
        said.append("Nobody and nothing of the kind asked for is linked to it.")
    elif results and not any(reason.kind in _FIRM for result in results for reason in result.reasons):
        said.append("The answer is weak: it rests on words in texts and on others' ties alone.")
    said += [f"{count} left out, {name} not known." for name, count in unknown.items()]
    if len(query) > LONGEST_QUESTION:
        said.append(f"Only the first {LONGEST_QUESTION:,} characters were read.")
    if start is not None:
        said.append(f"Records nearer to {graph.nodes[start].name} count more.")
    return " ".join(part for part in said if part)


def _understood(graph: Graph, reading: Reading, named: Mapping[str, str]) -> str:
    parts: list[str] = []
    labels = Counter(match.label for match in reading.topics)
    for match in reading.topics[:_MOST_LISTED]:
        label = f"{match.label} [{match.id}]" if labels[match.label] > 1 else match.label
        met = (
            match.asked
            if match.how != "as written" or match.asked.casefold() != match.label.casefold()
            else ""
        )
        language = f", {codes.language_name(match.language)}" if match.language and met else ""
        parts.append(f"{label} (asked as “{met}”{language})" if met else label)
    sentences = []
    if parts:
        more = len(reading.topics) - len(parts)
        extra = f" and {more} more" if more > 0 else ""
        sentences.append(f"Ranked by what links each to {', '.join(parts)}{extra}.")
    if named:
        names = [graph.nodes[node_id].name for node_id in named]
        sentences.append(f"{_listed(names)} {'is' if len(names) == 1 else 'are'} meant by name.")
    words = [token.word for token in reading.rest if token.word not in reading.unknown]
    if words and not named:
        sentences.append(f"{_listed(words)} searched in names and texts.")
    return " ".join(sentences)


def _which(graph: Graph, asked: str, topics: Sequence[str]) -> str:
    meanings = "; ".join(_meaning(graph.nodes[topic]) for topic in topics)
    return f"“{asked}” has {len(topics)} meanings here and all are used, which one is meant? {meanings}."


def _meaning(topic: Node) -> str:
    definition = topic.text("definition") or next(
        (topic.text(name) for name in sorted(topic.properties) if name.startswith("definition_")), ""
    )
    context = ", ".join(topic.texts("context"))
    told = definition.rstrip(".") or (f"as used by {context}" if context else "no definition yet")
    return f"{topic.name} [{topic.id}]: {shorten(told, 140)}"


def _listed(words: Sequence[str]) -> str:
    once = list(dict.fromkeys(words))
    shown = ", ".join(f"“{word}”" for word in once[:_MOST_LISTED])
    return f"{shown} and {len(once) - _MOST_LISTED} more" if len(once) > _MOST_LISTED else shown


def _wishes(wishes: Sequence[Facet]) -> str:
    return ", ".join(f"{wish.name} {wish.wanted}" for wish in wishes)
