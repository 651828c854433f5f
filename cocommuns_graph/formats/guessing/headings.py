"""What the heading of a column says: concepts in five languages, found whole, in part or misspelt."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from cocommuns_graph.formats.shipped import built_in
from cocommuns_graph.model import codes, fold

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTS = re.compile(r"[/|:;]|\s[-–—]\s")
_OF_LANGUAGE = re.compile(r"(.+?)[\s@_:\-(\[]+([A-Za-z]{2,3})[)\]]?")
_LEAST_ALIKE = 88
_SHORTEST_MISSPELT = 5
_LONGEST_READ = 300
KEPT = "kept"
"""The concept of headings that are known and belong to no property, such as a postcode."""


@dataclass(frozen=True)
class Heading:
    """A concept a heading may mean, how surely (0 to 1), and the words it is known by."""

    concept: str
    score: float
    words: str
    language: str = ""


@cache
def vocabulary() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The lists of headings.toml: headings, kept, rows, values by property, words."""
    with Path(__file__).with_name("headings.toml").open("rb") as file:
        found: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.load(file)
    return found


@cache
def words(name: str) -> frozenset[str]:
    """One of the lists of words, folded."""
    return frozenset(fold(word) for word in vocabulary()["words"][name])


@cache
def known_headings() -> Mapping[tuple[str, ...], str]:
    """The concept of each known heading, given as its folded words without those that say nothing."""
    found: dict[tuple[str, ...], str] = {}
    own = vocabulary()
    lists: list[tuple[str, Sequence[str]]] = [
        (concept, (concept, *headings)) for concept, headings in own["headings"].items()
    ]
    lists += [(KEPT, headings) for headings in own["kept"].values()]
    lists += [(concept, (concept, *headings)) for concept, headings in _of_contact_lists().items()]
    for concept, headings in lists:
        for heading in headings:
            found.setdefault(_told(heading), concept)
            found.setdefault(_words(heading), concept)
    found.pop((), None)
    return found


def _of_contact_lists() -> Mapping[str, Sequence[str]]:
    """The headings of the contact list, those that matter elsewhere under the same concept."""
    spec = next(format_ for format_ in built_in() if format_.name == "contacts").files[0]
    names = {"amount": KEPT, "region": "place", "date": "start", "middle name": "first name"}
    found: dict[str, list[str]] = {}
    for headers in (spec.headers, spec.fallback_headers):
        for name, aliases in headers.items():
            concept = names.get(name, name)
            if name not in ("sort", "second last name"):
                found.setdefault(concept, []).extend(aliases)
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in fold(_CAMEL.sub(" ", text)).split("-") if word)


def _told(text: str) -> tuple[str, ...]:
    """The words of a heading that say something: no filler, no numbers behind a word."""
    said = [word for word in _words(text) if word not in words("before") and word not in words("asked")]
    return tuple(word for word in said if not word.isdigit()) or tuple(said)


@cache
def _longest() -> int:
    return max(map(len, known_headings()))


@cache
def _misspellable() -> tuple[str, ...]:
    return tuple(" ".join(key) for key in known_headings() if len(" ".join(key)) >= _SHORTEST_MISSPELT)


@cache
def concepts_of(column: str) -> tuple[Heading, ...]:
    """What a heading may mean, the likeliest first; nothing where its words are not known."""
    text = column[:_LONGEST_READ]
    bare = _REMARK.sub(" ", text)
    found = _whole(bare)
    if not found or found[0].score < 1.0:
        found = [*_by_language(text), *found]
    if not found:
        found = [heading for part in _PARTS.split(bare) if part.strip() for heading in _whole(part)][:1]
    if not found:
        found = _within(bare)
    if not found:
        found = _misspelt(bare)
    return tuple(found)


def _by_language(text: str) -> list[Heading]:
    """A heading that is a language, or a concept in one: `Englisch`, `prefLabel@fr`, `definition (en)`."""
    code = codes.language(text.strip()) if len(text.strip()) > 3 else None
    if code is not None:
        return [Heading("in language", 0.8, text.strip(), code)]
    match = _OF_LANGUAGE.fullmatch(text.strip())
    if match and (code := codes.language(match[2])) and match[2].lower() == code:
        whole = known_headings().get(_words(match[1])) or known_headings().get(_told(match[1]))
        if whole in ("term", "definition", "aliases", "name", "description"):
            return [Heading(f"{whole} in language", 0.95, match[1], code)]
    return []


def _whole(text: str) -> list[Heading]:
    known = known_headings()
    for key, score in ((_words(text), 1.0), (_told(text), 0.95)):
        if key in known:
            return [Heading(known[key], score, " ".join(key))]
    joined = ("".join(_words(text)),)
    return [Heading(known[joined], 0.9, joined[0])] if joined in known else []


def _within(text: str) -> list[Heading]:
    """The longest known heading in a longer one; of two alike the first before an `of`, else the last."""
    raw, said = _words(text), _told(text)
    known = known_headings()
    best: list[tuple[int, int, str, tuple[str, ...]]] = []
    for size in range(min(len(said), _longest()), 0, -1):
        for at in range(len(said) - size + 1):
            key = said[at : at + size]
            if key in known and (len(key[0]) > 2 or size > 1 or len(said) <= 2):
                best.append((size, at, known[key], key))
        if best:
            break
    if not best:
        return []
    ordered = best if any(word in words("before") for word in raw[1:]) else best[::-1]
    headings = [
        Heading(concept, 0.55 + 0.35 * size / len(said), " ".join(key)) for size, _, concept, key in ordered
    ]
    return [headings[0], *(replace(other, score=other.score - 0.15) for other in headings[1:])]


def _misspelt(text: str) -> list[Heading]:
    said = " ".join(_told(text))
    if len(said) < _SHORTEST_MISSPELT:
        return []
    near = process.extractOne(said, _misspellable(), scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE)
    if near is None:
        return []
    return [Heading(known_headings()[tuple(near[0].split(" "))], 0.6, near[0])]
