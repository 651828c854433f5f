"""What must hold of every answer, on random graphs and random questions."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.finding import Answer, Finder, Reason
from cocommuns_graph.finding.glossary import Glossary
from cocommuns_graph.finding.reading import Reading, read
from cocommuns_graph.finding.text import tokens
from cocommuns_graph.model import Graph
from cocommuns_graph.network import family
from tests.finding.graphs import QUESTIONS, graphs
from tests.sample_graph import sample_graph

SAMPLE = Finder(sample_graph())


def check_reason(graph: Graph, reason: Reason, subject: str) -> None:
    """The ids lead from the subject over ties of the graph, and what is named as source says so."""
    assert reason.ids[0] == subject
    said = set()
    for here, there in pairwise(reason.ids):
        between = [tie for tie in graph.links_of[here] if tie.other(here) == there]
        assert between, f"{here} and {there} are not tied"
        said.update(source for tie in between for source in tie.texts("sources"))
    if len(reason.ids) == 1:
        said.update(graph.nodes[subject].texts("sources"))
    assert set(reason.sources) <= said
    for node_id in reason.ids:
        assert graph.nodes[node_id].name in reason.text


def check(graph: Graph, answer: Answer) -> None:
    ids = [result.id for result in answer.results]
    assert len(ids) == len(set(ids))
    assert [result.rank for result in answer.results] == list(range(1, len(ids) + 1))
    assert all(graph.nodes[node_id].label != "Topic" for node_id in ids)
    assert all(0 < result.score <= 1 for result in answer.results)
    order = [(-result.score, result.name, result.id) for result in answer.results]
    assert order == sorted(order)
    for result in answer.results:
        assert result.reasons, f"{result.id} has no reason"
        for reason in result.reasons:
            check_reason(graph, reason, result.id)
    assert answer.why
    for topic in answer.topics:
        assert graph.nodes[topic.id].label == "Topic"
    assert json.loads(json.dumps(answer.as_dict()))["query"] == answer.query


@settings(deadline=None, max_examples=60)
@given(graphs(), QUESTIONS, st.booleans())
def test_every_answer_can_be_checked(graph: Graph, question: str, near: bool) -> None:
    start = next(iter(graph.nodes), None) if near else None
    answer = Finder(graph).find(question, start=start, limit=50)
    check(graph, answer)
    assert start not in [result.id for result in answer.results]


@settings(deadline=None, max_examples=60)
@given(graphs(), QUESTIONS, st.randoms(use_true_random=False))
def test_the_order_of_the_graph_changes_nothing(graph: Graph, question: str, chance: st.Random) -> None:
    nodes, ties = list(graph.nodes.values()), list(graph.relationships)
    expected = Finder(graph).find(question).as_dict()
    chance.shuffle(nodes)
    chance.shuffle(ties)
    assert Finder(Graph(nodes, ties)).find(question).as_dict() == expected


@settings(deadline=None, max_examples=60)
@given(graphs(), QUESTIONS)
def test_facets_keep_only_what_is_known_to_fit(graph: Graph, question: str) -> None:
    finder = Finder(graph)
    everything = {result.id for result in finder.find(question, limit=99).results}
    for wish, fits in (
        ({"kinds": ["expert"]}, lambda node: node.label == "Expert"),
        ({"country": "BE"}, lambda node: node.text("country") == "BE"),
        ({"language": "nl"}, lambda node: "nl" in node.texts("languages")),
        ({"sector": "commons"}, lambda node: family(graph, node.id) == "commons"),
        ({"where": {"languages": "nl"}}, lambda node: "nl" in node.texts("languages")),
    ):
        kept = {result.id for result in finder.find(question, limit=99, **wish).results}  # type: ignore[arg-type]
        assert kept == {node_id for node_id in everything if fits(graph.nodes[node_id])}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(sorted(word for node in sample_graph().nodes.values() for word in node.name.split())),
        max_size=6,
    ).map(" ".join)
)
def test_answers_on_the_sample_can_be_checked(question: str) -> None:
    check(sample_graph(), SAMPLE.find(question))


@pytest.mark.parametrize(
    "question",
    [
        "x" * 1_000_000,
        "commons " * 100_000,
        "\0",
        "<script>",
        "a-" * 5000,
        "\ud800",
        "协" * 20000,
        "\u0301\u202e" * 9000,
    ],
)
def test_a_huge_or_odd_question_is_answered(question: str) -> None:
    answer = SAMPLE.find(question)
    assert answer.why
    assert ("Only the first 20,000 characters were read" in answer.why) == (len(question) > 20_000)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_no_text_breaks_the_finder(question: str) -> None:
    check(sample_graph(), SAMPLE.find(question))


ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\u200b\u200f\u202e\u0301\ufe0f\0’'«»“”-–·…😀合협ส تλя١²ﬁßİıÆ"),
        st.sampled_from("abceinorst "),
    ),
    max_size=60,
)
TERMS = sorted({node.name for node in sample_graph().of_label("Topic")})
EMPTY: frozenset[str] = frozenset()
GLOSSARY = Glossary(sample_graph())


def reading(text: str) -> Reading:
    return read(text, sample_graph(), GLOSSARY, EMPTY, {})


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(ODD, st.sampled_from(TERMS)), max_size=4).map("".join))
def test_every_text_is_read_in_the_same_way_again(text: str) -> None:
    found = reading(text)
    assert found == reading(text)
    assert {match.id for match in found.topics} <= set(sample_graph().nodes)
    assert all(match.asked and 0 < match.weight <= 1 for match in found.topics)
    assert len({match.id for match in found.topics}) == len(found.topics)
    # Pairs of characters of scripts without spaces overlap, so only words are counted.
    words = tokens(text)
    assert len(found.covered) + len(found.rest) <= 2 * len(words)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from([word for term in TERMS for word in term.split()]), max_size=6))
def test_case_accents_and_what_is_invisible_change_no_topic(words: list[str]) -> None:
    text = " ".join(words)
    expected = [match.id for match in reading(text.casefold()).topics]
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    for other in (decomposed, bare, "\u200f" + " \u200b".join(words).casefold()):
        assert [match.id for match in reading(other).topics] == expected
