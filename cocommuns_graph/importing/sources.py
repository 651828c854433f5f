"""Files and folders become tables that formats read, in the order that the formats declare."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cocommuns_graph.formats import BoundFile, Format, built_in, column_key, format_named
from cocommuns_graph.formats.guessing import GUESSED, Guess
from cocommuns_graph.importing.checked import checked
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
from cocommuns_graph.importing.garbage import seldom_collected
from cocommuns_graph.importing.guessed import (
    ANY_TABLE,
    Guessed,
    KnowingWhat,
    Told,
    advice,
    columns_of,
    guess_of,
    note_of,
)
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.claims import Problem, Row
from cocommuns_graph.model.errors import CocommunsError, InvalidValue, UnreadableFile
from cocommuns_graph.model.kinds import shorten
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
    guessed: Guessed | None = None

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
            "header_line": (table.header_line or None) if table else None,
            "read_as": table.read_as if table else "",
            "left_aside": [dataclasses.asdict(left) for left in table.aside] if table else [],
            "namespace": self.namespace,
            **self._guessed_as_dict(),
        }

    def _guessed_as_dict(self) -> dict[str, object]:
        if self.guessed is None:
            return {}
        found = self.guessed.guess
        return {"row": found.rows, "confidence": found.confidence, "columns": columns_of(found)}


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
        with seldom_collected():
            for source in self.claimed:
                assert source.bound is not None
                yield from source.bound.rows()


@dataclass(frozen=True)
class _Found:
    path: str
    table: Table | None
    named: bool
    problem: str = ""


@dataclass(frozen=True)
class _Asked:
    """What somebody asks of an import, beside its paths."""

    only: Format | None
    label: str
    namespace: str | None
    own: Sequence[Format]
    told: Mapping[str, Told]
    known: KnowingWhat | None

    def of(self, found: _Found) -> Told:
        """What is told of a table: by its path, or of the columns it has by what is told of any."""
        if own := self.told.get(found.path):
            return own
        there = set(map(column_key, found.table.columns)) if found.table is not None else set()
        columns = self.told.get(ANY_TABLE, Told()).columns
        return Told("", {name: meaning for name, meaning in columns.items() if column_key(name) in there})


def read(
    paths: Sequence[str | Path],
    *,
    format: str | Path | None = None,
    namespace: str | None = None,
    label: str | None = None,
    own: Sequence[Format] = (),
    told: Mapping[str, Told] | None = None,
    known: KnowingWhat | None = None,
) -> Reading:
    """Finds the tables of files and folders and the format of each; nothing but their beginnings is read yet.

    `format` is a format's name or the path of a .toml file, `namespace` replaces that of the formats, `label`
    that of nodes whose format lets it be chosen; of a table that no format claims it says what each row is.
    `own` are formats that go before the built-in ones, `told` what is said of tables by their path (of any
    under `ANY_TABLE`), `known` what the inventory knows by name. A table that no format claims is guessed.
    Where the guess is not sure, one that is named is refused; one in a folder is a source without format, and
    so is every such table in a folder beside tables that a format claims.

    Raises:
        CocommunsError: a path is missing, unreadable or not understood, or an option does not fit.
    """
    only = _named(format, own) if format else None
    wanted = _label(label)
    _check_namespace(namespace)
    opened = [each for each in _unique(_open(Path(path)) for path in paths) if not _is_silent(each.table)]
    found = [each for one in opened for each in _networks_in(one, only)]
    names = {name_of(each.table) for each in found if each.table is not None}
    asked = _Asked(only, wanted, namespace, own, told or {}, known)
    _check_told(asked, found)
    sources = [_source(each, asked, names) for each in found]
    if any(source.bound and not source.guessed for source in sources):
        sources = [
            _left(source) if not each.named else source for each, source in zip(found, sources, strict=True)
        ]
    reading = Reading(sources)
    for each, source in zip(found, sources, strict=True):
        reading.problems += _notes(source, each.problem)
    _check_something(reading, paths, wanted)
    order = {format_.name: place for place, format_ in enumerate(built_in())}
    reading.sources.sort(key=lambda source: _place(source, order))
    places = {source.path: place for place, source in enumerate(reading.sources)}
    reading.problems.sort(key=lambda problem: places[problem.path])
    return reading


@dataclass(frozen=True)
class Looked:
    """A table somebody may say something of: its path, the format that reads it if one does, its guess."""

    path: str
    format: str | None
    guess: Guess


def look(
    paths: Sequence[str | Path],
    *,
    own: Sequence[Format] = (),
    told: Mapping[str, Told] | None = None,
    known: KnowingWhat | None = None,
) -> list[Looked]:
    """The tables of files with the guess of each, whether or not a format claims it; nothing is refused.

    Raises:
        UnreadableFile, InvalidValue: a file cannot be read, or what is told of a table does not fit it.
    """
    asked = _Asked(None, "", None, own, told or {}, known)
    found = [each for each in _unique(_open(Path(path)) for path in paths) if not _is_silent(each.table)]
    looked = []
    for each in found:
        if each.table is not None and each.table.columns:
            claim = _claim(each, each.table, asked, names_beside(each.table.path))
            guessed = claim if isinstance(claim, Guessed) else None
            read_by = guessed.claim if guessed is not None else claim
            guessed = guessed or guess_of(each.table, asked.of(each), known)
            assert not isinstance(read_by, Guessed)
            looked.append(Looked(each.path, read_by.format.name if read_by else None, guessed.guess))
    return looked


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


def _source(found: _Found, asked: _Asked, names: set[str]) -> Source:
    table = found.table
    if table is None:
        return Source(found.path)
    if (returned := checked(table, found.path)) is not None:
        return Source(found.path, table, *returned)
    beside = names | names_beside(table.path)
    claim, guessed = _claim(found, table, asked, beside), None
    if isinstance(claim, Guessed):
        guessed, claim = claim, claim.claim
    if claim is None:
        return Source(found.path, table, guessed=guessed)
    label, namespace = asked.label, asked.namespace
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
    return Source(found.path, table, claim.format, bound, claim.place, own_label, guessed)


def _left(source: Source) -> Source:
    """A table found in a folder beside others that formats claim: it is only told what it may be."""
    return Source(source.path, source.table, guessed=source.guessed) if source.guessed else source


def _is_silent(table: Table | None) -> bool:
    """Whether a table is one sheet of a workbook that explains the others and is not to be spoken of."""
    if table is None or "/" not in table.name:
        return False
    name = name_of(table)
    return any(aside.quiet and aside.claims(name) for each in built_in() for aside in each.left_aside)


def _claim(found: _Found, table: Table, asked: _Asked, beside: set[str]) -> Claim | Guessed | None:
    """The format that reads a table; the guess of it where none does or somebody says what it is."""
    only, label = asked.only, asked.label
    if only is not None and found.named:
        return choose_within(table, only, label)
    if only is not None:
        return None if left_aside(table, [only]) else choose(table, [only], beside)
    told = asked.of(found)
    if is_rejects(table.meta) and (name := table.meta.get("format")):
        if name != GUESSED:
            return choose_within(table, _named(name, asked.own), table.meta.get("label", ""))
    elif not told:
        if left_aside(table, built_in()):
            return None
        claim = choose(table, asked.own, beside) or choose(table, built_in(), beside)
        if claim is not None and not (label and found.named and not _may_be(claim, label)):
            return _rather(claim, table, asked) or claim
    return guess_of(table, told, asked.known, label)


def _may_be(claim: Claim, label: str) -> bool:
    """Whether rows of a table that a format claims may be records of a label, or may be read as it only."""
    return bool(claim.file.labels) or any(node.label == label for node in claim.file.nodes)


def _rather(claim: Claim, table: Table, asked: _Asked) -> Guessed | None:
    """The guess of a list of organisations with somebody to ask for each, which a contact list claims too."""
    if claim.format.name != "contacts" or claim.file.pattern_for(name_of(table)):
        return None
    guessed = guess_of(table, Told(), asked.known, "")
    meanings = [column.meaning for column in guessed.guess.columns]
    if guessed.claim is None or guessed.guess.rows != "Organisation" or "person" not in meanings:
        return None
    return guessed if meanings.index("name") < meanings.index("person") else None


def _named(name: str | Path, own: Sequence[Format]) -> Format:
    return next((each for each in own if each.name == str(name)), None) or format_named(name)


def _check_told(asked: _Asked, found: Sequence[_Found]) -> None:
    there = {column_key(column) for each in found if each.table for column in each.table.columns}
    for column in asked.told.get(ANY_TABLE, Told()).columns:
        if column_key(column) not in there:
            raise InvalidValue(f"no table here has a column {shorten(column)!r}; name one that is there")


def _notes(source: Source, problem: str) -> Iterator[Problem]:
    """What is to be known of a file as a whole."""
    table = source.table
    if source.bound is None:
        why = problem or (left_aside(table, built_in()) or unclaimed(table) if table else "")
        if source.guessed is not None and source.guessed.claim is not None:
            why += "; name the file itself to have it read as it is guessed"
        yield Problem(source.path, 0, "", "", why, "note")
    elif source.guessed is not None:
        yield Problem(source.path, 0, "", "", note_of(source.guessed.guess), "note")
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
            or_say = f", {advice(own[0].guessed.guess)}" if own[0].guessed else ""
            raise UnreadableFile(
                f"{own[0].path}: {reasons[own[0].path]}; "
                f"name one with --format ({names}, or a .toml file){or_say}"
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
