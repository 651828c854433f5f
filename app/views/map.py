"""Map: one topic's neighbourhood, what lies around one record, or everything; and its one-file export."""

from __future__ import annotations

import streamlit as st
from shell import desk, parameter, profile, remember, select, selected, stop_if_empty, told

from cocommuns_graph.desk import live_map
from cocommuns_graph.model import Visibility

_LEVELS = {"topic": "A topic", "around": "Around somebody", "all": "Everything"}

with told():
    current = desk()
stop_if_empty(current)

level_column, choice_column, depth_column, file_column = st.columns([2, 4, 1, 2], vertical_alignment="bottom")
asked = parameter("show")
level = level_column.segmented_control(
    "Show",
    list(_LEVELS),
    default=asked if asked in _LEVELS else "topic",
    format_func=lambda name: _LEVELS[name],
    required=True,
)
topic = around = None
depth = 1
if level == "topic":
    with told():
        records = current.records("Topic")
        busiest = current.busiest_topic()
    given = parameter("topic") if parameter("topic") in records else busiest
    topic = choice_column.selectbox(
        "Topic", list(records), index=list(records).index(given) if given else None, format_func=records.get
    )
elif level == "around":
    with told():
        records = current.records()
    given = parameter("around") or selected() or ""
    around = choice_column.selectbox(
        "Record",
        list(records),
        index=list(records).index(given) if given in records else None,
        format_func=records.get,
        placeholder="Choose somebody",
    )
    depth = int(
        depth_column.number_input(
            "Steps",
            1,
            4,
            value=int(parameter("depth")) if parameter("depth") in "1234" and parameter("depth") else 1,
        )
    )
remember(show=level, topic=topic, around=around, depth=str(depth) if around else None)

if level == "around" and around is None:
    st.info("Choose whose surroundings to see.", icon=":material/person_search:")
    st.stop()
if level == "topic" and topic is None:
    st.info("There is no topic in the inventory yet.", icon=":material/label:")
    st.stop()

with told():
    picture = current.picture(topic=topic, around=around, depth=depth)
    page = current.for_viewer(Visibility.PUBLIC)
file_column.download_button(
    "Save as one page",
    data=lambda: page.map_page(topic=topic, around=around, depth=depth),
    file_name="map.html",
    mime="text/html",
    icon=":material/download:",
    help="A page that works alone and offline. It holds what everybody may see.",
    on_click="ignore",
    width="stretch",
)

drawn, side = st.columns([3, 1], gap="medium")
with drawn:
    live_map(picture, selected=selected(), key="map", height=680, on_select=select)
    st.caption(" ".join(picture["notes"]))
with side:
    if chosen := selected():
        profile(current, chosen)
    else:
        st.caption(
            "Choose a record on the map to read its profile: click it, or use the arrow keys and Enter."
        )
