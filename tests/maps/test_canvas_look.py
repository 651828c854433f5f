"""Looks, filters, overlays, names and saved pictures of the live map, on a bare page."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph.maps.picture import picture
from cocommuns_graph.model.look import DARK, LIGHT
from tests.browser import Opened
from tests.maps.bare import Bare, clean, color_at, said, screen_of, state
from tests.maps.labels import overlapping
from tests.maps.made_up import made_up
from tests.maps.test_page_browser import hostile

pytestmark = pytest.mark.browser
MADE = made_up()
SVG = "{http://www.w3.org/2000/svg}"


def legend_of(opened: Opened) -> list[str]:
    return [line for line in opened.page.locator(".map-legend").inner_text().split("\n") if line]


def test_a_look_colours_sizes_and_filters_without_moving_anything(bare: Bare) -> None:
    made = picture(MADE)
    count = len(made.nodes)
    order = [node.id for node in made.nodes]
    opened = bare(made)
    page = opened.page
    before = {id_: screen_of(opened, id_) for id_ in ("topic-3", "expert-5")}
    look: dict[str, Any] = {
        "version": "one",
        "palette": [{"color": "#112233"}, {"color": "#aa5500", "shape": "dot"}],
        "color": [int(id_ == "topic-3") for id_ in order],
        "size": [30 if id_ == "topic-3" else 6 for id_ in order],
        "shown": [int(not id_.startswith("organisation")) for id_ in order],
        "legend": [
            {"title": "Country", "text": "Belgium", "color": "#112233", "shape": "dot", "count": 12},
            {"title": "Country", "text": "not known", "color": "#aa5500", "shape": "dot", "count": 1200},
            {"title": "Size", "text": "number of links", "color": None},
        ],
    }
    page.evaluate("(look) => map.update({...data, look})", look)
    assert color_at(opened, "topic-3") == (0xAA, 0x55, 0x00)
    assert color_at(opened, "expert-5") == (0x11, 0x22, 0x33)
    assert [screen_of(opened, id_) for id_ in before] == [pytest.approx(at) for at in before.values()]
    assert state(opened)["shown"] == count - 35
    assert legend_of(opened) == ["Country", "Belgium (12)", "not known (1,200)", "Size", "number of links"]
    x, y = screen_of(opened, next(id_ for id_ in order if id_.startswith("organisation")))
    page.mouse.click(x, y)
    assert not any(str(id_).startswith("organisation") for id_ in page.evaluate("picked"))
    assert not any("Federation" in label["text"] for label in state(opened)["labels"])
    page.evaluate("map.update({...data, look: null})")
    assert color_at(opened, "expert-5") == (213, 94, 0)
    assert state(opened)["shown"] == count
    page.evaluate("(n) => map.update({...data, look: {version: 'none', shown: Array(n).fill(0)}})", count)
    page.wait_for_function("map.state().labels.length === 0")
    assert clean(opened)


def bare_point(opened: Opened, start: str, end: str) -> tuple[float, float]:
    """A point on the line between two records where no record lies."""
    (ax, ay), (bx, by) = screen_of(opened, start), screen_of(opened, end)
    box = opened.page.locator("canvas.map-canvas").bounding_box()
    for step in range(2, 18):
        x, y = ax + (bx - ax) * step / 20, ay + (by - ay) * step / 20
        at = [x - box["x"], y - box["y"]]
        if opened.page.evaluate(
            "([x, y]) => { const at = map.view.toWorld(x, y);"
            " return map.scene.grid.at(at.x, at.y, 12 / map.view.scale) < 0; }",
            at,
        ):
            return x, y
    raise AssertionError("records lie all along the line")


def test_an_overlay_is_drawn_named_hovered_and_heard(bare: Bare) -> None:
    overlay = {
        "ties": [
            {"source": "expert-1", "target": "organisation-3", "kind": "chain", "text": "They met in 2019."},
            {"source": "topic-3", "target": "expert-20", "kind": "missing", "text": "They should meet."},
            {"source": "expert-1", "target": "gone", "kind": "chain", "text": "Nobody."},
        ],
        "marks": [
            {"id": "topic-5", "kind": "cutpoint", "text": "Without it two parts fall apart."},
            {"id": "gone", "kind": "isolate", "text": "Nobody."},
        ],
        "legend": [],
    }
    opened = bare(picture(MADE), overlay=overlay, panel=True)
    page = opened.page
    assert legend_of(opened)[-2:] == ["Chain", "Missing link"]
    written = {label["text"] for label in state(opened)["labels"]}
    names = {node.id: node.name for node in picture(MADE).nodes}
    assert {names["expert-1"], names["expert-20"]} <= written
    x, y = bare_point(opened, "expert-1", "organisation-3")
    page.mouse.move(x, y)
    assert page.evaluate("map.hoveredTie && map.hoveredTie.text") == "They met in 2019."
    page.mouse.click(x, y)
    assert page.evaluate("paired") == [["expert-1", "organisation-3"]]
    page.mouse.click(*screen_of(opened, "topic-5"))
    assert said(opened).strip().endswith("Without it two parts fall apart.")
    assert "Without it" in page.locator(".map-row[aria-selected=true]").text_content()
    assert clean(opened)


def test_colours_follow_the_ground_behind_the_map(bare: Bare) -> None:
    opened = bare(picture(MADE), selected="topic-3")
    page = opened.page
    assert page.evaluate("map.colors.accent") == LIGHT["accent"]
    root = "document.querySelector('.cocommuns-map')"
    page.evaluate(f"{root}.style.setProperty('--st-background-color', '#101418')")
    page.wait_for_function(f"{root}.dataset.ground === 'dark'")
    assert page.evaluate("map.colors.accent") == DARK["accent"]
    page.emulate_media(color_scheme="dark")
    page.evaluate(f"{root}.style.setProperty('--st-background-color', '#ffffff')")
    page.wait_for_function(f"{root}.dataset.ground === 'light'")
    assert page.evaluate("map.colors.accent") == LIGHT["accent"]
    assert clean(opened)


def test_names_asked_for_find_a_place_of_their_own(bare: Bare) -> None:
    opened = bare(picture(made_up(experts=10, organisations=3, initiatives=2)))
    found = opened.page.evaluate(
        """() => {
          let seed = 7;
          const dice = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
          return [20, 200, 2000, 9000].flatMap((count) => [1, 40].map((crowd) => {
            const place = (size) => (crowd === 1 ? dice() * size : size / 2 + (dice() ** 3 - 0.4) * size / 3);
            const points = Array.from({length: count}, (_, number) => {
              const width = 40 + dice() * 200;
              const text = `n${number}`;
              const radius = 2 + dice() * 8;
              return {x: place(1280), y: place(800), radius, text, width, wide: width, side: ''};
            });
            const sheet = {left: 0, top: 0, right: 1280, bottom: 800};
            const column = (name) => Float32Array.from(points, (one) => one[name]);
            const marks = {x: column('x'), y: column('y'), radius: column('radius')};
            const asked = askedNames(points, marks, sheet, 250);
            const placed = placeNames(asked, sheet, sheet, new TakenBoxes(80), new MarkCells(marks, sheet));
            const boxes = placed.map(({point, leader, ...box}) => box);
            return {count, crowd, asked: asked.map((one) => one.text), boxes};
          }));
        }"""
    )
    for one in found:
        case = (one["count"], one["crowd"])
        drawn = [box["text"] for box in one["boxes"]]
        assert len(one["asked"]) >= min(one["count"], 6), case
        assert len(drawn) >= 0.95 * len(one["asked"]), case
        assert set(drawn) <= set(one["asked"]), case
        assert overlapping(one["boxes"]) == [], case
        assert all(box["left"] >= 0 and box["right"] <= 1280 for box in one["boxes"]), case


def test_svg_and_png_hold_title_legend_and_names_as_text(bare: Bare, tmp_path: Path) -> None:
    overlay = {
        "ties": [
            {"source": "topic-3", "target": "expert-20", "kind": "missing", "text": "They <should> meet."}
        ],
        "marks": [{"id": "topic-5", "kind": "thin", "text": "Only one."}],
        "legend": [{"title": "Gaps", "text": "thin topic", "kind": "thin"}],
    }
    opened = bare(picture(MADE), overlay=overlay, selected="topic-3")
    page = opened.page
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as SVG").click()
    assert download.value.suggested_filename == "The whole network.svg"
    path = tmp_path / "map.svg"
    download.value.save_as(path)
    root = ET.fromstring(path.read_bytes())
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert root.find(f"{SVG}title").text == "The whole network"
    assert {"The whole network", "organisations (35)", "Gaps", "thin topic", "platform cooperatives"} <= set(
        texts
    )
    titles = [element.text for element in root.iter(f"{SVG}title")]
    assert "They <should> meet." in titles
    assert (
        len([element for element in root.iter(f"{SVG}path") if element.find(f"{SVG}title") is not None])
        == 145
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as PNG").click()
    assert download.value.suggested_filename == "The whole network.png"
    path = tmp_path / "map.png"
    download.value.save_as(path)
    data = path.read_bytes()
    assert data[:4] == b"\x89PNG"
    assert int.from_bytes(data[16:20], "big") == 2 * page.evaluate("map.view.width")
    assert "Saved as The whole network.png." in said(opened)
    assert clean(opened)


def test_hostile_names_in_a_saved_picture_are_only_ever_text(bare: Bare, tmp_path: Path) -> None:
    opened = bare(picture(hostile()))
    page = opened.page
    page.evaluate("data.picture.title = '../../<script>a</script>\\u0000\\ud800'; map.update(data)")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as SVG").click()
    assert download.value.suggested_filename == "script-a-script.svg"
    path = tmp_path / "hostile.svg"
    download.value.save_as(path)
    allowed = {"svg", "g", "path", "line", "rect", "circle", "text", "title", "defs", "clipPath"}
    for element in ET.fromstring(path.read_bytes()).iter():
        assert element.tag.removeprefix(SVG) in allowed
        assert not [name for name in element.attrib if name.startswith("on") or name.endswith("href")]
    alone = page.context.new_page()
    alone.goto(path.as_uri())
    assert alone.evaluate("window.owned") is None
    assert clean(opened)


def test_nothing_moves_by_itself(bare: Bare) -> None:
    """So there is nothing to hold still for those who ask for less motion."""
    opened = bare(picture(MADE), reduced_motion="reduce")
    page = opened.page
    page.evaluate("map.update({...data, selected: 'expert-5'}); map.zoom(3)")
    page.wait_for_timeout(400)
    frames = state(opened)["frames"]
    page.wait_for_timeout(400)
    assert state(opened)["frames"] == frames
    durations = page.evaluate(
        """() => [...document.querySelectorAll('.cocommuns-map, .cocommuns-map *')].flatMap((one) => {
          const style = getComputedStyle(one);
          return [style.animationName === 'none' ? 0 : 1, parseFloat(style.transitionDuration)];
        })"""
    )
    assert max(durations) <= 0.001


def test_full_screen_is_entered_and_left_by_the_same_button(bare: Bare) -> None:
    opened = bare(picture(MADE))
    page = opened.page
    page.get_by_role("button", name="Full screen", exact=True).click()
    leave = page.get_by_role("button", name="Leave full screen")
    leave.wait_for()
    assert page.locator("canvas.map-canvas").bounding_box()["height"] >= 540
    leave.click()
    page.get_by_role("button", name="Full screen", exact=True).wait_for()
    page.wait_for_function("document.querySelector('.map-stage').getBoundingClientRect().height === 500")
    assert clean(opened)
