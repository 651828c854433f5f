"""The browser's part of the live map: its script and its style sheet, each one text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from cocommuns_graph.maps.words import filled
from cocommuns_graph.model.look import DARK, LIGHT

SCRIPTS = (
    "labels.js",
    "wording.js",
    "scene.js",
    "view.js",
    "names.js",
    "overlay.js",
    "paint.js",
    "surface.js",
    "hands.js",
    "search.js",
    "panel.js",
    "saving.js",
    "canvas.js",
    "mount.js",
)
"""The files of the module in the order in which they stand in it."""

_COLORS = ("accent", "edge", "warn", "quiet", "line", "hover", "current")


def read(name: str) -> str:
    """The text of a file that lies beside this module."""
    return files("cocommuns_graph.maps").joinpath(name).read_text(encoding="utf-8")


@cache
def script() -> str:
    """The JavaScript module of the map: exports `createMap` and, as default, the Streamlit mount."""
    words = json.dumps(filled(None), ensure_ascii=True)
    return "\n".join([f"const WORDS = {words};", *(read(name) for name in SCRIPTS)])


@cache
def style() -> str:
    """The style sheet of the map.

    The colours are those of `model.look`: on a page that says nothing of its own, by the reader's preference;
    on one with a theme, such as Streamlit's, by how dark the ground behind the map turns out to be.
    """
    root = ".cocommuns-map"
    return "\n".join(
        [
            f"{root} {{{_ground(LIGHT)}{_colors(LIGHT)}}}",
            f"@media (prefers-color-scheme: dark) {{ {root} {{{_ground(DARK)}{_colors(DARK)}}} }}",
            f'{root}[data-ground="light"] {{{_colors(LIGHT)}}}',
            f'{root}[data-ground="dark"] {{{_colors(DARK)}}}',
            read("canvas.css"),
        ]
    )


def _ground(palette: Mapping[str, str]) -> str:
    return f" --map-surface: {palette['surface']}; --map-ink: {palette['text']};"


def _colors(palette: Mapping[str, str]) -> str:
    return "".join(f" --map-{name}: {palette[name]};" for name in _COLORS) + " "
