"""Maps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.files import Written, check_place, write_whole
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.model import (
    Graph,
)

if TYPE_CHECKING:
    from cocommuns_graph.maps import Picture


class Pictures(Base):
    """The map, live and as a page."""

    def picture(
        self, *, topic: str | None = None, around: str | None = None, depth: int = 1
    ) -> dict[str, Any]:
        """The map as the live canvas draws it; positions stay where they were while the graph changes."""
        return self._made(
            ("drawn", topic, around, depth), lambda graph: self._picture(topic, around, depth).to_json()
        )

    def _picture(self, topic: str | None, around: str | None, depth: int) -> Picture:
        from cocommuns_graph.finding import resolve
        from cocommuns_graph.maps import picture

        def draw(graph: Graph) -> Picture:
            topic_id = resolve(graph, topic, ["Topic"]) if topic else None
            around_id = resolve(graph, around) if around else None
            whole = topic_id is None and around_id is None
            positions = self._memory.positions.get(self.viewer.level) if whole else None
            made = picture(graph, topic=topic_id, around=around_id, depth=depth, positions=positions)
            if whole:
                self._memory.positions[self.viewer.level] = made.positions
            return made

        return self._made(("picture", topic, around, depth), draw)

    def write_map(
        self, path: Path, *, topic: str | None = None, around: str | None = None, depth: int = 1
    ) -> Written:
        """The map as one page that works alone, from disk, offline."""
        check_place(path)
        write_whole(path, self.map_page(topic=topic, around=around, depth=depth))
        graph = self.graph()
        return Written((path,), graph.hidden, graph.hidden_details)

    def map_page(self, *, topic: str | None = None, around: str | None = None, depth: int = 1) -> str:
        """The text of that page."""
        from cocommuns_graph.maps import page

        drawn = self._picture(topic, around, depth)
        filters = {"topic": topic or "", "around": around or "", "depth": str(depth) if around else ""}
        return page(drawn, meta=self._meta("inventory", filters).lines())
