"""Problems, as a coordinator uses it: which are open, who has overcome one and how, whom to ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import PATIENCE, asked, calm, nothing_wrong, profile_of, seen
from tests.app.tables import click_row
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def test_problems_are_narrowed_down_and_one_is_read_about(
    sample: Server, chromium: Chromium, tmp_path: Path
) -> None:
    opened = chromium.open(f"{sample.address}/problems")
    page = opened.page
    calm(page)
    seen(page, "43 problems")
    page.get_by_role("radio", name=re.compile("^Partly overcome")).click()
    seen(page, "4 problems")
    page.get_by_label("Sector of those concerned").click()
    page.get_by_role("option", name="City").click()
    expect(page.get_by_text(re.compile("^[123] problems?$"))).to_be_visible(timeout=PATIENCE)
    calm(page)
    click_row(page)
    expect(page.locator("h2#problem")).to_be_visible(timeout=PATIENCE)
    seen(page, "Who has overcome it, and how")
    assert asked(page)["state"] == "partly overcome"
    assert asked(page)["sector"] == "city"
    page.get_by_role("button", name="Save").click()
    with page.expect_download(timeout=PATIENCE) as saving:
        page.get_by_role("button", name="Table for a spreadsheet").click()
    saving.value.save_as(tmp_path / "problems.csv")
    assert (tmp_path / "problems.csv").read_text(encoding="utf-8").startswith("# ")
    nothing_wrong(opened)


def test_an_address_opens_a_problem_with_a_profile_in_french(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(
        f"{sample.address}/problems?lang=fr&problem=competition-in-public-procurement&id=brescia"
    )
    page = opened.page
    profile_of(page, "City of Brescia")
    seen(page, "Qui l’affronte")
    seen(page, "Surmonté en partie")
    seen(page, "No tender: the city calls local actors together")
    page.get_by_role("button", name="REVES").first.click()
    profile_of(page, "REVES")
    assert asked(page)["id"] == "reves"
    nothing_wrong(opened)


def test_a_choice_that_nothing_fits_says_so(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/problems?state=overcome&sector=union&problem=nothing")
    seen(opened.page, "No problem is like that.")
    seen(opened.page, "The register has no problem nothing (any more)")
    nothing_wrong(opened)
