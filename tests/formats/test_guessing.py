"""Guesses against sheets made up before the guessing was written: what rows are, what each column means."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from cocommuns_graph.formats import BoundFile, parse_format
from cocommuns_graph.formats.guessing import Guess, as_format, as_toml, corrected, guess
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.errors import InvalidFormat
from tests.formats.tables import MadeTable

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


def table(columns: str, *rows: str, name: str = "sheet.csv") -> MadeTable:
    """A table with columns and cells between commas."""
    return MadeTable(columns.split(","), [row.split(",") for row in rows], name)


def test_an_address_of_nobody_is_told_and_not_shown() -> None:
    found = table(
        "Organisation,Contact person,Email,Country",
        "Coop Sol,Ana Ruiz,ana@sol.example,Spain",
        "Coop Mar,,mar@mar.example,Spain",
    )
    format_ = as_format(guess(found, "members"))
    _, second = BoundFile(format_.files[0], found, MODEL).rows()
    assert "mar@mar.example" not in str(second.nodes)
    (problem,) = second.problems
    assert (problem.severity, problem.column, problem.value) == ("warning", "Email", "mar@mar.example")


@pytest.mark.parametrize(
    ("name", "columns", "row"),
    [
        ("budget", "Item,Cost,Quarter", "Paper,12,1"),
        ("cities", "Name,Country,City,Population", "Lyon,France,Lyon,500000"),
        ("stock", "SKU,Description,Quantity,Price", "A-1,Blue chair,3,12.50"),
        ("readings", "timestamp,value,unit", "2024-01-01 10:00,3.2,kWh"),
        ("jobs", "Title,Company,Country,Languages,Skills", "Cook,Hotel Mar,Spain,Spanish,grill"),
        ("answers", "Do you agree?,How old are you?,Why?", "Yes,34,Because"),
    ],
)
def test_a_table_of_something_else_is_not_read_unasked(name: str, columns: str, row: str) -> None:
    assert not guess(table(columns, row), name).sure


def test_dates_that_may_be_read_two_ways_are_less_sure() -> None:
    found = guess(table("Project,Start date,Status", "Garden,03/04/2021,active"), "projects")
    (start,) = [column for column in found.columns if column.column == "Start date"]
    assert (start.why, start.confidence < 0.7, start.dates) == ("day first", True, ("%d/%m/%Y",))


def test_thousands_with_dots_stay_text() -> None:
    found = table(
        "Project,Start date,Status,Grant €", "Garden,2021,active,25.000", "School,2022,active,60.000"
    )
    format_ = as_format(guess(found, "projects"))
    first, _ = BoundFile(format_.files[0], found, MODEL).rows()
    assert next(iter(first.nodes)).properties["Grant"] == "25.000"


def test_what_somebody_says_goes_before_the_guess() -> None:
    found = table("Name,Where,City,Category", "Coop Sol,Here,Madrid,Energy", "Coop Mar,There,Vigo,Fish")
    told = corrected(guess(found, "orgs", rows="Organisation"), {"where": "place", "category": "topics"})
    assert {column.column: column.meaning for column in told.columns} == {
        "Name": "name", "Where": "place", "City": "", "Category": "topics"
    }  # fmt: skip


def test_what_is_no_choice_of_the_model_is_kept_beside_it() -> None:
    found = table(
        "Organisation,Sector,Country", "A,Coopérative,France", "B,public,Spain", "C,Union,Italy",
        "D,union,Italy", "E,research,Italy", "F,Zirkus,Italy", name="orgs.csv",
    )  # fmt: skip
    format_ = as_format(guess(found, "organisations"))
    rows = list(BoundFile(format_.files[0], found, MODEL).rows())
    values = [next(iter(row.nodes)).properties for row in rows]
    assert [value.get("sector") for value in values[:3]] == ["cooperative", "public", "union"]
    assert "sector" not in values[-1]
    assert "Zirkus" in values[-1].values()
    assert not any(row.problems for row in rows)


def test_hostile_headings_make_a_format_that_reads_back() -> None:
    columns = ['Name "x" \\ [[file]]\n=', "=1+1", "# {braces}", "e-mail"]
    found = MadeTable(columns, [["Coop Sol", "1", "2", "a@b.example"]], "a*[b]?.csv")
    told = corrected(guess(found, "a*[b]?", rows="Organisation"), {columns[0]: "name", columns[2]: "topics"})
    format_ = parse_format(as_toml(told, "hostile"), MODEL)
    (row,) = BoundFile(format_.files[0], found, MODEL).rows()
    assert next(iter(row.nodes)).properties["name"] == "Coop Sol"
    assert "a@b.example" not in str(row.nodes)


def test_nothing_that_names_the_rows_is_refused() -> None:
    with pytest.raises(InvalidFormat, match="nothing names the rows"):
        as_format(guess(table("A,B", "1,2"), "numbers", rows="Organisation"))


def test_addresses_without_a_person_are_said_to_be_left_out() -> None:
    found = guess(table("Organisation,Email,Country", "Coop Sol,info@sol.example,Spain"), "members")
    assert [column.why for column in found.columns if column.meaning == "contact"] == ["nobody's"]
