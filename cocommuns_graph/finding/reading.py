"""From what a person types to the topics meant and the words left over."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field

from cocommuns_graph.finding.answers import TopicMatch
from cocommuns_graph.finding.glossary import LONGEST_TERM, Glossary, Term
from cocommuns_graph.finding.spelling import set_right, take_apart
from cocommuns_graph.finding.text import Token, content_words, languages_of, tokens
from cocommuns_graph.model.records import Graph

_AS_WRITTEN, _OTHER_FORM, _ALMOST, _ACRONYM = 1.0, 0.95, 0.85, 0.7
LONGEST_QUESTION = 20_000
_MOST_CORRECTED = 12
_MOST_SLIPS, _LONGEST_SLIP = 4, 5


@dataclass(slots=True)
class Reading:
    """How a question was understood.

    `topics` are the topics met, surest first; `homonyms` the phrases with several meanings and the topics
    they may mean; `read_as` the words that were set right; `rest` the meaningful words that are in no topic,
    `covered` those that are; `unknown` the words that nothing in the graph has.
    """

    topics: list[TopicMatch] = field(default_factory=list)
    homonyms: dict[str, list[str]] = field(default_factory=dict)
    read_as: dict[str, str] = field(default_factory=dict)
    rest: list[Token] = field(default_factory=list)
    covered: list[Token] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    language: str | None = None

    def meaning(self, meant: Collection[str]) -> None:
        """Keeps, of every phrase with several meanings, those among `meant`; all where none is."""
        for phrase, topics in list(self.homonyms.items()):
            chosen = [topic for topic in topics if topic in meant]
            if not chosen:
                continue
            left_out = set(topics) - set(chosen)
            self.topics = [match for match in self.topics if match.id not in left_out]
            del self.homonyms[phrase]
            if len(chosen) > 1:
                self.homonyms[phrase] = chosen


@dataclass(slots=True)
class _Word:
    token: Token
    carries: bool
    quality: float = 1.0
    written: str = ""
    known: bool = True
    covered: bool = False


def read(
    text: str, graph: Graph, glossary: Glossary, in_texts: Container[str], names: Mapping[str, str]
) -> Reading:
    """Understands a question.

    Phrases are met longest first. A word that no term, no text (`in_texts` holds roots) and no name knows is
    taken apart or set right, and then read again; `names` maps the folded words of names to how they are
    written. Of a text longer than LONGEST_QUESTION only that much is read.
    """
    found = tokens(text[:LONGEST_QUESTION])
    languages = languages_of(found)[:1]
    words = [
        _Word(token, carries, written=token.word)
        for token, carries in zip(found, content_words(found), strict=True)
    ]
    reading = Reading(language=languages[0] if 0 < len(languages_of(found)) < 5 else None)
    if not _meet_almost(words, reading, graph, glossary, languages):
        for word in words:
            word.known = (
                not word.carries
                or word.token.root in in_texts
                or glossary.knows(word.token, languages)
                or bool(glossary.initials(word.token))
            )
        _meet_slips(words, reading, graph, glossary, languages)
        words = _mend(words, reading, glossary, names)
    for length in range(min(LONGEST_TERM, len(words)), 0, -1):
        for chosen in _windows(words, length):
            if not any(word.covered for word in chosen):
                _meet(chosen, words, reading, graph, glossary, languages)
    reading.topics.sort(key=lambda match: -match.weight)
    for word in words:
        if word.covered:
            reading.covered.append(word.token)
        elif word.carries:
            reading.rest.append(word.token)
            if word.token.root not in in_texts:
                reading.unknown.append(word.token.word)
    return reading


def _mend(
    words: list[_Word],
    reading: Reading,
    glossary: Glossary,
    names: Mapping[str, str],
) -> list[_Word]:
    """The words with the unknown ones taken apart or set right, as far as that is possible."""
    mended: list[_Word] = []
    tried = 0
    for word in words:
        if word.known or word.covered or tried >= _MOST_CORRECTED:
            mended.append(word)
            continue
        tried += 1
        correction = (
            take_apart(word.token, glossary.words)
            or set_right(word.token, glossary.spelt, glossary.frequency)
            or set_right(word.token, names)
        )
        if correction is None:
            mended.append(word)
            continue
        reading.read_as[word.token.word] = " + ".join(correction.words)
        mended += [_Word(token, True, correction.quality, word.token.word) for token in correction.tokens]
    return mended


def _windows(words: list[_Word], length: int) -> list[list[_Word]]:
    """Every run of `length` words, and of `length` meaningful words with what stands between left out."""
    runs = [words[at : at + length] for at in range(len(words) - length + 1)]
    meaningful = [word for word in words if word.carries]
    if len(meaningful) < len(words) and length > 1:
        runs += [meaningful[at : at + length] for at in range(len(meaningful) - length + 1)]
    return runs


def _meet(
    chosen: list[_Word],
    words: list[_Word],
    reading: Reading,
    graph: Graph,
    glossary: Glossary,
    languages: Sequence[str],
) -> None:
    window = [word.token for word in chosen]
    found, quality, how = glossary.exact(window), _AS_WRITTEN, "as written"
    if not found and len({token.phrase for token in window}) == 1:
        found, quality, how = glossary.loose(window, languages), _OTHER_FORM, "in another form"
    if not found and len(window) == 1:
        found, quality, how = glossary.initials(window[0]), _ACRONYM, "as initials"
    if not any(word.carries for word in chosen) and len(chosen) < len(words):
        found = [term for term in found if term.text == window[0].word and term.text.isupper()]
    if found:
        _take(chosen, found, quality, how, reading, graph, languages)


def _meet_almost(
    words: list[_Word], reading: Reading, graph: Graph, glossary: Glossary, languages: Sequence[str]
) -> bool:
    """Whether the whole question is a term with a slip in it, and then takes it for that."""
    window = [word.token for word in words]
    if not 0 < len(words) <= LONGEST_TERM or glossary.exact(window) or glossary.loose(window, languages):
        return False
    return _take_almost(words, reading, graph, glossary, languages)


def _meet_slips(
    words: list[_Word], reading: Reading, graph: Graph, glossary: Glossary, languages: Sequence[str]
) -> None:
    """Takes runs of words around an unknown one for the term they are a slip or two away from."""
    if not 0 < sum(not word.known for word in words) <= _MOST_SLIPS:
        return
    for length in range(min(_LONGEST_SLIP, len(words)), 1, -1):
        for at in range(len(words) - length + 1):
            chosen = words[at : at + length]
            if not all(word.known for word in chosen) and not any(word.covered for word in chosen):
                _take_almost(chosen, reading, graph, glossary, languages)


def _take_almost(
    chosen: list[_Word], reading: Reading, graph: Graph, glossary: Glossary, languages: Sequence[str]
) -> bool:
    found = glossary.almost([word.token for word in chosen])
    if not found:
        return False
    asked = " ".join(word.written for word in chosen)
    reading.read_as[asked] = found[0].text
    _take(chosen, found, _ALMOST, f"read as “{found[0].text}”", reading, graph, languages)
    return True


def _take(
    chosen: list[_Word],
    found: list[Term],
    quality: float,
    how: str,
    reading: Reading,
    graph: Graph,
    languages: Sequence[str],
) -> None:
    asked = " ".join(dict.fromkeys(word.written for word in chosen))
    mended = min(word.quality for word in chosen)
    if mended < 1:
        how = f"read as “{' '.join(word.token.word for word in chosen)}”"
    best = _one_a_topic(found, asked, languages)
    for term in best:
        match = TopicMatch(
            term.topic,
            graph.nodes[term.topic].name,
            term.text,
            term.language,
            asked,
            how,
            round(quality * mended, 4),
        )
        if all(match.id != other.id for other in reading.topics):
            reading.topics.append(match)
    if len(best) > 1:
        reading.homonyms[asked] = [term.topic for term in best]
    for word in chosen:
        word.covered = True


def _one_a_topic(found: list[Term], asked: str, languages: Sequence[str]) -> list[Term]:
    """The best term for each topic met: as written to the letter, the usual one, in the language spoken."""
    ordered = sorted(
        found,
        key=lambda term: (
            term.text != asked,
            term.text.casefold() != asked.casefold(),
            not term.usual,
            term.language not in languages,
            term.language is None,
            term.language != "en",
            term.language or "",
            term.text,
        ),
    )
    kept: dict[str, Term] = {}
    for term in ordered:
        kept.setdefault(term.topic, term)
    return sorted(kept.values(), key=lambda term: term.topic)
