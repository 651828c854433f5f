"""The folders of a home, made private, and files in it that are whole or absent."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cocommuns_graph.model.errors import EngineError


@dataclass(frozen=True)
class HomeLayout:
    """Names of everything the engine keeps in a home."""

    home: Path

    @classmethod
    def of(cls, home: Path) -> HomeLayout:
        """The layout of a home by its one true path, so that links to it lead to the same engine.

        Raises:
            EngineError: the name cannot be a path, or its links lead in a circle.
        """
        try:
            return cls(Path(home).resolve())
        except (OSError, RuntimeError, ValueError) as error:
            raise EngineError(
                f"The home {home!r} is not a usable path ({error}); choose another folder with --home."
            ) from error

    @property
    def databases(self) -> Path:
        """The graph itself: the only folder that must be kept."""
        return self.home / "databases"

    @property
    def logs(self) -> Path:
        """What the engine and its supervisor said lately, limited in size."""
        return self.home / "logs"

    @property
    def run(self) -> Path:
        """What only matters while an engine runs."""
        return self.home / "run"

    @property
    def server(self) -> Path:
        """Configuration of the engine, written anew at each start."""
        return self.run / "server"

    @property
    def users(self) -> Path:
        """One empty file for each process that uses the engine, named PID-START."""
        return self.run / "users"

    @property
    def state(self) -> Path:
        """Ports, passwords and processes of the engine; readable by its owner only."""
        return self.run / "engine.json"

    @property
    def stop_request(self) -> Path:
        """Asks the supervisor named in it to end."""
        return self.run / "stop.json"

    @property
    def lock(self) -> Path:
        """Locked by the one supervisor of the home for as long as it lives."""
        return self.run / "lock"

    @property
    def java_log(self) -> Path:
        """The engine's own log, the newest part."""
        return self.logs / "engine.0.log"

    @property
    def java_output(self) -> Path:
        """What Java printed since the last start, outside its log."""
        return self.logs / "java.out"

    @property
    def supervisor_log(self) -> Path:
        """What the supervisor did."""
        return self.logs / "supervisor.log"

    def prepare(self) -> None:
        """Make the folders, for their owner only.

        Raises:
            EngineError: the home cannot be made or written.
        """
        with home_errors(self.home):
            self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
            for folder in (self.home, self.run, self.users, self.logs, self.databases):
                folder.mkdir(exist_ok=True, mode=0o700)
                if os.name == "posix" and folder.stat().st_mode & 0o077:
                    folder.chmod(0o700)


@contextlib.contextmanager
def home_errors(home: Path) -> Iterator[None]:
    """Turn what the file system refuses inside into one sentence about the home.

    Raises:
        EngineError: in place of any OSError.
    """
    try:
        yield
    except OSError as error:
        raise EngineError(home_problem(home, error)) from error


def home_problem(home: Path, error: OSError) -> str:
    """One sentence for an error met while using a home."""
    advice = "choose another folder with --home or COCOMMUNS_HOME"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk that holds the home folder {home} is full; free some space and try again."
    if error.errno == errno.EROFS:
        return f"The home folder {home} is on a read-only disk; {advice}."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"The home folder {home} cannot be written by this account; {advice}."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"The home {home} is not a folder, or a file is in the way of it; {advice}."
    return f"The home folder {home} cannot be used ({error.strerror or error}); {advice}."


def _replace(source: Path, target: Path) -> None:
    """Replace a file; Windows refuses it for as long as somebody reads the old one, which is never long."""
    for _attempt in range(100 if os.name == "nt" else 0):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(0.01)
        else:
            return
    source.replace(target)


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable and writable by its owner only.

    Raises:
        OSError: as the file system gives it; the former content is then untouched.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        _replace(Path(name), path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
