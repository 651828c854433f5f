"""Refuses workbooks that are made to exhaust memory or time, before anything unpacks them."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from cocommuns_graph.model.errors import UnreadableFile

_MOST_UNPACKED = 1 << 30
_LARGE = 16 << 20
_MOST_RATIO = 200
_MOST_MEMBERS = 10_000
_BLOCK = 1 << 14


class _RootReached(Exception):
    pass


def check_workbook(path: Path) -> None:
    """Raise UnreadableFile unless the file is a sound zip archive of an .xlsx workbook of reasonable size.

    A member that unpacks to more than 200 times its size or a document type declaration, the only place
    where XML entities can be defined, is refused: spreadsheets write neither.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_sizes(path, members)
            _check_kind(path, {member.filename for member in members})
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check_declarations(path, archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableFile(f"{path} is a damaged workbook: its archive cannot be unpacked") from error


def _check_sizes(path: Path, members: list[zipfile.ZipInfo]) -> None:
    bomb = any(
        member.file_size > _LARGE and member.file_size > _MOST_RATIO * max(1, member.compress_size)
        for member in members
    )
    total = sum(member.file_size for member in members)
    if bomb or total > _MOST_UNPACKED or len(members) > _MOST_MEMBERS:
        raise UnreadableFile(
            f"{path} unpacks to {total >> 20} MB from {path.stat().st_size >> 10} kB, "
            "more than a table needs, so it was not opened"
        )


def _check_kind(path: Path, names: set[str]) -> None:
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        if any(name.endswith("workbook.bin") for name in names):
            raise UnreadableFile(f"{path} is a binary workbook (.xlsb); save it as .xlsx or .csv")
        return
    if "mimetype" in names and "content.xml" in names:
        raise UnreadableFile(f"{path} is an OpenDocument file; save it as .xlsx or .csv")
    raise UnreadableFile(f"{path} is a zip archive, not a workbook; unpack it first")


def _check_declarations(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a member up to its root element, before which a document type would be declared."""

    def refuse(*_: object) -> None:
        raise UnreadableFile(f"{path} holds XML that declares a document type, so it was not opened")

    def stop(*_: object) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        with archive.open(member) as file:
            while block := file.read(_BLOCK):
                parser.Parse(block, False)
    except _RootReached:
        return
    except expat.ExpatError as error:
        raise UnreadableFile(f"{path} is a damaged workbook: {member.filename} is not XML") from error
