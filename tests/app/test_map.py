"""Map, as a member uses it: a topic, somebody's surroundings, everything; one choice with the list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import asked, calm, nothing_wrong, profile_of, seen
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def test_begins_with_the_topic_most_spoken_of(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/map")
    seen(opened.page, "directly linked records")
    calm(opened.page)
    assert asked(opened.page) == {"show": "topic", "topic": "commons"}
    nothing_wrong(opened)


def test_list_and_map_share_one_choice_that_other_pages_keep(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/map?show=all")
    page = opened.page
    seen(page, "Organisations")
    page.get_by_role("button", name="Barcelona en Comú").click()
    profile_of(page, "Barcelona en Comú")
    page.locator("canvas.map-canvas").press("Escape")
    expect(page.locator("h3#profile")).to_have_count(0, timeout=20_000)
    page.locator("canvas.map-canvas").press("ArrowRight")
    page.locator("canvas.map-canvas").press("Enter")
    expect(page.locator("h3#profile")).to_be_visible(timeout=20_000)
    name = page.locator("h3#profile").inner_text()
    expect(page).to_have_url(re.compile(r"show=all&id=(?!barcelona)"), timeout=10_000)
    page.get_by_role("link", name="Find").click()
    expect(page).to_have_url(re.compile(r"/\?id="), timeout=20_000)
    profile_of(page, name)
    page.get_by_role("link", name="Map").click()
    expect(page).to_have_url(re.compile(r"/map\?show=all&id="), timeout=20_000)
    profile_of(page, name)
    nothing_wrong(opened)


def test_around_a_record_begins_with_the_chosen_one(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/map?id=pat-conaty")
    page = opened.page
    profile_of(page, "Pat Conaty")
    page.get_by_role("radio", name="Around a record").or_(
        page.get_by_role("button", name="Around a record")
    ).first.click()
    seen(page, "Shown:")
    expect(page.get_by_label("Steps")).to_be_visible(timeout=20_000)
    calm(page)
    assert asked(page) == {"show": "around", "around": "pat-conaty", "depth": "1", "id": "pat-conaty"}
    page.get_by_label("Steps").fill("2")
    page.get_by_label("Steps").press("Enter")
    seen(page, "up to 2 links away")
    nothing_wrong(opened)


def test_saves_one_page_that_works_alone(sample: Server, chromium: Chromium, tmp_path: Path) -> None:
    opened = chromium.open(f"{sample.address}/map?show=topic&topic=trade-unions")
    page = opened.page
    seen(page, "Shown:")
    with page.expect_download(timeout=30_000) as download:
        page.get_by_role("button", name="Save as one page").click()
    saved = tmp_path / "map.html"
    download.value.save_as(saved)
    alone = chromium.open(saved)
    assert "Trade unions" in alone.page.content()
    assert alone.errors == []
    assert alone.outside == []
    nothing_wrong(opened)
