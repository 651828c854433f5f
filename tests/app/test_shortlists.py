"""Shortlists, as a coordinator uses it: from answers to a list, side by side, on paper; a watched search."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from cocommuns_graph.shipped import folder
from tests.app.conftest import Server
from tests.app.pages import PATIENCE, asked, calm, nothing_wrong, profile_of, seen
from tests.axe import violations
from tests.browser import Chromium
from tests.cli.runs import cocommuns

pytestmark = pytest.mark.browser


def test_answers_are_kept_compared_and_printed(empty: Server, chromium: Chromium, tmp_path: Path) -> None:
    done = cocommuns("import", folder("sample_data"), home=empty.home)
    assert done.code == 0, done
    opened = chromium.open(f"{empty.address}/?q=social+economy&lang=en")
    page = opened.page
    calm(page)
    page.get_by_role("button", name="Add to a shortlist").first.click()
    page.get_by_role("combobox", name="Who", exact=True).click()
    for name in ("Nicole Alix", "La Coop des Communs"):
        page.get_by_role("option", name=name, exact=True).click()
        calm(page)
    page.get_by_role("textbox", name="Name of the new list").fill("<b>Fair</b> economy")
    page.keyboard.press("Tab")
    calm(page)
    page.get_by_role("button", name="Add", exact=True).click()
    seen(page, "2 records are on the list.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Watch this search").click()
    seen(page, "Watched from now on")

    page.goto(f"{empty.address}/shortlists?lang=en")
    calm(page)
    seen(page, "Found by the search “social economy”")
    note = page.get_by_role("textbox", name="Note on Nicole Alix")
    note.fill("ask in May")
    note.press("Enter")
    seen(page, "The note is kept.")
    page.get_by_test_id("stButton").filter(has=page.get_by_text("2. La Coop")).get_by_role("button").click()
    profile_of(page, "La Coop des Communs")
    here = asked(page)
    assert here["id"] == "la-coop-des-communs"
    assert here["list"].startswith("list-")
    assert [str(one) for one in violations(page)] == []
    page.get_by_role("button", name="Save").click()
    with page.expect_download(timeout=PATIENCE) as saving:
        page.get_by_role("button", name="Page to print").click()
    saving.value.save_as(tmp_path / "list.html")
    printed = (tmp_path / "list.html").read_text(encoding="utf-8")
    assert "La Coop des Communs" in printed
    assert "ask in May" not in printed
    assert "&lt;b&gt;Fair&lt;/b&gt; economy" in printed
    page.keyboard.press("Escape")

    page.get_by_role("radio", name="Side by side").click()
    expect(page.get_by_role("columnheader", name="Nicole Alix")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("cell", name="ask in May")).to_be_visible(timeout=PATIENCE)
    assert asked(page)["shown"] == "compare"
    expect(page.locator("[data-testid=stMain] b")).to_have_count(0)
    changed = cocommuns("set", "nicole-alix", "place", "Paris", home=empty.home)
    assert changed.code == 0, changed
    page.goto(f"{empty.address}/shortlists?shown=watches&lang=fr")
    calm(page)
    seen(page, "Recherches suivies")
    seen(page, "→ Paris")
    page.get_by_role("button", name="J’ai vu").click()
    seen(page, "Rien de nouveau parmi les réponses depuis.")
    nothing_wrong(opened)
