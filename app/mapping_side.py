"""Beside and below the map: why two records are linked, what the gaps say, how colours were computed."""

from __future__ import annotations

from typing import Any

import mapping_state as asking
import streamlit as st
from mapping_state import CHAIN
from shell import plain, say, select, selected, touch

from cocommuns_graph.desk import Desk, MapView

_MOST_TOLD = 8
_MOST_SOURCES = 3


def why(current: Desk, view: MapView) -> None:
    """Why two records are linked, as sentences with who says so; up to three chains to choose from."""
    if view.pair is None:
        return
    found = current.why_linked(*view.pair)
    with st.container(border=True, key="map-why"):
        heading = st.container(horizontal=True, horizontal_alignment="distribute", wrap=False)
        heading.header(
            say("{a} and {b}", a=plain(found["a"]), b=plain(found["b"])), anchor=False, width="stretch"
        )
        heading.button(
            "",
            key="map-end-why",
            icon=":material/close:",
            help=say("Close"),
            on_click=asking.end_why,
            type="tertiary",
        )
        if found["why"]:
            st.info(plain(found["why"]), icon=":material/link_off:")
            return
        chains = found["chains"]
        if len(chains) > 1:
            st.radio(
                say("Chain"),
                range(len(chains)),
                key=CHAIN,
                format_func=lambda number: _through(chains[number]),
                on_change=touch,
            )
        _chain(chains[min(view.chain, len(chains) - 1)])


def _through(chain: dict[str, Any]) -> str:
    between = [plain(name) for name in chain["names"][1:-1]]
    return say("through {names}", names=say.together(between)) if between else say("directly")


def _chain(chain: dict[str, Any]) -> None:
    for step in chain["steps"]:
        st.markdown(f"- {plain(step['text'])}")
        if step["sources"]:
            st.caption(say("Source: {sources}", sources=plain("; ".join(step["sources"][:_MOST_SOURCES]))))


def link_picker(current: Desk) -> None:
    """The question how the chosen record is linked to another, without the mouse's shift-click."""
    chosen = selected()
    records = current.records()
    if chosen not in records or st.session_state[asking.PAIR] is not None:
        return
    st.session_state["map-other"] = None
    st.selectbox(
        say("How is it linked to ..."),
        list(records),
        key="map-other",
        format_func=records.__getitem__,
        placeholder=say("Choose a second record"),
        on_change=_picked,
        help=say("Or shift-click a second record on the map."),
    )


def _picked() -> None:
    other = st.session_state["map-other"]
    if other and (chosen := selected()) and other != chosen:
        asking.ask_why(chosen, other)


def told(current: Desk, view: MapView, overlay: dict[str, Any] | None) -> None:
    """What the gaps laid over the map say, one by one, those on the map first."""
    if not view.gaps or overlay is None:
        return
    ordered = sorted(overlay["told"], key=lambda one: not one["on_map"])
    on_map = sum(one["on_map"] for one in ordered)
    st.markdown(f"**{plain(current.map_gaps()[view.gaps])}**")
    if not ordered:
        st.info(say("None was found."), icon=":material/check_circle:")
    elif not on_map:
        st.caption(say("None of them is on this map: show everything to see them."))
    elif on_map < len(ordered):
        st.caption(say("{n} of {all} are on this map.", n=on_map, all=len(ordered)))
    for place, one in enumerate(ordered[:_MOST_TOLD]):
        with st.container(gap=None, key=f"chips-told-{place}"):
            st.button(plain(one["text"]), key=f"told-{place}", on_click=select, args=(one["ids"][0],))
            if one["suggestion"]:
                st.caption(plain(one["suggestion"]))
    if (left := len(ordered) - _MOST_TOLD) > 0:
        st.caption(say.count("and {n} more", "and {n} more", left))
    st.page_link(
        "views/gaps.py", label=say("All gaps, with what they rest on"), icon=":material/troubleshoot:"
    )


def meanings(current: Desk, view: MapView) -> None:
    """What the measures that colour and size the map mean, with the way to their page."""
    for key in dict.fromkeys((view.color, view.size)):
        one = current.map_shade_explained(key)
        if one is None:
            continue
        st.caption(
            say("{title}: {meaning}", title=f"**{plain(one['title'])}**", meaning=plain(one["meaning"]))
        )
        st.page_link(
            "views/measures.py",
            label=say("How {title} is computed", title=plain(one["title"])),
            icon=":material/table_chart:",
            query_params={"network": one["network"]},
        )
