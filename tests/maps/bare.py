"""The live map alone on a bare page, for its tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph.maps.browser import script, style
from cocommuns_graph.maps.picture import Picture
from cocommuns_graph.maps.sending import drawn_part, look_part, overlay_part
from cocommuns_graph.markup import script_json
from tests.browser import Chromium, Opened

Bare = Callable[..., Opened]


def bare_page(made: Picture, **more: Any) -> str:
    """A page that is nothing but a map. What the user does is gathered in `picked`, `expanded`, `paired`."""
    content = made.to_json()
    look = look_part(content, more.pop("look", None))
    data = {
        "picture": json.loads(drawn_part(content)),
        "look": look and json.loads(look),
        "overlay": overlay_part(more.pop("overlay", None), {node["id"] for node in content["nodes"]}),
        "highlight": [],
        "selected": None,
        "other": None,
        "panel": False,
        "key": "k",
        **more,
    }
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>A map</title>"
        "<meta name='viewport' content='width=device-width'>"
        "<style>body { margin: 0; } h1 { margin: 0; font-size: 1rem; line-height: 1.5rem; }"
        f"{style()}</style><main><h1>A map</h1>"
        "<div class='cocommuns-map' style='--map-height:500px'></div></main>"
        f"<script type='module'>{script()}\n"
        f"window.data = {script_json(data)};\n"
        "Object.assign(window, {picked: [], expanded: [], paired: []});\n"
        "Object.assign(window, {createMap, askedNames, placeNames, TakenBoxes, MarkCells, svgOf});\n"
        "window.heard = {select: (id) => picked.push(id), expand: (id) => expanded.push(id),"
        " pair: (a, b) => paired.push([a, b])};\n"
        "window.map = createMap(document.querySelector('.cocommuns-map'), data, heard);</script>"
    )


@pytest.fixture
def bare(chromium: Chromium, tmp_path: Path) -> Bare:
    """Opens a picture on a page of its own; what is not an option of the browser is given to the map."""
    options_of_browser = ("width", "height", "scheme", "has_touch", "is_mobile", "reduced_motion")

    def open_(made: Picture, **options: Any) -> Opened:
        path = tmp_path / "bare.html"
        browser = {name: options.pop(name) for name in options_of_browser if name in options}
        path.write_text(bare_page(made, **options), encoding="utf-8")
        opened = chromium.open(path, **{"width": 1000, "height": 600, **browser})
        opened.page.wait_for_function("window.map && map.state().drawnMs !== null")
        return opened

    return open_


def state(opened: Opened) -> dict[str, Any]:
    """What the map says of itself."""
    return dict(opened.page.evaluate("JSON.parse(JSON.stringify(map.state()))"))


def screen_of(opened: Opened, id_: str) -> tuple[float, float]:
    """Where a record is on the page."""
    at = opened.page.evaluate("(id) => map.state().screen(id)", id_)
    box = opened.page.locator("canvas.map-canvas").bounding_box()
    return box["x"] + at["x"], box["y"] + at["y"]


def color_at(opened: Opened, id_: str) -> tuple[int, ...]:
    """The colour of the canvas in the middle of a record, after it was painted anew."""
    return tuple(
        opened.page.evaluate(
            """async (id) => {
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              const at = map.state().screen(id);
              const canvas = document.querySelector('canvas.map-canvas');
              const ratio = window.devicePixelRatio;
              const pixel = [Math.round(at.x * ratio), Math.round(at.y * ratio), 1, 1];
              return [...canvas.getContext('2d').getImageData(...pixel).data].slice(0, 3);
            }""",
            id_,
        )
    )


def said(opened: Opened) -> str:
    """What a screen reader was told last."""
    return str(opened.page.locator(".map-said").text_content())


def clean(opened: Opened) -> bool:
    """Nothing went wrong on the page, nothing was asked of anybody else."""
    return opened.errors == [] and opened.outside == []
