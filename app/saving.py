"""What a page gives as files, behind one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from shell import say

_KINDS = {
    "html": "text/html",
    "csv": "text/csv",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "graphml": "application/xml",
    "gexf": "application/xml",
    "json": "application/json",
}


@dataclass(frozen=True)
class File:
    """A file to save: what it is, its name with its ending, what makes it once it is asked for."""

    label: str
    name: str
    make: Callable[[], bytes]


def save(key: str, files: Sequence[File], what: str = "") -> None:
    """A button that opens a choice of files; `what` says what they hold, beside that everybody may see it."""
    with st.popover(say("Save"), icon=":material/download:", width="content", key=f"save-{key}"):
        for file in files:
            ending = file.name.rsplit(".", 1)[-1]
            st.download_button(
                file.label,
                data=file.make,
                file_name=file.name,
                mime=_KINDS[ending],
                icon=":material/download:",
                on_click="ignore",
                width="stretch",
                key=f"save-{key}-{file.name}",
            )
        told = say("These files hold what everybody may see, and say when and from what they were made.")
        st.caption(f"{what} {told}".strip())
