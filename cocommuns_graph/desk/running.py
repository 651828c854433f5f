"""Starting and ending what a home needs to run: its engine, and the app on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cocommuns_graph import shipped
from cocommuns_graph.desk.desk import Desk, open_desk
from cocommuns_graph.store import engine

IS_SAMPLE = "COCOMMUNS_SAMPLE"
"""The variable that tells the app that the inventory of its home is the sample."""


def run_app(
    home: Path | None = None,
    *,
    demo: bool = False,
    port: int | None = None,
    open_browser: bool = True,
    announce: Callable[[str], None],
    env: Mapping[str, str] | None = None,
) -> None:
    """Runs the app on a home until Ctrl-C, then ends what it started and nobody else uses.

    `demo` loads the sample inventory first, into a home of its own unless one is named.

    Raises:
        EngineError: the port is taken, or the graph or the app cannot be started; the text says what to do.
    """
    from cocommuns_graph.serving import choose_port, ended_politely, serve

    env = os.environ if env is None else env
    place = home or (engine.demo_home(env) if demo else engine.default_home(env))
    chosen = choose_port(port)

    def prepare() -> None:
        desk = open_desk(place, env=env)
        try:
            if demo:
                announce("Loading the sample inventory ...")
                _load_sample(desk)
        finally:
            desk.close()

    with ended_politely():
        try:
            serve(
                place,
                port=chosen,
                open_browser=open_browser,
                announce=announce,
                env={**env, IS_SAMPLE: "1"} if demo else env,
                meanwhile=prepare,
            )
        finally:
            for used in (place, sample_home(place)):
                engine.stop_if_unused(used)


def sample_home(home: Path) -> Path:
    """Where the sample is that can be looked at beside the inventory of a home: a graph of its own."""
    return home / "sample"


def open_sample(env: Mapping[str, str] | None = None) -> Desk:
    """The sample beside the inventory, on the embedded engine whatever database a team has named.

    Raises:
        EngineError: the graph cannot be started; the text says what to do.
    """
    env = os.environ if env is None else env
    own = {name: value for name, value in env.items() if not name.startswith("NEO4J_")}
    desk = open_desk(sample_home(engine.default_home(env)), env=own)
    if desk.is_empty():
        _load_sample(desk)
    return desk


def _load_sample(desk: Desk) -> None:
    """The sample's tables with what their own description says of their licence."""
    sample = shipped.folder("sample_data")
    desk.import_files([sample])
    if not desk.licence()["text"]:
        described = (sample / "README.md").read_text(encoding="utf-8")
        licence = described.partition("\n## Licence\n")[2].partition("\n## ")[0]
        desk.set_licence(" ".join(licence.split()), who="sample_data/README.md")


def start_engine(home: Path | None = None, env: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Starts the engine of a home where none runs; returns what `engine_status` does.

    Raises:
        EngineError: it cannot be started; the text says what to do.
    """
    open_desk(home, env=env).close()
    return engine_status(home, env)


def stop_engine(home: Path | None = None, env: Mapping[str, str] | None = None) -> bool:
    """Ends the engine of a home at once; True where one ran."""
    return engine.stop(home_folder(home, env))


def engine_status(home: Path | None = None, env: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Whether the engine of a home runs, its address, and how many processes use it."""
    place = home_folder(home, env)
    named = engine.from_environment(os.environ if env is None else env)
    if named is not None:
        return {"home": str(place), "kind": "neo4j", "running": None, "address": named.uri}
    running = engine.status(place)
    if running is None:
        return {"home": str(place), "kind": "embedded", "running": False}
    return {
        "home": str(place),
        "kind": "embedded",
        "running": True,
        "address": f"bolt://127.0.0.1:{running.bolt_port}",
        "pid": running.pid,
        "started": running.started,
        "users": list(running.users),
    }


def home_folder(home: Path | None = None, env: Mapping[str, str] | None = None) -> Path:
    """The home folder that is meant: the one named, else COCOMMUNS_HOME, else the platform's."""
    return home or engine.default_home(os.environ if env is None else env)
