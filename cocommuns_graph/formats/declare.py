"""What a format says, once it is known to fit the model: files, nodes, links, where their values are from."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from cocommuns_graph.formats.naming import Headers, called_as, column_key
from cocommuns_graph.model import Scalar


@dataclass(frozen=True)
class ValueSpec:
    """Where a value comes from and what is done to the text of its cell before the model cleans it.

    The first of `columns` that is not empty counts, after them the filled ones of `join` with blanks between
    them; `every` makes one list of all columns that answer to these names. `template` is text with `{column}`
    in it; `literal` needs no column; `default` stands in for an empty cell. `split` holds groups of separator
    characters: the cell is cut at every character of the first group that occurs in it (a `|` cuts always).
    `contacts` cuts a list into the e-mail addresses and telephone numbers in it and what else there is.
    `trim` are characters taken off both ends, `values` other words for cells, `skip` cells that count as
    empty, `only` the cells that do not. `dates` are the strptime patterns dates are written in. `html` turns
    markup into plain text, `lower` writes in lower case. With `keep` the columns after the first that is
    there are also kept under their own names, as those that nobody declared.
    """

    columns: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    every: bool = False
    contacts: bool = False
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
    keep: bool = False

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
    those `--label` may choose from. The cell of `label_column`, if it is one of `label_words`, says which
    label the node of a row has, unless one was chosen.
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
    label_column: str = ""
    label_words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EndSpec:
    """One end of a link: a node of the same row, an id that must exist, or a name to be looked up.

    Exactly one of `node`, `id` and `mention` says which; `value` gives the name that `mention`, a label, is
    looked up by; `properties` are given to it where it is created, which is noted where `tell_new`. `make`
    are the labels, the usual one first, that a node of an `id` nothing has may be made of, in a file beside
    which no table of nodes lies.
    """

    node: str = ""
    id: ValueSpec | None = None
    mention: str = ""
    value: ValueSpec | None = None
    properties: Mapping[str, Scalar] = field(default_factory=dict)
    tell_new: bool = False
    make: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkSpec:
    """One or more links a row claims, one for each pair of starts and ends.

    `type` is what links are where `type_column` is absent, empty or, with `else_property`, holds no type of
    the model: its text then is that property, but for the words `no_type`. A `required` link rejects the row
    that lacks an end of it; a row that has the node `unless` makes no such link.
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
    unless: str = ""
    no_type: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MentionSpec:
    """A record that a row claims to exist by its name alone, in rows that lack the node `unless`.

    `properties` are given to it only where nothing has the name and it is created.
    """

    label: str
    value: ValueSpec
    unless: str = ""
    properties: Mapping[str, ValueSpec] = field(default_factory=dict)


@dataclass(frozen=True)
class ColumnRule:
    """Columns by which a file is known whatever it is called.

    All of `has` are there, `at_least` of `some_of`, and none of `without`. Where `last`, only a file that
    nothing else claims is meant.
    """

    has: tuple[str, ...]
    some_of: tuple[str, ...] = ()
    at_least: int = 0
    without: tuple[str, ...] = ()
    last: bool = False

    def fits(self, headers: Headers) -> bool:
        """Whether the columns of a table are as the rule says."""
        return (
            headers.has_all(self.has)
            and sum(headers.find(name) is not None for name in self.some_of) >= self.at_least
            and not any(headers.find(name) for name in self.without)
        )

    @property
    def strength(self) -> int:
        """How strongly the rule claims a file: the more the more columns it asks for."""
        return 0 if self.last else len(self.has) + self.at_least


@dataclass(frozen=True)
class CitationSpec:
    """The columns that say which document a row was taken from, at which line and in which words."""

    document: str
    line: str = ""
    words: str = ""


class Strength(NamedTuple):
    """How strongly a kind of file claims a table; `asked` is 0 where anything else goes before it."""

    by_name: bool
    asked: int


@dataclass(frozen=True)
class FileSpec:
    """One kind of file: how it is recognised and what its rows claim.

    `names` are patterns for its name without the ending; `columns` must all be there, and one of `one_of`.
    `rules` say by which columns it is known whatever its name; `yields_to` are formats whose rules go before
    this file's name. `namespace_from_name` takes what `*` of the pattern stands for as namespace,
    `namespace_from_file` the name of the file as a whole unless a table of nodes is beside, and
    `shares_namespace_with` that of the file of such a name whose own begins this one's. `beside` is the name
    of another file without which this one is not claimed. `headers` are other names of columns,
    `fallback_headers` those that count only where none of `one_of` is there, `filler` words in a column's
    name that say nothing, `blank` cells that count as empty. Columns that nothing uses become undeclared
    properties of the first node, or else of the first link, unless in `ignore`.
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
    one_of: tuple[str, ...] = ()
    rules: tuple[ColumnRule, ...] = ()
    yields_to: tuple[str, ...] = ()
    mentions: tuple[MentionSpec, ...] = ()
    filler: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    fallback_headers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    namespace_from_file: bool = False

    def headers_of(self, columns: Sequence[str]) -> Headers:
        """The columns of a table under the names this kind of file has for them."""
        if self.ignore and self.headers:
            ignored = set(self.ignored(columns))
            columns = [column for column in columns if column not in ignored]
        found = Headers(columns, self.headers, self.filler)
        if self.fallback_headers and not any(map(found.find, self.one_of)):
            names = {*self.headers, *self.fallback_headers}
            more = {
                name: (*self.headers.get(name, ()), *self.fallback_headers.get(name, ())) for name in names
            }
            found = Headers(columns, more, self.filler)
        return found

    def pattern_for(self, name: str) -> str | None:
        """The first pattern that a file of that name, without its ending, answers to; None if none does."""
        folded = name.casefold()
        return next((each for each in self.names if fnmatch.fnmatchcase(folded, each.casefold())), None)

    def has_columns(self, columns: Sequence[str]) -> bool:
        """Whether the columns this kind of file must have are all there."""
        return self._has_columns(self.headers_of(columns))

    def _has_columns(self, headers: Headers) -> bool:
        return headers.has_all(self.columns) and (
            not self.one_of or any(headers.find(name) for name in self.one_of)
        )

    def ignored(self, columns: Sequence[str]) -> list[str]:
        """The columns of a table that are not kept because they repeat others."""
        if not self.headers:
            return [column for column in columns if column_key(column) in self.ignore]
        return called_as(columns, self.ignore, self.filler)

    @property
    def asked(self) -> int:
        """How many columns it must have."""
        return len(self.columns) + bool(self.one_of)

    @property
    def needs(self) -> str:
        """The columns it must have, in words."""
        return ", ".join([*self.columns, *([" or ".join(self.one_of)] if self.one_of else [])])

    def claim_on(self, name: str, columns: Sequence[str]) -> Strength | None:
        """How strongly this kind of file claims a table of that name and those columns; None if it does not.

        By name goes before by columns alone; otherwise it is the more the more columns it asks for.
        """
        headers = self.headers_of(columns)
        if not self._has_columns(headers):
            return None
        pattern = self.pattern_for(name)
        if pattern is not None:
            return Strength(True, 3 * self.asked + (1 if set(pattern) & set("*?[") else 2))
        fitting = [rule.strength for rule in self.rules if rule.fits(headers)]
        return Strength(False, max(fitting)) if fitting else None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels `--label` may choose from for this kind of file."""
        made = (label for link in self.links for end in (link.start, link.end) for label in end.make)
        return tuple(dict.fromkeys([*(label for node in self.nodes for label in node.labels), *made]))


@dataclass(frozen=True)
class LeftAside:
    """Files of a source that are known and not read, and why; where `quiet` nothing is said about them."""

    names: tuple[str, ...]
    reason: str
    quiet: bool = False

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
