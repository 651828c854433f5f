"""The profile of one record, for every page that has a record to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from keeping import add_to_shortlist
from shell import link, plain, say, select, titled

from cocommuns_graph.desk import Desk
from cocommuns_graph.model.errors import NotFound

_MOST_LINKS = 40
_MOST_SOURCES = 12


def profile(
    current: Desk, identifier: str, *, search: str = "", filters: Mapping[str, Any] | None = None
) -> None:
    """What is known of a record, its links to go on from, its sources.

    `search` and `filters` are how it was found, for a shortlist that it is put on.
    """
    record = known(current, identifier)
    if record is None:
        return
    with st.container(border=True):
        heading = st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", wrap=False
        )
        heading.header(plain(record["name"]), anchor="profile")
        heading.button(
            "",
            key="close-profile",
            icon=":material/close:",
            help=say("Close this profile"),
            on_click=select,
            args=(None,),
            type="tertiary",
        )
        under_name(record)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.page_link(
                "views/profile.py",
                label=say("Whole profile"),
                icon=":material/badge:",
                query_params={"id": identifier},
            )
            st.page_link(
                "views/edit.py",
                label=say("Correct"),
                icon=":material/edit:",
                query_params={"id": identifier},
            )
            add_to_shortlist(
                current, {identifier: record["name"]}, f"one-{identifier}", search=search, filters=filters
            )
        facts(record)
        _links(record)
        sources(record["sources"])


def known(current: Desk, identifier: str) -> dict[str, Any] | None:
    """`Desk.profile` of a record; where there is none with that id, a sentence that says so and None."""
    try:
        return current.profile(identifier)
    except NotFound:
        st.warning(
            say("No record has the id {id} (any more): choose another.", id=plain(identifier)),
            icon=":material/info:",
        )
        return None


def under_name(record: dict[str, Any]) -> None:
    """What kind of record it is, and its id."""
    st.caption(f"{titled(record['word'])} · {plain(record['id'])}")


def facts(record: dict[str, Any]) -> None:
    """The properties of a record, one a line."""
    lines = [
        say("**{property}:** {value}", property=titled(fact["word"]), value=link(fact["text"], fact["url"]))
        for fact in record["facts"]
    ]
    if lines:
        st.markdown("  \n".join(lines))


def sources(names: Sequence[str]) -> None:
    """Where it is written."""
    if names:
        told = say.together([plain(name) for name in names], most=_MOST_SOURCES)
        st.caption(say("Sources: {sources}", sources=told))


def _links(record: dict[str, Any]) -> None:
    if not record["links"]:
        st.caption(say("Not linked to anything yet."))
    room = _MOST_LINKS
    for number, group in enumerate(record["groups"]):
        if room <= 0:
            break
        st.markdown(f"**{titled(group['text'])}**")
        with st.container(horizontal=True, gap="xsmall", key=f"chips-{number}"):
            for place, linked in enumerate(group["links"][:room]):
                st.button(
                    plain(linked["name"]),
                    key=f"link-{record['id']}-{number}-{place}",
                    on_click=select,
                    args=(linked["id"],),
                    help=_about(linked),
                )
        room -= len(group["links"])
    if room < 0:
        st.caption(
            say.count("and {n} more link; the map shows all", "and {n} more links; the map shows all", -room)
        )


def _about(linked: dict[str, Any]) -> str:
    about = [linked["word"], linked["details"], "; ".join(linked["sources"][:3])]
    return "  \n".join(plain(line) for line in about if line)
