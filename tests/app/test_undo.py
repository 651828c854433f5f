"""Taking a correction back on the History page, and bringing it back, in English and French."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import calm, seen
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def test_a_unit_is_undone_after_a_look_and_brought_back(empty: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{empty.address}/edit?new=Topic")
    page = opened.page
    calm(page)
    page.get_by_role("textbox", name="Label *", exact=True).fill("Sourdough")
    page.get_by_role("button", name="See what would change").click()
    seen(page, "New topic: Sourdough")
    page.get_by_role("button", name="Save").click()
    seen(page, "Saved.")

    page.goto(f"{empty.address}/history?show=units")
    calm(page)
    page.get_by_role("button", name="Undo", exact=False).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 record goes", timeout=60_000)
    expect(dialog).to_contain_text("Sourdough was removed")
    dialog.get_by_role("button", name="Do it").click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=60_000)

    page.goto(f"{empty.address}/history?show=units&lang=fr")
    calm(page)
    page.get_by_role("button", name="Rétablir").click()
    expect(page.get_by_role("dialog")).to_contain_text("1 fiche revient", timeout=60_000)
    page.get_by_role("dialog").get_by_role("button", name="Le faire").click()
    seen(page, "C’est fait")
