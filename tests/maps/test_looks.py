"""Colours and sizes by what is known, and filters: on a small inventory whose answers one can see."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.maps.facets import KINDS, Facets, facets
from cocommuns_graph.maps.looks import classed, look
from cocommuns_graph.maps.picture import Picture, picture
from cocommuns_graph.maps.shades import Values, properties, values_of
from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.model.look import OTHER, SEQUENTIAL, SERIES, UNKNOWN
from cocommuns_graph.wording import wording
from tests.maps.made_up import made_up

ENGLISH = wording("en")
UNION = Node(
    "etuc", "Organisation", {"name": "ETUC", "sector": "union", "country": "BE", "languages": ["fr", "en"]}
)
CITY = Node("lyon", "Organisation", {"name": "Lyon", "sector": "city", "country": "FR", "members": "12"})
ADA = Node("ada", "Expert", {"name": "Ada", "languages": ["fr"], "members": "7"})
BOTH = Node("bo", "Expert", {"name": "Bo", "country": "BE"})
WORK = Node("work", "Topic", {"label": "Work", "label_fr": "Travail"})
PAY = Node("pay", "Topic", {"label": "Pay"})
FAIR = Node("fair", "Initiative", {"name": "Fair", "start": "2016-05", "country": "FR"})
TIES = [
    Relationship("AFFILIATED_WITH", "ada", "etuc"),
    Relationship("AFFILIATED_WITH", "bo", "etuc"),
    Relationship("AFFILIATED_WITH", "bo", "lyon"),
    Relationship("EXPERT_IN", "ada", "pay"),
    Relationship("BROADER", "pay", "work"),
    Relationship("ABOUT", "fair", "work"),
]
GRAPH = Graph([UNION, CITY, ADA, BOTH, WORK, PAY, FAIR], TIES)
DRAWN = picture(GRAPH)
IDS = [node.id for node in DRAWN.nodes]


def filters(graph: Graph, drawn: Picture) -> Facets:
    number = {node.id: place for place, node in enumerate(drawn.nodes)}
    ties = [(number[edge.source], number[edge.target]) for edge in drawn.edges]
    return facets(graph, list(number), ties, ENGLISH)


def passing(**chosen: list[str]) -> set[str]:
    shown = filters(GRAPH, DRAWN).shown(chosen)
    return {id_ for id_, is_shown in zip(IDS, shown, strict=True) if is_shown}


def legend(values: Values) -> list[tuple[str, str, int]]:
    made = look(DRAWN, values, None, ENGLISH)
    return [
        (one["text"], one["color"], one["count"])
        for one in made.shown()["legend"]
        if one["title"][:6] == "Colour"
    ]


def test_experts_have_the_sector_of_their_affiliations_and_the_unknown_is_said() -> None:
    told = legend(values_of(GRAPH, "sector", "sector", ENGLISH))
    assert told == [
        ("union", SERIES[0], 2),
        ("city", SERIES[1], 1),
        ("several", SERIES[2], 1),
        ("not known", UNKNOWN, 3),
    ]


def test_texts_that_are_numbers_and_dates_are_ranges() -> None:
    assert legend(values_of(GRAPH, "members", "members", ENGLISH)) == [
        ("7", SEQUENTIAL[0], 1),
        ("12", SEQUENTIAL[-1], 1),
        ("not known", UNKNOWN, 5),
    ]
    assert legend(values_of(GRAPH, "start", "start", ENGLISH))[0][0] == "2016"


def test_every_property_is_offered_but_those_each_record_has_its_own_of() -> None:
    offered = properties(GRAPH, ENGLISH)
    assert {"sector", "country", "languages", "members", "start"} <= set(offered)
    assert not {"id", "name", "label", "label_fr", "sources"} & set(offered)


def test_more_kinds_than_colours_become_other() -> None:
    nodes = DRAWN.nodes
    values = Values("x", {node.id: f"v{place}" for place, node in enumerate(nodes)}, False, "not known")
    made = classed(nodes, values, ENGLISH)
    assert made.colors == (*SERIES, OTHER, UNKNOWN)
    assert made.texts[-2:] == ("1 other value", "not known")


@given(st.lists(st.one_of(st.none(), st.integers(-3, 40), st.floats(-1e6, 1e6)), min_size=1, max_size=60))
@settings(max_examples=80, deadline=None)
def test_ranges_cover_every_number_in_order(numbers: list[float | None]) -> None:
    graph = Graph([Node(str(place), "Expert", {"name": str(place)}) for place in range(len(numbers))])
    drawn = picture(graph)
    there = {str(place): float(number) for place, number in enumerate(numbers) if number is not None}
    made = classed(drawn.nodes, Values("x", there, True, "not known"), ENGLISH)
    class_of = dict(zip((node.id for node in drawn.nodes), made.of.tolist(), strict=True))
    assert len(made.colors) <= len(SEQUENTIAL) + 1
    ordered = sorted(there, key=there.__getitem__)
    assert [class_of[id_] for id_ in ordered] == sorted(class_of[id_] for id_ in ordered)
    for a, b in pairwise(ordered):
        assert there[a] != there[b] or class_of[a] == class_of[b]
    unknown = len(made.colors) - 1
    assert all((class_of[node.id] == unknown) == (node.id not in there) for node in drawn.nodes)


def test_sizes_grow_with_the_number_and_the_least_stands_for_the_unknown() -> None:
    values = Values("members", {"lyon": 12.0, "ada": 7.0, "etuc": 7.5}, True, "not known")
    made = look(DRAWN, None, values, ENGLISH).shown()
    size = dict(zip(IDS, made["size"], strict=True))
    assert size["work"] == size["ada"] < size["etuc"] < size["lyon"]
    assert made["legend"][-1]["title"] == "Size: members"
    assert "from 7 to 12" in made["legend"][-1]["text"]
    assert "not known" in made["legend"][-1]["text"]


def test_the_version_of_a_look_changes_with_what_it_shows() -> None:
    sector = look(DRAWN, values_of(GRAPH, "sector", "sector", ENGLISH), None, ENGLISH)
    country = look(DRAWN, values_of(GRAPH, "country", "country", ENGLISH), None, ENGLISH)
    some = np.array([id_ != "ada" for id_ in IDS])
    versions = {sector.shown()["version"], country.shown()["version"], sector.shown(some)["version"]}
    assert len(versions) == 3
    assert sector.shown()["version"] == sector.shown()["version"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, set(IDS)),
        ({"type": ["Expert"]}, {"ada", "bo"}),
        ({"sector": ["union"]}, {"etuc", "ada"}),
        ({"sector": ["union", "several"], "type": ["Expert"]}, {"ada", "bo"}),
        ({"topic": ["work"]}, {"work", "pay", "ada", "fair"}),
        ({"topic": ["pay"]}, {"pay", "ada"}),
        ({"country": ["BE"], "language": ["fr"]}, {"etuc"}),
        ({"language": ["fr", "en"]}, {"etuc", "ada"}),
        ({"country": ["XX"]}, set()),
    ],
)
def test_kinds_of_filters_narrow_and_values_of_one_add_up(
    chosen: dict[str, list[str]], expected: set[str]
) -> None:
    assert passing(**chosen) == expected


def test_neighbours_can_be_shown_with_what_passes() -> None:
    shown = filters(GRAPH, DRAWN).shown({"topic": ["pay"]}, near=True)
    assert {id_ for id_, one in zip(IDS, shown, strict=True) if one} == {"pay", "ada", "work", "etuc"}


@given(st.dictionaries(st.sampled_from(KINDS), st.lists(st.integers(0, 12), max_size=3), max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_count_is_what_choosing_that_value_alone_would_show(picked: dict[str, list[int]]) -> None:
    found = FOUND
    chosen = {
        kind: [found.options[kind][place].value for place in places if place < len(found.options[kind])]
        for kind, places in picked.items()
    }
    for kind, counted in found.counts(chosen).items():
        for option, count in counted[:4]:
            assert found.shown({**chosen, kind: [option.value]}).sum() == count


MADE_UP = made_up()
FOUND = filters(MADE_UP, picture(MADE_UP))
