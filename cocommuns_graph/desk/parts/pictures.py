"""Maps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.files import Written, check_place, write_whole
from cocommuns_graph.desk.mapping import (
    MapView,
    explained_shade,
    map_words,
    shade_key,
    shade_values,
    shades,
)
from cocommuns_graph.desk.parts.numbers import Numbers
from cocommuns_graph.desk.parts.papers import Papers
from cocommuns_graph.model import Graph
from cocommuns_graph.model.errors import InvalidValue

if TYPE_CHECKING:
    from cocommuns_graph.maps import Picture
    from cocommuns_graph.maps.facets import Facets
    from cocommuns_graph.maps.looks import Look
    from cocommuns_graph.maps.overlays import Overlay
    from cocommuns_graph.network import Chain

_MOST_CHAINS = 3


class Pictures(Numbers, Papers):
    """The map, live and as a page."""

    def picture(
        self,
        *,
        topic: str | None = None,
        around: str | None = None,
        depth: int = 1,
        expand: Sequence[str] = (),
    ) -> dict[str, Any]:
        """The map as the live canvas draws it; what is on it stays where it was while the graph changes.

        `expand` are the ids whose neighbours are shown besides.

        Raises:
            NotFound, Ambiguous: as for `resolve`, of the topic or the record in the middle.
        """
        return self.map_picture(MapView(topic=topic, around=around, depth=depth, expand=tuple(expand)))

    def map_picture(self, view: MapView) -> dict[str, Any]:
        """The same for a view; the records of its chain are on the map too."""
        key = ("drawn", *self._drawn_by(view))
        return self._made(key, lambda _: self._picture(view).to_json())

    def _drawn_by(self, view: MapView) -> tuple[object, ...]:
        """What a picture depends on besides the graph."""
        chain = self._chain(view)
        also = chain.ids if chain and (view.topic or view.around) else ()
        return view.topic, view.around, view.depth, view.expand, also, self.language

    def _picture(self, view: MapView) -> Picture:
        from cocommuns_graph.finding import resolve
        from cocommuns_graph.maps import Arrangement, picture

        places, level = self._memory.places(self.home), self.viewer.level
        *_, also, _ = key = self._drawn_by(view)

        def draw(graph: Graph) -> Picture:
            topic = resolve(graph, view.topic, ["Topic"]) if view.topic else None
            around = resolve(graph, view.around) if view.around else None
            centre = topic or around or ""
            kept = places.of(level, centre, self._digests())
            made = picture(
                graph,
                topic=topic,
                around=around,
                depth=view.depth,
                expand=view.expand,
                also=also,  # type: ignore[arg-type]
                kept=Arrangement(*kept) if kept else None,
                say=self.say,
            )
            places.keep(level, centre, made.kept.positions, made.kept.headings)
            return made

        return self._made(("picture", *key), draw)

    def _digests(self) -> dict[str, str]:
        from cocommuns_graph.desk.places import digest

        return self._made(("digests",), lambda graph: {digest(id_): id_ for id_ in graph.nodes})

    def arrange_again(self, view: MapView) -> None:
        """Gives up where things stand on a map, so that it is arranged as if it were drawn first now."""
        topic, around = view.topic, view.around
        centre = self.resolve(topic, ["Topic"]) if topic else self.resolve(around) if around else ""
        self._memory.places(self.home).forget(self.viewer.level, centre)
        self._memory.forget("picture", "drawn", "look", "shown")

    def map_topics(self) -> dict[str, str]:
        """Every topic's labels in all languages, that of the screen first, by id and in their order: so a
        picker completes in any language."""
        from cocommuns_graph.network import called

        def name(graph: Graph) -> dict[str, str]:
            found = {}
            for node in graph.of_label("Topic"):
                labels = [node.text(one) for one in node.properties if one == "label" or one[:6] == "label_"]
                found[node.id] = " · ".join(dict.fromkeys([called(node, self.say), *labels]))
            return dict(sorted(found.items(), key=lambda one: (one[1].casefold(), one[0])))

        return self._made(("map topics", self.language), name)

    def record_names(self, ids: Sequence[str]) -> list[str]:
        """What records are called in this desk's language; those that are not there are left out."""
        from cocommuns_graph.network import called

        nodes = self.graph().nodes
        return [called(nodes[id_], self.say) for id_ in ids if id_ in nodes]

    def map_view_seen(self, view: MapView) -> MapView:
        """The part of somebody else's view that this desk's viewer can see.

        Raises:
            NotFound: the topic or record in the middle is hidden from this viewer.
        """
        nodes, known = self.graph().nodes, self.map_shades()
        for middle in (view.topic, view.around):
            if middle:
                self.resolve(middle)
        return replace(
            view,
            expand=tuple(id_ for id_ in view.expand if id_ in nodes),
            color=view.color if view.color in known else MapView.color,
            size=view.size if view.size in known else "",
            pair=view.pair if view.pair and all(id_ in nodes for id_ in view.pair) else None,
        )

    def map_shades(self) -> dict[str, str]:
        """By what a map can be coloured or sized: keys with their words, the type of record first."""
        return self._made(("shades", self.language), lambda graph: shades(graph, self.say))

    def map_shade_explained(self, key: str) -> dict[str, str] | None:
        """What a measure means and how it is computed; None where the key is that of a property."""
        return explained_shade(key, self.say)

    def map_words(self) -> dict[str, str | tuple[str, str]]:
        """The texts of the live map in this desk's language, to be given to it."""
        return map_words(self.say)

    def map_gaps(self) -> dict[str, str]:
        """Which gaps can lie over a map, with their words."""
        from cocommuns_graph.maps.overlays import gap_words

        return gap_words(self.say)

    def map_filters(self, view: MapView) -> dict[str, Any]:
        """What a view can be filtered by, with how many records each value would show beside the filters of
        other kinds: {"kinds": {kind: [{"value", "text", "count"}]}, "shown", "all"}."""
        from cocommuns_graph.maps.facets import option_text

        found, graph = self._facets(view), self.graph()
        shown = found.shown(view.filters, near=view.near)
        kinds = {
            kind: [{"value": option.value, "text": option.text, "count": count} for option, count in counted]
            for kind, counted in found.counts(view.filters).items()
        }
        for kind, values in view.filters.items():
            there = {one["value"] for one in kinds[kind]}
            kinds[kind] += [
                {"value": value, "text": option_text(graph, kind, value, self.say), "count": 0}
                for value in values
                if value not in there
            ]
        return {
            "kinds": kinds,
            "shown": int(shown.sum()),
            "all": found.size,
        }

    def _facets(self, view: MapView) -> Facets:
        from cocommuns_graph.maps.facets import facets

        def make(graph: Graph) -> Facets:
            drawn = self._picture(view)
            number = {node.id: place for place, node in enumerate(drawn.nodes)}
            ties = [(number[edge.source], number[edge.target]) for edge in drawn.edges]
            return facets(graph, list(number), ties, self.say)

        return self._made(("facets", *self._drawn_by(view)), make)

    def map_look(self, view: MapView) -> dict[str, Any]:
        """How the records of a view look and which of them are shown: `look` of the live map.

        Raises:
            InvalidValue: there is nothing to colour or size by of that name.
        """
        key = ("shown", *self._drawn_by(view), view.color, view.size, view.chosen, view.near)
        return self._made(key, lambda _: self._shown(view))

    def _shown(self, view: MapView) -> dict[str, Any]:
        made = self._look(view)
        if not view.filters:
            return made.shown()
        flags = self._facets(view).shown(view.filters, near=view.near)
        if chain := self._chain(view):
            flags |= [node.id in chain.ids for node in made.picture.nodes]
        return made.shown(flags)

    def _look(self, view: MapView) -> Look:
        from cocommuns_graph.maps.looks import look

        def make(graph: Graph) -> Look:
            color, size = (
                shade_values(graph, shade_key(graph, key, self.say), self.say, self.measure) if key else None
                for key in (view.color, view.size)
            )
            return look(self._picture(view), color, size, self.say)

        return self._made(("look", *self._drawn_by(view), view.color, view.size), make)

    def map_overlay(self, view: MapView) -> dict[str, Any] | None:
        """What lies over the map of a view: `overlay` of the live map, with `told`, what it says one by one:
        {"text", "ids", "suggestion", "on_map"}. None where nothing was asked for.

        Raises:
            InvalidValue: no gaps of that name can lie over a map.
        """
        made = self._overlay(view)
        return made.as_dict() if made else None

    def _overlay(self, view: MapView) -> Overlay | None:
        from cocommuns_graph.gaps.words import LANGUAGES
        from cocommuns_graph.maps.overlays import GAP_OVERLAYS, chain_overlay, merged

        parts: list[Overlay] = []
        if view.gaps:
            if view.gaps not in GAP_OVERLAYS:
                raise InvalidValue(
                    f"no gaps called {view.gaps!r} lie over a map; accepted: {', '.join(GAP_OVERLAYS)}"
                )
            found = self.find_gaps(language=self.language if self.language in LANGUAGES else "en")
            ids = {node["id"] for node in self.map_picture(view)["nodes"]}
            parts.append(GAP_OVERLAYS[view.gaps](found, ids, self.say))
        if chain := self._chain(view):
            parts.append(chain_overlay(chain, self.say))
        return merged(parts) if parts else None

    def _chain(self, view: MapView) -> Chain | None:
        if view.pair is None:
            return None
        found = self._chains(*view.pair)
        return found[min(view.chain, len(found) - 1)] if found else None

    def _chains(self, a: str, b: str) -> list[Chain]:
        from cocommuns_graph.network import introductions

        def search(graph: Graph) -> list[Chain]:
            there = a in graph.nodes and b in graph.nodes
            return introductions(graph, a, b, self.say, _MOST_CHAINS) if there else []

        return self._made(("chains", a, b, self.language), search)

    def why_linked(self, a: str, b: str) -> dict[str, Any]:
        """Why two records are linked: up to three chains, a direct tie first, as sentences with who says so.

        Returns:
            {"a", "b" (their names), "why" (a sentence where nothing links them, else empty), "chains":
            [{"ids", "names", "by_topic" (nothing says that they know each other), "steps": [{"text",
            "sources"}]}]}.

        Raises:
            NotFound: one of the two is not there.
        """
        from cocommuns_graph.network import called

        graph = self.graph()
        one, other = (called(graph.nodes[self.resolve(id_)], self.say) for id_ in (a, b))
        found = self._chains(a, b)
        why = "" if found else self.say("Nothing in the inventory links {a} and {b}.", a=one, b=other)
        if a == b:
            why = self.say("Choose a second record: this one is on both ends.")
        return {
            "a": one,
            "b": other,
            "why": why,
            "chains": [
                {
                    "ids": list(chain.ids),
                    "names": [called(graph.nodes[id_], self.say) for id_ in chain.ids],
                    "by_topic": chain.by_topic,
                    "steps": [{"text": step.text, "sources": list(step.sources)} for step in chain.steps],
                }
                for chain in found
            ],
        }

    def write_map(
        self,
        path: Path,
        *,
        topic: str | None = None,
        around: str | None = None,
        depth: int = 1,
        color: str = "",
        size: str = "",
    ) -> Written:
        """The map as one page that works alone, from disk, offline.

        Raises:
            InvalidValue: there is nothing to colour or size by of that name.
        """
        check_place(path)
        view = MapView(topic=topic, around=around, depth=depth, color=color or MapView.color, size=size)
        write_whole(path, self.map_page(view))
        return self._told_written([path])

    def map_page(self, view: MapView) -> str:
        """The text of that page: the view with its filters, colours and what lies over it."""
        from cocommuns_graph.maps import page

        overlay = self._overlay(view)
        return page(
            self._picture(view),
            meta=self._meta("inventory", view.in_words).lines(),
            look=self._look(view),
            facets=self._facets(view),
            chosen=view.filters,
            near=view.near,
            overlay=overlay.as_dict() if overlay else None,
        )
