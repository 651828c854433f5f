"""The guess of a table: what each row is, and what each column is read as, how surely and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from cocommuns_graph.formats.guessing.candidates import SURE_ENOUGH, Candidate, candidates
from cocommuns_graph.formats.guessing.contents import Contents, Known
from cocommuns_graph.formats.guessing.headings import KEPT
from cocommuns_graph.formats.guessing.meanings import ALONE, DATES, NAMES, in_row
from cocommuns_graph.formats.guessing.rows import KINDS, votes
from cocommuns_graph.formats.naming import column_key
from cocommuns_graph.formats.survey import SourceTable

ROWS_LOOKED_AT = 400
_EXAMPLES = 3
_LEAST_MARGIN = 0.6
_LEAST_VOTES = 1.4
_CLEAR = 0.6
_AMBIGUOUS_DATES = 0.6
_FILLED = 0.5
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Column:
    """What a column is read as: a meaning of `meanings`, empty where it is kept as it is.

    `why` and `words` are for `telling`; `examples` are its first different values; `dates` the strptime
    patterns its dates are written in; `others` its words that no choice of the model stands for. `as_text`
    marks numbers that would be misread as such.
    """

    column: str
    meaning: str
    confidence: float
    why: str
    words: str = ""
    examples: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    as_text: bool = False


@dataclass(frozen=True)
class Guess:
    """What each row of a table is, how surely (0 to 1), and its columns in their order.

    `sure` says whether it may be acted on without asking: what rows are is clear, something names them and
    more than the name is recognised.
    """

    name: str
    rows: str
    confidence: float
    sure: bool
    columns: tuple[Column, ...] = field(default=())


def guess(table: SourceTable, name: str, *, rows: str = "", known: Known | None = None) -> Guess:
    """Guesses a table called `name` by its headings and first rows; `rows` is what each is, if that is known.

    Raises:
        UnreadableFile: the file fails while its first rows are read.
    """
    looked = [row.cells for row in islice(table.rows(), ROWS_LOOKED_AT) if not row.problem]
    known = known or Known()
    cells = {column: Contents.of((row[column] for row in looked), known) for column in table.columns}
    found = {column: candidates(column, cells[column]) for column in table.columns}
    total = votes(name, table.columns, found, cells)
    ordered = sorted(KINDS, key=lambda kind: (-total[kind], KINDS.index(kind)))
    kind = rows or ordered[0]
    columns = _of_somebody(kind, _assigned(kind, table.columns, found, cells))
    margin = total[ordered[0]] - total[ordered[1]]
    naming = [column for column in columns if column.meaning in NAMES[kind] and _fills(cells[column.column])]
    named = max((column.confidence for column in naming), default=0.0)
    more = sum(column.meaning not in ("", *NAMES[kind]) and column.confidence >= _CLEAR for column in columns)
    clear = bool(rows) or (margin >= _LEAST_MARGIN and total[kind] >= _LEAST_VOTES)
    confidence = 1.0 if rows else round(min(0.99, total[kind] / (total[kind] + total[ordered[1]] + 0.5)), 2)
    return Guess(name, kind, confidence, clear and named >= _CLEAR and more > 0, columns)


def _of_somebody(kind: str, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Says of ways to reach somebody that they are left out where no column says whom."""
    meanings = {column.meaning for column in columns}
    if kind == "Expert" or meanings & {"person", "first name", "last name"}:
        return tuple(columns)
    return tuple(
        replace(column, why="nobody's", words=column.words or column.column)
        if column.meaning == "contact"
        else column
        for column in columns
    )


def _fills(cells: Contents) -> bool:
    """Whether the cells may name rows: half of them are filled, and not with prose."""
    return not cells.rows or (cells.filled >= _FILLED * cells.rows and cells.length <= _LONGEST_NAME)


def corrected(found: Guess, read_as: Mapping[str, str]) -> Guess:
    """A guess with the meanings somebody gave columns; what only one column can mean, others lose."""
    given = {column_key(column): meaning for column, meaning in read_as.items()}
    taken = {meaning for meaning in given.values() if meaning in ALONE}
    columns = []
    for column in found.columns:
        if (meaning := given.get(column_key(column.column))) is not None:
            columns.append(_as(column, meaning, 1.0, "told"))
        elif column.meaning in taken:
            columns.append(_as(column, "", 1.0, "another column", column.meaning))
        else:
            columns.append(column)
    return Guess(found.name, found.rows, 1.0, True, _of_somebody(found.rows, columns))


def _as(column: Column, meaning: str, confidence: float, why: str, words: str = "") -> Column:
    return replace(column, meaning=meaning, confidence=confidence, why=why, words=words)


def _assigned(
    kind: str, columns: Sequence[str], found: Mapping[str, Sequence[Candidate]], cells: Mapping[str, Contents]
) -> tuple[Column, ...]:
    """Gives each column its likeliest meaning; what only one can mean goes to the likeliest of them."""
    wishes: list[tuple[float, int, str, str, Candidate]] = []
    for number, column in enumerate(columns):
        for candidate in found[column]:
            for meaning, sureness in in_row(kind, candidate, cells[column], columns, found):
                wishes.append((candidate.confidence * sureness, -number, column, meaning, candidate))
    wishes.sort(key=lambda wish: (-wish[0], -wish[1]))
    given: dict[str, Column] = {}
    taken: dict[str, str] = {}
    lost: dict[str, str] = {}
    for confidence, _, column, meaning, candidate in wishes:
        if column in given or confidence < SURE_ENOUGH:
            continue
        if meaning in ALONE and meaning in taken:
            lost.setdefault(column, meaning)
            continue
        taken[meaning] = column
        given[column] = _column(column, meaning, confidence, candidate, cells[column])
    return tuple(
        given.get(column) or _kept(column, found[column], lost.get(column, ""), cells[column])
        for column in columns
    )


def _column(column: str, meaning: str, confidence: float, candidate: Candidate, cells: Contents) -> Column:
    why = "no property" if meaning == KEPT else candidate.why
    dates = cells.date_patterns if meaning in DATES else ()
    if dates and cells.day_or_month_first:
        confidence, why = min(confidence, _AMBIGUOUS_DATES), "day first"
    return Column(
        column,
        "" if meaning == KEPT else meaning,
        round(confidence, 2),
        why,
        candidate.words,
        _examples(cells),
        dates,
        cells.without_choice(meaning),
        as_text=meaning == KEPT and cells.thousands,
    )


def _kept(column: str, found: Sequence[Candidate], lost: str, cells: Contents) -> Column:
    """A column kept under its name: another is what it might be, or nothing is known of it."""
    best = found[0] if found else None
    if lost:
        confidence, why, words = 0.6, "another column", lost
    elif best is None:
        confidence, why, words = 0.3, "unknown", ""
    elif best.concept == KEPT:
        confidence, why, words = best.confidence, "no property", best.words
    elif best.confidence >= SURE_ENOUGH:
        confidence, why, words = 0.6, "no property", best.words
    else:
        confidence, why, words = 0.4, best.why, best.words
    return Column(column, "", confidence, why, words, _examples(cells), as_text=cells.thousands)


def _examples(cells: Contents) -> tuple[str, ...]:
    return cells.values[:_EXAMPLES]
