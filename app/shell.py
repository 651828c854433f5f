"""What every page shares: the desk, the chosen record, and the few ways in which text is shown."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from cocommuns_graph.desk import Desk, markdown_text, open_desk
from cocommuns_graph.model.errors import CocommunsError

SELECTED = "selected"
_MOST_LINKS = 60


@st.cache_resource(max_entries=1, show_spinner="Opening the inventory ...")
def _desk(home: str) -> Desk:
    return open_desk()


def desk() -> Desk:
    """The desk of this app's home; opened once."""
    return _desk(os.environ.get("COCOMMUNS_HOME", ""))


@contextmanager
def told() -> Iterator[None]:
    """Shows an error a person can act on as a sentence, and ends the page there."""
    try:
        yield
    except CocommunsError as error:
        st.error(plain(error), icon=":material/error:")
        st.stop()


def plain(text: object) -> str:
    """Text from the inventory, to be put into Markdown."""
    return markdown_text(text)


def select(identifier: str | None) -> None:
    """Chooses a record on every page."""
    st.session_state[SELECTED] = identifier


def selected() -> str | None:
    """The chosen record, if there is one."""
    found = st.session_state.get(SELECTED)
    return found if isinstance(found, str) else None


def parameter(name: str) -> str:
    """A parameter of the page's address, empty where it has none."""
    return str(st.query_params.get(name, ""))


def remember(**values: str | None) -> None:
    """Puts what makes this view into the page's address, so that it can be opened again."""
    for name, value in values.items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def stop_if_empty(current: Desk) -> None:
    """Ends the page, saying what to do, where the inventory has nothing in it yet."""
    with told():
        empty = current.is_empty()
    if empty:
        st.info("The inventory is empty: bring your own spreadsheets in.", icon=":material/upload:")
        st.page_link("views/import_.py", label="Import spreadsheets", icon=":material/upload_file:")
        st.stop()


def profile(current: Desk, identifier: str) -> None:
    """One record: what is known of it, its links to choose from, its sources."""
    with told():
        record = current.profile(identifier)
    st.subheader(plain(record["name"]), anchor=False)
    st.caption(f"{plain(record['word'])} · {plain(record['id'])}")
    facts = [f"**{plain(fact['word'])}:** {plain(fact['text'])}" for fact in record["facts"]]
    if facts:
        st.markdown("  \n".join(facts))
    _links(record["id"], record["links"])
    if record["sources"]:
        st.caption("Sources: " + plain("; ".join(record["sources"])))


def _links(identifier: str, links: list[dict[str, Any]]) -> None:
    if not links:
        st.caption("No links yet.")
        return
    st.markdown(f"**{len(links)} {'link' if len(links) == 1 else 'links'}**")
    for number, link in enumerate(links[:_MOST_LINKS]):
        st.button(
            f"{plain(link['text'])} **{plain(link['name'])}**",
            key=f"link-{identifier}-{number}",
            on_click=select,
            args=(link["id"],),
            help=plain("; ".join(link["sources"])) or None,
            type="tertiary",
        )
    if len(links) > _MOST_LINKS:
        st.caption(f"and {len(links) - _MOST_LINKS:,} more")
