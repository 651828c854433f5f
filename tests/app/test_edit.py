"""Edit, History and What is new, as a coordinator uses them: add, correct, link, meet another, read back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import asked, calm, nothing_wrong, profile_of, seen, unfold
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def see_changes(page: Any) -> None:
    page.get_by_role("button", name="See what would change").click()
    calm(page)


def save(page: Any) -> None:
    button = page.get_by_role("button", name="Save")
    button.click()
    expect(button).to_have_count(0, timeout=20_000)
    seen(page, "Saved.")
    calm(page)


def field(page: Any, label: str) -> Any:
    return page.get_by_role("textbox", name=label, exact=True)


def choose(page: Any, box: Any, typed: str) -> None:
    """Types into a select box and takes what it offers."""
    unfold(box)
    box.fill(typed)
    box.press("Enter")
    calm(page)


def add(page: Any, address: str, label: str, name: str) -> None:
    page.goto(f"{address}/edit?new={label}")
    calm(page)
    field(page, "Label *" if label == "Topic" else "Name *").fill(name)
    see_changes(page)
    seen(page, f"New {label.lower()}: {name}")
    save(page)


def test_a_record_is_added_linked_corrected_confirmed_and_told(empty: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{empty.address}/edit")
    page = opened.page
    seen(page, "Add and correct")
    add(page, empty.address, "Organisation", "Mill Coop")
    add(page, empty.address, "Expert", "Edith Baker")
    assert asked(page)["id"] == "expert-edith-baker"

    field(page, "Your name").fill("Bo Peeters")
    field(page, "Your name").press("Tab")
    calm(page)
    field(page, "Place").fill("call +32 475 12 34 56")
    see_changes(page)
    expect(page.get_by_test_id("stAlert").first).to_contain_text("the place for it is contact")
    field(page, "Place").fill("Ghent")
    see_changes(page)
    expect(page.get_by_role("table").get_by_role("row", name="Place — Ghent")).to_be_visible()
    save(page)
    expect(field(page, "Place")).to_have_value("Ghent")

    page.get_by_role("button", name="Add a link").click()
    dialogue = page.get_by_role("dialog")
    expect(dialogue).to_be_visible()
    calm(page)
    unfold(dialogue.get_by_role("combobox", name="This record ..."))
    page.get_by_role("option", name="is an expert in").click()
    choose(page, dialogue.get_by_role("combobox", name="Which one"), "Sourdough")
    field(dialogue, "Level").fill("9")
    field(dialogue, "Level").press("Tab")
    expect(dialogue.get_by_test_id("stAlert")).to_contain_text("a whole number from 1 to 5")
    field(dialogue, "Level").fill("4")
    field(dialogue, "Level").press("Tab")
    expect(dialogue).to_contain_text("Edith Baker is an expert in Sourdough (level: 4)")
    save(page)
    seen(page, "1 link")
    calm(page)
    page.get_by_role("button", name="Correct", exact=True).click()
    dialogue = page.get_by_role("dialog")
    field(dialogue, "Level").fill("5")
    field(dialogue, "Level").press("Tab")
    expect(dialogue.get_by_role("row", name="Level 4 5")).to_be_visible()
    save(page)
    page.get_by_role("button", name="This is right as of today").click()
    seen(page, "Last confirmed on")
    calm(page)
    page.get_by_role("button", name="Remove", exact=True).click()
    dialogue = page.get_by_role("dialog")
    expect(dialogue).to_contain_text("is an expert in Sourdough (level: 5)")
    dialogue.get_by_role("button", name="Remove").click()
    seen(page, "0 links")
    calm(page)
    nothing_wrong(opened)

    page.get_by_test_id("stPageLink").get_by_text("History of this record").click()
    seen(page, "Who changed what, and when")
    calm(page)
    assert asked(page)["id"] == "expert-edith-baker"
    told = page.get_by_role("table").inner_text()
    for text in (
        "No longer: Edith Baker is an expert in Sourdough (level: 5)",
        "Edith Baker was confirmed as right",
        "Edith Baker is an expert in Sourdough: level: 4 → 5",
        "Edith Baker: place: nothing → Ghent",
        "entered by Bo Peeters",
    ):
        assert text in told
    choose(page, page.get_by_role("combobox", name="Written by"), "Bo Peeters")
    expect(page.get_by_role("table")).not_to_contain_text("Edith Baker was added")
    assert asked(page)["who"] == "Bo Peeters"
    again = chromium.open(page.url)
    expect(again.page.get_by_role("table")).to_contain_text("level: 4 → 5", timeout=20_000)
    expect(again.page.get_by_role("table")).not_to_contain_text("Edith Baker was added")

    page.goto(f"{empty.address}/news")
    seen(page, "Bo Peeters added or corrected by hand")
    calm(page)
    page.get_by_role("button", name="Mill Coop").click()
    profile_of(page, "Mill Coop")
    assert asked(page)["id"] == "organisation-mill-coop"
    nothing_wrong(opened)


def test_two_who_correct_one_record_lose_nothing(empty: Server, chromium: Chromium) -> None:
    first = chromium.open(f"{empty.address}/edit").page
    calm(first)
    add(first, empty.address, "Topic", "Rye <b>bread</b>")
    place = first.url
    second = chromium.open(place).page
    calm(second)
    field(second, "Definition").fill("by the second")
    see_changes(second)
    save(second)
    field(first, "Definition").fill("by the first")
    first.get_by_role("textbox", name="Used by").fill("bakers")
    see_changes(first)
    expect(first.get_by_test_id("stAlert").first).to_contain_text("'by the second'")
    save(first)
    expect(first.get_by_test_id("stAlert").filter(has_text="meanwhile")).to_contain_text("'by the first'")
    expect(first.get_by_role("textbox", name="Used by")).to_have_value("bakers")
    expect(field(first, "Definition")).to_have_value("by the first")
    see_changes(first)
    expect(first.get_by_role("row", name="Definition by the second by the first")).to_be_visible()
    save(first)
    expect(field(first, "Definition")).to_have_value("by the first")
    expect(first.locator("[data-testid=stMain] b")).to_have_count(0)
