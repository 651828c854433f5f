"""`glossary` and `problems` as people run them, on the sample."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if not (line and line[0].startswith("# "))]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def asked(run: Run, *typed: str | Path) -> Any:
    done = run(*typed)
    assert done.code == 0, done
    return done.json


def test_the_glossary_as_json_and_in_words(on_sample: Run) -> None:
    found = asked(on_sample, "glossary", "--lang", "French", "--json")
    assert found["language"] == "fr"
    assert len(found["terms"]) == 155
    done = on_sample("glossary", "--lang", "de")
    assert done.code == 0
    assert "Gemeingüter" in done.out
    assert "takes a position" not in done.err


def test_the_register_as_json_and_in_words(on_sample: Run) -> None:
    found = asked(on_sample, "problems", "--json")
    assert found["counts"] == {"open": 38, "partly overcome": 4, "overcome": 1}
    done = on_sample("problems")
    assert "could be asked: City of Brescia (organisation, city), who has overcome it" in done.out


@pytest.mark.parametrize("command", ["glossary", "problems"])
def test_page_and_table_are_written_for_the_public(on_sample: Run, command: str, tmp_path: Path) -> None:
    page, table = tmp_path / "it.html", tmp_path / "it.csv"
    done = on_sample(command, "--lang", "fr", "--html", page, "--csv", table)
    assert done.code == 0, done
    assert done.out.splitlines() == [f"wrote {page}", f"wrote {table}"]
    assert "for public: nothing left out" in done.err
    text = page.read_text(encoding="utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert "tout le monde" in text
    found = asked(on_sample, command, "--lang", "fr", "--json")
    listed = found["terms" if command == "glossary" else "problems"]
    assert [row["id"] for row in rows(table)] == [one["id"] for one in listed]


def test_with_json_standard_output_is_one_value_whatever_is_written(on_sample: Run, tmp_path: Path) -> None:
    done = on_sample("problems", "--json", "--csv", tmp_path / "it.csv")
    assert len(done.json["problems"]) == len(rows(tmp_path / "it.csv"))
    assert f"wrote {tmp_path / 'it.csv'}" in done.err


def test_what_cannot_be_is_refused_in_a_sentence(on_sample: Run, tmp_path: Path) -> None:
    on_sample("glossary", "--lang", "klingonish").refused("'klingonish' is no language")
    on_sample("glossary", "--html", tmp_path / "none" / "it.html").refused("there is no folder")
    same = tmp_path / "it.html"
    on_sample("problems", "--html", same, "--csv", same).refused("named for two files")
    assert not list(tmp_path.iterdir())
