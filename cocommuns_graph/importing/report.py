"""What an import did: as the JSON contract has it, as lines for a terminal, its rejected rows as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from cocommuns_graph.formats import built_in
from cocommuns_graph.importing.checked import CheckedFile
from cocommuns_graph.importing.guessed import as_line
from cocommuns_graph.importing.sources import Reading, Source
from cocommuns_graph.model.claims import Problem, position
from cocommuns_graph.reading import RejectedSource
from cocommuns_graph.reading import write_rejects as write_rejected_sources

_SHOWN = 10
_DOUBTFUL = 0.7
_COUNTS = ("created", "updated", "unchanged", "rejected")


class NoLonger(Protocol):
    """One record or link that files said before."""

    @property
    def element(self) -> str | tuple[str, str, str, str]:
        """Its id, or its start, type, end and key."""

    @property
    def type(self) -> str:
        """Its label or type."""

    @property
    def names(self) -> tuple[str, ...]:
        """What its records are called."""


class Unsaid(Protocol):
    """What files said before and do not say now."""

    @property
    def first(self) -> Sequence[NoLonger]:
        """The first of it."""

    @property
    def nodes(self) -> int:
        """How many records."""

    @property
    def relationships(self) -> int:
        """How many links."""


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
    def no_longer(self) -> Unsaid | None:
        """What the files no longer say that they said before."""

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
        "no_longer": _no_longer(outcome.no_longer),
        "problems": [problem.as_dict() for problem in problems],
    }


def _no_longer(unsaid: Unsaid | None) -> dict[str, Any]:
    """What the files said when they were last read and do not say now: how many, and the first of them."""
    items = [
        {
            "id": one.element if isinstance(one.element, str) else one.element[0],
            "type": one.type,
            "link": None
            if isinstance(one.element, str)
            else dict(zip(("start", "type", "end", "key"), one.element, strict=True)),
            "names": list(one.names),
        }
        for one in (unsaid.first if unsaid else ())
    ]
    return {
        "nodes": unsaid.nodes if unsaid else 0,
        "relationships": unsaid.relationships if unsaid else 0,
        "items": items,
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
        line = source.bound.notes_line if isinstance(source.bound, CheckedFile) else 0
        for note in source.bound.notes:
            yield Problem(source.path, line, "", "", note, "note")


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
    lines = [line for file in report["files"] if file["format"] for line in _lines_of(file)]
    aside = [Path(file["path"]).name for file in report["files"] if not file["format"]]
    if aside:
        lines.append(f"not read: {', '.join(aside)}")
    if report["import_id"] is None:
        lines.append("a preview: nothing was written")
    for kind in ("nodes", "relationships"):
        counts = report[kind]
        told = [f"{counts[name]:,} {name}" for name in counts if counts[name]]
        lines.append(f"{kind}: {', '.join(told) or 'none'}")
    lines += _no_longer_words(report["no_longer"])
    lines += _problem_words(report["problems"])
    if report["import_id"]:
        lines.append(f"import {report['import_id']}")
    return lines


def _no_longer_words(told: Mapping[str, Any]) -> list[str]:
    """What a newer edition left out, one example each a line; it stays until --sync."""
    if not told["nodes"] and not told["relationships"]:
        return []
    counts = [f"{told[kind]:,} {kind}" for kind in ("nodes", "relationships") if told[kind]]
    names = [
        " – ".join(one["names"]) + (f" ({one['type']})" if one["link"] else "")
        for one in told["items"][:_SHOWN]
    ]
    more = told["nodes"] + told["relationships"] - len(names)
    rest = f" and {more:,} more" if more else ""
    return [f"no longer said, but kept ({', '.join(counts)}; --sync removes them): {'; '.join(names)}{rest}"]


def _lines_of(file: Mapping[str, Any]) -> list[str]:
    """What became of a file, and what its columns were guessed to mean where no format says it."""
    lines = [_file_words(file)]
    if "columns" in file:
        read = [f"{each['column']} = {each['property']}" for each in file["columns"] if each["property"]]
        doubtful = [
            each["column"] for each in file["columns"] if each["property"] and each["confidence"] < _DOUBTFUL
        ]
        kept = [each["column"] for each in file["columns"] if not each["property"]]
        lines.append(f"guessed: each row is one {file['row'].lower()}; {', '.join(read)}")
        lines += [f"guessed, less sure: {', '.join(doubtful)}"] if doubtful else []
        lines += [f"kept as they are, for coordinators: {', '.join(kept)}"] if kept else []
        lines.append("to correct it: --label and --read 'COLUMN=MEANING'; to keep it: --save-format NAME")
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
