"""The links of a record on the page Edit: listed, added, corrected and taken out, each in a dialogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from changed import attempt, changes
from fields import entered, shown, widget
from shell import plain, say, titled

from cocommuns_graph.desk import Desk, Edited, Found
from cocommuns_graph.model.kinds import shorten

_MOST = 40
_FEW = 8
_LONGEST = 140
Correction = Callable[[bool], Edited]


def links(current: Desk, identifier: str, who: str) -> None:
    """The links of a record, with what can be done to each."""
    found = current.links(identifier)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(say.count("{n} link", "{n} links", len(found)), anchor=False)
        if st.button(say("Add a link"), icon=":material/add_link:", key="add-link"):
            _dialogue(say("Add a link"), lambda: _add(current, identifier, who))
    wanted = ""
    if len(found) > _FEW:
        wanted = st.text_input(say("Show the links that say"), key=f"links-of-{identifier}").casefold()
    matching = [link for link in found if wanted in link["text"].casefold()]
    for number, link in enumerate(matching[:_MOST]):
        _one(current, link, number, who)
    if len(matching) > _MOST:
        st.caption(say("and {n} more: narrow them down above", n=len(matching) - _MOST))


def _one(current: Desk, link: dict[str, Any], number: int, who: str) -> None:
    known = Found(link["start"], link["type"], link["end"], link["key"])
    text = link["text"]
    with st.container(key=f"link-{number}", gap=None):
        st.markdown(plain(shorten(text, _LONGEST)))
        with st.container(horizontal=True, gap="small", key=f"row-link-{number}"):
            if current.link_form(link["type"])["fields"] and st.button(
                say("Correct"), icon=":material/edit:", key=f"correct-{number}", type="tertiary"
            ):
                _dialogue(say("Correct a link"), lambda: _correct(current, known, text, who))
            if st.button(say("Remove"), icon=":material/link_off:", key=f"remove-{number}", type="tertiary"):
                _dialogue(say("Remove a link"), lambda: _remove(current, known, text, who))


def _dialogue(title: str, body: Callable[[], None]) -> None:
    st.dialog(title, width="medium")(body)()


def _finish(work: Correction, label: str, icon: str) -> None:
    """What would change, live, and the button that writes it; then the page is shown anew."""
    planned = attempt(lambda: work(True))
    if planned is None:
        return
    if not planned.changes:
        st.caption(say("Nothing is different from what the inventory says."))
        return
    with st.container(border=True):
        changes(planned)
    if st.button(label, type="primary", icon=icon, key="write-link"):
        done = attempt(lambda: work(False))
        if done is not None:
            st.session_state["edit-done"] = done
            st.rerun()


def _add(current: Desk, identifier: str, who: str) -> None:
    choices = current.link_choices(identifier)
    choice = st.selectbox(
        say("This record ..."),
        choices,
        format_func=lambda one: one["text"],
        index=None,
        placeholder=say("Choose how they are linked"),
        key="link-type",
    )
    if choice is None:
        return
    others = {
        known: name for known, name in current.records(*choice["labels"]).items() if known != identifier
    }
    may_be_new = bool({"Topic", "Organisation"} & {*choice["labels"]})
    other = st.selectbox(
        say("Which one"),
        list(others),
        format_func=lambda known: others.get(known, known),
        index=None,
        placeholder=say("Type a name, also a new one") if may_be_new else say("Type a name"),
        accept_new_options=may_be_new,
        key=f"link-end-{choice['type']}-{choice['direction']}",
    )
    form = current.link_form(choice["type"])
    typed = {
        field["name"]: entered(field, widget(field, f"link-{choice['type']}-{field['name']}"))
        for field in form["fields"]
    }
    values = {name: given for name, given in typed.items() if given}
    if other is None:
        return
    start, end = (identifier, other) if choice["direction"] == "out" else (other, identifier)
    _finish(
        lambda preview: current.link(
            start, choice["type"], end, values, may_be_new=may_be_new, who=who, preview=preview
        ),
        say("Save"),
        ":material/save:",
    )


def _correct(current: Desk, link: Found, text: str, who: str) -> None:
    st.markdown(plain(text))
    held = st.session_state.get("link-form")
    if held is None or held["link"] != link:
        held = {"link": link, "form": current.link_form(link.type, link)}
        st.session_state["link-form"] = held
    fields = {field["name"]: field for field in held["form"]["fields"]}
    place = "-".join((link.start, link.type, link.end, link.key))
    typed = {name: widget(field, f"link-{place}-{name}") for name, field in fields.items()}
    values = {
        name: entered(fields[name], given) for name, given in typed.items() if given != shown(fields[name])
    }
    if not values:
        st.caption(say("Change what is wrong; what would be written is shown here."))
        return
    opened = {name: fields[name]["value"] for name in values}

    def work(preview: bool) -> Edited:
        return current.edit_link(link, values, opened=opened, who=who, preview=preview)

    _finish(work, say("Save"), ":material/save:")


def _remove(current: Desk, link: Found, text: str, who: str) -> None:
    st.markdown(titled(text))
    st.caption(say("It stays in the history, and can be added again."))
    if st.button(say("Remove"), type="primary", icon=":material/link_off:", key="write-link"):
        done = attempt(lambda: current.remove_link(link, who=who))
        if done is not None:
            st.session_state["edit-done"] = done
            st.rerun()
