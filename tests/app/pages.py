"""What tests do on a page of the app, in words."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser import Opened

EXPERT = (213, 94, 0)
PATIENCE = 60_000
"""Milliseconds until a test gives up on what is quick on a machine that is not busy."""
# Streamlit asks below the page's own path first where it lives; these answers are no defect of the page.
STREAMLITS_OWN = re.compile(r"Failed to load resource: .*404")


def asked(page: Any) -> dict[str, str]:
    """The parameters of the page's address."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def calm(page: Any) -> None:
    """Waits until the page is drawn and its script does nothing more."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=PATIENCE)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)


def seen(page: Any, text: str, **options: Any) -> None:
    """Fails unless the text comes to be seen on the page."""
    expect(page.get_by_text(text, **options).first).to_be_visible(timeout=PATIENCE)


def unfold(box: Any) -> None:
    """Opens the list of a select box, pressing as long as a hand does: it is put below the box only then."""
    box.click(delay=100)


def profile_of(page: Any, name: str) -> None:
    """Fails unless the profile of that name comes to be seen."""
    expect(page.locator("#profile")).to_have_text(name, timeout=PATIENCE)


def go_to(page: Any, section: str, title: str) -> None:
    """Goes to a page by the menu of its section."""
    page.get_by_test_id("stTopNavSection").filter(has_text=section).first.click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text=title).first.click()
    calm(page)


def upload(opened: Opened, *files: tuple[str, bytes]) -> None:
    """Hands files to the page, as by choosing them."""
    opened.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in files]
    )


def click_map(page: Any, colour: tuple[int, int, int]) -> None:
    """Clicks the middle of the first record drawn in full in that colour."""
    canvas = page.locator("canvas.map-canvas").first
    expect(canvas).to_be_visible(timeout=PATIENCE)
    found = {"x": -1.0}
    for _ in range(50):
        found = canvas.evaluate(_FIND_COLOUR, list(colour))
        if found["x"] >= 0:
            break
        page.wait_for_timeout(100)
    assert found["x"] >= 0, "no record of that colour is on the map"
    canvas.click(position=found)


_FIND_COLOUR = """(canvas, [red, green, blue]) => {
  const { width, height } = canvas;
  const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  const is = (x, y) => {
    const at = 4 * (y * width + x);
    return pixels[at] === red && pixels[at + 1] === green && pixels[at + 2] === blue;
  };
  for (let y = 4; y < height - 60; y++)
    for (let x = 4; x < width - 4; x++)
      if (is(x, y) && is(x - 2, y) && is(x + 2, y) && is(x, y - 2) && is(x, y + 2)) {
        const ratio = window.devicePixelRatio || 1;
        return { x: x / ratio, y: y / ratio };
      }
  return { x: -1, y: -1 };
}"""


def nothing_wrong(opened: Opened) -> None:
    """No error of the page itself, no request to another host, no error box."""
    assert opened.outside == []
    assert [error for error in opened.errors if not STREAMLITS_OWN.match(error)] == []
    expect(opened.page.get_by_test_id("stException")).to_have_count(0)
