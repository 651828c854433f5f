"""What a running engine tells other processes of its home, and how they tell it to end."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cocommuns_graph.store.engine.address import Address
from cocommuns_graph.store.engine.home import HomeLayout, write_private
from cocommuns_graph.store.engine.processes import ProcessId

DATABASE = "cocommuns"
GRACE_VARIABLE = "COCOMMUNS_ENGINE_GRACE"
JAVA_OPTIONS_VARIABLE = "COCOMMUNS_JAVA_OPTIONS"
ALREADY_RUNNING = 75  # exit code of a supervisor that finds the home taken


@dataclass(frozen=True)
class EngineState:
    """One engine as its supervisor describes it in the home; `ready` once it answers."""

    supervisor: ProcessId
    started_by: ProcessId
    started: str
    ready: bool = False
    java: ProcessId | None = None
    bolt_port: int = 0
    http_port: int = 0
    username: str = "root"
    password: str = field(default="", repr=False)
    reader_username: str = "reader"
    reader_password: str = field(default="", repr=False)

    @property
    def address(self) -> Address:
        """How to reach this engine."""
        return Address(
            uri=f"bolt://127.0.0.1:{self.bolt_port}",
            username=self.username,
            password=self.password,
            database=DATABASE,
            reader_username=self.reader_username,
            reader_password=self.reader_password,
            kind="embedded",
        )

    def changed(self, **changes: Any) -> EngineState:
        """The same with some fields different."""
        return replace(self, **changes)


def write_state(layout: HomeLayout, state: EngineState) -> None:
    """Publish a state to every process of the home.

    Raises:
        OSError: the home cannot be written.
    """
    write_private(layout.state, json.dumps(asdict(state)))


def read_state(layout: HomeLayout) -> EngineState | None:
    """The state last published, of an engine that may have ended since; None when none can be read."""
    raw = _read(layout.state)
    try:
        supervisor, started_by = ProcessId(**raw.pop("supervisor")), ProcessId(**raw.pop("started_by"))
        java = raw.pop("java")
        return EngineState(supervisor, started_by, java=ProcessId(**java) if java else None, **raw)
    except (KeyError, TypeError, AttributeError):
        return None


def living_state(layout: HomeLayout) -> EngineState | None:
    """The state last published, if the supervisor that did it still runs."""
    state = read_state(layout)
    return state if state is not None and state.supervisor.alive else None


def ask_to_stop(layout: HomeLayout, supervisor: ProcessId) -> None:
    """Ask that supervisor, and no later one, to end the engine.

    Raises:
        OSError: the home cannot be written.
    """
    write_private(layout.stop_request, json.dumps(asdict(supervisor)))


def stop_was_asked(layout: HomeLayout, supervisor: ProcessId) -> bool:
    """Whether somebody asked that supervisor to end."""
    return _read(layout.stop_request) == asdict(supervisor)


def _read(path: Any) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return raw if isinstance(raw, dict) else {}
