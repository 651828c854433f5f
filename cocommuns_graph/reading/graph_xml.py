"""GraphML and GEXF as a stream of nodes and ties, whoever wrote them; nothing outside the file is read.

Only what says who is tied to whom and what is known of them is taken: drawing is passed over, nested graphs
become flat, and of a value that changes over time the last one stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading.graph_form import INSTRUCTION

ROOTS = ("graphml", "gexf")
_BLOCK = 1 << 16
_LARGEST_FILE = 1 << 30
_DEEPEST = 200
_MOST_ATTRIBUTES = 20_000
_LONGEST_TEXT = 64 << 20
# What yEd calls the text it draws on a node or tie.
_DRAWN_LABELS = ("NodeLabel", "EdgeLabel")
_OF_GEXF = frozenset({"label", "weight", "kind", "start", "end", "timestamp", "pid"})

Attributes = dict[str, str]


class NotAGraph(UnreadableFile):
    """The file is XML of another kind."""


@dataclass(slots=True)
class Part:
    """A node or a tie: its number among those of the file, from 1, its ids there, its data by name.

    `direction` is what the file says of this tie alone, empty where it says nothing.
    """

    is_node: bool
    number: int
    id: str
    source: str = ""
    target: str = ""
    direction: str = ""
    data: Attributes = field(default_factory=dict)


@dataclass
class About:
    """What is known of a file once it was read to its end.

    `node_data` and `tie_data` are the names of the data in the order they were met; `instruction` is our own
    processing instruction, empty in files of others.
    """

    kind: str = ""
    encoding: str = "utf-8"
    directed: bool = True
    graphs: int = 0
    nodes: int = 0
    ties: int = 0
    hyperedges: int = 0
    moments: int = 0
    instruction: str = ""
    node_data: dict[str, None] = field(default_factory=dict)
    tie_data: dict[str, None] = field(default_factory=dict)
    directions: set[str] = field(default_factory=set)


def parts(path: Path, about: About | None = None) -> Iterator[Part]:
    """The nodes and ties of a file in the order they end; `about` is filled as they come.

    Raises:
        NotAGraph: it is XML that is neither GraphML nor GEXF.
        UnreadableFile: it is damaged, declares a document type, or is larger or deeper than a network needs.
    """
    reader = _Reader(path, About() if about is None else about)
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise UnreadableFile(f"{path} is larger than {_LARGEST_FILE >> 30} GB, so it was not opened")
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield from reader.feed(block)
        yield from reader.feed(b"", last=True)
    except expat.ExpatError as error:
        raise UnreadableFile(
            f"{path} is damaged XML: line {error.lineno}: {expat.ErrorString(error.code)}"
        ) from error
    except (LookupError, ValueError) as error:
        raise UnreadableFile(f"{path} is written in an encoding that is not known") from error
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from error


class _Reader:
    """The handlers of one pass; parts that have ended wait in `_ready` until the block is done."""

    def __init__(self, path: Path, about: About) -> None:
        self._path = path
        self.about = about
        self._ready: list[Part] = []
        self._depth = 0
        self._open: list[Part] = []
        self._text: list[str] | None = None
        self._length = 0
        self._names: dict[tuple[str, str], str] = {}
        self._defaults: dict[str, Attributes] = {"node": {}, "edge": {}}
        self._booleans: set[tuple[str, str]] = set()
        self._scope = ""
        self._declaring: tuple[str, str] | None = None
        self._datum = ""
        self._datum_depth = 0
        self._drawing = False
        self._begin: Callable[[str, Attributes], None] = self._begin_graphml
        self._finish: Callable[[str], None] = self._finish_graphml
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.XmlDeclHandler = self._declaration
        self._parser = parser

    def feed(self, block: bytes, last: bool = False) -> list[Part]:
        """The parts that ended within a block."""
        self._ready = []
        self._parser.Parse(block, last)
        return self._ready

    # -- any XML --------------------------------------------------------------------------------------

    def _refuse(self, reason: str) -> UnreadableFile:
        return UnreadableFile(f"{self._path} {reason}, so it was not opened")

    def _doctype(self, *_: object) -> None:
        # The one place where entities can be defined, which may unpack to any size or name other files.
        raise self._refuse("declares a document type (<!DOCTYPE ...>); take that declaration out")

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self.about.encoding = (encoding or "utf-8").lower()

    def _instruction(self, target: str, data: str) -> None:
        if target == INSTRUCTION and not self._depth:
            self.about.instruction = data

    def _start(self, name: str, given: Attributes) -> None:
        local = name.rpartition(":")[2]
        self._depth += 1
        if self._depth == 1:
            if local not in ROOTS:
                raise NotAGraph(f"{self._path} is XML, not a table or a network (GraphML, GEXF)")
            self.about.kind = local
            if local == "gexf":
                self._begin, self._finish = self._begin_gexf, self._finish_gexf
        elif self._depth > _DEEPEST:
            raise self._refuse(f"has elements more than {_DEEPEST} deep")
        self._begin(local, given)

    def _end(self, name: str) -> None:
        self._finish(name.rpartition(":")[2])
        self._depth -= 1

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._length += len(text)
            if self._length > _LONGEST_TEXT:
                raise self._refuse(f"holds a text of more than {_LONGEST_TEXT >> 20} million characters")
            self._text.append(text)

    def _listen(self) -> None:
        self._text, self._length = [], 0

    def _heard(self) -> str:
        text, self._text = "".join(self._text or ()), None
        return text

    # -- parts ----------------------------------------------------------------------------------------

    def _begin_part(self, is_node: bool, given: Attributes, direction: str) -> None:
        about = self.about
        if is_node:
            about.nodes += 1
            part = Part(True, about.nodes, given.get("id", ""))
        else:
            about.ties += 1
            part = Part(False, about.ties, given.get("id", ""), given.get("source", ""))
            part.target, part.direction = given.get("target", ""), direction
            if direction:
                about.directions.add(direction)
        self._open.append(part)

    def _finish_part(self) -> None:
        part = self._open.pop()
        defaults = self._defaults["node" if part.is_node else "edge"]
        data = {**defaults, **part.data} if defaults else part.data
        part.data = data
        known = self.about.node_data if part.is_node else self.about.tie_data
        for name in data:
            known.setdefault(name)
        if len(known) > _MOST_ATTRIBUTES:
            raise self._refuse(f"has more than {_MOST_ATTRIBUTES:,} attributes")
        self._ready.append(part)

    def _declare(self, scope: str, id_: str, name: str, type_: str) -> None:
        for each in ("node", "edge") if scope == "all" else (scope,):
            self._names[each, id_] = name or id_
            if type_.lower() == "boolean":
                self._booleans.add((each, id_))

    def _put(self, part: Part, id_: str, text: str) -> None:
        key = ("node" if part.is_node else "edge", id_)
        if key in self._booleans:
            text = text.strip().lower()
        name = self._names.get(key, id_)
        if name in part.data and self.about.kind == "gexf":
            self.about.moments += 1
        part.data[name] = text

    def _default(self, scope: str, id_: str, text: str) -> None:
        for each in ("node", "edge") if scope == "all" else (scope,):
            if each in self._defaults and text.strip():
                part = Part(each == "node", 0, "")
                self._put(part, id_, text)
                self._defaults[each].update(part.data)

    # -- GraphML --------------------------------------------------------------------------------------

    def _begin_graphml(self, name: str, given: Attributes) -> None:
        if self._datum_depth:
            self._begin_inside_data(name)
        elif name == "node" or name == "edge":
            self._begin_part(name == "node", given, _direction(given.get("directed", "")))
        elif name == "data" and self._open:
            self._datum, self._datum_depth = given.get("key", ""), self._depth
            self._listen()
        elif name == "key":
            scope = given.get("for", "all")
            self._declaring = (scope, given.get("id", ""))
            self._declare(scope, given.get("id", ""), given.get("attr.name", ""), given.get("attr.type", ""))
        elif name == "default" or (name == "desc" and self._open):
            self._listen()
        elif name == "graph":
            self.about.graphs += 1
            if self.about.graphs == 1:
                self.about.directed = given.get("edgedefault", "directed") != "undirected"
        elif name == "hyperedge":
            self.about.hyperedges += 1

    def _begin_inside_data(self, name: str) -> None:
        """Within data other programs draw: of that only the text on a node or tie is taken."""
        self._take_drawn_label()
        self._text = None
        if name in _DRAWN_LABELS:
            self._drawing = True
            self._listen()

    def _take_drawn_label(self) -> None:
        if self._drawing and self._text is not None:
            self._open[-1].data.setdefault("label", self._heard().strip())
        self._drawing = False

    def _finish_graphml(self, name: str) -> None:
        if self._datum_depth:
            if self._drawing:
                self._take_drawn_label()
            elif self._depth == self._datum_depth:
                if self._text is not None:
                    self._put(self._open[-1], self._datum, self._heard())
                self._datum_depth = 0
        elif name == "node" or name == "edge":
            self._finish_part()
        elif name == "default" and self._declaring:
            self._default(*self._declaring, self._heard())
        elif name == "key":
            self._declaring = None
        elif name == "desc" and self._open:
            self._open[-1].data.setdefault("description", self._heard())

    # -- GEXF -----------------------------------------------------------------------------------------

    def _begin_gexf(self, name: str, given: Attributes) -> None:
        if name == "node" or name == "edge":
            self._begin_part(name == "node", given, given.get("type", "").lower() if name == "edge" else "")
            part = self._open[-1]
            part.data.update((key, text) for key, text in given.items() if key in _OF_GEXF)
        elif name == "attvalue" and self._open:
            self._put(self._open[-1], given.get("for") or given.get("id", ""), given.get("value", ""))
        elif name == "attributes":
            self._scope = given.get("class", "")
        elif name == "attribute":
            self._declaring = (self._scope, given.get("id", ""))
            self._declare(self._scope, given.get("id", ""), given.get("title", ""), given.get("type", ""))
        elif name == "default" and self._declaring:
            self._listen()
        elif name == "graph":
            self.about.graphs += 1
            if self.about.graphs == 1:
                self.about.directed = given.get("defaultedgetype", "undirected") != "undirected"

    def _finish_gexf(self, name: str) -> None:
        if name == "node" or name == "edge":
            self._finish_part()
        elif name == "default" and self._declaring:
            self._default(*self._declaring, self._heard())
        elif name == "attribute":
            self._declaring = None


def _direction(directed: str) -> str:
    """GraphML's word for one tie in the words of GEXF."""
    return {"true": "directed", "false": "undirected"}.get(directed.strip().lower(), "")
