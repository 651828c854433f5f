"""An inventory without words takes the sample's glossary in with its first sheet."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import PATIENCE, calm, nothing_wrong, seen, upload
from tests.browser import Chromium

pytestmark = pytest.mark.browser

SHEET = b"name,topics,country\nAda Vermeersch,urban commons,Belgium\n"


def test_a_sheet_in_english_is_found_in_french(empty: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{empty.address}/import")
    page = opened.page
    box = page.get_by_text("Take in a glossary to begin with")
    expect(box).to_be_visible(timeout=PATIENCE)
    upload(opened, ("contacts.csv", SHEET))
    seen(page, "it becomes a new topic")
    box.click()
    expect(page.get_by_text("it becomes a new topic")).to_have_count(0, timeout=PATIENCE)
    seen(page, "Topics (112)")
    page.get_by_role("button", name="Write to the inventory").click()
    seen(page, "Written to the inventory.")
    expect(box).to_have_count(0)
    page.goto(f"{empty.address}/?q=communs+urbains")
    calm(page)
    seen(page, "Ada Vermeersch is an expert in Urban commons")
    nothing_wrong(opened)
