"""Watched searches on the page Shortlists: what is new among the answers since somebody looked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from keeping import act
from shell import plain, say, select, titled
from times import moment

from cocommuns_graph.desk import Desk

_FILTERS_IN_FIND = {"sector": "sector", "country": "country", "place": "place", "language": "languages"}


def watches(current: Desk) -> None:
    """Every watched search with what is new for it, and a box to watch another."""
    with st.form("watch-form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            say("A search to watch"), key="watch-text", placeholder=say("A topic, several, or a sentence")
        )
        st.form_submit_button(say("Watch"), icon=":material/notifications:", on_click=_watch, args=(current,))
    found = current.watches()
    if not found:
        st.info(
            say(
                "No search is watched yet. A watched search tells what is new among its answers since you "
                "last looked."
            ),
            icon=":material/notifications:",
        )
    for one in found:
        _watched(current, one)


def _watch(current: Desk) -> None:
    if act(lambda: current.watch(st.session_state["watch-text"])):
        st.session_state["watch-text"] = ""


def _watched(current: Desk, watch: Mapping[str, Any]) -> None:
    identifier = watch["id"]
    news = current.watch_news(identifier)
    with st.container(border=True, key=f"watch-{identifier}"):
        st.header(plain(watch["name"]), anchor=False)
        narrowed = f" ({plain(watch['narrowed'])})" if watch["narrowed"] else ""
        st.caption(
            f"{plain(watch['search'])}{narrowed} · "
            + say("last looked at: {date}", date=plain(moment(watch["looked"])))
        )
        if news["why"]:
            st.markdown(plain(news["why"]))
        for what, title in (("new", say("New")), ("changed", say("Changed"))):
            if news[what]:
                st.markdown(f"**{title}**")
                for place, one in enumerate(news[what]):
                    _news(one, f"{what}-{identifier}-{place}")
        with st.container(horizontal=True, gap="small"):
            if news["new"] or news["changed"]:
                st.button(
                    say("I have seen this"),
                    key=f"seen-{identifier}",
                    icon=":material/done_all:",
                    on_click=lambda: act(lambda: current.watch_news(identifier, look=True)),
                )
            st.page_link(
                "views/find.py",
                label=say("All answers"),
                icon=":material/search:",
                query_params=_in_find(watch),
            )
            st.button(
                say("Watch no longer"),
                key=f"end-{identifier}",
                icon=":material/notifications_off:",
                type="tertiary",
                on_click=lambda: act(lambda: current.delete_watch(identifier)),
            )


def _news(one: Mapping[str, Any], key: str) -> None:
    with st.container(gap=None, key=f"chips-{key}"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button(plain(one["name"]), key=f"who-{key}", on_click=select, args=(one["id"],))
            st.caption(titled(one["word"]), width="content")
        st.markdown("\n".join(f"- {plain(text)}" for text in one["changes"]))


def _in_find(watch: Mapping[str, Any]) -> dict[str, str]:
    filters = watch["filters"]
    narrowed = {name: filters[ours] for ours, name in _FILTERS_IN_FIND.items() if filters.get(ours)}
    lists_ = {"kind": filters.get("kinds"), "meant": filters.get("meant")}
    return {
        "q": watch["search"],
        **narrowed,
        **{name: ",".join(values) for name, values in lists_.items() if values},
    }
