"""Homes, engines, ports and disks that cannot be used: one sentence each, and nothing half-written."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from cocommuns_graph.shipped import folder
from cocommuns_graph.store.engine import Address
from tests.cli.conftest import Run
from tests.cli.runs import COMMAND, at_once, checked, cocommuns, environment, finish, start, write
from tests.engines.fixtures import skip_or_fail
from tests.engines.neo4j_server import CannotStart, start_neo4j

on_posix = pytest.mark.skipif(os.name == "nt", reason="limits and mounts are those of POSIX")


def many(path: Path, rows: int, prefix: str, text: str = "") -> Path:
    """Organisations, each with a text."""
    return write(path, "id,name,description", *(f"{prefix}-{i},{prefix} {i},{text}" for i in range(rows)))


def _neo4j(address: Address, **changes: str) -> dict[str, str]:
    return {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
        **changes,
    }


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, Callable[[str], object]]]:
    """A disk of its own of eight megabytes, and what mounts it again with other options."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root on Linux")
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        skip_or_fail(f"this machine lets even root mount nothing: {done.stderr.strip()}")
    try:
        yield (
            place,
            lambda options: subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True),
        )
    finally:
        cocommuns("db", "stop", home=place / "home")
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_homes_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    runs = [
        partial(cocommuns, command, home=home)
        for home in (tmp_path / "file", tmp_path / "file" / "home")
        for command in ("status", "app")
    ]
    for done in at_once(*runs):
        done.refused(str(tmp_path / "file"), "choose another folder with --home")
    assert (tmp_path / "file").read_text() == "x"


def test_an_engine_that_cannot_start(fresh_home: Path, tmp_path: Path) -> None:
    """A damaged graph is refused, not taken for an empty one; other homes go on working."""
    assert cocommuns("import", many(tmp_path / "organisations.csv", 5, "dam"), home=fresh_home).code == 0
    cocommuns("db", "stop", home=fresh_home)
    (schema,) = fresh_home.glob("databases/*/schema.json")
    content = schema.read_bytes()
    schema.write_bytes(b"\0\1junk")
    for done in at_once(
        partial(cocommuns, "status", home=fresh_home), partial(cocommuns, "db", "start", home=fresh_home)
    ):
        done.refused("damaged")
    schema.write_bytes(content)
    assert cocommuns("status", "--json", home=fresh_home).json["nodes"]["Organisation"] == 5


def test_a_port_that_is_taken(fresh_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        by_option, by_variable = at_once(
            partial(cocommuns, "app", "--no-browser", "--port", port, home=fresh_home),
            partial(cocommuns, "app", home=fresh_home, PORT=port, NO_BROWSER="1"),
        )
    for done in (by_option, by_variable):
        done.refused(f"port {port} is taken", "--port")


def test_addresses_that_lead_nowhere(fresh_home: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    wrong = {
        f"bolt://127.0.0.1:{closed}": "does not answer",
        "http://localhost:7474": "the scheme 'http'",
        "localhost:7687": "NEO4J_URI must look like",
        "bolt://": "no host",
        "bolt://localhost:99999": "not a usable address",
        "bolt://user:SECRET@localhost": "must not hold a user name or password",
    }
    runs = [partial(cocommuns, "status", "--json", home=fresh_home, NEO4J_URI=uri) for uri in wrong]
    for says, done in zip(wrong.values(), at_once(*runs), strict=True):
        done.refused("NEO4J_URI", says)
        assert "SECRET" not in done.err
    assert not fresh_home.exists()


def test_the_wrong_password_and_database(neo4j_address: Address, fresh_home: Path) -> None:
    password, database, user, state = at_once(
        partial(cocommuns, "status", home=fresh_home, **_neo4j(neo4j_address, NEO4J_PASSWORD="SECRET")),
        partial(cocommuns, "status", home=fresh_home, **_neo4j(neo4j_address, NEO4J_DATABASE="nowhere")),
        partial(cocommuns, "find", "x", home=fresh_home, **_neo4j(neo4j_address, NEO4J_USERNAME="nobody")),
        partial(cocommuns, "db", "status", home=fresh_home, **_neo4j(neo4j_address)),
    )
    password.refused("NEO4J_USERNAME and NEO4J_PASSWORD")
    database.refused("'nowhere'", "NEO4J_DATABASE")
    user.refused("'nobody'")
    assert "SECRET" not in password.err
    assert "started and stopped elsewhere" in state.out


def test_neo4j_gone_in_the_middle(tmp_path: Path, fresh_home: Path) -> None:
    """Killed while an import runs: one sentence soon after; started again, it holds nothing of that."""
    data = tmp_path / "neo4j" / "data"
    data.parent.mkdir()
    try:
        uri, user, password, end = start_neo4j(data)
    except CannotStart as error:
        skip_or_fail(str(error))
        raise
    neo4j = {"NEO4J_URI": uri, "NEO4J_USERNAME": user, "NEO4J_PASSWORD": password}
    try:
        assert cocommuns(
            "import", many(tmp_path / "a" / "organisations.csv", 10, "kept"), home=fresh_home, **neo4j
        ).code == 0  # fmt: skip
        large = many(tmp_path / "b" / "organisations.csv", 8_000, "lost", "x" * 200)
        importing = start("import", large, "--json", home=fresh_home, **neo4j)
        assert importing.stderr is not None
        assert importing.stderr.readline().startswith(b"importing: ")
        for process in psutil.process_iter(["cmdline"]):
            if str(data) in (process.info["cmdline"] or []):
                process.kill()
        done = finish(importing)
        assert done.code == 2
        assert done.out == ""
        assert "does not answer or went away; nothing unconfirmed was kept" in done.err.splitlines()[-1]
    finally:
        end()
    uri, user, password, end = start_neo4j(data)
    try:
        again = {"NEO4J_URI": uri, "NEO4J_USERNAME": user, "NEO4J_PASSWORD": password}
        status = cocommuns("status", "--json", home=fresh_home, **again).json
        assert status["nodes"]["Organisation"] == 10
        assert status["incomplete"] == []
    finally:
        end()


def test_a_disk_that_fills_up_under_the_home(
    small_disk: tuple[Path, Callable[[str], object]], tmp_path: Path
) -> None:
    place, remount = small_disk
    run = partial(cocommuns, home=place / "home")
    assert run("import", many(tmp_path / "a" / "organisations.csv", 20, "kept")).code == 0
    large = many(tmp_path / "b" / "organisations.csv", 20_000, "big", "some words " * 60)
    refused = run("import", large)
    assert refused.code == 2, refused
    assert refused.out == ""
    assert "full" in refused.err.splitlines()[-1]
    run("db", "stop")
    remount("size=400m")
    status = run("status", "--json").json
    assert status["nodes"]["Organisation"] == 20
    assert status["incomplete"] == []
    assert run("import", large, "--json").json["nodes"]["created"] == 20_000


def test_a_full_disk_under_what_is_written(
    small_disk: tuple[Path, Callable[[str], object]], on_sample: Run, scratch: Run, tmp_path: Path
) -> None:
    """Files that were there stay as they were; an import whose rejects cannot be written writes nothing."""
    place, _ = small_disk
    old = {place / name: f"old {name}" for name in ("m.html", "e.json", "e.xlsx", "r.csv")}
    for path, text in old.items():
        path.write_text(text)
    with (place / "filler").open("wb", buffering=0) as filler:
        for size in (1_000_000, 1000):
            try:
                while True:
                    filler.write(b"x" * size)
            except OSError:
                continue
    rows = (f"full-none-{i},{'word ' * 300}" for i in range(30))
    write(tmp_path / "in" / "organisations.csv", "id,name,description", "full-good,Good,x")
    write(tmp_path / "in" / "links.csv", "from,type,to,note", *(f"full-good,MEMBER_OF,{row}" for row in rows))
    runs = [
        partial(on_sample, "map", "-o", place / "m.html"),
        partial(on_sample, "export", place / "e.json"),
        partial(on_sample, "export", place / "e.xlsx"),
        partial(on_sample, "export", place / "tables", "--format", "csv"),
        partial(on_sample, "template", place / "t.xlsx"),
        partial(scratch, "import", tmp_path / "in", "--rejects", place / "r.csv"),
    ]
    for done in at_once(*runs):
        done.refused("cannot be written", "no space left")
    assert {path: path.read_text() for path in old} == old
    left = {path.name for path in place.rglob("*") if path.is_file()}
    assert left == {"filler", *(path.name for path in old)}
    scratch("show", "full-good").refused("nothing has the id")


@on_posix
def test_files_that_may_not_grow(sample_home: Path, tmp_path: Path) -> None:
    """The same without a disk of its own, for whoever may not mount one: a limit on the size of files."""
    for typed in (["map", "-o", "m.html"], ["export", "e.json"], ["export", "e.xlsx"]):
        (tmp_path / typed[-1]).write_text("old")
        ended = subprocess.run(
            [*COMMAND, *typed],
            cwd=tmp_path,
            env=environment(sample_home),
            capture_output=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        )
        done = checked(typed, ended.returncode, ended.stdout, ended.stderr)
        done.refused("cannot be written", "file too large")
        assert (tmp_path / typed[-1]).read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["e.json", "e.xlsx", "m.html"]


def test_places_that_cannot_be_written(on_sample: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "file").write_text("x")
    runs = [
        partial(on_sample, "map", "-o", tmp_path / "folder.html"),
        partial(on_sample, "map", "-o", tmp_path / "no" / "m.html"),
        partial(on_sample, "export", tmp_path / "no" / "e.json"),
        partial(on_sample, "export", tmp_path / "file", "--format", "csv"),
        partial(on_sample, "export", tmp_path / "folder.html", "--format", "json"),
        partial(on_sample, "template", tmp_path / "no" / "t.csv"),
        partial(on_sample, "import", folder("sample_data"), "--dry-run", "--rejects", tmp_path / "no" / "r"),
    ]
    for done in at_once(*runs):
        done.refused(str(tmp_path))
    assert (tmp_path / "file").read_text() == "x"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.html"]


def test_a_home_on_a_disk_that_is_only_read(
    small_disk: tuple[Path, Callable[[str], object]], tmp_path: Path
) -> None:
    place, remount = small_disk
    home = place / "home"
    few = many(tmp_path / "organisations.csv", 3, "ro")
    assert cocommuns("import", few, home=home).code == 0
    cocommuns("db", "stop", home=home)
    remount("ro")
    runs = [
        partial(cocommuns, "status", home=home),
        partial(cocommuns, "import", few, home=home),
        partial(cocommuns, "status", home=place / "other"),
    ]
    for done in at_once(*runs):
        done.refused("read-only", "--home")
    assert cocommuns("db", "status", "--json", home=home).json["running"] is False
    remount("rw")
    assert cocommuns("status", "--json", home=home).json["nodes"]["Organisation"] == 3
