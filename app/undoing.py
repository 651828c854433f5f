"""Units of writing on the History page: each in a line, with what taking it back changes, and the button."""

from __future__ import annotations

from typing import Any

import streamlit as st
from shell import desk, plain, say, touch
from times import moment

from cocommuns_graph.desk import counted_words
from cocommuns_graph.model.errors import CocommunsError

_SHOWN = 10
_TOLD = 50


def units() -> None:
    """The newest units, the first ones unfolded on demand; an undo is shown before it is done."""
    current = desk()
    if told := st.session_state.pop("undo-done", None):
        st.success(told, icon=":material/undo:")
    most = st.session_state.setdefault("undo-shown", _SHOWN)
    found = current.units(limit=most + 1)
    if not found:
        st.info(say("Nothing was written that fits."), icon=":material/history:")
    for unit in found[:most]:
        _unit(unit)
    if len(found) > most:
        st.button(say("Older"), icon=":material/chevron_right:", on_click=_more)
    if (chosen := st.session_state.get("undo-unit")) is not None:
        _preview(chosen)


def _more() -> None:
    st.session_state["undo-shown"] += _SHOWN
    touch()


def _unit(unit: dict[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", border=True):
        with st.container():
            st.markdown(f"**{plain(unit['text'])}**")
            st.caption(plain(" · ".join([moment(unit["when"]), unit["short"], *_standing(unit)])))
        if not unit["undone_by"] and unit["complete"] != "undone":
            st.button(
                say("Bring back") if unit["undoes"] else say("Undo"),
                key=f"undo-{unit['unit']}",
                icon=":material/redo:" if unit["undoes"] else ":material/undo:",
                help=say("See what would change"),
                on_click=_choose,
                args=(unit["unit"],),
                width=160,
            )


def _standing(unit: dict[str, Any]) -> list[str]:
    if unit["complete"] == "no":
        return [say("incomplete")]
    return [say("undone")] if unit["undone_by"] else []


def _choose(unit: str | None) -> None:
    st.session_state["undo-unit"] = unit
    touch()


def _closed() -> None:
    st.session_state["undo-unit"] = None


def _preview(unit: str) -> None:
    st.dialog(say("See what would change"), width="large", on_dismiss=_closed)(_ask)(unit)


def _ask(unit: str) -> None:
    try:
        done = desk().undo(unit, preview=True)
    except CocommunsError as error:
        st.error(plain(str(error)))
        return
    for line in counted_words(done, desk().say):
        st.markdown(f"- {plain(line)}")
    _listed(say("What changes"), [change["text"] for change in done["changes"]])
    _listed(say("What stays, because of later edits"), [kept["text"] for kept in done["kept"]])
    who = st.text_input(say("Your name"), key="undo-who", help=say("It stands in the history."))
    with st.container(horizontal=True, gap="small"):
        if st.button(say("Do it"), type="primary", icon=":material/undo:"):
            _undo(unit, who)
        if st.button(say("Cancel")):
            _closed()
            st.rerun()


def _listed(title: str, lines: list[str]) -> None:
    if not lines:
        return
    with st.expander(f"{title} ({say.number(len(lines))})", expanded=len(lines) <= _SHOWN):
        for line in lines[:_TOLD]:
            st.markdown(f"- {plain(line)}")
        if len(lines) > _TOLD:
            st.markdown(say("and {n} more", n=len(lines) - _TOLD))


def _undo(unit: str, who: str) -> None:
    try:
        done = desk().undo(unit, who=who or None)
    except CocommunsError as error:
        st.error(plain(str(error)))
        return
    _closed()
    st.session_state["undo-done"] = say(
        "Done: {what}", what=plain("; ".join(counted_words(done, desk().say)))
    )
    st.rerun()
