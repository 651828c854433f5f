"""Team, as a coordinator uses it: write the needs, read who adds what and what nobody covers, come back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import PATIENCE, asked, calm, nothing_wrong, profile_of, seen
from tests.browser import Chromium

pytestmark = pytest.mark.browser


def test_a_team_for_a_brief(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/team?sector=union")
    page = opened.page
    seen(page, "is of the sector union")
    box = page.get_by_role("textbox", name="What is needed, one a line")
    box.fill("contrats de réciprocité\nopenness\nzeppelin racing")
    page.get_by_role("button", name="Put a team together").click()
    seen(page, "Reciprocity contracts")
    seen(page, "Nobody covers this")
    seen(page, "No topic of the glossary is called “zeppelin racing”")
    seen(page, "links.csv:")
    seen(page, "Other teams")
    page.get_by_text("Openness: For commoners").click()
    calm(page)
    page.get_by_role("button", name="European Trade Union Confederation").first.click()
    profile_of(page, "European Trade Union Confederation")
    calm(page)
    shown = {
        "needs": "contrats de réciprocité\nopenness\nzeppelin racing",
        "meant": "openness-commons",
        "sector": "union",
        "id": "etuc",
    }
    assert asked(page) == shown
    page.get_by_role("button", name="Save").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Table for a spreadsheet").click()
    table = download.value.path().read_text(encoding="utf-8-sig")
    assert "# viewer: public" in table
    assert "team,member,member_id,type,need,reason,sources,commitments" in table
    page.reload()
    seen(page, "3 members cover 3 of 4 needs.")
    expect(box).to_have_value(shown["needs"], timeout=PATIENCE)
    nothing_wrong(opened)


def test_it_speaks_french(sample: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{sample.address}/team?needs=syndicats&lang=fr&size=1")
    seen(opened.page, "1 membre couvre le tout.")
    seen(opened.page, "travaille sur Syndicats")
    nothing_wrong(opened)
