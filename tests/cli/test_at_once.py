"""Two commands at once, and commands stopped half-way: nothing lost, nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import stop
from tests.cli.runs import cocommuns, finish, start, wait_for, write
from tests.engines.stores import ENGINES, address_of, clear

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(params=ENGINES)
def graph(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, object]]:
    """The home and the variables by which commands reach an empty graph, once on each engine."""
    home = tmp_path / "home"
    if request.param == "embedded":
        yield {"home": home}
        stop(home)
        return
    address = address_of("neo4j", request)
    clear(address)
    yield {
        "home": home,
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
    }
    clear(address)


def _table(path: Path, prefix: str, rows: int, text: str = "text") -> Path:
    lines = (f"{prefix}-{number},{prefix} {number},{text}" for number in range(rows))
    return write(path / "organisations.csv", "id,name,description", *lines)


def test_imports_at_the_same_time(graph: dict[str, object], tmp_path: Path) -> None:
    """Two different files and one of them twice: each is told what it did, and everything is there."""
    first, second = _table(tmp_path / "1", "first", 400), _table(tmp_path / "2", "second", 400)
    running = [start("import", path, "--json", **graph) for path in (first, second, first)]  # type: ignore[arg-type]
    ended = [finish(process) for process in running]
    assert [done.code for done in ended] == [0, 0, 0], ended
    assert sum(done.json["nodes"]["created"] for done in ended) == 800
    assert sum(done.json["nodes"]["unchanged"] for done in ended) == 400
    status = cocommuns("status", "--json", **graph).json  # type: ignore[arg-type]
    assert status["nodes"]["Organisation"] == 800
    assert status["incomplete"] == []


def _interrupt(process: subprocess.Popen[bytes], times: int = 1) -> None:
    for _ in range(times):
        os.killpg(process.pid, signal.SIGINT)


def test_an_import_that_is_interrupted_leaves_nothing(graph: dict[str, object], tmp_path: Path) -> None:
    run_one: Callable[..., object] = partial(cocommuns, **graph)  # type: ignore[arg-type]
    kept = _table(tmp_path / "kept", "kept", 20)
    assert run_one("import", kept).code == 0  # type: ignore[attr-defined]
    large = _table(tmp_path / "large", "large", 30_000, "long text " * 20)
    for times in (1, 4):
        importing = start("import", large, "--rejects", tmp_path / "rejects.csv", **graph)  # type: ignore[arg-type]
        assert importing.stderr is not None
        assert importing.stderr.readline().startswith(b"importing: ")
        _interrupt(importing, times)
        done = finish(importing)
        assert done.code == 130
        assert done.out == ""
        assert "stopped; nothing unconfirmed was kept" in done.err or times > 1
    status = cocommuns("status", "--json", **graph).json  # type: ignore[arg-type]
    assert status["nodes"]["Organisation"] == 20
    assert status["incomplete"] == []
    assert not (tmp_path / "rejects.csv").exists()


@pytest.mark.parametrize("after", [0.1, 0.4, 0.7])
def test_ctrl_c_at_any_moment(sample_home: Path, after: float) -> None:
    process = start("find", "commons", home=sample_home)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(after)
    _interrupt(process)
    _, err = process.communicate(timeout=60)
    if b"Traceback" in err:  # before our first line runs, it is Python itself that answers
        assert b"cocommuns_graph" not in err
    else:
        assert process.returncode in (130, -signal.SIGINT, 0), err


def test_a_command_outlives_its_engine(fresh_home: Path, tmp_path: Path) -> None:
    """The engine is killed in the middle of an import: it is started again and the import done."""
    assert cocommuns("db", "start", home=fresh_home).code == 0
    pid = cocommuns("db", "status", "--json", home=fresh_home).json["pid"]
    large = _table(tmp_path / "large", "large", 20_000, "long text " * 20)
    importing = start("import", large, "--json", home=fresh_home)
    assert importing.stderr is not None
    assert importing.stderr.readline().startswith(b"importing: ")
    os.kill(pid, signal.SIGKILL)
    done = finish(importing)
    assert done.code == 0, done
    assert done.json["nodes"]["created"] == 20_000
    assert cocommuns("status", "--json", home=fresh_home).json["nodes"]["Organisation"] == 20_000


def test_one_engine_for_all_who_start_at_once(fresh_home: Path) -> None:
    running = [start("db", "start", "--json", home=fresh_home) for _ in range(3)]
    assert len({finish(process).json["pid"] for process in running}) == 1
    assert cocommuns("db", "stop", "--json", home=fresh_home).json == {"stopped": True}
    wait_for(
        lambda: not cocommuns("db", "status", "--json", home=fresh_home).json["running"], "the engine ends"
    )
