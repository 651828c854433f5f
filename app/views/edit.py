"""Edit: correct a record, add one, link and unlink, and say that something is right as of today."""

from __future__ import annotations

from typing import Any

import streamlit as st
from by_person import ask_who
from changed import attempt, changes
from fields import entered, is_wide, shown, widget
from linking import links
from shell import desk, plain, say, select, selected, titled, touch
from viewed import asked, remember

from cocommuns_graph.desk import Edited
from cocommuns_graph.model import MODEL

_LAST = ("visibility", "confirmed_on")

current = desk()
records = current.records()
words = {declared.label: say.words(declared.singular) for declared in MODEL.public_types}


def _set(view: dict[str, str]) -> None:
    new = view.get("new")
    st.session_state["edit-add"] = bool(new) or not records
    st.session_state["edit-label"] = new if new in words else "Expert"
    st.session_state["edit-id"] = selected() if selected() in records else None


def _chosen() -> str | None:
    """The record to correct, or the label of a new one; None where nothing is chosen."""
    state = st.session_state
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        adds = st.segmented_control(
            say("What to do"),
            [False, True],
            key="edit-add",
            format_func=lambda new: say("Add a record") if new else say("Correct a record"),
            required=True,
            on_change=touch,
            width="content",
        )
        if adds:
            label = st.segmented_control(
                say("Kind of record"),
                list(words),
                key="edit-label",
                format_func=lambda label: titled(words[label]),
                required=True,
                on_change=touch,
                width="content",
            )
            return str(label)
        return st.selectbox(
            say("Record"),
            list(records),
            key="edit-id",
            format_func=records.__getitem__,
            placeholder=say("Type a name"),
            on_change=lambda: select(state["edit-id"]),
            width=420,
        )


def _session(what: str) -> dict[str, Any]:
    """The form as it was when it was opened: against that values are compared when it is written."""
    held = st.session_state.get("editing")
    language = say.language
    if held is None or (held["what"], held["language"], held["in"]) != (what, language, str(current.home)):
        held = _open(what)
    return held


def _open(what: str, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    version = st.session_state["edit-version"] = st.session_state.get("edit-version", 0) + 1
    held = {
        "what": what,
        "language": say.language,
        "in": str(current.home),
        "form": current.form(what),
        "key": f"edit-{version}",
        "typed": typed or {},
        "planned": None,
    }
    st.session_state["editing"] = held
    return held


def _form(held: dict[str, Any], who: str) -> None:
    fields = held["form"]["fields"]
    typed: dict[str, Any] = {}

    def draw(chosen: list[dict[str, Any]]) -> None:
        columns = st.columns(2, gap="medium")
        for number, field in enumerate(field for field in chosen if not is_wide(field)):
            with columns[number % 2]:
                typed[field["name"]] = _drawn(held, field)
        for field in chosen:
            if is_wide(field):
                typed[field["name"]] = _drawn(held, field)

    with st.form(f"{held['key']}-form", border=True):
        draw([one for one in fields if not one["language"] and one["name"] not in _LAST])
        codes = dict.fromkeys(one["language"] for one in fields if one["language"])
        for code in codes:
            with st.expander(titled(say.language_name(code))):
                draw([one for one in fields if one["language"] == code])
        draw([one for one in fields if one["name"] in _LAST])
        looked = st.form_submit_button(say("See what would change"), icon=":material/visibility:")
    if looked:
        held["planned"] = _planned(held, typed, who)
    if held["planned"] is not None:
        _review(held, who)


def _drawn(held: dict[str, Any], field: dict[str, Any]) -> Any:
    return widget(field, f"{held['key']}-{field['name']}", held["typed"].get(field["name"]))


def _planned(held: dict[str, Any], typed: dict[str, Any], who: str) -> dict[str, Any] | None:
    """What was typed that differs from what was there, and what writing it would do."""
    by_name = {field["name"]: field for field in held["form"]["fields"]}
    values = {
        name: entered(by_name[name], given) for name, given in typed.items() if given != shown(by_name[name])
    }
    if held["form"]["id"] and not values:
        st.info(say("Nothing is different from what the inventory says."), icon=":material/done_all:")
        return None
    planned = {"values": values, "typed": {name: typed[name] for name in values}}
    done = attempt(lambda: _written(held, planned, who, preview=True))
    return None if done is None else {**planned, "done": done}


def _written(held: dict[str, Any], planned: dict[str, Any], who: str, *, preview: bool) -> Edited:
    form, values = held["form"], planned["values"]
    if not form["id"]:
        return current.create(form["label"], values, who=who, preview=preview)
    opened = {field["name"]: field["value"] for field in form["fields"] if field["name"] in values}
    return current.edit(form["id"], values, opened=opened, who=who, preview=preview)


def _review(held: dict[str, Any], who: str) -> None:
    planned = held["planned"]
    with st.container(border=True, key="review"):
        st.header(say("What would change"), anchor=False)
        changes(planned["done"])
        if not planned["done"].changes:
            return
        if not st.button(say("Save"), type="primary", icon=":material/save:", key="save"):
            return
        done = attempt(lambda: _written(held, planned, who, preview=False))
    if done is not None:
        _saved(held, planned, done)


def _saved(held: dict[str, Any], planned: dict[str, Any], done: Edited) -> None:
    """Shows the form anew; what was not written, since somebody changed it meanwhile, stands there still."""
    state = st.session_state
    state["edit-done"] = done
    identifier = held["form"]["id"]
    if not identifier:
        identifier = next(one["id"] for one in done.changes if one["link"] is None)
        state["edit-go"] = identifier
    left = {
        problem["column"]: planned["typed"][problem["column"]]
        for problem in done.report["problems"]
        if problem["severity"] == "warning" and problem["column"] in planned["typed"]
    }
    _open(identifier, left)
    touch()
    st.rerun()


def _said() -> None:
    """What the last thing written was, once: where one just clicked, and in passing wherever one looks."""
    done = st.session_state.pop("edit-done", None)
    if done is None:
        return
    st.toast(say("Saved."), icon=":material/check_circle:")
    with st.container(border=True, key="said"):
        st.success(say("Saved."), icon=":material/check_circle:")
        changes(done)


def _right(identifier: str, who: str) -> None:
    form = current.form(identifier)
    confirmed = next((one["value"] for one in form["fields"] if one["name"] == "confirmed_on"), None)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if st.button(say("This is right as of today"), icon=":material/verified:", key="confirm"):
            done = attempt(lambda: current.confirm([identifier], who=who))
            if done is not None:
                st.session_state["edit-done"] = done
                _open(identifier)
                st.rerun()
        if confirmed:
            st.caption(say("Last confirmed on {day}.", day=plain(say.date(str(confirmed)))))
        else:
            st.caption(say("Nobody has confirmed it yet."))


if created := st.session_state.pop("edit-go", None):
    select(created)
    st.session_state.update({"edit-add": False, "edit-id": created})
elif (view := asked("edit", ("new",))) is not None:
    _set(view)
st.title(say("Add and correct"), anchor=False)
what = _chosen()
remember("edit", new=what if what in words else None)
if what is None:
    st.info(say("Choose a record to correct, or add one."), icon=":material/edit:")
    st.stop()
held = _session(what)
left, right = st.columns([3, 2], gap="large")
with left:
    who = ask_who("edit-who")
    _form(held, who)
    _said()
with right:
    if held["form"]["id"]:
        _right(what, who)
        links(current, what, who)
        st.page_link("views/history.py", label=say("History of this record"), icon=":material/history:")
    else:
        st.info(say("Once it is saved, it can be linked to others here."), icon=":material/link:")
