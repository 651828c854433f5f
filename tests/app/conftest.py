"""A real `cocommuns` serving the app on a home of its own, and a browser in front of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from cocommuns_graph.store import engine
from tests.browser import chromium, chromium_process, profiles  # noqa: F401

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    """A running app: where it answers, the home it is on, the process that started it."""

    address: str
    home: Path
    process: subprocess.Popen[str]


def environment(home: Path, **more: str) -> dict[str, str]:
    """That of this run, on a home, without a Neo4j that somebody may have set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    return {**kept, "COCOMMUNS_HOME": str(home), "NO_BROWSER": "1", "PYTHONPATH": str(CHECKOUT), **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: str, home: Path) -> Iterator[Server]:
    """`cocommuns demo` or `cocommuns app` until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "cocommuns_graph.cli", command],
        env=environment(home, PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if "open at http" in line:
                break
        else:
            raise AssertionError(f"the app did not start: {said}")
        yield Server(f"http://127.0.0.1:{port}", home, process)
    finally:
        process.terminate()
        process.wait(60)
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on the sample inventory; tests that use it only read."""
    home = tmp_path_factory.mktemp("demo") / "home"
    with served("demo", home) as server:
        yield server
    engine.stop(home)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on an empty home, for tests that write."""
    with served("app", tmp_path_factory.mktemp("own") / "home") as server:
        yield server
