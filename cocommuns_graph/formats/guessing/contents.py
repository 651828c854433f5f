"""What the cells of a column look like: which share of them is a country, a web address, a name ..."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from cocommuns_graph.formats.contacts import is_email, is_telephone
from cocommuns_graph.formats.guessing.headings import vocabulary, words
from cocommuns_graph.model import codes, fold
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import DATE, LANGUAGES, ORCID, URL, split_cell

_MOST_VALUES = 200
_LONG = 60
_NUMBER = re.compile(r"[+-]?\d[\d ., ]*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_PERSON = re.compile(r"(?:[^\W\d_][\w'’.-]*)(?:[ ,]+(?:[^\W\d_][\w'’.-]*|[^\W\d_]\.)){1,4}")
_DATES = (
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%B %d, %Y", "%d %B %Y", "%d %b %Y",
    "%b %d, %Y",
    "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the inventory knows by name, folded: its topics, organisations and people."""

    topics: Collection[str] = frozenset()
    organisations: Collection[str] = frozenset()
    people: Collection[str] = frozenset()


@dataclass(frozen=True)
class Contents:
    """A column's filled cells, each text once, and what share of them looks like something.

    `filled` and `rows` count cells, so that a column almost empty or always the same can be told.
    """

    values: tuple[str, ...]
    filled: int
    rows: int
    known: Known = field(default_factory=Known)

    @classmethod
    def of(cls, cells: Iterable[str], known: Known) -> Contents:
        """The contents of a column of which these are the cells."""
        texts = [cell.strip() for cell in cells]
        filled = [text for text in texts if text]
        return cls(tuple(dict.fromkeys(filled))[:_MOST_VALUES], len(filled), len(texts), known)

    def share(self, fits: Callable[[str], bool]) -> float:
        """Which share of the different values fits; 0 of none."""
        return sum(map(fits, self.values)) / len(self.values) if self.values else 0.0

    @cached_property
    def distinct(self) -> float:
        """How many different values a filled cell has on average: 1 where none comes twice."""
        return min(1.0, len(self.values) / min(self.filled, _MOST_VALUES)) if self.filled else 0.0

    @cached_property
    def length(self) -> float:
        """How long a value is on average."""
        return sum(map(len, self.values)) / len(self.values) if self.values else 0.0

    @cached_property
    def emails(self) -> float:
        """Values that are e-mail addresses and nothing else."""
        return self.share(lambda text: all(map(is_email, _items(text, ";,\n"))))

    def telephones(self, column: str) -> float:
        """Values that are telephone numbers in a column of that name."""
        return self.share(lambda text: all(is_telephone(item, column) for item in _items(text, ";,\n")))

    @cached_property
    def websites(self) -> float:
        """Values that are web addresses, with or without a scheme."""
        return self.share(lambda text: all(_accepts(URL.clean, item) for item in _items(text, ";,\n")))

    @cached_property
    def orcids(self) -> float:
        """Values that are ORCID iDs with their right check digit."""
        return self.share(lambda text: _accepts(ORCID.clean, text))

    @cached_property
    def countries(self) -> float:
        """Values that are countries, by name or code."""
        return self.share(lambda text: len(codes.countries(text)) == 1)

    @cached_property
    def languages(self) -> float:
        """Values that list languages, by name or code."""
        return self.share(lambda text: _accepts(LANGUAGES.clean, text))

    @cached_property
    def short(self) -> float:
        """Values of two or three letters, which may be a country, a language or anything else."""
        return self.share(lambda text: len(text) <= 3)

    @cached_property
    def numbers(self) -> float:
        """Values that are numbers."""
        return self.share(lambda text: _NUMBER.fullmatch(text) is not None)

    def between(self, low: float, high: float) -> float:
        """Values that are numbers in a range, with a decimal point or comma."""
        return self.share(lambda text: _in_range(text, low, high))

    @cached_property
    def date_patterns(self) -> tuple[str, ...]:
        """The way beside ISO 8601 in which the dates are written; empty if it is not one way."""
        left = [text for text in self.values if not _accepts(DATE.clean, text)]
        fitting = [pattern for pattern in _DATES if left and all(_is_date(text, pattern) for text in left)]
        return tuple(fitting[:1])

    @cached_property
    def day_or_month_first(self) -> bool:
        """Whether the dates may be read with the day or with the month first."""
        left = [text for text in self.values if not _accepts(DATE.clean, text)]
        return (
            bool(left)
            and sum(all(_is_date(text, each) for text in left) for each in ("%d/%m/%Y", "%m/%d/%Y")) == 2
        )

    @cached_property
    def dates(self) -> float:
        """Values that are dates or years, as the model has them or all in one other way."""
        return 1.0 if self.date_patterns else self.share(lambda text: _accepts(DATE.clean, text))

    @cached_property
    def people(self) -> float:
        """Values that look like the name of one person, or are one the inventory knows."""
        return self.share(lambda text: fold(text) in self.known.people or is_person(text))

    @cached_property
    def organisations(self) -> float:
        """Values with a legal form or such a word, or that the inventory knows as an organisation."""
        return self.share(lambda text: fold(text) in self.known.organisations or is_organisation(text))

    @cached_property
    def topics(self) -> float:
        """Values all of whose items are topics of the inventory."""
        known = self.known.topics
        return (
            self.share(lambda text: all(fold(item) in known for item in _items(text, ";,\n")))
            if known
            else 0.0
        )

    @cached_property
    def lists(self) -> float:
        """Values with several short items in them."""
        return self.share(_is_list)

    @cached_property
    def thousands(self) -> bool:
        """Whether the numbers may be thousands cut by a dot, as `25.000` is in half of Europe."""
        return self.numbers == 1.0 and self.share(lambda text: _THOUSANDS.fullmatch(text) is not None) >= 0.5

    def without_choice(self, property_: str) -> tuple[str, ...]:
        """The values that are no words for a choice of a property; none where it takes any text."""
        if property_ not in vocabulary()["values"]:
            return ()
        known = choices(property_)
        return tuple(text for text in self.values if fold(text) not in known)

    def among(self, property_: str) -> float:
        """Values that are words for one of the choices of a property, in five languages."""
        known = choices(property_)
        return self.share(lambda text: fold(text) in known)


def choices(property_: str) -> Mapping[str, str]:
    """The choice each folded word stands for."""
    listed: Mapping[str, Sequence[str]] = vocabulary()["values"][property_]  # type: ignore[assignment]
    return {fold(word): choice for choice, others in listed.items() for word in (choice, *others)}


def is_organisation(text: str) -> bool:
    """Whether a name has a legal form or a word in it that organisations have."""
    said = set(fold(text).split("-"))
    joined = fold(text)
    return bool(said & words("organisation")) or any(
        f"-{form}" in f"-{joined}" for form in ("e-v", "s-coop", "s-l")
    )


def is_person(text: str) -> bool:
    """Whether a text looks like the name of one person: two to five words with capitals, no figures."""
    if len(text) > 50 or not _PERSON.fullmatch(text) or is_organisation(text) or codes.countries(text):
        return False
    said = [word for word in re.split(r"[ ,]+", text) if fold(word) not in words("particles")]
    return bool(said) and all(word[0].isupper() or not word[0].islower() for word in said) and len(said) > 1


def _items(text: str, separators: str) -> list[str]:
    return split_cell(text, separators) or [""]


def _is_list(text: str) -> bool:
    items = _items(text, ";\n") if ";" in text or "|" in text or "\n" in text else _items(text, ",")
    return len(items) > 1 and max(map(len, items)) <= _LONG and sum(map(len, items)) / len(items) < 30


def _accepts(clean: Callable[[str], object], text: str) -> bool:
    try:
        return clean(text) is not None
    except InvalidValue:
        return False


def _in_range(text: str, low: float, high: float) -> bool:
    try:
        return low <= float(text.replace(",", ".")) <= high
    except ValueError:
        return False


def _is_date(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)
    except ValueError:
        return False
    return True
