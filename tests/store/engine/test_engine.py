"""The embedded engine as other processes meet it: one a home, private, ended when nobody uses it."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from neo4j import GraphDatabase

from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.store import engine
from cocommuns_graph.store.engine import Address, probe
from cocommuns_graph.store.engine.home import HomeLayout
from cocommuns_graph.store.engine.lock import try_lock
from cocommuns_graph.store.engine.processes import this_process, wait_until_gone
from cocommuns_graph.store.engine.supervisor import GRACE_SECONDS, Supervisor, grace_seconds
from tests.store.engine.conftest import javas_of, kill_9, running, wait_for

StartUser = Callable[..., "subprocess.Popen[str]"]


def _count(address: Address) -> int:
    with (
        GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver,
        driver.session(database=address.database) as session,
    ):
        return int(session.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"])


def _add(address: Address) -> None:
    with (
        GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver,
        driver.session(database=address.database) as session,
    ):
        session.run("CREATE (:Kept {id: randomUUID()})").consume()


def _uri(user: subprocess.Popen[str]) -> str:
    assert user.stdout is not None
    return user.stdout.readline().strip()


def test_running_engine_keeps_to_itself(home: Path) -> None:
    """One engine from start to stop: its files, its ports, and what other accounts could see of it."""
    assert engine.status(home) is None
    assert not engine.stop(home)
    address = engine.ensure(home)
    _add(address)
    layout = HomeLayout(home)
    status = engine.status(home)
    assert status is not None
    assert status.users == (os.getpid(),)
    assert address.uri == f"bolt://127.0.0.1:{status.bolt_port}"
    assert engine.ensure(home) == address

    for path in (layout.state, layout.lock):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(layout.run.glob("*.args"))
    for pid in (status.pid, status.supervisor_pid):
        process = psutil.Process(pid)
        for told in (" ".join(process.cmdline()), " ".join(process.environ().values())):
            assert address.password not in told
            assert str(address.reader_password) not in told
    for log in layout.home.rglob("*"):
        if log.is_file() and log != layout.state:
            assert address.password.encode() not in log.read_bytes(), log

    connections = psutil.Process(status.pid).net_connections()
    listening = {one.laddr.port for one in connections if one.status == psutil.CONN_LISTEN}
    assert listening == {status.bolt_port, status.http_port}
    assert all(one.laddr.ip in ("127.0.0.1", "::ffff:127.0.0.1") for one in connections)

    assert engine.stop(home)
    assert engine.status(home) is None
    assert javas_of(home) == []
    assert not layout.state.exists()
    assert layout.java_log.exists()
    again = engine.ensure(home)
    assert again.password != address.password
    assert _count(again) == 1


def test_passwords_are_asked_for(embedded_address: Address) -> None:
    assert not probe.answers_bolt(1)
    for auth in ((embedded_address.username, "wrong"), ("root", ""), ("reader", embedded_address.password)):
        with (
            pytest.raises(Exception, match=r"[Uu]nauthorized|[Aa]uthenti"),
            GraphDatabase.driver(embedded_address.uri, auth=auth) as driver,
        ):
            driver.verify_connectivity()


def test_processes_that_start_it_at_once_share_one_engine(home: Path, start_user: StartUser) -> None:
    users = [start_user(home) for _ in range(4)]
    uris = {_uri(user) for user in users}
    assert uris == {engine.ensure(home).uri}
    assert len(javas_of(home)) == 1
    status = engine.status(home)
    assert status is not None
    assert set(status.users) == {os.getpid(), *(user.pid for user in users)}


def test_engine_outlives_its_users_by_the_time_of_grace_only(home: Path, start_user: StartUser) -> None:
    first = start_user(home, COCOMMUNS_ENGINE_GRACE="1")
    uri = _uri(first)
    second = start_user(home)
    assert _uri(second) == uri
    state = running(home)
    first.kill()
    assert not wait_until_gone(state.supervisor, 3)
    second.kill()
    wait_for(lambda: not state.supervisor.alive, "the engine ends after its last user")
    assert javas_of(home) == []
    assert not HomeLayout(home).state.exists()


def test_process_that_ends_as_usual_no_longer_counts(home: Path, start_user: StartUser) -> None:
    engine.ensure(home)
    user = start_user(home)
    _uri(user)
    user.send_signal(signal.SIGINT)
    user.wait()
    status = engine.status(home)
    assert status is not None
    assert status.users == (os.getpid(),)
    engine.release(home)
    status = engine.status(home)
    assert status is not None
    assert status.users == ()


def test_only_the_process_that_started_it_ends_it_and_only_if_alone(
    home: Path, start_user: StartUser
) -> None:
    engine.ensure(home)
    user = start_user(home)
    _uri(user)
    assert not engine.stop_if_unused(home)
    user.kill()
    user.wait()
    assert engine.stop_if_unused(home)
    assert javas_of(home) == []
    assert not engine.stop_if_unused(home)
    other = start_user(home)
    _uri(other)
    engine.ensure(home)
    other.kill()
    other.wait()
    assert not engine.stop_if_unused(home)


@pytest.mark.parametrize("victim", ["java", "supervisor", "both"])
def test_next_start_is_clean_after_a_kill(home: Path, victim: str) -> None:
    _add(engine.ensure(home))
    state = running(home)
    assert state.java is not None
    if victim != "java":
        kill_9(state.supervisor.pid)
    if victim != "supervisor":
        kill_9(state.java.pid)
    assert wait_until_gone(state.supervisor, 30)
    address = engine.ensure(home)
    assert _count(address) == 1
    assert len(javas_of(home)) == 1
    assert not state.java.alive
    assert running(home).supervisor != state.supervisor


def test_supervisor_killed_while_starting_leaves_nothing_in_the_way(
    home: Path, start_user: StartUser
) -> None:
    user = start_user(home)
    wait_for(lambda: javas_of(home), "Java runs")
    user.kill()
    kill_9(running(home).supervisor.pid)
    assert _count(engine.ensure(home)) == 0
    assert len(javas_of(home)) == 1


def test_stopped_while_starting(home: Path, start_user: StartUser) -> None:
    user = start_user(home)
    wait_for(lambda: javas_of(home), "Java runs")
    user.kill()
    assert engine.stop(home)
    assert javas_of(home) == []


def test_first_start_that_was_cut_short_is_begun_anew(home: Path) -> None:
    unfinished = home / "databases" / "cocommuns"
    unfinished.mkdir(parents=True)
    (unfinished / "dictionary.0.65536.v1.dict").write_bytes(b"\0" * 10)
    assert _count(engine.ensure(home)) == 0


@pytest.mark.parametrize("damaged", ["schema.json", "dictionary.0.65536.v1.dict"])
def test_damaged_graph_is_named_and_left_alone(home: Path, damaged: str) -> None:
    _add(engine.ensure(home))
    engine.stop(home)
    folder = home / "databases" / "cocommuns"
    (folder / damaged).write_bytes(b"\xff\xfenot a graph" * 6000)
    before = {path.name: path.stat().st_size for path in folder.glob("*.bucket")}
    with pytest.raises(EngineError, match="damaged") as caught:
        engine.ensure(home)
    assert str(home) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert {path.name: path.stat().st_size for path in folder.glob("*.bucket")} == before
    assert javas_of(home) == []


def test_engine_that_hangs_is_named_and_can_be_stopped(home: Path) -> None:
    engine.ensure(home)
    state = running(home)
    assert state.java is not None
    os.kill(state.java.pid, signal.SIGSTOP)
    try:
        with pytest.raises(EngineError, match="db stop"):
            engine.ensure(home, timeout=1)
    finally:
        os.kill(state.java.pid, signal.SIGCONT)
    assert engine.stop(home)


def test_lock_held_by_a_process_that_says_nothing(home: Path) -> None:
    layout = HomeLayout(home)
    layout.prepare()
    held = try_lock(layout.lock)
    assert held is not None
    try:
        with pytest.raises(EngineError, match="another process may hold"):
            engine.ensure(home, timeout=1)
    finally:
        os.close(held)
    assert _count(engine.ensure(home)) == 0


def test_taken_port_is_noticed_and_others_are_tried(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The supervisor in this process, where the ports it finds free are taken before Java gets there."""
    HomeLayout(home).prepare()
    with socket.socket() as first, socket.socket() as second:
        offers = [[_listen(first), probe.free_ports(1)[0]], [probe.free_ports(1)[0], _listen(second)]]
        really_free = probe.free_ports
        monkeypatch.setattr(
            probe, "free_ports", lambda count: offers.pop(0) if offers else really_free(count)
        )
        supervisor = Supervisor(HomeLayout(home), this_process(), 600)
        try:
            supervisor._start()
            assert running(home).ready
            assert offers == []
        finally:
            supervisor._end()
    assert javas_of(home) == []


def _listen(taken: socket.socket) -> int:
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    return int(taken.getsockname()[1])


def test_java_is_given_more_options_and_refused_ones_are_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCOMMUNS_JAVA_OPTIONS", "-Xnothing")
    with pytest.raises(EngineError, match="COCOMMUNS_JAVA_OPTIONS"):
        engine.ensure(home)
    monkeypatch.setenv("COCOMMUNS_JAVA_OPTIONS", "/tmp")
    with pytest.raises(EngineError, match="holds '/tmp', which is no option"):
        engine.ensure(home)
    folder = home.parent / "a b"
    folder.mkdir()
    monkeypatch.setenv("COCOMMUNS_JAVA_OPTIONS", f"-Xshare:auto '-Xlog:gc*:file={folder}/gc.log'")
    engine.ensure(home)
    assert (folder / "gc.log").exists()


def test_grace_is_ten_minutes_unless_a_number_says_otherwise() -> None:
    assert grace_seconds({}) == GRACE_SECONDS == 600
    assert grace_seconds({"COCOMMUNS_ENGINE_GRACE": "2.5"}) == 2.5
    assert grace_seconds({"COCOMMUNS_ENGINE_GRACE": "soon"}) == 600
    assert grace_seconds({"COCOMMUNS_ENGINE_GRACE": "-1"}) == 0
