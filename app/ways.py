"""Where to go on from a record: its neighbours on the map, who could help with it, who is linked to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from shell import plain, say, select

_MOST = 12


def ways_from_topic(identifier: str, label: str) -> None:
    """Links from a topic to those who could help with it and to its neighbourhood on the map."""
    with st.container(horizontal=True, gap="small"):
        st.page_link(
            "views/find.py",
            label=say("Find who can help"),
            icon=":material/search:",
            query_params={"q": label, "id": identifier},
        )
        st.page_link(
            "views/map.py",
            label=say("See on the map"),
            icon=":material/hub:",
            query_params={"show": "topic", "topic": identifier, "id": identifier},
        )


def way_to_map(identifier: str) -> None:
    """A link from any record to what lies around it on the map."""
    st.page_link(
        "views/map.py",
        label=say("See on the map"),
        icon=":material/hub:",
        query_params={"show": "around", "around": identifier, "id": identifier},
    )


def topic_chips(
    title: str, topics: Sequence[Mapping[str, str]], key: str, on_choose: Callable[[str], None]
) -> None:
    """Topics under a title, each a button; nothing where there is none."""
    if not topics:
        return
    st.caption(title)
    with st.container(horizontal=True, gap="xsmall", key=f"chips-{key}"):
        for place, topic in enumerate(topics[:_MOST]):
            st.button(plain(topic["term"]), key=f"{key}-{place}", on_click=on_choose, args=(topic["id"],))
        _more(len(topics) - _MOST)


def people(actors: Sequence[Mapping[str, Any]], key: str, why: Callable[[Mapping[str, Any]], str]) -> None:
    """Actors one below the other: a button that opens the profile, what they are, why they stand here."""
    for place, actor in enumerate(actors[:_MOST]):
        _person(actor, f"{key}-{place}", why(actor))
    if left := actors[_MOST:]:
        with st.expander(say.count("{n} more", "{n} more", len(left))):
            for place, actor in enumerate(left[: 5 * _MOST], _MOST):
                _person(actor, f"{key}-{place}", why(actor))
            _more(len(left) - 5 * _MOST)


def _person(actor: Mapping[str, Any], key: str, why: str) -> None:
    with st.container(gap=None, key=f"chips-{key}"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button(plain(actor["name"]), key=f"who-{key}", on_click=select, args=(actor["id"],))
            st.caption(plain(actor["about"]), width="content")
        said = [plain(why)] if why else []
        said += [f":gray[:small[{plain('; '.join(actor['sources']))}]]"] if actor["sources"] else []
        if said:
            st.markdown("  \n".join(said))


def _more(left: int) -> None:
    if left > 0:
        st.caption(say.count("and {n} more; the map shows all", "and {n} more; the map shows all", left))
