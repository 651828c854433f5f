"""Map, as people use it: levels with one choice, filters, colours, chains, gaps, files, in two languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import asked, calm, go_to, nothing_wrong, profile_of, seen
from tests.axe import violations
from tests.browser import Chromium

pytestmark = pytest.mark.browser
MAP = "canvas.map-canvas"


def listed(page: Any) -> int:
    """How many records the list beside the map says it shows."""
    count = page.locator(".map-count")
    expect(count).to_have_text(re.compile(r"\d"), timeout=20_000)
    return int(re.findall(r"\d+", count.inner_text())[0])


def choose_in(page: Any, label: str, text: str) -> None:
    """Chooses an option of a select box by typing some of it."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(text)
    page.get_by_role("option", name=re.compile(re.escape(text), re.IGNORECASE)).first.click()
    calm(page)


def address(page: Any, **parts: str) -> None:
    """Fails unless the address comes to say all of this."""
    for name, value in parts.items():
        expect(page).to_have_url(re.compile(rf"[?&]{name}={re.escape(value)}(&|$)"), timeout=20_000)


def test_levels_share_a_choice_and_a_double_click_shows_more(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/map")
    page = opened.page
    calm(page)
    address(page, show="topic", topic="commons")
    before = listed(page)
    page.get_by_role("option", name="Alison Tate").first.click()
    profile_of(page, "Alison Tate")
    page.locator(MAP).press("e")
    address(page, expand="alison-tate", id="alison-tate")
    expect(page.locator(".map-count")).not_to_have_text(re.compile(rf"^{before} "), timeout=20_000)
    assert listed(page) > before
    page.locator(MAP).press("e")
    expect(page).not_to_have_url(re.compile("expand="), timeout=20_000)
    page.get_by_role("radio", name="Around a record").or_(
        page.get_by_role("button", name="Around a record")
    ).first.click()
    address(page, show="around", around="alison-tate", id="alison-tate")
    profile_of(page, "Alison Tate")
    page.get_by_role("radio", name="Everything").or_(
        page.get_by_role("button", name="Everything")
    ).first.click()
    address(page, show="all", id="alison-tate")
    expect(page.locator(".map-count")).to_contain_text("244", timeout=20_000)
    go_to(page, "Explore", "Find")
    profile_of(page, "Alison Tate")
    go_to(page, "Explore", "Map")
    address(page, show="all", id="alison-tate")
    page.locator(MAP).press("Escape")
    expect(page.locator("#profile")).to_have_count(0, timeout=20_000)
    assert violations(page, within=".st-key-map") == []
    nothing_wrong(opened)


def test_filters_and_colours_live_in_the_address_and_the_page_that_is_saved(
    sample: Server, chromium: Chromium, tmp_path: Path
) -> None:
    opened = chromium.open(f"{sample.address}/map?show=all&color=sector&size=direct:degree")
    page = opened.page
    calm(page)
    legend = page.locator(".map-legend")
    expect(legend).to_contain_text("Colour: sector")
    expect(legend).to_contain_text("not known")
    expect(legend).to_contain_text("Size: degree (direct ties)")
    seen(page, "How degree is computed")
    page.get_by_role("button", name="Filter").click()
    choose_in(page, "Sector", "union")
    address(page, sector="union", color="sector")
    expect(page.locator(".map-count")).to_have_text(re.compile(r"^5 of 244"), timeout=20_000)
    choose_in(page, "Type", "experts")
    address(page, sector="union", type="Expert")
    expect(page.locator(".map-count")).to_have_text(re.compile(r"^2 of 244"), timeout=20_000)
    page.reload()
    calm(page)
    assert listed(page) == 2
    expect(legend).to_contain_text("union (2)")
    page.get_by_role("button", name="Save", exact=True).click()
    with page.expect_download(timeout=30_000) as download:
        page.get_by_role("button", name="Save as one page").click()
    saved = tmp_path / "map.html"
    download.value.save_as(saved)
    alone = chromium.open(saved)
    alone.page.wait_for_selector("html[data-ready=yes]")
    assert "Colour: sector" in alone.page.inner_text("#key")
    assert alone.page.locator("#results button").count() <= 2
    assert alone.errors == alone.outside == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Filters (2)").click()
    page.get_by_role("button", name="Clear filters").last.click()
    expect(page.locator(".map-count")).to_have_text(re.compile(r"^244 "), timeout=20_000)
    nothing_wrong(opened)


def test_why_two_are_linked_is_told_with_sources_and_drawn(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/map?show=around&around=pat-conaty&id=pat-conaty")
    page = opened.page
    profile_of(page, "Pat Conaty")
    choose_in(page, "How is it linked to ...", "Barcelona en Comú")
    address(page, to="barcelona-en-comu", id="pat-conaty")
    why = page.locator(".st-key-map-why")
    expect(why).to_contain_text("Pat Conaty takes part in Report of the deep dive", timeout=20_000)
    expect(why).to_contain_text("links.csv")
    expect(page.locator(".map-legend")).to_contain_text("Chain")
    expect(page.get_by_role("option", name="Barcelona en Comú").first).to_be_visible()
    page.reload()
    expect(why).to_contain_text("Dimmons collaborates with City of Barcelona", timeout=20_000)
    why.get_by_role("button").click()
    expect(why).to_have_count(0, timeout=20_000)
    page.goto(f"{sample.address}/map?show=all&from=alison-tate&to=podemos")
    expect(why).to_contain_text("Nothing in the inventory links Alison Tate and Podemos", timeout=20_000)
    nothing_wrong(opened)


def test_gaps_lie_over_the_map_and_lead_to_their_page(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/map?show=all")
    page = opened.page
    calm(page)
    choose_in(page, "Laid over it", "Who should meet")
    address(page, gaps="meet")
    expect(page.locator(".map-legend")).to_contain_text("Not linked, and should meet", timeout=60_000)
    sentence = page.get_by_role("button", name=re.compile("should meet:")).first
    sentence.click()
    expect(page.locator("#profile")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="All gaps").click()
    expect(page).to_have_url(re.compile("/gaps"), timeout=20_000)
    nothing_wrong(opened)


def test_in_french_on_a_telephone(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(
        f"{sample.address}/map?lang=fr&show=topic&topic=trade-unions&color=sector", width=390, height=844
    )
    page = opened.page
    topic = page.get_by_role("combobox", name="Sujet, dans toute langue")
    expect(topic).to_have_value(re.compile("^Syndicats · Trade unions · Sindicatos"), timeout=30_000)
    expect(page.locator(".map-legend")).to_contain_text("Couleur")
    expect(page.get_by_label("Agrandir")).to_be_visible()
    search = page.get_by_role("combobox", name="Chercher sur la carte")
    search.fill("sindicat")
    page.get_by_role("option", name=re.compile("Syndicats")).first.click()
    profile_of(page, "Syndicats")
    assert asked(page)["id"] == "trade-unions"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    nothing_wrong(opened)
