"""Charts of measures: ranked bars, how values are spread, two measures against each other.

Drawn by the Vega that comes with Streamlit. Every chart has its text alternative; the page's table says the
same in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from cocommuns_graph.model.look import LIGHT, SERIES

_PICK = "pick"
_LABELS = {"labelLimit": 260}
_OTHERS = LIGHT["edge"]
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "circle")
Points = Sequence[dict[str, Any]]


def ranked(
    points: Points,
    title: str,
    legend: str,
    other: str,
    chosen: str | None,
    alt: str,
    on_choose: Callable[[str | None], None],
) -> None:
    """Bars of a measure, the highest first, coloured by group; a click on one chooses the actor."""
    groups, data = _grouped(points, other)
    names = [point["name"] for point in points]
    spec = {
        "mark": {"type": "bar", "cornerRadiusEnd": 2},
        "height": {"step": 22},
        "encoding": {
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": names,
                "title": None,
                "axis": {"labelLimit": 260},
            },
            "x": {"field": "x", "type": "quantitative", "title": title},
            "color": _color(groups, legend, other),
            "opacity": _opacity(chosen),
            "tooltip": _tooltip(title, None, legend),
        },
    }
    _drawn(data, spec, "ranked", alt, on_choose)


def spread(bins: Sequence[dict[str, Any]], title: str, actors: str, alt: str) -> None:
    """How many actors have which value."""
    spec = {
        "mark": {"type": "bar", "color": SERIES[0]},
        "encoding": {
            "x": {
                "field": "label",
                "type": "ordinal",
                "sort": None,
                "title": title,
                "axis": {"labelAngle": -40 if any(len(one["label"]) > 4 for one in bins) else 0},
            },
            "y": {"field": "actors", "type": "quantitative", "title": actors, "axis": {"tickMinStep": 1}},
            "tooltip": [
                {"field": "label", "type": "nominal", "title": title},
                {"field": "actors", "type": "quantitative", "title": actors},
            ],
        },
    }
    st.vega_lite_chart(pd.DataFrame(bins), spec, alt=alt)


def against(
    points: Points,
    titles: tuple[str, str],
    legend: str,
    other: str,
    chosen: str | None,
    alt: str,
    on_choose: Callable[[str | None], None],
) -> None:
    """Each actor as a point by two measures, coloured and shaped by group; a click chooses the actor."""
    groups, data = _grouped(points, other)
    shown = [*groups, other] if len(groups) < len({point["group"] for point in points}) else groups
    spec = {
        "mark": {"type": "point", "filled": True, "size": 90},
        "height": 420,
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "title": titles[0]},
            "y": {"field": "y", "type": "quantitative", "title": titles[1]},
            "color": _color(groups, legend, other),
            "shape": {
                "field": "group",
                "type": "nominal",
                "title": legend,
                "scale": {"domain": shown, "range": list(_SHAPES[: len(shown)])},
            },
            "opacity": _opacity(chosen),
            "tooltip": _tooltip(*titles, legend),
        },
    }
    _drawn(data, spec, "against", alt, on_choose)


def _grouped(points: Points, other: str) -> tuple[list[str], pd.DataFrame]:
    """The largest groups, as many as there are colours, and the points with all others in one."""
    counts = Counter(point["group"] for point in points if point["group"])
    largest = [group for group, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    kept = largest[: len(SERIES)]
    data = pd.DataFrame(points)
    if len(data):
        data["group"] = [point["group"] if point["group"] in kept else other for point in points]
    return kept, data


def _color(groups: Sequence[str], legend: str, other: str) -> dict[str, Any]:
    return {
        "field": "group",
        "type": "nominal",
        "title": legend,
        "scale": {"domain": [*groups, other], "range": [*SERIES[: len(groups)], _OTHERS]},
        "legend": {"orient": "top", "columns": 4, "labelLimit": 180},
    }


def _opacity(chosen: str | None) -> dict[str, Any]:
    if chosen is None:
        return {"value": 0.9}
    return {
        "condition": {"test": {"field": "id", "equal": chosen}, "value": 1},
        "value": 0.4,
    }


def _tooltip(x: str, y: str | None, legend: str) -> list[dict[str, str]]:
    told = [
        {"field": "name", "type": "nominal", "title": " "},
        {"field": "group", "type": "nominal", "title": legend},
        {"field": "x", "type": "quantitative", "title": x},
    ]
    return [*told, {"field": "y", "type": "quantitative", "title": y}] if y else told


def _drawn(
    data: pd.DataFrame,
    spec: dict[str, Any],
    name: str,
    alt: str,
    on_choose: Callable[[str | None], None],
) -> None:
    spec["params"] = [{"name": _PICK, "select": {"type": "point", "fields": ["id"]}}]
    key = f"chart-{name}"
    st.vega_lite_chart(
        data,
        spec,
        alt=alt,
        key=key,
        selection_mode=_PICK,
        on_select=lambda: on_choose(_picked(key)),
    )


def _picked(key: str) -> str | None:
    picked = st.session_state[key]["selection"].get(_PICK) or []
    return str(picked[0]["id"]) if picked and "id" in picked[0] else None
