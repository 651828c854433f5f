"""The live map of the app: a canvas of ours, mounted in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cocommuns_graph.maps.browser import read, script, style
from cocommuns_graph.maps.sending import drawn_part, look_part, overlay_part
from cocommuns_graph.maps.words import Words, filled

__all__ = ["component", "drawn_part", "read", "script", "style"]

_NAME = "cocommuns_map"
_ROOT = '<div class="cocommuns-map"></div>'


def component(
    picture_json: Mapping[str, Any],
    *,
    look: Mapping[str, Any] | None = None,
    overlay: Mapping[str, Any] | None = None,
    words: Words | None = None,
    highlight: Sequence[str] = (),
    selected: str | None = None,
    other: str | None = None,
    list_panel: bool = False,
    key: str,
    height: int = 600,
    on_select: Callable[[str | None], None] | None = None,
    on_expand: Callable[[str], None] | None = None,
    on_pair: Callable[[str, str], None] | None = None,
) -> dict[str, str | None]:
    """Draws a picture (`Picture.to_json()`) in a Streamlit page; returns `{"selected": id or None}`.

    Args:
        picture_json: the picture; the browser reads it once per `version`. A node's `terms`, pairs of a text
            and its language code, are what the search completes besides names.
        look: how nodes are drawn, in the order of the picture's nodes, without a new layout: `version`;
            `palette`, a list of `{"color", "shape"}` (without a shape the node keeps its own); `color`, an
            index into the palette per node; `size`, a radius in pixels at zoom 1 per node; `shown`, 0 or 1
            per node; `legend`, a list of `{"title", "text", "color", "shape", "count"}` where entries with
            one title stand together and one without a colour has no swatch (so the meaning of size is told).
            Each key but `version` may be absent or None: then the picture's own holds.
        overlay: what is drawn over the map: `ties`, a list of `{"source", "target", "kind", "text"}` with ids
            and the kinds chain, missing or bridge; `marks`, a list of `{"id", "kind", "text"}` with any kind
            (cutpoint, isolate, thin ... each gets a badge of its own); `legend`, entries as in `look`. Texts
            show on hover and are read out.
        words: texts of the map by the keys of `words.WORDS`, for another language.
        highlight: ids drawn strongly while the rest is dimmed.
        selected: the id shown as chosen.
        other: the id shown as second choice, of a pair whose link is explained.
        list_panel: whether a search box and a list of what is shown stand beside the map, below it where
            there is little room, in step with it.
        key: must stay the same from run to run: by it and the picture's title the map keeps its pan and
            zoom, through reloads and changes of the data too, and its clicks arrive.
        height: in pixels; below 640 pixels of width the panel comes below and adds to it.
        on_select: called once for each choice of the user, before the page runs again, with the id or None;
            a page whose selection can also change elsewhere sets its own state there and passes it as
            `selected`. Without it the last choice on the map wins over `selected`.
        on_expand: called with the id of a record whose surroundings the user asks for: by double click,
            double tap or the key E.
        on_pair: called with two ids whose link the user asks about: by shift-click, long press or the key W
            while one record is selected (the selected one first), or by a click on a tie (its two ends).

    Raises:
        ValueError: a list of `look` has not one entry per node, or `words` a key the map does not know.
    """
    import streamlit as st

    ids = {node["id"] for node in picture_json["nodes"]}

    def known(value: object) -> str | None:
        return value if isinstance(value, str) and value in ids else None

    def chosen(report: object) -> str | None:
        return known(report.get("id")) if isinstance(report, Mapping) else None

    def heard(name: str) -> object:
        return _reported(st.session_state.get(key), name)

    def select_changed() -> None:
        if on_select is not None:
            on_select(chosen(heard("selected")))

    def expand_changed() -> None:
        if on_expand is not None and (id_ := chosen(heard("expand"))) is not None:
            on_expand(id_)

    def pair_changed() -> None:
        report = heard("pair")
        if on_pair is None or not isinstance(report, Mapping):
            return
        a, b = known(report.get("a")), known(report.get("b"))
        if a is not None and b is not None and a != b:
            on_pair(a, b)

    reported = heard("selected")
    shown = selected if on_select is not None or reported is None else chosen(reported)
    mount = st.components.v2.component(_NAME, html=_ROOT, css=style(), js=script())
    result = mount(
        key=key,
        data={
            "picture": drawn_part(picture_json),
            "look": look_part(picture_json, look),
            "overlay": overlay_part(overlay, ids),
            "words": filled(words),
            "highlight": list(highlight),
            "selected": shown,
            "other": other,
            "panel": bool(list_panel),
            "expands": on_expand is not None,
            "pairs": on_pair is not None,
            "key": key,
            "height": int(height),
        },
        on_selected_change=select_changed,
        on_expand_change=expand_changed,
        on_pair_change=pair_changed,
        height="content",
    )
    reported = _reported(result, "selected")
    return {"selected": selected if on_select is not None or reported is None else chosen(reported)}


def _reported(result: object, name: str) -> object:
    """What the map reported last under a name, None before the user did anything of the kind."""
    return result.get(name) if isinstance(result, Mapping) else None
