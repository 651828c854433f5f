"""Problems: which are open, which overcome, by whom and how, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from listing import listing
from record import profile
from saving import File, save
from shell import desk, language, plain, say, select, selected, titled, touch
from viewed import asked, remember
from ways import people, topic_chips, ways_from_topic
from welcome import stop_if_empty

from cocommuns_graph.model import SECTORS, Visibility
from cocommuns_graph.model.errors import NotFound

_PROBLEM = "problem-shown"
_STATES = ("open", "partly overcome", "overcome")
_PLACES = ("state", "sector", "topic", "problem")

current = desk()
stop_if_empty(current)
rows = current.problem_rows(language=language())
topics = {topic["id"]: topic["terms"] for topic in current.topics()}


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["state"] = view["state"] if view.get("state") in _STATES else None
    state["sector"] = view["sector"] if view.get("sector") in SECTORS else None
    state["topic"] = view["topic"] if view.get("topic") in topics else None
    state[_PROBLEM] = view.get("problem")


def _open(identifier: str | None) -> None:
    st.session_state[_PROBLEM] = identifier
    select(identifier)


def _state_word(state: str) -> str:
    number = sum(row["status"] == state for row in rows)
    return f"{titled(say.choice(state))} · {say.number(number)}"


def _controls() -> None:
    around = {id_ for row in rows for id_ in (*row["topics"], row["id"])}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control(
            say("State"),
            list(_STATES),
            key="state",
            format_func=_state_word,
            on_change=touch,
            width="content",
        )
        st.selectbox(
            say("Sector of those concerned"),
            [sector for sector in SECTORS if any(sector in row["sectors"] for row in rows)],
            key="sector",
            format_func=lambda sector: titled(say.choice(sector)),
            placeholder=say("Any sector"),
            on_change=touch,
            width=220,
        )
        st.selectbox(
            say("Topic"),
            [id_ for id_ in topics if id_ in around],
            key="topic",
            format_func=topics.__getitem__,
            placeholder=say("Any topic, in any language"),
            on_change=touch,
            width=300,
        )
        _files()


def _files() -> None:
    public, spoken = current.for_viewer(Visibility.PUBLIC), language()
    save(
        "problems",
        [
            File(
                say("Page to print"),
                f"problems-{spoken}.html",
                lambda: public.problems_file("html", language=spoken),
            ),
            File(
                say("Table for a spreadsheet"),
                f"problems-{spoken}.csv",
                lambda: public.problems_file("csv", language=spoken),
            ),
        ],
        say("All problems, whatever is chosen here."),
    )


def _wanted(row: Mapping[str, Any]) -> bool:
    state = st.session_state
    return (
        state["state"] in (None, row["status"])
        and (state["sector"] is None or state["sector"] in row["sectors"])
        and (state["topic"] is None or state["topic"] in (*row["topics"], row["id"]))
    )


def _list(found: Sequence[Mapping[str, Any]]) -> None:
    st.caption(say.count("{n} problem", "{n} problems", len(found)))
    shown = [
        {
            **row,
            "faced": len(row["faced_by"]),
            "ask": len(row["ask"]),
        }
        for row in found
    ]
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    columns = {
        "label": text(say("Problem"), width=240),
        "status_word": text(say("State"), width=110),
        "faced": number(say("Faced by"), help=say("How many are recorded as facing it"), width=75),
        "ask": number(say("To ask"), help=say("How many could be asked"), width=65),
    }
    listing("problems", shown, columns, st.session_state[_PROBLEM], _open, says=say("Problems"))


def _told(one: Mapping[str, Any]) -> None:
    with st.container(border=True, key="problem"):
        st.header(plain(one["label"]), anchor="problem")
        st.caption(titled(one["status_word"]))
        if one["definition"]:
            st.markdown(plain(one["definition"]))
        ways_from_topic(one["id"], one["label"])
        for name, title, nobody in (
            ("faced_by", say("Who faces it"), say("Nobody is recorded as facing it.")),
            (
                "overcome_by",
                say("Who has overcome it, and how"),
                say("Nobody is recorded as having overcome it."),
            ),
            (
                "ask",
                say("Whom to ask"),
                say(
                    "Nobody: none has overcome it, and none works on it or on a topic beside it, as far as "
                    "recorded."
                ),
            ),
        ):
            st.markdown(f"**{title}**")
            people(one[name], f"{name}-{one['id']}", _why)
            if not one[name]:
                st.caption(nobody)
        topic_chips(say("Topics around it"), one["topics"], f"around-{one['id']}", _narrow)
        if one["sources"]:
            st.caption(say("Sources: {sources}", sources=plain("; ".join(one["sources"]))))


def _narrow(topic: str) -> None:
    """Shows the problems of a topic."""
    st.session_state["topic"] = topic
    touch()


def _why(actor: Mapping[str, Any]) -> str:
    return " · ".join(part for part in (actor["why"], actor["when"]) if part)


def _nothing() -> None:
    if rows:
        st.info(
            say("No problem is like that. Take one of the choices above away."),
            icon=":material/filter_alt_off:",
        )
        return
    st.info(
        say(
            "The inventory holds no problem yet: no topic of the kind challenge, and nobody who faces or has "
            "overcome one. They come with a sheet of links, or by hand."
        ),
        icon=":material/info:",
    )
    st.page_link("views/import_.py", label=say("Bring in a spreadsheet"), icon=":material/upload_file:")


if (view := asked("problems", _PLACES)) is not None:
    _set(view)
st.title(say("Problems"), anchor=False)
st.caption(say("Which problems are open, which somebody has overcome and how, and whom to ask."))
if rows:
    _controls()
state = st.session_state
found = [row for row in rows if _wanted(row)] if rows else []
remember(
    "problems",
    state=state.get("state"),
    sector=state.get("sector"),
    topic=state.get("topic"),
    problem=state[_PROBLEM],
)
if not found:
    _nothing()
chosen = state[_PROBLEM]
reads_other = selected() not in (None, chosen)
left, middle, *right = st.columns([3, 4, 3] if reads_other else [1, 1], gap="medium")
with left:
    if found:
        _list(found)
with middle:
    if chosen:
        try:
            _told(current.problem(chosen, language=language()))
        except NotFound:
            st.warning(say("The register has no problem {id} (any more): choose another.", id=plain(chosen)))
    elif found:
        st.info(
            say("Choose a problem to read who faces it, who has overcome it and whom to ask."),
            icon=":material/problem:",
        )
if reads_other and (identifier := selected()):
    with right[0]:
        profile(current, identifier)
