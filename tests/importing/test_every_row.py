"""Whatever stands in a file, every row of it is created, updated, unchanged or rejected: for every format."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocommuns_graph import importing
from cocommuns_graph.formats import FileSpec, Format, built_in
from cocommuns_graph.importing.sources import Reading
from cocommuns_graph.model.errors import CocommunsError
from tests.changes.fake import Memory, plan, preview
from tests.importing.files import write_small
from tests.shared import shared_path

FILES = [(format_, place) for format_ in built_in() for place in range(len(format_.files))]
_LARGEST = 100_000

cell = st.one_of(
    st.sampled_from(
        ["", "", "1", "2", "Ada", "ada", "Open Coop", "law; governance", "EXPERT_IN", "BE", "2016", "x@y.org",
         "=1+1", "-", "|", "\\|", "a|b|", "https://open.example", "not a date", "999", "graduated"]
    ),
    st.text(max_size=6),
)  # fmt: skip


def rows_of(reading: Reading) -> dict[str, int]:
    """How many rows each table has, as its reader finds them."""
    return {
        source.path: sum(1 for _ in source.bound.table.rows())
        for source in reading.claimed
        if source.bound is not None
    }


def assert_all_counted(reading: Reading, memory: Memory) -> None:
    found = rows_of(reading)
    for outcome in (
        preview(memory, reading.rows()),
        plan(memory, reading.rows()),
        plan(memory, reading.rows(), "2"),
    ):
        files = importing.report(reading, outcome)["files"]
        told = {file["path"]: file for file in files if file["format"]}
        assert {path: file["rows"] for path, file in told.items()} == found
        for file in told.values():
            counted = [file[name] for name in ("created", "updated", "unchanged", "rejected")]
            assert file["rows"] == sum(counted)
        assert len(outcome.rejected) == sum(file["rejected"] for file in told.values())


def columns_of(file: FileSpec) -> list[str]:
    """The columns a file of a kind must have, and what else such files usually have."""
    usual = ["id", "name", "source", "target", "from", "to", "type", "country", "website", "Unheard of"]
    return list(dict.fromkeys([*file.columns, *file.one_of[:2], *usual]))


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("format_", "place"), FILES, ids=[f"{format_.name}-{place}" for format_, place in FILES]
)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.lists(cell, min_size=1, max_size=14), max_size=6))
def test_every_row_of_a_table_is_counted_once(
    tmp_path_factory: pytest.TempPathFactory, format_: Format, place: int, rows: list[list[str]]
) -> None:
    file = format_.files[place]
    name = file.names[0].replace("*", "some").replace("?", "x").split("[")[0] or "table"
    path = tmp_path_factory.mktemp("rows") / f"{name}.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as opened:
        csv.writer(opened).writerows([columns_of(file), *rows])
    try:
        reading = importing.read([path], format=format_.name)
    except CocommunsError:
        return
    assert_all_counted(reading, Memory())


def test_every_row_of_small_files_of_several_formats_is_counted(tmp_path: Path) -> None:
    assert_all_counted(importing.read([write_small(tmp_path)]), Memory())


@pytest.mark.no_cover
def test_every_row_of_other_tools_files_is_counted() -> None:
    """Workbooks, GEXF, GraphML, GML, VNA, JSON and matrices, as those tools wrote them."""
    endings: dict[str, int] = {}
    for path in sorted(shared_path("data/peer-tool-examples").rglob("*")):
        if not path.is_file() or path.stat().st_size > _LARGEST or endings.get(path.suffix, 0) >= 3:
            continue
        try:
            reading = importing.read([path])
        except CocommunsError:
            continue
        endings[path.suffix] = endings.get(path.suffix, 0) + 1
        assert_all_counted(reading, Memory())
    assert {".csv", ".gexf", ".graphml", ".xlsx"} <= set(endings)
