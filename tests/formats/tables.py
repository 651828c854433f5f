"""Tables made up in tests, and the shortest way from a TOML text and a table to claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cocommuns_graph.formats import BoundFile, format_named, parse_format
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.claims import Row


@dataclass(frozen=True)
class MadeRow:
    line: int
    cells: dict[str, str]
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class MadeTable:
    """Rows of cells under columns; the first row is on line 2."""

    columns: Sequence[str]
    cells: Sequence[Sequence[str]]
    name: str = "made.csv"

    def rows(self) -> Iterator[MadeRow]:
        for line, cells in enumerate(self.cells, start=2):
            yield MadeRow(line, dict(zip(self.columns, cells, strict=True)))


def table(text: str, name: str = "made.csv") -> MadeTable:
    """A table written with bars: the first line names the columns, blanks around cells do not count."""
    lines = [[cell.strip() for cell in line.split("¦")] for line in text.strip().splitlines()]
    return MadeTable(lines[0], lines[1:], name)


def bound(toml: str, made: MadeTable, *, namespace: str = "", label: str = "") -> BoundFile:
    """The first file of a format given as TOML, bound to a table."""
    head = 'name = "made"\ntitle = "Made up"\n' if "title" not in toml else ""
    return BoundFile(parse_format(head + toml, MODEL).files[0], made, MODEL, namespace=namespace, label=label)


def claims(toml: str, made: MadeTable, *, namespace: str = "", label: str = "") -> list[Row]:
    """The claims of a table under the first file of a format given as TOML."""
    return list(bound(toml, made, namespace=namespace, label=label).rows())


def built_in(name: str, place: int, made: MadeTable, *, namespace: str = "", label: str = "") -> list[Row]:
    """The claims of a table under a file of a built-in format."""
    spec = format_named(name).files[place]
    return list(BoundFile(spec, made, MODEL, namespace=namespace, label=label).rows())


def reasons(row: Row) -> list[tuple[str, str, str]]:
    """Severity, column and reason of each problem of a row."""
    return [(problem.severity, problem.column, problem.reason) for problem in row.problems]
