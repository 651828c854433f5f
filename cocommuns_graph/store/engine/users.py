"""Who uses the engine of a home: one file a process, believed only while that process lives."""

from __future__ import annotations

import contextlib

from cocommuns_graph.store.engine.home import HomeLayout
from cocommuns_graph.store.engine.processes import ProcessId


def register(layout: HomeLayout, user: ProcessId) -> None:
    """Count a process as a user until it ends or is released.

    Raises:
        OSError: the home cannot be written.
    """
    path = layout.users / str(user)
    if not path.exists():
        path.touch(mode=0o600)


def unregister(layout: HomeLayout, user: ProcessId) -> None:
    """Stop counting a process; nothing happens where it was not counted."""
    with contextlib.suppress(OSError):
        (layout.users / str(user)).unlink()


def living(layout: HomeLayout) -> list[ProcessId]:
    """The users that still run, by number; files of those that ended are removed."""
    found: list[ProcessId] = []
    try:
        names = [path.name for path in layout.users.iterdir()]
    except OSError:
        return []
    for name in names:
        user = ProcessId.parse(name)
        if user is not None and user.alive:
            found.append(user)
        else:
            with contextlib.suppress(OSError):
                (layout.users / name).unlink()
    return sorted(found, key=lambda user: user.pid)
