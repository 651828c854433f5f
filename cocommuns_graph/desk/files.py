"""What leaves as files: written whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cocommuns_graph.model.errors import UnwritableFile


@dataclass(frozen=True)
class Written:
    """What left as files: their paths, and how much the reader of them may not see.

    `left_out` counts records and links, `details_left_out` the details of those that are in the files; both
    are None where whoever wrote them may not know.
    """

    paths: tuple[Path, ...]
    left_out: int | None
    details_left_out: int | None = 0

    @property
    def left_out_in_words(self) -> str:
        """The same as the end of a sentence."""
        if self.left_out is None:
            return "what they may not see is left out"
        counted = [
            f"{number:,} {one if number == 1 else many}"
            for number, one, many in (
                (self.left_out, "record or link", "records and links"),
                (self.details_left_out, "detail of others", "details of others"),
            )
            if number
        ]
        return f"{' and '.join(counted) or 'nothing'} left out"


def write_whole(path: Path, text: str) -> None:
    """Writes a file whole or not at all.

    Raises:
        UnwritableFile: it cannot be written; the text says why.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UnwritableFile(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file as it is."""
    path.write_bytes(data)


def check_place(path: Path) -> None:
    """Makes sure that the folder of a file to be written is there.

    Raises:
        UnwritableFile: it is not.
    """
    if not path.parent.is_dir():
        raise UnwritableFile(f"{path} cannot be written: there is no folder {path.parent}")


def check_places(*paths: Path | None) -> None:
    """Makes sure that several files, those that are not None, can be written each to its own place.

    Raises:
        UnwritableFile: a folder is not there, or two files would be one.
    """
    given = [path for path in paths if path is not None]
    for path in given:
        check_place(path)
    if len({path.resolve() for path in given}) < len(given):
        raise UnwritableFile(f"{given[0]} is named for two files; give each its own place")
