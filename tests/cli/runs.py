"""Commands as people run them: processes of their own, their exit code and what they said."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cocommuns_graph.store.engine.state import JAVA_OPTIONS_VARIABLE
from tests.cli.forks import Forks

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "cocommuns_graph.cli"]
PATIENCE = 150.0
_SETTINGS = ("NEO4J_", "COCOMMUNS_", "PORT", "NO_BROWSER")


_FOR_PYTHON = ("LC_", "LANG", "PYTHON")


@cache
def _forks() -> Forks:
    forks = Forks(ROOT)
    atexit.register(forks.close)
    return forks


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    arguments: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        assert self.code in (0, 3), self
        return json.loads(self.out)

    def refused(self, *says: str) -> None:
        """Asserts exit code 2 and one sentence that says these things, and nothing else."""
        assert self.code == 2, self
        assert self.out == "", self
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self
        assert lines[0].startswith("cocommuns: "), self
        for part in says:
            assert part in lines[0], self


def environment(home: Path | None, **changes: str) -> dict[str, str]:
    """The environment of this process without what would steer a command, and the checkout on the path."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_SETTINGS) or name == JAVA_OPTIONS_VARIABLE
    }
    place = {} if home is None else {"COCOMMUNS_HOME": str(home)}
    return {**kept, "PYTHONPATH": str(ROOT), **place, **changes}


def cocommuns(*arguments: str | Path, home: Path | None, cwd: Path | None = None, **env: str) -> Done:
    """Runs one command to its end; whatever it does, it shows no traceback and nothing steers a terminal."""
    typed = tuple(map(str, arguments))
    if hasattr(os, "fork") and not any(name.startswith(_FOR_PYTHON) for name in env):
        return checked(typed, *_forks().run(typed, environment(home, **env), cwd, PATIENCE))
    ended = subprocess.run(
        [*COMMAND, *typed],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(home, **env),
        cwd=cwd,
        timeout=PATIENCE,
        check=False,
    )
    return checked(typed, ended.returncode, ended.stdout, ended.stderr)


def checked(typed: Sequence[str], code: int, out: bytes, err: bytes) -> Done:
    """What holds for every run: UTF-8, an exit code of the contract, no traceback, nothing that steers."""
    done = Done(tuple(typed), code, out.decode(), err.decode())
    assert code in (0, 1, 2, 3, 130), done
    both = done.out + done.err
    assert "Traceback" not in both, done
    assert not set(both) & {*map(chr, range(9)), *map(chr, range(11, 32)), *map(chr, range(127, 160))}, done
    return done


def start(*arguments: str | Path, home: Path | None, **env: str) -> subprocess.Popen[bytes]:
    """A command that runs on, in a group of its own as a shell would start it."""
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(home, **env),
        start_new_session=True,
    )


def finish(process: subprocess.Popen[bytes]) -> Done:
    """Waits for a command that was started."""
    out, err = process.communicate(timeout=PATIENCE)
    return checked(tuple(map(str, process.args))[3:], process.returncode, out, err)  # type: ignore[arg-type]


def at_once(*runs: Callable[[], Done]) -> list[Done]:
    """Several commands that do not disturb each other, two at a time to save time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda run: run(), runs))


def wait_for(condition: Callable[[], object], what: str) -> None:
    """Waits until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.05)


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """A file of these lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding=encoding)
    return path
