"""The profile of one record, for every page that has a record to show."""

from __future__ import annotations

from typing import Any

import streamlit as st
from shell import link, plain, select, titled

from cocommuns_graph.desk import Desk
from cocommuns_graph.model.errors import NotFound

_MOST_LINKS = 40
_MOST_SOURCES = 12


def profile(current: Desk, identifier: str) -> None:
    """What is known of a record, its links to go on from, its sources."""
    try:
        record = current.profile(identifier)
    except NotFound:
        st.warning(
            f"No record has the id {plain(identifier)} (any more): choose another.", icon=":material/info:"
        )
        return
    with st.container(border=True):
        heading = st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", wrap=False
        )
        heading.subheader(plain(record["name"]), anchor="profile")
        heading.button(
            "",
            key="close-profile",
            icon=":material/close:",
            help="Close this profile",
            on_click=select,
            args=(None,),
            type="tertiary",
        )
        st.caption(f"{plain(record['word'])} · {plain(record['id'])}")
        facts = [f"**{titled(fact['word'])}:** {link(fact['text'], fact['url'])}" for fact in record["facts"]]
        if facts:
            st.markdown("  \n".join(facts))
        _links(record)
        if record["sources"]:
            shown, more = record["sources"][:_MOST_SOURCES], record["sources"][_MOST_SOURCES:]
            st.caption(f"Sources: {plain('; '.join(shown))}" + (f" and {len(more):,} more" if more else ""))


def _links(record: dict[str, Any]) -> None:
    if not record["links"]:
        st.caption("Not linked to anything yet.")
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
        st.caption(f"and {-room:,} more links; the map shows them all")


def _about(linked: dict[str, Any]) -> str:
    about = [linked["word"], linked["details"], "; ".join(linked["sources"][:3])]
    return "  \n".join(plain(line) for line in about if line)
