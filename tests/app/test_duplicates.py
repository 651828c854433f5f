"""Duplicates, as a coordinator uses it: look, part, take back, merge, undo; in French; on a phone's width."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import PATIENCE, asked, calm, nothing_wrong, seen
from tests.axe import violations
from tests.browser import Chromium
from tests.cli.runs import cocommuns, write

pytestmark = pytest.mark.browser


def test_a_pair_is_looked_at_parted_merged_and_undone(
    empty: Server, chromium: Chromium, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "organisations.csv",
        "id,name,place,description",
        "terre,Terre Commune asbl,Liège,Land.",
        "terre-2,TERRE COMMUNE,,Land <b>held</b> in common.",
    )
    done = cocommuns("import", file, home=empty.home)
    assert done.code == 0, done
    opened = chromium.open(f"{empty.address}/duplicates?lang=en")
    page = opened.page
    calm(page)
    seen(page, "differ in the legal form")
    assert asked(page)["a"] == "terre"
    expect(page.locator("[data-testid=stMain] b")).to_have_count(0)
    assert [str(one) for one in violations(page)] == []
    page.get_by_role("button", name="They are two").click()
    seen(page, "this is remembered")
    seen(page, "No two records look like one")
    page.get_by_role("button", name="Undo").click()
    seen(page, "It is as it was before.")
    page.get_by_role("button", name="They are one: merge").click()
    seen(page, "They are one record now.")
    assert cocommuns("show", "terre-2", "--json", home=empty.home).json["id"] == "terre"
    page.get_by_role("button", name="Undo").click()
    seen(page, "It is as it was before.")
    assert cocommuns("show", "terre-2", "--json", home=empty.home).json["id"] == "terre-2"

    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{empty.address}/duplicates?lang=fr")
    calm(page)
    seen(page, "diffèrent par la forme juridique")
    button = page.get_by_role("button", name="C’est la même : fusionner")
    expect(button.or_(page.get_by_role("button", name="fusionner"))).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    nothing_wrong(opened)
