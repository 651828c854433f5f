"""Which meaning of an ambiguous word is meant: asked for on a page, kept in its state as `meant`."""

from __future__ import annotations

from typing import Any

import streamlit as st
from shell import plain, say, touch


def choose_meaning(homonym: dict[str, Any], key: str) -> None:
    """Lets one choose among the topics a word may mean, by their definitions; `key` is the page's own."""
    told = {topic["id"]: topic for topic in homonym["topics"]}

    def words(identifier: str) -> str:
        if not identifier:
            return say("all of them")
        meaning = told[identifier]["meaning"] or say("no definition yet")
        return plain(f"{told[identifier]['name']}: {meaning}")

    st.session_state[key] = next((one for one in st.session_state.get("meant", ()) if one in told), "")
    with st.container(border=True):
        st.radio(
            say("“{word}” has several meanings here. Which one is meant?", word=plain(homonym["asked"])),
            ["", *told],
            key=key,
            format_func=words,
            on_change=_mean,
            args=(key, list(told)),
        )


def _mean(key: str, topics: list[str]) -> None:
    """Of the topics that words may mean, the chosen one is meant."""
    state = st.session_state
    others = [one for one in state.get("meant", ()) if one not in topics]
    state["meant"] = [*others, state[key]] if state[key] else others
    touch()
