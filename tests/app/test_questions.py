"""Questions, as a member uses it: choose one, fill in its form, read the table, take it along."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import PATIENCE, asked, calm, nothing_wrong, profile_of, seen
from tests.app.tables import click_row
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def test_a_form_is_filled_in_and_its_answer_read_and_saved(
    sample: Server, chromium: Chromium, tmp_path: Path
) -> None:
    opened = chromium.open(f"{sample.address}/questions")
    page = opened.page
    calm(page)
    page.get_by_role("button", name="Who works on a topic?").click()
    seen(page, "or any narrower one")
    page.get_by_role("button", name="Answer").click()
    seen(page, "Still needed: The topic")
    page.get_by_label("The topic; its narrower").click()
    page.keyboard.type("sindacati")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Answer").click()
    seen(page, "5 rows")
    calm(page)
    click_row(page)
    profile_of(page, "Alison Tate")
    assert asked(page) == {"question": "who-works-on", "with-topic": "trade-unions", "id": "alison-tate"}
    page.get_by_role("button", name="Save").click()
    with page.expect_download(timeout=PATIENCE) as saving:
        page.get_by_role("button", name="Table for a spreadsheet").click()
    saving.value.save_as(tmp_path / "answer.csv")
    lines = (tmp_path / "answer.csv").read_text(encoding="utf-8").splitlines()
    assert "# query: who-works-on" in lines
    rows = list(csv.DictReader(line for line in lines if not line.startswith("# ")))
    assert rows
    assert {row["topic"] for row in rows} == {"Trade unions"}
    nothing_wrong(opened)


def test_an_address_opens_an_answer_in_french(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(
        f"{sample.address}/questions?lang=fr&question=initiatives-in-a-period&with-since=2016-12&with-until=2016-12"
    )
    page = opened.page
    calm(page)
    seen(page, "Les initiatives qui ont commencé")
    expect(page.get_by_label("La première année")).to_have_value("2016-12", timeout=PATIENCE)
    expect(page.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
    page.get_by_label("La première année").fill("some day")
    page.get_by_role("button", name="Répondre").click()
    expect(page.get_by_test_id("stAlert").first).to_contain_text("some day", timeout=PATIENCE)
    nothing_wrong(opened)


def test_nonsense_in_an_address_shows_the_list_of_questions(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/questions?question=drop-all&with-topic=x")
    seen(opened.page, "Who needs what somebody else knows or offers?")
    nothing_wrong(opened)
