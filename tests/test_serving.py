"""`cocommuns app` and `demo` as real processes: however they are ended, nothing of them is left."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from cocommuns_graph.store import engine
from tests.app.conftest import Server, environment, free_port, served

if os.name != "posix":
    pytest.skip("signals are sent here as POSIX has them", allow_module_level=True)


def run(*arguments: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cocommuns_graph.cli", *arguments],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=120,
    )


def app_of(server: Server) -> psutil.Process:
    children = psutil.Process(server.process.pid).children(recursive=True)
    return next(child for child in children if "streamlit" in child.cmdline())


def within(seconds: float, done: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)
    return done()


def test_a_request_to_end_ends_app_and_engine(tmp_path: Path) -> None:
    with served("app", tmp_path) as server:
        child = app_of(server)
        running = engine.status(tmp_path)
        assert running is not None
        assert urllib.request.urlopen(server.address, timeout=10).status == 200
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(30) == 130
        assert not child.is_running()
        assert engine.status(tmp_path) is None
        assert not psutil.pid_exists(running.pid)


def test_kill_9_leaves_no_app_and_the_next_start_is_clean(tmp_path: Path) -> None:
    with served("app", tmp_path) as server:
        child = app_of(server)
        server.process.kill()
        server.process.wait(10)
        assert within(10, lambda: not child.is_running())
    with served("app", tmp_path) as again:
        assert urllib.request.urlopen(again.address, timeout=10).status == 200
        user = subprocess.Popen(
            [sys.executable, "-c", _USE, str(tmp_path)],
            env=environment(tmp_path),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert user.stdout is not None
        assert user.stdout.readline() == "in use\n"
        again.process.terminate()
        assert again.process.wait(30) == 130
        assert engine.status(tmp_path) is not None, "somebody else still uses this engine"
        user.communicate("\n", timeout=30)
    engine.stop(tmp_path)


_USE = """
import sys
from pathlib import Path
from cocommuns_graph.store import engine
engine.ensure(Path(sys.argv[1]))
print("in use", flush=True)
sys.stdin.readline()
"""


def test_ctrl_c_in_a_terminal_reaches_all_of_the_group(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "cocommuns_graph.cli", "app"],
        env=environment(tmp_path, PORT=str(free_port())),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert "open at http" in process.stdout.readline()
    children = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=40)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert said.splitlines()[-1] == "The app is closed; what was saved is kept."
    assert within(10, lambda: not any(child.is_running() for child in children))
    assert engine.status(tmp_path) is None


def test_a_port_in_use_is_one_sentence_and_starts_nothing(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("app", home=tmp_path / "home", PORT=port)
    assert done.returncode == 2
    assert done.stderr == f"cocommuns: port {port} is taken; choose another with --port or PORT=\n"
    assert not (tmp_path / "home").exists()


def test_a_log_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "app.log").mkdir()
    done = run("app", home=tmp_path, PORT=str(free_port()))
    assert done.returncode == 2
    assert done.stderr.startswith(f"cocommuns: the app's log {tmp_path}/logs/app.log cannot be written")
    assert done.stderr.count("\n") == 1
    assert engine.status(tmp_path) is None


def test_the_demo_starts_again_on_its_own_home(tmp_path: Path) -> None:
    for _ in range(2):
        with served("demo", tmp_path) as server:
            assert urllib.request.urlopen(server.address, timeout=10).status == 200
