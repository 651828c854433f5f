"""Empty sheets to fill in: a contact list, or the tables of the inventory, as csv or workbook."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cocommuns_graph.importing.choose import bare_name
from cocommuns_graph.importing.contact_sheet import ContactSheet, contact_sheets
from cocommuns_graph.model import MODEL, NodeType
from cocommuns_graph.model.errors import CocommunsError, UnwritableFile

_CONTACTS = "contacts"
_LANGUAGES = ("en", "fr", "es", "it", "de")
_CITATION = ("source", "source_line", "source_words")
_TABLES = {
    "organisations": "Organisation",
    "experts": "Expert",
    "topics": "Topic",
    "initiatives": "Initiative",
}


def tables() -> dict[str, tuple[str, ...]]:
    """The columns of every sheet there is a template for, by its name; the contact list's in English."""
    found = {_CONTACTS: contact_sheets()["en"].headers}
    found |= {name: _columns(MODEL.node(label)) for name, label in _TABLES.items()}
    ties = dict.fromkeys(
        each.name
        for relationship in MODEL.relationship_types
        for each in relationship.properties
        if not each.managed
    )
    found["links"] = ("from", "type", "to", *ties, *_CITATION)
    return found


def _columns(node_type: NodeType) -> tuple[str, ...]:
    names: list[str] = []
    for each in node_type.properties:
        if each.managed:
            continue
        names.append(each.name)
        if each.by_language:
            names += [f"{each.name}_{language}" for language in _LANGUAGES]
    return (*names, *_CITATION)


def template(path: str | Path, table: str = "", language: str = "en") -> list[str]:
    """Writes an empty sheet and returns the names of its tables.

    `table` is the name of one of `tables()`, or `inventory` for all but the contact list, which only a
    workbook can hold. Without it the file's own name says which: one called as a table is that table, a
    workbook called inventory the inventory, anything else a contact list. The contact list is in `language`,
    an ISO 639-1 code; as a workbook it has a second sheet that says how to fill it in.

    Raises:
        CocommunsError: there is no such table, none in that language, or a csv is to hold several.
        UnwritableFile: there is such a file already, or its place cannot be written.
    """
    path = Path(path)
    known = tables()
    own = bare_name(path.name).casefold()
    table = table or (own if own in (*known, "inventory") else _CONTACTS)
    if table not in (*known, "inventory"):
        raise CocommunsError(f"there is no template {table!r}; there are inventory, {', '.join(known)}")
    contact_list = _in_language(table, language)
    names = [name for name in known if name != _CONTACTS] if table == "inventory" else [table]
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise CocommunsError(f"{path} ends neither in .csv nor in .xlsx; give it one of these endings")
    if len(names) > 1 and path.suffix.lower() == ".csv":
        raise CocommunsError(
            f"a csv holds one table; call it {Path(path.stem).with_suffix('.xlsx')} for all of them"
        )
    if path.exists():
        raise UnwritableFile(f"{path} is there already; give another name, so that nothing is lost")
    if path.suffix.lower() == ".csv":
        _write_new(path, _csv(contact_list.headers if table == _CONTACTS else known[names[0]]))
    elif table == _CONTACTS:
        _write_new(path, contact_list.workbook())
    else:
        _write_new(path, _workbook({name: known[name] for name in names}))
    return names


def _in_language(table: str, language: str) -> ContactSheet:
    sheets = contact_sheets()
    if language not in sheets:
        raise CocommunsError(f"there is no template in {language!r}; there are {', '.join(sheets)}")
    if table != _CONTACTS and language != "en":
        raise CocommunsError(
            f"the columns of {table} are called as the model's properties, in English; "
            "leave the language out, or take the contact list"
        )
    return sheets[language]


def _write_new(path: Path, content: bytes) -> None:
    """Writes a file that is not there yet, whole or not at all."""
    made = False
    try:
        with path.open("xb") as file:
            made = True
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if made:
            path.unlink(missing_ok=True)
        raise UnwritableFile(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from error


def _csv(columns: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(columns)
    # The byte order mark is what tells spreadsheets that the text is UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _workbook(sheets: dict[str, tuple[str, ...]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, columns in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(list(columns))
        sheet.freeze_panes = "A2"
        for place, column in enumerate(columns, start=1):
            sheet.cell(1, place).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(place)].width = max(12, len(column) + 4)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
