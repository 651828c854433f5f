"""How alike two names are, and in what.

Words that are equal are matched first, then words a slip apart, abbreviated, joined, initials of several, or
the same institution in another language. Words on both sides without a partner tell two things apart far
more than words on one side alone: a score is `m / (m + a·s + b·e)` with `m` what is matched, `s` what
neither side finds in the other, `e` what one side has more; each word counts by how rare it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from rapidfuzz.distance import OSA

from cocommuns_graph.duplicates.concepts import CONCEPT_OF
from cocommuns_graph.duplicates.naming import Name
from cocommuns_graph.duplicates.vocabulary import GENERIC_WORDS, LEGAL_FORMS, LITTLE_WORDS

_GENERIC, _LITTLE = 0.5, 0.1
_SMALL = 50
_SUBSTITUTED, _EXTRA = 1.7, 1.2
_SUBSTITUTED_PERSON, _EXTRA_PERSON = 2.2, 0.6
_ONE_SLIP, _TWO_SLIPS = 0.86, 0.74
_BOTH_KNOWN, _OTHER_START, _REPLACED = 0.55, 0.12, 0.62
_TRANSLATED, _JOINED, _ABBREVIATED, _RUN, _INITIAL = 0.9, 0.95, 0.75, 0.85, 0.55
_OTHER_NUMBER, _OTHER_GENERATION, _ONE_GENERATION = 0.2, 0.15, 0.5
_OWN_WORDS, _MORE_WORDS, _BY_INITIAL, _FORM = 0.3, 0.1, 0.86, 0.15
_ACRONYM = {2: 0.5, 3: 0.8, 4: 0.9}
_LONG_ACRONYM = 0.94
_FOREIGN_ACRONYM, _SAME_MEANING = 0.72, 0.88


@dataclass(frozen=True, slots=True)
class Likeness:
    """From 0 (nothing in common) to 1 (the same name), and the kinds of likeness found."""

    score: float
    kinds: tuple[str, ...] = ()


NOTHING = Likeness(0.0)


@dataclass(frozen=True)
class Usage:
    """How many of `names` names each word stands in: a rare word says more, known ones are no slips."""

    names: int = 0
    words: Mapping[str, int] = field(default_factory=dict)
    initials: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Collection[Name]) -> Usage:
        """The usage of the words of these names."""
        words = Counter(word for name in names for word in set(name.words))
        initials = Counter(letters for name in names for letters in name.initials)
        return cls(len(names), words, initials)

    def weight(self, word: str) -> float:
        """How much a word tells, from 0.2 to 1."""
        if word in LITTLE_WORDS:
            return _LITTLE
        known = _GENERIC if word in GENERIC_WORDS else 1.0
        if self.names < _SMALL:
            return known
        rarity = 1 - log(max(1, self.words.get(word, 1))) / log(self.names)
        return max(0.2, min(known, 0.25 + 0.85 * rarity))

    def clearness(self, short: str) -> float:
        """How clearly an acronym says whose it is, from 0.7 to 1: many names may have the same initials."""
        return max(0.7, 1.0 - 0.06 * max(0, self.initials.get(short, 0) - 2))

    def are_known(self, one: str, other: str) -> bool:
        """Whether both words are in use by themselves, so that one does not misspell of the other."""
        return self.words.get(one, 0) > 1 and self.words.get(other, 0) > 1


def likeness(one: Name, other: Name, usage: Usage) -> Likeness:
    """How alike two names of one kind are."""
    if not one.words or not other.words:
        return NOTHING
    found = _acronyms(one, other, usage)
    alike = _words_alike(one, other, usage)
    for a, b in ((one.spelt_out, other.words), (one.words, other.spelt_out)):
        if a and b and alike.score < 0.99:
            spelt = _aligned(one, other, a, b, usage)
            alike = max(alike, spelt, key=_score)
    alike = _told_apart(one, other, alike)
    return max(found, alike, key=_score)


def _score(found: Likeness) -> float:
    return found.score


def _told_apart(one: Name, other: Name, alike: Likeness) -> Likeness:
    """What other numbers, legal forms and generations leave of a likeness."""
    factor = 1.0
    kinds = list(alike.kinds)
    if one.numbers != other.numbers and sorted(one.numbers) != sorted(other.numbers):
        factor *= _OTHER_NUMBER if one.numbers and other.numbers else 0.85
    if one.generation != other.generation:
        factor *= _OTHER_GENERATION if one.generation and other.generation else _ONE_GENERATION
    if one.legal != other.legal:
        if one.legal and other.legal and one.legal.isdisjoint(other.legal):
            factor *= 0.88
        kinds.append("legal form")
    return Likeness(alike.score * factor, tuple(kinds))


def _words_alike(one: Name, other: Name, usage: Usage) -> Likeness:
    if one.words == other.words:
        same = one.text == other.text
        return Likeness(1.0, ("same name" if same else "spelling",))
    if one.compact == other.compact and len(one.compact) > 3:
        return Likeness(0.98, ("spaces",))
    if one.is_person and _reordered_initials(one, other):
        return Likeness(0.9, ("word order",))
    if sorted(one.words) == sorted(other.words):
        return Likeness(0.97, ("word order",))
    aligned = _aligned(one, other, one.all_words, other.all_words, usage)
    if one.concepts and sorted(one.concepts) == sorted(other.concepts):
        return max(aligned, Likeness(_SAME_MEANING, ("translation",)), key=_score)
    return aligned


def _reordered_initials(one: Name, other: Name) -> bool:
    """Two people called by initials alone are not the same by their order."""
    return all(len(word) == 1 for word in one.words) and sorted(one.words) == sorted(other.words)


def _acronyms(one: Name, other: Name, usage: Usage) -> Likeness:
    best = NOTHING
    for a, b in ((one, other), (other, one)):
        for short in a.shorts:
            if len(a.words) > 1 and len(b.words) > 1:
                continue
            if short in b.initials:
                score = _ACRONYM.get(len(short), _LONG_ACRONYM) * usage.clearness(short)
                best = max(best, Likeness(score, ("acronym",)), key=_score)
            elif b.foreign and len(short) > 2 and "".join(sorted(short)) in b.foreign:
                best = max(best, Likeness(_FOREIGN_ACRONYM, ("foreign acronym",)), key=_score)
    shared = {short for short in one.shorts & other.shorts if len(short) > 1}
    if shared and best.score < 0.9 and (len(one.words) > 1) != (len(other.words) > 1):
        longest = max(map(len, shared))
        best = max(best, Likeness(0.95 if longest > 2 else 0.6, ("acronym",)), key=_score)
    return best


# -- words side by side -------------------------------------------------------------------------------


class _Alignment:
    """What is matched so far of two names, and the words left on each side."""

    def __init__(self, one: Sequence[str], other: Sequence[str], weight: Callable[[str], float]) -> None:
        here, there = Counter(one), Counter(other)
        both = here & there
        self.weight = weight
        self.matched = sum(weight(word) * count for word, count in both.items())
        self.one = _rest(one, both)
        self.other = _rest(other, both)
        self.left = [0.0, 0.0]
        self.lessened = 0.0
        self.slips = 0
        self.kinds: list[str] = ["words"] if both else []

    def alone(self, words: Sequence[str]) -> float:
        """How much words without a partner tell; a legal form in an odd place tells little."""
        return sum(_FORM if (word,) in LEGAL_FORMS else self.weight(word) for word in words)

    def match(self, words: Sequence[str], others: Sequence[str], quality: float, kind: str) -> None:
        """Takes words of both sides as the same, with a quality from 0 to 1."""
        here, there = sum(map(self.weight, words)), sum(map(self.weight, others))
        heavier = max(here, there)
        self.matched += quality * heavier
        if kind == "initial":
            self.lessened += (1 - quality) * heavier
        else:
            self.left[0] += (1 - quality) * heavier
            self.left[1] += (1 - quality) * heavier
        for word in words:
            self.one.remove(word)
        for word in others:
            self.other.remove(word)
        self.kinds.append(kind)


def _rest(words: Sequence[str], both: Counter[str]) -> list[str]:
    taken = Counter(both)
    left = []
    for word in words:
        if taken[word]:
            taken[word] -= 1
        else:
            left.append(word)
    return left


def _aligned(a: Name, b: Name, one: Sequence[str], other: Sequence[str], usage: Usage) -> Likeness:
    is_person = a.is_person
    found = _Alignment(one, other, (lambda word: 1.0) if is_person else usage.weight)
    if not (a.is_acronym and b.is_acronym):
        _match_slips(found, usage)
    if found.one and found.other:
        _match_joined(found)
        if is_person:
            _match_initials(found)
        else:
            _match_institutions(found, translated=bool(a.concepts or b.concepts))
            _match_runs(found)
    if not found.matched:
        return NOTHING
    _forgive(found.other, a.shorts | a.legal)
    _forgive(found.one, b.shorts | b.legal)
    alone = found.alone(found.one), found.alone(found.other)
    left = found.left[0] + alone[0], found.left[1] + alone[1]
    substituted, extra = min(left), abs(left[0] - left[1]) + found.lessened
    designated = any(len(word) == 1 for word in found.one) and any(len(word) == 1 for word in found.other)
    if designated:
        substituted += 1.0
    costs = (_SUBSTITUTED_PERSON, _EXTRA_PERSON) if is_person else (_SUBSTITUTED, _EXTRA)
    score = found.matched / (found.matched + costs[0] * substituted + costs[1] * extra)
    if not is_person:
        score *= 1 - _OWN_WORDS * min(1.0, *alone) - _MORE_WORDS * min(1.0, abs(alone[0] - alone[1]))
    if "initial" in found.kinds:
        score *= _BY_INITIAL
    return Likeness(score, tuple(dict.fromkeys(found.kinds)))


def _forgive(left: list[str], shorts: Collection[str]) -> None:
    """Takes away words left over that are an acronym of the other name, or nearly."""
    for word in list(left):
        if any(
            word == short or (len(short) > 2 and OSA.distance(word, short, score_cutoff=1) <= 1)
            for short in shorts
        ):
            left.remove(word)


def _match_slips(found: _Alignment, usage: Usage) -> None:
    """Matches words one or two slips apart, the nearest first; two slips in a name at the most, three in a
    long one."""
    near: list[tuple[int, str, str]] = []
    for word in found.one:
        for candidate in found.other:
            allowed = _slips_allowed(word, candidate)
            if allowed and (distance := OSA.distance(word, candidate, score_cutoff=allowed)) <= allowed:
                near.append((distance, word, candidate))
    for distance, word, candidate in sorted(near):
        if word in found.one and candidate in found.other and found.slips + distance <= 3:
            quality = _ONE_SLIP if distance == 1 else _TWO_SLIPS
            quality = min(0.96, quality + 0.012 * (min(len(word), len(candidate)) - 5))
            if distance > 1 and word[0] != candidate[0]:
                quality -= _OTHER_START
            if len(word) == len(candidate) == 3 and not {word, candidate} & LITTLE_WORDS:
                quality = _REPLACED
            kind = "slip"
            if word in CONCEPT_OF and CONCEPT_OF[word] == CONCEPT_OF.get(candidate):
                quality, kind = _JOINED, "translation"
            elif usage.are_known(word, candidate):
                quality *= _BOTH_KNOWN
            found.slips += distance
            found.match([word], [candidate], quality, kind)


def _slips_allowed(one: str, other: str) -> int:
    if one.isdigit() or other.isdigit():
        return 0
    shorter, longer = sorted((len(one), len(other)))
    if longer - shorter > 2 or longer < 2:
        return 0
    if shorter < 4:
        # A letter replaced in a word of two makes another one: UK and US, Mo and Bo.
        return int(longer > 2 or sorted(one) == sorted(other))
    return 2 if shorter >= 6 or (shorter >= 5 and longer >= 7 and one[0] == other[0]) else 1


def _match_joined(found: _Alignment) -> None:
    """Matches `open source` with `opensource`."""
    for swapped in (False, True):
        parts, wholes = (found.other, found.one) if swapped else (found.one, found.other)
        for first, second in list(pairwise(parts)):
            joined = first + second
            for whole in list(wholes):
                near = whole == joined or (
                    len(joined) > 6 and OSA.distance(whole, joined, score_cutoff=1) <= 1
                )
                if near and first in parts and second in parts and whole in wholes:
                    pair = [first, second]
                    if swapped:
                        found.match([whole], pair, _JOINED, "spaces")
                    else:
                        found.match(pair, [whole], _JOINED, "spaces")


def _match_initials(found: _Alignment) -> None:
    """Matches the initial of a name with the name, or several written as one (`JR`)."""
    for word in list(found.one):
        for candidate in list(found.other):
            shorter, longer = sorted((word, candidate), key=len)
            if len(shorter) == 1 < len(longer) and longer[0] == shorter and word in found.one:
                found.match([word], [candidate], _INITIAL, "initial")
                break


def _match_institutions(found: _Alignment, *, translated: bool) -> None:
    """Matches words that stand for one institution in two languages, and abbreviated ones."""
    for word in list(found.one):
        for candidate in list(found.other):
            concept = CONCEPT_OF.get(word)
            if translated and concept is not None and concept == CONCEPT_OF.get(candidate):
                found.match([word], [candidate], _TRANSLATED, "translation")
                break
            shorter, longer = sorted((word, candidate), key=len)
            cut = len(longer) >= len(shorter) + 2 and longer.startswith(shorter)
            if cut and len(shorter) >= 3 and not shorter.isdigit():
                found.match([word], [candidate], _ABBREVIATED, "abbreviation")
                break


def _match_runs(found: _Alignment) -> None:
    """Matches a short word with those it is the initials of: `TU Delft`, `Technische Universiteit Delft`."""
    for swapped in (False, True):
        shorts, longs = (found.other, found.one) if swapped else (found.one, found.other)
        for short in list(shorts):
            if not 2 <= len(short) <= 6 or len(longs) < len(short):
                continue
            letters = sorted(short)
            for start in range(len(longs) - len(short) + 1):
                run = longs[start : start + len(short)]
                initials = [word[0] for word in run]
                if initials == list(short) or (len(short) == 2 and sorted(initials) == letters):
                    if swapped:
                        found.match(run, [short], _RUN, "acronym")
                    else:
                        found.match([short], run, _RUN, "acronym")
                    break
