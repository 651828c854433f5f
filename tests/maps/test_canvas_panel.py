"""The search box and the list beside the live map, in step with it, on a bare page."""

from __future__ import annotations

import pytest

from cocommuns_graph.maps.picture import picture
from cocommuns_graph.model import Graph, Node, Relationship
from tests.axe import violations
from tests.browser import Opened
from tests.maps.bare import Bare, clean, said, state
from tests.maps.made_up import made_up
from tests.maps.test_page_browser import hostile

pytestmark = pytest.mark.browser


def glossary() -> Graph:
    """Topics with names in many languages, and two structures that work on one of them."""

    def topic(id_: str, label: str, **labels: str) -> Node:
        return Node(
            id_, "Topic", {"label": label, **{f"label_{code}": text for code, text in labels.items()}}
        )

    nodes = [
        topic("unions", "Trade unions", fr="syndicats", es="sindicatos", el="συνδικάτα", zh="工会"),
        topic("care", "Care work", fr="travail du soin", de="Sorgearbeit"),
        topic("eco", "Œconomy of straße", fr="économie"),
        Node("o1", "Organisation", {"name": "Union of cleaners"}),
        Node("o2", "Organisation", {"name": "Zebra house"}),
    ]
    ties = [Relationship("WORKS_ON", id_, "unions", "", {"mode": "works"}) for id_ in ("o1", "o2")]
    return Graph(nodes, ties)


def options(opened: Opened) -> list[str]:
    return list(opened.page.locator(".map-option").all_inner_texts())


def rows(opened: Opened) -> list[str]:
    """What is listed, in order: names, and the titles of sections."""
    found = opened.page.evaluate(
        """() => [...document.querySelectorAll('.map-row, .map-row-title')]
          .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top))
          .map((row) => row.querySelector('.map-row-name')?.textContent ?? `[${row.textContent}]`)"""
    )
    return list(found)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("SYNDI", "syndicats (fr) → Trade unions"),
        ("sindicátos", "sindicatos (es) → Trade unions"),
        ("συνδικατα", "συνδικάτα (el) → Trade unions"),
        ("工会", "工会 (zh) → Trade unions"),
        ("soin trav", "travail du soin (fr) → Care work"),
        ("union", "Trade unions"),
        ("economie", "économie (fr) → Œconomy of straße"),
        ("strasse oeco", "Œconomy of straße"),
    ],
)
def test_completes_in_every_language(bare: Bare, typed: str, first: str) -> None:
    opened = bare(picture(glossary()), panel=True)
    opened.page.get_by_role("combobox", name="Search the map").fill(typed)
    found = options(opened)
    assert first in found[:2]
    assert "Zebra house" not in found
    assert clean(opened)


def test_the_search_box_is_used_by_keyboard_alone(bare: Bare) -> None:
    opened = bare(picture(glossary()), panel=True)
    page = opened.page
    box = page.get_by_role("combobox", name="Search the map")
    assert box.get_attribute("aria-expanded") == "false"
    box.focus()
    page.keyboard.type("un")
    assert box.get_attribute("aria-expanded") == "true"
    assert options(opened) == ["Union of cleaners", "Trade unions"]
    assert said(opened).strip() == "2 matches"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    assert page.locator(f"#{active}").inner_text() == "Trade unions"
    assert page.evaluate("picked") == []
    page.keyboard.press("Enter")
    assert page.evaluate("picked") == ["unions"]
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.type("nothing like it")
    assert said(opened).strip() == "Nothing on the map is called so."
    assert page.get_by_text("Nothing on the map is called so.").nth(1).is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert box.input_value() == ""
    assert state(opened)["selected"] == "unions"
    assert clean(opened)


def test_the_list_and_the_map_share_choice_cursor_and_filter(bare: Bare) -> None:
    opened = bare(picture(glossary()), panel=True)
    page = opened.page
    assert rows(opened) == [
        "Care work",
        "Œconomy of straße",
        "Trade unions",
        "Union of cleaners",
        "Zebra house",
    ]
    page.get_by_role("option", name="Trade unions").click()
    assert page.evaluate("picked") == ["unions"]
    assert rows(opened) == [
        "[Selected]",
        "Trade unions",
        "[Linked to Trade unions]",
        "Union of cleaners",
        "Zebra house",
        "[All others]",
        "Care work",
        "Œconomy of straße",
    ]
    assert "linked to 2 records: Union of cleaners and Zebra house." in said(opened)
    listed = page.get_by_role("listbox", name="Records on the map")
    listed.focus()
    page.keyboard.press("End")
    assert state(opened)["cursor"] == "eco"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    assert state(opened)["cursor"] == "o1"
    assert listed.get_attribute("aria-activedescendant") == page.locator(".map-row.active").get_attribute(
        "id"
    )
    page.keyboard.type("zeb")
    assert state(opened)["cursor"] == "o2"
    page.keyboard.press("Enter")
    assert page.evaluate("picked") == ["unions", "o2"]
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Enter")
    assert page.evaluate("paired") == [["o2", "unions"]]
    page.keyboard.press("Escape")
    assert page.evaluate("picked") == ["unions", "o2", None]
    canvas = page.locator("canvas.map-canvas")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".map-row.active .map-row-name").inner_text() in rows(opened)
    shown = [int(id_ != "o2") for id_ in page.evaluate("data.picture.id")]
    page.evaluate("(shown) => map.update({...data, look: {version: 'f', shown}})", shown)
    assert rows(opened) == ["Care work", "Œconomy of straße", "Trade unions", "Union of cleaners"]
    assert page.locator(".map-count").inner_text() == "4 of 5 records"
    page.get_by_role("combobox").fill("zeb")
    assert options(opened) == []
    assert clean(opened)


def test_a_long_list_holds_only_the_rows_in_sight_and_reaches_its_end(bare: Bare) -> None:
    opened = bare(picture(made_up(experts=6000, organisations=2500, initiatives=1500)), panel=True)
    page = opened.page
    listed = page.get_by_role("listbox", name="Records on the map")
    assert page.locator(".map-row").count() < 60
    assert page.locator(".map-row").first.get_attribute("aria-setsize") == "10025"
    listed.focus()
    page.keyboard.press("End")
    last = page.locator(".map-row.active")
    assert last.get_attribute("aria-posinset") == "10025"
    assert last.is_visible()
    assert page.locator(".map-row").count() < 60
    page.get_by_role("combobox").fill("koh jana")
    assert options(opened)[0] == "Jana Köhler"
    page.keyboard.press("Enter")
    chosen = page.evaluate("picked")[-1]
    assert page.locator(".map-row[aria-selected=true] .map-row-name").inner_text() == "Jana Köhler"
    at = page.evaluate("(id) => map.state().screen(id)", chosen)
    box = page.locator("canvas.map-canvas").bounding_box()
    assert 0 < at["x"] < box["width"]
    assert 0 < at["y"] < box["height"]
    assert clean(opened)


def test_axe_finds_nothing_and_all_texts_can_be_french(bare: Bare) -> None:
    words = {
        "language": "fr",
        "search": "Chercher sur la carte",
        "count": ("{count} fiche", "{count} fiches"),
        "zoom-in": "Agrandir",
        "term": "{term} ({language}) → {name}",
        "told": ("{name}, {type}, lié à {count} fiche", "{name}, {type}, lié à {count} fiches"),
    }
    for scheme in ("light", "dark"):
        opened = bare(picture(glossary()), panel=True, selected="unions", words=words, scheme=scheme)
        page = opened.page
        assert page.get_by_label("Agrandir").count() == 1
        assert page.locator(".map-count").inner_text() == "5 fiches"
        page.get_by_role("combobox", name="Chercher sur la carte").fill("u")
        assert options(opened)
        assert violations(page) == []
        page.keyboard.press("Enter")
        assert "lié à" in said(opened)
        assert violations(page) == []


def test_below_the_map_where_there_is_little_room(bare: Bare) -> None:
    opened = bare(picture(made_up()), panel=True, width=390, height=844)
    page = opened.page
    stage = page.locator(".map-stage").bounding_box()
    panel = page.locator(".map-panel").bounding_box()
    assert panel["y"] >= stage["y"] + stage["height"] - 1
    assert stage["height"] == pytest.approx(500, abs=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for button in page.locator(".map-zoom button").all():
        box = button.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert min(box["width"], box["height"]) >= 36
    assert violations(page) == []


def test_hostile_names_are_only_ever_text(bare: Bare) -> None:
    graph = hostile()
    opened = bare(picture(graph), panel=True)
    page = opened.page
    box = page.get_by_role("combobox")
    for typed in ("script", "img", "onerror", "proto", "window", "constructor"):
        box.fill(typed)
        page.wait_for_timeout(30)
    box.fill("")
    page.get_by_role("listbox", name="Records on the map").focus()
    for key in ("End", "PageUp", "Home", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate("window.owned") is None
    assert page.locator(".cocommuns-map :is(img, script, iframe, svg a, form)").count() == 0
    assert clean(opened)
