"""Looking a term up in the glossary: every language, any word, from its first letters, slips forgiven."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocommuns_graph.model import Graph, Node
from cocommuns_graph.reports.lookup import Lookup
from tests.sample_graph import sample_graph

GRAPH = Graph(
    [
        Node(
            "commons", "Topic", {"label": "Commons", "label_fr": "Biens communs", "aliases": ["the commons"]}
        ),
        Node("unions", "Topic", {"label": "Trade unions", "label_fr": "Syndicats", "label_cs": "Odbory"}),
        Node("lock", "Topic", {"label": "Asset lock", "label_de": "Vermögensbindung"}),
        Node("social", "Topic", {"label": "Économie sociale", "label_ja": "社会的経済"}),
        Node("union-a", "Topic", {"label": "Union"}),
        Node("someone", "Expert", {"name": "Commons Expert"}),
    ],
    [],
)
LOOK_UP = Lookup(GRAPH)


def topics(text: str) -> list[str]:
    return [hit.topic for hit in LOOK_UP(text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("commons", "commons"),
        ("COMMUNS", "commons"),
        ("bien", "commons"),
        ("syndi", "unions"),
        ("unions trade", "unions"),
        ("odbory", "unions"),
        ("bindung", "lock"),
        ("vermogens", "lock"),
        ("economie soc", "social"),
        ("ÉCONOMIE", "social"),
        ("経済", "social"),
        ("syndictas", "unions"),
        ("econnomie", "social"),
        ("vermoegensbindung", "lock"),
        ("synidcat", "unions"),
    ],
)
def test_a_term_is_found_however_it_is_typed(typed: str, first: str) -> None:
    assert topics(typed)[:1] == [first]


def test_whole_terms_come_before_beginnings_and_words_inside() -> None:
    assert topics("union") == ["union-a", "unions"]


def test_a_hit_says_by_which_term_and_whether_it_was_misspelt() -> None:
    (hit,) = LOOK_UP("syndictas")
    assert (hit.text, hit.language, hit.misspelt) == ("Syndicats", "fr", True)
    assert [(hit.text, hit.misspelt) for hit in LOOK_UP("bien")] == [("Biens communs", False)]


@pytest.mark.parametrize("typed", ["", "  ", "!?", "zzzz", "x" * 5000, "zz commons", "\0"])
def test_what_is_no_term_finds_nothing(typed: str) -> None:
    assert topics(typed) == []


@given(st.data())
def test_every_term_of_the_sample_is_found_by_every_beginning_of_it(data: st.DataObject) -> None:
    graph = sample_graph()
    node = data.draw(st.sampled_from(sorted(graph.of_label("Topic"), key=lambda node: node.id)))
    name = data.draw(st.sampled_from(sorted(name for name in node.properties if name.startswith("label"))))
    term = node.text(name)
    end = data.draw(st.integers(3, len(term)))
    hits = _SAMPLE(term[:end])
    assert node.id in [hit.topic for hit in hits]
    assert not any(hit.misspelt for hit in hits)


_SAMPLE = Lookup(sample_graph())
