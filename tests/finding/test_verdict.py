"""What a search says that finds nobody good: there is nobody, nobody was asked, or it is out of date."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.finding import Finder
from cocommuns_graph.finding.verdict import NOBODY, NOT_ASKED, OUT_OF_DATE, Judge, Verdict
from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.wording import wording
from tests.finding.graphs import QUESTIONS, expert, graphs, initiative, organisation, tie, topic
from tests.sample_graph import sample_graph

TOPICS = [
    topic("unions", "Trade unions", label_fr="Syndicats"),
    topic("energy"),
    topic("solar"),
    topic("law"),
]
ADA, BO, CY = expert("ada"), expert("bo"), expert("cy")
SOLAR_IS_ENERGY = tie("solar", "BROADER", "energy")


def verdict(nodes: list[Node], ties: list[Relationship], question: str, **wishes: str) -> Verdict:
    found = Finder(Graph([*nodes, *TOPICS], ties)).find(question, **wishes)  # type: ignore[arg-type]
    assert found.verdict is not None
    assert found.as_dict()["why"].endswith(found.verdict.text)
    return found.verdict


def test_nobody_works_on_it_where_most_say_what_they_work_on() -> None:
    ties = [tie("ada", "EXPERT_IN", "energy"), tie("bo", "EXPERT_IN", "law"), SOLAR_IS_ENERGY]
    told = verdict([ADA, BO, CY], ties, "solar")
    assert told.kind == NOBODY
    assert told.text.startswith("Nobody: 2 of the 3 records")
    assert {name: told.counts[name] for name in ("records", "with_topics", "direct")} == {
        "records": 3,
        "with_topics": 2,
        "direct": 0,
    }
    assert [near.id for near in told.nearest] == ["ada", "energy"]
    assert told.nearest[1].text == "1 record is linked to it"


def test_nobody_was_asked_where_the_records_say_too_little() -> None:
    told = verdict([ADA, BO, CY], [tie("ada", "EXPERT_IN", "energy")], "law")
    assert (told.kind, told.counts["with_topics"]) == (NOT_ASKED, 1)
    assert "only 1 of the 3 records" in told.text
    assert verdict([ADA, BO], [], "law").text.startswith("Nobody was asked: none of the 2 records")
    assert verdict([ADA], [], "law", kinds="organisation").kind == NOT_ASKED
    silent = verdict([ADA, BO, organisation("coop")], [tie("coop", "WORKS_ON", "energy")], "law")
    assert silent.text.endswith("What was imported says it of none of the 2 experts.")


def test_a_filter_that_nobody_answers_is_told_from_one_that_nobody_fits() -> None:
    ties = [tie("ada", "EXPERT_IN", "law"), tie("bo", "EXPERT_IN", "law")]
    unknown = verdict([ADA, expert("bo", country="FR")], ties, "law", country="BE")
    assert (unknown.kind, unknown.counts["country_unknown"]) == (NOT_ASKED, 1)
    assert (
        "1 record is linked to it directly, but it does not say whether it fits country Belgium"
        in unknown.text
    )
    elsewhere = verdict([expert("ada", country="FR"), expert("bo", country="FR")], ties, "law", country="BE")
    assert (elsewhere.kind, elsewhere.counts["left_out"]) == (NOBODY, 2)
    assert {near.id for near in elsewhere.nearest} == {"ada", "bo"}


@pytest.mark.parametrize(
    ("nodes", "ties"),
    [
        ([expert("ada", confirmed_on="2019-05-01")], []),
        ([ADA, organisation("coop")], [tie("ada", "AFFILIATED_WITH", "coop", until="2015")]),
        ([initiative("ada", status="ended")], []),
        ([initiative("ada", end="2015-03")], []),
    ],
)
def test_what_is_known_is_out_of_date(nodes: list[Node], ties: list[Relationship]) -> None:
    type_ = "ABOUT" if nodes[0].label == "Initiative" else "EXPERT_IN"
    told = verdict(nodes, [*ties, tie("ada", type_, "law")], "law")
    assert (told.kind, told.counts["out_of_date"]) == (OUT_OF_DATE, 1)
    assert told.text.startswith("Out of date: 1 record is linked to it directly")
    assert told.nearest[0].id == "ada"


def test_one_record_that_is_up_to_date_or_undated_needs_no_verdict() -> None:
    old = expert("bo", confirmed_on="2001")
    for good in (ADA, expert("ada", confirmed_on="2099-01-01")):
        graph = Graph([good, old, *TOPICS], [tie("ada", "EXPERT_IN", "law"), tie("bo", "EXPERT_IN", "law")])
        finder = Finder(graph)
        assert finder.find("law").verdict is None
        assert finder.find("law", limit=1).verdict is None
        assert finder.find("law", limit=1).as_dict()["verdict"] is None


def test_a_record_confirmed_lately_counts_whatever_it_left() -> None:
    graph = Graph(
        [expert("ada", confirmed_on="2026-01-01"), organisation("coop"), *TOPICS],
        [tie("ada", "AFFILIATED_WITH", "coop", until="2015"), tie("ada", "EXPERT_IN", "law")],
    )
    assert Judge(graph, "2027-01-01")._sign("ada", graph.of_type("EXPERT_IN")) == ""
    assert Judge(graph, "2029-01-02")._sign("ada", graph.of_type("EXPERT_IN")) == "unconfirmed"


def test_a_name_and_an_empty_question_are_not_judged() -> None:
    finder = Finder(Graph([ADA, *TOPICS], []))
    assert finder.find("Ada").verdict is None
    assert finder.find(" ").verdict is None


def test_the_sample_says_which_of_the_three_in_both_languages() -> None:
    finder = Finder(sample_graph())
    assert finder.find("trade unions").verdict is None
    nothing = finder.find("quantum chemistry").verdict
    assert nothing is not None
    assert nothing.kind == NOBODY
    unknown = finder.find("commons", country="JP", say=wording("fr")).verdict
    assert unknown is not None
    assert unknown.kind == NOT_ASKED
    assert "Japon" in unknown.text
    assert unknown.text.startswith("On ne sait pas")


@settings(deadline=None)
@given(graphs(), QUESTIONS, st.sampled_from([None, "BE"]))
def test_a_verdict_is_there_just_where_nobody_good_is_and_its_counts_add_up(
    graph: Graph, question: str, country: str | None
) -> None:
    """Random graphs have no dates but those of nothing, so nothing in them is out of date."""
    answer = Finder(graph).find(question, country=country, limit=99)
    topics = {match.id for match in answer.topics}
    good = any(result.evidence(topics) == "direct" for result in answer.results)
    told = answer.verdict
    if good:
        assert told is None
    if told is None:
        return
    counts = told.counts
    assert told.kind in (NOBODY, NOT_ASKED)
    assert counts["out_of_date"] == 0
    assert counts["direct"] == counts["left_out"]
    assert 0 <= counts["with_topics"] <= counts["records"] <= len(graph.nodes)
    assert sum(number for name, number in counts.items() if name.endswith("_unknown")) <= counts["records"]
    assert all(near.id in graph.nodes and near.id not in topics for near in told.nearest)
    assert len({near.id for near in told.nearest}) == len(told.nearest)
