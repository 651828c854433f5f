"""What rows of a file, or a person, claim: the language between a format and the store.

A row claims nodes and links. An end of a link is either an id that must exist (`Existing`) or a name that is
looked up and created where nothing has it (`Mention`). Values are already clean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cocommuns_graph.model.records import Scalar, Value

_SOURCE = re.compile(r"(.+?):\d+(?: \(|$)", re.DOTALL)
_NETWORKS = (".graphml", ".gexf", ".gml", ".vna")
Severity = Literal["error", "warning", "note"]
_ENTERED, _CONFIRMED = "entered by ", "confirmed by "


def source_file(source: str) -> str:
    """The file of a provenance text: `people.csv` of `people.csv:12`; the text itself if it names no row."""
    match = _SOURCE.match(source)
    return match[1] if match else source


def entered_by(who: str) -> str:
    """The provenance text of what a person entered or corrected by hand."""
    return f"{_ENTERED}{who}"


def confirmed_by(who: str) -> str:
    """The provenance text of what a person said is right."""
    return f"{_CONFIRMED}{who}"


def by_whom(source: str) -> str:
    """The person whose correction a provenance text names; empty for any other source."""
    return source.removeprefix(_ENTERED) if source.startswith(_ENTERED) else ""


def position(path: str, row: int) -> str:
    """Where a row is, in words: `line 12`.

    Of a network file, whose rows are counted, `node 3` or `tie 7`; of a JSON file `item 4`.
    """
    file, _, table = path.rpartition("/")
    if file.lower().endswith(".json") or path.lower().endswith(".json"):
        return f"item {row}"
    if not file.lower().endswith(_NETWORKS):
        return f"line {row}"
    return f"tie {row}" if table == "links" or table.endswith("_edges") else f"node {row}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or worth knowing: where it is, what it says, why, and how bad it is.

    An error rejects the row, a warning drops a cell, a note drops nothing. `row` is the line of the file, or
    the number of the node or tie in a network file; 0 for the file as a whole.
    """

    path: str
    row: int
    column: str
    value: str
    reason: str
    severity: Severity

    def as_dict(self) -> dict[str, str | int]:
        """The problem in the shape of the JSON contract."""
        return {
            "path": self.path,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
            "severity": self.severity,
        }

    def sentence(self) -> str:
        """The problem as one sentence for a terminal or a page."""
        where = self.path + (f", {position(self.path, self.row)}" if self.row else "")
        where += f", column {self.column}" if self.column else ""
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Existing:
    """An end that must be in the graph, or in the same import, under one of the labels its link allows.

    `optional` is True for a cell the row can do without: an id that nothing has then drops the link with a
    warning instead of rejecting the row. `made` is the label of the node, called `name`, that is created
    where nothing has the id; empty where it has to be there.
    """

    id: str
    column: str = ""
    optional: bool = False
    made: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An end named by a cell: an existing topic or organisation of that name, else a new one.

    `optional` is True for a cell the row can do without: an ambiguous name then drops the link with a
    warning instead of rejecting the row. `properties` are given to the node only when it is created here,
    which is a note of the row where `told`.
    """

    label: str
    name: str
    namespace: str = ""
    column: str = ""
    optional: bool = True
    properties: Mapping[str, Value] = field(default_factory=dict)
    told: bool = False


End = Existing | Mention


@dataclass(frozen=True, slots=True)
class Revision:
    """What a person says of an element beyond values: that it is new, what goes, what it was when read.

    `new` says whether the element must be new (True) or there already (False). `cleared` are properties to
    take away, `added` and `dropped` items of lists. `expected` are values as the person saw them, None for
    none: a property that changed meanwhile is left as it is, with a warning. `removed` takes a relationship
    out, or a node that nothing links to, as those of product memory. `key` names a relationship by its stored
    key, whatever its properties say.
    """

    new: bool | None = None
    cleared: Collection[str] = ()
    added: Mapping[str, Sequence[Scalar]] = field(default_factory=dict)
    dropped: Mapping[str, Sequence[Scalar]] = field(default_factory=dict)
    expected: Mapping[str, Value | None] = field(default_factory=dict)
    removed: bool = False
    key: str | None = None


@dataclass(slots=True)
class NodeClaim:
    """A node with clean declared and undeclared properties (`id` not among them).

    `derived` is True where the id was made from the name because the file has none. `revision` is what a
    correction by hand says besides; a row of a file says nothing of the kind.
    """

    label: str
    id: str
    properties: dict[str, Value]
    derived: bool = False
    column: str = ""
    revision: Revision | None = None


@dataclass(slots=True)
class LinkClaim:
    """A relationship with its clean properties (`key` not among them); `revision` as for a node."""

    type: str
    start: End
    end: End
    properties: dict[str, Value] = field(default_factory=dict)
    revision: Revision | None = None


@dataclass(slots=True)
class Row:
    """One row of a source and all it claims; written whole or rejected whole.

    `source` is the provenance text put into `sources[]`, such as `people.csv:12`; `path` and `line` say where
    problems are. A row that already has an error arrives with `rejected` True and claims nothing.
    `mentions` are names a row claims to exist without saying more of them in a link.

    `sources` are those an export of the inventory hands on: such a row is a copy of what they say and itself
    a source only of what it changes. `is_copy` says the same of a row whose own sources are not told.
    """

    source: str
    path: str
    line: int
    nodes: Sequence[NodeClaim] = ()
    links: Sequence[LinkClaim] = ()
    problems: list[Problem] = field(default_factory=list)
    rejected: bool = False
    sources: Sequence[str] = ()
    mentions: Sequence[Mention] = ()
    is_copy: bool = False

    def problem(self, column: str, value: object, reason: str, severity: Severity) -> None:
        """Adds a problem of this row; an error rejects it."""
        text = str(value)
        self.problems.append(
            Problem(
                self.path, self.line, column, text if len(text) <= 200 else text[:199] + "…", reason, severity
            )
        )
        if severity == "error":
            self.rejected = True
