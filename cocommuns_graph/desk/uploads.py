"""Files that arrive as content, not as paths: kept in a folder of their own while they are read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cocommuns_graph.desk.foreseen import with_paths
from cocommuns_graph.desk.sheets import file_name
from cocommuns_graph.model.errors import CocommunsError


@dataclass(frozen=True)
class Upload:
    """A file as somebody's browser sent it: what it is called there, and its bytes."""

    name: str
    content: bytes | memoryview


@contextmanager
def kept_in_a_folder(uploads: Sequence[Upload]) -> Iterator[tuple[Path, list[Path]]]:
    """The folder and the paths of uploads while they are needed; errors name the files, not the folder."""
    with tempfile.TemporaryDirectory(prefix="cocommuns-") as name:
        folder = Path(name).resolve()
        paths: list[Path] = []
        for upload in uploads:
            path = folder / file_name(upload.name, taken=[path.name for path in paths])
            path.write_bytes(upload.content)
            paths.append(path)
        try:
            yield folder, paths
        except CocommunsError as error:
            told = str(error).replace(f"{folder}/", "").replace(str(folder), "the files")
            # Whoever sends files by a browser has no options to give.
            raise type(error)(told.partition("; name one with --format")[0]) from error


def named_by_sender(report: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """A report of an import whose paths lie in a folder, with their names alone."""

    def bare(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{**line, "path": str(line["path"]).removeprefix(f"{folder}/")} for line in lines]

    told = {**report, "files": bare(report["files"]), "problems": bare(report["problems"])}
    if "preview" in report:
        told["preview"] = with_paths(report["preview"], lambda path: path.removeprefix(f"{folder}/"))
    return told
