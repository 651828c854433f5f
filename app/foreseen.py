"""What an import would do, row by row and cell by cell, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st
from shell import say

_HEIGHT = 420
_FEW = 11


def row_by_row(preview: Mapping[str, Any]) -> None:
    """One table of what would come, change, stay or go, chosen by kind and narrowed by a word."""
    words = {
        "alike": say("Looks like one that is there"),
        "changed": say("Cells that change"),
        "created": say("New records"),
        "linked": say("New links"),
        "removed": say("Removed"),
        "rejected": say("Rejected"),
        "unchanged": say("Left alone"),
    }
    kinds = [kind for kind in words if preview[kind]["total"]]
    if not kinds:
        return
    st.markdown(f"**{say('Row by row')}**")
    if not preview["alike"]["compared"]:
        st.caption(
            say("There are too many records to look for likenesses now; look for duplicates afterwards.")
        )
    _table(preview, {kind: words[kind] for kind in kinds})


@st.fragment
def _table(preview: Mapping[str, Any], words: Mapping[str, str]) -> None:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        kind = st.segmented_control(
            say("What happens"),
            list(words),
            key="preview-kind",
            format_func=lambda kind: f"{words[kind]} ({say.number(preview[kind]['total'])})",
            default=next(iter(words)),
            required=True,
        )
        wanted = st.text_input(
            say("Only rows with"), key="preview-words", placeholder=say("a name, a value, a line"), width=260
        )
    some = preview[kind]
    frame = pd.DataFrame([_line(kind, one) for one in some["shown"]])
    if wanted.strip():
        frame = frame[_holding(frame, wanted)]
    few = len(frame) < _FEW
    st.dataframe(frame, hide_index=True, width="stretch", height="auto" if few else _HEIGHT)
    shown = len(some["shown"])
    if wanted.strip():
        st.caption(say("{n} of {all} rows", n=len(frame), all=shown))
    if some["total"] > shown:
        st.caption(
            say(
                "The first {n} of {all} are listed; each is written all the same.", n=shown, all=some["total"]
            )
        )


def _holding(frame: pd.DataFrame, wanted: str) -> Any:
    """Which rows have a cell with every word in it, whatever the capitals."""
    text = frame.astype(str).agg("\n".join, axis=1).str.casefold()
    found = pd.Series(True, index=frame.index)
    for word in wanted.casefold().split():
        found &= text.str.contains(word, regex=False)
    return found


def _line(kind: str, one: Mapping[str, Any]) -> dict[str, str]:
    line: dict[str, str] = {}
    if "path" in one:
        line = {say("File"): one["path"], say("Line"): str(one["row"] or "")}
    match kind:
        case "created":
            return {
                say("Kind"): one["word"],
                say("Name"): one["name"],
                say("What is known"): one["text"],
                **line,
            }
        case "linked":
            return {say("Link"): one["text"], **line}
        case "changed":
            return {
                say("Name"): one["name"],
                say("Property"): one["word"],
                say("Now"): one["before_words"],
                say("Then"): one["after_words"],
                **line,
                say("Column"): one["column"],
            }
        case "alike":
            return {
                say("Name"): one["name"],
                say("Looks like"): one["other_name"],
                say("Where that is"): say("in the inventory")
                if one["is_known"]
                else say("also in these files"),
                say("How likely"): say.percent(one["score"]),
                say("Why"): " ".join(reason["text"] for reason in one["reasons"]),
                **line,
            }
        case "rejected":
            return {say("Reason"): one["reason"], **line}
    return {say("Name"): one["name"], **line}
