from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cocommuns_graph.importing import read, tables, template
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
    with pytest.raises(UnwritableFile, match="cannot be written: no such file"):
        template(tmp_path / "nowhere" / "x.csv")
