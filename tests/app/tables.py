"""Tables on a page: the browser draws them on a canvas, so that a row is clicked where it stands."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.app.pages import PATIENCE, calm

_ROW = 35


def click_row(page: Any, number: int = 0) -> None:
    """Marks a row of the first table, counted from 0."""
    calm(page)
    table = page.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible(timeout=PATIENCE)
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 15, box["y"] + _ROW * (number + 1.5))
