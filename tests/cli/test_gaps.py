from __future__ import annotations

from pathlib import Path

from tests.cli import shapes
from tests.cli.conftest import Run


def test_the_answer_has_the_shape_of_the_contract(on_sample: Run) -> None:
    found = on_sample("gaps", "--json").json
    shapes.check("gaps", found)
    assert len({gap["kind"] for gap in found["gaps"]}) >= 8
    assert found["introductions"][0]["names"] == ["City of Brescia", "REVES"]
    assert (found["network"]["nodes"], found["network"]["ties"]) == (55, 25)


def test_in_words_every_kind_has_its_heading_and_its_first_gaps(on_sample: Run) -> None:
    done = on_sample("gaps")
    assert done.code == 0
    assert "Topics without an expert (67)" in done.out
    assert "No expert is recorded in “Funding”, which City of Barcelona and Co-Communs need." in done.out
    assert "Families tied less than chance (0)\n  None was found." in done.out
    assert "Who should meet (30)\n   1. City of Brescia (cities) - REVES (networks)" in done.out


def test_in_french(on_sample: Run) -> None:
    done = on_sample("gaps", "--lang", "fr")
    assert "Sujets sans expertise (67)" in done.out
    assert "Qui devrait se rencontrer (30)" in done.out


def test_files_are_for_their_readers(on_sample: Run, tmp_path: Path) -> None:
    page, tables = tmp_path / "gaps.html", tmp_path / "tables"
    done = on_sample("gaps", "--html", page, "--csv", tables, "--json")
    shapes.check("gaps", done.json)
    assert "for public" in done.err
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    names = {path.stem for path in tables.iterdir()}
    assert {"gaps", "introductions", "coverage", "mixing", "brokers", "shared-needs", "problems"} <= names
    assert (tables / "brokers.csv").read_text(encoding="utf-8-sig").startswith("# ")


def test_what_cannot_be_is_refused(on_sample: Run) -> None:
    on_sample("gaps", "--by", "height").refused("height", "sector")
    on_sample("gaps", "--lang", "nl").refused("nl")
    assert on_sample("gaps", "--by", " ").code == 2
