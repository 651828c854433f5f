"""The log of a failure of our own: private, in the home where that can be written, else elsewhere."""

from __future__ import annotations

import contextlib
import os
import platform
import tempfile
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cocommuns_graph import __version__
from cocommuns_graph import desk as desks


def write_log(error: BaseException, home: Path | None) -> Path | None:
    """Writes what happened where only its owner can read it; None where no disk takes it."""
    text = f"cocommuns {__version__}, Python {platform.python_version()}, {platform.platform()}\n" + "".join(
        traceback.format_exception(error)
    )
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    for folder in _folders(home):
        with contextlib.suppress(OSError):
            handle, name = tempfile.mkstemp(prefix=f"cocommuns-{stamp}-", suffix=".log", dir=folder)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
                log.write(text)
            return Path(name)
    return None


def _folders(home: Path | None) -> Iterator[Path]:
    """Where the log may go, the best first; a home that is not there yet is not made for it."""
    with contextlib.suppress(Exception):
        place = desks.home_folder(home)
        if place.is_dir():
            logs = place / "logs"
            logs.mkdir(mode=0o700, exist_ok=True)
            yield logs
    with contextlib.suppress(OSError):
        yield Path(tempfile.gettempdir())
