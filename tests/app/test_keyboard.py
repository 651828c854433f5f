"""The app without a pointer: everything reached by Tab in the order of the page, seen where one is, used with
Enter, Space and the arrows."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import asked, calm, profile_of, seen
from tests.browser import Chromium

_ACTIVE = """() => {
  let element = document.activeElement;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}"""
_PLACE = f"""() => {{
  const element = ({_ACTIVE})();
  const box = element.getBoundingClientRect();
  const marked = (one) => parseFloat(getComputedStyle(one).outlineWidth) >= 2
    && getComputedStyle(one).outlineStyle !== 'none';
  let seen = false;
  for (let at = element, up = 0; at && up < 4; at = at.parentElement, up++) seen ||= marked(at);
  return {{
    name: element.getAttribute('aria-label') || element.innerText || element.placeholder || element.tagName,
    tag: element.tagName, seen, top: box.top, left: box.left, height: box.height, bottom: box.bottom,
  }};
}}"""


def tabbed(page: Any, most: int, until: str) -> list[dict[str, Any]]:
    """Where Tab leads from the top of the page, up to what has that name."""
    places = []
    for _ in range(most):
        page.keyboard.press("Tab")
        place = page.evaluate(_PLACE)
        place["name"] = " ".join(place["name"].split())
        places.append(place)
        if re.search(until, place["name"]):
            return places
    raise AssertionError(f"{until!r} was not reached: {[place['name'] for place in places]}")


def test_find_is_used_with_keys_alone(sample: Server, chromium: Chromium) -> None:
    """From the top of the page through the question to an answer's profile, the focus always in sight."""
    opened = chromium.open(f"{sample.address}/?q=trade+unions")
    page = opened.page
    page.wait_for_selector(".st-key-unseen", state="attached", timeout=30_000)
    calm(page)
    places = tabbed(page, 40, r"^1\. ")
    assert places[0]["name"] == "Skip to main content"
    unseen = [place["name"] for place in places if not place["seen"]]
    assert unseen == []
    hidden = [place["name"] for place in places if place["bottom"] <= 0 or place["top"] >= 800]
    assert hidden == []
    name = places[-1]["name"].removeprefix("1. ")
    page.keyboard.press("Enter")
    profile_of(page, name)
    assert asked(page)["id"]


def test_the_menus_open_and_lead_on_with_keys(sample: Server, chromium: Chromium) -> None:
    page = chromium.open(f"{sample.address}/").page
    page.wait_for_selector(".st-key-unseen", state="attached", timeout=30_000)
    calm(page)
    tabbed(page, 10, "^Explore$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Map", timeout=20_000)


def test_the_map_its_list_and_the_profile_stay_in_step_with_keys(sample: Server, chromium: Chromium) -> None:
    """A choice made with the keys on the map is read out, marked in the list and shown as a profile."""
    page = chromium.open(f"{sample.address}/map?show=around&around=pat-conaty").page
    canvas = page.locator("canvas.map-canvas").first
    expect(canvas).to_be_visible(timeout=30_000)
    calm(page)
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    profile = page.locator("#profile")
    expect(profile).to_be_visible(timeout=20_000)
    name = profile.inner_text()
    expect(page.locator(".map-said").first).to_contain_text(name)
    expect(page.get_by_role("option", selected=True).first).to_contain_text(name)
    page.keyboard.press("Escape")
    expect(profile).to_have_count(0, timeout=20_000)


def test_a_correction_is_written_with_keys_as_far_as_its_preview(sample: Server, chromium: Chromium) -> None:
    """The fields of the form follow each other, each with its name; Enter shows what would change."""
    page = chromium.open(f"{sample.address}/edit?id=pat-conaty").page
    person = page.get_by_role("textbox", name="Your name")
    expect(person).to_be_visible(timeout=30_000)
    calm(page)
    person.focus()
    places = tabbed(page, 30, "^Role$")
    page.keyboard.type("Economist")
    places += tabbed(page, 30, "See what would change$")
    fields = [place for place in places if place["tag"] in ("INPUT", "TEXTAREA")]
    assert len(fields) >= 6
    assert [place["name"] for place in fields if place["name"] in ("INPUT", "TEXTAREA")] == []
    assert [place["name"] for place in places if not place["seen"]] == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=60_000)
    seen(page, "Economist")
