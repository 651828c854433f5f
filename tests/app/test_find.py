"""Find, as a coordinator uses it: ask, read why, choose in list or map, come back by the address."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import EXPERT, PATIENCE, asked, calm, click_map, nothing_wrong, profile_of, seen
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def question(page: Any) -> Any:
    """The box to ask in."""
    return page.get_by_role("combobox", name="A topic, several")


def test_asks_reads_reasons_and_a_profile_and_goes_back(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(sample.address)
    page = opened.page
    seen(page, "18 experts")
    question(page).fill("syndicats")
    question(page).press("Enter")
    seen(page, "Understood as Trade unions")
    seen(page, "● directly linked")
    seen(page, "is an expert in Trade unions")
    seen(page, "links.csv:")
    expect(page).to_have_url(f"{sample.address}/?q=syndicats", timeout=PATIENCE)
    page.get_by_role("button", name="Thiébaut Weber").first.click()
    profile_of(page, "Thiébaut Weber")
    seen(page, "Sources: experts.csv:")
    expect(page).to_have_url(f"{sample.address}/?q=syndicats&id=thiebaut-weber", timeout=PATIENCE)
    page.get_by_role("button", name="European Trade Union Confederation").last.click()
    profile_of(page, "European Trade Union Confederation")
    page.go_back()
    profile_of(page, "Thiébaut Weber")
    page.go_back()
    expect(page.locator("#profile")).to_have_count(0, timeout=PATIENCE)
    seen(page, "Understood as Trade unions")
    page.go_back()
    seen(page, "18 experts")
    expect(question(page)).to_have_value("")
    page.go_forward()
    seen(page, "Understood as Trade unions")
    expect(question(page)).to_have_value("syndicats")
    nothing_wrong(opened)


def test_an_address_opens_the_same_view_again(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/?q=trade+unions&kind=organisation&id=pat-conaty")
    page = opened.page
    profile_of(page, "Pat Conaty")
    seen(page, "Organisation · ")
    expect(page.get_by_text("Expert · ●")).to_have_count(0)
    seen(page, "Organisations")
    calm(page)
    assert asked(page) == {"q": "trade unions", "kind": "organisation", "id": "pat-conaty"}
    nothing_wrong(opened)


def test_a_record_clicked_on_the_map_is_told_of(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/?q=trade+unions&kind=expert")
    page = opened.page
    seen(page, "Understood as Trade unions")
    calm(page)
    page.mouse.move(2, 300)
    click_map(page, EXPERT)
    expect(page.locator("#profile")).to_be_visible(timeout=PATIENCE)
    chosen = page.locator("#profile").inner_text()
    expect(page.locator("button[kind=primary]", has_text=chosen).first).to_be_visible()
    assert asked(page)["id"]
    page.get_by_role("button", name="close").first.click()
    expect(page.locator("#profile")).to_have_count(0, timeout=PATIENCE)
    assert "id" not in asked(page)
    nothing_wrong(opened)


def test_completes_terms_of_every_language_and_clears(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(sample.address)
    page = opened.page
    box = question(page)
    expect(box).to_be_visible(timeout=PATIENCE)
    box.press_sequentially("gewerkschaf")
    option = page.get_by_role("option", name="Gewerkschaften")
    expect(option.first).to_be_visible()
    expect(option.first).to_contain_text("German")
    box.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    box.fill("economie soc")
    expect(page.get_by_role("option", name="conomie sociale et solidaire").first).to_be_visible()
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant")
    box.press("Enter")
    seen(page, "Understood as Social and solidarity economy")
    page.get_by_role("button", name="Clear the question").click()
    seen(page, "18 experts")
    expect(page).to_have_url(f"{sample.address}/", timeout=PATIENCE)
    nothing_wrong(opened)


def test_a_word_with_two_meanings_lets_one_choose(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/?q=autonomy")
    page = opened.page
    seen(page, "has several meanings here. Which one is meant?")
    first = page.get_by_role("radio").nth(1)
    page.get_by_test_id("stRadioOption").nth(1).click()
    expect(first).to_be_checked(timeout=PATIENCE)
    calm(page)
    meant = asked(page)["meant"]
    again = chromium.open(f"{sample.address}/?q=autonomy&meant={meant}")
    expect(again.page.get_by_role("radio").nth(1)).to_be_checked(timeout=PATIENCE)
    nothing_wrong(opened)


def test_in_french_reasons_filters_and_evidence_are_french(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/?q=trade+unions", locale="fr-FR")
    page = opened.page
    seen(page, "Compris comme Syndicats")
    seen(page, "est expert·e en Syndicats")
    seen(page, "● lien direct")
    calm(page)
    page.get_by_role("combobox", name="Pays").click()
    seen(page, "Belgique")
    nothing_wrong(opened)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("?q=zzzqqq", "zzzqqq"),
        ("?id=nobody", "No record has the id nobody"),
        ("?q=commons&sector=nonsense&kind=none", "Understood as Commons"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(
    sample: Server, chromium: Chromium, address: str, sentence: str
) -> None:
    opened = chromium.open(f"{sample.address}/{address}")
    seen(opened.page, sentence)
    nothing_wrong(opened)


def test_people_at_the_same_time_do_not_disturb_each_other(sample: Server, chromium: Chromium) -> None:
    both = [chromium.open(f"{sample.address}/?q={word}") for word in ("commons", "trade+unions")]
    for opened, name in zip(both, ("Commons", "Trade unions"), strict=True):
        seen(opened.page, f"Understood as {name}")
    both[0].page.get_by_role("button", name="1. ").click()
    expect(both[0].page.locator("#profile")).to_be_visible(timeout=PATIENCE)
    expect(both[1].page.locator("#profile")).to_have_count(0)
    for opened in both:
        nothing_wrong(opened)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_narrow_window_nothing_sticks_out(sample: Server, chromium: Chromium, scheme: str) -> None:
    opened = chromium.open(
        f"{sample.address}/?q=trade+unions&id=pat-conaty", width=480, height=800, scheme=scheme
    )
    profile_of(opened.page, "Pat Conaty")
    calm(opened.page)
    wide = opened.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 480
    seen(opened.page, "Read the profile below")
    nothing_wrong(opened)
