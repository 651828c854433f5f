"""Sheets by which an organisation checks its entry: its record, its people, its links, to mend and return.

The words are in checks/XX.toml, one file a language. What was given out travels with each table, packed into
lines above its columns, so that the sheet that comes back is compared with it and not with what others have
written meanwhile.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cocommuns_graph.model import MODEL, Graph, Node, Property, Relationship, Value, codes
from cocommuns_graph.model.errors import InvalidValue, UnreadableFile, UnwritableFile
from cocommuns_graph.model.kinds import join_cell
from cocommuns_graph.reading.metadata import EXPORT, entry, protect

SHEET = "check sheet"
"""What the line `export` says above a table of a check sheet."""

PACKED = "check"
"""The key of the line that says how many lines `check_1`, `check_2` ... hold what was given out."""

_FOLDER = Path(__file__).parent / "checks"
_NOT_GIVEN = ("id", "visibility", "confirmed_on")
_LONGEST_LINE = 8_000
_LARGEST = 20_000_000
_LONGEST_CELL = 32_767
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_GREY = PatternFill("solid", fgColor="EEEEEE")
_WIDE = {"description": 50, "name": 30, "website": 28, "aliases": 24, "evidence": 40}


@dataclass(frozen=True)
class Words:
    """The sheets in one language; `properties` are headings, for the rest the model has its own words."""

    language: str
    how_to: str
    title: str
    lines: Sequence[str]
    organisations: str
    experts: str
    links: str
    last_confirmed: str
    who: str
    says: str
    whom: str
    properties: Mapping[str, str] = field(default_factory=dict)

    def heading(self, declared: Property) -> str:
        """How the column of a property is headed."""
        return self.properties.get(declared.name) or str(declared.words.in_language(self.language))


@dataclass(frozen=True)
class GivenTable:
    """One table as it is given out: which of the inventory's, what its sheet is called, columns and cells.

    `columns` are the property each heading stands for, empty for one that is only to be read.
    """

    table: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Sequence[str]]

    def packed(self) -> Iterator[str]:
        """The lines above the columns: that it is ours, and what is given out."""
        told = {"table": self.table, "columns": self.columns, "rows": self.rows}
        content = base64.b64encode(zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 9)).decode()
        parts = [content[at : at + _LONGEST_LINE] for at in range(0, len(content), _LONGEST_LINE)]
        yield entry(EXPORT, SHEET)
        yield entry(PACKED, str(len(parts)))
        yield from (entry(f"{PACKED}_{number}", part) for number, part in enumerate(parts, start=1))


def unpacked(meta: Mapping[str, str], path: str) -> GivenTable | None:
    """What a table says was given out; None for any table that is no check sheet.

    Raises:
        UnreadableFile: the lines that hold it are damaged.
    """
    if meta.get(EXPORT) != SHEET:
        return None
    try:
        parts = [meta[f"{PACKED}_{number}"] for number in range(1, int(meta[PACKED]) + 1)]
        reader = zlib.decompressobj()
        content = reader.decompress(base64.b64decode("".join(parts), validate=True), _LARGEST)
        told = json.loads(content) if reader.eof else None
        columns = {str(heading): str(name) for heading, name in told["columns"].items()}  # type: ignore[index]
        rows = [[str(cell) for cell in row] for row in told["rows"]]  # type: ignore[index]
        table = str(told["table"])  # type: ignore[index]
        if any(len(row) != len(columns) for row in rows) or table not in _TABLES:
            raise ValueError
    except (KeyError, ValueError, TypeError, AttributeError, zlib.error, RecursionError):
        raise UnreadableFile(
            f"{path} is a check sheet whose first lines were changed; give out a new one, or take them "
            "away to import it as a table of its own"
        ) from None
    return GivenTable(table, "", columns, rows)


_TABLES = ("organisations", "experts", "links")


@cache
def check_words() -> Mapping[str, Words]:
    """The words of check sheets in every language there are any in, English first."""
    paths = sorted(_FOLDER.glob("*.toml"), key=lambda path: (path.stem != "en", path.stem))
    return {path.stem: Words(path.stem, **tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths}


def words_in(language: str) -> Words:
    """The words in a language.

    Raises:
        InvalidValue: there are none in it.
    """
    try:
        return check_words()[language]
    except KeyError:
        spoken = ", ".join(check_words())
        raise InvalidValue(f"no check sheet is in the language {language!r}; accepted: {spoken}") from None


def given_tables(graph: Graph, organisation: str, words: Words) -> list[GivenTable]:
    """What a graph holds of an organisation as three tables: its record, its people, the links of both.

    `graph` is what the organisation may see. Properties nobody declared are left out.
    """
    ties = graph.links_of.get(organisation, [])
    people = dict.fromkeys(tie.start for tie in ties if tie.type == "AFFILIATED_WITH")
    own = {organisation, *people}
    links = {
        tie.identity: tie
        for one in (organisation, *people)
        for tie in graph.links_of.get(one, [])
        if tie.start in own or tie.end == organisation
    }
    return [
        _node_table("organisations", words.organisations, [graph.nodes[organisation]], words),
        _node_table("experts", words.experts, [graph.nodes[one] for one in people], words),
        _link_table(graph, list(links.values()), words),
    ]


def _node_table(table: str, title: str, nodes: Sequence[Node], words: Words) -> GivenTable:
    declared = MODEL.node("Organisation" if table == "organisations" else "Expert")
    shown = [
        each
        for each in declared.properties
        if not each.managed
        and each.name not in _NOT_GIVEN
        and (each.name != "contact" or any("contact" in node.properties for node in nodes))
    ]
    confirmed = declared.property("confirmed_on")
    assert confirmed is not None
    columns = {"id": "id", **_headed(shown, words)}
    columns[words.heading(confirmed)] = "confirmed_on"
    columns[words.last_confirmed] = ""
    rows = [
        [
            node.id,
            *(_text(each, node.properties.get(each.name), words.language) for each in shown),
            "",
            node.text("confirmed_on"),
        ]
        for node in nodes
    ]
    return GivenTable(table, title, columns, rows)


def _link_table(graph: Graph, links: Sequence[Relationship], words: Words) -> GivenTable:
    types = [MODEL.relationship(type_) for type_ in dict.fromkeys(link.type for link in links)]
    shown = list(
        {each.name: each for type_ in types for each in type_.properties if not each.managed}.values()
    )
    columns = {"from": "from", "type": "type", "to": "to", words.who: "", words.says: "", words.whom: ""}
    columns |= _headed(shown, words)
    rows = []
    for link in sorted(links, key=lambda link: (MODEL.types.index(link.type), link.identity)):
        declared = MODEL.relationship(link.type)
        ends = [graph.nodes[one].name_in(words.language) for one in (link.start, link.end)]
        says = str(declared.text.in_language(words.language))
        values = [_text(each, link.properties.get(each.name), words.language) for each in shown]
        rows.append([link.start, link.type, link.end, ends[0], says, ends[1], *values])
    return GivenTable("links", words.links, columns, rows)


def _headed(shown: Sequence[Property], words: Words) -> dict[str, str]:
    return {words.heading(each): each.name for each in shown}


def _text(declared: Property, value: Value | None, language: str) -> str:
    """A value as people write it where that is read back as the same value, else as it is stored."""
    if value is None:
        return ""
    items = value if isinstance(value, list) else [value]
    plain = [str(item).lower() if isinstance(item, bool) else str(item) for item in items]
    stored = join_cell(plain) if isinstance(value, list) else plain[0]
    name = {"country": codes.country_name, "language": codes.language_name}.get(declared.kind.input)
    if name is None:
        return stored
    spoken = [str(name(code, language)) for code in plain]
    text = join_cell(spoken) if isinstance(value, list) else spoken[0]
    try:
        return text if declared.kind.clean(text) == value else stored
    except InvalidValue:
        return stored


def as_csv(table: GivenTable, words: Words) -> bytes:
    """A table as csv; text that a spreadsheet would run as a formula carries an apostrophe."""
    text = io.StringIO(newline="")
    text.write(f"# {words.title}\r\n")
    for line in table.packed():
        text.write(f"{line}\r\n")
    writer = csv.writer(text)
    writer.writerow(map(protect, table.columns))
    writer.writerows([protect(cell) for cell in row] for row in table.rows)
    # The byte order mark is what tells spreadsheets that the text is UTF-8.
    return text.getvalue().encode("utf-8-sig", "replace")


def as_workbook(tables: Sequence[GivenTable], words: Words) -> bytes:
    """The tables as sheets of one workbook, behind one that says how to fill them in.

    Raises:
        UnwritableFile: a text is longer than a cell of a workbook can be.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    how_to = book.create_sheet(words.how_to)
    how_to.append([words.title])
    how_to["A1"].font = Font(bold=True, size=14)
    how_to.column_dimensions["A"].width = 110
    for line in words.lines:
        how_to.append([line])
        how_to.cell(how_to.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    for table in tables:
        _fill(book.create_sheet(table.title), table)
    book.active = 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: Worksheet, table: GivenTable) -> None:
    top = 1
    for line in table.packed():
        _put(sheet.cell(top, 1), line)
        sheet.row_dimensions[top].hidden = True
        top += 1
    for place, (heading, name) in enumerate(table.columns.items(), start=1):
        cell: Any = sheet.cell(top, place)
        _put(cell, protect(heading))
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE.get(name, 18)
    technical = {"", "id", "from", "type", "to"}
    for at, row in enumerate(table.rows, start=top + 1):
        for place, (text, name) in enumerate(zip(row, table.columns.values(), strict=True), start=1):
            cell = sheet.cell(at, place)
            _put(cell, protect(text))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if name in technical:
                cell.fill = _GREY
    sheet.freeze_panes = f"B{top + 1}"


def _put(cell: Any, text: str) -> None:
    escaped = _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    if len(escaped) > _LONGEST_CELL:
        raise UnwritableFile(
            f"a text of {len(text):,} characters is longer than a cell of a workbook can be; write csv"
        )
    cell.value = escaped
    # Else a text that begins with = would be a formula, and "#N/A" an error.
    cell.data_type = "s"
