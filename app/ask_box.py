"""The box to ask in: free text, completed from the glossary in all of its languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import streamlit as st
from shell import say

_NAME = "cocommuns_ask"
_HERE = Path(__file__).parent


@cache
def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def ask_box(
    label: str,
    *,
    value: str,
    placeholder: str,
    terms: Sequence[tuple[str, str, str]],
    key: str,
    on_ask: Callable[[str], None],
) -> None:
    """A text box with a button; while somebody types it offers terms.

    Args:
        label: what may be asked; read out with the box.
        value: the question the page answers; it is put into the box when it changes.
        placeholder: examples, seen while the box is empty.
        terms: what is offered: a term, the name of its language, the topic it is a term of
            (`Desk.completions`).
        key: by it the box stays the same from run to run.
        on_ask: called with the question when somebody presses Enter or the button or takes a term.
    """

    def asked() -> None:
        report = st.session_state.get(key)
        found = report.get("asked") if isinstance(report, Mapping) else None
        if isinstance(found, Mapping) and isinstance(found.get("text"), str):
            on_ask(found["text"])

    mount = st.components.v2.component(
        _NAME, html='<div class="ask"></div>', css=_text("ask_box.css"), js=_text("ask_box.js")
    )
    mount(
        key=key,
        data={
            "label": label,
            "value": value,
            "placeholder": placeholder,
            "terms": [list(term) for term in terms],
            "words": {
                "ask": say("Find"),
                "clear": say("Clear the question"),
                "none": say("No term of the glossary begins so"),
                "one": say("{n} term; choose with the arrow keys", n="1"),
                "many": say("{n} terms; choose with the arrow keys", n="{n}"),
            },
        },
        on_asked_change=asked,
        height="content",
    )
