"""Corrections by hand, planned without a database: values, lists, what is new, what goes, who met whom."""

from __future__ import annotations

from typing import Any

import pytest

from cocommuns_graph.changes import Outcome
from cocommuns_graph.changes.revising import revised
from cocommuns_graph.model import Value
from cocommuns_graph.model.claims import (
    LinkClaim,
    NodeClaim,
    Revision,
    Row,
    by_whom,
    confirmed_by,
    entered_by,
)
from tests.changes.fake import Memory, plan
from tests.store.claims import counts, expert, link, mention, organisation, row, said, topic

CHAIR = ("ada", "AFFILIATED_WITH", "open", "chair|")


def by_hand(*claims: NodeClaim | LinkClaim, who: str = "Bo") -> Row:
    nodes = [claim for claim in claims if isinstance(claim, NodeClaim)]
    links = [claim for claim in claims if isinstance(claim, LinkClaim)]
    return Row(entered_by(who), "", 0, nodes, links)


def corrected(id_: str, revision: Revision, label: str = "Expert", **values: Value) -> NodeClaim:
    return NodeClaim(label, id_, dict(values), revision=revision)


def tie(type_: str, start: str, end: Any, revision: Revision, **values: Value) -> LinkClaim:
    made = link(type_, start, end, **values)
    made.revision = revision
    return made


def edit(memory: Memory, *claims: NodeClaim | LinkClaim, unit: str = "u2", who: str = "Bo") -> Outcome:
    return plan(memory, [by_hand(*claims, who=who)], unit, action="edit", who=who)


@pytest.fixture
def memory() -> Memory:
    made = Memory()
    plan(
        made,
        [
            row(2, expert("ada", place="Ghent", languages=["fr", "nl"]), organisation("open")),
            row(3, link("AFFILIATED_WITH", "ada", "open", role="chair", until="2020")),
            row(4, topic("heat", kind="challenge"), link("FACES", "open", "heat")),
        ],
    )
    return made


def test_values_are_set_and_taken_away_with_what_was_before(memory: Memory) -> None:
    outcome = edit(memory, corrected("ada", Revision(new=False, cleared=["place"]), role="baker"))
    assert counts(outcome)[0] == (0, 1, 0, 0)
    assert "place" not in memory.values["ada"]
    assert memory.values["ada"]["role"] == "baker"
    assert memory.values["ada"]["sources"] == ["a.csv:2", "entered by Bo"]
    (change,) = memory.changes
    assert (change["before"], change["after"]) == (
        '{"place": "Ghent", "role": null, "sources": ["a.csv:2"]}',
        '{"place": null, "role": "baker", "sources": ["a.csv:2", "entered by Bo"]}',
    )
    (told,) = outcome.changes
    assert (told.element, told.type, told.action) == ("ada", "Expert", "update")
    assert told.before == {"place": "Ghent", "role": None}


def test_taking_away_what_is_not_there_changes_nothing(memory: Memory) -> None:
    outcome = edit(memory, corrected("ada", Revision(cleared=["website"])))
    assert counts(outcome)[0] == (0, 0, 1, 0)
    assert [change["action"] for change in memory.changes] == ["assert"]
    assert outcome.changes == []


@pytest.mark.parametrize(
    ("added", "dropped", "after"),
    [
        (["de"], [], ["fr", "nl", "de"]),
        (["nl"], ["fr"], ["nl"]),
        ([], ["fr", "nl"], None),
        ([], ["xx"], ["fr", "nl"]),
    ],
)
def test_items_of_a_list_come_and_go_by_what_is_stored(
    memory: Memory, added: list[str], dropped: list[str], after: list[str] | None
) -> None:
    edit(memory, corrected("ada", Revision(added={"languages": added}, dropped={"languages": dropped})))
    assert memory.values["ada"].get("languages") == after


def test_a_field_that_changed_meanwhile_is_left_and_the_others_are_written(memory: Memory) -> None:
    opened = {"place": "Ghent", "role": None, "website": None}
    edit(memory, corrected("ada", Revision(expected=opened), place="Liège"), who="Cy")
    outcome = edit(
        memory, corrected("ada", Revision(expected=opened), place="Lille", role="baker"), unit="u3"
    )
    assert memory.values["ada"]["place"] == "Liège"
    assert memory.values["ada"]["role"] == "baker"
    assert said(outcome) == [
        (
            0,
            "warning",
            "place was changed meanwhile to 'Liège' (it was 'Ghent' when you opened it), so 'Lille' was not "
            "written; look again and decide",
        )
    ]


def test_two_who_make_the_same_change_do_not_disturb_each_other() -> None:
    one = Row("entered by Bo", "", 0)
    seen = Revision(expected={"place": "Ghent"})
    assert revised(one, {"place": "Liège"}, {"place": "Liège"}, seen) == {"place": "Liège"}
    assert one.problems == []


def test_a_new_record_must_be_new_and_an_old_one_there(memory: Memory) -> None:
    again = edit(memory, corrected("ada", Revision(new=True), name="Ada Two"))
    assert [reason for _, _, reason in said(again)] == [
        "the id 'ada' already belongs to the Expert 'Ada'; "
        "correct that record, or give the new one another id"
    ]
    gone = edit(memory, corrected("eve", Revision(new=False), role="baker"))
    assert [reason for _, _, reason in said(gone)] == [
        "no record has the id 'eve' any more; look for it again"
    ]
    other = edit(memory, corrected("open", Revision(new=True), name="Open"))
    assert "already belongs to the Organisation 'Open'" in said(other)[0][2]


def test_a_link_is_made_revised_and_taken_out(memory: Memory) -> None:
    edit(memory, tie("AFFILIATED_WITH", "ada", "open", Revision(new=False, cleared=["until"]), role="chair"))
    assert "until" not in memory.ties[CHAIR]
    edit(memory, tie("AFFILIATED_WITH", "ada", "open", Revision(new=False, key="chair|"), until="2026"))
    assert memory.ties[CHAIR]["until"] == "2026"
    outcome = edit(memory, tie("AFFILIATED_WITH", "ada", "open", Revision(removed=True, key="chair|")))
    assert counts(outcome)[1] == (0, 0, 0, 1)
    assert CHAIR not in memory.ties
    assert [change["action"] for change in memory.changes] == ["update", "update", "remove"]
    again = edit(memory, tie("AFFILIATED_WITH", "ada", "open", Revision(removed=True, key="chair|")))
    assert said(again) == [(0, "error", "there is no such link any more; look again")]


def test_another_role_is_another_link_in_one_step(memory: Memory) -> None:
    outcome = edit(
        memory,
        tie("AFFILIATED_WITH", "ada", "open", Revision(removed=True, key="chair|")),
        tie("AFFILIATED_WITH", "ada", "open", Revision(new=True), role="member"),
    )
    assert counts(outcome)[1] == (1, 0, 0, 1)
    assert [key for *_, key in memory.ties if key] == ["member|"]


def test_a_link_to_a_new_name_makes_the_record(memory: Memory) -> None:
    outcome = edit(memory, tie("EXPERT_IN", "ada", mention("Topic", "Bread", optional=False), Revision()))
    assert counts(outcome) == ((1, 0, 0, 0), (1, 0, 0, 0))
    assert memory.values["topic-bread"]["sources"] == ["entered by Bo"]
    assert [told.action for told in outcome.changes] == ["create", "create"]


def test_what_is_faced_stays_a_challenge(memory: Memory) -> None:
    outcome = edit(memory, corrected("heat", Revision(), label="Topic", kind="skill"))
    assert said(outcome)[0][2].startswith(
        "'Heat' must stay a challenge: there are links to it that say 'faces'"
    )
    edit(memory, tie("FACES", "open", "heat", Revision(removed=True, key="")), unit="u3")
    assert said(edit(memory, corrected("heat", Revision(), label="Topic", kind="skill"), unit="u4")) == []


def test_a_file_that_overrules_a_person_says_so_once(memory: Memory) -> None:
    edit(memory, corrected("ada", Revision(), place="Liège"))
    same = plan(memory, [row(2, expert("ada", languages=["de"]))], "u3")
    assert said(same) == []
    over = plan(memory, [row(9, expert("ada", place="Ghent"))], "u4")
    assert said(over) == [
        (9, "note", "place of ada was 'Liège', entered by Bo; the file's 'Ghent' replaces it")
    ]
    assert memory.values["ada"]["place"] == "Ghent"
    assert said(plan(memory, [row(9, expert("ada", place="Lille"))], "u5")) == []


def test_a_file_that_overrules_what_a_person_created_says_so(memory: Memory) -> None:
    edit(memory, corrected("eve", Revision(new=True), name="Eve", place="Rome"))
    over = plan(memory, [row(9, expert("eve", place="Milan"))], "u4")
    assert [reason for _, _, reason in said(over)] == [
        "place of eve was 'Rome', entered by Bo; the file's 'Milan' replaces it"
    ]


def test_only_what_somebody_entered_is_by_hand() -> None:
    assert by_whom(entered_by("Bo")) == "Bo"
    assert by_whom(confirmed_by("Bo")) == ""
    assert by_whom("people.csv:3") == ""
