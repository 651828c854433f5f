"""Corrections by hand through the desk, on both engines: written, previewed, refused, told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cocommuns_graph.desk import Desk, Found
from cocommuns_graph.model import MEMBER, STEWARD
from cocommuns_graph.model.errors import Ambiguous, InvalidValue, NotAllowed, NotFound
from cocommuns_graph.store.door import Store
from tests.store.claims import expert, link, organisation, row, topic, write


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    write(
        store,
        [
            row(2, expert("ada", place="Ghent", languages=["fr"]), organisation("smart")),
            row(3, link("AFFILIATED_WITH", "ada", "smart", role="chair")),
            row(4, link("AFFILIATED_WITH", "ada", "smart", role="baker", since="2020")),
            row(5, topic("bread"), organisation("mill"), link("PARTNER_OF", "mill", "smart")),
        ],
    )
    return Desk(store, STEWARD, tmp_path)


def texts(entries: list[dict[str, object]]) -> list[object]:
    return [entry["text"] for entry in entries]


def test_a_correction_is_previewed_as_it_is_then_written(desk: Desk) -> None:
    told = desk.set("Ada", "place", "Liège", who="Bo", preview=True)
    assert told.is_preview
    assert desk.show("ada")["properties"]["place"] == "Ghent"
    done = desk.set("Ada", "place", "Liège", who="Bo")
    assert texts(told.changes) == texts(done.changes) == ["Ada: place: Ghent → Liège"]
    assert told.report["nodes"] == done.report["nodes"] == {
        "created": 0, "updated": 1, "unchanged": 0, "removed": 0,
    }  # fmt: skip
    record = desk.show("ada")
    assert record["properties"]["place"] == "Liège"
    assert record["sources"] == ["a.csv:2", "entered by Bo"]
    assert list(done.words(desk.say)) == ["Ada: place: Ghent → Liège"]


def test_lists_grow_and_shrink_and_values_go(desk: Desk) -> None:
    desk.set("ada", "languages", "de;nl", how="add")
    desk.set("ada", "languages", "fr", how="remove")
    assert desk.show("ada")["properties"]["languages"] == ["de", "nl"]
    desk.set("ada", "languages", "")
    assert "languages" not in desk.show("ada")["properties"]
    assert list(desk.set("ada", "languages", "").words(desk.say)) == [
        "nothing to change: the inventory says so already"
    ]


def test_a_form_saved_late_leaves_what_others_wrote_and_keeps_the_rest(desk: Desk) -> None:
    opened = {field["name"]: field["value"] for field in desk.form("ada")["fields"]}
    desk.edit("ada", {"place": "Liège"}, who="Cy")
    done = desk.edit("ada", {"place": "Lille", "role": "baker"}, opened=opened, who="Bo")
    assert texts(done.changes) == ["Ada: role: nothing → baker"]
    (warning,) = done.warnings
    assert "'Liège'" in warning
    assert "'Lille'" in warning
    again = {**opened, "place": "Liège"}
    assert desk.edit("ada", {"place": "Lille"}, opened=again, who="Bo").warnings == []
    assert desk.show("ada")["properties"]["place"] == "Lille"


def test_new_records_get_ids_by_the_rule_and_never_take_anothers(desk: Desk) -> None:
    made = desk.create("expert", {"name": "Zoë Ngozi", "contact": "z@x.org"}, who="Bo")
    assert [entry["id"] for entry in made.changes] == ["expert-zoe-ngozi"]
    with pytest.raises(InvalidValue, match="already belongs to the Expert 'Zoë Ngozi'"):
        desk.create("expert", {"name": "Zoe Ngozi"})
    other = desk.create("Expert", {"name": "Zoë Ngozi"}, identifier="zoe-2")
    assert other.notes == ["another expert is called so: expert-zoe-ngozi"]
    with pytest.raises(InvalidValue, match="name cannot be empty"):
        desk.create("expert", {})
    with pytest.raises(InvalidValue, match="give an id"):
        desk.create("expert", {"name": "***"})
    with pytest.raises(InvalidValue, match="is no kind of record"):
        desk.create("Lock", {"name": "x"})
    assert [unit["action"] for unit in desk.store.imports()] == ["import", "edit", "edit"]


def test_links_are_made_corrected_and_taken_out(desk: Desk) -> None:
    made = desk.link("Ada", "expert in", "Sourdough", {"level": "3"}, may_be_new=True, who="Bo")
    assert texts(made.changes) == ["Sourdough was added", "Ada is an expert in Sourdough (level: 3)"]
    again = desk.link("Ada", "EXPERT_IN", "Sourdough", {"level": "4"})
    assert texts(again.changes) == ["Ada is an expert in Sourdough: level: 3 → 4"]
    with pytest.raises(NotFound, match="nothing has the id or name 'Nobody'"):
        desk.link("Ada", "EXPERT_IN", "Nobody")
    with pytest.raises(NotFound):
        desk.link("Bread", "EXPERT_IN", "Ada")
    with pytest.raises(Ambiguous) as several:
        desk.unlink("Ada", "AFFILIATED_WITH", "smart")
    assert "--role 'baker' --since '2020'; --role 'chair' --since ''" in str(several.value)
    desk.unlink("Ada", "AFFILIATED_WITH", "smart", {"role": "chair"})
    gone = desk.unlink("smart", "partner of", "mill")
    assert texts(gone.changes) == ["No longer: Mill is a partner of Smart"]
    with pytest.raises(NotFound, match="there is no link that says"):
        desk.unlink("smart", "partner of", "mill")
    with pytest.raises(InvalidValue, match="they are told apart by role, since"):
        desk.unlink("Ada", "AFFILIATED_WITH", "smart", {"until": "2026"})


def test_a_new_key_value_moves_a_link_and_keeps_the_rest_of_it(desk: Desk) -> None:
    tie = Found("ada", "AFFILIATED_WITH", "smart", "baker|2020")
    assert texts(desk.edit_link(tie, {"until": "2025"}, opened={"until": None}).changes) == [
        "Ada is affiliated with Smart: until: nothing → 2025"
    ]
    moved = desk.edit_link(tie, {"role": "miller"})
    assert [entry["action"] for entry in moved.changes] == ["remove", "create"]
    (now,) = [found for found in desk.links("ada") if "miller" in found["text"]]
    assert now["key"] == "miller|2020"
    assert "until: 2025" in now["text"]
    with pytest.raises(NotFound, match="no such link any more"):
        desk.edit_link(tie, {"until": "2026"})


def test_confirming_is_noted_with_who_and_when(desk: Desk) -> None:
    done = desk.confirm(["ada", "Smart", "ada"], who="Bo")
    assert sorted(map(str, texts(done.changes))) == [
        "Ada was confirmed as right", "Smart was confirmed as right",
    ]  # fmt: skip
    assert desk.show("ada")["sources"] == ["a.csv:2", "confirmed by Bo"]
    assert desk.history("ada", limit=1)[0]["action"] == "confirm"
    with pytest.raises(NotFound):
        desk.confirm(["smart", "nobody"])


def test_history_tells_links_under_both_ends_and_news_tells_all(desk: Desk) -> None:
    desk.unlink("mill", "PARTNER_OF", "smart", who="Bo")
    desk.set("bread", "definition", "flour and water", who="Cy")
    for end in ("mill", "smart"):
        newest = desk.history(end)[0]
        assert (newest["action"], newest["id"], newest["who"]) == ("remove", end, "Bo")
        assert newest["link"]["names"] == ["Mill", "Smart"]
    whole = desk.history()
    assert [entry["when"] for entry in whole] == sorted((e["when"] for e in whole), reverse=True)
    assert desk.history(limit=2, skip=1) == whole[1:3]
    assert {entry["who"] for entry in desk.history(who="bo")} == {"Bo"}
    assert desk.history(since="2030") == []
    created = [entry for entry in desk.history("ada") if entry["action"] == "create"]
    assert created[0]["source"] == "a.csv:2"
    news = desk.news("today")
    assert news["totals"] == {"records": 4, "links": 3, "changed": 1, "confirmed": 0, "removed": 1}
    assert [unit["text"] for unit in news["units"]][:2] == [
        "Cy added or corrected by hand", "Bo added or corrected by hand",
    ]  # fmt: skip
    assert desk.news("2030")["why"]
    json.dumps([whole, news])


def test_nobody_corrects_or_reads_what_is_not_for_them(desk: Desk) -> None:
    desk.set("ada", "contact", "a@x.org")
    desk.create("expert", {"name": "Hidden", "visibility": "stewards"})
    member = Desk(desk.store, MEMBER, desk.home)
    with pytest.raises(NotAllowed):
        member.set("ada", "contact", "b@x.org")
    with pytest.raises(NotFound):
        member.set("expert-hidden", "place", "x")
    told = json.dumps([member.history(), member.history("ada"), member.news("today")])
    assert "a@x.org" not in told
    assert "Hidden" not in told


def test_hostile_names_are_text_and_only_text(desk: Desk) -> None:
    name = "Bo'}) DETACH DELETE n //\n<script>"
    desk.set("ada", "place", "`'\"$x", who=name)
    assert desk.history("ada", limit=1)[0]["who"] == "Bo'}) DETACH DELETE n // <script>"
    assert desk.show("ada")["properties"]["place"] == "`'\"$x"
