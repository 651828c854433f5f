"""Networks as text of their own kind: GML of Gephi and networkx, VNA of NetDraw; nodes and ties of each.

Drawing is passed over, as in GraphML and GEXF. A file is read into memory, so its size is bounded.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading.encodings import detect_encoding
from cocommuns_graph.reading.graph_tables import network_tables
from cocommuns_graph.reading.graph_xml import About, Part
from cocommuns_graph.reading.tables import Table

GML, VNA = ".gml", ".vna"
_LARGEST_FILE = 128 << 20
_DEEPEST = 50
_TOKEN = re.compile(
    r"""(?P<blank>\s+|\#[^\n]*)|(?P<text>"[^"]*")|(?P<open>\[)|(?P<close>\])|(?P<word>[^\s\[\]"]+)"""
)
_GML_START = re.compile(
    r'(?:\s|#[^\n]*\n|(?:Creator|Version|comment)\s+(?:"[^"]*"|[^\s"]+)\s)*graph\s*\[', re.IGNORECASE
)
_DRAWING = frozenset({"graphics", "labelgraphics"})

Values = dict[str, str]
_Begun = tuple[str, list[tuple[str, "str | _Begun"]]]


def is_gml(start: bytes) -> bool:
    """Whether a file begins as GML does: comments or a creator, then a graph in brackets."""
    return _GML_START.match(start.removeprefix(b"\xef\xbb\xbf").decode("latin-1")) is not None


def is_vna(start: bytes) -> bool:
    """Whether a file begins with a section of a VNA file."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return text.startswith((b"*node data", b"*tie data", b"*node properties"))


def open_gml(path: Path, notes: list[str]) -> list[Table]:
    """The nodes and ties of a GML file.

    Raises UnreadableFile where it is damaged, too large or has no node in it.
    """
    return _tables(path, notes, _gml)


def open_vna(path: Path, notes: list[str]) -> list[Table]:
    """The nodes and ties of a VNA file.

    Raises UnreadableFile where it is damaged, too large or has no node in it.
    """
    return _tables(path, notes, _vna)


def _tables(path: Path, notes: list[str], read: Callable[[Path, str, About], list[Part]]) -> list[Table]:
    if path.stat().st_size > _LARGEST_FILE:
        raise UnreadableFile(f"{path} is larger than {_LARGEST_FILE >> 20} MB, so it was not opened")
    encoding = detect_encoding(path)
    about = About(encoding=encoding.name, graphs=1)
    found = read(path, path.read_text(encoding=encoding.name, errors=encoding.errors), about)
    about.nodes = sum(part.is_node for part in found)
    about.ties = len(found) - about.nodes
    if not about.nodes:
        raise UnreadableFile(f"{path} has no node in it")
    for part in found:
        data = about.node_data if part.is_node else about.tie_data
        data.update(dict.fromkeys(part.data))
        if part.direction:
            about.directions.add(part.direction)
    said = [*notes, *([encoding.note] if encoding.note else [])]
    return network_tables(path, about, lambda: iter(found), said)


def _gml(path: Path, text: str, about: About) -> list[Part]:
    found: list[Part] = []
    directed = False
    nodes = ties = 0
    for name, graph in _blocks(path, text):
        if name != "graph" or isinstance(graph, str):
            continue
        for key, value in graph[1]:
            if key == "directed" and isinstance(value, str):
                directed = value not in ("0", "0.0", "false")
            elif key in ("node", "edge") and not isinstance(value, str):
                nodes, ties = nodes + (key == "node"), ties + (key == "edge")
                found.append(_gml_part(path, key == "node", nodes if key == "node" else ties, value))
    about.directed = directed
    return found


def _gml_part(path: Path, is_node: bool, number: int, block: _Begun) -> Part:
    data = dict(_flat(block))
    if is_node:
        if "id" not in data:
            raise UnreadableFile(f"{path} is damaged GML: node {number} has no id")
        return Part(True, number, data.pop("id"), data=data)
    if "source" not in data or "target" not in data:
        raise UnreadableFile(f"{path} is damaged GML: edge {number} has no source or no target")
    return Part(False, number, data.pop("id", ""), data.pop("source"), data.pop("target"), data=data)


def _flat(block: _Begun, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The values of a block by name, those of blocks in it behind the names of these."""
    for name, value in block[1]:
        if name in _DRAWING:
            continue
        if isinstance(value, str):
            yield f"{prefix}{name}", value
        else:
            yield from _flat(value, f"{prefix}{name}.")


def _blocks(path: Path, text: str) -> list[tuple[str, str | _Begun]]:
    """The names and values of a GML text, a block being a list of such again."""
    whole: _Begun = ("", [])
    begun = [whole]
    name = ""
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise UnreadableFile(f"{path} is damaged GML: {_line(text, at)} opens a text that does not end")
        at, kind = match.end(), match.lastgroup
        if kind == "blank":
            continue
        if kind == "close":
            if len(begun) == 1 or name:
                raise UnreadableFile(f"{path} is damaged GML: {_line(text, at)} has a ] too many")
            begun.pop()
        elif kind == "word" and not name:
            name = match[0].lower() if len(begun) < 3 else match[0]
        elif not name:
            raise UnreadableFile(f"{path} is damaged GML: {_line(text, at)} has a value without a name")
        elif kind == "open":
            if len(begun) > _DEEPEST:
                raise UnreadableFile(f"{path} is nested deeper than {_DEEPEST} levels")
            block: _Begun = (name, [])
            begun[-1][1].append((name, block))
            begun.append(block)
            name = ""
        else:
            value = html.unescape(match[0][1:-1]) if kind == "text" else match[0]
            begun[-1][1].append((name, value))
            name = ""
    if len(begun) > 1:
        raise UnreadableFile(f"{path} is damaged GML: it ends before its last bracket is closed")
    return whole[1]


def _line(text: str, at: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1}"


def _vna(path: Path, text: str, about: About) -> list[Part]:
    nodes: dict[str, Part] = {}
    ties: list[Part] = []
    section = ""
    columns: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = _vna_cells(path, line, number)
        if line.lstrip().startswith("*"):
            section, columns = " ".join(line.split()).lower(), []
        elif not cells:
            continue
        elif not columns:
            columns = cells
        elif section == "*node data":
            data = dict(zip(columns[1:], cells[1:], strict=False))
            nodes.setdefault(cells[0], Part(True, len(nodes) + 1, cells[0], data=data))
        elif section == "*tie data":
            if len(cells) < 2:
                raise UnreadableFile(f"{path} is damaged VNA: line {number} has a tie of one end")
            data = dict(zip(columns[2:], cells[2:], strict=False))
            ties.append(Part(False, len(ties) + 1, "", cells[0], cells[1], data=data))
        elif section == "*node properties":
            label = dict(zip(columns, cells, strict=False)).get("shortlabel", "")
            known = nodes.setdefault(cells[0], Part(True, len(nodes) + 1, cells[0]))
            if label and label != cells[0]:
                known.data.setdefault("label", label)
    for tie in ties:
        for end in (tie.source, tie.target):
            nodes.setdefault(end, Part(True, len(nodes) + 1, end))
    return [*nodes.values(), *ties]


def _vna_cells(path: Path, line: str, number: int) -> list[str]:
    try:
        cells = next(csv.reader([line.strip()], delimiter=" ", skipinitialspace=True), [])
    except csv.Error as error:
        raise UnreadableFile(f"{path} is damaged VNA: line {number}: {error}") from error
    return cells if any(cells) else []
