"""Maps."""

from __future__ import annotations

from collections.abc import Sequence
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
        self,
        *,
        topic: str | None = None,
        around: str | None = None,
        depth: int = 1,
        expand: Sequence[str] = (),
        also: Sequence[str] = (),
    ) -> dict[str, Any]:
        """The map as the live canvas draws it; what is on it stays where it was while the graph changes.

        `expand` and `also` are ids: whose neighbours, and which records, are shown besides.

        Raises:
            NotFound, Ambiguous: as for `resolve`, of the topic or the record in the middle.
        """
        key = ("drawn", topic, around, depth, tuple(expand), tuple(also), self.language)
        return self._made(key, lambda _: self._picture(topic, around, depth, expand, also).to_json())

    def _picture(
        self,
        topic: str | None,
        around: str | None,
        depth: int = 1,
        expand: Sequence[str] = (),
        also: Sequence[str] = (),
    ) -> Picture:
        from cocommuns_graph.finding import resolve
        from cocommuns_graph.maps import Arrangement, picture

        places, level = self._memory.places(self.home), self.viewer.level

        def draw(graph: Graph) -> Picture:
            topic_id = resolve(graph, topic, ["Topic"]) if topic else None
            around_id = resolve(graph, around) if around else None
            centre = topic_id or around_id or ""
            view = places.of(level, centre, self._digests())
            made = picture(
                graph,
                topic=topic_id,
                around=around_id,
                depth=depth,
                expand=expand,
                also=also,
                kept=Arrangement(*view) if view else None,
                say=self.say,
            )
            places.keep(level, centre, made.kept.positions, made.kept.headings)
            return made

        return self._made(("picture", topic, around, depth, tuple(expand), tuple(also), self.language), draw)

    def _digests(self) -> dict[str, str]:
        from cocommuns_graph.desk.places import digest

        return self._made(("digests",), lambda graph: {digest(id_): id_ for id_ in graph.nodes})

    def arrange_again(self, *, topic: str | None = None, around: str | None = None) -> None:
        """Gives up where things stand on a map, so that it is arranged as if it were drawn first now."""
        centre = self.resolve(topic, ["Topic"]) if topic else self.resolve(around) if around else ""
        self._memory.places(self.home).forget(self.viewer.level, centre)
        self._memory.forget("picture", "drawn")

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
