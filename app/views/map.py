"""Map: one topic's neighbourhood, what lies around one record, or everything; and its files."""

from __future__ import annotations

from typing import Any

import mapping_controls as controls
import mapping_side as side
import mapping_state as asking
import streamlit as st
from record import profile
from shell import desk, plain, say, selected
from viewed import asked, remember
from welcome import stop_if_empty

from cocommuns_graph.desk import MapView, live_map

_HEIGHT = 570

current = desk()
stop_if_empty(current)


def _overlay(view: MapView) -> dict[str, Any] | None:
    """What lies over the map; gaps are searched for only when somebody asks, which may take a while."""
    if not view.gaps:
        return current.map_overlay(view)
    with st.spinner(say("Looking for gaps ...")):
        return current.map_overlay(view)


def _other(view: MapView) -> str | None:
    """The second of a pair, while one of it is chosen."""
    if view.pair is None or selected() not in view.pair:
        return None
    return view.pair[1] if selected() == view.pair[0] else view.pair[0]


def _middle_is_missing(level: str, view: MapView) -> None:
    if level == asking.TOPIC and not view.topic:
        st.info(
            say("There is no topic in the inventory yet: see everything instead."), icon=":material/label:"
        )
        st.stop()
    if level == asking.AROUND and not view.around:
        st.info(say("Choose whose surroundings to see."), icon=":material/person_search:")
        st.stop()


if (view_asked := asked("map", asking.NAMES)) is not None:
    asking.set_view(view_asked, current)
asking.hold(current)
st.title(say("Map"), anchor=False)
st.caption(say("Who and what is around a topic or a record, and how everything hangs together."))
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    level = controls.level(current)
    view = asking.shown_view()
    _middle_is_missing(level, view)
    with st.spinner(say("Drawing the map ...")):
        picture = current.map_picture(view)
        found = current.map_filters(view)
    controls.filters(current, view, found)
    controls.undoing(current, view, found)
    controls.looks(current)
    controls.gaps(current)
    controls.files(current, view)
remember("map", **asking.address(view))
with st.spinner(say("Measuring ...")):
    look = current.map_look(view)
overlay = _overlay(view)
drawn, beside = st.columns([7, 3], gap="medium")
with drawn:
    live_map(
        picture,
        look=look,
        overlay=overlay,
        words=current.map_words(),
        selected=selected(),
        other=_other(view),
        list_panel=True,
        key="map",
        height=_HEIGHT,
        on_select=asking.choose,
        on_expand=asking.expand,
        on_pair=asking.ask_why,
    )
    st.caption(plain(" ".join(picture["notes"])))
    side.meanings(current, view)
with beside:
    side.why(current, view)
    if identifier := selected():
        profile(current, identifier)
        side.link_picker(current)
    elif view.pair is None and not view.gaps:
        st.info(
            say(
                "Click a record to read about it, double-click it to see what is around it, shift-click a "
                "second one to learn how the two are linked."
            ),
            icon=":material/touch_app:",
        )
    side.told(current, view, overlay)
