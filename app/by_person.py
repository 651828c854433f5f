"""Under which name something is written from a page; kept while one goes from page to page."""

from __future__ import annotations

import streamlit as st
from shell import say

from cocommuns_graph.desk import account

_KEPT = "by-person"


def ask_who(key: str) -> str:
    """A box for the name, under a key of the page's own; at first it holds that of the system account."""
    state = st.session_state
    state.setdefault(_KEPT, account())
    given = st.text_input(
        say("Your name"),
        value=state[_KEPT],
        key=key,
        help=say("It stands in the history and the sources, where everybody can read it."),
        width=300,
    )
    state[_KEPT] = given or ""
    return who()


def who() -> str:
    """The name as it was last given; empty where none was."""
    return str(st.session_state.get(_KEPT) or "")
