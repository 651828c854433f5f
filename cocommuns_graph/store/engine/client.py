"""What other processes do with the engine of a home: make sure it runs, leave it, end it, ask about it."""

from __future__ import annotations

import atexit
import errno
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import cocommuns_graph
from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.store.engine import probe, users
from cocommuns_graph.store.engine.address import Address
from cocommuns_graph.store.engine.home import HomeLayout, home_errors, home_problem
from cocommuns_graph.store.engine.java import child_environment
from cocommuns_graph.store.engine.processes import ProcessId, kill, this_process, wait_until_gone
from cocommuns_graph.store.engine.state import (
    ALREADY_RUNNING,
    GRACE_VARIABLE,
    JAVA_OPTIONS_VARIABLE,
    EngineState,
    ask_to_stop,
    living_state,
)

_POLL = 0.05
_LOST_RACE = 0.3
_STOP_SECONDS = 45.0
_LOG_LIMIT = 200_000
_ROOM = 1_000_000
_DETACHED = 0x00000008 | 0x00000200 if sys.platform == "win32" else 0  # no console, own process group

# Supervisors started here: kept so that one that ended is collected and does not stay a zombie.
_started: list[subprocess.Popen[bytes]] = []
_registered: set[tuple[Path, ProcessId]] = set()


@dataclass(frozen=True)
class EngineStatus:
    """One running engine: the process numbers, ports of 127.0.0.1, start in UTC and user processes."""

    pid: int
    supervisor_pid: int
    bolt_port: int
    http_port: int
    started: str
    users: tuple[int, ...]


def ensure(home: Path, *, timeout: float = 60) -> Address:
    """Make sure the engine of a home runs and answers over Bolt, and count this process as its user.

    Safe to call often, and from several processes at once: they end with the same engine.

    Args:
        home: the home folder, made where absent.
        timeout: seconds to wait for the engine.

    Raises:
        EngineError: the engine cannot be started or reached; the text says why and what to do.
    """
    layout = HomeLayout.of(home)
    layout.prepare()
    with home_errors(layout.home):
        _register(layout)
    deadline = time.monotonic() + timeout
    mine: subprocess.Popen[bytes] | None = None
    while True:
        state = living_state(layout)
        if state is not None and state.ready and probe.answers_bolt(state.bolt_port):
            return state.address
        if mine is not None and mine.poll() not in (None, 0, ALREADY_RUNNING):
            raise EngineError(_why_not(layout, mine))
        if mine is not None and mine.poll() == ALREADY_RUNNING:
            time.sleep(_LOST_RACE)  # the one that was faster is about to say where its engine is
            state = living_state(layout)
        if state is None and (mine is None or mine.poll() is not None):
            mine = _start_supervisor(layout)
        if time.monotonic() > deadline:
            raise EngineError(_why_late(layout, state, timeout))
        time.sleep(_POLL)


def release(home: Path) -> None:
    """Stop counting this process as a user of the engine; done by itself when the process ends."""
    layout, me = HomeLayout.of(home), this_process()
    users.unregister(layout, me)
    _registered.discard((layout.home, me))


def stop(home: Path) -> bool:
    """End the engine of a home at once, whoever uses it.

    Returns:
        True when one was running.

    Raises:
        EngineError: it did not end, or the home cannot be written to ask for it.
    """
    layout = HomeLayout.of(home)
    state = living_state(layout)
    if state is None:
        return False
    with home_errors(layout.home):
        ask_to_stop(layout, state.supervisor)
    if not wait_until_gone(state.supervisor, _STOP_SECONDS):
        kill(state.supervisor)  # Java ends with it; what was committed is on disk
        if not wait_until_gone(state.supervisor, 5):
            raise EngineError(
                f"The engine of {layout.home} (process {state.supervisor.pid}) does not end; end it by hand."
            )
    if state.java is not None and not wait_until_gone(state.java, 5):
        kill(state.java)
        wait_until_gone(state.java, 5)
    _collect()
    return True


def stop_if_unused(home: Path) -> bool:
    """End the engine if this process started it and no other process uses it, as `app` does on Ctrl-C.

    Returns:
        True when it was ended.

    Raises:
        EngineError: as for stop.
    """
    layout, me = HomeLayout.of(home), this_process()
    state = living_state(layout)
    if state is None or state.started_by != me:
        return False
    if any(user != me for user in users.living(layout)):
        return False
    return stop(home)


def status(home: Path) -> EngineStatus | None:
    """The running engine of a home; None when there is none. Does not count as use."""
    layout = HomeLayout.of(home)
    state = living_state(layout)
    if state is None or state.java is None or not state.ready:
        return None
    return EngineStatus(
        pid=state.java.pid,
        supervisor_pid=state.supervisor.pid,
        bolt_port=state.bolt_port,
        http_port=state.http_port,
        started=state.started,
        users=tuple(user.pid for user in users.living(layout)),
    )


def disk_problem(home: Path) -> str | None:
    """One sentence where the disk of a home has no room left for the engine to write."""
    layout = HomeLayout.of(home)
    try:
        free = shutil.disk_usage(layout.databases).free
    except OSError as error:
        return home_problem(layout.home, error)
    if free < _ROOM:
        return home_problem(layout.home, OSError(errno.ENOSPC, "full"))
    return None


def _register(layout: HomeLayout) -> None:
    me = this_process()
    users.register(layout, me)
    if not _registered:
        atexit.register(_release_all)
    _registered.add((layout.home, me))


def _release_all() -> None:
    me = this_process()
    for home, process in list(_registered):
        if process == me:  # a forked child inherits the set, but not its parent's place
            users.unregister(HomeLayout(home), process)


def _collect() -> None:
    for process in [process for process in _started if process.poll() is not None]:
        if process.stdout is not None:
            process.stdout.close()
        _started.remove(process)


def _start_supervisor(layout: HomeLayout) -> subprocess.Popen[bytes]:
    _collect()
    environment = child_environment(os.environ)
    environment["PYTHONPATH"] = str(Path(cocommuns_graph.__file__).parents[1])
    for name in (GRACE_VARIABLE, JAVA_OPTIONS_VARIABLE):
        if name in os.environ:
            environment[name] = os.environ[name]
    command = [sys.executable, "-P", "-m", "cocommuns_graph.store.engine.supervisor"]
    with home_errors(layout.home):
        full = layout.supervisor_log.exists() and layout.supervisor_log.stat().st_size > _LOG_LIMIT
        with layout.supervisor_log.open("wb" if full else "ab") as log:
            process = subprocess.Popen(
                [*command, str(layout.home), str(this_process())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=tempfile.gettempdir(),
                env=environment,
                start_new_session=True,
                creationflags=_DETACHED,
            )
    _started.append(process)
    return process


def _why_not(layout: HomeLayout, supervisor: subprocess.Popen[bytes]) -> str:
    said = supervisor.stdout.read().decode() if supervisor.stdout is not None else ""
    return said or (
        f"The embedded engine could not be started (its supervisor ended with {supervisor.returncode}); "
        f"the log is {layout.supervisor_log}."
    )


def _why_late(layout: HomeLayout, state: EngineState | None, timeout: float) -> str:
    if state is None:
        return (
            f"The embedded engine did not start within {timeout:.0f} seconds: another process may hold "
            f"{layout.lock}; end it, or choose another home with --home."
        )
    return (
        f"The engine of {layout.home} (process {state.supervisor.pid}) did not answer within "
        f"{timeout:.0f} seconds; run cocommuns db stop and try again (log: {layout.java_log})."
    )
