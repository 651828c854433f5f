"""What a correction changes or changed, as a reader sees it at once: old and new side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from shell import plain, say, titled

from cocommuns_graph.desk import Edited
from cocommuns_graph.model.errors import CocommunsError

_SAID = ("name", "label", "visibility")


def attempt(work: Callable[[], Edited]) -> Edited | None:
    """What a correction gives; a refusal is shown as a sentence and gives None."""
    try:
        return work()
    except CocommunsError as error:
        st.error(plain(error), icon=":material/error:")
        return None


def changes(done: Edited) -> None:
    """What comes, what goes, what becomes what; then what was left out, and what is worth knowing."""
    for change in done.changes:
        if change["action"] in ("update", "confirm"):
            if change["link"] is not None:
                st.markdown(f"**{plain(' → '.join(change['link']['names']))}**")
            _table(change["changes"])
        elif change["action"] == "create" and change["link"] is None:
            new = say("New {record}: {name}", record=change["word"], name=change["name"])
            st.markdown(f":material/add_circle: {plain(new)}")
            if any(one["property"] not in _SAID for one in change["changes"]):
                _table(change["changes"], new=True)
        else:
            symbol = ":material/remove_circle:" if change["action"] == "remove" else ":material/add_circle:"
            st.markdown(f"{symbol} {plain(change['text'])}")
    for sentence in done.warnings:
        st.warning(plain(sentence), icon=":material/warning:")
    for sentence in done.notes:
        st.info(plain(sentence), icon=":material/info:")


def _table(rows: list[dict[str, Any]], *, new: bool = False) -> None:
    nothing = "—"
    told = []
    for row in rows:
        line = {say("What"): titled(row["word"])}
        if not new:
            line[say("Before")] = plain(row["before_words"]) or nothing
        line[say("Value") if new else say("After")] = plain(row["after_words"]) or nothing
        told.append(line)
    if told:
        st.table(pd.DataFrame(told).set_index(say("What")))
