"""The address of a view: what is asked and chosen on a page stands there, so that it can be opened again."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from shell import SELECTED, TOUCHED, kept_in_addresses, selected

_CHOSEN = "id"
_PAGE = "page"


def asked(page: str, names: Iterable[str]) -> dict[str, str] | None:
    """What a page's widgets must be set to before they are made; None when they are right as they are.

    The address decides when the page is opened by it, or by the browser's back and forward; on coming back to
    a page by the menu, what it showed last; otherwise, above all when the user just changed something, its
    widgets.
    """
    state = st.session_state
    told = {name: st.query_params[name] for name in (*names, _CHOSEN) if name in st.query_params}
    last = state.get(_key(page))
    arrived = state.get(_PAGE) != page
    touched = state.pop(TOUCHED, False)
    state[_PAGE] = page
    if arrived and not told:
        return dict(last or {})
    if arrived or not (touched or told == last):
        state[SELECTED] = told.get(_CHOSEN)
        return told
    return None


def remember(page: str, **values: str | None) -> None:
    """Puts what makes this view into the address, in one step of the browser's history."""
    shown = {name: value for name, value in {**values, _CHOSEN: selected()}.items() if value}
    address = {**shown, **kept_in_addresses()}
    if address != st.query_params.to_dict():
        st.query_params.from_dict(address)
    st.session_state[_key(page)] = shown


def _key(page: str) -> str:
    return f"viewed-{page}"
