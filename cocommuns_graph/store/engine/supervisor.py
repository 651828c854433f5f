"""The process that owns one home's engine: `python -m cocommuns_graph.store.engine.supervisor HOME`.

It holds the lock of the home, starts Java, ends it ten minutes after its last user's process ended or as
soon as it is asked to, and takes Java with it however it ends. It imports nothing large, because a cold
start waits for it.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.store.engine import diagnosis, probe, users
from cocommuns_graph.store.engine.guard import Guard
from cocommuns_graph.store.engine.home import HomeLayout, home_problem, write_private
from cocommuns_graph.store.engine.java import (
    Credentials,
    Installation,
    argument_file,
    find_installation,
    heap_mebibytes,
    is_our_java,
    java_arguments,
    java_options,
    start_java,
    write_configuration,
)
from cocommuns_graph.store.engine.lock import try_lock
from cocommuns_graph.store.engine.processes import ProcessId, kill, process_id, this_process, wait_until_gone
from cocommuns_graph.store.engine.state import (
    ALREADY_RUNNING,
    DATABASE,
    GRACE_VARIABLE,
    EngineState,
    read_state,
    stop_was_asked,
    write_state,
)

GRACE_SECONDS = 600.0
GAVE_UP = 70

_PORT_ATTEMPTS = 5
_START_SECONDS = 120.0
_CLOSE_SECONDS = 30.0
_STOP_POLL = 0.1
_USERS_POLL = 1.0


class Supervisor:
    """One engine of one home, from its start to its end."""

    def __init__(self, layout: HomeLayout, started_by: ProcessId, grace: float) -> None:
        self._layout = layout
        self._grace = grace
        self._guard = Guard()
        self._java: subprocess.Popen[bytes] | None = None
        self._terminated = False
        self._state = EngineState(
            supervisor=this_process(),
            started_by=started_by,
            started=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )

    def run(self) -> None:
        """Start the engine and stay until it is to end.

        Raises:
            EngineError: it cannot be started, or it ended by itself.
            OSError: the home cannot be written.
        """
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._on_signal)
        try:
            self._start()
            self._watch()
        finally:
            self._end()

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._terminated = True

    def _start(self) -> None:
        _end_orphan(self._layout)
        self._publish()
        installation, options = find_installation(), java_options(os.environ)
        _check_graph(self._layout)
        for _attempt in range(_PORT_ATTEMPTS):
            bolt, http = probe.free_ports(2)
            if self._start_at(installation, options, bolt, http) or self._must_stop():
                return
        raise EngineError("No free port of 127.0.0.1 could be used for the embedded engine; try again.")

    def _start_at(self, installation: Installation, options: Sequence[str], bolt: int, http: int) -> bool:
        """Start Java at two ports; False when another process took one of them first."""
        layout, credentials = self._layout, Credentials()
        write_configuration(layout)
        lines = java_arguments(layout, installation, credentials, bolt, http, heap_mebibytes(), options)
        arguments = layout.run / "java.args"
        try:
            write_private(arguments, argument_file(lines))
            try:
                self._java = start_java(layout, installation, arguments, self._guard)
            except OSError as error:
                raise EngineError(
                    f"Java, which carries the embedded engine, cannot be run ({error.strerror or error}); "
                    "set NEO4J_URI to use a Neo4j instead."
                ) from error
            self._publish(
                java=process_id(self._java.pid),
                bolt_port=bolt,
                http_port=http,
                username=credentials.username,
                password=credentials.password,
                reader_username=credentials.reader_username,
                reader_password=credentials.reader_password,
            )
            return self._wait_until_ready(self._java)
        finally:
            arguments.unlink(missing_ok=True)

    def _wait_until_ready(self, java: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + _START_SECONDS
        state = self._state
        while time.monotonic() < deadline:
            if self._must_stop():
                return False
            if java.poll() is not None or diagnosis.start_failed(self._layout):
                taken = diagnosis.port_was_taken(self._layout)
                self._end_java()
                if taken:
                    return False
                raise EngineError(diagnosis.why_java_ended(self._layout))
            if (
                probe.answers_bolt(state.bolt_port)
                and probe.owns_port(java.pid, state.bolt_port)
                and probe.owns_port(java.pid, state.http_port)
                and probe.query_works(state)
            ):
                self._publish(ready=True)
                return True
            time.sleep(0.05)
        raise EngineError(
            f"The embedded engine was started but did not answer within {_START_SECONDS:.0f} seconds; "
            f"its log is {self._layout.java_log}."
        )

    def _publish(self, **changes: object) -> None:
        self._state = self._state.changed(**changes)
        write_state(self._layout, self._state)

    def _must_stop(self) -> bool:
        return self._terminated or stop_was_asked(self._layout, self._state.supervisor)

    def _watch(self) -> None:
        """Stay until asked to end, until nobody has used the engine for the time of grace, or Java ends."""
        last_used = time.monotonic()
        next_count = 0.0
        while not self._must_stop():
            if self._java is None or self._java.poll() is not None:
                raise EngineError(diagnosis.why_java_ended(self._layout))
            now = time.monotonic()
            if now >= next_count:
                next_count = now + _USERS_POLL
                if not self._layout.state.exists():
                    return  # the home was removed or emptied: nobody can find this engine any more
                if users.living(self._layout):
                    last_used = now
                elif now - last_used >= self._grace and self._nobody_came():
                    return
            time.sleep(_STOP_POLL)

    def _nobody_came(self) -> bool:
        """Withdraw the engine, unless a user registered before it could see that."""
        self._publish(ready=False)
        if users.living(self._layout):
            self._publish(ready=True)
            return False
        return True

    def _end(self) -> None:
        with contextlib.suppress(OSError):
            self._publish(ready=False)
        self._end_java()
        for path in (self._layout.state, self._layout.stop_request):
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue

    def _end_java(self) -> None:
        """Let Java close its files, and end it where it does not."""
        java, self._java = self._java, None
        if java is None:
            return
        if java.poll() is None:
            if os.name == "posix":
                java.terminate()
            else:
                probe.shut_down(self._state)
            try:
                java.wait(_CLOSE_SECONDS)
            except subprocess.TimeoutExpired:
                java.kill()
                java.wait()
        self._guard.release()


def _end_orphan(layout: HomeLayout) -> None:
    """End the Java of a supervisor that was killed, where the system did not do it."""
    former = read_state(layout)
    if former is not None and former.java is not None and is_our_java(former.java, layout):
        kill(former.java)
        wait_until_gone(former.java, 10)


def _check_graph(layout: HomeLayout) -> None:
    """Refuse a graph whose schema was lost, and clear away one whose making was cut short.

    The engine would open the former as an empty graph and then write over it. It replaces schema.json in one
    step, so no crash of its own leaves it unreadable.

    Raises:
        EngineError: there are data, but their schema is missing or unreadable.
    """
    folder = layout.databases / DATABASE
    if not folder.is_dir():
        return
    try:
        schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        schema = None
    if isinstance(schema, dict):
        return
    if any(folder.glob("*.bucket")) or schema is not None:
        raise EngineError(diagnosis.damaged(layout))
    shutil.rmtree(folder)


def grace_seconds(env: Mapping[str, str]) -> float:
    """How long an engine nobody uses is kept: ten minutes, or the seconds of COCOMMUNS_ENGINE_GRACE."""
    try:
        return max(0.0, float(env.get(GRACE_VARIABLE, "")))
    except ValueError:
        return GRACE_SECONDS


def main(arguments: list[str]) -> int:
    """Run the supervisor of a home; returns the exit code, ALREADY_RUNNING if another has its lock."""
    layout = HomeLayout(Path(arguments[0]))
    started_by = ProcessId.parse(arguments[1]) if len(arguments) > 1 else None
    try:
        layout.prepare()
        descriptor = try_lock(layout.lock)
        if descriptor is None:
            return ALREADY_RUNNING
        Supervisor(layout, started_by or this_process(), grace_seconds(os.environ)).run()
    except EngineError as error:
        return _gave_up(str(error))
    except OSError as error:
        return _gave_up(home_problem(layout.home, error))
    return 0


def _gave_up(sentence: str) -> int:
    """Tell the log and, through standard output, whoever started this process, if it still listens."""
    print(f"{datetime.datetime.now(datetime.UTC).isoformat(timespec='seconds')} {sentence}", file=sys.stderr)
    with contextlib.suppress(OSError):
        os.write(1, sentence.encode())
    return GAVE_UP


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
