from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cocommuns_graph.formats import format_named
from cocommuns_graph.importing import contact_sheets, read, tables, template
from cocommuns_graph.model import codes
from cocommuns_graph.model.errors import CocommunsError, UnwritableFile


@pytest.mark.parametrize("name", [*tables(), "anything"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_is_read_as_what_it_is_for(tmp_path: Path, name: str, ending: str) -> None:
    path = tmp_path / f"{name}.{ending}"
    (table,) = template(path)
    (source,) = read([path]).sources
    assert source.format is not None
    assert source.format.name == ("contacts" if name in ("contacts", "anything") else "inventory")
    assert table == ("contacts" if name == "anything" else name)
    assert source.table is not None
    assert tuple(source.table.columns) == tables()[table]
    assert list(read([path]).rows()) == []


def test_a_workbook_called_inventory_holds_all_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "inventory.xlsx"
    assert template(path) == ["organisations", "experts", "topics", "initiatives", "links"]
    book = openpyxl.load_workbook(path)
    book["experts"].append(["ada", "Ada"])
    book["experts"].cell(2, 1).value = None
    book.save(path)
    (row,) = read([path]).rows()
    assert row.nodes[0].id == "expert-ada"


def test_a_filled_contact_list_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "our people.csv"
    template(path)
    with path.open("a", encoding="utf-8") as file:
        file.write("Ada,SMart,lawyer,law;governance,BE,fr,ada@x.org\n")
    (row,) = read([path]).rows()
    assert [link.type for link in row.links] == ["AFFILIATED_WITH", "EXPERT_IN", "EXPERT_IN"]
    assert row.problems == []


@pytest.mark.parametrize("language", contact_sheets())
def test_the_contact_list_says_how_to_fill_it_in(tmp_path: Path, language: str) -> None:
    path = tmp_path / "list.xlsx"
    template(path, language=language)
    words = contact_sheets()[language]
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [words.sheet, words.how_to]
    people, how_to = book.worksheets
    assert [cell.value for cell in people[1]] == list(words.headers)
    explained = {row[0].value: row[1].value for row in how_to.iter_rows(min_row=2)}
    for column in words.columns.values():
        assert explained[column.header] == column.text
    guides = {str(each.sqref).split(":")[0]: each for each in people.data_validations.dataValidation}
    assert len(guides) == len(words.columns)
    assert not any(guide.showErrorMessage for guide in guides.values())
    assert {cell for cell, guide in guides.items() if guide.type == "list"} == {"E2", "F2"}
    _, _, place = str(guides["E2"].formula1).rpartition("!")
    countries = [cell.value for (cell,) in how_to[place.replace("$", "")]]
    assert len(countries) == len(set(countries)) > 240
    assert all(codes.country(str(name)) for name in countries)


def test_a_column_of_the_contact_list_is_the_same_in_every_language() -> None:
    (file,) = format_named("contacts").files
    for words in contact_sheets().values():
        assert list(words.columns) == list(contact_sheets()["en"].columns)
        headers = file.headers_of(words.headers)
        for name, column in words.columns.items():
            if name != "name":
                assert headers.find(name) == column.header
        assert words.columns["name"].header in (headers.find("name"), headers.find("full name"))
        assert any(aside.claims(words.how_to) for aside in format_named("contacts").left_aside)
        assert file.claim_on(words.sheet, words.headers) is not None


def test_what_cannot_be_made_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "there.csv"
    path.write_text("precious")
    with pytest.raises(UnwritableFile, match="is there already"):
        template(path)
    assert path.read_text() == "precious"
    with pytest.raises(CocommunsError, match=r"ends neither in \.csv nor in \.xlsx"):
        template(tmp_path / "x.ods")
    with pytest.raises(CocommunsError, match=r"a csv holds one table; call it inventory\.xlsx"):
        template(tmp_path / "inventory.csv")
    with pytest.raises(CocommunsError, match="there is no template 'people'"):
        template(tmp_path / "x.csv", "people")
    with pytest.raises(CocommunsError, match="there is no template in 'eo'; there are en, de, es, fr, it"):
        template(tmp_path / "x.csv", language="eo")
    with pytest.raises(CocommunsError, match="the columns of inventory are called as the model's properties"):
        template(tmp_path / "inventory.xlsx", language="fr")
    with pytest.raises(UnwritableFile, match="cannot be written: no such file"):
        template(tmp_path / "nowhere" / "x.csv")
