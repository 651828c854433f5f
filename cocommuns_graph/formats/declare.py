"""What a format says, once it is known to fit the model: files, nodes, links, where their values are from."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cocommuns_graph.formats.naming import Headers
from cocommuns_graph.model import Scalar


@dataclass(frozen=True)
class ValueSpec:
    """Where a value comes from and what is done to the text of its cell before the model cleans it.

    The first of `columns` that is not empty counts; `template` is text with `{column}` in it; `literal`
    needs no column; `default` stands in for an empty cell. `split` holds groups of separator characters: the
    cell is cut at every character of the first group that occurs in it (a `|` cuts always). `trim` are
    characters taken off both ends, `values` other words for cells, `skip` cells that count as empty, `only`
    the cells that do not. `dates` are the strptime patterns dates are written in. `html` turns markup into
    plain text, `lower` writes in lower case.
    """

    columns: tuple[str, ...] = ()
    literal: Scalar | None = None
    template: str = ""
    default: str = ""
    split: tuple[str, ...] = ()
    trim: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    skip: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    dates: tuple[str, ...] = ()
    html: bool = False
    lower: bool = False

    @property
    def plain(self) -> bool:
        """Whether the cell of one column is taken as it is."""
        return self == ValueSpec(columns=self.columns[:1])


Match = Literal["no", "yes", "fits"]
"""Whether columns called as properties are those properties: never, always, or if half of their cells fit."""


@dataclass(frozen=True)
class NodeSpec:
    """One node a row claims.

    `id` is None where the id always comes from the name. `derive` lets an empty id cell do so too. `declared`
    takes in every column called as a property of the label. `extra` are values for properties the model does
    not declare. Without `required` a row in which the node has neither id nor name is fine. `labels` are
    those `--label` may choose from.
    """

    name: str
    label: str
    id: ValueSpec | None = None
    fold_id: bool = False
    derive: bool = False
    properties: Mapping[str, ValueSpec] = field(default_factory=dict)
    extra: Mapping[str, ValueSpec] = field(default_factory=dict)
    declared: Match = "no"
    required: bool = True
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class EndSpec:
    """One end of a link: a node of the same row, an id that must exist, or a name to be looked up.

    Exactly one of `node`, `id` and `mention` says which; `value` gives the name that `mention`, a label, is
    looked up by; `properties` are given to it where it is created.
    """

    node: str = ""
    id: ValueSpec | None = None
    mention: str = ""
    value: ValueSpec | None = None
    properties: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True)
class LinkSpec:
    """One or more links a row claims, one for each pair of starts and ends.

    `type` is what links are where `type_column` is absent, empty or, with `else_property`, holds no type of
    the model: its text then is that property. A `required` link rejects the row that lacks an end of it.
    """

    start: EndSpec
    end: EndSpec
    type: str = ""
    type_column: str = ""
    else_property: str = ""
    properties: Mapping[str, ValueSpec] = field(default_factory=dict)
    extra: Mapping[str, ValueSpec] = field(default_factory=dict)
    declared: Match = "no"
    required: bool = False


@dataclass(frozen=True)
class CitationSpec:
    """The columns that say which document a row was taken from, at which line and in which words."""

    document: str
    line: str = ""
    words: str = ""


@dataclass(frozen=True)
class FileSpec:
    """One kind of file: how it is recognised and what its rows claim.

    `names` are patterns for its name without the ending; `columns` must all be there. `namespace_from_name`
    takes what `*` of the pattern stands for as namespace, and `shares_namespace_with` that of the file of
    such a name whose own begins this one's. `beside` is the name of another file without which this one is
    not claimed; with the columns of `any_name_with` it is claimed whatever its name. Columns that nothing
    uses become undeclared properties of the first node, or else of the first link, unless in `ignore`.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...]
    nodes: tuple[NodeSpec, ...] = ()
    links: tuple[LinkSpec, ...] = ()
    headers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    citation: CitationSpec | None = None
    namespace_from_name: bool = False
    shares_namespace_with: str = ""
    beside: str = ""
    any_name_with: tuple[str, ...] = ()

    def pattern_for(self, name: str) -> str | None:
        """The first pattern that a file of that name, without its ending, answers to; None if none does."""
        folded = name.casefold()
        return next((each for each in self.names if fnmatch.fnmatchcase(folded, each.casefold())), None)

    def has_columns(self, columns: Sequence[str]) -> bool:
        """Whether the columns this kind of file must have are all there."""
        return Headers(columns, self.headers).has_all(self.columns)

    def claim_on(self, name: str, columns: Sequence[str]) -> int:
        """How strongly this kind of file claims a table of that name and those columns; 0 if it does not.

        It is the more the more columns it asks for, and more by name than by columns alone.
        """
        headers = Headers(columns, self.headers)
        if not headers.has_all(self.columns):
            return 0
        pattern = self.pattern_for(name)
        if pattern is not None:
            return 3 * len(self.columns) + (1 if set(pattern) & set("*?[") else 2)
        return (
            3 * len(self.any_name_with) if self.any_name_with and headers.has_all(self.any_name_with) else 0
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels `--label` may choose from for this kind of file."""
        return tuple(dict.fromkeys(label for node in self.nodes for label in node.labels))


@dataclass(frozen=True)
class LeftAside:
    """Files of a source that are known and not read, and why."""

    names: tuple[str, ...]
    reason: str

    def claims(self, name: str) -> bool:
        """Whether a file of that name, without its ending, is meant."""
        return any(fnmatch.fnmatchcase(name.casefold(), pattern.casefold()) for pattern in self.names)


@dataclass(frozen=True)
class Format:
    """A named way to read the files of one source; its files are read in the order they are declared."""

    name: str
    title: str
    description: str
    namespace: str
    files: tuple[FileSpec, ...]
    left_aside: tuple[LeftAside, ...] = ()
    path: Path | None = None
