"""The controls above the map: what is shown, filters, colours and sizes, gaps laid over it, files."""

from __future__ import annotations

from typing import Any

import mapping_state as asking
import streamlit as st
from mapping_state import ALL, AROUND, FILTERS, MOST_STEPS, TOPIC, filter_key
from shell import plain, say, titled, touch

from cocommuns_graph.desk import Desk, MapView
from cocommuns_graph.model import Visibility
from cocommuns_graph.model.errors import NotFound


def level(current: Desk) -> str:
    """The choice of what is shown, and around what."""
    words = {TOPIC: say("A topic"), AROUND: say("Around a record"), ALL: say("Everything")}
    chosen = st.segmented_control(
        say("Show"),
        list(words),
        key="show",
        format_func=words.__getitem__,
        required=True,
        on_change=asking.change_level,
        label_visibility="collapsed",
        width="content",
    )
    if chosen == TOPIC:
        topics = current.map_topics()
        st.selectbox(
            say("Topic, in any language"),
            list(topics),
            key="topic",
            format_func=topics.__getitem__,
            placeholder=say("Choose a topic"),
            on_change=asking.change_topic,
            label_visibility="collapsed",
            width=240,
        )
    elif chosen == AROUND:
        records = current.records()
        st.selectbox(
            say("Record"),
            list(records),
            key="around",
            format_func=records.__getitem__,
            placeholder=say("Choose a record"),
            on_change=asking.centre,
            label_visibility="collapsed",
            width=210,
        )
        st.selectbox(
            say("Steps"),
            range(1, MOST_STEPS + 1),
            key="depth",
            format_func=lambda number: say.count("{n} step", "{n} steps", number),
            on_change=touch,
            label_visibility="collapsed",
            width=110,
        )
    return str(chosen)


def filters(current: Desk, view: MapView, found: dict[str, Any]) -> None:
    """What is shown of what is on the map, with how many records each choice would show."""
    words = {
        "type": say("Type"),
        "sector": say("Sector"),
        "topic": say("Has to do with the topic"),
        "country": say("Country"),
        "language": say("Language"),
    }
    topics = current.map_topics()
    number = sum(len(values) for values in view.filters.values())
    label = say("Filters ({n})", n=number) if number else say("Filter")
    with st.popover(label, icon=":material/filter_alt:", key="map-filters", width="content"):
        for kind in FILTERS:
            options = {one["value"]: one for one in found["kinds"][kind]}
            texts = {
                value: say(
                    "{what} ({n})",
                    what=topics.get(value, one["text"]) if kind == "topic" else one["text"],
                    n=one["count"],
                )
                for value, one in options.items()
            }
            if options:
                st.multiselect(
                    words[kind],
                    list(options),
                    key=filter_key(kind),
                    format_func=texts.__getitem__,
                    placeholder=say("all"),
                    on_change=touch,
                )
        st.toggle(
            say("And what these are linked to"),
            key="near",
            on_change=touch,
            help=say("Shows the direct neighbours of what passes the filters too."),
        )
        st.button(
            say("Clear filters"),
            on_click=asking.clear_filters,
            icon=":material/filter_alt_off:",
            disabled=not number,
            key="map-clear-inside",
        )


def looks(current: Desk) -> None:
    """By what records are coloured and sized."""
    shades = {key: titled(words) for key, words in current.map_shades().items()}
    by_size = {
        "": say("Links on this map"),
        **{key: words for key, words in shades.items() if key != MapView.color},
    }
    with st.popover(say("Colours"), icon=":material/palette:", key="map-looks", width="content"):
        st.selectbox(
            say("Colour by"), list(shades), key="color", format_func=shades.__getitem__, on_change=touch
        )
        st.selectbox(
            say("Size by"), list(by_size), key="size", format_func=by_size.__getitem__, on_change=touch
        )
        st.caption(say("Measures are those of the page Measures; what they mean stands below the map."))


def gaps(current: Desk) -> None:
    """What is missing, laid over the map."""
    words = {"": say("No gaps"), **current.map_gaps()}
    st.selectbox(
        say("Laid over it"),
        list(words),
        key="gaps",
        format_func=words.__getitem__,
        on_change=touch,
        label_visibility="collapsed",
        width=170,
    )


def files(current: Desk, view: MapView) -> None:
    """The map as a page of its own, and the order to arrange it anew."""
    public = current.for_viewer(Visibility.PUBLIC)
    reduced = _public_view(public, view)
    with st.popover(say("Save"), icon=":material/download:", key="map-files", width="content"):
        st.download_button(
            say("Save as one page"),
            data=(lambda: public.map_page(reduced)) if reduced else "",
            file_name="map.html",
            mime="text/html",
            icon=":material/html:",
            on_click="ignore",
            disabled=reduced is None,
            help=say(
                "A page that works alone and offline, with these filters, colours and gaps. It holds what "
                "everybody may see."
            ),
            width="stretch",
        )
        if reduced is None:
            st.caption(say("Not everybody may see the record in the middle: there is no page to share."))
        st.caption(say("PNG and SVG: the buttons on the map. To share this view, copy its address."))
        st.button(
            say("Arrange anew"),
            on_click=_arrange,
            args=(current, view),
            icon=":material/refresh:",
            help=say("Records stay where they were from day to day; this lays the map out from scratch."),
            width="stretch",
        )


def _arrange(current: Desk, view: MapView) -> None:
    touch()
    current.arrange_again(view)


def _public_view(public: Desk, view: MapView) -> MapView | None:
    """The view as far as everybody may see it; None where its middle is hidden from some."""
    try:
        return public.map_view_seen(view)
    except NotFound:
        return None


def undoing(current: Desk, view: MapView, found: dict[str, Any]) -> None:
    """What takes filters and expanded neighbours back at one click."""
    if view.filters:
        st.button(
            "",
            key="map-clear-filters",
            icon=":material/filter_alt_off:",
            help=say(
                "{shown} of {all} records are shown. Clear filters", shown=found["shown"], all=found["all"]
            ),
            on_click=asking.clear_filters,
        )
    if view.expand:
        names = current.record_names(view.expand)
        st.button(
            "",
            key="map-collapse",
            icon=":material/unfold_less:",
            help=say("Also around {names}. Collapse", names=plain(say.together(names, 4))),
            on_click=asking.collapse,
        )
