"""What an import did: as the JSON contract has it, as lines for a terminal, its rejected rows as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from cocommuns_graph.formats import built_in
from cocommuns_graph.importing.guessed import as_line
from cocommuns_graph.importing.sources import Reading, Source
from cocommuns_graph.model.claims import Problem, position
from cocommuns_graph.reading import RejectedSource
from cocommuns_graph.reading import write_rejects as write_rejected_sources

_SHOWN = 10
_COUNTS = ("created", "updated", "unchanged", "rejected")


class RowCounts(Protocol):
    """How many rows of a file were created, updated, unchanged and rejected."""

    @property
    def created(self) -> int:
        """Rows that created an element."""

    @property
    def updated(self) -> int:
        """Rows that changed one and created none."""

    @property
    def unchanged(self) -> int:
        """Rows that said what was known."""

    @property
    def rejected(self) -> int:
        """Rows that were not written."""


class Counts(Protocol):
    """How many nodes or relationships were created, updated, unchanged and removed."""

    @property
    def created(self) -> int:
        """New ones."""

    @property
    def updated(self) -> int:
        """Changed ones."""

    @property
    def unchanged(self) -> int:
        """Those said to be as they were."""

    @property
    def removed(self) -> int:
        """Those taken out."""


class Outcome(Protocol):
    """What the store says about a write, as far as a report needs it."""

    @property
    def import_id(self) -> str | None:
        """The id of the unit; None in a preview."""

    @property
    def nodes(self) -> Counts:
        """What became of nodes."""

    @property
    def relationships(self) -> Counts:
        """What became of relationships."""

    @property
    def newcomers(self) -> Mapping[str, int]:
        """How many nodes were created, by label."""

    @property
    def newcomers_named(self) -> Mapping[str, Sequence[str]]:
        """What people call the first of them, by label."""

    @property
    def verdicts(self) -> Mapping[str, RowCounts]:
        """What became of the rows, by path."""

    @property
    def rejected(self) -> Sequence[tuple[str, int, str]]:
        """Path, line and reason of each rejected row."""

    @property
    def problems(self) -> Sequence[Problem]:
        """The problems of rows."""


def report(reading: Reading, outcome: Outcome) -> dict[str, Any]:
    """The JSON of `import`: files, nodes, relationships, problems; rows are the sum of a file's verdicts.

    Besides `newcomers`, the records that are new: how many of each label, and what the first are called.
    """
    files = []
    for source in reading.sources:
        counts = _row_counts(source, outcome)
        files.append({**source.as_dict(), "rows": sum(counts.values()), **counts})
    problems = [*reading.problems, *_late_notes(reading), *outcome.problems]
    return {
        "import_id": outcome.import_id,
        "files": files,
        "nodes": _counts(outcome.nodes),
        "relationships": _counts(outcome.relationships),
        "newcomers": {
            label: {"count": number, "names": list(outcome.newcomers_named[label])}
            for label, number in outcome.newcomers.items()
        },
        "problems": [problem.as_dict() for problem in problems],
    }


def _row_counts(source: Source, outcome: Outcome) -> dict[str, int]:
    verdict = outcome.verdicts.get(source.path) if source.bound else None
    return {name: int(getattr(verdict, name)) if verdict else 0 for name in _COUNTS}


def _counts(counts: Counts) -> dict[str, int]:
    return {name: int(getattr(counts, name)) for name in ("created", "updated", "unchanged", "removed")}


def _late_notes(reading: Reading) -> Iterable[Problem]:
    """What only reading the rows could tell about files as a whole."""
    for source in reading.claimed:
        assert source.bound is not None
        for note in source.bound.notes:
            yield Problem(source.path, 0, "", "", note, "note")


def write_rejects(reading: Reading, outcome: Outcome, destination: str | Path) -> list[Path]:
    """Writes the rejected rows with a reason column, so that they can be mended and imported again.

    A csv for one source, an .xlsx with a sheet a source, or a folder; nothing where no row was rejected.

    Raises:
        UnwritableFile: the place cannot be written.
        UnreadableFile: a source changed or went away since it was read.
    """
    reasons: dict[str, dict[int, list[str]]] = {}
    for path, line, reason in outcome.rejected:
        reasons.setdefault(path, {}).setdefault(line, []).append(reason)
    sources = []
    for source in reading.claimed:
        of_lines = reasons.get(source.path)
        if of_lines and source.table is not None and source.format is not None:
            rows = [
                (row.cells, "; ".join(dict.fromkeys(of_lines[row.line])))
                for row in source.table.rows()
                if row.line in of_lines
            ]
            table = source.table
            sources.append(
                RejectedSource(
                    table.meta.get("source", table.name),
                    table.path,
                    source.namespace or None,
                    _format_to_name(source),
                    table.columns,
                    rows,
                    source.label or None,
                    as_line(source.guessed.guess) if source.guessed else None,
                )
            )
    return write_rejected_sources(Path(destination), sources)


def _format_to_name(source: Source) -> str | None:
    format_ = source.format
    if format_ is None:
        return None
    own = format_.path is not None and format_ not in built_in()
    return str(format_.path.resolve()) if own and format_.path else format_.name


def words(report: Mapping[str, Any]) -> list[str]:
    """The report as lines for a terminal: what was read as what, what became of it, and what was wrong."""
    lines = [_file_words(file) for file in report["files"] if file["format"]]
    aside = [Path(file["path"]).name for file in report["files"] if not file["format"]]
    if aside:
        lines.append(f"not read: {', '.join(aside)}")
    if report["import_id"] is None:
        lines.append("a preview: nothing was written")
    for kind in ("nodes", "relationships"):
        counts = report[kind]
        told = [f"{counts[name]:,} {name}" for name in counts if counts[name]]
        lines.append(f"{kind}: {', '.join(told) or 'none'}")
    lines += _problem_words(report["problems"])
    if report["import_id"]:
        lines.append(f"import {report['import_id']}")
    return lines


def _file_words(file: Mapping[str, Any]) -> str:
    read_as = str(file["read_as"]).replace(", header on line 1,", ",").removesuffix(", header on line 1")
    how = [str(file["format"]), *([read_as] if read_as else [])]
    told = [f"{file[name]:,} {name}" for name in _COUNTS if file[name]]
    rows = f"{file['rows']:,} row{'' if file['rows'] == 1 else 's'}"
    return f"{file['path']} ({', '.join(how)}): {rows}{': ' if told else ''}{', '.join(told)}"


def _problem_words(problems: Sequence[Mapping[str, Any]]) -> list[str]:
    """Problems grouped by what they say, errors first, the most frequent first, one example each."""
    ranks = {"error": 0, "warning": 1, "note": 2}
    groups: dict[tuple[str, str, str, str], list[Mapping[str, Any]]] = {}
    for problem in problems:
        if problem["row"]:
            reason = str(problem["reason"]).replace(repr(problem["value"]), "…")
            key = (problem["severity"], problem["path"], problem["column"], reason)
            groups.setdefault(key, []).append(problem)
    ordered = sorted(groups.items(), key=lambda item: (ranks[item[0][0]], -len(item[1])))
    names = {"error": "rejected", "warning": "cell left out", "note": "note"}
    lines = []
    for (severity, path, column, _), members in ordered[:_SHOWN]:
        first = members[0]
        where = f"{path}, {position(path, first['row'])}" + (f", column {column}" if column else "")
        more = f" (and {len(members) - 1:,} more like it)" if len(members) > 1 else ""
        lines.append(f"{names[severity]}: {where}: {first['reason']}{more}")
    if len(ordered) > _SHOWN:
        rest = sum(len(members) for _, members in ordered[_SHOWN:])
        lines.append(f"and {rest:,} more problems; --json lists them all")
    return lines
