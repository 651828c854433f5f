from __future__ import annotations

from cocommuns_graph.model import Node, Relationship
from tests.finding.graphs import expert, initiative, organisation, tie, topic
from tests.gaps.found import nothing_of, of_kind, search, subjects, the_one

WITHOUT, ON_ONE = "topic-without-expert", "topic-on-one"


def two_who_know_other_things() -> tuple[list[Node], list[Relationship]]:
    nodes = [expert("ada"), expert("bob"), topic("law"), topic("tax"), topic("land")]
    return nodes, [tie("ada", "EXPERT_IN", "law"), tie("bob", "EXPERT_IN", "law")]


def test_a_topic_that_is_needed_and_nobody_knows() -> None:
    nodes, ties = two_who_know_other_things()
    nodes.append(organisation("coop"))
    found = search(nodes, [*ties, tie("coop", "NEEDS", "land"), tie("coop", "NEEDS", "law")])
    gap = the_one(found, WITHOUT)
    assert gap.subjects == ("land",)
    assert gap.title == "No expert is recorded in “land”, which Coop needs"
    assert gap.evidence["needed_by"] == ["coop"]
    assert gap.basis.reading == "nobody"
    assert gap.basis.answered == 1.0
    assert of_kind(found, ON_ONE) == []


def test_a_topic_that_is_faced_or_worked_on_counts_as_well() -> None:
    nodes, ties = two_who_know_other_things()
    nodes += [organisation("coop"), initiative("fair"), topic("dust")]
    ties += [tie("coop", "FACES", "land"), tie("coop", "WORKS_ON", "tax"), tie("fair", "ABOUT", "dust")]
    found = search(nodes, ties)
    assert [each[0] for each in subjects(found, WITHOUT)] == ["land", "dust", "tax"]
    assert [gap.evidence["demand"] for gap in of_kind(found, WITHOUT)] == [2, 1, 1]


def test_experts_in_narrower_topics_count() -> None:
    nodes, ties = two_who_know_other_things()
    nodes += [organisation("coop"), topic("housing")]
    ties += [
        tie("coop", "NEEDS", "housing"),
        tie("law", "BROADER", "land"),
        tie("land", "BROADER", "housing"),
    ]
    found = search(nodes, ties)
    assert of_kind(found, WITHOUT) == []
    assert of_kind(found, ON_ONE) == []
    assert subjects(search(nodes, ties[1:]), ON_ONE) == [("housing", "bob")]


def test_topics_that_are_broader_in_a_circle_do_no_harm() -> None:
    nodes, ties = two_who_know_other_things()
    ties += [tie("land", "BROADER", "tax"), tie("tax", "BROADER", "land"), tie("ada", "EXPERT_IN", "tax")]
    nodes.append(organisation("coop"))
    assert subjects(search(nodes, [*ties, tie("coop", "NEEDS", "land")]), ON_ONE) == [("land", "ada")]


def test_who_only_needs_a_topic_is_no_help_and_who_offers_is_asked() -> None:
    nodes, ties = two_who_know_other_things()
    nodes += [organisation("coop"), organisation("firm"), organisation("union")]
    ties += [
        tie("coop", "NEEDS", "land"),
        tie("union", "NEEDS", "land"),
        tie("firm", "WORKS_ON", "land", mode="offers"),
    ]
    gap = the_one(search(nodes, ties), WITHOUT)
    assert gap.evidence["who_might"] == ["firm"]
    assert "Firm" in gap.suggestion


def test_a_challenge_is_no_expertise_but_having_solved_it_is() -> None:
    nodes, ties = two_who_know_other_things()
    nodes += [topic("mud", kind="challenge"), organisation("coop"), organisation("firm")]
    ties += [tie("ada", "FACES", "mud"), tie("coop", "FACES", "mud")]
    assert subjects(search(nodes, ties), WITHOUT) == [("mud",)]
    solved = search(nodes, [*ties, tie("firm", "SOLVED", "mud")])
    assert of_kind(solved, WITHOUT) == []
    assert subjects(solved, ON_ONE) == [("mud", "firm")]


def test_what_hardly_anybody_was_asked_is_not_called_nobody() -> None:
    nodes = [expert("ada"), expert("bob"), expert("cy"), organisation("coop"), topic("law"), topic("land")]
    found = search(nodes, [tie("ada", "EXPERT_IN", "law"), tie("coop", "NEEDS", "land")])
    gap = the_one(found, WITHOUT)
    assert gap.basis.reading == "not asked"
    assert gap.confidence == "low"
    assert "expertise" in [gap.evidence["question"] for gap in of_kind(found, "not-asked")]


def test_what_was_confirmed_long_ago_is_out_of_date() -> None:
    def asked(confirmed: str) -> tuple[str, str]:
        nodes = [
            expert("ada", confirmed_on=confirmed),
            expert("bob", confirmed_on=confirmed),
            organisation("coop"),
            topic("law"),
            topic("land"),
        ]
        ties = [tie("ada", "EXPERT_IN", "law"), tie("bob", "EXPERT_IN", "law"), tie("coop", "NEEDS", "land")]
        gap = the_one(search(nodes, ties), WITHOUT)
        return gap.basis.reading, gap.confidence

    assert asked("2026-01-31") == ("nobody", "high")
    assert asked("2024") == ("nobody", "high")
    assert asked("2023") == ("out of date", "low")
    assert asked("2024-05-30") == ("out of date", "low")


def test_without_any_expertise_nothing_is_said_of_experts_but_of_lonely_work() -> None:
    nodes = [organisation("lab"), organisation("hub"), initiative("one"), initiative("two"), topic("maps")]
    ties = [tie("one", "ABOUT", "maps"), tie("two", "ABOUT", "maps")]
    ties += [tie("lab", "TAKES_PART_IN", "one"), tie("lab", "TAKES_PART_IN", "two")]
    found = search(nodes, ties)
    assert of_kind(found, WITHOUT) == []
    assert "no record says who is an expert" in nothing_of(found, WITHOUT)
    assert the_one(found, ON_ONE).title == "Only Lab works on “maps”, in 2 initiatives"
    assert of_kind(search(nodes, [*ties, tie("hub", "TAKES_PART_IN", "two")]), ON_ONE) == []


def test_a_shared_need_is_that_of_two_families() -> None:
    nodes = [
        organisation("etuc", sector="union"),
        organisation("ituc", sector="union"),
        organisation("coop", sector="cooperative"),
        organisation("bank", sector="business"),
        topic("law"),
        topic("tax"),
        topic("mud", kind="challenge"),
    ]
    ties = [
        tie("etuc", "NEEDS", "law"),
        tie("coop", "NEEDS", "law"),
        tie("etuc", "NEEDS", "tax"),
        tie("ituc", "NEEDS", "tax"),
        tie("etuc", "FACES", "mud"),
        tie("coop", "FACES", "mud"),
        tie("bank", "FACES", "mud"),
        tie("bank", "WORKS_ON", "law", mode="offers"),
    ]
    found = search(nodes, ties)
    assert subjects(found, "shared-need") == [("mud",), ("law",)]
    broad, narrow = of_kind(found, "shared-need")
    assert broad.evidence["breadth"] == 3
    assert broad.evidence["rank"] == 1
    assert narrow.evidence["families"] == ["cooperative", "union"]
    assert narrow.evidence["who_needs"] == ["coop", "etuc"]
    assert narrow.evidence["who_offers"] == ["bank"]
    assert narrow.title == "“law” is needed by 2 sectors: cooperatives and unions"


def test_an_initiative_brings_the_families_of_its_participants_but_alone_makes_no_gap() -> None:
    nodes = [
        organisation("etuc", sector="union"),
        organisation("coop", sector="cooperative"),
        initiative("fair"),
        topic("law"),
    ]
    ties = [tie("etuc", "TAKES_PART_IN", "fair"), tie("coop", "TAKES_PART_IN", "fair")]
    ties.append(tie("fair", "NEEDS", "law"))
    alone = search(nodes, ties)
    assert of_kind(alone, "shared-need") == []
    assert len(alone.tables["shared-needs"].rows) == 1
    both = search(nodes, [*ties, tie("etuc", "NEEDS", "law")])
    assert the_one(both, "shared-need").evidence["families_by_themselves"] == ["union"]


def test_a_hole_is_a_country_language_or_family_that_wants_what_only_others_have() -> None:
    nodes = [
        organisation("coop", sector="cooperative", country="BE", languages=["fr"]),
        organisation("firm", sector="cooperative", country="FR", languages=["fr"]),
        topic("law"),
    ]
    ties = [tie("coop", "NEEDS", "law"), tie("firm", "WORKS_ON", "law", mode="offers")]
    gap = the_one(search(nodes, ties), "coverage-hole")
    assert gap.evidence["dimension"] == "country"
    assert gap.evidence["value"] == "BE"
    assert gap.evidence["who_could_help_elsewhere"] == ["firm"]
    assert gap.title.startswith("“law” is wanted in Belgium by Coop")
    assert gap.basis.reading == "nobody"


def test_a_helper_of_unknown_country_makes_the_hole_a_question() -> None:
    nodes = [organisation("coop", country="BE"), organisation("firm"), topic("law")]
    ties = [tie("coop", "NEEDS", "law"), tie("firm", "WORKS_ON", "law", mode="offers")]
    assert the_one(search(nodes, ties), "coverage-hole").basis.reading == "not asked"


def test_an_expert_is_where_the_own_organisation_is() -> None:
    nodes = [
        organisation("coop", country="BE"),
        expert("ada"),
        organisation("home", country="BE"),
        topic("law"),
    ]
    ties = [
        tie("coop", "NEEDS", "law"),
        tie("ada", "EXPERT_IN", "law"),
        tie("ada", "AFFILIATED_WITH", "home"),
    ]
    assert of_kind(search(nodes, ties), "coverage-hole") == []


def test_the_coverage_table_has_every_cell_somebody_is_in() -> None:
    nodes = [
        organisation("coop", sector="cooperative", country="BE", languages=["fr", "nl"]),
        expert("ada", country="FR", languages=["fr"]),
        topic("law"),
    ]
    ties = [tie("coop", "NEEDS", "law"), tie("ada", "EXPERT_IN", "law")]
    rows = search(nodes, ties, by="sector").tables["coverage"].as_dicts()
    cells = {(row["family"], row["language"], row["country"]): row for row in rows}
    assert cells["", "", ""]["supply"] == cells["", "", ""]["demand"] == 1
    assert (cells["", "fr", ""]["supply"], cells["", "fr", ""]["demand"]) == (1, 1)
    assert cells["", "nl", ""]["hole"] == 1
    assert cells["cooperative", "nl", "BE"]["hole"] == 1
    assert cells["", "", "FR"]["demand"] == 0
