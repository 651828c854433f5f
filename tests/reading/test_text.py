"""Encodings, separators, column rows, line numbers and broken quotes of text tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocommuns_graph.reading import RawRow, Table, open_tables

PER_EXAMPLE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Table:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    [table] = open_tables(path)
    return table


def cells(table: Table) -> list[list[str]]:
    return [list(row.cells.values()) for row in table.rows()]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_encoding_is_found_and_said(tmp_path: Path, encoding: str, said: str) -> None:
    table = written(tmp_path, "prénom;ville\nÉlodie;Liège\nFrançois;«Besançon»\nAnaïs;Orléans\n", encoding)
    assert table.encoding == said
    assert table.columns == ["prénom", "ville"]
    assert cells(table) == [["Élodie", "Liège"], ["François", "«Besançon»"], ["Anaïs", "Orléans"]]


def test_encoding_is_decided_over_the_whole_file(tmp_path: Path) -> None:
    filler = b"plain,text\n" * 200_000
    table = written(tmp_path, b"name,city\n" + filler + "Zoé,Orléans\n".encode("cp1252"))
    assert table.encoding == "cp1252"
    *_, last = table.rows()
    assert last == RawRow(200_002, {"name": "Zoé", "city": "Orléans"})


def test_a_few_damaged_bytes_do_not_spoil_a_utf8_file(tmp_path: Path) -> None:
    content = b"name,city\n" + "Zoé,Orléans\n".encode() * 20 + "René,Liège\n".encode("cp1252")
    table = written(tmp_path, content)
    assert table.encoding == "utf-8"
    assert any("2 bytes" in note and "cp1252" in note for note in table.notes)
    assert cells(table)[-1] == ["René", "Liège"]


@pytest.mark.parametrize(
    ("content", "delimiter", "columns"),
    [
        ("a;b;c\n1,5;2,5;x\n3,1;4,2;y\n", ";", 3),
        ("name;lat;lon\nA;1,5;2,5\nC;3,5;4,5\nD;1,1\n", ";", 3),
        ("place;share\nA;1,5\nB;2,5\n", ";", 2),
        ("id,tags\n1,a;b;c\n2,d;e;f\n", ",", 2),
        ('id,"list, with ; inside"\n1,a;b\n2,d;e\n', ",", 2),
        ("id\tname, and place\n1\tA, B\n2\tC, D\n", "\t", 2),
        ("id|name\n1|x, y\n2|z, w\n", "|", 2),
        ("id,code\n1,a|b\n2,c|d\n", ",", 2),
        ("Name, first;Address, street;x\nDoe, J;Main, 5;y\nRoe, K;High, 7;z\n", ";", 3),
        ('a;"b, c"\n"1,2,3";"4"\n', ";", 2),
        ('a, "b c", d\n1, "x, y", 3\n2, "z", 4\n', ",", 3),
        ("source target weight\na b 1\nb c 2\n", " ", 3),
        ("name,city\nAlice\nBob\n", ",", 2),
        ("name\nDoe, John\nRoe, Richard\nMadonna\n", None, 1),
        ("full name\nJohn Smith\nJane Doe\n", None, 1),
        ("sep=|\na|b\n1|2;3\n", "|", 2),
        ("a;b\n", ";", 2),
    ],
)
def test_separator_gives_rows_of_equal_length(
    tmp_path: Path, content: str, delimiter: str | None, columns: int
) -> None:
    table = written(tmp_path, content)
    assert (table.delimiter, len(table.columns)) == (delimiter, columns)
    assert not [row for row in table.rows() if row.problem or row.note]


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\ufeff", exclude_categories=("Cs", "Cc")), max_size=12
) | st.sampled_from(["", "a,b", "x;y;z", 'say "hi"', "two\nlines", "3,5", "tab\there", "pipe|d"])


@PER_EXAMPLE
@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_csv_writer_quotes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    line_end: str,
    encoding: str,
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([["first", "second", "third"], *rows])
    table = written(tmp_path_factory.mktemp("csv"), text.getvalue(), encoding)
    assert table.columns == ["first", "second", "third"]
    assert cells(table) == [row for row in rows if any(cell.strip() for cell in row)]
    assert cells(table) == cells(table), "rows can be asked for again"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_numbers_count_quoted_line_breaks_blank_and_comment_lines(tmp_path: Path, line_end: str) -> None:
    lines = ["# made: today", "", "a,b", "1,2", "", '3,"x', 'y"', ",", "4,5"]
    table = written(tmp_path, line_end.join(lines))
    assert table.header_line == 3
    assert table.meta == {"made": "today"}
    assert [row.line for row in table.rows()] == [4, 6, 9]


def test_column_row_of_several_lines(tmp_path: Path) -> None:
    table = written(tmp_path, 'a,"long\nname"\n1,2\n')
    assert table.columns == ["a", "long name"]
    assert list(table.rows()) == [RawRow(3, {"a": "1", "long name": "2"})]


def test_column_that_begins_with_a_hash_is_no_comment(tmp_path: Path) -> None:
    assert written(tmp_path, "#priors,name\n1,x\n").columns == ["#priors", "name"]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("a,a,a", ["a", "a_2", "a_3"]),
        ("a,a_2,a", ["a", "a_2", "a_3"]),
        (",b,c", ["column_1", "b", "c"]),
        ("a,,c", ["a", "column_2", "c"]),
        ("a,b,,", ["a", "b"]),
        (" a , b\u00a0,c", ["a", "b", "c"]),
    ],
)
def test_every_column_gets_a_name_of_its_own(tmp_path: Path, header: str, columns: list[str]) -> None:
    row = ",".join("xyz"[: len(columns)])
    table = written(tmp_path, f"{header}\n{row}\n")
    assert table.columns == columns
    assert bool(table.notes) == any("_" in column for column in columns)


def test_unnamed_last_column_is_kept_where_it_holds_anything(tmp_path: Path) -> None:
    table = written(tmp_path, "a,b,\n1,2,\n3,4,remark\n")
    assert table.columns == ["a", "b", "column_3"]
    assert cells(table)[1] == ["3", "4", "remark"]


def test_names_of_rows_without_a_column_name(tmp_path: Path) -> None:
    table = written(tmp_path, "age,city\nAnn,31,Rome\nBob,40,Oslo\n")
    assert table.columns == ["column_1", "age", "city"]


def test_title_above_the_column_row_is_left_out_and_said(tmp_path: Path) -> None:
    table = written(tmp_path, "Contacts of 2024,,\n\nname,city,country\nA,B,C\nD,E,F\n")
    assert (table.header_line, table.columns) == (3, ["name", "city", "country"])
    assert table.notes[0] == "the column row is line 3; what stands above it was left out"
    assert [(left.line, left.text, left.why) for left in table.aside] == [
        (1, "Contacts of 2024", "above the table")
    ]
    assert table.read_as == "utf-8, comma, header on line 3, line above it: 1"


def test_column_row_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    table = written(tmp_path, "a,b\n")
    assert list(table.rows()) == []
    assert table.notes == ["there are column names but no rows"]


def test_ragged_rows_are_filled_or_flagged_with_nothing_lost(tmp_path: Path) -> None:
    table = written(tmp_path, "a,b,c\n1\n1,2,3,,\n1,2,3,4\n5,6,7\n")
    short, padded, long, right = table.rows()
    assert (short.cells, short.problem) == ({"a": "1", "b": "", "c": ""}, "")
    assert (list(padded.cells.values()), padded.problem) == (["1", "2", "3"], "")
    assert list(long.cells.values()) == ["1", "2", "3,4"]
    assert "more cells than the 3 columns" in long.problem
    assert not right.problem


def test_unclosed_quote_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    first, *others = written(tmp_path, 'a,b,c\n1,"x\n2,y,z\n3,"q",r\n4,s,t\n').rows()
    assert (first.line, list(first.cells.values())) == (2, ["1", '"x', ""])
    assert "quotation mark on line 2" in first.problem
    assert [(row.line, list(row.cells.values()), row.problem) for row in others] == [
        (3, ["2", "y", "z"], ""),
        (4, ["3", "q", "r"], ""),
        (5, ["4", "s", "t"], ""),
    ]


def test_unclosed_quote_far_from_the_end_does_not_swallow_rows(tmp_path: Path) -> None:
    lines = [f"{number},y,z" for number in range(100_000)]
    rows = list(written(tmp_path, 'a,b,c\n1,"x\n' + "\n".join(lines)).rows())
    assert len(rows) == 100_001
    assert [row.line for row in rows if row.problem] == [2]
    assert rows[-1] == RawRow(100_002, {"a": "99999", "b": "y", "c": "z"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('1,"Bob" Smith,d', ["1", '"Bob" Smith', "d"]),
        ('1,"He said "hi, all" loudly",d', ["1", 'He said "hi, all" loudly', "d"]),
        ('1,"He said "hi" to\nall",d', ["1", 'He said "hi" to\nall', "d"]),
        ('1,"unclosed,d', ["1", '"unclosed', "d"]),
    ],
)
def test_quotes_inside_quotes_are_text_where_that_gives_the_right_cells(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    mended, last = written(tmp_path, f'a,b,c\n{text}\n2,"y",z\n').rows()
    assert list(mended.cells.values()) == expected
    assert not mended.problem
    assert "quotation mark" in mended.note
    assert last.cells == {"a": "2", "b": "y", "c": "z"}
    assert last.line == 3 + text.count("\n")


def test_stray_quote_that_pairs_with_the_next_row_does_not_merge_them(tmp_path: Path) -> None:
    table = written(tmp_path, 'a,b,c\n1,"x,y\n2,p,q"\n3,r,s\n')
    assert [list(row.cells.values()) for row in table.rows()] == [
        ["1", '"x', "y"],
        ["2", "p", 'q"'],
        ["3", "r", "s"],
    ]
