"""The provenance of rows that say themselves which document they were taken from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cocommuns_graph.formats.declare import CitationSpec
from cocommuns_graph.formats.naming import Headers
from cocommuns_graph.model.kinds import shorten

Cite = Callable[[str, Mapping[str, str]], str]


def citer(citation: CitationSpec | None, headers: Headers) -> Cite | None:
    """What adds document, line and words to the provenance of a row; None if no column has them."""
    document = headers.find(citation.document) if citation is not None else None
    if citation is None or document is None:
        return None
    return _Citer(document, headers.find(citation.line), headers.find(citation.words))


class _Citer:
    """Adds to a row's provenance the document, line and words it says it was taken from."""

    def __init__(self, document: str, line: str | None, words: str | None) -> None:
        self._document = document
        self._line = line
        self._words = words

    def __call__(self, source: str, cells: Mapping[str, str]) -> str:
        document = shorten(cells[self._document], 200)
        if not document:
            return source
        line = shorten(cells[self._line], 20) if self._line else ""
        words = shorten(cells[self._words], 200) if self._words else ""
        where = f"{document} line {line}" if line else document
        return f'{source} ({where}: "{words}")' if words else f"{source} ({where})"
