"""Files in."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk import foreseen
from cocommuns_graph.desk.account import account
from cocommuns_graph.desk.columns import Tellings, keep_format, known_by, own_formats, told_of
from cocommuns_graph.desk.files import check_place
from cocommuns_graph.desk.jobs import Job, Progress
from cocommuns_graph.desk.parts.twins import Twins
from cocommuns_graph.desk.reasons import in_words
from cocommuns_graph.desk.uploads import Upload, kept_in_a_folder, named_by_sender
from cocommuns_graph.model import MODEL, Graph
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import shorten

if TYPE_CHECKING:
    from cocommuns_graph.changes import Outcome
    from cocommuns_graph.importing import Reading
    from cocommuns_graph.importing.report import RowCounts


KINDS = {node_type.label.lower(): node_type.label for node_type in MODEL.public_types}


@dataclass(frozen=True)
class Imported:
    """What an import did or would do: the report of the contract, the same in words, the rejects files.

    The files of rejected rows are paths where they were written, else `contents`: their bytes by name.
    """

    report: dict[str, Any]
    words: list[str]
    rejects: tuple[Path, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def rejected(self) -> bool:
        """Whether any row was rejected."""
        return any(file["rejected"] for file in self.report["files"])


class FilesIn(Twins):
    """Imports."""

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        format_name: str | None = None,
        namespace: str | None = None,
        label: str | None = None,
        preview: bool = False,
        sync: bool = False,
        rejects: Path | None = None,
        who: str | None = None,
        called: Sequence[str] = (),
        options: str | None = None,
        told: Tellings | None = None,
        save_format: str | None = None,
        progress: Progress | None = None,
    ) -> Imported:
        """Reads files or folders and writes what they say, or says what that would do.

        `told` is what somebody says of tables that no format claims, `save_format` the name under which the
        home keeps how one of them is read, in a preview too, or the path of a .toml file.

        `called` is how the journal names them, if not by their paths. `options` says how the import was asked
        for, if not as this call says: empty where it cannot be resumed from here. `progress` is told every
        thousand rows, and once more when all are planned and nothing is committed yet, how many were read;
        what it raises undoes the transaction.

        Raises:
            UnreadableFile, InvalidFormat, InvalidValue: nothing was written; the text says why.
            UnwritableFile: the rejected rows cannot be written to `rejects`, so nothing else was either.
            EngineError: the graph cannot be reached.
        """
        from cocommuns_graph import importing

        if rejects is not None:
            check_place(rejects)
        reading = importing.read(
            [Path(path) for path in paths],
            format=format_name,
            namespace=namespace,
            label=_kind(label) if label else None,
            own=own_formats(self.home),
            told=told_of(told),
            known=lambda: known_by(self.graph()),
        )
        saved = self._save_format(reading, save_format) if save_format else None
        written: list[Path] = []

        def before_commit(outcome: Outcome) -> None:
            if rejects is not None:
                written[:] = importing.write_rejects(reading, outcome, rejects)
            if progress is not None:
                progress(sum(_rows(counts) for counts in outcome.verdicts.values()))

        outcome = self.store.write(
            reading.rows,
            who=who or account(),
            paths=list(called) or [os.fsencode(path).decode("utf-8", "replace") for path in paths],
            tables=reading.table_names,
            options=_options(paths, format_name, namespace, label, sync, told)
            if options is None
            else options,
            preview=preview,
            sync=reading.table_names if sync else frozenset(),
            progress=progress,
            before_commit=before_commit,
        )
        self._look_again()
        report = importing.report(reading, outcome)
        words = importing.words(report)
        if preview:
            report["preview"] = self._preview(reading, outcome)
            words += foreseen.words(report["preview"], self.say)
        words += [f"how it is read is kept in {saved}"] if saved else []
        words += [f"rejected rows, to mend and import again: {path}" for path in written]
        return Imported(report, words, tuple(written))

    def _save_format(self, reading: Reading, name: str) -> Path:
        guesses = [source.guessed.guess for source in reading.claimed if source.guessed is not None]
        if len(guesses) != 1:
            raise InvalidValue(
                f"{len(guesses)} of these tables are guessed, and one format can be saved at a time; "
                "name one file whose columns no format knows"
            )
        return keep_format(guesses[0], name, self.home)

    def _preview(self, reading: Reading, outcome: Outcome) -> dict[str, Any]:
        """What an import would do one thing at a time: `foreseen.preview`'s shape."""
        bound = {source.path: source.bound for source in reading.claimed if source.bound is not None}

        def column_of(path: str, type_: str, name: str) -> str:
            return bound[path].column_of(type_, name) if path in bound else ""

        found = outcome.foreseen
        compared = found is not None and foreseen.few_enough(self.graph, found)
        alike = self._alike(outcome) if compared else []
        return foreseen.preview(outcome, column_of, alike, compared, self.say)

    def _alike(self, outcome: Outcome) -> list[dict[str, Any]]:
        """The new records that look like one that is there, or like another new one."""
        from cocommuns_graph.duplicates import likely, told

        found = outcome.foreseen
        if found is None or not found.records.shown:
            return []
        new = {str(made.what.key) for made in found.records.shown}
        labels = list(dict.fromkeys(made.what.type for made in found.records.shown))
        graph = self.graph()
        different = self._different()
        pairs = [
            {
                "a": pair.a,
                "b": pair.b,
                "score": pair.score,
                "reasons": told(pair.reasons, pair.label, self.say),
            }
            for pair in likely(foreseen.with_new(graph, found), labels, among=new)
            if frozenset((pair.a, pair.b)) not in different
        ]
        return foreseen.alike(pairs, found, graph, self.say)

    def import_uploads(
        self,
        uploads: Sequence[Upload],
        *,
        preview: bool,
        format_name: str | None = None,
        told: Tellings | None = None,
        progress: Progress | None = None,
    ) -> Imported:
        """The same for files that a browser sent: everything names them as their sender did.

        What was wrong with rows is told in the desk's language, as far as it can be said in it.

        Raises:
            UnreadableFile, InvalidFormat, InvalidValue, EngineError: as for `import_files`.
        """
        with kept_in_a_folder(uploads) as (folder, paths):
            place = folder / "rejected"
            place.mkdir()
            done = self.import_files(
                paths,
                format_name=format_name,
                preview=preview,
                rejects=place / ("rejected.xlsx" if len(paths) > 1 else "rejected.csv"),
                called=[path.name for path in paths],
                options="",
                told={f"{folder}/{path}": each for path, each in (told or {}).items()},
                progress=progress,
            )
            contents = {path.name: path.read_bytes() for path in done.rejects}
        report = named_by_sender(done.report, folder)
        rejected = report["preview"]["rejected"]["shown"] if "preview" in report else []
        for problem in (*report["problems"], *rejected):
            problem["reason"] = in_words(problem["reason"], self.say)
        return Imported(report, [], contents=contents)

    def import_job(
        self,
        uploads: Sequence[Upload],
        *,
        preview: bool,
        format_name: str | None = None,
        told: Tellings | None = None,
    ) -> Job[Imported]:
        """`import_uploads` as work beside the page: how many rows so far, and a way to end it.

        Ended before its last transaction it has written nothing; of an import so large that it takes several,
        `unfinished` says what is begun.
        """
        kept = [Upload(upload.name, bytes(upload.content)) for upload in uploads]

        def work(progress: Progress) -> Imported:
            return self.import_uploads(
                kept, preview=preview, format_name=format_name, told=told, progress=progress
            )

        return Job(work)

    def came_with(self, import_id: str, label: str) -> list[dict[str, str]]:
        """The records of a label that an import created, by name: id, name."""

        def listed(graph: Graph) -> list[dict[str, str]]:
            nodes = [node for node in graph.of_label(label) if node.text("created_in") == import_id]
            nodes.sort(key=lambda node: (node.name.casefold(), node.id))
            return [{"id": node.id, "name": called(node, self.say)} for node in nodes]

        from cocommuns_graph.network import called

        return self._made(("came with", import_id, label, self.language), listed)


def _options(
    paths: Sequence[Path],
    format_name: str | None,
    namespace: str | None,
    label: str | None,
    sync: bool,
    told: Tellings | None,
) -> str:
    """How an import was asked for, as JSON, so that `resume` can ask again; kept until it is complete."""
    asked = {
        "paths": [os.path.abspath(path) for path in paths],
        "format_name": format_name,
        "namespace": namespace,
        "label": label,
        "sync": sync,
        "told": told,
    }
    # In ASCII, since a name of a file need not be text.
    return json.dumps(asked)


def _rows(counts: RowCounts) -> int:
    return counts.created + counts.updated + counts.unchanged + counts.rejected


def _kind(word: str) -> str:
    try:
        return KINDS[word.strip().lower()]
    except KeyError:
        raise InvalidValue(f"{shorten(word)!r} is no kind of record; accepted: {', '.join(KINDS)}") from None
