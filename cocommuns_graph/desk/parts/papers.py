"""What leaves as a file: the graph, the glossary, the register of problems, the gap report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.files import Written, check_place, check_places
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.model import (
    Graph,
)

if TYPE_CHECKING:
    from cocommuns_graph.gaps import Gaps


class Papers(Base):
    """Files out."""

    def export(self, path: Path, format_name: str | None = None) -> Written:
        """The graph as this viewer may see it, in csv, xlsx, graphml, gexf or json."""
        from cocommuns_graph.exporting import export

        check_place(path)
        graph = self.graph()
        written = export(graph, path, format_name, self._meta("inventory", {}))
        return Written(tuple(written), graph.hidden, graph.hidden_details)

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

    def write_glossary(
        self, *, language: str = "en", html: Path | None = None, csv: Path | None = None
    ) -> Written:
        """The glossary as a page to print, a table, or both."""
        from cocommuns_graph.desk.reporting import glossary_files

        check_places(html, csv)
        found = self.glossary(language)
        meta = self._meta("glossary", {"language": found["language"]}).lines()
        return self._written(glossary_files(found, meta, html, csv))

    def write_problems(
        self, *, language: str = "en", html: Path | None = None, csv: Path | None = None
    ) -> Written:
        """The register of problems as a page to print, a table, or both."""
        from cocommuns_graph.desk.reporting import problems_files

        check_places(html, csv)
        found = self.problems(language)
        meta = self._meta("problems", {"language": found["language"]}).lines()
        return self._written(problems_files(found, meta, html, csv))

    def find_gaps(self, *, by: str | None = None, language: str = "en", seed: int | None = None) -> Gaps:
        """What is missing in the network as this viewer sees it, with the tables behind it.

        Raises:
            InvalidValue: there is nothing to make families by, or gaps are not told in the language.
        """
        from cocommuns_graph.gaps import find_gaps
        from cocommuns_graph.reports import language_code

        code = language_code(language)

        def search(graph: Graph) -> Gaps:
            if seed is None:
                return find_gaps(graph, by=by, language=code)
            return find_gaps(graph, by=by, language=code, seed=seed)

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
        filters = {"by": found.by, "language": found.language}
        meta = {**self._meta("direct", filters, direction="undirected").lines(), "seed": str(found.seed)}
        files = gap_files(self.graph(), found, meta, html, csv)
        if csv is not None:
            make_folder(csv)
        return self._written(files)
