"""History: who entered, changed and removed what, of one record or of all, newest first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from shell import desk, plain, say, select, selected, touch
from times import SINCE, moment, spoken
from undoing import units
from viewed import asked, remember
from welcome import stop_if_empty

_A_PAGE = 50

current = desk()
if not current.units(limit=1):
    stop_if_empty(current)
records = current.records()
writers = current.writers()


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["history-id"] = selected() if selected() in records else None
    state["history-gone"] = selected() if selected() and selected() not in records else None
    state["history-who"] = view.get("who") if view.get("who") in writers else None
    state["history-since"] = view.get("since") if view.get("since") in SINCE else ""
    state["history-show"] = "units" if view.get("show") == "units" else ""
    state["history-skip"] = int(view["skip"]) if view.get("skip", "").isdecimal() else 0


def _narrowed() -> None:
    """Another question begins at its newest answer."""
    st.session_state["history-skip"] = 0
    touch()


def _choose_record() -> None:
    st.session_state["history-gone"] = None
    select(st.session_state["history-id"])
    _narrowed()


def _filters() -> dict[str, Any]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            say("Record"),
            list(records),
            key="history-id",
            format_func=records.__getitem__,
            placeholder=say("All records"),
            on_change=_choose_record,
            width=420,
        )
        who = st.selectbox(
            say("Written by"),
            writers,
            key="history-who",
            placeholder=say("Anybody"),
            on_change=_narrowed,
            width=220,
        )
        since = st.selectbox(
            say("Since"),
            list(SINCE),
            key="history-since",
            format_func=spoken,
            on_change=_narrowed,
            width=180,
        )
    return {"who": who, "since": since or None}


def _turn(by: int) -> None:
    st.session_state["history-skip"] = max(0, st.session_state["history-skip"] + by)
    touch()


def _table(entries: list[dict[str, Any]]) -> None:
    told = [
        {
            say("When"): moment(one["when"]),
            say("Who"): plain(one["who"]),
            say("What happened"): plain(one["text"]),
            say("Source"): plain(one["source_words"] or say.together(one["files"], most=3)),
        }
        for one in entries
    ]
    st.table(pd.DataFrame(told).set_index(say("When")))


def _pages(more: bool) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.session_state["history-skip"]:
            st.button(say("Newer"), icon=":material/chevron_left:", on_click=_turn, args=(-_A_PAGE,))
        if more:
            st.button(say("Older"), icon=":material/chevron_right:", on_click=_turn, args=(_A_PAGE,))


if (view := asked("history", ("who", "since", "skip", "show"))) is not None:
    _set(view)
st.session_state.setdefault("history-skip", 0)
st.session_state.setdefault("history-show", "")
st.title(say("Who changed what, and when"), anchor=False)
views = {"": say("What changed"), "units": say("Imports and corrections, to undo")}
shown = st.segmented_control(
    say("Show"), list(views), key="history-show", format_func=views.__getitem__, label_visibility="collapsed"
)
if shown == "units":
    remember("history", show=shown)
    units()
    st.stop()
filters = _filters()
skip = st.session_state["history-skip"]
remember("history", who=filters["who"], since=filters["since"], skip=str(skip) if skip else None)
of = st.session_state.get("history-gone") or st.session_state["history-id"]
found = current.history(of, **filters, limit=_A_PAGE + 1, skip=skip)
if found:
    _table(found[:_A_PAGE])
else:
    st.info(say("Nothing was written that fits."), icon=":material/history:")
_pages(len(found) > _A_PAGE)
