"""What goes: what a source no longer says, and what a person takes out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping
from typing import cast

from cocommuns_graph.changes.journal import Journal
from cocommuns_graph.changes.state import Batch, Identity, LinkElement, NodeElement, Outcome, Stored
from cocommuns_graph.model.claims import Problem, source_file
from cocommuns_graph.model.kinds import shorten


def remove_link(element: LinkElement, gone: Batch, outcome: Outcome, journal: Journal) -> None:
    """Takes a relationship out, with all it had in the journal."""
    start, _, end, key = element.identity
    gone.delete_links.setdefault(element.pattern, []).append({"start": start, "end": end, "key": key})
    outcome.relationships.removed += 1
    gone.changes.append(journal.removed(element))


def remove_node(element: NodeElement, gone: Batch, outcome: Outcome, journal: Journal) -> None:
    """Takes a node out, with all it had in the journal; links to it are not told one by one."""
    gone.delete_nodes.setdefault(element.label, []).append(element.id)
    outcome.nodes.removed += 1
    outcome.removed.append(element.id)
    gone.changes.append(journal.removed(element))


class Removals:
    """Takes out what files no longer say, unless something else says it or links to it.

    `plan` gives the deletions; elements that only lost a source are put into `nodes` and `links` and
    returned as `changed`.
    """

    def __init__(
        self,
        stored: Stored,
        files: Collection[str],
        nodes: MutableMapping[str, NodeElement],
        links: MutableMapping[Identity, LinkElement],
        outcome: Outcome,
        journal: Journal,
    ) -> None:
        self.changed: list[NodeElement | LinkElement] = []
        self._stored = stored
        self._files = files
        self._nodes = nodes
        self._links = links
        self._outcome = outcome
        self._journal = journal

    def plan(self, settled: Mapping[str, object]) -> Batch | None:
        """The deletions; None where rejected rows forbid to remove anything. `settled` ids stay."""
        if any(counts.rejected for counts in self._outcome.verdicts.values()):
            self._note(
                "nothing was removed, since rows were rejected; mend them and import with --sync again"
            )
            return None
        nodes, links = self._stored.asserted_by(self._files)
        gone = Batch()
        unsaid = set()
        for pattern, link in links:
            known_link = self._links.get(link.identity)
            if known_link is None or not known_link.touched:
                unsaid.add(link.identity)
                self._unsay(
                    LinkElement(
                        dict(link.properties), {}, sent=True, identity=link.identity, pattern=pattern
                    ),
                    gone,
                )
        untouched = [
            node
            for node in nodes
            if node.id not in settled and ((k := self._nodes.get(node.id)) is None or not k.touched)
        ]
        held = {
            end
            for link in self._stored.links_of([node.id for node in untouched])
            if link.identity not in unsaid
            for end in (link.start, link.end)
        }
        for node in untouched:
            element = NodeElement(dict(node.properties), {}, sent=True, id=node.id, label=node.label)
            if node.id not in held:
                self._unsay(element, gone)
            else:
                self._note(f"{shorten(node.id)!r} is no longer in the source but stays: others link to it")
        return gone

    def _note(self, reason: str) -> None:
        self._outcome.problems.append(Problem("", 0, "", "", reason, "note"))

    def _unsay(self, element: NodeElement | LinkElement, gone: Batch) -> None:
        sources = cast(list[str], element.values.get("sources") or [])
        kept = [source for source in sources if source_file(source) not in self._files]
        if kept:
            element.sources_before = sources
            element.values["sources"] = kept
            element.changed.add("sources")
            self.changed.append(element)
            if isinstance(element, NodeElement):
                self._nodes.setdefault(element.id, element)
            else:
                self._links.setdefault(element.identity, element)
        elif isinstance(element, NodeElement):
            remove_node(element, gone, self._outcome, self._journal)
        else:
            remove_link(element, gone, self._outcome, self._journal)
