"""Maps as the desk gives them: what stays where it was, through changes and restarts, and for whom."""

from __future__ import annotations

import json
import stat
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.desk import Desk, MapView
from cocommuns_graph.desk.places import Places
from cocommuns_graph.model import STEWARD, VISITOR, Graph, Node, Relationship, Viewer, Visibility
from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.network import induced
from cocommuns_graph.store import Store
from tests.maps.made_up import made_up


class Shelf:
    """A graph to be read, and to be replaced by another, in the place of a store."""

    def __init__(self, graph: Graph, hidden: frozenset[str] = frozenset()) -> None:
        self.graph, self.hidden, self.changes = graph, hidden, 0

    def stamp(self) -> str:
        """Changes with the graph."""
        return str(self.changes)

    def read(self, viewer: Viewer) -> Graph:
        """The graph, without what is hidden from all but stewards."""
        if viewer.level == Visibility.STEWARDS:
            return self.graph
        return induced(self.graph, set(self.graph.nodes) - self.hidden)

    def imports(self) -> list[dict[str, Any]]:
        """No imports."""
        return []

    def merged(self, viewer: Viewer) -> dict[str, str]:
        """No record was merged into another."""
        return {}

    def replace(self, graph: Graph) -> None:
        """Another graph from now on."""
        self.graph, self.changes = graph, self.changes + 1


def desk_on(shelf: Shelf, home: Path, viewer: Viewer = STEWARD) -> Desk:
    return Desk(cast(Store, shelf), viewer, home)


def places(desk: Desk, **view: Any) -> dict[str, tuple[float, float]]:
    return {node["id"]: (node["x"], node["y"]) for node in desk.map_picture(MapView(**view))["nodes"]}


def with_more(graph: Graph, number: int, host: str) -> Graph:
    new = [Node(f"new-{one}", "Expert", {"name": f"New {one}"}) for one in range(number)]
    ties = [Relationship("EXPERT_IN", node.id, host) for node in new]
    return Graph([*graph.nodes.values(), *new], [*graph.relationships, *ties])


@given(st.sampled_from(["topic-1", "expert-3"]), st.integers(0, 30), st.booleans())
@settings(max_examples=12, deadline=None)
def test_nothing_moves_when_actors_are_added_removed_and_added_again(
    tmp_path_factory: pytest.TempPathFactory, host: str, number: int, restarted: bool
) -> None:
    home, graph = tmp_path_factory.mktemp("home"), made_up(20, 12, 8)
    shelf = Shelf(graph)
    desk = desk_on(shelf, home)
    views: list[dict[str, Any]] = [{}, {"topic": "topic-1"}, {"around": "expert-3"}]
    before = [places(desk, **view) for view in views]
    shelf.replace(with_more(graph, number, host))
    if restarted:
        desk = desk_on(shelf, home)
    more = [places(desk, **view) for view in views]
    for then, now in zip(before, more, strict=True):
        assert {id_: now[id_] for id_ in then} == then
    shelf.replace(graph)
    assert [places(desk, **view) for view in views] == before
    shelf.replace(with_more(graph, number, host))
    assert [places(desk_on(shelf, home), **view) for view in views] == more


def test_expanding_and_stepping_further_moves_nobody(tmp_path: Path) -> None:
    desk = desk_on(Shelf(made_up()), tmp_path)
    first = places(desk, topic="topic-3")
    expanded = places(desk, topic="topic-3", expand=("expert-7", "organisation-2"))
    assert len(expanded) > len(first)
    assert {id_: expanded[id_] for id_ in first} == first
    assert places(desk, topic="topic-3") == first
    one = places(desk, around="expert-7")
    two = places(desk, around="expert-7", depth=2)
    assert {id_: two[id_] for id_ in one} == one


def test_arranging_anew_forgets_what_was_kept(tmp_path: Path) -> None:
    graph = made_up(20, 12, 8)
    shelf = Shelf(graph)
    desk = desk_on(shelf, tmp_path)
    places(desk)
    shelf.replace(with_more(graph, 15, "topic-1"))
    grown = places(desk)
    desk.arrange_again(MapView())
    fresh = places(desk_on(shelf, tmp_path / "other"))
    assert places(desk) == fresh != grown


def test_what_a_visitor_sees_is_arranged_from_what_a_visitor_sees(tmp_path: Path) -> None:
    graph = made_up()
    hidden = frozenset(id_ for id_ in graph.nodes if id_.startswith("expert"))
    shelf = Shelf(graph, hidden)
    steward = desk_on(shelf, tmp_path / "one")
    places(steward)
    seen_after = places(steward.for_viewer(Visibility.PUBLIC))
    without = Shelf(induced(graph, set(graph.nodes) - hidden))
    assert seen_after == places(desk_on(without, tmp_path / "two", VISITOR))


def test_the_file_is_for_its_owner_alone_and_names_nobody(tmp_path: Path) -> None:
    places(desk_on(Shelf(made_up()), tmp_path))
    (file,) = (tmp_path / "maps").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "expert" not in file.read_text()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"": 3}', '{"": {"places": {"a": [1]}, "headings": []}}', "\ud800", '{"":{}}'],
)
def test_a_damaged_file_costs_only_the_places(tmp_path: Path, content: str) -> None:
    shelf = Shelf(made_up(20, 12, 8))
    fresh = places(desk_on(shelf, tmp_path / "fresh"))
    (tmp_path / "maps").mkdir()
    file = tmp_path / "maps" / "places-stewards.json"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    assert places(desk_on(shelf, tmp_path)) == fresh
    assert json.loads(file.read_text())[""]["places"]


def test_places_that_are_no_numbers_are_no_places(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "places-public.json").write_text('{"": {"places": {"a": [NaN, 1]}, "headings": []}}')
    assert Places(tmp_path).of(Visibility.PUBLIC, "", {}) is None


def test_a_home_that_cannot_hold_them_still_has_a_map(tmp_path: Path) -> None:
    (tmp_path / "maps").write_text("a file where the folder belongs")
    assert places(desk_on(Shelf(made_up(20, 12, 8)), tmp_path))


def test_colours_by_a_measure_name_its_groups_by_their_centre(tmp_path: Path) -> None:
    desk = desk_on(Shelf(made_up()), tmp_path)
    legend = desk.map_look(MapView(color="direct:community"))["legend"]
    assert legend[0]["text"].startswith("around ")
    assert legend[-1]["title"] == "Size"
    short = desk.map_look(MapView(color="betweenness", size="direct:degree"))
    assert short["legend"][0]["title"] == "Colour: betweenness (direct ties)"
    with pytest.raises(InvalidValue, match="'shoe size'"):
        desk.map_look(MapView(color="shoe size"))
    explained = desk.map_shade_explained("direct:betweenness")
    assert explained is not None
    assert explained["network"] == "direct"
    assert desk.map_shade_explained("sector") is None


def test_a_chain_is_told_and_its_records_join_the_map(tmp_path: Path) -> None:
    desk = desk_on(Shelf(made_up()), tmp_path)
    found = desk.why_linked("expert-1", "expert-50")
    ids = found["chains"][0]["ids"]
    assert (ids[0], ids[-1]) == ("expert-1", "expert-50")
    assert len(found["chains"][0]["steps"]) == len(ids) - 1
    view = MapView(around="expert-1", pair=("expert-1", "expert-50"))
    drawn = {node["id"] for node in desk.map_picture(view)["nodes"]}
    assert set(ids) <= drawn
    overlay = desk.map_overlay(view)
    assert overlay is not None
    assert [(tie["source"], tie["target"]) for tie in overlay["ties"]] == list(pairwise(ids))
    assert desk.why_linked("expert-1", "expert-1")["why"].startswith("Choose a second record")
    assert desk.speaking("fr").why_linked("expert-1", "expert-0")["why"].startswith("Rien dans")
    with pytest.raises(NotFound):
        desk.why_linked("expert-1", "nobody")


def test_gaps_lie_over_the_map_with_sentences(tmp_path: Path) -> None:
    desk = desk_on(Shelf(made_up()), tmp_path)
    for name in desk.map_gaps():
        overlay = desk.map_overlay(MapView(gaps=name))
        assert overlay is not None
        assert len(overlay["told"]) >= len(overlay["marks"])
        assert all(one["on_map"] for one in overlay["told"])
    with pytest.raises(InvalidValue, match="'doom'"):
        desk.map_overlay(MapView(gaps="doom"))
    assert desk.map_overlay(MapView()) is None


def test_a_view_for_everybody_leaves_out_what_not_everybody_sees(tmp_path: Path) -> None:
    graph = made_up()
    hidden = frozenset(id_ for id_ in graph.nodes if id_.startswith("expert"))
    public = desk_on(Shelf(graph, hidden), tmp_path).for_viewer(Visibility.PUBLIC)
    view = MapView(
        topic="topic-3", expand=("expert-1", "organisation-1"), color="role", pair=("expert-1", "topic-3")
    )
    seen = public.map_view_seen(view)
    assert seen == MapView(topic="topic-3", expand=("organisation-1",))
    with pytest.raises(NotFound):
        public.map_view_seen(MapView(around="expert-1"))
    assert "expert-1" not in public.map_page(seen)
