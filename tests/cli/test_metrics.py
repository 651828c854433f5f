"""The command `metrics`: its JSON, its table, its file, its explanations, and what it refuses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cocommuns_graph.cli import main
from tests.cli.conftest import Run
from tests.cli.runs import cocommuns, write

FIRST = ["id", "name", "type", "degree", "indegree", "outdegree", "betweenness", "betweenness_undirected"]
ROLES = ["ei_index", "coordinator", "itinerant", "representative", "gatekeeper", "liaison"]


def test_one_row_an_actor_of_the_sample(on_sample: Run) -> None:
    status = on_sample("status", "--json").json
    actors = status["nodes"]["Organisation"] + status["nodes"]["Expert"]
    for network in ("direct", "initiatives", "topics"):
        rows = on_sample("metrics", "--network", network, "--json").json
        assert len(rows) == actors
        assert list(rows[0])[: len(FIRST)] == FIRST
        assert not set(ROLES) & set(rows[0])
        for row in rows:
            assert isinstance(row["degree"], int)
            assert (row["closeness"] is None) == (row["degree"] == 0)
            assert (row["clustering"] is None) == (row["degree"] < 2)
        assert sum(row["pagerank"] for row in rows) == pytest.approx(1)
    by_sector = on_sample("metrics", "--by", "sector", "--directed", "--json").json
    assert list(by_sector[0])[-6:] == ROLES
    assert any(row["liaison"] for row in by_sector)
    assert sum(row["indegree"] for row in by_sector) == sum(row["outdegree"] for row in by_sector)


def test_the_table_names_who_has_most_ties_first(on_sample: Run) -> None:
    done = on_sample("metrics")
    lines = done.out.splitlines()
    assert lines[0].split()[:4] == FIRST[:4]
    rows = on_sample("metrics", "--json").json
    assert max(row["degree"] for row in rows) == _degree(lines)
    assert len(lines) == len(rows) + 2


def _degree(lines: list[str]) -> int:
    at = lines[0].index(" degree") + 1
    return int(lines[2][at:].split()[0])


def test_the_file_is_for_the_public_unless_said_otherwise(on_sample: Run, tmp_path: Path) -> None:
    public, whole = tmp_path / "public.csv", tmp_path / "whole.csv"
    done = on_sample("metrics", "--csv", public)
    assert done.code == 0
    assert f"wrote {public}" in done.out
    assert "left out" in done.err
    on_sample("metrics", "--csv", whole, "--as", "stewards")
    counted = []
    for path in (public, whole):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        assert f"# viewer: {'public' if path == public else 'stewards'}" in lines
        assert "# seed: 1" in lines
        counted.append(len(list(csv.DictReader(line for line in lines if not line.startswith("# ")))))
    assert counted[0] <= counted[1] == len(on_sample("metrics", "--json").json)
    both = on_sample("metrics", "--csv", public, "--json")
    assert len(both.json) == counted[1]
    assert f"wrote {public}" in both.err


def test_a_pair_is_compared_by_its_own_column(fresh_home: Path, tmp_path: Path) -> None:
    nodes = write(
        tmp_path / "friends_nodes.csv", "id,name,team", "1,Ada,red", "2,Bo,red", "3,Cy,blue", "4,Di,"
    )
    ties = write(tmp_path / "friends_edges.csv", "source,target", "1,2", "2,3", "2,2", "1,2", "3,4")
    assert cocommuns("import", nodes, ties, home=fresh_home).code == 0
    rows = {
        row["name"]: row
        for row in cocommuns("metrics", "--by", "team", "--directed", "--json", home=fresh_home).json
    }
    assert [rows[name]["degree"] for name in ("Ada", "Bo", "Cy", "Di")] == [1, 2, 2, 1]
    assert rows["Bo"]["representative"] == 1
    assert rows["Di"]["representative"] is None
    assert rows["Cy"]["liaison"] == 0
    remark = cocommuns("metrics", "--by", "team", "--json", home=fresh_home).err
    assert "1 of 4 actors are of unknown group" in remark
    out = tmp_path / "out.csv"
    cocommuns("metrics", "--by", "team", "--csv", out, home=fresh_home).refused(
        "'team'", "public", "--as coordinators"
    )
    assert not out.exists()
    assert (
        cocommuns("metrics", "--by", "team", "--csv", out, "--as", "coordinators", home=fresh_home).code == 0
    )
    cocommuns("metrics", "--by", "colour", home=fresh_home).refused("'colour'", "team")
    people = [write(tmp_path / "staff_nodes.csv", "id,name", "1,Ed", "2,Flo")]
    people.append(write(tmp_path / "staff_edges.csv", "source,target", "1,2"))
    assert cocommuns("import", *people, "--label", "expert", home=fresh_home).code == 0
    assert len(cocommuns("metrics", "--json", home=fresh_home).json) == 6
    done = cocommuns("metrics", "--csv", out, home=fresh_home)
    assert "for public: 3 records and links" in done.err
    assert "Flo" not in out.read_text(encoding="utf-8")


def test_explanations_need_no_inventory(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COCOMMUNS_HOME", str(tmp_path / "home"))
    assert main(["metrics", "--explain"]) == 0
    out = capsys.readouterr().out
    assert "an isolate" in out
    assert "Burt (1992)" in out
    assert main(["metrics", "--explain", "--json"]) == 0
    assert '"formula"' in capsys.readouterr().out
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["--network", "friends"], "'direct', 'initiatives', 'topics'"),
        (["--by", " "], "--by names no property"),
        (["--as", "nobody", "--csv", "x"], "'public'"),
    ],
)
def test_what_is_refused_starts_no_engine(
    typed: list[str],
    says: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("COCOMMUNS_HOME", str(tmp_path / "home"))
    assert main(["metrics", *typed]) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "home").exists()
