"""Tables that are networks: a matrix with a row and a column for each node, a list of neighbours.

They become the tables NAME_nodes and NAME_edges, as network files do. A row's line is that of the matrix or
list in which it stands.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from cocommuns_graph.reading.tables import RawRow, Table, made_table, stem_of

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
_MOST_NODES = 5_000
_UNNAMED = re.compile(r"column_\d+")
_MOST_LINES = 100_000
_LONGEST_NAME = 80
_FEW_LINES = 200

Tie = tuple[int, str, str, str]


def as_network(table: Table) -> list[Table]:
    """The nodes and edges that a table stands for if it is a matrix or a list of neighbours; else itself."""
    if not table.meta:
        found = _matrix(table) or _neighbours(table)
        if found:
            return found
    return [table]


# -- matrices -----------------------------------------------------------------------------------------


def _matrix(table: Table) -> list[Table] | None:
    columns = table.columns
    if not 2 <= len(columns) <= _MOST_NODES + 1:
        return None
    rows = list(islice(table.rows(), len(columns) + 1))
    if any(row.problem for row in rows):
        return None
    if len(rows) == len(columns) - 1 and _labels_fit(columns[1:], [row.cells[columns[0]] for row in rows]):
        names = [row.cells[columns[0]].strip() for row in rows]
        cells = columns[1:]
    elif len(rows) == len(columns) > 2 and not any(map(_is_number, columns)):
        names, cells = [" ".join(column.split()) for column in columns], columns
    else:
        return None
    values = [[row.cells[column].strip() for column in cells] for row in rows]
    if not all(value == "" or _is_number(value) for line in values for value in line):
        return None
    if cells is columns and not _is_symmetric(values):
        return None
    ties = [
        (row.line, name, other, _weight(value))
        for row, name, line in zip(rows, names, values, strict=True)
        for other, value in zip(names, line, strict=True)
        if name and other and _amount(value)
    ]
    lines = [(row.line, name) for row, name in zip(rows, names, strict=True) if name]
    without = len(rows) - len(lines)
    said = [
        "it is a matrix; each number that is not 0 is a tie from the node of its row to that of its column"
    ]
    if without:
        said.append(f"{without} row{'s' if without > 1 else ''} without a name was left out with its column")
    return _tables(table, lines, ties, said)


def _labels_fit(columns: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether the rows of a matrix are called as its columns; a name that is empty makes a `column_N`."""
    named = [" ".join(label.split()) for label in labels]
    if len({name for name in named if name}) < 2:
        return False
    return all(
        name == " ".join(column.split()) or (not name and _UNNAMED.fullmatch(column))
        for column, name in zip(columns, named, strict=True)
    )


def _is_symmetric(values: Sequence[Sequence[str]]) -> bool:
    """Whether numbers whose rows have no names are a matrix: the same both ways, one on the diagonal."""
    amounts = [[_amount(value) for value in line] for line in values]
    return len({line[at] for at, line in enumerate(amounts)}) == 1 and all(
        amount == amounts[other][at] for at, line in enumerate(amounts) for other, amount in enumerate(line)
    )


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None


def _amount(value: str) -> float:
    return float(value.replace(",", ".")) if value else 0.0


def _weight(value: str) -> str:
    return f"{_amount(value):.15g}"


# -- lists of neighbours ------------------------------------------------------------------------------


def _neighbours(table: Table) -> list[Table] | None:
    """The network of a text in which each line names a node and then those it is tied to."""
    if not table.delimiter or table.encoding is None or len(table.columns) > 50:
        return None
    coming = _lines(table)
    first = list(islice(coming, _FEW_LINES))
    if len(first) == _FEW_LINES and len({len(cells) for _, cells in first}) == 1:
        return None
    lines = [*first, *coming]
    if not _is_list(lines):
        return None
    ties = [(number, cells[0], other, "") for number, cells in lines for other in cells[1:]]
    nodes: dict[str, int] = {}
    for number, cells in lines:
        for name in cells:
            nodes.setdefault(name, number)
    said = ["it is a list of neighbours: each line is a node and then the nodes it is tied to"]
    return _tables(table, [(line, name) for name, line in nodes.items()], ties, said)


def _lines(table: Table) -> Iterator[tuple[int, list[str]]]:
    with table.path.open(encoding=table.encoding, errors="replace", newline="") as file:
        try:
            reader = csv.reader(file, delimiter=table.delimiter or ",", skipinitialspace=True)
            for cells in islice(reader, _MOST_LINES):
                stripped = [cell.strip() for cell in cells]
                while stripped and not stripped[-1]:
                    stripped.pop()
                if stripped:
                    yield reader.line_num, stripped
        except csv.Error:
            return


def _is_list(lines: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether lines name nodes: of several lengths, no gap, each first one once, some of them met again.

    A list of records has as many cells in each line, or gaps, or words in its first line that are no value.
    """
    if len(lines) < 2 or len({len(cells) for _, cells in lines}) < 2:
        return False
    first = [cells[0] for _, cells in lines]
    if len(set(first)) < len(first) or not all(all(cells) for _, cells in lines):
        return False
    if any(len(cell) > _LONGEST_NAME for _, cells in lines for cell in cells):
        return False
    known = set(first)
    again = sum(any(cell in known for cell in cells[1:]) for _, cells in lines)
    return again >= max(1, len(lines) // 4) and lines[0][1][-1:] != [""]


def _tables(
    table: Table, nodes: Sequence[tuple[int, str]], ties: Sequence[Tie], said: Sequence[str]
) -> list[Table]:
    stem = stem_of(table.path)
    weighted = any(weight for *_, weight in ties)
    node_rows = [RawRow(line, {"id": name, "name": name}) for line, name in nodes]
    tie_rows = [
        RawRow(line, {"source": start, "target": end, **({"weight": weight} if weighted else {})})
        for line, start, end, weight in ties
    ]
    columns = ["source", "target", *(["weight"] if weighted else [])]
    made = [
        made_table(
            table.path,
            f"{stem}_nodes",
            ["id", "name"],
            node_rows,
            encoding=table.encoding,
            notes=[*table.notes, *said],
        ),
    ]
    if tie_rows:
        made.append(made_table(table.path, f"{stem}_edges", columns, tie_rows, encoding=table.encoding))
    return made
