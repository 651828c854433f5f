"""Profile, as a member uses it: the whole record, its links, who could introduce, and the way back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import PATIENCE, nothing_wrong, seen
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def test_reads_follows_a_link_and_asks_who_introduces(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/?q=trade+unions&id=pat-conaty")
    page = opened.page
    page.get_by_test_id("stPageLink").get_by_text("Whole profile").click()
    expect(page.get_by_role("heading", name="Pat Conaty", level=1)).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(f"{sample.address}/profile?id=pat-conaty", timeout=PATIENCE)
    page.get_by_text("Every link in a sentence").click()
    seen(page, "Pat Conaty is affiliated with Co-operatives UK")
    expect(page.locator("canvas.map-canvas")).to_be_visible()
    page.get_by_role("combobox", name="From whom").click()
    page.keyboard.type("Alison Tate")
    page.keyboard.press("Enter")
    seen(page, "Alison Tate takes part in")
    expect(page).to_have_url(f"{sample.address}/profile?to=alison-tate&id=pat-conaty", timeout=PATIENCE)
    seen(page, "At home in the same topics")
    seen(page, "On the same topics, and not linked yet")
    page.get_by_role("button", name="Co-operatives UK").first.click()
    expect(page.get_by_role("heading", name="Co-operatives UK", level=1)).to_be_visible(timeout=PATIENCE)
    page.go_back()
    expect(page.get_by_role("heading", name="Pat Conaty", level=1)).to_be_visible(timeout=PATIENCE)
    nothing_wrong(opened)


def test_in_french_the_facts_and_links_are_french(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/profile?id=pat-conaty", locale="fr-FR")
    seen(opened.page, "Est expert·e en")
    seen(opened.page, "Quel est mon lien avec cette fiche")
    expect(opened.page.get_by_role("button", name="Syndicats").first).to_be_visible()
    nothing_wrong(opened)
