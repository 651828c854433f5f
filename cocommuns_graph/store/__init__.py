"""The one door to the database. Nothing outside this room imports the driver or sees a connection."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cocommuns_graph.store.door import Answer, Store

__all__ = ["Answer", "Store", "connect"]


def connect(home: Path, env: Mapping[str, str]) -> Store:
    """The store of a home, ready for use: the Neo4j of the NEO4J_ variables, else the embedded engine.

    Raises:
        EngineError: it cannot be started or reached; the text says what to do.
    """
    from cocommuns_graph.store import engine  # the supervisor imports this package and must stay small
    from cocommuns_graph.store.door import Store

    address = engine.from_environment(env)
    store = Store(address) if address else _embedded(home)
    store.prepare()
    return store


def _embedded(home: Path) -> Store:
    from cocommuns_graph.store import engine
    from cocommuns_graph.store.door import Store

    return Store(
        engine.ensure(home), again=lambda: engine.ensure(home), trouble=lambda: engine.disk_problem(home)
    )


def __getattr__(name: str) -> object:
    if name in ("Answer", "Store"):
        from cocommuns_graph.store import door

        return getattr(door, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
