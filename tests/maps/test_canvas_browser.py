"""The live map: on a bare page, and mounted by Streamlit as the app does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph.maps.browser import SCRIPTS, read
from cocommuns_graph.maps.picture import picture
from tests.axe import violations
from tests.browser import Chromium
from tests.maps.bare import Bare, clean, screen_of, state
from tests.maps.labels import overlapping
from tests.maps.made_up import made_up
from tests.maps.test_page_browser import hostile

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]


def test_a_click_reports_the_id_once_and_a_click_on_nothing_clears(bare: Bare) -> None:
    opened = bare(picture(made_up()))
    opened.page.mouse.click(*screen_of(opened, "topic-3"))
    assert opened.page.evaluate("picked") == ["topic-3"]
    assert opened.page.inner_text(".map-said").startswith("platform cooperatives, topic, linked to")
    opened.page.mouse.click(*screen_of(opened, "topic-3"))
    assert opened.page.evaluate("picked") == ["topic-3"]
    box = opened.page.locator("canvas").bounding_box()
    opened.page.mouse.click(box["x"] + 4, box["y"] + 4)
    assert opened.page.evaluate("picked") == ["topic-3", None]
    assert clean(opened)


def test_dragging_moves_the_view_and_selects_nothing(bare: Bare) -> None:
    opened = bare(picture(made_up()))
    before = state(opened)["view"]
    x, y = screen_of(opened, "topic-3")
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 150, y + 60, steps=8)
    opened.page.mouse.up()
    after = state(opened)["view"]
    assert (before["x"] - after["x"]) * after["scale"] == pytest.approx(150, abs=25)
    assert after["scale"] == before["scale"]
    assert opened.page.evaluate("picked") == []


def test_the_wheel_zooms_where_it_points_and_buttons_zoom_and_show_all(bare: Bare) -> None:
    opened = bare(picture(made_up()))
    whole = state(opened)["view"]
    x, y = screen_of(opened, "topic-3")
    opened.page.mouse.move(x, y)
    opened.page.mouse.wheel(0, -240)
    opened.page.wait_for_function("(scale) => map.state().view.scale > scale * 1.2", arg=whole["scale"])
    moved = screen_of(opened, "topic-3")
    assert moved == pytest.approx((x, y), abs=1.5)
    opened.page.get_by_label("Zoom out").click()
    assert state(opened)["view"]["scale"] < whole["scale"] * 1.7
    opened.page.get_by_label("Show all").click()
    assert state(opened)["view"] == whole
    assert clean(opened)


def test_names_do_not_cover_each_other_and_there_are_at_most_250(bare: Bare) -> None:
    opened = bare(picture(made_up(experts=2500, organisations=900, initiatives=500)))
    for _ in range(4):
        opened.page.wait_for_timeout(250)
        labels = state(opened)["labels"]
        assert 10 < len(labels) <= 250
        assert overlapping(labels) == []
        opened.page.get_by_label("Zoom in").click()


def test_keyboard_walks_selects_and_clears(bare: Bare) -> None:
    opened = bare(picture(made_up()))
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.tagName") == "CANVAS"
    visited = set()
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "ArrowRight"):
        opened.page.keyboard.press(key)
        visited.add(state(opened)["cursor"])
        assert "linked to" in opened.page.inner_text(".map-said")
    assert len(visited) >= 3
    assert opened.page.evaluate("picked") == []
    opened.page.keyboard.press("Enter")
    chosen = state(opened)["selected"]
    assert opened.page.evaluate("picked") == [chosen]
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate("picked") == [chosen, None]
    scale = state(opened)["view"]["scale"]
    opened.page.keyboard.press("+")
    assert state(opened)["view"]["scale"] > scale
    opened.page.keyboard.press("0")
    assert state(opened)["view"]["scale"] == pytest.approx(scale, rel=0.5)


def test_highlighted_records_are_drawn_strongly_and_brought_into_view(bare: Bare) -> None:
    opened = bare(picture(made_up()), highlight=["topic-1", "topic-2", "no such id"])
    written = {label["text"] for label in state(opened)["labels"]}
    assert written == {"food sovereignty", "energy communities"}


def test_an_update_keeps_the_view_and_a_new_map_remembers_it(bare: Bare) -> None:
    opened = bare(picture(made_up()))
    opened.page.get_by_label("Zoom in").click()
    before = state(opened)["view"]
    opened.page.evaluate("map.update({...data, selected: 'topic-3'})")
    assert state(opened)["selected"] == "topic-3"
    assert state(opened)["view"]["scale"] == before["scale"]
    kept = state(opened)["view"]
    opened.page.evaluate(
        "map.destroy(); window.map = createMap(document.querySelector('.cocommuns-map'), data, {select() {}})"
    )
    assert state(opened)["view"] == kept
    assert opened.page.locator("canvas").count() == 1


def test_destroying_leaves_nothing_behind(bare: Bare) -> None:
    opened = bare(picture(made_up()))
    opened.page.evaluate("window.old = document.querySelector('canvas'); map.destroy()")
    assert opened.page.locator(".cocommuns-map > *").count() == 0
    opened.page.evaluate("old.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight'}))")
    opened.page.evaluate("old.dispatchEvent(new PointerEvent('pointermove', {clientX: 9, clientY: 9}))")
    opened.page.set_viewport_size({"width": 700, "height": 500})
    opened.page.wait_for_timeout(150)
    assert clean(opened)


def test_no_payload_runs_on_the_canvas(bare: Bare) -> None:
    graph = hostile()
    opened = bare(picture(graph))
    for id_ in list(graph.nodes)[:60]:
        opened.page.evaluate("(id) => map.update({...data, selected: id})", id_)
    opened.page.keyboard.press("Tab")
    for _ in range(12):
        opened.page.keyboard.press("ArrowRight")
    opened.page.wait_for_timeout(150)
    assert opened.page.evaluate("window.owned") is None
    assert (
        opened.page.locator(".cocommuns-map img, .cocommuns-map script, .cocommuns-map iframe").count() == 0
    )
    assert clean(opened)


def test_no_markup_is_made_from_text() -> None:
    for name in (*SCRIPTS, "page.js"):
        code = read(name)
        for banned in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "new Function"):
            assert banned not in code, (name, banned)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    log = (tmp_path_factory.mktemp("app") / "log").open("w")
    command = [sys.executable, "-m", "streamlit", "run", str(Path(__file__).with_name("streamlit_map.py"))]
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        "server.fileWatcherType": "none",
    }
    process = subprocess.Popen(
        [*command, *(f"--{name}={value}" for name, value in options.items())],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
                break
            except OSError:
                assert process.poll() is None, "streamlit ended"
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def click_on_map(screen: Any, x: float, y: float, key: str = "map") -> None:
    box = screen.locator(f".st-key-{key} canvas").bounding_box()
    screen.mouse.click(box["x"] + x, box["y"] + y)


def test_in_streamlit_clicks_arrive_and_the_map_stays(chromium: Chromium, app: str) -> None:
    opened = chromium.open(app, width=1100, height=900)
    screen = opened.page
    canvas = screen.locator(".st-key-map canvas")
    canvas.wait_for(timeout=60_000)
    screen.get_by_text("runs: 1", exact=True).wait_for()
    canvas.evaluate("(one) => { one.dataset.mark = 'first' }")
    canvas.focus()
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("Enter")
    screen.get_by_text("chosen: topic-").wait_for()
    screen.get_by_text("runs: 2", exact=True).wait_for()
    screen.get_by_role("button", name="choose from outside").click()
    screen.get_by_text("chosen: topic-3", exact=True).wait_for()
    screen.get_by_text("highlight").click()
    screen.get_by_text("runs: 4", exact=True).wait_for()
    assert screen.get_by_text("chosen: topic-3", exact=True).count() == 1
    assert canvas.evaluate("(one) => one.dataset.mark") == "first"
    canvas.focus()
    screen.keyboard.press("Escape")
    screen.get_by_text("chosen: None", exact=True).wait_for()
    screen.get_by_text("second map").click()
    second = screen.locator(".st-key-second canvas")
    second.wait_for()
    second.focus()
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("Enter")
    screen.get_by_text("second: topic-").wait_for()
    assert screen.get_by_text("chosen: None", exact=True).count() == 1
    screen.get_by_text("second map").click()
    second.wait_for(state="detached")
    box = screen.get_by_role("combobox", name="Search the map")
    box.press_sequentially("platform coop")
    box.press("Enter")
    screen.get_by_text("chosen: topic-3", exact=True).wait_for()
    linked = screen.locator(".map-row").nth(1)
    assert linked.get_attribute("aria-selected") == "false"
    canvas.focus()
    for key in ("ArrowUp", "ArrowDown", "ArrowLeft"):
        screen.keyboard.press(key)
    screen.keyboard.press("w")
    screen.get_by_text("heard: pair topic-3").wait_for()
    screen.keyboard.press("e")
    screen.get_by_text("expand").wait_for()
    screen.get_by_text("no topics").click()
    screen.get_by_text("120 of 145 records").wait_for()
    assert screen.get_by_text("heard: ").inner_text().count("pair") == 1
    assert violations(screen, within=".st-key-map") == []
    assert [error for error in opened.errors if "map" in error.lower()] == []
    assert opened.outside == []
