"""What a search for gaps answers: the gaps, who should meet, the tables behind them, method and limits.

Everything is in one language, the one that was asked for, and JSON-ready: text, numbers, lists, dicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

Cell = str | int | float | None

NOBODY, NOT_ASKED, OUT_OF_DATE = "nobody", "not asked", "out of date"


def gap_id(kind: str, subjects: Iterable[str]) -> str:
    """The id of a gap: its kind and twelve hexadecimal digits made of the kind and what it is about.

    The same in every run and every order of the data; another where the gap is about something else.
    """
    text = "\n".join([kind, *sorted(subjects)])
    return f"{kind}-{sha256(text.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Basis:
    """The records a gap rests on, and what their state lets one say.

    `reading` is `nobody` (most records answer the question, none has it), `not asked` (most say nothing about
    it, so nobody may only be unrecorded) or `out of date` (they answered, but long ago). `records` counts the
    records; `answered` is the share that says anything about the question, `fields` the mean share of their
    model's fields that are filled, `confirmed` the share with a confirmation date, all from 0 to 1; `oldest`
    and `newest` are the first and last of those dates, empty where there is none. `text` is one sentence.
    """

    reading: str
    records: int
    answered: float
    fields: float
    confirmed: float
    oldest: str
    newest: str
    text: str

    def as_dict(self) -> dict[str, Any]:
        """The basis as JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: what is missing, why that matters, what shows it and what could be done.

    `id` is stable (see `gap_id`); `kind` is the name of the declared finding; `title` is a sentence to be
    read aloud, without a full stop; `subjects` are the ids of the records it is about, the main one first.
    `evidence` holds what was counted, by name; where the kind is ranked it has `rank` (from 1) and
    `stability` (see `stability.stability`). `confidence` is `high`, `medium` or `low`, by the rule in
    `Gaps.method`.
    """

    id: str
    kind: str
    title: str
    why: str
    subjects: tuple[str, ...]
    evidence: Mapping[str, Any]
    confidence: str
    suggestion: str
    basis: Basis

    def as_dict(self) -> dict[str, Any]:
        """The gap in the shape of the JSON contract."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "why": self.why,
            "subjects": list(self.subjects),
            "evidence": dict(self.evidence),
            "confidence": self.confidence,
            "suggestion": self.suggestion,
            "basis": self.basis.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two actors of different families who are not linked and should meet.

    `a` and `b` are ids, in the order of their ids; `names` and `families` in the same order. `score` is from
    0 to 1 (1: the best of this list). `reasons` are sentences, the strongest first; `topics` the ids of what
    they share. `chain` holds the ids from `a` to `b` over which one can introduce them (empty: none is
    known). `effect` says what the tie would change: `distance` (steps now, null where there is no way),
    `components_joined` (0 or 1), `actors_joined`, `newly_within_two_steps` (actors that either gains),
    `constraint_a`, `constraint_b` (Burt's constraint [now, after], null where undefined), `families_linked`
    (the two families if no tie links them yet, else empty). `rank` counts from 1, `stability` as for a gap.
    """

    a: str
    b: str
    names: tuple[str, str]
    families: tuple[str, str]
    score: float
    rank: int
    reasons: tuple[str, ...]
    topics: tuple[str, ...]
    chain: tuple[str, ...]
    effect: Mapping[str, Any]
    stability: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The introduction in the shape of the JSON contract."""
        return {
            "a": self.a,
            "b": self.b,
            "names": list(self.names),
            "families": list(self.families),
            "score": self.score,
            "rank": self.rank,
            "reasons": list(self.reasons),
            "topics": list(self.topics),
            "chain": list(self.chain),
            "effect": dict(self.effect),
            "stability": dict(self.stability),
        }


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name for machines, and what people read above it."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows behind the gaps, for a page or a csv file; a cell is text, a number or None (unknown).

    `note` says in a sentence how to read it. Rows are in the order to print them. Ids stand in columns whose
    name ends in `id`; several names in one cell are joined by `; `.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def as_dicts(self) -> list[dict[str, Cell]]:
        """The rows by column name."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind of gap as it was searched for: its words, how many there are, and why if there are none.

    `question` is what was asked of the data, `why` what an answer is good for, `method` how it was computed.
    `nothing` is empty where gaps were found; else it says whether there are none or it could not be told.
    """

    name: str
    title: str
    question: str
    why: str
    method: str
    count: int
    nothing: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The kind as JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Gaps:
    """Everything one search for gaps found.

    `network` summarises the network of direct ties: nodes, ties, components, isolates, density (0 to 1),
    largest_component, families (actors by family), and under `acquaintance` the same with shared initiatives
    counted as ties. `gaps` are in the order of `kinds`, each kind's most important first. `tables` are by
    name: thin-topics, coverage, introductions, shared-needs, brokers, cut-points, bridges, components,
    families, mixing, problems, positions, completeness; a table without rows is there and empty. `by` is the
    property that makes the families, empty where nothing does. `method` and `limits` are sentences.
    """

    network: Mapping[str, Any]
    gaps: tuple[Gap, ...]
    introductions: tuple[Introduction, ...]
    kinds: tuple[KindFound, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    method: Sequence[str] = ()
    limits: Sequence[str] = ()
    language: str = "en"
    by: str = "sector"
    seed: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The answer in the shape of the JSON contract; the tables are for files."""
        return {
            "network": dict(self.network),
            "by": self.by,
            "gaps": [gap.as_dict() for gap in self.gaps],
            "introductions": [introduction.as_dict() for introduction in self.introductions],
            "kinds": [kind.as_dict() for kind in self.kinds],
            "method": list(self.method),
            "limits": list(self.limits),
            "language": self.language,
            "seed": self.seed,
        }
