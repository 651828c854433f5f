"""Gaps, as a researcher uses it: the overview, one kind, who should meet, the report as a file."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import PATIENCE, asked, calm, nothing_wrong, profile_of, seen
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def test_a_kind_of_gap_is_chosen_and_its_subject_is_read_about(
    sample: Server, chromium: Chromium, tmp_path: Path
) -> None:
    opened = chromium.open(f"{sample.address}/gaps")
    page = opened.page
    calm(page)
    seen(page, "The network holds 55 actors")
    seen(page, "What to act on first")
    page.get_by_role("radio", name=re.compile("^Topics without an expert")).click()
    seen(page, "Which topics does somebody need")
    gaps = page.locator("[class*='st-key-gap-']")
    expect(gaps).to_have_count(10, timeout=PATIENCE)
    page.get_by_role("button", name=re.compile("^Show more")).click()
    expect(gaps).to_have_count(30, timeout=PATIENCE)
    gaps.first.get_by_role("button").click()
    profile_of(page, "Alliances")
    assert asked(page) == {"kind": "topic-without-expert", "shown": "30", "id": "alliances"}
    page.get_by_role("button", name="Save").click()
    for name, ending in (("Report to print", "html"), ("All tables", "zip")):
        with page.expect_download(timeout=PATIENCE) as saving:
            page.get_by_role("button", name=name).click()
        saving.value.save_as(tmp_path / f"gaps.{ending}")
    assert (tmp_path / "gaps.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    with zipfile.ZipFile(tmp_path / "gaps.zip") as archive:
        assert "gaps/introductions.csv" in archive.namelist()
    nothing_wrong(opened)


def test_an_address_opens_who_should_meet_by_country_in_french(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/gaps?lang=fr&kind=meet&by=country&id=reves")
    page = opened.page
    profile_of(page, "REVES")
    seen(page, "Deux acteurs de familles différentes")
    seen(page, "Aujourd’hui,")
    page.get_by_role("link", name=re.compile("^hub|Les montrer tous sur la carte")).first.click()
    expect(page).to_have_url(re.compile(r"/map\?.*gaps=meet"), timeout=PATIENCE)
    nothing_wrong(opened)


def test_an_address_with_nonsense_shows_the_overview(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/gaps?kind=none&by=colour&shown=-1", width=390)
    seen(opened.page, "What to act on first")
    wide = opened.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
    nothing_wrong(opened)
