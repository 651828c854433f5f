"""How a gap is declared: one decorated function in a registry, graph in, rows out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cocommuns_graph.gaps.answers import Basis, Gap, KindFound, Table, gap_id
from cocommuns_graph.gaps.facts import Facts
from cocommuns_graph.model.declare import Words
from cocommuns_graph.model.errors import InvalidModel


class CannotTell(Exception):
    """The data does not allow the question to be answered; the text says in a sentence why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A row of a finding: what `Gap` holds but for what the kind itself says.

    `about` is what identifies the gap where that is not `subjects`: ids and fixed words, in any order.
    """

    subjects: tuple[str, ...]
    title: str
    evidence: Mapping[str, Any]
    suggestion: str
    basis: Basis
    about: tuple[str, ...] = field(default=())


Find = Callable[[Facts], Iterable[Draft]]
Tabulate = Callable[[Facts], Table]


@dataclass(frozen=True)
class Kind:
    """A declared finding: its name, its words, and the function that finds its rows, the first ones first."""

    name: str
    title: Words
    question: Words
    why: Words
    method: Words
    find: Find

    def search(self, facts: Facts) -> tuple[list[Gap], KindFound]:
        """The gaps of this kind and how it was searched for them."""
        say = facts.say
        nothing = ""
        try:
            drafts = list(self.find(facts))
        except CannotTell as reason:
            drafts, nothing = [], str(reason)
        gaps = [
            Gap(
                id=gap_id(self.name, draft.about or draft.subjects),
                kind=self.name,
                title=draft.title,
                why=say.words(self.why),
                subjects=draft.subjects,
                evidence=draft.evidence,
                confidence=facts.confidence(draft.basis),
                suggestion=draft.suggestion,
                basis=draft.basis,
            )
            for draft in drafts
        ]
        if not gaps and not nothing:
            nothing = say("None was found.", "Rien n'a été trouvé.")
        found = KindFound(
            self.name,
            say.words(self.title),
            say.words(self.question),
            say.words(self.why),
            say.words(self.method),
            len(gaps),
            nothing,
        )
        return gaps, found


KINDS: dict[str, Kind] = {}
TABLES: dict[str, Tabulate] = {}


def gap(name: str, *, title: Words, question: Words, why: Words, method: Words) -> Callable[[Find], Find]:
    """Declares the decorated function as a kind of gap.

    Raises:
        InvalidModel: two kinds have one name.
    """

    def declared(find: Find) -> Find:
        if name in KINDS:
            raise InvalidModel(f"the gap {name} is declared twice; keep one")
        KINDS[name] = Kind(name, title, question, why, method, find)
        return find

    return declared


def table(name: str) -> Callable[[Tabulate], Tabulate]:
    """Declares the decorated function as a table of the report.

    Raises:
        InvalidModel: two tables have one name.
    """

    def declared(make: Tabulate) -> Tabulate:
        if name in TABLES:
            raise InvalidModel(f"the table {name} is declared twice; keep one")
        TABLES[name] = make
        return make

    return declared
