"""Measures, as a researcher uses it: another network, a row to read about, charts, the table as a file."""

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


def test_a_row_is_read_about_and_the_table_is_saved(
    sample: Server, chromium: Chromium, tmp_path: Path
) -> None:
    opened = chromium.open(f"{sample.address}/measures")
    page = opened.page
    calm(page)
    seen(page, "The network in numbers")
    page.get_by_text("Shared topics").click()
    expect(page).to_have_url(re.compile("network=topics"), timeout=PATIENCE)
    page.get_by_label("Name", exact=True).fill("thiebaut")
    page.get_by_label("Name", exact=True).press("Enter")
    seen(page, "1 actor")
    calm(page)
    click_row(page)
    profile_of(page, "Thiébaut Weber")
    assert asked(page) == {"network": "topics", "name": "thiebaut", "id": "thiebaut-weber"}
    page.get_by_text("How this was computed").click()
    seen(page, "(constraint)")
    seen(page, "Program: cocommuns")
    page.get_by_role("button", name="Save").click()
    with page.expect_download(timeout=PATIENCE) as saving:
        page.get_by_role("button", name="Table for a spreadsheet").click()
    saving.value.save_as(tmp_path / "metrics.csv")
    text = (tmp_path / "metrics.csv").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert re.search(r"^id,name,type,degree,", text, re.MULTILINE)
    nothing_wrong(opened)


def test_charts_follow_their_choices_and_a_bar_is_read_about(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/measures?view=ranking&x=degree&by=country")
    page = opened.page
    chart = page.get_by_test_id("stVegaLiteChart").first
    expect(chart).to_be_visible(timeout=PATIENCE)
    calm(page)
    canvas = chart.locator("canvas, svg").first
    expect(canvas).to_be_visible(timeout=PATIENCE)
    box = canvas.bounding_box()
    for down in (0.1, 0.15, 0.2, 0.25):
        page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + down * box["height"])
        page.wait_for_timeout(700)
        if "id" in asked(page):
            break
    expect(page.locator("#profile")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("radiogroup", name="Show as").get_by_text("Distribution").click()
    seen(page, "half of all up to")
    expect(chart).to_be_visible(timeout=PATIENCE)
    page.get_by_role("radiogroup", name="Show as").get_by_text("Two measures").click()
    seen(page, "Rank correlation (Spearman)")
    expect(page).to_have_url(re.compile("view=comparison.*x=degree.*y=constraint"), timeout=PATIENCE)
    nothing_wrong(opened)


def test_an_address_opens_measures_in_french(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/measures?lang=fr&network=initiatives&by=sector&id=smart")
    page = opened.page
    profile_of(page, "SMart")
    seen(page, "Le réseau en chiffres")
    seen(page, "acteurs sont d’un groupe inconnu")
    page.get_by_text("Comment c’est calculé").click()
    seen(page, "Nombre d’autres acteurs liés")
    nothing_wrong(opened)
