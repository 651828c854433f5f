"""Shortlists: records kept for a purpose, with notes, side by side and as files; and watched searches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st
from keeping import act, say_what_came_of_it
from record import profile
from shell import desk, link, plain, say, select, selected, titled, touch
from viewed import asked, remember
from watching import watches
from welcome import stop_if_empty

from cocommuns_graph.desk import file_name
from cocommuns_graph.model import Visibility
from cocommuns_graph.model.errors import NotFound

_VIEWS = ("records", "compare", "watches")
_MOST_SHOWN = 40
_MOST_COMPARED = 5

current = desk()
stop_if_empty(current)
lists = {one["id"]: one for one in current.shortlists()}


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["list"] = view["list"] if view.get("list") in lists else next(iter(lists), None)
    state["shown"] = view["shown"] if view.get("shown") in _VIEWS else "records"


def _view_word(view: str) -> str:
    words = {"records": say("Records"), "compare": say("Side by side"), "watches": say("Watched searches")}
    return words[view]


def _reader_word(level: str) -> str:
    words = {
        "public": say("everybody"),
        "members": say("members"),
        "coordinators": say("coordinators"),
        "stewards": say("stewards"),
    }
    return words[level]


def _levels() -> list[str]:
    return [level.word for level in Visibility if current.viewer.may_see(level)]


def _list_words(identifier: str) -> str:
    return f"{lists[identifier]['name']} · {say.number(lists[identifier]['entries'])}"


# -- the lists ------------------------------------------------------------------------------------------


def _controls() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control(
            say("What to show"),
            _VIEWS,
            key="shown",
            format_func=_view_word,
            required=True,
            on_change=touch,
            width="content",
            label_visibility="collapsed",
        )
        if st.session_state["shown"] == "watches":
            return
        if lists:
            st.selectbox(
                say("Shortlist"),
                list(lists),
                key="list",
                format_func=_list_words,
                on_change=touch,
                width=280,
                label_visibility="collapsed",
            )
        _new()
        if lists and st.session_state["list"]:
            one = lists[st.session_state["list"]]
            _about_list(one)
            _files(one)


def _new() -> None:
    with st.popover(say("New list"), icon=":material/add:", width="content", key="new-list"):
        st.text_input(say("Name of the new list"), key="new-name")
        st.text_area(say("What it is for"), key="new-note", height=80)
        st.button(say("Make the list"), key="make-list", type="primary", on_click=_make)


def _make() -> None:
    state = st.session_state

    def make() -> None:
        made = current.new_shortlist(state["new-name"], note=state["new-note"])
        state["list"], state["shown"] = made["id"], "records"

    if act(make):
        state["new-name"] = state["new-note"] = ""


def _about_list(one: Mapping[str, Any]) -> None:
    identifier = one["id"]
    with st.popover(say("Change"), icon=":material/tune:", width="content", key="change-list"):
        name = st.text_input(say("Name"), value=one["name"], key=f"name-{identifier}")
        note = st.text_area(say("What it is for"), value=one["note"], key=f"for-{identifier}", height=80)
        levels = _levels()
        level = st.selectbox(
            say("Who may see it"),
            levels,
            index=levels.index(one["visibility"]),
            key=f"seen-by-{identifier}",
            format_func=_reader_word,
        )
        st.button(
            say("Keep the changes"),
            key="keep-list",
            type="primary",
            on_click=_change,
            args=(one, name, note, level),
        )
        sure = st.checkbox(say("Delete the list; its records stay"), key=f"sure-{identifier}")
        st.button(
            say("Delete"),
            key="delete-list",
            disabled=not sure,
            icon=":material/delete:",
            on_click=lambda: act(lambda: current.delete_shortlist(identifier)),
        )


def _change(one: Mapping[str, Any], name: str, note: str, level: str) -> None:
    def change() -> None:
        if name != one["name"]:
            current.rename_shortlist(one["id"], name)
        if note != one["note"]:
            current.note_on_shortlist(one["id"], note)
        if level != one["visibility"]:
            current.share_shortlist(one["id"], Visibility.parse(level))

    act(change)


def _files(one: Mapping[str, Any]) -> None:
    with st.popover(say("Save"), icon=":material/download:", width="content", key="save-list"):
        level = Visibility.parse(
            st.selectbox(
                say("Who will read it"), _levels(), key="readers", format_func=_reader_word, on_change=touch
            )
        )
        for form, word, mime in (
            ("html", say("Page to print"), "text/html"),
            ("csv", say("Table for a spreadsheet"), "text/csv"),
        ):
            st.download_button(
                word,
                data=lambda form=form: current.shortlist_file(one["id"], form, readers=level),
                file_name=file_name(f"{one['name']}.{form}"),
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                width="stretch",
                key=f"save-list-{form}",
            )
        st.caption(
            say("The file holds what its readers may see; notes are in it where they may see the list.")
        )
        if left := current.left_out_of_shortlist(one["id"], level):
            st.caption(
                say.count(
                    "{n} record of the list is left out.", "{n} records of the list are left out.", left
                )
            )


# -- records on a list -----------------------------------------------------------------------------------


def _records(found: Mapping[str, Any]) -> None:
    if found["note"]:
        st.markdown(plain(found["note"]))
    st.caption(
        say(
            "Kept by {who}, seen by {whom}.",
            who=plain(found["owner"]),
            whom=_reader_word(found["visibility"]),
        )
    )
    entries = found["entries"]
    for number, entry in enumerate(entries[:_MOST_SHOWN], 1):
        _entry(found["id"], entry, number, len(entries))
    if len(entries) > _MOST_SHOWN:
        st.caption(say("and {n} more; the files hold all", n=len(entries) - _MOST_SHOWN))
    if not entries:
        st.info(
            say("Nothing on it yet: find somebody and choose “Add to a shortlist”."),
            icon=":material/playlist_add:",
        )
        st.page_link("views/find.py", label=say("Find"), icon=":material/search:")


def _entry(list_id: str, entry: Mapping[str, Any], number: int, many: int) -> None:
    record = entry["record"]
    key = f"{list_id}-{record}"
    with st.container(border=True, gap="xsmall", key=f"entry-{number}"):
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            gap="small",
            wrap=False,
        ):
            if entry["gone"]:
                st.markdown(f"**{number}. {plain(record)}**", width="content")
            else:
                st.button(
                    f"**{number}. {plain(entry['name'])}**",
                    key=f"row-{key}",
                    type="primary" if record == selected() else "tertiary",
                    on_click=select,
                    args=(record,),
                )
            _moves(list_id, entry, number, many, key)
        if entry["gone"]:
            st.caption(say("No longer in the inventory."))
        else:
            told = say.date(entry["confirmed"]) if entry["confirmed"] else say("never")
            st.caption(f"{titled(entry['word'])} · {plain(say('last confirmed: {date}', date=told))}")
        st.text_input(
            say("Note on {name}", name=plain(entry["name"])),
            value=entry["note"],
            key=f"note-{key}",
            placeholder=say("A note on {name}", name=entry["name"]),
            label_visibility="collapsed",
            on_change=_note,
            args=(list_id, record, f"note-{key}"),
        )
        _why(entry)
        lines = [
            say("**{property}:** {value}", property=titled(one["word"]), value=link(one["text"], one["url"]))
            for one in entry["routes"]
        ]
        if lines:
            st.markdown("  \n".join(lines))


def _why(entry: Mapping[str, Any]) -> None:
    if not entry["search"]:
        return
    st.caption(say("Found by the search “{search}”", search=plain(entry["found_by"])))
    if entry["reasons"]:
        st.markdown("\n".join(f"- {plain(reason['text'])}" for reason in entry["reasons"]))
    elif not entry["gone"]:
        st.caption(say("Not among the answers to this search any more."))


def _moves(list_id: str, entry: Mapping[str, Any], number: int, many: int, key: str) -> None:
    buttons = st.container(horizontal=True, gap="small", width="content", wrap=False)
    for what, icon, words, to in (
        ("up", "arrow_upward", say("Move up"), number - 1),
        ("down", "arrow_downward", say("Move down"), number + 1),
    ):
        buttons.button(
            "",
            key=f"{what}-{key}",
            icon=f":material/{icon}:",
            help=words,
            type="tertiary",
            disabled=not 1 <= to <= many,
            on_click=lambda to=to: act(lambda: current.move_in_shortlist(list_id, entry["record"], to)),
        )
    buttons.button(
        "",
        key=f"out-{key}",
        icon=":material/playlist_remove:",
        help=say("Take off the list"),
        type="tertiary",
        on_click=lambda: act(lambda: current.remove_from_shortlist(list_id, [entry["record"]])),
    )


def _note(list_id: str, record: str, key: str) -> None:
    act(
        lambda: current.note_on_shortlist(list_id, st.session_state[key], record=record),
        say("The note is kept."),
    )


# -- side by side ----------------------------------------------------------------------------------------


def _side_by_side(identifier: str) -> None:
    found = current.compare_shortlist(identifier)
    names = {column["record"]: column["name"] for column in found["columns"]}
    if not names:
        st.info(say("Nothing on the list to compare yet."), icon=":material/compare_arrows:")
        return
    chosen = list(names)
    if len(names) > _MOST_COMPARED:
        chosen = st.multiselect(
            say("Whom to compare"),
            list(names),
            default=list(names)[:_MOST_COMPARED],
            format_func=names.__getitem__,
            max_selections=_MOST_COMPARED,
            key=f"compared-{identifier}",
            placeholder=say("Choose among the records"),
        )
    places = [place for place, record in enumerate(names) if record in chosen]
    rows = [row for row in found["rows"] if any(row["values"][place] for place in places)]
    columns = [[plain(" · ".join(row["values"][place])) or "–" for row in rows] for place in places]
    heads = [f"{plain(found['columns'][place]['name'])}" for place in places]
    table = pd.DataFrame(
        list(zip(*columns, strict=True)), index=[f"**{plain(row['word'])}**" for row in rows]
    )
    table.columns = pd.Index(heads)
    if places:
        st.table(table)


# -- the page --------------------------------------------------------------------------------------------

if (view := asked("shortlists", ("list", "shown"))) is not None:
    _set(view)
if st.session_state.get("list") not in lists:
    st.session_state["list"] = next(iter(lists), None)
st.title(say("Shortlists"), anchor=False)
st.caption(
    say("Whom you keep for a purpose, with notes, side by side, on paper; and what is new for your searches.")
)
say_what_came_of_it()
_controls()
shown, which = st.session_state["shown"], st.session_state.get("list")
remember("shortlists", list=which, shown=None if shown == "records" else shown)
if shown == "watches":
    told, side = st.columns([7, 3], gap="medium")
    with told:
        watches(current)
elif not which:
    st.info(
        say("No list yet. Make one here, or find somebody and choose “Add to a shortlist”."),
        icon=":material/playlist_add:",
    )
    st.page_link("views/find.py", label=say("Find"), icon=":material/search:")
    st.stop()
elif shown == "compare":
    _side_by_side(which)
    side = st.container()
else:
    told, side = st.columns([7, 3], gap="medium")
    with told:
        try:
            _records(current.shortlist(which))
        except NotFound:
            st.warning(say("This list is no longer there: choose another."), icon=":material/info:")
with side, st.container(key="side"):
    if identifier := selected():
        profile(current, identifier)
    elif shown != "compare":
        st.info(say("Click a name to read about it."), icon=":material/person_search:")
