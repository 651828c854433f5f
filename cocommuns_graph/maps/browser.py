"""The browser's part of the live map: its script and its style sheet, each one text."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from cocommuns_graph.maps.words import filled

_SCRIPTS = ("labels.js", "canvas.js")


def read(name: str) -> str:
    """The text of a file that lies beside this module."""
    return files("cocommuns_graph.maps").joinpath(name).read_text(encoding="utf-8")


@cache
def script() -> str:
    """The JavaScript module of the map: exports `createMap` and, as default, the Streamlit mount."""
    words = json.dumps(filled(None), ensure_ascii=True)
    return "\n".join([f"const WORDS = {words};", *(read(name) for name in _SCRIPTS)])


@cache
def style() -> str:
    """The style sheet of the map."""
    return read("canvas.css")
