"""Bad files: one sentence each, the exit code of the contract, rejected rows that can be mended."""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from tests.cli import shapes
from tests.cli.conftest import Run
from tests.cli.runs import Done, at_once, write


def _junk(folder: Path) -> Path:
    path = folder / "organisations.csv"
    path.write_bytes(random.Random(3).randbytes(100_000))
    return path


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "organisations.csv")
    return folder / "organisations.csv"


def _damaged_workbook(folder: Path) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(b"PK\x03\x04" + random.Random(4).randbytes(5_000))
    return path


def _folder_without_tables(folder: Path) -> Path:
    write(folder / "in" / "readme.txt", "hello")
    write(folder / "in" / "data.json", "{}")
    return folder / "in"


def _empty_folder(folder: Path) -> Path:
    (folder / "in").mkdir()
    return folder / "in"


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (lambda folder: folder / "nothing.csv", "does not exist"),
    "empty": (lambda folder: write(folder / "organisations.csv"), "is empty"),
    "blank": (lambda folder: write(folder / "organisations.csv", "", "", ""), "organisations.csv"),
    "unknown columns": (lambda folder: write(folder / "x.csv", "foo,bar", "1,2"), "its columns foo, bar"),
    "binary junk": (_junk, "binary"),
    "nothing but NUL": (lambda folder: write(folder / "organisations.csv", "\0" * 500), "organisations.csv"),
    "damaged workbook": (_damaged_workbook, "book.xlsx"),
    "folder without tables": (_folder_without_tables, "readme.txt"),
    "empty folder": (_empty_folder, "has no files"),
    "device": (lambda folder: Path("/dev/null"), "not a file"),
    "pipe": (_fifo, "not a file"),
    "web page": (lambda folder: write(folder / "organisations.csv", "<!doctype html><p>x"), "web page"),
}  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices are those of POSIX")
def test_what_is_no_table_is_refused_in_one_sentence(scratch: Run, tmp_path: Path) -> None:
    folders = {name: tmp_path / str(number) for number, name in enumerate(REFUSED)}
    for folder in folders.values():
        folder.mkdir()
    before = scratch("status", "--json").json
    runs = [partial(scratch, "import", make(folders[name]), "--json") for name, (make, _) in REFUSED.items()]
    for (_, says), done in zip(REFUSED.values(), at_once(*runs), strict=True):
        done.refused(says)
    after = scratch("status", "--json").json
    assert {**after, "engine": {}} == {**before, "engine": {}}


def test_options_that_do_not_fit_are_refused(scratch: Run, tmp_path: Path) -> None:
    good = write(tmp_path / "organisations.csv", "id,name", "option-1,One")
    bad_format = write(tmp_path / "bad.toml", "nonsense = [")
    runs: list[tuple[list[str | Path], str]] = [
        ([good, "--format", "nope"], "no format is called 'nope'; there are "),
        ([good, "--format", bad_format], "bad.toml"),
        ([good, "--format", tmp_path / "none.toml"], "none.toml"),
        ([good, "--label", "spaceship"], "accepted: organisation, expert, topic, initiative"),
        ([good, "--namespace", "a/b"], "namespace"),
        ([good, "--rejects", tmp_path / "no" / "where" / "r.csv"], "there is no folder"),
        ([good, tmp_path / "none.csv"], "does not exist"),
    ]
    for (_, says), done in zip(
        runs, at_once(*(partial(scratch, "import", *typed) for typed, _ in runs)), strict=True
    ):
        done.refused(says)
    scratch("show", "option-1").refused("nothing has the id or name 'option-1'")


def _import(scratch: Run, *arguments: str | Path) -> Done:
    done = scratch("import", *arguments, "--json")
    shapes.check("import", done.json)
    return done


def test_header_only_is_done_and_writes_nothing(scratch: Run, tmp_path: Path) -> None:
    done = _import(scratch, write(tmp_path / "organisations.csv", "id,name,country"))
    assert done.code == 0
    assert [file["rows"] for file in done.json["files"]] == [0]
    assert [problem["severity"] for problem in done.json["problems"]] == ["note"]


def test_workbook_called_csv_is_read_as_what_it_is(scratch: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "organisations"
    book.active.append(["id", "name"])
    book.active.append(["misnamed-1", "Misnamed"])
    book.save(tmp_path / "book.xlsx")
    (tmp_path / "book.xlsx").rename(tmp_path / "organisations.csv")
    done = _import(scratch, tmp_path / "organisations.csv")
    assert done.json["nodes"]["created"] == 1
    assert any("holds a workbook" in problem["reason"] for problem in done.json["problems"])


def test_an_enormous_cell_costs_a_warning_and_little_time(scratch: Run, tmp_path: Path) -> None:
    path = write(
        tmp_path / "organisations.csv", "id,name,description", f"huge-1,Huge,{'x' * 10_000_000}", "huge-2,B,c"
    )
    done = _import(scratch, path)
    assert done.code == 0
    assert done.json["nodes"]["created"] == 2
    (problem,) = done.json["problems"]
    assert (problem["severity"], problem["row"], problem["column"]) == ("warning", 2, "description")
    assert len(done.out) < 20_000


def test_unclaimed_files_of_a_folder_are_listed_and_change_no_code(scratch: Run, tmp_path: Path) -> None:
    write(tmp_path / "in" / "organisations.csv", "id,name", "beside-1,Beside")
    write(tmp_path / "in" / "notes.txt", "hello")
    write(tmp_path / "in" / "other.csv", "foo,bar", "1,2")
    done = _import(scratch, tmp_path / "in")
    assert done.code == 0
    listed = {Path(file["path"]).name: (file["format"], file["rows"]) for file in done.json["files"]}
    assert listed == {"organisations.csv": ("inventory", 1), "notes.txt": (None, 0), "other.csv": (None, 0)}
    assert {problem["severity"] for problem in done.json["problems"]} == {"note"}


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_names_of_files_need_not_be_text(scratch: Run, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    write(folder / "organisations.csv", "id,name", "latin-1,Latin")
    assert _import(scratch, folder).json["nodes"]["created"] == 1


ORGANISATIONS = [
    "id,name,country,extra",
    "rej-1,First,BE,a",
    "rej-1,Twin,BE,b",
    ",,,c",
    "rej-2,Second,Atlantis,d",
    "rej-expert,Clash,FR,e",
]
LINKS = ["from,type,to,note", "rej-1,MEMBER_OF,rej-2,n", "rej-1,MEMBER_OF,rej-ghost,n", "rej-1,LIKES,rej-2,n"]


def test_rejected_rows_are_mended_and_imported_again(scratch: Run, tmp_path: Path) -> None:
    """Duplicate ids, a row without name or id, a wrong country, an id under another label, dangling links."""
    assert scratch("import", write(tmp_path / "experts.csv", "id,name", "rej-expert,Expert")).code == 0
    write(tmp_path / "in" / "organisations.csv", *ORGANISATIONS)
    write(tmp_path / "in" / "links.csv", *LINKS)
    preview = _import(scratch, tmp_path / "in", "--dry-run", "--rejects", tmp_path / "preview")
    done = _import(scratch, tmp_path / "in", "--rejects", tmp_path / "rejects")
    assert preview.code == done.code == 3
    assert preview.json["import_id"] is None
    for key in ("nodes", "relationships"):
        assert preview.json[key] == done.json[key]
    rows = {Path(file["path"]).name: file for file in done.json["files"]}
    assert (rows["organisations.csv"]["rows"], rows["organisations.csv"]["rejected"]) == (5, 2)
    assert (rows["links.csv"]["rows"], rows["links.csv"]["rejected"]) == (3, 2)
    found = {
        (Path(problem["path"]).stem, problem["row"]): problem
        for problem in done.json["problems"]
        if problem["severity"] == "error"
    }
    assert set(found) == {("organisations", 4), ("organisations", 6), ("links", 3), ("links", 4)}
    assert "rej-ghost" in found["links", 3]["reason"]
    assert "MEMBER_OF" in found["links", 4]["reason"]
    assert "Expert" in found["organisations", 6]["reason"]
    warned = [problem for problem in done.json["problems"] if problem["severity"] == "warning"]
    assert [(problem["row"], problem["value"]) for problem in warned] == [(5, "Atlantis")]
    assert "BE" in warned[0]["reason"]

    rejects = sorted((tmp_path / "rejects").iterdir())
    assert [path.name for path in rejects] == ["links-rejects.csv", "organisations-rejects.csv"]
    for path in rejects:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        start = next(number for number, line in enumerate(lines) if not line.startswith(("#", '"#')))
        table = list(csv.reader(lines[start:]))
        assert table[0][-1] == "reason"
        assert all(row[-1] for row in table[1:])
        assert len(table) == 3
        mended = path.read_text(encoding="utf-8-sig")
        for wrong, right in (("rej-ghost", "rej-2"), ("LIKES", "PARTNER_OF"), ("rej-expert", "rej-3")):
            mended = mended.replace(wrong, right)
        mended = mended.replace(",,,c,", "rej-4,Fourth,,c,")
        path.write_text(mended, encoding="utf-8")
    again = _import(scratch, tmp_path / "rejects")
    assert again.code == 0
    assert (again.json["nodes"]["created"], again.json["relationships"]["created"]) == (2, 1)
    assert "reason" not in scratch("show", "rej-3", "--json").json["properties"]
    once_more = _import(scratch, tmp_path / "rejects")
    assert once_more.json["nodes"]["created"] == once_more.json["relationships"]["created"] == 0


def test_names_that_several_records_have_are_refused_with_their_ids(scratch: Run, tmp_path: Path) -> None:
    write(
        tmp_path / "in" / "organisations.csv", "id,name", "same-1,Samename", "same-2,Samename", "same-3,Other"
    )
    assert scratch("import", tmp_path / "in").code == 0
    commands: list[list[str | Path]] = [
        ["show", "Samename"],
        ["path", "Samename", "Other"],
        ["find", "anything", "--from", "Samename"],
        ["map", "-o", tmp_path / "m.html", "--around", "Samename"],
    ]
    for done in at_once(*(partial(scratch, *command) for command in commands)):
        done.refused("same-1", "same-2")
    assert not (tmp_path / "m.html").exists()
    assert scratch("show", "same-1", "--json").json["name"] == "Samename"


def test_filters_of_find_that_do_not_exist_are_refused(on_sample: Run) -> None:
    runs = [
        (["--kind", "spaceship"], "accepted: expert, organisation, initiative"),
        (["--country", "Atlantis"], "country"),
        (["--language", "elvish tongue"], "language"),
        (["--sector", "spaceship"], "sector"),
        (["--from", "nobody at all"], "nobody at all"),
    ]
    for (_, says), done in zip(
        runs, at_once(*(partial(on_sample, "find", "commons", *typed) for typed, _ in runs)), strict=True
    ):
        done.refused(says)
