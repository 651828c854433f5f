"""A list to choose one record from: a table whose chosen row is the one the page tells of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st


def listing(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    columns: Mapping[str, Any],
    chosen: str | None,
    on_choose: Callable[[str | None], None],
    *,
    says: str,
    height: int = 460,
) -> None:
    """Shows rows, each with an `id`, under the headings of `columns`; a click or the space bar chooses one.

    `columns` tells by the name of a value what stands above it, as text or as a column of
    `st.column_config`; `says` is what the table is, for who hears it. The chosen row is marked also where it
    was chosen elsewhere on the page. Values are shown as they are: a table draws text and nothing else.
    """
    ids = [row["id"] for row in rows]
    table(
        name,
        pd.DataFrame(rows, columns=list(columns)),
        ids,
        columns,
        chosen,
        on_choose,
        says=says,
        height=height,
    )


def table(
    name: str,
    frame: pd.DataFrame,
    ids: list[str],
    columns: Mapping[str, Any],
    chosen: str | None,
    on_choose: Callable[[str | None], None],
    *,
    says: str,
    height: int,
) -> None:
    """The same for a table that is there already, `ids` being those of its rows."""
    key = f"list-{name}-{hash(tuple(ids))}"
    _mark(key, ids, chosen)
    st.dataframe(
        frame,
        hide_index=True,
        column_config=dict(columns),
        height=min(height, 38 + 35 * max(1, len(frame))),
        key=key,
        on_select=lambda: on_choose(_picked(key, ids)),
        selection_mode="single-row",
        placeholder="",
        alt=says,
    )


def _mark(key: str, ids: list[str], chosen: str | None) -> None:
    wanted = [ids.index(chosen)] if chosen in ids else []
    state = st.session_state.get(key)
    marked = list(state["selection"]["rows"]) if state else []
    if marked != wanted:
        st.session_state[key] = {"selection": {"rows": wanted, "columns": [], "cells": []}}


def _picked(key: str, ids: list[str]) -> str | None:
    rows = st.session_state[key]["selection"]["rows"]
    return ids[rows[0]] if rows else None
