"""Files and folders a person names: which can be read as tables, judged by their bytes, not their names."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading.graph_tables import open_graph
from cocommuns_graph.reading.graph_text import GML, VNA, is_gml, is_vna, open_gml, open_vna
from cocommuns_graph.reading.json_tables import open_json
from cocommuns_graph.reading.tables import Table
from cocommuns_graph.reading.text import open_text
from cocommuns_graph.reading.workbook import open_workbook

_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls")
_KNOWN_STARTS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old .xls or a locked workbook; save it as .xlsx or .csv"),
    (b"%PDF", "a PDF document, not a table"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"\x89PNG", "a picture, not a table"),
    (b"\xff\xd8\xff", "a picture, not a table"),
    (b"GIF8", "a picture, not a table"),
    (b"{\\rtf", "a text document, not a table"),
)  # fmt: skip
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_WEB_PAGE_STARTS = (b"<!doctype html", b"<html")
_XML_STARTS = (b"<?xml", b"<graphml", b"<gexf", b"<!doctype graphml", b"<!doctype gexf")
_NETWORK_NAMES = (".graphml", ".gexf")


def open_tables(path: Path) -> list[Table]:
    """The tables of a file: one for text, one a filled sheet for a workbook, nodes and ties for a network.

    JSON has a table for each kind of record in it.

    Raises UnreadableFile with one sentence where there is no such file or it is none of these.
    """
    path = Path(path)
    try:
        _check_regular(path)
        with path.open("rb") as file:
            start = file.read(512)
        if _OPEN_DOCUMENT in start[:100]:
            raise UnreadableFile(f"{path} is an OpenDocument file; save it as .xlsx or .csv")
        if start.startswith(b"PK\x03\x04"):
            return open_workbook(path, _misnamed(path, "a workbook", path.suffix.lower() in _WORKBOOK_NAMES))
        _check_start(path, start)
        if _is_xml(path, start):
            return open_graph(path, _misnamed(path, "a network", path.suffix.lower() in _NETWORK_NAMES))
        ending = path.suffix.lower()
        if is_gml(start) or ending == GML:
            return open_gml(path, _misnamed(path, "GML", ending == GML))
        if is_vna(start):
            return open_vna(path, _misnamed(path, "VNA", ending == VNA))
        if _is_json(path, start):
            return open_json(path, _misnamed(path, "JSON", ending.endswith("json")))
        return open_text(path, _misnamed(path, "text", ending not in _WORKBOOK_NAMES))
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {_reason(error)}") from error


def _misnamed(path: Path, content: str, fits: bool) -> list[str]:
    name = f"called {path.suffix}" if path.suffix else "without an ending"
    return [] if fits else [f"the file is {name} but holds {content}, so it was read as that"]


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _check_regular(path: Path) -> None:
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError as error:
        raise UnreadableFile(f"{path} does not exist") from error
    except ValueError as error:
        raise UnreadableFile(f"{str(path)!r} is not a possible file name") from error
    if stat.S_ISDIR(mode):
        raise UnreadableFile(f"{path} is a folder, not a file")
    if not stat.S_ISREG(mode):
        raise UnreadableFile(f"{path} is a device or a pipe, not a file")


def _check_start(path: Path, start: bytes) -> None:
    for magic, what in _KNOWN_STARTS:
        if start.startswith(magic):
            raise UnreadableFile(f"{path} is {what}")
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.lower().startswith(_WEB_PAGE_STARTS):
        raise UnreadableFile(f"{path} is a web page, not a table")


def _is_json(path: Path, start: bytes) -> bool:
    """Whether the file begins as JSON does and is called so, or begins as records in JSON do."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if path.suffix.lower().endswith("json"):
        return text[:1] in (b"{", b"[")
    return re.match(rb'(?:\[\s*)?\{\s*"[^"]*"\s*:', text) is not None


def _is_xml(path: Path, start: bytes) -> bool:
    """Whether the file is XML by its beginning, or by its name and something like a beginning of XML."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    may_be = text.startswith((b"<", b"\xff\xfe", b"\xfe\xff"))
    return text.startswith(_XML_STARTS) or (may_be and path.suffix.lower() in _NETWORK_NAMES)


def table_files(folder: Path) -> list[Path]:
    """The files of a folder, sorted by name; hidden files and the lock files of spreadsheets are left out."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_file()]
    except FileNotFoundError as error:
        raise UnreadableFile(f"{folder} does not exist") from error
    except (OSError, ValueError) as error:
        reason = _reason(error) if isinstance(error, OSError) else str(error)
        raise UnreadableFile(f"{folder} cannot be read as a folder: {reason}") from error
    return [Path(folder) / name for name in sorted(names) if not name.startswith((".", "~$"))]
