"""Two choices, expanding, fingers and keys on the live map, on a bare page."""

from __future__ import annotations

from typing import Any

import pytest

from cocommuns_graph.maps.picture import picture
from tests.browser import Opened
from tests.maps.bare import Bare, clean, said, screen_of, state
from tests.maps.made_up import made_up

pytestmark = pytest.mark.browser


def test_a_second_record_is_paired_and_a_double_click_expands(bare: Bare) -> None:
    opened = bare(picture(made_up()))
    page = opened.page
    page.keyboard.down("Shift")
    page.mouse.click(*screen_of(opened, "topic-1"))
    page.keyboard.up("Shift")
    assert page.evaluate("paired") == []
    assert "Select a record first" in said(opened)
    page.mouse.click(*screen_of(opened, "topic-3"))
    for key in ("Shift", "Control", "Meta"):
        page.keyboard.down(key)
        page.mouse.click(*screen_of(opened, "topic-1"))
        page.keyboard.up(key)
    assert page.evaluate("paired") == [["topic-3", "topic-1"]] * 3
    assert page.evaluate("picked") == ["topic-3"]
    assert state(opened)["other"] == "topic-1"
    page.mouse.dblclick(*screen_of(opened, "topic-5"))
    assert page.evaluate("expanded") == ["topic-5"]
    assert page.evaluate("picked") == ["topic-3", "topic-5"]
    assert clean(opened)


def test_the_same_by_keys(bare: Bare) -> None:
    opened = bare(picture(made_up()))
    page = opened.page
    page.locator("canvas.map-canvas").focus()
    page.keyboard.press("e")
    page.keyboard.press("w")
    assert page.evaluate("[expanded, paired]") == [[], []]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    chosen = state(opened)["selected"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    cursor = state(opened)["cursor"]
    page.keyboard.press("w")
    page.keyboard.press("E")
    expected = [[chosen, cursor]] if cursor != chosen else []
    assert page.evaluate("paired") == expected
    assert page.evaluate("expanded") == [cursor]
    assert clean(opened)


def test_a_map_that_offers_no_pairs_and_no_expanding_says_nothing_of_them(bare: Bare) -> None:
    opened = bare(picture(made_up()), pairs=False, expands=False, selected="topic-3")
    page = opened.page
    page.mouse.dblclick(*screen_of(opened, "topic-5"))
    page.keyboard.press("w")
    assert page.evaluate("[expanded, paired]") == [[], []]


def test_a_click_on_a_tie_asks_for_its_two_ends(bare: Bare) -> None:
    opened = bare(picture(made_up(experts=5, organisations=3, initiatives=2), around="topic-0"))
    page = opened.page
    tie = page.evaluate("[data.picture.id[data.picture.source[0]], data.picture.id[data.picture.target[0]]]")
    (ax, ay), (bx, by) = screen_of(opened, tie[0]), screen_of(opened, tie[1])
    page.mouse.move(ax + 0.55 * (bx - ax), ay + 0.55 * (by - ay))
    page.mouse.click(ax + 0.55 * (bx - ax), ay + 0.55 * (by - ay))
    assert page.evaluate("paired") == [tie]
    assert page.evaluate("picked") == []


class Fingers:
    """Fingers on a touch screen, by the browser's own debugger."""

    def __init__(self, opened: Opened) -> None:
        self.page = opened.page
        self.session: Any = opened.page.context.new_cdp_session(opened.page)

    def send(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def tap(self, x: float, y: float) -> None:
        self.send("touchStart", (x, y))
        self.send("touchEnd")


def test_fingers_tap_pan_pinch_and_press(bare: Bare) -> None:
    opened = bare(picture(made_up()), has_touch=True, is_mobile=True, width=390, height=700)
    page = opened.page
    fingers = Fingers(opened)
    fingers.tap(*screen_of(opened, "topic-3"))
    page.wait_for_function("picked.length === 1")
    assert page.evaluate("picked") == ["topic-3"]
    before = state(opened)["view"]
    fingers.send("touchStart", (200, 250))
    for step in range(1, 9):
        fingers.send("touchMove", (200 + 10 * step, 250 + 5 * step))
    fingers.send("touchEnd")
    after = state(opened)["view"]
    assert (before["x"] - after["x"]) * after["scale"] == pytest.approx(80, abs=25)
    assert page.evaluate("picked") == ["topic-3"]
    fingers.send("touchStart", (150, 250), (250, 250))
    for step in range(1, 9):
        fingers.send("touchMove", (150 - 8 * step, 250), (250 + 8 * step, 250))
    fingers.send("touchEnd")
    assert state(opened)["view"]["scale"] > 1.8 * after["scale"]
    page.evaluate("map.showAll()")
    fingers.send("touchStart", screen_of(opened, "topic-1"))
    page.wait_for_function("paired.length === 1", timeout=3000)
    fingers.send("touchEnd")
    assert page.evaluate("paired") == [["topic-3", "topic-1"]]
    assert page.evaluate("picked") == ["topic-3"]
    x, y = screen_of(opened, "topic-5")
    fingers.tap(x, y)
    fingers.tap(x, y)
    page.wait_for_function("expanded.length === 1")
    assert page.evaluate("expanded") == ["topic-5"]
    assert clean(opened)


def test_the_place_looked_at_survives_a_reload_and_new_data(bare: Bare) -> None:
    opened = bare(picture(made_up()))
    page = opened.page
    page.get_by_label("Zoom in").click()
    page.mouse.move(400, 300)
    page.mouse.down()
    page.mouse.move(300, 260, steps=5)
    page.mouse.up()
    kept = state(opened)["view"]
    page.reload()
    page.wait_for_function("window.map && map.state().drawnMs !== null")
    assert state(opened)["view"] == kept
    page.evaluate("map.update({...data, picture: {...data.picture, version: 'later'}})")
    assert state(opened)["view"] == kept
    page.evaluate("map.update({...data, picture: {...data.picture, version: 'other', title: 'Another map'}})")
    assert state(opened)["view"] != kept
    page.evaluate('sessionStorage.setItem(\'cocommuns-map-views\', \'{"k|x": {"x": "<b>"}, broken\')')
    page.reload()
    page.wait_for_function("window.map && map.state().drawnMs !== null")
    assert clean(opened)
