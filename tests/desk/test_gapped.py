"""What is missing, as the page of gaps shows it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from cocommuns_graph.desk import gapped
from cocommuns_graph.desk.reporting import zipped
from cocommuns_graph.gaps import find_gaps
from cocommuns_graph.wording import wording
from tests.reports.made import TODAY, gaps_of_sample
from tests.sample_graph import sample_graph


def test_a_report_has_every_gap_with_its_subjects_by_name() -> None:
    found = gaps_of_sample("en")
    told = gapped.report(found, sample_graph(), wording("en"))
    assert sum(len(gaps) for gaps in told["gaps"].values()) == len(found.gaps)
    assert {kind["name"]: kind["count"] for kind in told["kinds"]} == {
        name: len(gaps) for name, gaps in told["gaps"].items()
    }
    first = told["gaps"]["topic-without-expert"][0]
    assert first["subjects"] == [{"id": "alliances", "name": "Alliances"}]
    assert first["confidence_word"] == "medium confidence"
    assert first["firm"].startswith("Rank 1;")
    assert told["summary"].startswith("The network holds 55 actors")
    assert told["headlines"]


def test_an_introduction_says_what_the_tie_would_change() -> None:
    found = gaps_of_sample("fr")
    told = gapped.report(found, sample_graph(), wording("fr"))["introductions"]
    first, meant = told[0], found.introductions[0]
    assert [person["id"] for person in first["people"]] == [meant.a, meant.b]
    assert first["reasons"] == list(meant.reasons)
    for shown, one in zip(told, found.introductions, strict=True):
        apart = one.effect["distance"]
        assert ("aucun chemin" in shown["effect"]) == (apart is None)
        assert [person["id"] for person in shown["chain"]] == list(one.chain)
        if apart is not None:
            assert f"{apart} pas les séparent" in shown["effect"]


def test_progress_goes_forward_through_every_kind_and_can_end_the_search() -> None:
    told: list[tuple[float, str]] = []
    find_gaps(sample_graph(), today=TODAY, progress=lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert shares == sorted(set(shares))
    assert shares[0] == 0
    assert shares[-1] < 1
    assert len(told) == len(gaps_of_sample("en").kinds) + 1

    def stop(share: float, what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_gaps(sample_graph(), today=TODAY, progress=stop)


def test_an_archive_holds_the_files_and_is_the_same_each_time() -> None:
    files = {Path("gaps/b.csv"): b"two", Path("gaps/a.csv"): b"one"}
    assert zipped(files) == zipped(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "gaps/a.csv": b"one",
            "gaps/b.csv": b"two",
        }
