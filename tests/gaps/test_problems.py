from __future__ import annotations

from cocommuns_graph.model import Node
from tests.finding.graphs import expert, initiative, organisation, tie, topic
from tests.gaps.found import nothing_of, of_kind, search, subjects, the_one


def people() -> list[Node]:
    return [
        organisation("etuc", sector="union"),
        organisation("coop", sector="cooperative"),
        organisation("city", sector="city"),
        expert("ada"),
        topic("mud", "Mud", kind="challenge"),
        topic("soil", "Soil"),
    ]


def test_an_open_problem_says_whom_to_ask() -> None:
    ties = [tie("etuc", "FACES", "mud"), tie("mud", "RELATED", "soil"), tie("ada", "EXPERT_IN", "soil")]
    gap = the_one(search(people(), ties), "open-problem")
    assert gap.subjects == ("mud",)
    assert gap.evidence == {"faced_by": ["etuc"], "who_could_be_asked": ["ada"]}
    assert gap.basis.reading == "not asked"


def test_a_solved_problem_is_not_open_and_who_faces_it_should_hear() -> None:
    ties = [tie("etuc", "FACES", "mud"), tie("coop", "SOLVED", "mud", how="Dig.")]
    found = search(people(), ties)
    assert of_kind(found, "open-problem") == []
    gap = the_one(found, "solved-elsewhere")
    assert gap.title == "Coop has overcome “Mud”, which Etuc still faces"
    assert gap.evidence["how"] == ["Dig."]
    assert gap.subjects == ("mud", "coop", "etuc")


def test_who_has_met_or_taken_part_has_heard() -> None:
    ties = [tie("etuc", "FACES", "mud"), tie("coop", "SOLVED", "mud")]
    assert of_kind(search(people(), [*ties, tie("etuc", "PARTNER_OF", "coop")]), "solved-elsewhere") == []
    nodes = [*people(), initiative("fair")]
    ties = [tie("fair", "FACES", "mud"), tie("coop", "SOLVED", "mud")]
    assert subjects(search(nodes, ties), "solved-elsewhere") == [("mud", "coop", "fair")]
    own = [tie("ada", "AFFILIATED_WITH", "coop"), tie("ada", "TAKES_PART_IN", "fair")]
    assert of_kind(search(nodes, [*ties, *own]), "solved-elsewhere") == []


def test_a_narrower_solution_counts_and_the_register_has_all() -> None:
    nodes = [*people(), topic("clay", "Clay", kind="challenge"), topic("dust", "Dust", kind="challenge")]
    ties = [tie("etuc", "FACES", "mud"), tie("clay", "BROADER", "mud"), tie("coop", "SOLVED", "clay")]
    found = search(nodes, ties)
    assert of_kind(found, "open-problem") == []
    states = {row["topic_id"]: row["status"] for row in found.tables["problems"].as_dicts()}
    assert states == {"mud": "partly overcome", "clay": "overcome", "dust": "open"}


def test_positions_by_family() -> None:
    nodes = [*people(), *(topic(name) for name in ("both", "same", "one", "open"))]
    ties = [
        tie("etuc", "POSITION_ON", "both", statement="Yes.", stance="agree"),
        tie("coop", "POSITION_ON", "both", statement="No.", stance="diverge"),
        tie("etuc", "POSITION_ON", "same", statement="Yes.", stance="agree"),
        tie("coop", "POSITION_ON", "same", statement="Yes.", stance="agree"),
        tie("etuc", "POSITION_ON", "one", statement="Yes.", stance="agree"),
        tie("etuc", "POSITION_ON", "one", statement="But.", stance="diverge"),
        tie("city", "POSITION_ON", "open", statement="Why?", stance="open"),
    ]
    found = search(nodes, ties)
    gap = the_one(found, "diverging-positions")
    assert gap.subjects == ("both", "etuc", "coop")
    assert gap.evidence["families"] == {"cooperative": ["diverge"], "union": ["agree"]}
    assert [one["statement"] for one in gap.evidence["statements"]] == ["No.", "Yes."]
    assert subjects(found, "unanswered-question") == [("open",)]
    states = {row["topic_id"]: row["status"] for row in found.tables["positions"].as_dicts()}
    assert states == {
        "both": "diverging",
        "same": "agreed",
        "one": "one family speaks",
        "open": "unanswered",
    }


def test_a_stance_nobody_declared_takes_no_side() -> None:
    ties = [tie("etuc", "POSITION_ON", "mud", statement="Hm.", stance="perhaps")]
    found = search(people(), ties)
    assert subjects(found, "unanswered-question") == [("mud",)]
    (row,) = found.tables["positions"].as_dicts()
    assert (row["status"], row["open"]) == ("unanswered", "Etuc")


def test_what_no_record_tells_is_said() -> None:
    found = search(people())
    assert "what is faced" in nothing_of(found, "open-problem")
    assert "no position" in nothing_of(found, "diverging-positions")
