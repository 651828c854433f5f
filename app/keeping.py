"""What people keep: records put on a shortlist from any page, searches watched, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from shell import plain, say, touch

from cocommuns_graph.desk import Desk
from cocommuns_graph.model.errors import CocommunsError

_SAID = "kept-said"


def act(what: Callable[[], Any], done: str = "", *, place: str = "") -> bool:
    """Does what a button asks for and keeps what is to be said of it, at that place of the page."""
    touch()
    try:
        what()
    except CocommunsError as error:
        st.session_state[_SAID] = (place, False, str(error))
        return False
    st.session_state[_SAID] = (place, True, done) if done else None
    return True


def say_what_came_of_it(place: str = "") -> None:
    """Shows what the last button of this place said, once."""
    said = st.session_state.get(_SAID)
    if said is None or said[0] != place:
        return
    _, well, text = st.session_state.pop(_SAID)
    if well:
        st.success(plain(text), icon=":material/check:")
    else:
        st.error(plain(text), icon=":material/error:")


def add_to_shortlist(
    current: Desk,
    records: Mapping[str, str],
    key: str,
    *,
    search: str = "",
    filters: Mapping[str, Any] | None = None,
) -> None:
    """A button that puts one or some of these records, names by id, on a shortlist or a new one.

    `search` and `filters` are how they were found, so that the list can say why.
    """
    lists = {one["id"]: one["name"] for one in current.shortlists()}
    names = {name: f"{key}-{name}" for name in ("who", "which", "name", "note")}
    with st.popover(say("Add to a shortlist"), icon=":material/playlist_add:", key=f"keep-{key}"):
        if len(records) > 1:
            st.multiselect(
                say("Who"),
                list(records),
                key=names["who"],
                format_func=records.__getitem__,
                placeholder=say("Choose among the answers"),
            )
        if lists:
            st.selectbox(
                say("Shortlist"),
                [*lists, ""],
                key=names["which"],
                format_func=lambda one: lists.get(one) or say("a new one"),
            )
        if not lists or not st.session_state[names["which"]]:
            st.text_input(say("Name of the new list"), key=names["name"])
        st.text_input(say("Note"), key=names["note"], placeholder=say("Why, or what to ask"))
        st.button(
            say("Add"),
            key=f"{key}-add",
            type="primary",
            on_click=_add,
            args=(current, dict(records), key, names, search, dict(filters or {})),
        )
    say_what_came_of_it(key)


def _add(
    current: Desk,
    records: dict[str, str],
    key: str,
    names: dict[str, str],
    search: str,
    filters: dict[str, Any],
) -> None:
    state = st.session_state
    chosen = list(state.get(names["who"], ())) if len(records) > 1 else list(records)
    if not chosen:
        state[_SAID] = (key, False, say("Choose first who is to be added."))
        return
    which, new = state.get(names["which"]) or "", str(state.get(names["name"]) or "")

    def add() -> None:
        target = which or current.new_shortlist(new)["id"]
        current.add_to_shortlist(
            target, chosen, note=str(state.get(names["note"]) or ""), search=search, filters=filters
        )

    done = say.count("{n} record is on the list.", "{n} records are on the list.", len(chosen))
    if act(add, done, place=key):
        for name in ("name", "note"):
            state[names[name]] = ""
        if names["who"] in state:
            state[names["who"]] = []


def watch_search(current: Desk, search: str, filters: Mapping[str, Any], key: str) -> None:
    """A button that watches a search from now on."""
    st.button(
        say("Watch this search"),
        icon=":material/notifications:",
        key=key,
        type="tertiary",
        help=say("The page Shortlists then says what is new among the answers"),
        on_click=lambda: act(
            lambda: current.watch(search, filters=filters),
            say("Watched from now on: the page Shortlists says what is new."),
            place=key,
        ),
    )
    say_what_came_of_it(key)
