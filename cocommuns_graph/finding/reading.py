"""From what a person types to the topics meant and the words left over."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cocommuns_graph.finding.answers import TopicMatch
from cocommuns_graph.finding.function_words import FUNCTION_WORDS
from cocommuns_graph.finding.glossary import (
    COMPOUNDING,
    LONGEST_TERM,
    LONGEST_UNSPACED_TERM,
    Glossary,
    Term,
    is_acronym,
)
from cocommuns_graph.finding.scripts import is_unspaced, seen, together
from cocommuns_graph.finding.spelling import is_everyday, part_of_compound, set_right, take_apart
from cocommuns_graph.finding.text import Token, content_words, languages_of, tokens
from cocommuns_graph.model.records import Graph

_AS_WRITTEN, _OTHER_FORM, _ALMOST, _ACRONYM, _SPELT_OUT = 1.0, 0.95, 0.85, 0.7, 0.6
LONGEST_QUESTION = 20_000
_MOST_CORRECTED = 12
_MOST_SLIPS, _LONGEST_SLIP = 4, 5
_SURELY_COMPOUND = 12
_MOST_BETWEEN = 12
_LANGUAGES = tuple(FUNCTION_WORDS)
_PIECE = re.compile(r"[^\s,;\[\](){}\"“”«»]+")


@dataclass(slots=True)
class Reading:
    """How a question was understood.

    `topics` are the topics met, surest first; `homonyms` the phrases with several meanings and the topics
    they may mean; `read_as` the words that were set right; `rest` the meaningful words that are in no topic,
    `covered` those that are; `unknown` the words that nothing in the graph has; `text` what was read.
    """

    topics: list[TopicMatch] = field(default_factory=list)
    homonyms: dict[str, list[str]] = field(default_factory=dict)
    read_as: dict[str, str] = field(default_factory=dict)
    rest: list[Token] = field(default_factory=list)
    covered: list[Token] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    language: str | None = None
    text: str = ""

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
    text = text[:LONGEST_QUESTION]
    found = tokens(text)
    spoken = languages_of(found)
    languages = spoken[:1]
    words = [
        _Word(token, carries, written=token.word)
        for token, carries in zip(found, content_words(found), strict=True)
    ]
    reading = Reading(language=spoken[0] if 0 < len(spoken) < len(FUNCTION_WORDS) else None, text=text)
    _meet_ids(words, reading, graph, glossary)
    limit = _longest(words)
    core = _core(words)
    whole = not any(word.covered for word in words) and (
        _is_a_term(core, limit, glossary, languages)
        or _take_almost(core, reading, graph, glossary, languages)
    )
    if not whole:
        for word in words:
            word.known = (
                not word.carries
                or word.token.root in in_texts
                or glossary.knows(word.token, languages)
                or _is_initials(word, words, glossary)
            )
        _meet_slips(words, reading, graph, glossary, languages)
        words = _mend(words, reading, glossary, names)
    meaningful = [word for word in words if word.carries]
    rows = [words, meaningful] if len(meaningful) < len(words) else [words]
    for length in sorted((length for length in glossary.lengths if length <= limit), reverse=True):
        for chosen in _windows(rows if length > 1 else rows[:1], length, glossary):
            if not any(word.covered for word in chosen):
                _meet(chosen, words, reading, graph, glossary, languages)
    if not reading.topics:
        _meet_spelt_out(words, reading, graph, glossary, languages)
    reading.topics.sort(key=lambda match: -match.weight)
    reading.covered = [word.token for word in words if word.covered]
    reading.rest = _whole_runs([word.token for word in words if word.carries and not word.covered])
    met = {token.word for token in reading.rest if token.root in in_texts}
    reading.unknown = list(
        dict.fromkeys(
            token.word
            for token in reading.rest
            if token.root not in in_texts and not (is_unspaced(token.folded) and token.word in met)
        )
    )
    return reading


def _meet_ids(words: list[_Word], reading: Reading, graph: Graph, glossary: Glossary) -> None:
    """Takes the ids of topics, as an answer shows them where a word has several meanings.

    An id that is a term too is left to be met as that; one of a single word counts only alone.
    """
    for piece in _PIECE.finditer(reading.text):
        node = graph.nodes.get(piece[0])
        if node is None or node.label != "Topic":
            continue
        inside = [w for w in words if piece.start() <= w.token.start and w.token.end <= piece.end()]
        if any(word.covered for word in inside) or glossary.exact([word.token for word in inside]):
            continue
        if len(inside) > 1 or len(inside) == len(words):
            match = TopicMatch(node.id, node.name, node.name, None, node.id, "by its id", _AS_WRITTEN)
            if all(node.id != other.id for other in reading.topics):
                reading.topics.append(match)
            for word in inside:
                word.covered = True


def _longest(words: list[_Word]) -> int:
    unspaced = any(is_unspaced(word.token.folded) for word in words)
    return LONGEST_UNSPACED_TERM if unspaced else LONGEST_TERM


def _core(words: list[_Word]) -> list[_Word]:
    """A question without the words at its ends that only hold it together."""
    carrying = [number for number, word in enumerate(words) if word.carries]
    return words[carrying[0] : carrying[-1] + 1] if carrying else words


def _is_a_term(words: list[_Word], limit: int, glossary: Glossary, languages: tuple[str, ...]) -> bool:
    window = [word.token for word in words]
    return len(words) <= limit and bool(glossary.exact(window) or glossary.loose(window, languages))


def _is_initials(word: _Word, words: list[_Word], glossary: Glossary) -> bool:
    """Whether a word may stand for initials: in capitals among others that are not, or alone."""
    if len(words) > 1 and not (is_acronym(word.token) and any(not one.token.word.isupper() for one in words)):
        return False
    if is_everyday(word.token.folded) and not word.token.word.isupper():
        return False
    return bool(glossary.initials(word.token))


def _whole_runs(rest: list[Token]) -> list[Token]:
    """Pairs of characters that follow one another, each told as the run they come from."""
    found: list[Token] = []
    run: list[Token] = []
    for token in (*rest, None):
        if token and run and is_unspaced(token.folded) and token.word[0] == run[-1].word[-1]:
            run.append(token)
            continue
        whole = together([one.word for one in run])
        found += [Token(whole, one.folded, one.root, one.phrase) for one in run]
        run = [token] if token else []
    return found


def _mend(words: list[_Word], reading: Reading, glossary: Glossary, names: Mapping[str, str]) -> list[_Word]:
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
            or set_right(word.token, glossary.spelt)
            or set_right(word.token, glossary.names_in(names))
            or (
                part_of_compound(word.token, glossary.compounding)
                if _may_be_compound(word.token, reading.language)
                else None
            )
        )
        if correction is None:
            mended.append(word)
            continue
        reading.read_as[word.token.word] = " + ".join(correction.words)
        mended += [_Word(token, True, correction.quality, word.token.word) for token in correction.tokens]
    return mended


def _may_be_compound(token: Token, language: str | None) -> bool:
    if language is not None:
        return language in COMPOUNDING
    return token.word[0].isupper() or len(token.folded) >= _SURELY_COMPOUND


def _windows(rows: list[list[_Word]], length: int, glossary: Glossary) -> Iterator[list[_Word]]:
    """Every run of `length` words of a row that may be a term."""
    for row in rows:
        for at in range(len(row) - length + 1):
            if length == 1 or glossary.may_begin(row[at].token):
                yield row[at : at + length]


def _meet(
    chosen: list[_Word],
    words: list[_Word],
    reading: Reading,
    graph: Graph,
    glossary: Glossary,
    languages: tuple[str, ...],
) -> None:
    window = [word.token for word in chosen]
    found, quality, how = glossary.exact(window), _AS_WRITTEN, "as written"
    if not found and len({token.phrase for token in window}) == 1:
        found, quality, how = glossary.loose(window, languages), _OTHER_FORM, "in another form"
    if not found and len(window) == 1 and _is_initials(chosen[0], words, glossary):
        found, quality, how = glossary.initials(window[0]), _ACRONYM, "as initials"
    if not any(word.carries for word in chosen) and len(chosen) < len(words):
        found = [term for term in found if term.text == window[0].word and term.text.isupper()]
    if found:
        _take(chosen, found, quality, how, reading, graph, languages)


def _meet_spelt_out(
    words: list[_Word], reading: Reading, graph: Graph, glossary: Glossary, languages: tuple[str, ...]
) -> None:
    """Takes the question, or words that begin with capitals, for the acronym that stands for them."""
    for length in range(min(LONGEST_TERM, len(words)), 2, -1):
        for at in range(len(words) - length + 1):
            chosen = words[at : at + length]
            if any(word.covered for word in chosen) or not (chosen[0].carries and chosen[-1].carries):
                continue
            as_name = all(word.token.word[0].isupper() for word in chosen if word.carries)
            found = glossary.acronyms([word.token for word in chosen])
            if found and (as_name or length == len(words)):
                how = "as what its letters stand for"
                _take(chosen, found, _SPELT_OUT, how, reading, graph, languages)


def _meet_slips(
    words: list[_Word], reading: Reading, graph: Graph, glossary: Glossary, languages: tuple[str, ...]
) -> None:
    """Takes runs of words around an unknown one for the term they are, or are a slip or two away from."""
    if not 0 < sum(not word.known for word in words) <= _MOST_SLIPS:
        return
    strange = [word.known and word.token.root not in glossary.words for word in words]
    for length in range(min(LONGEST_TERM, len(words)), 1, -1):
        for at in range(len(words) - length + 1):
            chosen = words[at : at + length]
            if any(strange[at : at + length]):
                continue
            if all(word.known for word in chosen) or any(word.covered for word in chosen):
                continue
            _meet(chosen, words, reading, graph, glossary, languages)
            if length <= _LONGEST_SLIP and not chosen[0].covered:
                _take_almost(chosen, reading, graph, glossary, languages)


def _take_almost(
    chosen: list[_Word], reading: Reading, graph: Graph, glossary: Glossary, languages: Sequence[str]
) -> bool:
    if len(chosen) > LONGEST_UNSPACED_TERM or (len(chosen) == 1 and is_everyday(chosen[0].token.folded)):
        return False
    found = glossary.almost([word.token for word in chosen])
    if not found:
        return False
    asked = _as_asked(chosen, reading.text)
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
    asked = _as_asked(chosen, reading.text)
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


def _as_asked(chosen: list[_Word], text: str) -> str:
    """The words of a term as they stand in the question; the words alone if much stands between them."""
    written = list({word.token.start: word.written for word in chosen}.values())
    piece = text[chosen[0].token.start : chosen[-1].token.end]
    if len(piece) > len(" ".join(written)) + _MOST_BETWEEN * len(written):
        return together(written)
    return seen(piece)


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
            _LANGUAGES.index(term.language) if term.language in _LANGUAGES else len(_LANGUAGES),
            term.language or "",
            term.text,
        ),
    )
    kept: dict[str, Term] = {}
    for term in ordered:
        kept.setdefault(term.topic, term)
    return sorted(kept.values(), key=lambda term: term.topic)
