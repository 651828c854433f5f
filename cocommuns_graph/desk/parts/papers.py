"""What leaves as a file: the graph, the glossary, the register of problems, the gap report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from cocommuns_graph.desk.files import Written, check_place, check_places
from cocommuns_graph.desk.parts.archives import Archives
from cocommuns_graph.model import Graph
from cocommuns_graph.wording import ENGLISH

if TYPE_CHECKING:
    from cocommuns_graph.gaps import Gaps, Progress


Form = Literal["html", "csv"]


def _places(form: Form) -> tuple[Path | None, Path | None]:
    """Where a page and a table would be written, if only one of them is asked for."""
    return (Path(form), None) if form == "html" else (None, Path(form))


def _only(files: Mapping[Path, bytes]) -> bytes:
    (data,) = files.values()
    return data


class Papers(Archives):
    """Files out."""

    def export(self, path: Path, format_name: str | None = None) -> Written:
        """The graph as this viewer may see it, in one of `exporting.FORMATS`; or, to stewards, an archive.

        Raises:
            InvalidValue: there is no such format.
            NotAllowed: an archive is asked for by somebody who is no steward.
            UnwritableFile: it cannot be written there; nothing half-written is left.
        """
        from cocommuns_graph.exporting import ARCHIVE, export

        if (format_name or "").strip().lower() == ARCHIVE:
            return self.backup(path)
        check_place(path)
        graph = self.graph()
        written = export(graph, path, format_name, self._meta("inventory", {}))
        return self._told_written(written)

    def inventory_file(self, form: str) -> bytes:
        """What `export` writes in one of `exporting.FORMATS`; the tables of csv in one zip.

        Raises:
            InvalidValue: there is no such format.
        """
        from tempfile import TemporaryDirectory

        from cocommuns_graph.desk.reporting import zipped
        from cocommuns_graph.exporting import export

        with TemporaryDirectory(prefix="cocommuns-") as folder:
            place = Path(folder) / "inventory"
            written = export(self.graph(), place, form, self._meta("inventory", {}))
            if form == "csv":
                return zipped({Path(path.name): path.read_bytes() for path in written})
            return _only({path: path.read_bytes() for path in written})

    def glossary(self, language: str = "en") -> dict[str, Any]:
        """Every term in the languages of the data, with who uses it: `reports.glossary`'s shape.

        `language` is a code or a name; the terms are in the order of its dictionaries.

        Raises:
            InvalidValue: there is no such language.
        """
        from cocommuns_graph import reports

        code = reports.language_code(language)
        return self._made(("glossary", code), lambda graph: reports.glossary(graph, code))

    def problems(self, language: str = "en") -> dict[str, Any]:
        """Problems open and overcome, who faces them, who could be asked: `reports.problems`'s shape.

        Raises:
            InvalidValue: there is no such language.
        """
        from cocommuns_graph import reports

        code = reports.language_code(language)
        return self._made(("problems", code), lambda graph: reports.problems(graph, code))

    def terms(self, text: str = "", *, language: str = "en") -> list[dict[str, Any]]:
        """The terms of the glossary for a screen, those a text may mean first: `registers.term_rows`'s shape.

        Without a text, all of them in the order of the language's dictionaries. A text is looked up in every
        language, from its first letters on, accents and case aside.

        Raises:
            InvalidValue: there is no such language.
        """
        from cocommuns_graph import reports
        from cocommuns_graph.desk import registers

        found = self.glossary(language)
        rows = self._made(
            ("term rows", found["language"], self.language), lambda _: registers.term_rows(found, self.say)
        )
        if not text.strip():
            return rows
        look_up = self._made(("lookup",), reports.Lookup)
        return self._made(
            ("looked up", text.strip(), found["language"], self.language),
            lambda _: registers.looked_up(rows, look_up(text), self.say),
        )

    def term(self, identifier: str, *, language: str = "en") -> dict[str, Any]:
        """One term with all its meanings and who uses them, for a screen: `registers.term`'s shape.

        Raises:
            InvalidValue: there is no such language.
            NotFound: there is no such term.
        """
        from cocommuns_graph.desk import registers

        return registers.term(self.glossary(language), identifier, self.say)

    def problem_rows(self, *, language: str = "en") -> list[dict[str, Any]]:
        """The register of problems for a screen: `registers.problem_rows`'s shape.

        Raises:
            InvalidValue: there is no such language.
        """
        from cocommuns_graph.desk import registers

        found = self.problems(language)
        return self._made(
            ("problem rows", found["language"], self.language),
            lambda _: registers.problem_rows(found, self.say),
        )

    def problem(self, identifier: str, *, language: str = "en") -> dict[str, Any]:
        """One problem, who faces it, who has overcome it, whom to ask: `registers.problem`'s shape.

        Raises:
            InvalidValue: there is no such language.
            NotFound: there is no such problem.
        """
        from cocommuns_graph.desk import registers

        return registers.problem(self.problems(language), identifier, self.say)

    def glossary_file(self, form: Form, *, language: str = "en") -> bytes:
        """What `write_glossary` writes, as a page (`html`) or a table (`csv`).

        Raises:
            InvalidValue: there is no such language.
        """
        from cocommuns_graph.desk.reporting import glossary_files

        return _only(glossary_files(*self._glossary(language), *_places(form)))

    def problems_file(self, form: Form, *, language: str = "en") -> bytes:
        """What `write_problems` writes, as a page (`html`) or a table (`csv`).

        Raises:
            InvalidValue: there is no such language.
        """
        from cocommuns_graph.desk.reporting import problems_files

        return _only(problems_files(*self._register(language), *_places(form)))

    def _glossary(self, language: str) -> tuple[dict[str, Any], dict[str, str]]:
        found = self.glossary(language)
        return found, self._meta("glossary", {"language": found["language"]}).lines()

    def _register(self, language: str) -> tuple[dict[str, Any], dict[str, str]]:
        found = self.problems(language)
        return found, self._meta("problems", {"language": found["language"]}).lines()

    def write_glossary(
        self, *, language: str = "en", html: Path | None = None, csv: Path | None = None
    ) -> Written:
        """The glossary as a page to print, a table, or both."""
        from cocommuns_graph.desk.reporting import glossary_files

        check_places(html, csv)
        return self._written(glossary_files(*self._glossary(language), html, csv))

    def write_problems(
        self, *, language: str = "en", html: Path | None = None, csv: Path | None = None
    ) -> Written:
        """The register of problems as a page to print, a table, or both."""
        from cocommuns_graph.desk.reporting import problems_files

        check_places(html, csv)
        return self._written(problems_files(*self._register(language), html, csv))

    def find_gaps(
        self,
        *,
        by: str | None = None,
        language: str = "en",
        seed: int | None = None,
        progress: Progress | None = None,
    ) -> Gaps:
        """What is missing in the network as this viewer sees it, with the tables behind it.

        `progress` hears what share is done and what is searched for next; what it raises ends the search.

        Raises:
            InvalidValue: there is nothing to make families by, or gaps are not told in the language.
        """
        from cocommuns_graph.gaps import SEED, find_gaps
        from cocommuns_graph.reports import language_code

        code = language_code(language)

        def search(graph: Graph) -> Gaps:
            draws = SEED if seed is None else seed
            return find_gaps(graph, by=by, language=code, seed=draws, progress=progress)

        return self._made(("gaps", by, code, seed), search)

    def gaps(self, *, by: str | None = None, language: str = "en", seed: int | None = None) -> dict[str, Any]:
        """What is missing in the network, and who should meet: the contract's `gaps`.

        Raises:
            InvalidValue: there is nothing to make families by, or gaps are not told in the language.
        """
        return self.find_gaps(by=by, language=language, seed=seed).as_dict()

    def write_gaps(
        self,
        *,
        by: str | None = None,
        language: str = "en",
        seed: int | None = None,
        html: Path | None = None,
        csv: Path | None = None,
    ) -> Written:
        """The gap report as a page to print, as a folder of csv files with every table, or both."""
        from cocommuns_graph.desk.reporting import gap_files
        from cocommuns_graph.exporting import make_folder

        check_places(html, csv)
        found = self.find_gaps(by=by, language=language, seed=seed)
        files = gap_files(self.graph(), found, self._about(found), html, csv)
        if csv is not None:
            make_folder(csv)
        return self._written(files)

    def gaps_file(self, form: Literal["html", "zip"], *, by: str | None = None) -> bytes:
        """What `write_gaps` writes, in the screen's language: a page (`html`), or every table in one `zip`.

        Raises:
            InvalidValue: there is nothing to make families by.
        """
        from cocommuns_graph.desk.reporting import gap_files, zipped

        found = self.find_gaps(by=by, language=self._told_in())
        where = (Path(form), None) if form == "html" else (None, Path("gaps"))
        files = gap_files(self.graph(), found, self._about(found), *where)
        return _only(files) if form == "html" else zipped(files)

    def gap_report(self, *, by: str | None = None, progress: Progress | None = None) -> dict[str, Any]:
        """What is missing in the network, for a screen and in its language: `gapped.report`'s shape.

        Raises:
            InvalidValue: there is nothing to make families by.
        """
        from cocommuns_graph.desk import gapped

        found = self.find_gaps(by=by, language=self._told_in(), progress=progress)
        return self._made(
            ("gap report", by, self.language), lambda graph: gapped.report(found, graph, self.say)
        )

    def _told_in(self) -> str:
        """The language gaps are told in where the screen's is another: English."""
        from cocommuns_graph.gaps import LANGUAGES

        return self.language if self.language in LANGUAGES else ENGLISH

    def _about(self, found: Gaps) -> dict[str, str]:
        filters = {"by": found.by, "language": found.language}
        return {**self._meta("direct", filters, direction="undirected").lines(), "seed": str(found.seed)}
