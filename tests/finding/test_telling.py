"""The words of answers: in the screen's language, complete, and no firmer than what they rest on."""

from __future__ import annotations

import pytest
from hypothesis import given

from cocommuns_graph.finding import Finder, meaning
from cocommuns_graph.finding.answers import Homonym
from cocommuns_graph.model import Graph
from cocommuns_graph.network import chains
from cocommuns_graph.wording import wording
from tests.finding.graphs import QUESTIONS, expert, graphs, organisation, tie, topic

FRENCH = wording("fr")
UNBROKEN = "\N{NO-BREAK SPACE}"
GRAPH = Graph(
    [
        expert("ada", "Ada"),
        expert("bo", "Bo"),
        expert("cy", "Cy", description="Writes about unions."),
        organisation("coop", "Coop", country="BE"),
        topic("unions", "Trade unions", label_fr="Syndicats", definition="People who work, organised."),
        topic("strikes", "Strikes", label_fr="Grèves"),
    ],
    [
        tie("ada", "EXPERT_IN", "unions", evidence="Led one {n} %s"),
        tie("strikes", "BROADER", "unions"),
        tie("bo", "EXPERT_IN", "strikes", level=4),
        tie("bo", "AFFILIATED_WITH", "coop", role="chair", since="2016"),
        tie("coop", "WORKS_ON", "unions", mode="offers"),
    ],
)


def test_reasons_and_why_are_told_in_the_language_of_the_screen() -> None:
    answer = Finder(GRAPH).find("trade unions", say=FRENCH)
    texts = [reason.text.replace(UNBROKEN, " ") for result in answer.results for reason in result.reasons]
    assert "Ada est expert·e en Syndicats : « Led one {n} %s » (demandé : « trade unions »)" in texts
    assert any(
        text.startswith("Bo est expert·e en Grèves (niveau 4 sur 5), qui relève de Syndicats")
        for text in texts
    )
    assert any(
        "Bo est rattaché·e à Coop (chair, depuis 2016), qui propose de l’aide en Syndicats" in text
        for text in texts
    )
    assert answer.why.replace(UNBROKEN, " ").startswith(
        "Classées par ce qui relie chacune à Syndicats (demandé : « trade unions »)."
    )


def test_a_topic_asked_for_by_its_name_on_the_screen_is_not_explained() -> None:
    answer = Finder(GRAPH).find("Syndicats", say=FRENCH)
    assert "demandé" not in answer.why
    assert not any("demandé" in reason.text for result in answer.results for reason in result.reasons)


def test_the_language_changes_words_only() -> None:
    for question in ("trade unions", "strike Ada", "zzz", "coop unions"):
        english, french = (Finder(GRAPH).find(question, say=say) for say in (wording("en"), FRENCH))
        assert [(one.id, one.score) for one in english.results] == [
            (one.id, one.score) for one in french.results
        ]
        assert [reason.ids for one in english.results for reason in one.reasons] == [
            reason.ids for one in french.results for reason in one.reasons
        ]


@pytest.mark.parametrize(
    ("question", "who", "evidence"),
    [
        ("trade unions", "ada", "direct"),
        ("trade unions", "bo", "indirect"),
        ("writes about", "cy", "text"),
        ("Cy", "cy", "direct"),
    ],
)
def test_evidence_is_said_to_be_no_firmer_than_it_is(question: str, who: str, evidence: str) -> None:
    results = Finder(GRAPH).find(question).as_dict()["results"]
    assert {result["id"]: result["evidence"] for result in results}[who] == evidence


def test_chains_are_told_in_the_language_of_the_screen() -> None:
    (chain, *_) = chains(GRAPH, "ada", "bo", say=FRENCH)
    assert chain.by_topic
    assert chain.steps[0].text.startswith("Ada est expert·e en Syndicats")
    assert "rien ne dit que" in chain.steps[0].text


@given(graphs(), QUESTIONS)
def test_any_question_can_be_answered_in_french(graph: Graph, question: str) -> None:
    answer = Finder(graph).find(question, say=FRENCH)
    assert answer.why.strip()
    assert all(reason.text.strip() for result in answer.results for reason in result.reasons)


def test_only_the_meaning_that_is_meant_counts_as_a_topic() -> None:
    graph = Graph(
        [
            expert("ada", "Ada"),
            expert("bo", "Bo"),
            topic("t-work", "Platform", definition="A website that brokers work."),
            topic("t-stage", "Platform", context=["city"]),
        ],
        [tie("ada", "EXPERT_IN", "t-work"), tie("bo", "EXPERT_IN", "t-stage")],
    )
    finder = Finder(graph)
    both = finder.find("platform")
    assert {result.id for result in both.results} == {"ada", "bo"}
    assert "2 meanings" in both.why
    one = finder.find("platform", meant=["t-stage"])
    assert {result["id"]: result["evidence"] for result in one.as_dict()["results"]} == {
        "bo": "direct",
        "ada": "indirect",
    }
    assert "meanings" not in one.why
    assert one.homonyms == both.homonyms == (Homonym("platform", ("t-stage", "t-work")),)
    assert finder.find("platform", meant=["nothing"]).results == both.results
    assert meaning(graph.nodes["t-stage"], FRENCH) == "au sens de ville"
