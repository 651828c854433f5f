"""Files that appear whole or not at all, one or several together."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from cocommuns_graph.model.errors import UnwritableFile

Write = Callable[[Path], None]


def write_all(writers: Mapping[Path, Write], *, mode: int | None = None) -> list[Path]:
    """Writes each file beside its place, and puts all of them there once every one is complete.

    `mode` is who may read and write them; usual files are as the umask says.

    Raises:
        UnwritableFile: one cannot be written; what was there before is as it was.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, write in writers.items():
            staged[path] = _stage(path, write, mode)
        for path, temporary in list(staged.items()):
            with _sentence(path):
                os.replace(temporary, path)
            del staged[path]
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
    return list(writers)


def _stage(path: Path, write: Write, mode: int | None) -> Path:
    if path.exists() and not path.is_file():
        raise UnwritableFile(f"{path} is a folder or no usual file; give another place")
    with _sentence(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}-", suffix=".part", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            write(temporary)
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            temporary.chmod(0o666 & ~_umask() if mode is None else mode)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return temporary


def _umask() -> int:
    now = os.umask(0o022)
    os.umask(now)
    return now


class _sentence:  # noqa: N801 - a context manager that reads as a word
    """Turns what the system says into one sentence about a path."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            reason = (error.strerror or str(error)).lower()
            raise UnwritableFile(f"{self._path} cannot be written: {reason}") from error


def make_folder(folder: Path) -> None:
    """Makes a folder for files to go into, where it is not there yet.

    Raises:
        UnwritableFile: it cannot be made, or something else is there.
    """
    if folder.exists() and not folder.is_dir():
        raise UnwritableFile(
            f"{folder} is a file; the tables of a csv export need a folder, give another place"
        )
    with _sentence(folder):
        folder.mkdir(parents=True, exist_ok=True)
