"""Which format reads a table, and the namespace its ids get."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cocommuns_graph.formats import FileSpec, Format, Strength
from cocommuns_graph.model.errors import CocommunsError
from cocommuns_graph.reading import Table, is_rejects

_ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".json")
_NO_NAMESPACE = re.compile(r"[^\w.]+")


@dataclass(frozen=True)
class Claim:
    """A format that reads a table, as which of its files, and where among these."""

    format: Format
    file: FileSpec
    place: int


def bare_name(name: str) -> str:
    """What a table is called: its sheet in a workbook of several, else its file without the ending."""
    last = name.rsplit("/", 1)[-1]
    return last[: last.rindex(".")] if last.lower().endswith(_ENDINGS) else last


def name_of(table: Table) -> str:
    """What a table is called; rejected rows go by the name of the table they are from."""
    return bare_name(table.meta.get("source", table.name) if is_rejects(table.meta) else table.name)


def names_beside(path: Path) -> set[str]:
    """What the files in the folder of a file are called, as far as it can be listed."""
    try:
        return {bare_name(other.name) for other in path.parent.iterdir()}
    except OSError:
        return set()


def choose(table: Table, formats: Iterable[Format], beside: Collection[str]) -> Claim | None:
    """The format that claims a table most strongly by its name and columns; None if none does.

    Raises:
        CocommunsError: two formats claim it alike; the text says to name one.
    """
    name = name_of(table)
    claims: list[tuple[Strength, Claim]] = []
    for format_ in formats:
        for place, file in enumerate(format_.files):
            if file.beside and not _lies_beside(file.beside, beside):
                continue
            if strength := file.claim_on(name, table.columns):
                claims.append((strength, Claim(format_, file, place)))
    by_rule = {claim.format.name for strength, claim in claims if not strength.by_name and strength.asked}
    claims = [each for each in claims if by_rule.isdisjoint(each[1].file.yields_to)]
    if not claims:
        return None
    best = max(strength for strength, _ in claims)
    chosen = [claim for strength, claim in claims if strength == best]
    if len({claim.format.name for claim in chosen}) > 1:
        names = " and ".join(sorted({claim.format.name for claim in chosen}))
        raise CocommunsError(f"{table.path} fits the formats {names} alike; choose one with --format")
    return chosen[0]


def choose_within(table: Table, format_: Format, label: str) -> Claim:
    """The kind of file of a given format that a table is, by its name if that is known, else by its columns.

    Raises:
        CocommunsError: its columns are those of none, or of several.
    """
    name = name_of(table)
    fitting = [
        Claim(format_, file, place)
        for place, file in enumerate(format_.files)
        if file.has_columns(table.columns)
    ]
    by_name = [claim for claim in fitting if claim.file.pattern_for(name)]
    if not by_name and label:
        of_label = [claim for claim in fitting if any(node.label == label for node in claim.file.nodes)]
        fitting = of_label or fitting
    found = by_name or fitting
    most = max((claim.file.asked for claim in found), default=0)
    found = [claim for claim in found if claim.file.asked == most]
    if not found:
        needed = "; ".join(f"{file.names[0]} needs {file.needs}" for file in format_.files)
        raise CocommunsError(
            f"{table.path} has the columns {_listed(table.columns)}, "
            f"which the format {format_.name} does not know: {needed}"
        )
    if len(found) > 1:
        names = ", ".join(claim.file.names[0] for claim in found)
        raise CocommunsError(
            f"{table.path} could be any of the {format_.name} tables {names}; rename it to one of these"
        )
    return found[0]


def unclaimed(table: Table) -> str:
    """The sentence for a table that no format claims."""
    return f"no format knows its columns {_listed(table.columns)}"


def left_aside(table: Table, formats: Iterable[Format]) -> str:
    """Why a format leaves a table aside that it knows; empty if none does."""
    name = name_of(table)
    for format_ in formats:
        for aside in format_.left_aside:
            if aside.claims(name):
                return f"{format_.name} leaves it aside: {aside.reason}"
    return ""


def nodes_beside(claim: Claim, name: str, beside: Collection[str]) -> bool:
    """Whether the table of nodes that a table of ties is of lies beside it."""
    pattern = claim.file.shares_namespace_with
    if "*" not in pattern:
        return bool(pattern) and _lies_beside(pattern, beside)
    own = _starred(claim.file.pattern_for(name) or "", name)
    shared = [found for other in beside if (found := _starred(pattern, other))]
    return any(own == each or own.startswith((f"{each}_", f"{each}-")) for each in shared)


def namespace_of(claim: Claim, name: str, beside: Collection[str], path: Path) -> str:
    """The namespace of a table's ids where nobody names one; `path` is that of its file."""
    if claim.file.namespace_from_file:
        if nodes_beside(claim, name, beside):
            return claim.format.namespace
        return _NO_NAMESPACE.sub("-", bare_name(path.name)).strip("-. ") or claim.format.namespace
    if not claim.file.namespace_from_name:
        return claim.format.namespace
    own = _starred(claim.file.pattern_for(name) or "", name)
    if not own:
        return claim.format.namespace
    pattern = claim.file.shares_namespace_with
    shared = [found for other in beside if pattern and (found := _starred(pattern, other))]
    fitting = [each for each in shared if own == each or own.startswith((f"{each}_", f"{each}-"))]
    return max(fitting, key=len, default=own)


def _starred(pattern: str, name: str) -> str:
    """What the * of a pattern stands for in a name; empty if the name is not of the pattern."""
    if pattern.count("*") != 1 or not fnmatch.fnmatchcase(name.casefold(), pattern.casefold()):
        return ""
    before, after = pattern.split("*")
    return name[len(before) : len(name) - len(after)].strip("_- ")


def _lies_beside(pattern: str, names: Collection[str]) -> bool:
    return any(fnmatch.fnmatchcase(name.casefold(), pattern.casefold()) for name in names)


def _listed(columns: Sequence[str], limit: int = 12) -> str:
    shown = [column if len(column) <= 40 else column[:39] + "…" for column in columns[:limit]]
    more = len(columns) - limit
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def shown_path(table: Table) -> str:
    """A table's path as people are told it: that of its file, /SHEET behind it in a workbook of several."""
    _, slash, sheet = table.name.partition("/")
    return f"{PurePosixPath(table.path.as_posix())}{slash}{sheet}" if slash else str(table.path)
