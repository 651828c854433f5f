"""Measures, as a researcher uses it: another network, a row to read about, the table as a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import asked, calm, nothing_wrong, seen
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def test_a_row_is_read_about_and_the_table_is_saved(
    sample: Server, chromium: Chromium, tmp_path: Path
) -> None:
    opened = chromium.open(f"{sample.address}/measures")
    page = opened.page
    seen(page, "The network in numbers")
    calm(page)
    page.get_by_text("Shared topics").click()
    expect(page).to_have_url(re.compile("network=topics"), timeout=20_000)
    calm(page)
    box = page.get_by_test_id("stDataFrame").locator("canvas").first.bounding_box()
    page.mouse.click(box["x"] + 15, box["y"] + 55)
    expect(page.locator("h3#profile")).to_be_visible(timeout=20_000)
    assert asked(page)["id"]
    page.get_by_text("What the columns mean").click()
    seen(page, "(constraint)")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as a table").click()
    saving.value.save_as(tmp_path / "metrics.csv")
    text = (tmp_path / "metrics.csv").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert re.search(r"^id,name,type,degree,", text, re.MULTILINE)
    nothing_wrong(opened)
