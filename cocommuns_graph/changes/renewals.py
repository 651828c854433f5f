"""Links a file says otherwise than it did: the new one comes, the old one stays, and somebody should know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from cocommuns_graph.changes.state import Identity, LinkElement, NodeElement
from cocommuns_graph.model import Model, Node
from cocommuns_graph.model.claims import Problem, Row, source_file
from cocommuns_graph.model.kinds import shorten


class Renewals:
    """Collects new links between records that are linked so already, with another role or kind.

    What a link is known by, such as a role, makes it another link: what the file said before is kept until
    an import with --sync takes it away.
    """

    def __init__(self) -> None:
        self._made: list[tuple[str, int, LinkElement]] = []

    def watch(self, row: Row, made: LinkElement) -> None:
        """Remembers a link that a row made between two records there were before."""
        self._made.append((row.path, row.line, made))

    def problems(
        self, links: Mapping[Identity, LinkElement], nodes: Mapping[str, NodeElement], model: Model
    ) -> list[Problem]:
        """A note for each link whose like the same file said before and does not say any more."""
        if not self._made:
            return []
        before: defaultdict[tuple[str, str, str], list[LinkElement]] = defaultdict(list)
        for (start, type_, end, _), link in links.items():
            if link.before is not None and not link.touched:
                before[start, type_, end].append(link)
        problems = []
        for path, line, made in self._made:
            files = _files(made)
            for old in before[made.identity[:3]]:
                if files & _files(old):
                    said = model.relationship(made.identity[1]).text.en
                    problems.append(Problem(path, line, "", "", _told(made, old, nodes, said), "note"))
        return problems


def _files(link: LinkElement) -> set[str]:
    sources = link.values.get("sources")
    return {source_file(str(source)) for source in sources} if isinstance(sources, list) else set()


def _told(made: LinkElement, old: LinkElement, nodes: Mapping[str, NodeElement], said: str) -> str:
    start, _, end, key = made.identity
    names = [Node(one, nodes[one].label, nodes[one].values).name for one in (start, end)]
    return (
        f"{shorten(names[0])} {said} {shorten(names[1])} as {_words(key)} now and, as this file said before, "
        f"as {_words(old.identity[3])}; --sync removes what it no longer says"
    )


def _words(key: str) -> str:
    """The key properties of a link as people read them."""
    known = [part for part in key.split("|") if part]
    return repr(shorten(", ".join(known))) if known else "nothing in particular"
