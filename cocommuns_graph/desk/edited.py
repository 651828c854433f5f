"""What a correction by hand did or would do: the report of an import, and each change in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cocommuns_graph.changes import Key, ends_of
from cocommuns_graph.desk.events import BOOKKEEPING, Event
from cocommuns_graph.desk.telling import entry
from cocommuns_graph.model import Graph, Value
from cocommuns_graph.wording import Wording

if TYPE_CHECKING:
    from cocommuns_graph.changes import Outcome, Told


@dataclass(frozen=True)
class Edited:
    """What was written, or in a preview what would be.

    `report` has the shape of the contract's `import`, with no files, and `changes` besides: entries in the
    shape of `history`, of which unit and moment are empty in a preview.
    """

    report: dict[str, Any]

    @property
    def changes(self) -> list[dict[str, Any]]:
        """The changes one by one, in the shape of `history`."""
        return list(self.report["changes"])

    @property
    def warnings(self) -> list[str]:
        """What was left out, in sentences."""
        return [problem["reason"] for problem in self.report["problems"] if problem["severity"] == "warning"]

    @property
    def notes(self) -> list[str]:
        """What is worth knowing, in sentences."""
        return [problem["reason"] for problem in self.report["problems"] if problem["severity"] == "note"]

    @property
    def is_preview(self) -> bool:
        """Whether nothing was written."""
        return self.report["import_id"] is None

    def words(self, say: Wording) -> Iterator[str]:
        """The same as lines."""
        if self.is_preview:
            yield say("a preview: nothing was written")
        yield from (change["text"] for change in self.changes)
        if not self.changes:
            yield say("nothing to change: the inventory says so already")
        yield from self.warnings
        yield from self.notes


def edited(outcome: Outcome, who: str, graph: Graph, say: Wording) -> Edited:
    """The outcome of a correction; names come from the graph as it was and from what was created."""
    report = {
        "import_id": outcome.import_id,
        "files": [],
        "nodes": outcome.nodes.as_dict(),
        "relationships": outcome.relationships.as_dict(),
        "problems": [problem.as_dict() for problem in outcome.problems],
        "changes": told_in_words(outcome.changes, outcome.import_id or "", who, graph, say),
    }
    return Edited(report)


def told_in_words(
    changes: Sequence[Told], unit: str, who: str, graph: Graph, say: Wording
) -> list[dict[str, Any]]:
    """Changes in the shape of `history`; names come from the graph as it was and from what comes and goes."""
    names = {}
    for told in changes:
        if isinstance(told.element, str) and told.action in ("create", "restore", "remove"):
            values = told.after or told.before
            names[told.element] = str(values.get("name") or values.get("label") or told.element)

    def name(identifier: str) -> str:
        node = graph.nodes.get(identifier)
        return node.name if node is not None else names.get(identifier, identifier)

    links = {link.identity: link.properties for link in graph.relationships} if changes else {}

    def present(key: Key) -> Mapping[str, Value]:
        if isinstance(key, str):
            return graph.nodes[key].properties if key in graph.nodes else {}
        return links.get(key, {})

    def event(told: Told) -> Event:
        values: Mapping[str, Value | None] = told.after
        if told.action not in ("create", "restore"):
            values = told.before if told.action == "remove" else present(told.element)
        return Event(
            unit,
            "",
            who,
            told.action,
            told.element,
            told.type,
            _told(told.before),
            _told(told.after),
            {key: value for key, value in values.items() if value is not None},
            tuple(name(end) for end in ends_of(told.element)),
        )

    return [entry(event(told), say) for told in changes]


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in BOOKKEEPING}
