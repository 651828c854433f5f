"""What people type: cleaned by the kinds of the model, refused with what is accepted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocommuns_graph.desk.entering import clean, items, label_of, person, type_of
from cocommuns_graph.desk.forms import link_choices, link_form, record_form
from cocommuns_graph.desk.since import instant
from cocommuns_graph.model import MEMBER, MODEL, STEWARD, Graph, Node, Value
from cocommuns_graph.model.errors import CocommunsError, InvalidValue, NotAllowed, NotFound
from cocommuns_graph.wording import Wording, wording

EXPERT, TOPIC = MODEL.node("Expert"), MODEL.node("Topic")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("name", "  Ada   Vermeersch ", "Ada Vermeersch"),
        ("languages", "French; nl", ["fr", "nl"]),
        ("languages", ["fr", "de"], ["fr", "de"]),
        ("aliases", ["A; B", "C|D"], ["A; B", "C|D"]),
        ("country", "Belgique", "BE"),
        ("website", "example.org", "https://example.org"),
        ("contact", "a@x.org; +32 475 12 34 56", ["a@x.org", "+32 475 12 34 56"]),
        ("description", "two\nlines", "two\nlines"),
        ("place", "", None),
        ("languages", [], None),
        ("visibility", "", "members"),
    ],
)
def test_a_value_is_cleaned_as_in_an_import(name: str, typed: str | list[str], value: Value | None) -> None:
    assert clean(EXPERT, name, typed, {}, STEWARD) == value


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("plaice", "x", "did you mean place?"),
        ("name", " ", "name cannot be empty: every Expert needs one"),
        ("sources", "x", "is written by the inventory itself"),
        ("created_in", "x", "is written by the inventory itself"),
        ("id", "x", "id cannot be changed"),
        ("visibility", "all", "accepted: public, members, coordinators, stewards"),
        ("place", "call +32 475 12 34 56", "the place for it is contact"),
        ("description", "write to ada@x.org", "the place for it is contact"),
        ("country", "Atlantis", "accepted: a two-letter ISO 3166 code"),
        ("website", "javascript:alert(1)", "accepted: a web address"),
        ("place", "x" * 6000, "accepted: up to 5,000 characters"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(name: str, typed: str, says: str) -> None:
    with pytest.raises(InvalidValue) as raised:
        clean(EXPERT, name, typed, {}, STEWARD)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_way_to_reach_somebody_has_no_place_but_an_experts_contact() -> None:
    with pytest.raises(InvalidValue, match="it may not stand there"):
        clean(TOPIC, "definition", "ask ada@x.org", {}, STEWARD)
    with pytest.raises(InvalidValue, match="looks like an e-mail address"):
        person("ada@x.org")


def test_a_column_of_the_record_keeps_its_kind() -> None:
    present: dict[str, Value] = {"size": 3, "share": 0.5, "open": True, "tags": ["a"], "motto": "x"}
    typed = {"size": "7", "share": "0,25", "open": "no", "tags": "a;b", "motto": "y"}
    assert {name: clean(EXPERT, name, text, present, STEWARD) for name, text in typed.items()} == {
        "size": 7, "share": 0.25, "open": False, "tags": ["a", "b"], "motto": "y",
    }  # fmt: skip
    with pytest.raises(InvalidValue, match="a whole number"):
        clean(EXPERT, "size", "many", present, STEWARD)
    with pytest.raises(InvalidValue, match="has no property 'colour'"):
        clean(EXPERT, "colour", "red", present, STEWARD)


@pytest.mark.parametrize("name", ["contact", "motto"])
def test_nobody_corrects_what_they_may_not_see(name: str) -> None:
    with pytest.raises(NotAllowed, match=f"{name} is for coordinators and above"):
        clean(EXPERT, name, "x", {"motto": "y"}, MEMBER)


def test_a_member_of_a_language_family_is_a_property() -> None:
    assert clean(TOPIC, "label_fr", "pain", {}, STEWARD) == "pain"
    assert clean(TOPIC, "label_fr", "", {}, STEWARD) is None
    with pytest.raises(InvalidValue):
        clean(TOPIC, "label_xx", "pain", {}, STEWARD)


def test_items_are_for_lists() -> None:
    assert items(EXPERT, "languages", "French;de", {}, STEWARD) == ["fr", "de"]
    with pytest.raises(InvalidValue, match="has one value"):
        items(EXPERT, "place", "x", {}, STEWARD)
    with pytest.raises(InvalidValue, match="nothing is given"):
        items(EXPERT, "languages", " ", {}, STEWARD)


@given(st.text(max_size=300))
def test_a_name_in_the_journal_is_one_short_line(text: str) -> None:
    try:
        cleaned = person(text)
    except InvalidValue:
        return
    assert 0 < len(cleaned) <= 200
    assert cleaned == " ".join(cleaned.split())
    assert person(cleaned) == cleaned


def test_labels_and_types_go_by_what_people_call_them() -> None:
    assert [label_of(word) for word in ("expert", "ORGANISATIONS", "Sujets")] == [
        "Expert", "Organisation", "Topic",
    ]  # fmt: skip
    assert [type_of(word) for word in ("expert in", "EXPERT_IN", "takes-part-in")] == [
        "EXPERT_IN", "EXPERT_IN", "TAKES_PART_IN",
    ]  # fmt: skip
    with pytest.raises(InvalidValue, match="accepted: organisation, expert, topic, initiative"):
        label_of("Lock")
    with pytest.raises(NotFound, match="did you mean EXPERT_IN"):
        type_of("expert_ni")


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026", "2026"),
        ("today", "2026-11-24"),
        ("Last  Week", "2026-11-17"),
        ("7 days", "2026-11-17"),
        ("2 weeks ago", "2026-11-10"),
        ("2026-11-20T12:00:00+02:00", "2026-11-20T10:00:00.000000Z"),
    ],
)
def test_a_time_is_said_in_many_ways(said: str, begins: str) -> None:
    assert instant(said, NOW) == begins


@pytest.mark.parametrize("said", ["", "soon", "2026-13-01", "-7 days", "99999 days", "2026-11-20Tx"])
def test_what_says_no_time_is_refused(said: str) -> None:
    with pytest.raises(InvalidValue, match="accepted: a date"):
        instant(said, NOW)


class TestForms:
    """Forms are the model, field by field."""

    def test_every_declared_property_that_may_be_set_has_its_field(self) -> None:
        say = wording("en")
        for declared in MODEL.public_types:
            form = record_form(Graph(), declared.label, None, STEWARD, say)
            assert [field["name"] for field in form["fields"]] == [
                one.name for one in declared.properties if not one.managed and one.name != "id"
            ]
            assert [field["name"] for field in form["fields"] if field["required"]] == [declared.caption]
        for type_ in MODEL.types:
            fields = link_form(type_, {}, STEWARD, say)["fields"]
            assert [field["name"] for field in fields if field["key"]] == [
                name for name in (one.name for one in MODEL.relationship(type_).properties)
                if name in MODEL.relationship(type_).keys
            ]  # fmt: skip

    def test_nothing_of_a_form_is_left_in_english(self) -> None:
        nodes = [Node("t", "Topic", {"label_fr": "x"})]

        def fields(say: Wording) -> list[dict[str, Any]]:
            forms = [record_form(Graph(nodes), one.label, None, STEWARD, say) for one in MODEL.public_types]
            forms += [link_form(type_, {}, STEWARD, say) for type_ in MODEL.types]
            return [field for form in forms for field in form["fields"]]

        for told, original in zip(fields(wording("fr")), fields(wording("en")), strict=True):
            if original["description"]:
                assert told["description"] != original["description"], original["name"]
            if original["kind"] in ("number", "url"):
                assert told["accepted"] != original["accepted"], original["name"]

    def test_a_form_shows_values_columns_and_languages(self) -> None:
        node = Node("a", "Topic", {"label": "Bread", "label_fr": "pain", "colour": "brown"})
        other = Node("b", "Topic", {"label": "Water", "aliases_de": ["Wasser"]})
        form = record_form(Graph([node, other]), "Topic", node, STEWARD, wording("en"))
        fields = {field["name"]: field for field in form["fields"]}
        assert {"label_de", "label_fr", "aliases_de", "definition_fr"} <= set(fields)
        assert (fields["label_fr"]["value"], fields["label_fr"]["word"]) == ("pain", "label (French)")
        assert (fields["colour"]["value"], fields["colour"]["kind"]) == ("brown", "text")
        assert (fields["aliases_de"]["value"], fields["aliases_de"]["kind"]) == (None, "list")

    def test_contact_is_on_the_form_of_those_who_may_see_it(self) -> None:
        for viewer, shown in ((STEWARD, True), (MEMBER, False)):
            form = record_form(Graph(), "Expert", None, viewer, wording("en"))
            assert ("contact" in [field["name"] for field in form["fields"]]) is shown

    def test_links_are_offered_from_both_ends_and_once_where_they_read_both_ways(self) -> None:
        offered = [(one["type"], one["direction"]) for one in link_choices("Organisation", wording("en"))]
        assert ("AFFILIATED_WITH", "in") in offered
        assert ("MEMBER_OF", "out") in offered
        assert ("MEMBER_OF", "in") in offered
        assert [direction for type_, direction in offered if type_ == "PARTNER_OF"] == ["out"]


def test_every_refusal_is_one_of_ours() -> None:
    for name in ("x", "id", "sources", "country"):
        with pytest.raises(CocommunsError):
            clean(EXPERT, name, "\0\u2028'", {}, STEWARD)
