"""The live map of the app: a canvas of ours, mounted in a Streamlit page."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

_NAME = "cocommuns_map"
_ROOT = '<div class="cocommuns-map"></div>'
_DRAWN = ("id", "name", "type", "x", "y", "size", "color", "shape", "priority", "side")
_KEPT = 8
_texts: OrderedDict[str, str] = OrderedDict()


def script() -> str:
    """The JavaScript module of the map: exports `createMap` and, as default, the Streamlit mount."""
    return f"{read('labels.js')}\n{read('canvas.js')}"


def style() -> str:
    """The style sheet of the map."""
    return read("canvas.css")


def drawn_part(picture_json: Mapping[str, Any]) -> str:
    """What the canvas needs of a picture, as JSON text: no profiles, no sources. Remembered by version."""
    version = str(picture_json["version"])
    if version in _texts:
        _texts.move_to_end(version)
        return _texts[version]
    content = {name: picture_json[name] for name in ("version", "width", "height", "legend", "headings")}
    content["nodes"] = [{name: node[name] for name in _DRAWN} for node in picture_json["nodes"]]
    content["edges"] = [
        {"source": edge["source"], "target": edge["target"]} for edge in picture_json["edges"]
    ]
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    _texts[version] = text
    while len(_texts) > _KEPT:
        _texts.popitem(last=False)
    return text


def component(
    picture_json: Mapping[str, Any],
    *,
    highlight: Sequence[str] = (),
    selected: str | None = None,
    key: str,
    height: int = 600,
    on_select: Callable[[str | None], None] | None = None,
) -> dict[str, str | None]:
    """Draws a picture (`Picture.to_json()`) in a Streamlit page; returns `{"selected": id or None}`.

    `highlight` are ids to draw strongly while the rest is dimmed; `selected` is the id to show as chosen;
    `height` is in pixels. `key` must stay the same from run to run: by it the map keeps its pan and zoom and
    its clicks arrive. `on_select` is called once for each choice of the user, before the page runs again,
    with the id or None; a page whose selection can also change elsewhere sets its own state there and passes
    it as `selected`. Without `on_select` the last choice on the map wins over `selected`.
    """
    import streamlit as st

    ids = {node["id"] for node in picture_json["nodes"]}

    def chosen(value: object) -> str | None:
        id_ = value.get("id") if isinstance(value, Mapping) else None
        return id_ if isinstance(id_, str) and id_ in ids else None

    def changed() -> None:
        if on_select is not None:
            on_select(chosen(_state(st.session_state.get(key))))

    reported = _state(st.session_state.get(key))
    shown = selected if on_select is not None or reported is None else chosen(reported)
    mount = st.components.v2.component(_NAME, html=_ROOT, css=style(), js=script())
    result = mount(
        key=key,
        data={
            "picture": drawn_part(picture_json),
            "highlight": list(highlight),
            "selected": shown,
            "key": key,
            "height": int(height),
        },
        on_selected_change=changed,
        height="content",
    )
    reported = _state(result)
    return {"selected": selected if on_select is not None or reported is None else chosen(reported)}


def _state(result: object) -> object:
    """What the map reported last, None before the user chose anything."""
    return result.get("selected") if isinstance(result, Mapping) else None


def read(name: str) -> str:
    """The text of a file that lies beside this module."""
    return files("cocommuns_graph.maps").joinpath(name).read_text(encoding="utf-8")
