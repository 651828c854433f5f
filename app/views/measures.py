"""Measures: every actor's numbers in one of the three networks, what each means, and the same as a file."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from record import profile
from shell import desk, plain, select, selected, touch
from viewed import asked, remember
from welcome import stop_if_empty

from cocommuns_graph.desk import Metrics, explained
from cocommuns_graph.model import Visibility

_NETWORKS = {"direct": "Direct ties", "initiatives": "Shared initiatives", "topics": "Shared topics"}
_GROUPS = {"": "nothing", "sector": "sector", "country": "country"}
_WORDS = {"name": "who", "type": "what"}

current = desk()
stop_if_empty(current)


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["network"] = view["network"] if view.get("network") in _NETWORKS else "direct"
    state["by"] = view["by"] if view.get("by") in _GROUPS else ""
    state["directed"] = view.get("directed") == "yes"


def _pick(key: str, ids: list[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    select(ids[rows[0]] if rows else None)


def _table(found: Metrics) -> None:
    """The rows, those with most ties first; a row that is clicked is the record to read about."""
    rows = sorted(found.as_dicts(), key=lambda row: (-row["degree"], row["name"].casefold(), row["id"]))
    means = {one["name"]: one for one in explained()}
    columns: dict[str, Any] = {
        name: st.column_config.Column(
            means[name]["words"] if name in means else _WORDS.get(name, name),
            help=plain(means[name]["meaning"]) if name in means else None,
            pinned=name == "name",
        )
        for name in found.columns
    }
    shown = pd.DataFrame(rows, columns=list(found.columns)).set_index("id", drop=True)
    key, ids = f"measured-{found.network}-{found.direction}-{found.by}", list(shown.index)
    st.dataframe(
        shown,
        hide_index=True,
        column_config=columns,
        height=560,
        key=key,
        on_select=lambda: _pick(key, ids),
        selection_mode="single-row",
    )


def _meanings(found: Metrics) -> None:
    with st.expander("What the columns mean"):
        for one in explained():
            if one["name"] in found.columns:
                st.markdown(f"**{plain(one['words'])}** ({plain(one['name'])}): {plain(one['meaning'])}")
                st.caption(f"{plain(one['formula'])} {plain(one['source'])}")


if (view := asked("measures", ("network", "by", "directed"))) is not None:
    _set(view)
st.title("The network in numbers", anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    network = st.segmented_control(
        "Who is tied to whom",
        list(_NETWORKS),
        key="network",
        format_func=_NETWORKS.__getitem__,
        required=True,
        on_change=touch,
        width="content",
    )
    by = st.selectbox(
        "Between groups of",
        list(_GROUPS),
        key="by",
        format_func=_GROUPS.__getitem__,
        on_change=touch,
        width=180,
    )
    directed = st.toggle(
        "As ties run",
        key="directed",
        on_change=touch,
        disabled=network != "direct",
        help="Read direct ties from their start to their end, not both ways.",
    )
    asked_for: dict[str, Any] = {
        "network": network,
        "directed": directed and network == "direct",
        "by": by or None,
    }
    public = current.for_viewer(Visibility.PUBLIC)
    st.download_button(
        "Save as a table",
        data=lambda: public.metrics_file(**asked_for),
        file_name=f"metrics-{network}.csv",
        mime="text/csv",
        icon=":material/download:",
        help="A csv file that says what it is. It holds what everybody may see.",
        on_click="ignore",
        width="content",
    )
remember("measures", network=network, by=by or None, directed="yes" if asked_for["directed"] else None)
found = current.measure(**asked_for)
for remark in found.remarks():
    st.caption(plain(remark))
table, side = st.columns([7, 3], gap="medium")
with table:
    _table(found)
    _meanings(found)
with side:
    if identifier := selected():
        profile(current, identifier)
    else:
        st.info("Click a row to read about it.", icon=":material/person_search:")
