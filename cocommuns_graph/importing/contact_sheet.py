"""The empty contact list in the languages a coalition writes in: its columns, and a sheet that explains them.

The words are in sheets/XX.toml, one file a language; importers/contacts.toml knows their columns again and
leaves the explaining sheet aside.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
import pycountry
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cocommuns_graph.model import codes, fold

_FOLDER = Path(__file__).parent / "sheets"
_ROWS = 2_000
_WIDTHS = {
    "name": 26,
    "organisation": 34,
    "role": 22,
    "topics": 34,
    "e-mail": 28,
    "telephone": 20,
    "website": 26,
}
_USUAL_LANGUAGES = (
    "en fr es it de nl pt ca eu gl pl ro el cs sk hu sl hr sr bg da sv fi nb et lv lt ga mt sq mk uk ru tr "
    "ar he fa hi bn ur zh ja ko vi id sw am ha yo rw ln wo"
)


@dataclass(frozen=True)
class Column:
    """One column: how it is headed, what to write in it, one example."""

    header: str
    text: str
    example: str


@dataclass(frozen=True)
class ContactSheet:
    """The contact list in one language.

    `sheet` and `how_to` are the names of its two sheets, `columns` are by the names of the format, `head`
    heads the explanations, `countries` and `languages` the lists one may choose from.
    """

    language: str
    sheet: str
    how_to: str
    title: str
    lines: Sequence[str]
    head: Sequence[str]
    countries: str
    languages: str
    columns: Mapping[str, Column]

    @property
    def headers(self) -> tuple[str, ...]:
        """How the columns are headed, in their order."""
        return tuple(column.header for column in self.columns.values())

    def workbook(self) -> bytes:
        """The empty list as an .xlsx: to fill in, the second sheet says how, countries can be chosen."""
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        people, how_to = book.create_sheet(self.sheet), book.create_sheet(self.how_to)
        lists = self._explain(how_to)
        people.append(list(self.headers))
        people.freeze_panes = "A2"
        for place, (name, column) in enumerate(self.columns.items(), start=1):
            people.cell(1, place).font = Font(bold=True)
            letter = get_column_letter(place)
            people.column_dimensions[letter].width = _WIDTHS.get(name, 16)
            self._guide(people, letter, column, lists.get(name, ""))
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def _guide(self, people: Worksheet, letter: str, column: Column, choices: str) -> None:
        """Shows what belongs in a cell when it is chosen; a list offers words, but takes others as well."""
        guide = DataValidation(
            type="list" if choices else None,
            formula1=choices or None,
            allow_blank=True,
            showErrorMessage=False,
            showInputMessage=True,
            promptTitle=column.header[:32],
            prompt=column.text[:255],
        )
        guide.add(f"{letter}2:{letter}{_ROWS}")
        people.add_data_validation(guide)

    def _explain(self, sheet: Worksheet) -> dict[str, str]:
        """Fills the sheet that says how to; returns where the words for `country` and `languages` stand."""
        wrapped = Alignment(wrap_text=True, vertical="top")
        sheet.append([self.title])
        sheet["A1"].font = Font(bold=True, size=14)
        for line in self.lines:
            sheet.append([line])
        sheet.append([])
        sheet.append([*self.head, "", self.countries, self.languages])
        top = sheet.max_row
        for cell in sheet[top]:
            cell.font = Font(bold=True)
        for place, column in enumerate(self.columns.values(), start=top + 1):
            sheet.cell(place, 1, column.header)
            sheet.cell(place, 2, column.text).alignment = wrapped
            sheet.cell(place, 3, column.example)
            sheet.cell(place, 1).alignment = sheet.cell(place, 3).alignment = wrapped
        for letter, width in (("A", 20), ("B", 70), ("C", 34), ("E", 28), ("F", 22)):
            sheet.column_dimensions[letter].width = width
        found = {}
        for name, letter, words in (
            ("country", "E", _country_names(self.language)),
            ("languages", "F", _language_names(self.language)),
        ):
            for place, word in enumerate(words, start=top + 1):
                sheet[f"{letter}{place}"] = word
            last = top + len(words)
            found[name] = f"{quote_sheetname(self.how_to)}!${letter}${top + 1}:${letter}${last}"
        return found


def _country_names(language: str) -> list[str]:
    names = (codes.country_name(country.alpha_2, language) for country in pycountry.countries)
    return sorted(names, key=fold)


def _language_names(language: str) -> list[str]:
    return sorted((codes.language_name(code, language) for code in _USUAL_LANGUAGES.split()), key=fold)


@cache
def contact_sheets() -> Mapping[str, ContactSheet]:
    """The contact list in every language there is one in, English first."""
    paths = sorted(_FOLDER.glob("*.toml"), key=lambda path: (path.stem != "en", path.stem))
    return {path.stem: _load(path) for path in paths}


def _load(path: Path) -> ContactSheet:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = {name: Column(**words) for name, words in said.pop("columns").items()}
    return ContactSheet(path.stem, **said, columns=columns)
