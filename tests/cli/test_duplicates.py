"""`duplicates` and `merge`, as people run them, to the undo of a merge."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.runs import write


@pytest.fixture(scope="module")
def filled(scratch: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    file = write(
        tmp_path_factory.mktemp("duplicates") / "organisations.csv",
        "id,name,place,website",
        "dup-a,Dupla Énergie SCIC,Brest,",
        "dup-b,DUPLA ENERGIE,,https://dupla.example",
        "dup-c,Dupla Energie 2,,",
    )
    done = scratch("import", file)
    assert done.code == 0, done
    return scratch, file


def test_a_pair_is_told_parted_joined_and_taken_back(filled: tuple[Run, Path]) -> None:
    run, file = filled

    def pairs(*options: str) -> list[tuple[str, str, str | None]]:
        found = run("duplicates", "--kind", "organisation", "--json", *options).json
        kept = [pair for pair in found if pair["a"].startswith("dup-")]
        assert all({"a", "b", "score", "reasons", "decision"} <= pair.keys() for pair in kept)
        return [(*sorted((pair["a"], pair["b"])), pair["decision"]) for pair in kept]

    assert pairs() == [("dup-a", "dup-b", None)]
    told = run("duplicates", "--threshold", "0.9")
    assert told.code == 0
    assert "differ in the legal form" in told.out

    assert run("duplicates", "--not", "dup-b", "dup-a", "--json").json["decision"] == "different"
    assert run("import", file).code == 0
    assert pairs() == []
    assert pairs("--all") == [("dup-a", "dup-b", "different")]
    assert run("duplicates", "--maybe", "dup-a", "dup-b", "--json").json["decision"] is None
    assert run("duplicates", "--maybe", "dup-a", "dup-b").code == 2

    planned = run("merge", "dup-a", "dup-b", "--dry-run", "--json")
    assert planned.json["import_id"] is None
    assert pairs() == [("dup-a", "dup-b", None)]
    before = run("show", "dup-b", "--json").json
    done = run("merge", "dup-a", "dup-b", "--take", "name", "--by-person", "Bo", "--json").json
    assert done["nodes"] == {"created": 0, "updated": 1, "unchanged": 0, "removed": 1}
    shown = run("show", "dup-b", "--json").json
    assert (shown["id"], shown["name"]) == ("dup-a", "DUPLA ENERGIE")
    assert shown["properties"]["website"] == "https://dupla.example"
    assert run("import", file, "--json").json["nodes"]["unchanged"] == 2
    assert run("history", "dup-b", "--limit", "1", "--json").json[0]["who"] == "Bo"
    assert run("undo", done["import_id"]).code == 0
    assert run("show", "dup-b", "--json").json == before


def test_what_cannot_be_asked_is_refused_in_one_sentence(filled: tuple[Run, Path]) -> None:
    run, _ = filled
    for arguments in (
        ("duplicates", "--threshold", "2"),
        ("duplicates", "--threshold", "nan"),
        ("duplicates", "--kind", "ship"),
        ("duplicates", "--not", "dup-a", "dup-a"),
        ("merge", "dup-a", "nobody-there"),
        ("merge", "dup-a", "dup-c", "--take", "colour"),
        ("merge", "dup-a", "dup-c", "--take", "name", "--keep", "name"),
    ):
        done = run(*arguments)
        assert done.code == 2, arguments
        assert done.err.count("\n") == 1, done.err
