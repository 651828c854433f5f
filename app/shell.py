"""What every page shares: the desk, how text and errors are shown, the chosen record."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import streamlit as st

from cocommuns_graph.desk import Desk, markdown_text, open_desk
from cocommuns_graph.model.errors import CocommunsError

SELECTED = "selected"
TOUCHED = "touched"
_LOG = logging.getLogger("cocommuns.app")
_IN_ADDRESSES = "%/:?#@!&+,;=~-._"


@st.cache_resource(max_entries=1, show_spinner="Opening the inventory ...")
def _desk(home: str) -> Desk:
    return open_desk()


def desk() -> Desk:
    """The desk of this app's home; opened once, for all who look at it."""
    return _desk(os.environ.get("COCOMMUNS_HOME", ""))


@contextmanager
def told() -> Iterator[None]:
    """Shows an error as a sentence and ends the page there; one that is our fault goes into the app's log."""
    try:
        yield
    except CocommunsError as error:
        st.error(plain(error), icon=":material/error:")
        st.stop()
    except Exception:
        _LOG.exception("a page failed")
        st.error(
            "Something went wrong on our side; what happened is in logs/app.log of the inventory's folder.",
            icon=":material/error:",
        )
        st.stop()


def plain(text: object) -> str:
    """Text from the inventory, to be put into Markdown."""
    return markdown_text(text)


def titled(words: str) -> str:
    """Words of the model at the beginning of a line, to be put into Markdown."""
    return plain(words[:1].upper() + words[1:])


def link(text: object, url: str) -> str:
    """Markdown of a link to an address that the desk calls safe; the text alone without one."""
    return f"[{plain(text)}]({quote(url, safe=_IN_ADDRESSES)})" if url else plain(text)


def touch() -> None:
    """Notes that the user changed something on the page: what it shows now goes before its address."""
    st.session_state[TOUCHED] = True


def select(identifier: str | None) -> None:
    """Chooses a record, or none, on every page."""
    st.session_state[SELECTED] = identifier
    touch()


def selected() -> str | None:
    """The chosen record, if there is one."""
    found = st.session_state.get(SELECTED)
    return found if isinstance(found, str) else None


def stop_if_empty(current: Desk) -> None:
    """Ends the page, saying what to do, where the inventory has nothing in it yet."""
    if not current.is_empty():
        return
    st.title("The inventory is empty", anchor=False)
    st.markdown(
        "Bring in a contact list, the inventory's own tables or a nodes/edges pair, as CSV or Excel files. "
        "To look around first, end this app and run `cocommuns demo`: it opens a sample in its own place."
    )
    st.page_link("views/import_.py", label="Import spreadsheets", icon=":material/upload_file:")
    st.stop()


def look() -> None:
    """What the theme cannot say: the side stays in view while results scroll, links are quiet chips."""
    st.html(
        """<style>
        .st-key-side { position: sticky; top: 4.5rem; max-height: calc(100vh - 5.5rem); overflow-y: auto; }
        .st-key-to-profile { display: none; }
        [data-testid="stMainBlockContainer"] { padding-top: 4.5rem; padding-bottom: 2rem; }
        [class*="st-key-chips"] button { min-height: 1.9rem; padding: 0.1rem 0.6rem; text-align: left; }
        [class*="st-key-row-"] button { justify-content: flex-start; text-align: left; }
        [data-testid="stMarkdownContainer"] { overflow-wrap: anywhere; }
        [data-testid="stMarkdownContainer"] ul { margin-top: 0; }
        [data-testid="stMarkdownContainer"] li { margin-bottom: 0.2rem; }
        @media (max-width: 640px) {
          .st-key-side { position: static; max-height: none; }
          .st-key-to-profile { display: block; }
        }
        </style>"""
    )
