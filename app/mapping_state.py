"""What the map page shows: kept in the session while a person changes it, and written into its address."""

from __future__ import annotations

from urllib.parse import quote, unquote

import streamlit as st
from shell import select, selected, touch

from cocommuns_graph.desk import Desk, MapView

TOPIC, AROUND, ALL = "topic", "around", "all"
MOST_STEPS = 4
# The filter by topic is not called so in the address: there `topic` is what a map is drawn around.
FILTERS = {"type": "type", "sector": "sector", "topic": "about", "country": "country", "language": "language"}
NAMES = (
    *("show", "topic", "around", "depth", "expand", "color", "size", "near", "gaps", "from", "to", "chain"),
    *FILTERS.values(),
)
EXPAND, PAIR, CHAIN = "map-expand", "map-pair", "map-chain"


def filter_key(kind: str) -> str:
    """The session's name for the values chosen of a kind of filter."""
    return f"map-filter-{kind}"


def set_view(view: dict[str, str], current: Desk) -> None:
    """Sets everything to what an address asks for, as far as the inventory has it."""
    state, topics, records = st.session_state, current.map_topics(), current.records()
    state["show"] = view["show"] if view.get("show") in (TOPIC, AROUND, ALL) else TOPIC
    first = next(iter(current.busiest_topics()), {"id": None})["id"]
    state["topic"] = view["topic"] if view.get("topic") in topics else first
    around = view.get("around", selected())
    state["around"] = around if around in records else None
    steps = view.get("depth", "1")
    state["depth"] = int(steps) if steps in map(str, range(1, MOST_STEPS + 1)) else 1
    state[EXPAND] = [id_ for id_ in _split(view.get("expand", "")) if id_ in records]
    shades, gaps = current.map_shades(), current.map_gaps()
    state["color"] = view["color"] if view.get("color") in shades else MapView.color
    state["size"] = view["size"] if view.get("size") in shades else ""
    state["gaps"] = view["gaps"] if view.get("gaps") in gaps else ""
    state["near"] = view.get("near") == "yes"
    for kind, name in FILTERS.items():
        state[filter_key(kind)] = _split(view.get(name, ""))
    pair = (view.get("from") or selected(), view.get("to"))
    state[PAIR] = pair if all(id_ in records for id_ in pair) and pair[0] != pair[1] else None
    chain = view.get("chain", "1")
    state[CHAIN] = int(chain) - 1 if chain in ("1", "2", "3") else 0


def hold(current: Desk) -> None:
    """What a level asks for stays known while another one is shown, as far as the inventory has it."""
    state, topics, records = st.session_state, current.map_topics(), current.records()
    held = state.setdefault("map-held", {})
    for name, options in (("topic", topics), ("around", records), ("depth", range(1, MOST_STEPS + 1))):
        value = state[name] if name in state else held.get(name)
        held[name] = state[name] = value if value in options else None if name != "depth" else 1
    for name, otherwise in ((EXPAND, []), (PAIR, None), (CHAIN, 0), ("color", MapView.color), ("size", "")):
        state.setdefault(name, otherwise)
    for name, otherwise in (("gaps", ""), ("near", False), *((filter_key(kind), []) for kind in FILTERS)):
        state.setdefault(name, otherwise)


def shown_view() -> MapView:
    """The view as the desk is asked for it."""
    state = st.session_state
    level = state["show"]
    return MapView(
        topic=state["topic"] if level == TOPIC else None,
        around=state["around"] if level == AROUND else None,
        depth=state["depth"] if level == AROUND else 1,
        expand=tuple(state[EXPAND]) if level != ALL else (),
        color=state["color"],
        size=state["size"],
        chosen=tuple((kind, tuple(state[filter_key(kind)])) for kind in FILTERS),
        near=state["near"],
        gaps=state["gaps"],
        pair=state[PAIR],
        chain=state[CHAIN],
    )


def address(view: MapView) -> dict[str, str | None]:
    """What stands in the address of a view; None where it is as in the beginning."""
    pair = view.pair or (None, None)
    return {
        "show": st.session_state["show"],
        "topic": view.topic,
        "around": view.around,
        "depth": str(view.depth) if view.around else None,
        "expand": _joined(view.expand),
        "color": None if view.color == MapView.color else view.color,
        "size": view.size or None,
        **{name: _joined(view.filters.get(kind, ())) for kind, name in FILTERS.items()},
        "near": "yes" if view.near else None,
        "gaps": view.gaps or None,
        "from": None if pair[0] == selected() else pair[0],
        "to": pair[1],
        "chain": str(view.chain + 1) if view.pair and view.chain else None,
    }


def change_level() -> None:
    """Around a record begins with the chosen one, and a topic with the chosen topic."""
    touch()
    state = st.session_state
    chosen = selected()
    if state["show"] == AROUND and chosen:
        state["around"] = chosen
    state[EXPAND] = []


def centre() -> None:
    """A record chosen as the centre is the one to read about."""
    st.session_state[EXPAND] = []
    select(st.session_state["around"])


def change_topic() -> None:
    """Another topic in the middle."""
    st.session_state[EXPAND] = []
    touch()


def choose(identifier: str | None) -> None:
    """A record chosen on the map; to choose nothing ends the question why two are linked."""
    if identifier is None:
        st.session_state[PAIR] = None
    select(identifier)


def expand(identifier: str) -> None:
    """More around a record: on the map of everything its surroundings, else its neighbours besides, or no
    longer where they were shown already; of the record in the middle one step more."""
    touch()
    state = st.session_state
    if state["show"] == ALL:
        state["show"], state["around"], state["depth"], state[EXPAND] = AROUND, identifier, 1, []
        select(identifier)
    elif state["show"] == AROUND and identifier == state["around"]:
        state["depth"] = min(state["depth"] + 1, MOST_STEPS)
    elif identifier in state[EXPAND]:
        state[EXPAND] = [id_ for id_ in state[EXPAND] if id_ != identifier]
    else:
        state[EXPAND] = [*state[EXPAND], identifier]


def collapse() -> None:
    """Only the neighbourhood itself again."""
    touch()
    st.session_state[EXPAND] = []


def ask_why(a: str, b: str) -> None:
    """The question why two records are linked."""
    st.session_state[PAIR], st.session_state[CHAIN] = (a, b), 0
    select(a)


def end_why() -> None:
    """No longer that question."""
    touch()
    st.session_state[PAIR] = None


def clear_filters() -> None:
    """Everything is shown again."""
    touch()
    for kind in FILTERS:
        st.session_state[filter_key(kind)] = []
    st.session_state["near"] = False


def _split(joined: str) -> list[str]:
    return [unquote(part) for part in joined.split(",") if part]


def _joined(values: tuple[str, ...]) -> str | None:
    return ",".join(quote(value, safe="-_.~:@") for value in values) or None
