"""Glossary, as a member uses it: a word in one's own language, its meanings side by side, who uses it."""

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


def test_a_word_is_looked_up_and_its_meanings_stand_side_by_side(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/glossary")
    page = opened.page
    calm(page)
    seen(page, "155 terms")
    box = page.get_by_label("A word, or how it begins")
    box.fill("communautés")
    box.press("Enter")
    seen(page, "This word means 3 different things here")
    calm(page)
    meanings = page.locator("[class*='st-key-meaning-']")
    expect(meanings).to_have_count(3)
    tops = {round(meanings.nth(place).bounding_box()["y"]) for place in range(3)}
    assert len(tops) == 1
    for words in ("Meaning 1 of 3", "Meaning 3 of 3", "Used so by: union", "Used so by: commons"):
        seen(page, words)
    page.locator("[class*='st-key-who-'] button").first.click()
    expect(page.locator("#profile")).to_be_visible(timeout=PATIENCE)
    name = page.locator("#profile").inner_text()
    kept = asked(page)
    assert kept["q"] == "communautés"
    assert kept["term"].startswith("community-")
    assert kept["id"] != kept["term"]
    box.fill("syndictas")
    box.press("Enter")
    expect(page).to_have_url(re.compile("q=syndictas"), timeout=PATIENCE)
    click_row(page)
    expect(page.locator("h2#term")).to_have_text("Trade unions", timeout=PATIENCE)
    page.go_back()
    page.go_back()
    profile_of(page, name)
    nothing_wrong(opened)


def test_an_address_opens_a_term_in_french_with_ways_on_and_files(
    sample: Server, chromium: Chromium, tmp_path: Path
) -> None:
    opened = chromium.open(f"{sample.address}/glossary?lang=fr&words=fr&term=trade-unions&letter=S")
    page = opened.page
    expect(page.locator("h2#term")).to_have_text("Syndicats", timeout=PATIENCE)
    seen(page, "Ce qu’un mot veut dire ici")
    seen(page, "Anglais: Trade unions")
    page.get_by_role("button", name="Enregistrer").click()
    for name, beginning in (("Page à imprimer", "<!DOCTYPE html>"), ("Tableau pour tableur", "# ")):
        with page.expect_download(timeout=PATIENCE) as saving:
            page.get_by_role("button", name=name).click()
        saving.value.save_as(tmp_path / "saved")
        assert (tmp_path / "saved").read_text(encoding="utf-8").startswith(beginning)
    page.keyboard.press("Escape")
    page.get_by_role("link", name=re.compile("carte")).first.press("Enter")
    expect(page).to_have_url(re.compile(r"/map\?.*topic=trade-unions"), timeout=PATIENCE)
    nothing_wrong(opened)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("?q=zzqqzz", "No term begins so in any language"),
        ("?term=nothing&kind=none&words=xx&letter=99", "The glossary has no term nothing (any more)"),
    ],
)
def test_what_is_not_there_is_said(sample: Server, chromium: Chromium, address: str, sentence: str) -> None:
    opened = chromium.open(f"{sample.address}/glossary{address}")
    seen(opened.page, sentence)
    nothing_wrong(opened)
