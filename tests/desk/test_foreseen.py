"""A preview: every row and cell, what looks like what is there, nothing written; then the import itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph.desk import Desk, Upload
from cocommuns_graph.model import STEWARD
from cocommuns_graph.store.door import Store
from tests.store.claims import organisation, row, write

SHEET = """id,name,place,country
fab,Fab Coop,Ghent,BE
etuc,European Trade Union Confederation,Brussels,BE
,ETUC,Brussels,BE
,,Gent,BE
"""
LINKS = "from,type,to,since\netuc,PARTNER_OF,fab,2016\n"


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    rows = [
        row(2, organisation("fab", name="Fab Coop", place="Gent", country="BE")),
        row(
            3, organisation("etuc", name="European Trade Union Confederation", place="Brussels", country="BE")
        ),
    ]
    write(store, rows)
    return Desk(store, STEWARD, tmp_path)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    (tmp_path / "organisations.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "links.csv").write_text(LINKS, encoding="utf-8")
    return [tmp_path / "organisations.csv", tmp_path / "links.csv"]


def shown(preview: dict[str, Any], kind: str, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(one[name] for name in names) for one in preview[kind]["shown"]]


def test_every_row_and_cell_is_told_before_anything_is_written(desk: Desk, files: list[Path]) -> None:
    before = desk.store.stamp()
    done = desk.import_files(files, preview=True)
    assert done.rejected
    assert desk.store.stamp() == before
    told = done.report["preview"]
    path = str(files[0])
    assert shown(told, "created", "path", "row", "id", "name") == [(path, 4, "organisation-etuc", "ETUC")]
    assert shown(told, "changed", "row", "column", "id", "before", "after") == [
        (2, "place", "fab", "Gent", "Ghent")
    ]
    assert told["changed"]["records"] == told["changed"]["total"] == 1
    assert shown(told, "unchanged", "row", "id") == [(3, "etuc")]
    assert shown(told, "rejected", "path", "row") == [(path, 5)]
    assert [line["text"] for line in told["linked"]["shown"]] == [
        "European Trade Union Confederation is a partner of Fab Coop (since: 2016)"
    ]
    likeness = told["alike"]["shown"][0]
    assert (likeness["row"], likeness["name"], likeness["other"], likeness["is_known"]) == (
        4,
        "ETUC",
        "etuc",
        True,
    )
    assert likeness["score"] > 0.7
    assert likeness["reasons"]
    assert told["removed"] == {"total": 0, "shown": []}
    words = "\n".join(done.words)
    assert "line 2, column place: Fab Coop, place: Gent → Ghent" in words
    assert "line 4: ETUC looks like European Trade Union Confederation [etuc]" in words


def test_the_import_does_what_the_preview_said(desk: Desk, files: list[Path]) -> None:
    previewed, done = desk.import_files(files, preview=True).report, desk.import_files(files).report
    assert "preview" not in done
    assert done["files"] == previewed["files"]
    assert (done["nodes"], done["relationships"]) == (previewed["nodes"], previewed["relationships"])


def test_what_a_sync_would_remove_is_told(desk: Desk, files: list[Path]) -> None:
    files[0].write_text("id,name\na,A\nb,B\n", encoding="utf-8")
    desk.import_files(files[:1])
    files[0].write_text("id,name\na,A\n", encoding="utf-8")
    told = desk.import_files(files[:1], preview=True, sync=True).report["preview"]
    assert shown(told, "removed", "id", "type") == [("b", "Organisation")]


def test_files_of_a_browser_are_called_as_their_sender_calls_them(desk: Desk) -> None:
    upload = Upload("organisations.csv", SHEET.encode())
    told = desk.speaking("fr").import_uploads([upload], preview=True).report["preview"]
    assert {one["path"] for some in told.values() for one in some["shown"] if "path" in one} == {
        "organisations.csv"
    }
    assert shown(told, "changed", "word") == [("lieu",)]
    assert shown(told, "rejected", "reason") != shown(
        desk.import_uploads([upload], preview=True).report["preview"], "rejected", "reason"
    )


def test_what_nobody_confirmed_is_listed_and_counted(desk: Desk) -> None:
    desk.confirm(["fab"])
    assert [one["id"] for one in desk.stale(6)["records"]] == ["etuc"]
    assert desk.status()["freshness"] == {"months": 12, "actors": 2, "stale": 1, "never": 1}
    assert desk.to_check(6) == ["etuc"]
