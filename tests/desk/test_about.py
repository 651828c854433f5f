"""What is told of the data as a whole: counted by hand, for each viewer what that viewer may see."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from cocommuns_graph.desk import Desk
from cocommuns_graph.model import MEMBER, STEWARD, Visibility
from cocommuns_graph.model.errors import InvalidValue, NotAllowed
from cocommuns_graph.store.door import Store
from cocommuns_graph.store.engine import Address
from tests.engines.stores import clear
from tests.store.claims import expert, link, organisation, row, topic, write


@pytest.fixture(scope="module")
def desk(embedded_address: Address, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    clear(embedded_address)
    store = Store(embedded_address)
    store.prepare()
    write(
        store,
        [
            row(2, expert("ada", contact=["a@x.org"], confirmed_on="2024-05", country="BE")),
            row(3, expert("bo", visibility="public", confirmed_on="2026-01-02")),
            row(4, organisation("open", country="FR"), topic("care", label_fr="soin")),
            row(5, organisation("closed", visibility="stewards")),
            row(6, link("AFFILIATED_WITH", "ada", "open"), link("AFFILIATED_WITH", "bo", "closed")),
        ],
    )
    yield Desk(store, STEWARD, tmp_path_factory.mktemp("home"))
    store.close()


def test_counts_completeness_dates_and_sources(desk: Desk) -> None:
    told = desk.about()
    assert {one["label"]: one["number"] for one in told["counts"]} == {
        "Organisation": 2,
        "Expert": 2,
        "Topic": 1,
        "Initiative": 0,
    }
    experts = next(one for one in told["completeness"] if one["label"] == "Expert")
    known = {one["name"]: (one["known"], one["share"]) for one in experts["properties"]}
    assert known["country"] == (1, 0.5)
    assert known["contact"] == (1, 0.5)
    assert known["confirmed_on"] == (2, 1.0)
    assert "id" not in known
    topics = next(one for one in told["completeness"] if one["label"] == "Topic")
    assert next(one for one in topics["properties"] if one["name"] == "label")["known"] == 1
    assert told["confirmed"] == {"number": 2, "oldest": "2024-05", "newest": "2026-01-02"}
    assert told["sources"] == [{"name": "a.csv", "records": 5, "links": 2}]
    assert told["links"] == 2


def test_what_each_level_of_viewer_may_see_is_what_it_is_shown(desk: Desk) -> None:
    for line in desk.about()["visibility"]:
        seen = desk.for_viewer(Visibility.parse(line["level"])).graph()
        assert (line["records"], line["links"]) == (len(seen.nodes), len(seen.relationships))


def test_a_member_is_told_of_nothing_a_member_may_not_see(desk: Desk) -> None:
    member = desk.for_viewer(MEMBER.level)
    told = member.about()
    assert [line["level"] for line in told["visibility"]] == ["public", "members"]
    assert all(one["name"] != "contact" for type_ in told["completeness"] for one in type_["properties"])
    with pytest.raises(NotAllowed):
        member.past_imports()
    with pytest.raises(NotAllowed):
        member.set_licence("mine")


def test_the_licence_is_what_a_steward_said_last(desk: Desk) -> None:
    assert desk.licence() == {"text": "", "who": "", "when": ""}
    desk.set_licence(" CC BY 4.0 ", who="Ada")
    written = desk.licence()
    assert (written["text"], written["who"]) == ("CC BY 4.0", "Ada")
    desk.set_licence("CC BY 4.0", who="Bo")
    assert desk.licence() == written
    with pytest.raises(InvalidValue, match="4,001 characters"):
        desk.set_licence("x" * 4001)


def test_imports_say_when_who_and_how_much(desk: Desk) -> None:
    (unit,) = desk.past_imports()
    assert unit["created"] == 7
    assert unit["who"]


def test_the_table_of_completeness_says_what_it_is(desk: Desk) -> None:
    text = desk.completeness_csv().decode("utf-8-sig")
    head = [line for line in text.splitlines() if line.startswith("# ")]
    assert any(line.startswith("# viewer: stewards") for line in head)
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("# ")))
    assert {"type": "Expert", "property": "country", "records": "2", "known": "1", "share": "0.5000"} in rows


def test_an_answer_is_found_once_and_nobody_can_spoil_it(desk: Desk) -> None:
    first = desk.find("care")
    first["results"].append("spoilt")
    assert "spoilt" not in desk.find("care")["results"]
    assert desk.speaking("fr").find("care")["topics"][0]["name"] == "soin"
    assert desk.find("care")["topics"][0]["name"] == desk.graph().nodes["care"].name
