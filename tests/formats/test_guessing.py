"""Guesses against sheets made up before the guessing was written: what rows are, what each column means."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from tests.formats.tables import MadeTable

from cocommuns_graph.formats import BoundFile, parse_format
from cocommuns_graph.formats.guessing import Guess, as_format, as_toml, corrected, guess
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.errors import InvalidFormat

_FOLDER = Path(__file__).parent / "strangers"


class Sheet(NamedTuple):
    """A stranger's sheet, what each of its rows is, and what its columns are right to be read as."""

    name: str
    rows: str
    table: MadeTable
    labels: list[str]

    def guess(self) -> Guess:
        return guess(self.table, self.name.rsplit(".", 1)[0])


def sheets(file: str) -> list[Sheet]:
    """The sheets of a file: `= name | rows`, columns, labels (`-` kept, `/` either), rows of cells."""
    found = []
    for block in (_FOLDER / file).read_text(encoding="utf-8").strip().split("\n\n"):
        head, *lines = block.splitlines()
        name, rows = (part.strip() for part in head.removeprefix("=").split("|"))
        columns, labels, *cells = ([cell.strip() for cell in line.split("¦")] for line in lines)
        found.append(Sheet(name, rows, MadeTable(columns, cells, name), labels))
    return found


KNOWN, HELD_OUT = sheets("known.txt"), sheets("held_out.txt")


def rate(found: list[Sheet]) -> float:
    """The share of columns guessed right."""
    right = total = 0
    for sheet in found:
        for column, label in zip(sheet.guess().columns, sheet.labels, strict=True):
            right += (column.meaning or "-") in label.split("/")
            total += 1
    return right / total


@pytest.mark.parametrize("sheet", KNOWN + HELD_OUT, ids=lambda sheet: sheet.name)
def test_what_each_row_is(sheet: Sheet) -> None:
    found = sheet.guess()
    assert (found.rows, found.sure) == (sheet.rows, True)


def test_columns_are_guessed_right() -> None:
    assert rate(KNOWN) >= 0.97
    assert rate(HELD_OUT) >= 0.97


@pytest.mark.parametrize("sheet", KNOWN + HELD_OUT, ids=lambda sheet: sheet.name)
def test_a_guess_reads_every_row_and_drops_no_cell_in_silence(sheet: Sheet) -> None:
    format_ = as_format(sheet.guess())
    rows = list(BoundFile(format_.files[0], sheet.table, MODEL, namespace=format_.namespace).rows())
    assert not [row for row in rows if row.rejected]
    for cells, row in zip(sheet.table.rows(), rows, strict=True):
        said = str(row.nodes) + str(row.links) + str(row.problems)
        lost = [
            cell
            for column, cell in cells.cells.items()
            if cell and cell.split(" ")[0][:4].casefold() not in said.casefold()
        ]
        translated = {"country", "languages", "sector", "status", "kind", "start", "end"}
        meanings = {column.column: column.meaning for column in sheet.guess().columns}
        kept = {cell for column, cell in cells.cells.items() if meanings[column] in translated}
        assert not set(lost) - kept, (sheet.name, lost)
