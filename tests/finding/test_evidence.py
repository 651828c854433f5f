"""What counts as help, and for how much: each case a graph of a few records with the order it must give."""

from __future__ import annotations

import pytest

from cocommuns_graph.finding import Answer, Finder
from cocommuns_graph.finding.roles import LEADS, LEARNS, UNSAID, Recency, role_strength
from cocommuns_graph.model import Graph, Node, Relationship
from tests.finding.graphs import expert, initiative, organisation, tie, topic

WORK = topic("work", "Decent work")


def found(answer: Answer) -> list[str]:
    return [result.id for result in answer.results]


def ask(nodes: list[Node], ties: list[Relationship], text: str = "decent work") -> Answer:
    return Finder(Graph([WORK, *nodes], ties)).find(text)


def test_expertise_goes_by_level_and_is_told_with_its_source() -> None:
    answer = ask(
        [expert("ada"), expert("bo"), expert("cy")],
        [
            tie("ada", "EXPERT_IN", "work", level=2),
            tie("bo", "EXPERT_IN", "work", level=5, evidence="Wrote the guide."),
            tie("cy", "EXPERT_IN", "work", level=3),
        ],
    )
    assert found(answer) == ["bo", "cy", "ada"]
    (reason,) = answer.results[0].reasons
    assert reason.as_dict() == {
        "kind": "expertise",
        "text": "Bo is an expert in Decent work (level 5 of 5): “Wrote the guide.”",
        "ids": ["bo", "work"],
        "sources": ["links.csv:bo-EXPERT_IN-work"],
    }
    assert [result.rank for result in answer.results] == [1, 2, 3]
    assert answer.why == "Ranked by what links each to Decent work."


def test_an_offer_goes_before_work_and_both_before_a_member() -> None:
    answer = ask(
        [organisation("doer"), organisation("offers"), organisation("umbrella")],
        [
            tie("doer", "WORKS_ON", "work", mode="works"),
            tie("offers", "WORKS_ON", "work", mode="offers"),
            tie("doer", "MEMBER_OF", "umbrella"),
        ],
    )
    assert found(answer) == ["offers", "doer", "umbrella"]
    assert [result.reasons[0].kind for result in answer.results] == ["offer", "work", "tie"]
    assert answer.results[0].reasons[0].text == "Offers offers help with Decent work"
    assert answer.results[2].reasons[0].text == "Umbrella has as member Doer, which works on Decent work"


def test_who_needs_help_is_not_shown_as_a_helper() -> None:
    answer = ask(
        [organisation("needs"), organisation("helps"), initiative("wants")],
        [
            tie("needs", "NEEDS", "work", note="Who knows about decent work?"),
            tie("wants", "NEEDS", "work"),
            tie("helps", "WORKS_ON", "work"),
        ],
    )
    assert found(answer) == ["helps"]


def test_leading_an_initiative_goes_before_attending_it() -> None:
    answer = ask(
        [expert("ada"), expert("bo"), expert("cy"), initiative("dive", "Deep Dive")],
        [
            tie("dive", "ABOUT", "work"),
            tie("ada", "TAKES_PART_IN", "dive", role="participant"),
            tie("bo", "TAKES_PART_IN", "dive", role="presenter"),
            tie("cy", "TAKES_PART_IN", "dive"),
        ],
    )
    assert [node_id for node_id in found(answer) if node_id != "dive"] == ["bo", "cy", "ada"]
    reason = next(result for result in answer.results if result.id == "bo").reasons[0]
    assert reason.kind == "initiative"
    assert reason.text == "Bo takes part in Deep Dive (presenter), which is about Decent work"
    assert reason.ids == ("bo", "dive", "work")
    assert reason.sources == ("links.csv:bo-TAKES_PART_IN-dive", "links.csv:dive-ABOUT-work")


def test_a_recent_initiative_counts_more_than_an_old_one() -> None:
    answer = ask(
        [
            expert("ada"),
            expert("bo"),
            initiative("new", start="2024"),
            initiative("old", start="1999"),
            initiative("mid", start="2010"),
        ],
        [
            tie("new", "ABOUT", "work"),
            tie("old", "ABOUT", "work"),
            tie("bo", "TAKES_PART_IN", "new"),
            tie("ada", "TAKES_PART_IN", "old"),
        ],
    )
    assert [node_id for node_id in found(answer) if node_id in ("ada", "bo")] == ["bo", "ada"]


def test_affiliation_counts_less_than_ones_own_and_a_past_one_least() -> None:
    answer = ask(
        [expert("own"), expert("now"), expert("past"), organisation("etuc", "ETUC")],
        [
            tie("etuc", "WORKS_ON", "work"),
            tie("own", "EXPERT_IN", "work"),
            tie("now", "AFFILIATED_WITH", "etuc", role="secretary"),
            tie("past", "AFFILIATED_WITH", "etuc", until="2001"),
        ],
    )
    assert [node_id for node_id in found(answer) if node_id != "etuc"] == ["own", "now", "past"]
    reason = next(result for result in answer.results if result.id == "now").reasons[0]
    assert reason.kind == "affiliation"
    assert reason.text == "Now is affiliated with ETUC (secretary), which works on Decent work"


def test_an_organisation_is_shown_by_its_people() -> None:
    answer = ask(
        [expert("ada"), organisation("lab")],
        [tie("ada", "EXPERT_IN", "work"), tie("ada", "AFFILIATED_WITH", "lab")],
    )
    assert found(answer) == ["ada", "lab"]
    assert answer.results[1].reasons[0].text == "Lab has as affiliate Ada, who is an expert in Decent work"


def test_a_position_and_a_solved_challenge_count_and_facing_it_counts_less() -> None:
    challenge = topic("gap", "Coverage gap", kind="challenge")
    answer = ask(
        [challenge, expert("solver"), expert("speaker"), expert("sufferer")],
        [
            tie("solver", "SOLVED", "gap", how="With a mutual fund."),
            tie("speaker", "POSITION_ON", "gap", statement="It must be closed.", stance="agree"),
            tie("sufferer", "FACES", "gap"),
        ],
        "coverage gap",
    )
    assert found(answer) == ["solver", "speaker", "sufferer"]
    assert answer.results[0].reasons[0].text == "Solver has solved Coverage gap: “With a mutual fund.”"
    assert (
        answer.results[1]
        .reasons[0]
        .text.endswith("takes a position on Coverage gap (agree): “It must be closed.”")
    )


def test_narrower_related_and_broader_topics_count_less_and_name_the_link() -> None:
    answer = ask(
        [
            topic("gig", "Gig work"),
            topic("law", "Labour law"),
            topic("pay", "Fair pay"),
            *(expert(name) for name in ("exact", "below", "beside", "above")),
        ],
        [
            tie("gig", "BROADER", "work"),
            tie("work", "BROADER", "law"),
            tie("pay", "RELATED", "work"),
            tie("exact", "EXPERT_IN", "work"),
            tie("below", "EXPERT_IN", "gig"),
            tie("beside", "EXPERT_IN", "pay"),
            tie("above", "EXPERT_IN", "law"),
        ],
    )
    assert found(answer) == ["exact", "below", "beside", "above"]
    assert [result.reasons[0].text for result in answer.results[1:]] == [
        "Below is an expert in Gig work, which is part of the broader Decent work",
        "Beside is an expert in Fair pay, which is related to Decent work",
        "Above is an expert in Labour law, which is broader than Decent work",
    ]
    assert answer.results[1].reasons[0].ids == ("below", "gig", "work")


def test_names_and_texts_answer_where_no_topic_does() -> None:
    answer = ask(
        [
            organisation("bcn", "City of Barcelona", aliases=["Barcelona", "BCN"]),
            expert("ada", description="Presented Barcelona's collaborative commons."),
            expert("bo"),
            expert("cy", "Barbara"),
        ],
        [tie("bo", "AFFILIATED_WITH", "bcn")],
        "Barcelona",
    )
    assert found(answer)[0] == "bcn"
    assert set(found(answer)) == {"bcn", "ada", "bo"}
    texts = {result.id: result.reasons[0].text for result in answer.results}
    assert texts["bcn"] == "City of Barcelona has “Barcelona” in the name"
    assert texts["ada"].startswith("Ada has “Barcelona” in the description: “Presented Barcelona's")
    assert texts["bo"] == "Bo is affiliated with City of Barcelona, which has “Barcelona” in the name"


def test_an_acronym_finds_its_organisation_and_people() -> None:
    answer = ask(
        [organisation("etuc", "European Trade Union Confederation", aliases=["ETUC"]), expert("ada")],
        [tie("ada", "AFFILIATED_WITH", "etuc")],
        "who do we know at ETUC?",
    )
    assert found(answer) == ["etuc", "ada"]
    assert answer.results[0].reasons[0].kind == "name"


def test_terms_of_a_topic_in_other_languages_are_met_in_texts() -> None:
    answer = ask(
        [
            topic("unions", "Trade unions", label_fr="syndicats"),
            organisation("ces", "Confédération européenne des syndicats"),
        ],
        [],
        "trade unions",
    )
    assert found(answer) == ["ces"]
    assert answer.results[0].reasons[0].text.endswith("has “syndicats” in the name")


def test_a_weak_answer_says_that_it_is_weak() -> None:
    assert "weak" in ask([expert("ada", description="Sews sails.")], [], "sails").why


def test_a_rare_topic_weighs_more_than_a_common_one() -> None:
    crowd = [expert(f"c{number}") for number in range(6)]
    answer = ask(
        [topic("land", "Land trusts"), expert("rare"), *crowd],
        [tie("rare", "EXPERT_IN", "land"), *(tie(person.id, "EXPERT_IN", "work") for person in crowd)],
        "decent work; land trusts",
    )
    assert found(answer)[0] == "rare"


def test_equal_evidence_is_ordered_by_name_then_id() -> None:
    answer = ask(
        [expert("z", "Ada"), expert("y", "Bo"), expert("x", "Ada")],
        [tie(node_id, "EXPERT_IN", "work") for node_id in "zyx"],
    )
    assert found(answer) == ["x", "z", "y"]


def test_whoever_is_near_counts_more_and_the_chain_is_told() -> None:
    nodes = [expert("me"), expert("far"), expert("near"), organisation("lab")]
    ties = [
        tie("far", "EXPERT_IN", "work"),
        tie("near", "EXPERT_IN", "work"),
        tie("me", "AFFILIATED_WITH", "lab"),
        tie("near", "AFFILIATED_WITH", "lab"),
        tie("me", "EXPERT_IN", "work", level=5),
    ]
    finder = Finder(Graph([WORK, *nodes], ties))
    assert finder.find("decent work", kinds=["expert"]).results[0].id == "me"
    answer = finder.find("decent work", kinds=["expert"], start="me")
    assert found(answer) == ["near", "far"]
    reason = answer.results[0].reasons[-1]
    assert reason.kind == "near"
    assert reason.text == "2 steps away: Me is affiliated with Lab; Lab has as affiliate Near"
    assert reason.ids == ("near", "lab", "me")
    assert "nearer to Me count more" in answer.why


@pytest.mark.parametrize(
    ("role", "strength"),
    [
        ("mentor", LEADS),
        ("Présentatrice", LEADS),
        ("co-organiser", LEADS),
        ("Referentin", LEADS),
        ("participant", LEARNS),
        ("Teilnehmerin", LEARNS),
        ("participant and speaker", LEADS),
        ("", UNSAID),
        ("wizard", UNSAID),
    ],
)
def test_roles_say_how_much_one_can_help(role: str, strength: float) -> None:
    assert role_strength(role) == strength


def test_recency_runs_from_one_to_a_half_and_bears_any_date() -> None:
    graph = Graph([initiative("a", start="2000"), initiative("b", start="2020-06")])
    recency = Recency(graph)

    def of(start: str) -> float:
        return recency.of(tie("x", "TAKES_PART_IN", "i"), initiative("i", start=start))

    assert of("2020-06") == 1
    assert 0.5 < of("1900") < 0.51
    assert of("2010") > of("2005")
    assert of("") == of("soon") == of("2020-13") == 0.75
    assert of("2030") == 1
