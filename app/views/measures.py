"""Measures: every actor's numbers in one of the three networks, as a table, as charts, and what they mean."""

from __future__ import annotations

from typing import Any

import charts
import streamlit as st
from listing import table
from record import profile
from saving import File, save
from shell import desk, plain, say, select, selected, titled, touch
from viewed import asked, remember
from ways import way_to_map
from welcome import stop_if_empty

from cocommuns_graph.desk import Metrics
from cocommuns_graph.model import Visibility, fold

_TABLE, _RANKED, _SPREAD, _AGAINST = "table", "ranking", "distribution", "comparison"
_MOST_RANKED = 25
_PLACES = ("network", "by", "directed", "view", "x", "y", "name")

current = desk()
stop_if_empty(current)
groups = current.groupings()
NETWORKS = {
    "direct": say("Direct ties"),
    "initiatives": say("Shared initiatives"),
    "topics": say("Shared topics"),
}
VIEWS = {
    _TABLE: say("Table"),
    _RANKED: say("Ranking"),
    _SPREAD: say("Distribution"),
    _AGAINST: say("Two measures"),
}


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["network"] = view["network"] if view.get("network") in NETWORKS else "direct"
    state["by"] = view["by"] if view.get("by") in groups else None
    state["directed"] = view.get("directed") == "yes"
    state["view"] = view["view"] if view.get("view") in VIEWS else _TABLE
    state["x"], state["y"] = view.get("x", "betweenness"), view.get("y", "constraint")
    state["name"] = view.get("name", "")


def _network() -> dict[str, Any]:
    """What `Desk.measure` is asked for."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        network = st.segmented_control(
            say("Who is tied to whom"),
            list(NETWORKS),
            key="network",
            format_func=NETWORKS.__getitem__,
            required=True,
            on_change=touch,
            width="content",
        )
        by = st.selectbox(
            say("Between groups of one"),
            list(groups),
            key="by",
            format_func=lambda name: titled(groups[name]),
            placeholder=say("no groups"),
            help=say("Adds the E-I index and the five roles of brokers between groups."),
            on_change=touch,
            width=210,
        )
        directed = st.toggle(
            say("As ties run"),
            key="directed",
            on_change=touch,
            disabled=network != "direct",
            help=say("Read direct ties from their start to their end, not both ways."),
        )
        wanted = {"network": network, "directed": directed and network == "direct", "by": by}
        _files(wanted)
    return wanted


def _files(wanted: dict[str, Any]) -> None:
    public = current.for_viewer(Visibility.PUBLIC)
    if wanted["by"] is not None and wanted["by"] not in public.groupings():
        st.caption(say("Not everybody may see these groups, so there is no file to save."), width="content")
        return
    save(
        "metrics",
        [
            File(
                say("Table for a spreadsheet"),
                f"metrics-{wanted['network']}.csv",
                lambda: public.metrics_file(**wanted),
            )
        ],
    )


def _hold(measures: dict[str, dict[str, str]]) -> None:
    """A measure stays chosen while another view is shown, as far as this table has it."""
    state = st.session_state
    held = state.setdefault("measures-held", {"x": "betweenness", "y": "constraint", "name": ""})
    for name in held:
        held[name] = state.get(name, held[name])
        if name != "name" and held[name] not in measures:
            held[name] = "degree"
        state[name] = held[name]


def _measure(label: str, key: str, measures: dict[str, dict[str, str]]) -> str:
    return str(
        st.selectbox(
            label,
            list(measures),
            key=key,
            format_func=lambda name: titled(measures[name]["words"]),
            on_change=touch,
            width=210,
        )
    )


def _rows(found: Metrics, columns: list[dict[str, str]]) -> None:
    """The table; a row that is clicked is the record to read about."""
    frame = current.measure_frame(found)
    if wanted := fold(st.session_state["name"]):
        frame = frame[[wanted in fold(name) for name in frame["name"]]]
    st.caption(say.count("{n} actor", "{n} actors", len(frame)))
    headings: dict[str, Any] = {
        "name": st.column_config.TextColumn(say("Who"), pinned=True),
        "type": st.column_config.TextColumn(say("What")),
    }
    for one in columns:
        headings[one["name"]] = st.column_config.NumberColumn(
            titled(one["words"]).replace("\\", ""), help=plain(one["meaning"]), format="localized"
        )
    if not len(frame):
        st.info(say("No actor has a name like that."), icon=":material/search_off:")
        return
    table(
        f"{found.network}-{found.direction}-{found.by}",
        frame,
        list(frame.index),
        headings,
        selected(),
        select,
        says=say("The network in numbers"),
        height=560,
    )


def _ranking(found: Metrics, x: str, measures: dict[str, dict[str, str]], by: str) -> None:
    points = current.measure_points(found, x, by=by)
    shown = points[:_MOST_RANKED]
    if not shown:
        st.info(say("The measure is defined for nobody here."), icon=":material/info:")
        return
    st.caption(
        say("The {n} highest of {all}.", n=len(shown), all=len(points)) + " " + say("The table has them all.")
    )
    words = measures[x]["words"]
    first = say.together([f"{point['name']} ({say.number(point['x'])})" for point in shown[:5]])
    charts.ranked(
        shown,
        words,
        groups.get(by, ""),
        say("other or unknown"),
        selected(),
        say("Bars of {measure}, the highest first: {first}.", measure=words, first=first),
        select,
    )


def _distribution(found: Metrics, x: str, measures: dict[str, dict[str, str]]) -> None:
    spread = current.measure_spread(found, x)
    st.caption(plain(spread["text"]))
    if spread["bins"]:
        charts.spread(spread["bins"], measures[x]["words"], say("actors"), spread["text"])


def _comparison(found: Metrics, x: str, y: str, measures: dict[str, dict[str, str]], by: str) -> None:
    told = current.measures_together(found, x, y)
    st.caption(plain(told))
    points = current.measure_points(found, x, y, by=by)
    if points:
        charts.against(
            points,
            (measures[x]["words"], measures[y]["words"]),
            groups.get(by, ""),
            say("other or unknown"),
            selected(),
            told,
            select,
        )


def _computed(found: Metrics, columns: list[dict[str, str]], shown: list[str]) -> None:
    """What the numbers mean and where they come from, those that are shown first."""
    with st.expander(say("How this was computed, and what it means")):
        for one in sorted(columns, key=lambda one: one["name"] not in shown):
            st.markdown(f"**{titled(one['words'])}** ({plain(one['name'])}): {plain(one['meaning'])}")
            st.caption(plain(f"{one['formula'][:1].upper()}{one['formula'][1:]}. {one['source']}"))
        st.markdown(f"**{say('This table')}**")
        origin = current.measure_origin(found).items()
        st.caption("  \n".join(f"{plain(word)}: {plain(value)}" for word, value in origin))


if (view := asked("measures", _PLACES)) is not None:
    _set(view)
st.title(say("The network in numbers"), anchor=False)
st.caption(say("How each actor is placed: who is central, who bridges, who stands apart."))
wanted = _network()
found = current.measure(**wanted)
columns = current.measure_columns(found)
measures = {one["name"]: one for one in columns if one["scale"] == "number"}
_hold(measures)
state = st.session_state
for remark in found.told(current.say):
    st.caption(plain(remark))
left, right = st.columns([7, 3], gap="medium")
with left:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        how = st.segmented_control(
            say("Show as"),
            list(VIEWS),
            key="view",
            format_func=VIEWS.__getitem__,
            required=True,
            on_change=touch,
            width="content",
        )
        if how == _TABLE:
            st.text_input(
                say("Name"), key="name", placeholder=say("part of a name"), on_change=touch, width=240
            )
        else:
            x = _measure(say("Measure"), "x", measures)
        if how == _AGAINST:
            y = _measure(say("Against"), "y", measures)
    by = wanted["by"] or ("sector" if "sector" in groups else "")
    if how == _TABLE:
        _rows(found, columns)
    elif how == _RANKED:
        _ranking(found, x, measures, by)
    elif how == _SPREAD:
        _distribution(found, x, measures)
    else:
        _comparison(found, x, y, measures, by)
    charted = [] if how == _TABLE else [x, y] if how == _AGAINST else [x]
    _computed(found, columns, charted)
remember(
    "measures",
    network=wanted["network"],
    by=wanted["by"],
    directed="yes" if wanted["directed"] else None,
    view=how if how != _TABLE else None,
    x=state["x"] if charted else None,
    y=state["y"] if how == _AGAINST else None,
    name=state["name"].strip() if how == _TABLE else None,
)
with right:
    if identifier := selected():
        way_to_map(identifier)
        profile(current, identifier)
    else:
        st.info(say("Click a row or a bar to read about it."), icon=":material/person_search:")
