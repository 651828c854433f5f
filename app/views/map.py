"""Map: one topic's neighbourhood, what lies around one record, or everything; and its one-file export."""

from __future__ import annotations

from typing import Any

import streamlit as st
from record import profile
from shell import desk, plain, select, selected, titled, touch
from viewed import asked, remember
from welcome import stop_if_empty

from cocommuns_graph.desk import live_map
from cocommuns_graph.model import Visibility

_LEVELS = {"topic": "A topic", "around": "Around a record", "all": "Everything"}
_MOST_STEPS = 4
_MOST_LISTED = 60

current = desk()
stop_if_empty(current)
records = current.records()
topics = current.records("Topic")


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["show"] = view["show"] if view.get("show") in _LEVELS else "topic"
    first = next(iter(current.busiest_topics()), {"id": None})["id"]
    state["topic"] = view["topic"] if view.get("topic") in topics else first
    around = view.get("around", selected())
    state["around"] = around if around in records else None
    steps = view.get("depth", "1")
    state["depth"] = int(steps) if steps in map(str, range(1, _MOST_STEPS + 1)) else 1


def _hold() -> None:
    """What a level asks for stays known while another one is shown, as far as the inventory has it."""
    state = st.session_state
    held = state.setdefault("map-held", {})
    for name, options in (("topic", topics), ("around", records), ("depth", range(1, _MOST_STEPS + 1))):
        value = state[name] if name in state else held.get(name)
        held[name] = state[name] = value if value in options else None if name != "depth" else 1


def _change_level() -> None:
    """Around a record begins with the chosen one, and a topic with the chosen topic."""
    touch()
    state = st.session_state
    if state["show"] == "around" and selected() in records:
        state["around"] = selected()
    if state["show"] == "topic" and selected() in topics:
        state["topic"] = selected()


def _centre() -> None:
    """A record chosen as the centre is the one to read about."""
    select(st.session_state["around"])


def _asked() -> tuple[str, dict[str, Any]]:
    """The level, and what `Desk.picture` needs to be told."""
    level = st.segmented_control(
        "Show",
        list(_LEVELS),
        key="show",
        format_func=_LEVELS.__getitem__,
        required=True,
        on_change=_change_level,
        width="content",
    )
    if level == "topic":
        return level, {
            "topic": st.selectbox(
                "Topic",
                list(topics),
                key="topic",
                format_func=lambda id_: topics[id_].rsplit(" · ", 1)[0],
                placeholder="Choose a topic",
                on_change=touch,
                width=320,
            )
        }
    if level == "around":
        around = st.selectbox(
            "Record",
            list(records),
            key="around",
            format_func=records.__getitem__,
            placeholder="Choose a record",
            on_change=_centre,
            width=320,
        )
        steps = st.number_input("Steps", 1, _MOST_STEPS, key="depth", on_change=touch, width=120)
        return level, {"around": around, "depth": int(steps)}
    return level, {}


def _save(asked_for: dict[str, Any]) -> None:
    public = current.for_viewer(Visibility.PUBLIC)
    st.download_button(
        "Save as one page",
        data=lambda: public.map_page(**asked_for),
        file_name="map.html",
        mime="text/html",
        icon=":material/download:",
        help="A page that works alone and offline. It holds what everybody may see.",
        on_click="ignore",
        width="content",
    )


def _pick() -> None:
    select(st.session_state["picked"])


def _list(picture: dict[str, Any]) -> None:
    """Everything on the map, to search or to choose from; it and the map share one choice."""
    shown = sorted(picture["nodes"], key=lambda node: (node["name"].casefold(), node["id"]))
    ids = [node["id"] for node in shown]
    names = {id_: records.get(id_, id_) for id_ in ids}
    st.session_state["picked"] = selected() if selected() in names else None
    st.selectbox(
        "On this map",
        ids,
        key="picked",
        format_func=names.__getitem__,
        placeholder=f"Search {len(ids):,} {'record' if len(ids) == 1 else 'records'}",
        on_change=_pick,
    )
    if identifier := selected():
        profile(current, identifier)
        return
    by_type = {entry["type"]: entry["plural"] for entry in picture["legend"]}
    room = _MOST_LISTED
    with st.container(height=540, border=True, gap="small"):
        for number, (type_, plural) in enumerate(by_type.items()):
            of_type = [node for node in shown if node["type"] == type_][: max(room, 0)]
            room -= len(of_type)
            if not of_type:
                continue
            st.markdown(f"**{titled(plural)}**")
            with st.container(horizontal=True, gap="xsmall", key=f"chips-list-{number}"):
                for node in of_type:
                    st.button(
                        plain(node["name"]), key=f"row-{node['id']}", on_click=select, args=(node["id"],)
                    )
        if len(shown) > _MOST_LISTED:
            st.caption(f"and {len(shown) - _MOST_LISTED:,} more: search above")


if (view := asked("map", ("show", "topic", "around", "depth"))) is not None:
    _set(view)
_hold()
bar = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
with bar:
    level, asked_for = _asked()
remember(
    "map", **{"show": level, **{name: str(value) if value else None for name, value in asked_for.items()}}
)
if level == "topic" and not asked_for["topic"]:
    st.info("There is no topic in the inventory yet: see everything instead.", icon=":material/label:")
    st.stop()
if level == "around" and not asked_for["around"]:
    st.info("Choose whose surroundings to see.", icon=":material/person_search:")
    st.stop()
picture = current.picture(**asked_for)
with bar:
    _save(asked_for)
drawn, side = st.columns([7, 3], gap="medium")
with drawn:
    live_map(picture, selected=selected(), key="map", height=600, on_select=select)
    st.caption(plain(" ".join(picture["notes"])))
with side:
    _list(picture)
