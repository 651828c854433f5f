"""What every page shares: the desk, how text and errors are shown, the chosen record."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import streamlit as st
from looks import dress

from cocommuns_graph.desk import (
    IS_SAMPLE,
    Desk,
    Wording,
    languages,
    markdown_text,
    open_desk,
    open_sample,
    wording,
)
from cocommuns_graph.model.errors import CocommunsError

SELECTED = "selected"
TOUCHED = "touched"
LANGUAGE = "lang"
INVENTORY = "in"
_SAMPLE = "sample"
_LOG = logging.getLogger("cocommuns.app")
_IN_ADDRESSES = "%/:?#@!&+,;=~-._"


@st.cache_resource(max_entries=1, show_spinner=False)
def _desk(home: str) -> Desk:
    return open_desk()


@st.cache_resource(max_entries=1, show_spinner=False)
def _sample_desk() -> Desk:
    return open_sample()


def desk() -> Desk:
    """The desk of the inventory this person looks at, in their language; opened once for all who look."""
    if is_sample():
        with st.spinner(say("Opening the sample ...")):
            return _sample_desk().speaking(language()).glancing()
    with st.spinner(say("Opening the inventory ...")):
        return _desk(os.environ.get("COCOMMUNS_HOME", "")).speaking(language()).glancing()


def language() -> str:
    """The language of the screen: what was chosen or stands in the address, else the browser's."""
    state = st.session_state
    if (asked := st.query_params.get(LANGUAGE)) and asked != state.get("asked-language"):
        state["asked-language"] = asked
        state[LANGUAGE] = wording(asked).language
    if LANGUAGE not in state:
        state[LANGUAGE] = wording(st.context.locale or "").language
    return str(state[LANGUAGE])


# Each drawing of a page has a thread of its own; a page says a few hundred things.
_DRAWING = threading.local()


def begin() -> None:
    """Finds the language of this drawing of a page, once for all that it says."""
    _DRAWING.wording = wording(language())


class _Say:
    """The words of the screen in the language of whoever looks: `say("Find")`, `say.count(...)`."""

    def __call__(self, text: str, /, **values: object) -> str:
        return self._wording()(text, **values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wording(), name)

    @staticmethod
    def _wording() -> Wording:
        # A part that Streamlit draws again alone begins without the page.
        found: Wording | None = getattr(_DRAWING, "wording", None)
        return found or wording(language())


say = _Say()


def is_sample() -> bool:
    """Whether the sample is looked at beside one's own inventory."""
    state = st.session_state
    asked = st.query_params.get(INVENTORY)
    if asked != state.get("asked-inventory"):
        state["asked-inventory"] = asked
        if asked:
            state[INVENTORY] = asked
    return state.get(INVENTORY) == _SAMPLE


def is_sample_at_home() -> bool:
    """Whether one's own inventory is the sample, so that there is no other to look at."""
    return os.environ.get(IS_SAMPLE) == "1"


def look_at_sample(yes: bool = True) -> None:
    """Turns to the sample, or back to one's own inventory."""
    st.session_state[INVENTORY] = _SAMPLE if yes else None
    st.session_state["asked-inventory"] = st.query_params.get(INVENTORY)
    for key in [key for key in st.session_state if str(key).startswith("viewed-")]:
        del st.session_state[key]
    select(None)


def kept_in_addresses() -> dict[str, str]:
    """What every address carries beside its view: a language other than the browser's, the sample."""
    kept = {}
    if language() != wording(st.context.locale or "").language:
        kept[LANGUAGE] = language()
    if is_sample():
        kept[INVENTORY] = _SAMPLE
    return kept


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
            say(
                "Something went wrong on our side; what happened is in logs/app.log of the "
                "inventory's folder."
            ),
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


def choose_language() -> None:
    """The choice of the screen's language, at the top of every page."""
    names = languages()

    def chosen() -> None:
        st.session_state[LANGUAGE] = st.session_state["language-choice"]
        touch()

    st.session_state["language-choice"] = language()
    with st.container(key="settings"):
        st.selectbox(
            say("Language"),
            list(names),
            key="language-choice",
            format_func=names.__getitem__,
            label_visibility="collapsed",
            on_change=chosen,
        )


def look() -> None:
    """Dresses the page for the language of the screen."""
    dress(language())
