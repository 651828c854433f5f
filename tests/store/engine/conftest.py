"""Homes whose engines end with the test, and users that live in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.store import engine
from cocommuns_graph.store.engine.home import HomeLayout
from cocommuns_graph.store.engine.state import EngineState, read_state
from tests.engines.fixtures import embedded_address  # noqa: F401

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0

_USER = """
import sys, time
from pathlib import Path
from cocommuns_graph.store import engine
address = engine.ensure(Path(sys.argv[1]), timeout=120)
print(address.uri, flush=True)
time.sleep(600)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home not made yet, with an awkward name; whatever engine it has in the end is ended."""
    folder = tmp_path / "my graph – été % \"x\" 'y' {z}"
    yield folder
    end(folder)


@pytest.fixture
def start_user() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a process that uses the engine of a home until it is killed; it prints the URI it got."""
    users: list[subprocess.Popen[str]] = []

    def start(home: Path, **env: str) -> subprocess.Popen[str]:
        users.append(
            subprocess.Popen(
                [sys.executable, "-c", _USER, str(home)],
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT), **env},
            )
        )
        return users[-1]

    yield start
    for user in users:
        user.kill()
        user.wait()
        if user.stdout:
            user.stdout.close()


def end(home: Path) -> None:
    """End the engine of a home and let go of it."""
    with suppress(EngineError):
        engine.stop(home)
    engine.release(home)


def running(home: Path) -> EngineState:
    """What the running engine of a home says of itself."""
    state = read_state(HomeLayout(home))
    assert state is not None
    assert state.java is not None
    return state


def wait_for(condition: Callable[[], object], what: str) -> None:
    """Wait until something holds; the test fails when it does not within a minute."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.05)


def kill_9(pid: int) -> None:
    """End a process the hard way, if it still is there."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def javas_of(home: Path) -> list[int]:
    """The Java processes of a home, by their command lines."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline", "status"]):
        command = process.info["cmdline"] or []
        if process.info["status"] != psutil.STATUS_ZOMBIE and any(f"@{home}" in part for part in command):
            found.append(int(process.info["pid"]))
    return found
