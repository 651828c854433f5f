"""What is new: new records and links, changes and removals since a time, in words, by who wrote them."""

from __future__ import annotations

from typing import Any

import streamlit as st
from record import profile
from shell import desk, plain, say, select, selected, touch
from times import SINCE, moment, spoken
from viewed import asked, remember
from welcome import stop_if_empty

_PRESETS = SINCE[1:]
_CHIPS = 12
_SENTENCES = 8

current = desk()
stop_if_empty(current)


def _group(group: dict[str, Any], key: str) -> None:
    st.markdown(f"**{plain(group['title'])}**")
    items = group["items"][: _CHIPS if group["kind"] == "records" else _SENTENCES]
    if group["kind"] == "records":
        with st.container(horizontal=True, gap="xsmall", key=f"chips-{key}"):
            for number, item in enumerate(items):
                st.button(plain(item["text"]), key=f"{key}-{number}", on_click=select, args=(item["id"],))
    else:
        st.markdown("\n".join(f"- {plain(item['text'])}" for item in items))
    if group["total"] > len(items):
        st.caption(say("and {n} more", n=group["total"] - len(items)))


def _unit(unit: dict[str, Any], number: int) -> None:
    with st.container(border=True, key=f"unit-{number}"):
        st.header(plain(unit["text"]), anchor=False)
        st.caption(moment(unit["when"]))
        for place, group in enumerate(unit["groups"]):
            _group(group, f"news-{number}-{place}")


def _totals(totals: dict[str, int]) -> str:
    parts = [
        say.count("{n} new record", "{n} new records", totals["records"]),
        say.count("{n} new link", "{n} new links", totals["links"]),
        say.count("{n} change", "{n} changes", totals["changed"]),
        say.count("{n} confirmation", "{n} confirmations", totals["confirmed"]),
        say.count("{n} removal", "{n} removals", totals["removed"]),
    ]
    return say.together([part for part, number in zip(parts, totals.values(), strict=True) if number])


if (view := asked("news", ("since",))) is not None:
    st.session_state["news-since"] = view["since"] if view.get("since") in _PRESETS else "7 days"
st.title(say("What is new"), anchor=False)
since = st.segmented_control(
    say("Look back to"),
    _PRESETS,
    key="news-since",
    format_func=spoken,
    required=True,
    on_change=touch,
    width="content",
)
remember("news", since=since)
found = current.news(since)
if found["why"]:
    st.info(plain(found["why"]), icon=":material/history:")
    st.stop()
st.markdown(plain(_totals(found["totals"])))
told, side = st.columns([7, 3], gap="medium")
with told:
    for number, unit in enumerate(found["units"]):
        _unit(unit, number)
    if found["more"]:
        st.caption(say("and {n} earlier times somebody wrote: the page History tells all", n=found["more"]))
with side, st.container(key="side"):
    if identifier := selected():
        profile(current, identifier)
    else:
        st.info(say("Click a name to read about it."), icon=":material/person_search:")
