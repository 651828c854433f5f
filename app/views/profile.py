"""Profile: one record whole, with its links, its surroundings and how others are linked to it."""

from __future__ import annotations

from typing import Any

import streamlit as st
from keeping import add_to_shortlist
from record import facts, known, sources, under_name
from shell import desk, plain, say, select, selected, titled, touch
from viewed import asked, remember
from welcome import stop_if_empty

from cocommuns_graph.desk import live_map

_MOST_A_GROUP = 30
_MOST_SENTENCES = 200
_MOST_ALIKE = 5
_MAP_HEIGHT = 420
_LIKE_OTHERS = ("Expert", "Organisation", "Initiative")

current = desk()
stop_if_empty(current)
records = current.records()


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["whose"] = selected() if selected() in records else None
    state["to"] = view.get("to") if view.get("to") in records else None


def _choose() -> None:
    select(st.session_state["whose"])


def _picker() -> str | None:
    """Whose profile it is; the selection of the other pages goes with it."""
    if selected() in records:
        st.session_state["whose"] = selected()
    return st.selectbox(
        say("Whose profile"),
        list(records),
        key="whose",
        index=None,
        format_func=records.__getitem__,
        placeholder=say("Type a name"),
        on_change=_choose,
        width=420,
    )


def _ways(record: dict[str, Any]) -> None:
    identifier = record["id"]
    with st.container(horizontal=True, gap="medium"):
        st.page_link(
            "views/edit.py", label=say("Correct"), icon=":material/edit:", query_params={"id": identifier}
        )
        st.page_link(
            "views/map.py",
            label=say("See on the map"),
            icon=":material/hub:",
            query_params={"show": "around", "around": identifier, "id": identifier},
        )
        st.page_link(
            "views/history.py",
            label=say("What changed"),
            icon=":material/history:",
            query_params={"id": identifier},
        )
        if record["type"] == "Topic":
            st.page_link(
                "views/find.py",
                label=say("Find who can help"),
                icon=":material/search:",
                query_params={"q": record["name"], "id": identifier},
            )
        add_to_shortlist(current, {identifier: record["name"]}, f"whole-{identifier}")


def _links(record: dict[str, Any]) -> None:
    st.header(say("Links"), anchor=False)
    if not record["links"]:
        st.caption(say("Not linked to anything yet."))
        st.page_link(
            "views/edit.py",
            label=say("Add the first link"),
            icon=":material/add_link:",
            query_params={"id": record["id"]},
        )
        return
    for number, group in enumerate(record["groups"]):
        st.markdown(f"**{titled(group['text'])}** ({say.number(len(group['links']))})")
        with st.container(horizontal=True, gap="xsmall", key=f"chips-{number}"):
            for place, linked in enumerate(group["links"][:_MOST_A_GROUP]):
                st.button(
                    plain(linked["name"]),
                    key=f"link-{record['id']}-{number}-{place}",
                    on_click=select,
                    args=(linked["id"],),
                    help=plain(" · ".join(part for part in (linked["word"], linked["details"]) if part)),
                )
        if len(group["links"]) > _MOST_A_GROUP:
            st.caption(say("The map and the export have all of them."))
    with st.expander(say("Every link in a sentence, and where it is written")):
        told = [linked for group in record["groups"] for linked in group["links"]]
        st.markdown("\n".join(_sentence(linked) for linked in told[:_MOST_SENTENCES]))
        if len(told) > _MOST_SENTENCES:
            st.caption(say("The map and the export have all of them."))


def _sentence(linked: dict[str, Any]) -> str:
    written = f" :gray[{plain('; '.join(linked['sources'][:3]))}]" if linked["sources"] else ""
    return f"- {plain(linked['sentence'])}{written}"


def _chain(record: dict[str, Any]) -> None:
    st.header(say("How am I linked to this?"), anchor=False)
    other = st.selectbox(
        say("From whom"),
        [id_ for id_ in records if id_ != record["id"]],
        key="to",
        index=None,
        format_func=records.__getitem__,
        placeholder=say("Type a name"),
        on_change=touch,
        label_visibility="collapsed",
    )
    if not other:
        st.caption(say("Choose yourself or anybody else, to see who could introduce you."))
        return
    found = current.path(other, record["id"])
    if found["why"]:
        st.markdown(plain(found["why"][:1].upper() + found["why"][1:]))
    if found["bridge"]:
        _bridge(found["bridge"])
    if found["best"]:
        _way(found["best"])
        st.caption(say("Other chains, which share nobody, so that one may fail:"))
    for path in found["paths"]:
        _way(path)
    if found["paths"]:
        st.page_link(
            "views/map.py",
            label=say("See it on the map"),
            icon=":material/conversion_path:",
            query_params={"show": "around", "around": record["id"], "id": record["id"], "to": other},
        )


def _way(path: dict[str, Any]) -> None:
    st.markdown(" → ".join(f"**{plain(name)}**" for name in path["names"]))
    st.markdown("\n".join(_step(step) for step in path["steps"]))


def _step(step: dict[str, Any]) -> str:
    written = f" :gray[{plain('; '.join(step['sources'][:3]))}]" if step["sources"] else ""
    over = "" if step["current"] else f" ({say('over')})"
    return f"- {plain(step['text'])}{over}{written}"


def _bridge(bridge: dict[str, Any]) -> None:
    """The two whose meeting would make a chain, to go on to."""
    with st.container(horizontal=True, gap="small", key="chips-bridge"):
        for place, (identifier, name) in enumerate(zip(bridge["ids"], bridge["names"], strict=True)):
            if identifier != record["id"]:
                st.button(plain(name), key=f"bridge-{place}", on_click=select, args=(identifier,))


def _alike(record: dict[str, Any]) -> None:
    if record["type"] not in _LIKE_OTHERS:
        return
    identifier = record["id"]
    _similar("like", say("At home in the same topics"), current.similar(identifier, _MOST_ALIKE))
    strangers = current.similar(identifier, _MOST_ALIKE, unknown=True)
    if strangers["similar"]:
        st.header(say("On the same topics, and not linked yet"), anchor=False)
        st.caption(say("No tie, no organisation and no initiative in common: worth an introduction?"))
        _similar("new", "", strangers)


def _similar(key: str, title: str, found: dict[str, Any]) -> None:
    if title:
        st.header(title, anchor=False)
    if found["why"]:
        st.caption(plain(found["why"]))
    for place, one in enumerate(found["similar"]):
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"chips-{key}-{place}"
        ):
            st.button(
                plain(one["name"]),
                key=f"{key}-{place}",
                on_click=select,
                args=(one["id"],),
                help=say(
                    "{kind} · alike by {share}, from the topics in common: rare ones count more, those next "
                    "to one another less",
                    kind=plain(one["word"]),
                    share=say.percent(one["score"]),
                ),
            )
            st.caption(plain(one["text"]), width="stretch")


if (view := asked("profile", ("to",))) is not None:
    _set(view)
identifier = _picker() or selected()
remember("profile", to=st.session_state.get("to"))
if not identifier:
    st.title(say("Profile"), anchor=False)
    st.info(say("Choose whose profile to read."), icon=":material/person_search:")
    st.stop()
record = known(current, identifier)
if record is None:
    st.stop()
st.title(plain(record["name"]), anchor=False)
under_name(record)
_ways(record)
told, beside = st.columns([6, 5], gap="large")
with told:
    facts(record)
    if not record["confirmed"]:
        st.caption(say("Nobody has confirmed this yet: correct it, or say that it is right, with Correct."))
    _links(record)
    sources(record["sources"])
with beside:
    live_map(
        current.picture(around=identifier, depth=1),
        words=current.map_words(),
        selected=identifier,
        key="profile-map",
        height=_MAP_HEIGHT,
        on_select=lambda chosen: select(chosen or identifier),
    )
    _chain(record)
    _alike(record)
