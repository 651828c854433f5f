"""A brief of several needs, languages, countries and families, taken apart into what a team must cover."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from cocommuns_graph.finding import facets
from cocommuns_graph.finding.answers import Homonym, TopicMatch
from cocommuns_graph.finding.finder import Finder
from cocommuns_graph.finding.reading import LONGEST_QUESTION, Reading
from cocommuns_graph.finding.text import content_words, is_function_word, tokens
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.model.records import Graph
from cocommuns_graph.network import IN_ENGLISH, called
from cocommuns_graph.wording import Wording

MOST_WANTS = 40
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Want:
    """One thing a team must cover.

    `need` is how it was asked for, `name` how a screen calls it. `kind` is topic, text, language, country or
    sector. A topic has `matches`, several where its word has several meanings; a text `words`, the roots that
    must all be met; the other kinds a `facet`.
    """

    need: str
    kind: str
    name: str
    matches: tuple[TopicMatch, ...] = ()
    words: tuple[str, ...] = ()
    facet: facets.Facet | None = None


@dataclass(slots=True)
class Brief:
    """What a team must cover, and what is to be said of how the brief was read."""

    wants: list[Want] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    homonyms: list[Homonym] = field(default_factory=list)


def read_brief(
    graph: Graph,
    finder: Finder,
    needs: Sequence[str],
    *,
    languages: Sequence[str] = (),
    countries: Sequence[str] = (),
    sectors: Sequence[str] = (),
    meant: Collection[str] = (),
    say: Wording = IN_ENGLISH,
) -> Brief:
    """Takes a brief apart: every topic that the texts of `needs` name is a want, each once.

    A text that names no topic is a want of its own, covered by who has all its words in their own texts. The
    id of a topic names that topic. Of words with several meanings those among `meant` are taken; where none
    is, any of the meanings will do, and the brief says so.

    Raises:
        InvalidValue: an empty need, nothing asked for, more than MOST_WANTS wants, or a language, country or
            sector that does not exist.
    """
    brief = Brief()
    for text in needs:
        _need(brief, graph, finder, text.strip(), meant, say)
    for kind, values in (("language", languages), ("country", countries), ("sector", sectors)):
        for value in values:
            if not value.strip():
                raise InvalidValue(f"a {kind} is empty; leave it out or name one")
            (wish,) = facets.facets_from(
                graph,
                {},
                value if kind == "sector" else None,
                value if kind == "country" else None,
                None,
                value if kind == "language" else None,
            )
            want = Want(value, kind, facets.wanted_in_words(wish, say), facet=wish)
            if all((one.kind, one.name) != (kind, want.name) for one in brief.wants):
                brief.wants.append(want)
    if not brief.wants:
        raise InvalidValue("nothing was asked for; name a need: a topic, or a sentence with several")
    if len(brief.wants) > MOST_WANTS:
        raise InvalidValue(
            f"the brief names {len(brief.wants)} needs; accepted: at most {MOST_WANTS}, so ask in parts"
        )
    return brief


def _need(
    brief: Brief, graph: Graph, finder: Finder, text: str, meant: Collection[str], say: Wording
) -> None:
    if not text:
        raise InvalidValue("a need is empty; write a topic or a sentence")
    if (node := graph.nodes.get(text)) is not None and node.label == "Topic":
        match = TopicMatch(node.id, node.name, node.name, None, node.name, "as written", 1.0)
        _add(brief, Want(text, "topic", called(node, say), (match,)))
        return
    reading = finder.read(text)
    asked_of = {topic: phrase for phrase, topics in reading.homonyms.items() for topic in topics}
    brief.homonyms += [Homonym(phrase, tuple(topics)) for phrase, topics in reading.homonyms.items()]
    reading.meaning(meant)
    grouped: dict[str, list[TopicMatch]] = {}
    for match in reading.topics:
        open_ = any(match.id in topics for topics in reading.homonyms.values())
        grouped.setdefault(asked_of[match.id] if open_ else match.id, []).append(match)
    in_order = sorted(grouped.values(), key=lambda found: _place(text, found[0].asked))
    for matches in in_order:
        is_all = len(in_order) == 1 and len(text) <= _SHORT and not reading.rest
        need = text if is_all else matches[0].asked
        name = matches[0].asked if len(matches) > 1 else called(graph.nodes[matches[0].id], say)
        _add(brief, Want(need, "topic", name, tuple(matches)))
    if not in_order:
        words = tokens(text[:LONGEST_QUESTION])
        roots = [
            token.root
            for token, carries in zip(words, content_words(words), strict=True)
            if carries and not is_function_word(token.folded)
        ]
        _add(brief, Want(text, "text", shorten(text), words=tuple(dict.fromkeys(roots))))
    _tell(brief, reading, bool(in_order), say)


def _tell(brief: Brief, reading: Reading, names_topics: bool, say: Wording) -> None:
    """Says how words were set right, and which of a text that names topics nothing here has."""
    brief.said += [
        say("“{word}” was read as “{right}”.", word=word, right=right)
        for word, right in reading.read_as.items()
    ]
    if names_topics and reading.unknown:
        quoted = say.together([say("“{word}”", word=word) for word in reading.unknown], most=8)
        brief.said.append(say("Nothing here has {words}.", words=quoted))


def _add(brief: Brief, want: Want) -> None:
    """Adds a want, unless one before asks for the same."""
    key = _same(want)
    if all(_same(one) != key for one in brief.wants):
        brief.wants.append(want)


def _same(want: Want) -> tuple[object, ...]:
    return want.kind, frozenset(match.id for match in want.matches), want.words


def _place(text: str, asked: str) -> int:
    """Where in a text something is asked for; at its end where the words stand apart."""
    found = text.casefold().find(asked.casefold())
    return found if found >= 0 else len(text)
