from __future__ import annotations

import pytest

from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.network import narrower, neighbourhood, summary, topic_neighbourhood

GRAPH = Graph(
    [
        Node("ada", "Expert"),
        Node("bo", "Expert"),
        Node("cy", "Expert"),
        Node("etuc", "Organisation"),
        Node("dive", "Initiative"),
        Node("work", "Topic"),
        Node("gig", "Topic"),
        Node("app", "Topic"),
        Node("other", "Topic"),
    ],
    [
        Relationship("AFFILIATED_WITH", "ada", "etuc"),
        Relationship("TAKES_PART_IN", "bo", "dive"),
        Relationship("ABOUT", "dive", "gig"),
        Relationship("EXPERT_IN", "ada", "work"),
        Relationship("EXPERT_IN", "cy", "other"),
        Relationship("BROADER", "gig", "work"),
        Relationship("BROADER", "app", "gig"),
        Relationship("BROADER", "work", "app"),
        Relationship("RELATED", "other", "work"),
    ],
    hidden=3,
)


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        (0, {"etuc"}),
        (1, {"etuc", "ada"}),
        (2, {"etuc", "ada", "work"}),
        (3, {"etuc", "ada", "work", "gig", "app", "other"}),
    ],
)
def test_a_neighbourhood_grows_by_one_tie_a_step(depth: int, expected: set[str]) -> None:
    made = neighbourhood(GRAPH, "etuc", depth)
    assert set(made.nodes) == expected
    assert made.hidden == 3
    assert {tie.identity for tie in made.relationships} == {
        tie.identity for tie in GRAPH.relationships if {tie.start, tie.end} <= expected
    }


def test_a_topic_brings_what_is_below_it_and_who_took_part() -> None:
    assert set(topic_neighbourhood(GRAPH, "gig").nodes) == {"gig", "app", "work", "dive", "bo", "ada"}


def test_narrower_topics_survive_a_circle() -> None:
    assert narrower(GRAPH, "work") == {"gig": ("gig", "work"), "app": ("app", "gig", "work")}


def test_summary_counts_labels_and_types() -> None:
    counted = summary(GRAPH)
    assert counted["nodes"] == {"Expert": 3, "Organisation": 1, "Initiative": 1, "Topic": 4}
    assert counted["relationships"]["BROADER"] == 3


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound):
        neighbourhood(GRAPH, "nobody")
    with pytest.raises(InvalidValue):
        neighbourhood(GRAPH, "ada", -1)
    with pytest.raises(NotFound, match="not a topic"):
        topic_neighbourhood(GRAPH, "ada")
