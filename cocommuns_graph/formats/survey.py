"""What a whole column says that no single cell can: whether it holds numbers, whether it fits a property."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cocommuns_graph.formats.cells import Clean, number_type
from cocommuns_graph.model.errors import InvalidValue


class SourceRow(Protocol):
    """A row as it was read."""

    @property
    def line(self) -> int:
        """The line it starts on, from 1."""

    @property
    def cells(self) -> dict[str, str]:
        """Its text by column; a missing cell is empty."""

    @property
    def problem(self) -> str:
        """Why it cannot be used, empty if it can."""

    @property
    def note(self) -> str:
        """What had to be guessed to read it."""


class SourceTable(Protocol):
    """A table as it was read."""

    @property
    def name(self) -> str:
        """The name of the file, /SHEET behind it in a workbook of several."""

    @property
    def columns(self) -> Sequence[str]:
        """Its columns, each name once."""

    def rows(self) -> Iterator[SourceRow]:
        """Its rows, as often as they are asked for."""


@dataclass
class Survey:
    """The numeric type of the columns that hold numbers alone, and the columns half of whose cells fit."""

    numbers: dict[str, type[int] | type[float]] = field(default_factory=dict)
    fitting: set[str] = field(default_factory=set)


def survey(
    rows: Iterable[SourceRow], maybe_numbers: Iterable[str], maybe_fitting: Mapping[str, Clean]
) -> Survey:
    """Reads the rows once for what each of the columns named is; stops as soon as nothing is left to learn.

    A column holds numbers if each of its filled cells is one; whole numbers and fractions together make
    fractions. A column fits if at least half of its filled cells do, or none is filled.
    """
    types: dict[str, type[int] | type[float] | None] = dict.fromkeys(maybe_numbers)
    fits = dict.fromkeys(maybe_fitting, 0)
    if not types and not fits:
        return Survey()
    for row in rows:
        if row.problem:
            continue
        cells = row.cells
        for column in list(types):
            cell = cells[column].strip()
            if not cell:
                continue
            found = number_type(cell)
            if found is None:
                del types[column]
            elif types[column] is not float:
                types[column] = found
        for column in fits:
            cell = cells[column]
            if cell.strip():
                fits[column] += _fit(maybe_fitting[column], cell)
        if not types and not fits:
            break
    return Survey(
        {column: type_ for column, type_ in types.items() if type_ is not None},
        {column for column, balance in fits.items() if balance >= 0},
    )


def _fit(clean: Clean, cell: str) -> int:
    try:
        clean(cell)
    except InvalidValue:
        return -1
    return 1
