"""What leaves as files: written whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cocommuns_graph.model.errors import UnreadableFile


@dataclass(frozen=True)
class Written:
    """What left as files: their paths, and how many records the reader of them may not see."""

    paths: tuple[Path, ...]
    left_out: int


def write_whole(path: Path, text: str) -> None:
    """Writes a file whole or not at all.

    Raises:
        UnreadableFile: it cannot be written; the text says why.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UnreadableFile(f"{path} cannot be written: {error.strerror or error}") from error


def check_place(path: Path) -> None:
    """Makes sure that the folder of a file to be written is there.

    Raises:
        UnreadableFile: it is not.
    """
    if not path.parent.is_dir():
        raise UnreadableFile(f"{path} cannot be written: there is no folder {path.parent}")
