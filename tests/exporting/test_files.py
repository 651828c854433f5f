"""Files appear whole or not at all, and what stops them is one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cocommuns_graph.exporting import export
from cocommuns_graph.exporting.files import write_all
from cocommuns_graph.model import Graph, Node
from cocommuns_graph.model.errors import UnwritableFile
from tests.exporting.graphs import META, small


def full(path: Path) -> None:
    path.write_text("half of it", encoding="utf-8")
    raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("before", encoding="utf-8")
    with pytest.raises(UnwritableFile, match=r"b cannot be written: no space left on device$"):
        write_all({first: lambda path: path.write_text("after"), second: full})  # type: ignore[dict-item]
    assert first.read_text(encoding="utf-8") == "before"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match="cannot be written"):
        export(small(), Path("/proc/nowhere"), "csv", META)
    with pytest.raises(UnwritableFile, match="cannot be written"):
        export(small(), Path("/proc/out.json"), None, META)


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match="no such file or directory"):
        export(small(), tmp_path / "none" / "out.graphml", None, META)


def test_a_file_where_a_folder_is_needed_and_the_other_way_round(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UnwritableFile, match="is a file"):
        export(small(), tmp_path / "out.csv", None, META)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "mine"
    (tmp_path / "out.json").mkdir()
    with pytest.raises(UnwritableFile, match="is a folder"):
        export(small(), tmp_path / "out.json", None, META)


def test_a_text_too_long_for_a_workbook_is_one_sentence(tmp_path: Path) -> None:
    graph = Graph([Node("o", "Organisation", {"id": "o", "name": "O", "description": "x" * 40_000})])
    with pytest.raises(UnwritableFile, match="40,000 characters, more than a cell of a workbook can hold"):
        export(graph, tmp_path / "out.xlsx", None, META)
    assert list(tmp_path.iterdir()) == []
    assert len(export(graph, tmp_path / "out", "csv", META)) == 5


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_files_have_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (path,) = export(Graph(), tmp_path / "out.json", None, META)
    (tmp_path / "usual").touch()
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode
