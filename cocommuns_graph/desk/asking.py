"""The named queries there are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cocommuns_graph import shipped
from cocommuns_graph.model import (
    STEWARD,
    Viewer,
)
from cocommuns_graph.model.errors import NotFound
from cocommuns_graph.model.kinds import shorten

if TYPE_CHECKING:
    from cocommuns_graph.questions import Question


def all_questions() -> dict[str, Question]:
    """Every named query by its name."""
    folder = shipped.folder("queries")
    files = sorted(folder.glob("*.cypher"))
    return _loaded(folder, tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@lru_cache(maxsize=2)
def _loaded(folder: Path, state: tuple[tuple[str, int, int], ...]) -> dict[str, Question]:
    """The queries of a folder; read again only where a file came, went or changed."""
    from cocommuns_graph.questions import load

    return load(folder)


def find_question(name: str) -> Question:
    """The query of a name.

    Raises:
        NotFound: there is none; the text lists those there are.
    """
    found = all_questions()
    if name not in found:
        raise NotFound(f"no query is called {shorten(name)!r}; there are {', '.join(found)}")
    return found[name]


def check_question(name: str, values: Mapping[str, str]) -> None:
    """Makes sure, before any graph is opened, that there is such a query and that its parameters fit.

    Raises:
        NotFound: there is no query of that name.
        InvalidQuery: a parameter is unknown, missing or does not fit.
    """
    find_question(name).bind(values)


def questions(viewer: Viewer = STEWARD) -> list[Question]:
    """The named queries somebody may ask."""
    return [question for question in all_questions().values() if question.may_be_asked_by(viewer)]
