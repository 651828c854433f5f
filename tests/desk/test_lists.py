"""Shortlists and watches through the desk: kept, ordered, compared, passed on, and what is new."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from cocommuns_graph.desk import Desk
from cocommuns_graph.model import STEWARD, Visibility
from cocommuns_graph.model.errors import Ambiguous, InvalidValue, NotAllowed, NotFound
from cocommuns_graph.store.door import Store
from tests.engines.stores import address_of, wipe
from tests.store.claims import expert, link, organisation, row, topic, write

PUBLIC, MEMBERS, COORDINATORS = Visibility.PUBLIC, Visibility.MEMBERS, Visibility.COORDINATORS


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    store = Store(address_of("embedded", request))
    store.prepare()
    wipe(store)
    write(
        store,
        [
            row(2, topic("bread"), organisation("mill", website="https://mill.example", country="BE")),
            row(3, expert("ada", contact=["ada@example.org"], languages=["fr"]), expert("cy")),
            row(4, link("EXPERT_IN", "ada", "bread", level=4), link("WORKS_ON", "mill", "bread")),
            row(5, link("AFFILIATED_WITH", "ada", "mill", role="miller")),
        ],
    )
    yield Desk(store, STEWARD, tmp_path)
    store.close()


def names(desk: Desk, what: str) -> list[str]:
    return [entry["record"] for entry in desk.shortlist(what)["entries"]]


def test_a_list_is_made_filled_ordered_and_emptied(desk: Desk) -> None:
    made = desk.new_shortlist("Bakers", note="for the fair", who="Bo")
    assert (made["owner"], made["visibility"], made["entries"]) == ("Bo", "stewards", [])
    assert desk.add_to_shortlist("bakers", ["Mill", "ada", "mill"])["added"] == ["mill", "ada"]
    assert desk.add_to_shortlist("bakers", ["mill", "cy"], note="new")["already"] == ["mill"]
    desk.move_in_shortlist("bakers", "cy", 1)
    assert names(desk, "bakers") == ["cy", "mill", "ada"]
    desk.move_in_shortlist("bakers", "cy", 99)
    assert names(desk, "bakers") == ["mill", "ada", "cy"]
    desk.note_on_shortlist("bakers", "ask in May", record="ada")
    desk.note_on_shortlist("bakers", "")
    desk.remove_from_shortlist("bakers", ["cy"])
    desk.rename_shortlist("bakers", "Millers")
    found = desk.shortlist(made["id"])
    assert (found["name"], found["note"], [one["note"] for one in found["entries"]]) == (
        "Millers",
        "",
        ["", "ask in May"],
    )
    assert desk.asked_counts() == {"mill": 1, "ada": 1}
    assert desk.shortlists()[0]["entries"] == 2
    assert desk.status()["nodes"] == {"Organisation": 1, "Expert": 2, "Topic": 1, "Initiative": 0}
    assert {entry["type"] for entry in desk.history()}.isdisjoint({"Shortlist", "ShortlistEntry"})
    desk.share_shortlist("millers", PUBLIC)
    assert desk.for_viewer(PUBLIC).shortlists()[0]["entries"] == 1
    desk.for_viewer(PUBLIC).delete_shortlist("millers")
    assert not desk.store.ask(STEWARD, "MATCH (e:ShortlistEntry) RETURN e.id", {}).rows
    assert (desk.shortlists(), desk.asked_counts()) == ([], {})


def test_what_cannot_be_is_refused_with_nothing_written(desk: Desk) -> None:
    desk.new_shortlist("Bakers")
    with pytest.raises(InvalidValue, match="already"):
        desk.new_shortlist("BAKERS")
    with pytest.raises(InvalidValue, match="empty"):
        desk.new_shortlist("  ")
    with pytest.raises(NotFound, match="nobody"):
        desk.add_to_shortlist("bakers", ["ada", "nobody"])
    with pytest.raises(InvalidValue, match="e-mail"):
        desk.new_shortlist("Others", note="write to ada@example.org")
    with pytest.raises(InvalidValue, match="filter"):
        desk.add_to_shortlist("bakers", ["ada"], search="bread", filters={"sectr": "x"})
    with pytest.raises(NotFound, match="not on the shortlist"):
        desk.remove_from_shortlist("bakers", ["ada"])
    with pytest.raises(NotAllowed):
        desk.for_viewer(MEMBERS).new_shortlist("Secret", visibility=COORDINATORS)
    with pytest.raises(NotFound):
        desk.for_viewer(MEMBERS).shortlist("Bakers")
    assert names(desk, "bakers") == []
    member = desk.for_viewer(MEMBERS)
    member.new_shortlist("Bakers", visibility=PUBLIC)  # a name that they cannot know to be taken
    with pytest.raises(Ambiguous, match="list-"):
        desk.shortlist("bakers")


def test_reasons_come_from_the_search_as_the_reader_may_see_it(desk: Desk) -> None:
    desk.new_shortlist("Bakers")
    desk.add_to_shortlist(
        "bakers", ["ada", "mill"], search="bread", filters={"kinds": ["expert"]}, note="aside"
    )
    ada, mill = desk.shortlist("bakers")["entries"]
    assert ada["found_by"] == "bread (experts)"
    assert "is an expert in Bread" in ada["reasons"][0]["text"]
    assert ada["reasons"][0]["sources"] == ["a.csv:4"]
    assert (mill["reasons"], mill["routes"][0]["url"]) == ([], "https://mill.example")
    assert [route["text"] for route in ada["routes"]] == ["ada@example.org", "Mill"]
    table = {line["name"]: line["values"] for line in desk.compare_shortlist("bakers")["rows"]}
    assert table["topics"] == [["Bread"], ["Bread"]]
    assert table["languages"] == [["French"], []]
    assert table["roles"][0] == ["is affiliated with Mill (miller)"]


def cells(data: bytes) -> list[dict[str, str]]:
    lines = [line for line in data.decode().splitlines() if not line.startswith("# ")]
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


def test_a_file_holds_what_its_readers_may_see(desk: Desk, tmp_path: Path) -> None:
    desk.new_shortlist("Bakers", note="between us")
    desk.add_to_shortlist("bakers", ["ada", "mill"], search="bread", note="careful")
    public = desk.shortlist_file("bakers", "html") + desk.shortlist_file("bakers", "csv")
    for private in (b"Ada", b"ada@example.org", b"careful", b"between us"):
        assert private not in public
    assert [one["name"] for one in cells(desk.shortlist_file("bakers", "csv"))] == ["Mill"]
    assert desk.left_out_of_shortlist("bakers", PUBLIC) == 1
    ada, _ = cells(desk.shortlist_file("bakers", "csv", readers=MEMBERS))
    assert (ada["contact"], ada["note"]) == ("through: Mill <https://mill.example>", "")
    ada, _ = cells(desk.shortlist_file("bakers", "csv", readers=Visibility.STEWARDS))
    assert ada["contact"].startswith("contact: ada@example.org")
    assert ada["note"] == "careful"
    written = desk.write_shortlist("bakers", tmp_path / "b.html", readers=MEMBERS, language="French")
    assert written.left_out == 0
    assert "Trouvé par la recherche" in (tmp_path / "b.html").read_text(encoding="utf-8")
    with pytest.raises(NotAllowed):
        desk.for_viewer(MEMBERS).shortlist_file("bakers", "csv", readers=COORDINATORS)
    with pytest.raises(InvalidValue, match=r"FILE\.html"):
        desk.write_shortlist("bakers", tmp_path / "b.pdf")


def test_a_watch_tells_what_is_new_since_it_was_looked_at(desk: Desk) -> None:
    made = desk.watch("bread", name="Baking")
    assert desk.watch_news("baking")["why"] == "Nothing is new among the answers since then."
    write(desk.store, [row(2, expert("dee"), link("EXPERT_IN", "dee", "bread"), path="b.csv")])
    desk.set("cy", "place", "Ghent")
    desk.set("mill", "place", "Ghent")
    news = desk.watch_news("baking", look=True)
    assert [(one["id"], one["changes"][0]) for one in news["new"]] == [("dee", "Dee was added")]
    assert [one["id"] for one in news["changed"]] == ["mill"]
    assert news["changed"][0]["changes"] == ["Mill: place: nothing → Ghent"]
    seen_by_all = desk.for_viewer(PUBLIC).watches()
    assert seen_by_all == []
    assert desk.watch_news("baking")["new"] == []
    assert desk.watch_news("baking", "last week")["new"] != []
    with pytest.raises(InvalidValue, match="empty"):
        desk.watch(" ")
    desk.delete_watch(made["id"])
    assert desk.watches() == []
