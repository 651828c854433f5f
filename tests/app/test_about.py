"""About the data, as a steward uses it: how complete, from where, and the terms of use set."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import PATIENCE, nothing_wrong, seen, upload
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def test_completeness_by_type_and_as_a_file(sample: Server, chromium: Chromium, tmp_path: Path) -> None:
    opened = chromium.open(f"{sample.address}/about", locale="fr-FR")
    page = opened.page
    seen(page, "À propos des données")
    seen(page, "AGPL-3.0-or-later")
    page.get_by_test_id("stButtonGroup").get_by_text("Sujets").click()
    expect(page).to_have_url(re.compile("type=Topic"), timeout=PATIENCE)
    with page.expect_download(timeout=PATIENCE) as saving:
        page.get_by_role("button", name="Enregistrer le tableau").click()
    saving.value.save_as(tmp_path / "completeness.csv")
    text = (tmp_path / "completeness.csv").read_text(encoding="utf-8-sig")
    assert "# viewer: public" in text
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("# ")))
    assert {row["type"] for row in rows} == {"Organisation", "Expert", "Topic", "Initiative"}
    assert (
        next(row["share"] for row in rows if (row["type"], row["property"]) == ("Topic", "label")) == "1.0000"
    )
    nothing_wrong(opened)


def test_a_steward_sets_the_terms_of_use(empty: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{empty.address}/import")
    page = opened.page
    seen(page, "Bring your spreadsheets in")
    upload(opened, ("experts.csv", b"id,name,role\nada,Ada,chair\n"))
    page.get_by_role("button", name="Write to the inventory").click(timeout=PATIENCE)
    seen(page, "Written to the inventory.")
    page.goto(f"{empty.address}/about")
    seen(page, "Nobody has said on what terms")
    page.get_by_text("Set the terms of use").click()
    page.get_by_role("textbox", name="Terms of use").fill("CC BY 4.0 <b>[x](javascript:window.harmed=1)</b>")
    page.get_by_role("button", name="Save the terms").click()
    seen(page, "Saved.")
    expect(page.locator("[data-testid=stMain] :is(a[href*=harmed], b)")).to_have_count(0)
    page.reload()
    seen(page, "CC BY 4.0 <b>[x](javascript:window.harmed=1)</b>")
    nothing_wrong(opened)
