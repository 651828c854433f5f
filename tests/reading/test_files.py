"""Places that are no table: missing, special, forbidden, binary, hostile."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading import open_tables, table_files


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        [list(table.rows()) for table in open_tables(path)]
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_what_is_no_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    fifo = tmp_path / "pipe.csv"
    os.mkfifo(fifo)
    dangling = tmp_path / "dangling.csv"
    dangling.symlink_to(tmp_path / "gone.csv")
    assert refusal(tmp_path / "none.csv").endswith("does not exist")
    assert refusal(dangling).endswith("does not exist")
    assert refusal(tmp_path).endswith("is a folder, not a file")
    assert refusal(fifo).endswith("is a device or a pipe, not a file")
    assert refusal(Path("/dev/zero")).endswith("is a device or a pipe, not a file")
    assert "symbolic links" in refusal(loop)
    assert "not a possible file name" in refusal(Path("a\0b"))
    assert "too long" in refusal(tmp_path / ("x" * 5000))


def test_forbidden_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("a,b\n")
    path.chmod(0)
    if os.access(path, os.R_OK):
        # The superuser may read everything, so the refusal of the system is played.
        def deny(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", deny)
    assert refusal(path).endswith("cannot be read: permission denied")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n \n\n", "no row of column names"),
        (b"# only: a comment\n", "no row of column names"),
        (b",,,\n", "no row of column names"),
        (b"a,b\n1,\x002\n", "binary"),
        (random.Random(1).randbytes(4096).replace(b"\0", b"x"), "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "OpenDocument file; save it as",
        ),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\xff\xfea", "damaged"),
        (b"a," * 600_000 + b"\n1\n", "more than 1 MB"),
        (b",".join(b"c%d" % number for number in range(30_000)), "30000 columns"),
    ],
)
def test_what_is_no_table_is_refused_by_the_reason(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "thing.csv"
    path.write_bytes(content)
    assert said in refusal(path)


def test_line_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" + b"x" * (33 << 20))
    assert "longer than 32 MB" in refusal(path)


def test_file_that_vanishes_between_opening_and_reading(tmp_path: Path) -> None:
    path = tmp_path / "gone.csv"
    path.write_text("a,b\n1,2\n")
    [table] = open_tables(path)
    path.unlink()
    with pytest.raises(UnreadableFile, match="could not be read"):
        list(table.rows())


def test_files_of_a_folder_are_sorted_and_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.csv", "a.tsv", ".hidden.csv", "~$b.xlsx", "notes.md"):
        (tmp_path / name).touch()
    (tmp_path / "deeper").mkdir()
    assert [path.name for path in table_files(tmp_path)] == ["a.tsv", "b.csv", "notes.md"]
    for place in (tmp_path / "none", tmp_path / "a.tsv"):
        with pytest.raises(UnreadableFile):
            table_files(place)


HOSTILE = st.lists(
    st.sampled_from(
        [b'"', b'""', b",", b";", b"\n", b"\r\n", b"\r", b"a", b"\xe9", b"\xc3\xa9", b" ", b"#", b"\t", b"'"]
    ),
    max_size=60,
).map(b"".join)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | HOSTILE | HOSTILE.map(lambda tail: b"h,i\n" + tail))
def test_any_bytes_give_rows_or_a_refusal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fuzz.csv"
    path.write_bytes(content)
    try:
        tables = open_tables(path)
    except UnreadableFile:
        return
    lines = len(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
    for table in tables:
        assert len(set(table.columns)) == len(table.columns)
        before = table.header_line
        for row in table.rows():
            assert before < row.line <= lines
            assert list(row.cells) == table.columns
            before = row.line


WORD = st.text("abcé01", min_size=1, max_size=4)
SHAPE = st.sampled_from(["{}", '"{}"', '"{}', '{}"', '"{}" x', '"a "{}" b"'])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(WORD, WORD, st.sampled_from(["{}", '"{}"', '"{}', '{}"', '"{}" x', '"a "{}" b"'])),
        min_size=1,
        max_size=12,
    )
)
def test_no_word_is_lost_to_broken_quotes(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    path = tmp_path / "quotes.csv"
    lines = [
        f"{first},{shape.format(second)},end{number}" for number, (first, second, shape) in enumerate(rows)
    ]
    path.write_text("one,two,three\n" + "\n".join(lines) + "\n", encoding="utf-8")
    [table] = open_tables(path)
    text = "\n".join(cell for row in table.rows() for cell in row.cells.values())
    for number, (first, second, _) in enumerate(rows):
        assert first in text
        assert second in text
        assert f"end{number}" in text


@pytest.mark.parametrize(
    ("start", "unit"),
    [
        ("h,i\n", 'a","\n'),
        ("h,i\n", '"\n""\n'),
        ('h,i\n1,"\n', "a,b\n"),
        ("h,i\n", '"a"b,"\n'),
        ("h,i\n", '"a"b,'),
        ("h,i\n", '"' + "a" * 700 + '"b,\n'),
        ("h,i\n", '"'),
        ("h,i\n", ","),
    ],
)
def test_files_made_to_exploit_the_quotes_take_linear_time(tmp_path: Path, start: str, unit: str) -> None:
    """What takes quadratic time does not end within a test run at this size."""
    path = tmp_path / "slow.csv"
    path.write_text(start + unit * (400_000 // len(unit)))
    [table] = open_tables(path)
    assert all(row.line for row in table.rows())


@pytest.mark.parametrize("cell", ["ab", '"ab"', '"a""b"'])
def test_row_of_far_too_many_cells_keeps_them_all(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "crowded.csv"
    line = ",".join([cell] * 600_000)
    path.write_text(f"h,i\n{line}\n1,2\n")
    [table] = open_tables(path)
    crowded, plain = table.rows()
    assert "more cells than the 2 columns" in crowded.problem
    assert crowded.cells["h"] == cell.strip('"').replace('""', '"')
    assert crowded.cells["i"].count("a") == 599_999
    assert plain.cells == {"h": "1", "i": "2"}


MEASURE = """
import resource, sys
from pathlib import Path
from cocommuns_graph.reading import open_tables
unit = 1 if sys.platform == "darwin" else 1024
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
[table] = open_tables(Path(sys.argv[1]))
longest = max((len(cell) for row in table.rows() for cell in row.cells.values()), default=0)
print(longest, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit)
"""


@pytest.mark.parametrize("line", ["x" * 10_000_000, "word " * 14 + "\n"])
def test_cell_of_ten_megabytes_is_read_within_bounded_memory(tmp_path: Path, line: str) -> None:
    cell = line * (10_000_000 // len(line))
    path = tmp_path / "large.csv"
    path.write_text(f'id,text\n1,"{cell}"\n2,y\n')
    result = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    longest, memory = map(int, result.stdout.split())
    assert longest == len(cell)
    assert memory < 10 * path.stat().st_size
