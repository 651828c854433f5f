"""Files and folders become tables that formats read, in the order that the formats declare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cocommuns_graph.formats import BoundFile, Format, built_in, format_named
from cocommuns_graph.importing.choose import (
    Claim,
    choose,
    choose_within,
    left_aside,
    name_of,
    names_beside,
    namespace_of,
    nodes_beside,
    shown_path,
    unclaimed,
)
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.claims import Problem, Row
from cocommuns_graph.model.errors import CocommunsError, UnreadableFile
from cocommuns_graph.reading import Table, as_network, is_rejects, open_tables, table_files

_NAMESPACE = re.compile(r"[\w.][\w .&+-]*")


@dataclass
class Source:
    """A table that was found: the format that reads it and its rows, or no format and the reason."""

    path: str
    table: Table | None = None
    format: Format | None = None
    bound: BoundFile | None = None
    place: int = 0
    label: str = ""

    @property
    def namespace(self) -> str:
        """What ids of this table have before them."""
        return self.bound.namespace if self.bound else ""

    def as_dict(self) -> dict[str, object]:
        """How the file was read, in the shape of the JSON contract, without the counts of its rows."""
        table = self.table
        return {
            "path": self.path,
            "format": self.format.name if self.format else None,
            "encoding": table.encoding if table else None,
            "delimiter": table.delimiter if table else None,
            "header_line": table.header_line if table else None,
            "namespace": self.namespace,
        }


@dataclass
class Reading:
    """Everything that was found: `sources` in the order they are read, `problems` of files as a whole.

    `rows` are the claims of all sources, read from the files each time they are asked for.
    """

    sources: list[Source]
    problems: list[Problem] = field(default_factory=list)

    @property
    def claimed(self) -> list[Source]:
        """The sources a format reads."""
        return [source for source in self.sources if source.bound is not None]

    @property
    def files(self) -> list[dict[str, object]]:
        """How each file was read, without the counts of its rows."""
        return [source.as_dict() for source in self.sources]

    @property
    def table_names(self) -> frozenset[str]:
        """The names by which rows of these sources are cited in `sources[]`.

        Exports of the inventory are left out: they hold what others said, and perhaps not all of it.
        """
        return frozenset(
            source.table.name
            for source in self.claimed
            if source.table is not None and source.bound is not None and not source.bound.is_export
        )

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the sources a format reads."""
        return tuple(source.path for source in self.claimed)

    def rows(self) -> Iterator[Row]:
        """The claims of every row of every source.

        Raises:
            UnreadableFile: a file changed or failed while it was read.
        """
        for source in self.claimed:
            assert source.bound is not None
            yield from source.bound.rows()


@dataclass(frozen=True)
class _Found:
    path: str
    table: Table | None
    named: bool
    problem: str = ""


def read(
    paths: Sequence[str | Path],
    *,
    format: str | Path | None = None,
    namespace: str | None = None,
    label: str | None = None,
) -> Reading:
    """Finds the tables of files and folders and the format of each; nothing but their beginnings is read yet.

    `format` is a format's name or the path of a .toml file, `namespace` replaces that of the formats, `label`
    that of nodes whose format lets it be chosen. A file in a folder that no format reads is a source without
    format; one that is named is refused.

    Raises:
        CocommunsError: a path is missing, unreadable or not understood, or an option does not fit.
    """
    only = format_named(format) if format else None
    wanted = _label(label)
    _check_namespace(namespace)
    opened = [each for each in _unique(_open(Path(path)) for path in paths) if not _is_silent(each.table)]
    found = [each for one in opened for each in _networks_in(one, only)]
    names = {name_of(each.table) for each in found if each.table is not None}
    reading = Reading([])
    for each in found:
        source = _source(each, only, wanted, namespace, names)
        reading.sources.append(source)
        reading.problems += _notes(source, each.problem)
    _check_something(reading, paths, wanted)
    order = {format_.name: place for place, format_ in enumerate(built_in())}
    reading.sources.sort(key=lambda source: _place(source, order))
    places = {source.path: place for place, source in enumerate(reading.sources)}
    reading.problems.sort(key=lambda problem: places[problem.path])
    return reading


def _place(source: Source, order: dict[str, int]) -> tuple[object, ...]:
    if source.format is None:
        return (len(order) + 1, "", 0, source.path)
    return (order.get(source.format.name, len(order)), source.format.name, source.place, source.path)


def _label(label: str | None) -> str:
    if not label:
        return ""
    known = {each.casefold(): each for each in MODEL.labels}
    if label.strip().casefold() not in known:
        accepted = ", ".join(sorted(known))
        raise CocommunsError(f"--label {label!r} is no kind of record; accepted: {accepted}")
    return known[label.strip().casefold()]


def _check_namespace(namespace: str | None) -> None:
    if namespace and not _NAMESPACE.fullmatch(namespace):
        raise CocommunsError(
            f"--namespace {namespace!r} cannot be put before ids; use letters, digits, '.', '_' and '-'"
        )


def _unique(opened: Iterable[Iterable[_Found]]) -> Iterator[_Found]:
    """Each table once, however often its file is named; a file that is named counts as named."""
    known: dict[tuple[Path, str], _Found] = {}
    for group in opened:
        for each in group:
            name = each.table.name if each.table else ""
            key = (Path(each.table.path if each.table else each.path).resolve(), name)
            if key not in known or (each.named and not known[key].named):
                known[key] = each
    yield from known.values()


def _open(path: Path) -> Iterator[_Found]:
    if not path.is_dir():
        for table in open_tables(path):
            yield _Found(shown_path(table), table, named=True)
        return
    files = table_files(path)
    if not files:
        raise UnreadableFile(f"the folder {path} has no files in it")
    for file in files:
        try:
            tables = open_tables(file)
        except UnreadableFile as error:
            yield _Found(str(file), None, named=False, problem=str(error).removeprefix(f"{file} "))
            continue
        for table in tables:
            yield _Found(shown_path(table), table, named=False)


def _networks_in(found: _Found, only: Format | None) -> Iterator[_Found]:
    """A matrix or list of neighbours that no format claims as its nodes and edges; all else as it is."""
    table = found.table
    if only is not None or table is None or is_rejects(table.meta) or _is_claimed(table):
        yield found
        return
    for each in as_network(table):
        yield found if each is table else replace(found, path=shown_path(each), table=each)


def _is_claimed(table: Table) -> bool:
    try:
        return bool(choose(table, built_in(), names_beside(table.path)) or left_aside(table, built_in()))
    except CocommunsError:
        return True


def _source(found: _Found, only: Format | None, label: str, namespace: str | None, names: set[str]) -> Source:
    table = found.table
    if table is None:
        return Source(found.path)
    beside = names | names_beside(table.path)
    claim = _claim(table, only, label, beside, found.named)
    if claim is None:
        return Source(found.path, table)
    own_label = label
    if is_rejects(table.meta):
        own_label = label or table.meta.get("label", "")
        chosen = table.meta.get("namespace", "") if namespace is None else namespace
    else:
        chosen = namespace_of(claim, name_of(table), beside, table.path) if namespace is None else namespace
    own_label = own_label if own_label in claim.file.labels else ""
    alone = not nodes_beside(claim, name_of(table), beside)
    bound = BoundFile(
        claim.file, table, MODEL, path=found.path, namespace=chosen, label=own_label, alone=alone
    )
    return Source(found.path, table, claim.format, bound, claim.place, own_label)


def _is_silent(table: Table | None) -> bool:
    """Whether a table is one sheet of a workbook that explains the others and is not to be spoken of."""
    if table is None or "/" not in table.name:
        return False
    name = name_of(table)
    return any(aside.quiet and aside.claims(name) for each in built_in() for aside in each.left_aside)


def _claim(table: Table, only: Format | None, label: str, beside: set[str], named: bool) -> Claim | None:
    if only is not None and named:
        return choose_within(table, only, label)
    formats = [only] if only is not None else list(built_in())
    if only is None and is_rejects(table.meta) and table.meta.get("format"):
        return choose_within(table, format_named(table.meta["format"]), table.meta.get("label", ""))
    if left_aside(table, formats):
        return None
    return choose(table, formats, beside)


def _notes(source: Source, problem: str) -> Iterator[Problem]:
    """What is to be known of a file as a whole."""
    table = source.table
    if source.bound is None:
        why = problem or (left_aside(table, built_in()) or unclaimed(table) if table else "")
        yield Problem(source.path, 0, "", "", why, "note")
    for text in table.notes if table and source.bound else ():
        yield Problem(source.path, 0, "", "", text, "note")


def _check_something(reading: Reading, paths: Sequence[str | Path], label: str) -> None:
    reasons = {problem.path: problem.reason for problem in reading.problems}
    for path in map(Path, paths):
        if path.is_dir():
            continue
        own = [source for source in reading.sources if source.table and source.table.path == path]
        if own and not any(source.bound for source in own):
            names = ", ".join(format_.name for format_ in built_in())
            raise UnreadableFile(
                f"{own[0].path}: {reasons[own[0].path]}; name one with --format ({names}, or a .toml file)"
            )
    if not reading.claimed:
        listed = ", ".join(map(str, paths))
        why = "; ".join(f"{Path(source.path).name}: {reasons[source.path]}" for source in reading.sources[:3])
        raise UnreadableFile(f"no table that a format knows is in {listed}{f' ({why})' if why else ''}")
    with_nodes = [source for source in reading.claimed if source.bound and source.bound.spec.nodes]
    if label and with_nodes and not any(source.label or _has(source, label) for source in with_nodes):
        specs = [source.bound.spec for source in with_nodes if source.bound is not None]
        accepted = sorted({each.casefold() for spec in specs for each in spec.labels})
        hint = f"accepted here: {', '.join(accepted)}" if accepted else "leave it out"
        raise CocommunsError(f"--label {label.lower()} does not fit what is imported; {hint}")


def _has(source: Source, label: str) -> bool:
    """Whether a source has nodes of a label whether it is asked for or not."""
    return source.bound is not None and any(node.label == label for node in source.bound.spec.nodes)
