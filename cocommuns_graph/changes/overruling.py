"""Files that overrule what a person corrected by hand: told, so that nobody's work goes in silence."""

from __future__ import annotations

from dataclasses import dataclass

from cocommuns_graph.changes.state import LinkElement, NodeElement, Stored
from cocommuns_graph.model import Value
from cocommuns_graph.model.claims import Problem, Row, by_whom
from cocommuns_graph.model.kinds import shorten


@dataclass(frozen=True, slots=True)
class _Overruled:
    path: str
    line: int
    element: NodeElement | LinkElement
    name: str
    was: Value
    value: Value


class Overruling:
    """Collects the values that rows of files replace in elements some person has corrected.

    Only such elements are remembered, and the journal is asked once, in the end.
    """

    def __init__(self) -> None:
        self._seen: list[_Overruled] = []

    def watch(
        self, row: Row, element: NodeElement | LinkElement, name: str, was: Value | None, value: Value
    ) -> None:
        """Remembers that a row replaces a value, where a person corrected the element before."""
        if was is not None and any(by_whom(source) for source in _sources(element)):
            self._seen.append(_Overruled(row.path, row.line, element, name, was, value))

    def problems(self, stored: Stored, unit: str) -> list[Problem]:
        """A note for each value that a person was the last to give before this unit."""
        if not self._seen:
            return []
        writers = stored.last_writers({one.element.key for one in self._seen}, unit)
        problems = []
        for one in self._seen:
            first = next(iter(_sources(one.element)), "")
            created = ("edit", by_whom(first)) if by_whom(first) else ("import", "")
            action, who = writers.get((one.element.key, one.name), created)
            if action != "import":
                problems.append(
                    Problem(
                        one.path,
                        one.line,
                        one.name,
                        shorten(one.value, 200),
                        f"{one.name} of {_called(one.element)} was {shorten(one.was)!r}, entered by "
                        f"{shorten(who)}; the file's {shorten(one.value)!r} replaces it",
                        "note",
                    )
                )
        return problems


def _sources(element: NodeElement | LinkElement) -> list[str]:
    sources = element.values.get("sources")
    return [str(source) for source in sources] if isinstance(sources, list) else []


def _called(element: NodeElement | LinkElement) -> str:
    return shorten(element.key if isinstance(element.key, str) else " ".join(element.key[:3]))
