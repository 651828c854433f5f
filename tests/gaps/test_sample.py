"""What the search finds in the project's own sample, read against the report by hand."""

from __future__ import annotations

from functools import cache

from cocommuns_graph.gaps import Gaps
from tests.gaps.found import of_kind, search, subjects, the_one
from tests.sample_graph import sample_graph


@cache
def found() -> Gaps:
    return search(sample_graph())


def test_at_least_eight_kinds_and_an_introduction() -> None:
    assert len({gap.kind for gap in found().gaps}) >= 8
    assert found().introductions
    assert found().by == "sector"


def test_what_the_next_steps_need_and_nobody_is_an_expert_in() -> None:
    topics = {each[0] for each in subjects(found(), "topic-without-expert")}
    assert {"funding", "legal-services", "good-practices", "training", "communication"} <= topics
    assert "commons" not in topics
    assert "cities-and-municipalities" not in topics
    assert ("cities-and-municipalities", "erdmuthe-klaer") in subjects(found(), "topic-on-one")


def test_brescia_should_tell_reves() -> None:
    about = {gap.subjects[0]: gap for gap in of_kind(found(), "solved-elsewhere")}
    assert about["competition-in-public-procurement"].evidence["solved_by"] == ["brescia"]
    first = found().introductions[0]
    assert (first.a, first.b) == ("brescia", "reves")
    assert first.effect["components_joined"] == 1


def test_smart_told_the_meeting_how_freelancers_are_covered() -> None:
    assert "social-protection-beyond-employment" not in {
        each[0] for each in subjects(found(), "solved-elsewhere")
    }
    assert "social-protection-beyond-employment" not in {
        each[0] for each in subjects(found(), "open-problem")
    }


def test_precarious_work_is_open_and_shared() -> None:
    (gap,) = [gap for gap in of_kind(found(), "open-problem") if gap.subjects == ("precarious-work",)]
    assert gap.evidence["faced_by"] == ["deep-dive-encounter", "etuc", "ituc"]
    assert ("precarious-work",) in subjects(found(), "shared-need")
    assert subjects(found(), "shared-need")[0] == ("funding",)


def test_barcelona_hangs_on_bruno_carballa() -> None:
    gap = of_kind(found(), "cut-point")[0]
    assert gap.subjects == ("bruno-carballa",)
    assert gap.evidence["cut_off"] == ["commons-network", "barcelona", "barcelona-en-comu", "dimmons", "igop"]
    assert the_one(found(), "separate-part").subjects == (
        "musicians-cooperative-london",
        "musicians-union-london",
    )


def test_positions_and_questions() -> None:
    assert the_one(found(), "diverging-positions").subjects[0] == "platform-cooperativism"
    assert ("role-of-unions-in-a-commons-world",) in subjects(found(), "unanswered-question")


def test_what_was_not_asked() -> None:
    questions = [gap.evidence["question"] for gap in of_kind(found(), "not-asked")]
    assert questions == ["country", "languages", "confirmed_on"]


def test_in_french_the_same_gaps_in_other_words() -> None:
    french = search(sample_graph(), language="fr")
    assert {gap.id for gap in french.gaps} == {gap.id for gap in found().gaps}
    titles = {gap.subjects[0]: gap.title for gap in french.gaps if gap.kind == "topic-without-expert"}
    assert titles["funding"].startswith("Aucune expertise n'est indiquée sur «\xa0Financement\xa0»")
