"""Why the engine ended or did not start, read from what Java left behind, as one sentence."""

from __future__ import annotations

import re
from pathlib import Path

from cocommuns_graph.store.engine.home import HomeLayout
from cocommuns_graph.store.engine.state import JAVA_OPTIONS_VARIABLE

_TAIL_BYTES = 200_000

_DISK_FULL = re.compile(r"No space left on device|Disk quota exceeded|not enough space on the disk", re.I)
_READ_ONLY = re.compile(r"Read-only file system", re.I)
_PORT_TAKEN = re.compile(r"Address already in use|BindException|Unable to listen (for BOLT|to a HTTP port)")
_NO_MEMORY = re.compile(
    r"OutOfMemoryError|insufficient memory for the Java|Could not reserve enough space", re.I
)
_OPTION = re.compile(r"Could not create the Java Virtual Machine")
_LOCKED = re.compile(r"LockException|locked by another process", re.I)
_SCHEMA_LOST = re.compile(r"schema will be reset|'schema\.json' is corrupt|Could not find schema file")
_CANNOT_OPEN = re.compile(r"DatabaseOperationException|it holds no database")


def start_failed(layout: HomeLayout) -> bool:
    """Whether the log says that this start came to nothing, although Java still runs."""
    said = _said(layout)
    return any(sign.search(said) for sign in (_PORT_TAKEN, _SCHEMA_LOST, _CANNOT_OPEN))


def port_was_taken(layout: HomeLayout) -> bool:
    """Whether another process had one of the ports first."""
    return bool(_PORT_TAKEN.search(_said(layout)))


def why_java_ended(layout: HomeLayout) -> str:
    """One sentence for what the logs of the engine say, naming the log."""
    said = _said(layout)
    if _DISK_FULL.search(said):
        return f"The disk that holds the home folder {layout.home} is full; free some space and try again."
    if _READ_ONLY.search(said):
        return (
            f"The home folder {layout.home} is on a read-only disk; "
            "choose another with --home or COCOMMUNS_HOME."
        )
    if _NO_MEMORY.search(said):
        return "The embedded engine ran out of memory; close other programs and try again, or set NEO4J_URI."
    if _OPTION.search(said):
        return (
            f"Java refuses to start with the options it was given; correct or unset "
            f"{JAVA_OPTIONS_VARIABLE} (details: {layout.java_output})."
        )
    if _LOCKED.search(said):
        return (
            f"The graph in {layout.databases} is in use by another program; end that program and try again."
        )
    if _SCHEMA_LOST.search(said) or _CANNOT_OPEN.search(said):
        return damaged(layout)
    return (
        f"The embedded engine ended by itself; its logs are {layout.java_log} and {layout.java_output}. "
        "Try again, or set NEO4J_URI to use a Neo4j."
    )


def damaged(layout: HomeLayout) -> str:
    """One sentence for a graph that cannot be opened."""
    return (
        f"The graph in {layout.databases} is damaged and cannot be opened; restore a backup or move "
        f"that folder away (details: {layout.java_log})."
    )


def _said(layout: HomeLayout) -> str:
    return _tail(layout.java_output) + "\n" + _tail(layout.java_log)


def _tail(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            stream.seek(0, 2)
            stream.seek(max(0, stream.tell() - _TAIL_BYTES))
            return stream.read().decode("utf-8", "replace")
    except OSError:
        return ""
