"""Tables not alone in their file: titles, notes, totals, several tables, all kinds of column rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cocommuns_graph.reading import Table, open_tables

BODY = "id;name;country;since;website\n1;Coop A;BE;2001;https://a.org\n2;Coop B;FR;2002;https://b.org\n3;Coop C;IT;2003;https://c.org\n"
NAMES = ["id", "name", "country", "since", "website"]


def opened(folder: Path, content: str | bytes, encoding: str = "utf-8") -> list[Table]:
    path = folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return open_tables(path)


def cells(table: Table) -> list[list[str]]:
    return [list(row.cells.values()) for row in table.rows()]


def aside(table: Table) -> list[tuple[int, str]]:
    return [(left.line, left.why) for left in table.aside]


PLAIN = [line.split(";") for line in BODY.splitlines()[1:]]


@pytest.mark.parametrize(
    ("content", "header_line", "left"),
    [
        (BODY, 1, []),
        ("Our network, 2024\n\n" + BODY, 3, [(1, "above the table")]),
        ("A report;;;;\nExported by;Ann;;;\n" + BODY, 3, [(1, "above the table"), (2, "above the table")]),
        ("Exported by;Ann\nDate;2024-01-02\n\n" + BODY, 4, [(1, "above the table"), (2, "above the table")]),
        (BODY + "Total;;;6006;\nSource: a survey\n", 1, [(5, "total"), (6, "note")]),
        (BODY + "\nSource: a survey;;;;\n* provisional;;;;\n", 1, [(6, "note"), (7, "note")]),
        (BODY.replace("2;Coop", "id;name;country;since;website\n2;Coop"), 1, [(3, "column row again")]),
        (BODY.replace("1;Coop", "--;-----;--;----;----\n1;Coop"), 1, [(2, "ruled line")]),
    ],
)  # fmt: skip
def test_what_is_no_row_is_left_aside_and_named(
    tmp_path: Path, content: str, header_line: int, left: list[tuple[int, str]]
) -> None:
    [table] = opened(tmp_path, content)
    assert (table.header_line, table.columns, cells(table)) == (header_line, NAMES, PLAIN)
    assert aside(table) == left
    for line, _ in left:
        assert any(f"line {line}:" in note for note in table.notes)


@pytest.mark.parametrize(
    "content",
    [
        BODY.replace(";", ","),
        BODY.replace(";", "\t"),
        BODY.replace(";", "|"),
        BODY.replace(";", "||"),
        BODY.replace(";", ", "),
        BODY.replace(";", "^"),
        BODY.replace("\n", ";\n"),
        "".join(f";{line}\n" for line in BODY.splitlines()),
        "".join(f"| {line.replace(';', ' | ')} |\n" for line in BODY.splitlines()),
        "".join(line.replace(";", "   ") + "\n" for line in BODY.splitlines()),
        BODY.replace("\n", "\r"),
        BODY.replace("\n", "\r\r\n"),
        BODY.replace("\n", "\r\n", 2),
        BODY.replace("\n", "\n\n"),
        BODY.replace("oop", "o\0op"),
        "".join(f'"{line.replace(";", ",")}"\n' for line in BODY.splitlines()),
        BODY.replace("2;Coop B;FR;2002;", "2,Coop B,FR,2002,"),
        "\n".join(";".join(f"'{cell}'" for cell in line.split(";")) for line in BODY.splitlines()),
        BODY.encode("utf-16-le"),
        BODY.encode("utf-16-be"),
        BODY.encode("utf-32"),
    ],
)
def test_the_same_table_in_many_dresses(tmp_path: Path, content: str | bytes) -> None:
    [table] = opened(tmp_path, content)
    assert (table.columns, cells(table)) == (NAMES, PLAIN)
    assert not [row.problem for row in table.rows() if row.problem]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,name,notes\n1,'A, B','it''s'\n2,'C, D','x'\n", [["1", "A, B", "it's"], ["2", "C, D", "x"]]),
        ('id,name,notes\n1,"A \\"q\\" B","x, y"\n2,"C","z"\n', [["1", 'A "q" B', "x, y"], ["2", "C", "z"]]),
        ('id,path\n1,"C:\\dir\\"\n2,"D:\\x\\"\n', [["1", "C:\\dir\\"], ["2", "D:\\x\\"]]),
        ("id,name\n1,O'Neil\n2,d'Arc\n", [["1", "O'Neil"], ["2", "d'Arc"]]),
    ],
)
def test_other_marks_of_quotation_are_found(tmp_path: Path, text: str, expected: list[list[str]]) -> None:
    [table] = opened(tmp_path, text)
    assert cells(table) == expected


def test_column_rows_that_are_several_or_none(tmp_path: Path) -> None:
    [none] = opened(tmp_path, BODY.split("\n", 1)[1])
    assert (none.header_line, len(none.columns), cells(none)) == (0, 5, PLAIN)
    assert "no header" in none.read_as
    [units] = opened(tmp_path, "Name;Members;Budget\n;(number);(EUR)\nA;12;1000\nB;13;2000\nC;14;3000\n")
    assert units.columns == ["Name", "Members (number)", "Budget (EUR)"]
    assert cells(units)[0] == ["A", "12", "1000"]
    [years] = opened(tmp_path, "place;2001;2002\nA;1,5;2,5\nB;3,5;4,5\n")
    assert years.columns == ["place", "2001", "2002"]


@pytest.mark.parametrize("blank", ["\n", "", ";;;;\n\n"])
def test_several_tables_of_one_file(tmp_path: Path, blank: str) -> None:
    second = "id;name;email\n1;Ann;a@b.org\n2;Bob;b@b.org\n3;Eve;e@b.org\n"
    first, other = opened(tmp_path, BODY + blank + second)
    assert (first.name, first.columns, cells(first)) == ("list.csv", NAMES, PLAIN)
    assert (other.name, other.columns) == ("list.csv/table 2", ["id", "name", "email"])
    assert [row.cells["email"] for row in other.rows()] == ["a@b.org", "b@b.org", "e@b.org"]
    titled = opened(tmp_path, f"Groups\n{BODY}\nPeople\n{second}")
    assert [table.name for table in titled] == ["list.csv", "list.csv/People"]
    assert [len(cells(table)) for table in titled] == [3, 3]


def test_people_with_little_said_of_them_are_no_notes(tmp_path: Path) -> None:
    rows = [["Ann", "", ""], ["Bob", "b@b.org", ""], ["Eve", "", "Oslo"], ["Source", "", ""], ["Joe", "", ""]]
    text = "Name,Email,City\n" + "\n\n".join(",".join(row) for row in rows)
    [table] = opened(tmp_path, text)
    assert cells(table) == rows


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "prénom;ville\nÉlodie;Liège\nFrançois;«Besançon»\nJoão;Coração\nBjørn;Tromsø\n"),
        ("cp1250", "Příjmení;Město\nDvořák;Plzeň\nŽižka;Třebíč\n"),
        ("iso8859-2", "Imię;Miasto\nŁukasz;Łódź\nŚwiętosław;Kraków\nMałgorzata;śląsk\n"),
        ("cp1251", "имя;город\nИван;Москва\nОльга;Київ\n"),
        ("koi8-r", "имя;город\nИван;Москва\nОльга;Киев\n"),
        ("cp1253", "Όνομα;Πόλη\nΓιώργος;Αθήνα\nΜαρία;Θεσσαλονίκη\n"),
        ("cp1254", "Ad;Şehir\nÇağlar;Iğdır\nGüneş;Muğla\nŞule;İstanbul\n"),
        ("cp1257", "Vārds;Pilsēta\nJānis;Rīga\nĒriks;Ķekava\n"),
        ("mac_roman", "prénom;ville\nÉlodie;Liège\nFrançois;Besançon\n"),
        ("shift_jis", "名前;市\n佐藤さん;東京です\n鈴木さん;大阪です\nひらがな;カタカナ\n"),
    ],
)
def test_letters_of_many_code_pages_are_what_they_were(tmp_path: Path, encoding: str, text: str) -> None:
    [table] = opened(tmp_path, text, encoding)
    assert [table.columns, *cells(table)] == [line.split(";") for line in text.splitlines()]


def test_a_sheet_with_titles_merged_cells_totals_and_a_second_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    rows: dict[int, list[Any]] = {
        2: ["Members 2024"],
        4: ["Name", "Email", "City", "Founded"],
        5: ["Ann", "a@b.org", "Rome", 2001],
        6: ["Bob", "b@b.org", None, 2002],
        7: ["Total", None, None, 2],
        9: ["Source: a survey"],
        12: ["topic", "level"],
        13: ["water", 1],
        14: ["food", 2],
    }
    for line, row in rows.items():
        for place, value in enumerate(row, start=2):
            sheet.cell(line, place, value)
    sheet.merge_cells("B2:E2")
    sheet.merge_cells("D5:D6")
    book.save(tmp_path / "book.xlsx")
    people, topics = open_tables(tmp_path / "book.xlsx")
    assert cells(people) == [["Ann", "a@b.org", "Rome", "2001"], ["Bob", "b@b.org", "Rome", "2002"]]
    assert (people.header_line, aside(people)) == (4, [(2, "above the table"), (7, "total")])
    assert (topics.header_line, topics.columns) == (12, ["topic", "level"])
    assert cells(topics) == [["water", "1"], ["food", "2"]]
    assert aside(topics) == [(9, "above the table")]


def test_tables_side_by_side_are_two_only_where_names_come_again(tmp_path: Path) -> None:
    left, right = opened(tmp_path, "Name;Country;;Name;Country\nA;BE;;X;FR\nB;IT;;Y;ES\nC;DE;;;\n")
    assert (left.columns, len(cells(left))) == (["Name", "Country"], 3)
    assert (right.columns, cells(right)) == (["Name", "Country"], [["X", "FR"], ["Y", "ES"]])
    [one] = opened(tmp_path, "Name;Country;;E-mail;City\nA;BE;;a@b.org;X\nB;IT;;;\n")
    assert one.columns == ["Name", "Country", "E-mail", "City"]
