"""The sentence that goes with an answer: how the question was read, what was left out, what is unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cocommuns_graph.finding.answers import Result, TopicMatch
from cocommuns_graph.finding.explain import is_called
from cocommuns_graph.finding.facets import Facet
from cocommuns_graph.finding.glossary import Glossary
from cocommuns_graph.finding.reading import LONGEST_QUESTION, Reading
from cocommuns_graph.finding.text import tokens
from cocommuns_graph.finding.verdict import wishes_in_words
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.model.records import Graph, Node
from cocommuns_graph.network import IN_ENGLISH, called
from cocommuns_graph.wording import ENGLISH, Wording

_MOST_LISTED = 8
_LONGEST_MEANING = 140
ALIKE, _RATHER_ALIKE, _SOMEWHAT_ALIKE = 88, 75, 45
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
    say: Wording = IN_ENGLISH,
    *,
    alike: bool = False,
) -> str:
    """One to a few sentences a coordinator can read aloud.

    `alike` says that nothing has any word asked for, and that words written much like them were searched.
    """
    if not tokens(query[:LONGEST_QUESTION]):
        return say("Nothing was asked; write a topic, a name or a sentence.")
    said = _understood(graph, reading, named, say)
    said += [
        say("“{word}” was read as “{right}”.", word=word, right=right)
        for word, right in reading.read_as.items()
    ]
    said += [_which(graph, asked, topics, say) for asked, topics in reading.homonyms.items()]
    if reading.unknown:
        said.append(say("Nothing here has {words}.", words=_listed(reading.unknown, say)))
    if not reading.topics and not named:
        near = glossary.nearest(query, _RATHER_ALIKE if results else _SOMEWHAT_ALIKE)
        terms = _listed([term.text for term in near], say)
        said.append(say("The nearest topics are {topics}.", topics=terms) if near else "")
    if not results and (unknown or other):
        said.append(
            say("Records were found, but none that fits {wishes}.", wishes=wishes_in_words(wishes, say))
        )
    elif not results and named:
        said.append(say("Nobody and nothing of the kind asked for is linked to it."))
    elif results and alike:
        said.append(say("The answer is weak: these only have words that are written much like it."))
    elif results and not any(reason.kind in _FIRM for result in results for reason in result.reasons):
        said.append(say("The answer is weak: it rests on words in texts and on others' ties alone."))
    said += [
        say("{number} left out, {property} not known.", number=number, property=say(name))
        for name, number in unknown.items()
    ]
    if len(query) > LONGEST_QUESTION:
        said.append(say("Only the first {number} characters were read.", number=LONGEST_QUESTION))
    if start is not None:
        said.append(say("Records nearer to {name} count more.", name=called(graph.nodes[start], say)))
    return " ".join(part for part in said if part)


def _understood(graph: Graph, reading: Reading, named: Mapping[str, str], say: Wording) -> list[str]:
    sentences = []
    if reading.topics:
        labels = Counter(match.label for match in reading.topics)
        topics = [
            _met(graph, match, several=labels[match.label] > 1, say=say)
            for match in reading.topics[:_MOST_LISTED]
        ]
        sentences.append(
            say("Ranked by what links each to {topics}.", topics=_with_more(topics, len(reading.topics), say))
        )
    if named:
        names = _listed([called(graph.nodes[node_id], say) for node_id in named], say)
        sentences.append(
            say("{names} is meant by name.", names=names)
            if len(named) == 1
            else say("{names} are meant by name.", names=names)
        )
    words = [token.word for token in reading.rest if token.word not in reading.unknown]
    if words and not named:
        sentences.append(say("{words} searched in names and texts.", words=_listed(words, say)))
    return sentences


def _met(graph: Graph, match: TopicMatch, *, several: bool, say: Wording) -> str:
    """A topic the question is about, with the words that were met where they are not its own."""
    topic = graph.nodes[match.id]
    label = f"{called(topic, say)} [{match.id}]" if several else called(topic, say)
    if is_called(topic, match, say):
        return label
    if not match.language:
        return say("{topic} (asked as “{asked}”)", topic=label, asked=match.asked)
    language = say.language_name(match.language)
    return say("{topic} (asked as “{asked}”, {language})", topic=label, asked=match.asked, language=language)


def _which(graph: Graph, asked: str, topics: Sequence[str], say: Wording) -> str:
    meanings = "; ".join(_meaning(graph.nodes[topic], say) for topic in topics)
    return say(
        "“{asked}” has {number} meanings here and all are used, which one is meant? {meanings}.",
        asked=asked,
        number=len(topics),
        meanings=meanings,
    )


def _meaning(topic: Node, say: Wording) -> str:
    told = meaning(topic, say) or say("no definition yet")
    return f"{called(topic, say)} [{topic.id}]: {shorten(told.rstrip('.'), _LONGEST_MEANING)}"


def meaning(topic: Node, say: Wording = IN_ENGLISH) -> str:
    """What a topic means: its definition in the language, else in any, else who uses it so, else empty."""
    named = ["definition", *(name for name in sorted(topic.properties) if name.startswith("definition_"))]
    own = [f"definition_{say.language}"] if say.language != ENGLISH else []
    definition = next((topic.text(name) for name in (*own, *named) if topic.text(name)), "")
    if definition or not topic.texts("context"):
        return definition
    return say("as used by {who}", who=", ".join(say.choice(who) for who in topic.texts("context")))


def _listed(words: Sequence[str], say: Wording) -> str:
    once = list(dict.fromkeys(words))
    return _with_more([say("“{word}”", word=word) for word in once[:_MOST_LISTED]], len(once), say)


def _with_more(shown: Sequence[str], number: int, say: Wording) -> str:
    listed = ", ".join(shown)
    more = number - len(shown)
    return say("{listed} and {more} more", listed=listed, more=more) if more > 0 else listed
