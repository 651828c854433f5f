from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.maps.picture import Picture, picture
from cocommuns_graph.model import MODEL, Graph, Node, Relationship
from cocommuns_graph.model.errors import InvalidValue, NotFound

ADA = Node(
    "ada",
    "Expert",
    {
        "name": "Ada",
        "website": "https://example.org/ada",
        "aliases": ["Countess", "AAL"],
        "visibility": "public",
        "created_in": "import-1",
        "orcid": "0000-0002-1825-0097",
        "colour of hat": "red",
        "sources": ["experts.csv row 2"],
    },
)
EVIL = Node("evil", "Organisation", {"name": "Evil", "website": "javascript:alert(1)", "sources": []})
WATER = Node("water", "Topic", {"label": "Water", "label_fr": "Eau", "definition_fr": "Ce qui coule."})
SOIL = Node("soil", "Topic", {"label": "Soil"})
FAR = Node("far", "Initiative", {"name": "Far away", "start": "2016"})
LONE = Node("lone", "Expert", {"name": "Lone"})
TIES = [
    Relationship(
        "EXPERT_IN", "ada", "water", "", {"level": 4, "evidence": "a book", "sources": ["links.csv row 2"]}
    ),
    Relationship("AFFILIATED_WITH", "ada", "evil", "|", {"key": "|"}),
    Relationship("BROADER", "water", "soil"),
    Relationship("ABOUT", "far", "soil"),
    Relationship("COLLABORATES_WITH", "ada", "ada"),
]
GRAPH = Graph([ADA, EVIL, WATER, SOIL, FAR, LONE], TIES, hidden=3)


def ids(made: Picture) -> set[str]:
    return {node.id for node in made.nodes}


def node(made: Picture, id_: str) -> dict[str, object]:
    return next(one for one in made.told_json()["nodes"] if one["id"] == id_)


def test_the_whole_graph_with_words_and_colours_of_the_model() -> None:
    made = picture(GRAPH)
    assert ids(made) == set(GRAPH.nodes)
    assert [(entry.type, entry.count) for entry in made.legend] == [
        ("Organisation", 1),
        ("Expert", 2),
        ("Topic", 2),
        ("Initiative", 1),
    ]
    assert all(entry.color == MODEL.node(entry.type).color for entry in made.legend)
    assert len({entry.shape for entry in made.legend}) == 4
    assert made.notes == ("6 records, 5 links.",), "what is hidden is counted nowhere"
    words = made.to_json()["words"]
    assert words["EXPERT_IN"] == ["is an expert in", "has as expert"]


def test_a_profile_has_words_values_and_safe_links_only() -> None:
    made = picture(GRAPH)
    ada = node(made, "ada")
    assert ada["profile"] == [
        ["also called", "Countess, AAL"],
        ["website", "https://example.org/ada", "https://example.org/ada"],
        ["ORCID", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"],
        ["colour of hat", "red"],
    ]
    assert ada["sources"] == ["experts.csv row 2"]
    assert ada["terms"] == [["Countess", ""], ["AAL", ""]]
    assert node(made, "evil")["profile"] == [["website", "javascript:alert(1)"]]
    assert node(made, "water")["profile"] == [
        ["label (French)", "Eau"],
        ["definition (French)", "Ce qui coule."],
    ]
    assert node(made, "water")["terms"] == [["Eau", "fr"]]


def test_ties_say_what_is_known_of_them() -> None:
    edges = picture(GRAPH).told_json()["edges"]
    assert edges[0]["details"] == "level: 4; evidence: a book"
    assert edges[0]["sources"] == ["links.csv row 2"]
    assert edges[1]["details"] == ""


def test_around_a_record_to_a_depth() -> None:
    assert ids(picture(GRAPH, around="ada")) == {"ada", "water", "evil"}
    assert ids(picture(GRAPH, around="ada", depth=2)) == {"ada", "water", "evil", "soil"}
    assert ids(picture(GRAPH, around="ada", depth=9)) == {"ada", "water", "evil", "soil", "far"}
    assert ids(picture(GRAPH, around="lone", depth=9)) == {"lone"}
    made = picture(GRAPH, around="ada")
    assert made.title == "Around Ada"
    assert made.to_json()["nodes"][made.to_json()["centre"]]["id"] == "ada"
    assert [heading.text for heading in made.headings] == ["Organisations", "Topics"]


def test_around_a_topic() -> None:
    made = picture(GRAPH, topic="water")
    assert ids(made) == {"water", "ada", "soil"}
    assert made.positions["water"] == (0.0, 0.0)


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ({"around": "nobody"}, NotFound, "'nobody'"),
        ({"topic": "ada"}, NotFound, "not a topic but an expert"),
        ({"topic": "water", "around": "ada"}, InvalidValue, "not both"),
        ({"around": "ada", "depth": 0}, InvalidValue, "depth 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(asked: dict[str, object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        picture(GRAPH, **asked)  # type: ignore[arg-type]


def test_product_memory_and_ties_into_the_dark_are_left_out() -> None:
    memory = Node("import-1", "Import", {})
    made = picture(Graph([ADA, memory], [Relationship("EXPERT_IN", "ada", "hidden")]))
    assert ids(made) == {"ada"}
    assert made.edges == ()


def test_an_empty_graph_has_a_picture() -> None:
    made = picture(Graph())
    assert made.to_json()["nodes"] == []
    assert made.width > 0


def test_positions_given_back_are_kept() -> None:
    first = picture(GRAPH)
    more = Graph([*GRAPH.nodes.values(), Node("new", "Expert", {"name": "New"})], TIES)
    second = picture(more, kept=first.kept)
    assert {id_: second.positions[id_] for id_ in GRAPH.nodes} == first.positions


def test_the_version_changes_with_the_content_only() -> None:
    assert picture(GRAPH).to_json()["version"] == picture(GRAPH).to_json()["version"]
    assert picture(GRAPH).to_json()["version"] != picture(GRAPH, around="ada").to_json()["version"]


def is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and is_plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(is_plain, value))
    return type(value) in (str, int, float, bool, type(None))


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(MODEL.types), st.integers(0, 9)), max_size=30))
@settings(max_examples=40, deadline=None)
def test_every_picture_is_plain_json(ties: list[tuple[int, str, int]]) -> None:
    labels = MODEL.labels
    nodes = [Node(str(n), labels[n % len(labels)], {"name": f"N{n}"}) for n in range(10)]
    made = picture(Graph(nodes, [Relationship(type_, str(a), str(b)) for a, type_, b in ties]))
    content = made.to_json()
    assert is_plain(content)
    assert json.loads(json.dumps(content, allow_nan=False)) == content
