"""Gaps: what is missing in the network, why that matters, what could be done, and who should meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from record import profile
from saving import File, save
from shell import desk, language, plain, say, select, selected, titled, touch
from viewed import asked, remember
from ways import way_to_map
from welcome import stop_if_empty

from cocommuns_graph.model import Visibility

_MEET = "meet"
_STEP = 10
_MOST_SUBJECTS = 6
_ON_MAP = {
    _MEET: "meet",
    "cut-point": "holders",
    "bridge": "holders",
    "topic-without-expert": "topics",
    "topic-on-one": "topics",
    "isolate": "isolated",
}
_SHADE = {"high": "green", "medium": "blue", "low": "gray"}

current = desk()
stop_if_empty(current)
groups = current.groupings()


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["by"] = view["by"] if view.get("by") in groups else None
    state["kind"] = view.get("kind")
    state["shown"] = int(view["shown"]) if view.get("shown", "").isdecimal() else _STEP


def _controls() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            say("Families are actors of one"),
            list(groups),
            key="by",
            format_func=lambda name: titled(groups[name]),
            placeholder=say("sector, else country"),
            help=say("What makes the families between which gaps and introductions are looked for."),
            on_change=touch,
            width=260,
        )
        _files(st.session_state["by"])


def _files(by: str | None) -> None:
    public = current.for_viewer(Visibility.PUBLIC)
    if by is not None and by not in public.groupings():
        st.caption(say("Not everybody may see these families, so there are no files to save."))
        return
    save(
        "gaps",
        [
            File(say("Report to print"), f"gaps-{language()}.html", lambda: public.gaps_file("html", by=by)),
            File(say("All tables for a spreadsheet"), "gaps.zip", lambda: public.gaps_file("zip", by=by)),
        ],
    )


def _search(by: str | None) -> dict[str, Any]:
    """The report, with a bar while it is computed; leaving the page or asking for another ends that."""
    place = st.empty()

    def progress(share: float, what: str) -> None:
        place.progress(share, text=say("Looking for gaps: {what} ...", what=plain(what)))

    found = current.gap_report(by=by, progress=progress)
    place.empty()
    return found


def _choice(found: Mapping[str, Any]) -> str | None:
    """The kind that is shown, chosen among all that was looked for; none is the overview."""
    counts = {_MEET: (say("Who should meet"), len(found["introductions"]))}
    counts |= {kind["name"]: (kind["title"], kind["count"]) for kind in found["kinds"]}
    if st.session_state["kind"] not in counts:
        st.session_state["kind"] = None
    return st.pills(
        say("What is missing"),
        list(counts),
        key="kind",
        format_func=lambda name: f"{plain(counts[name][0])} · {say.number(counts[name][1])}",
        on_change=_from_the_start,
        wrap=True,
    )


def _from_the_start() -> None:
    st.session_state["shown"] = _STEP
    touch()


def _overview(found: Mapping[str, Any]) -> None:
    st.header(say("What to act on first"), anchor=False)
    st.markdown("\n".join(f"1. **{plain(one['about'])}** {plain(one['text'])}" for one in found["headlines"]))
    with st.expander(say("How to read this")):
        for sentence in (*found["method"], *found["limits"]):
            st.markdown(f"- {plain(sentence)}")


def _to_map(kind: str, identifier: str | None = None) -> None:
    if kind in _ON_MAP:
        st.page_link(
            "views/map.py",
            label=say("Show all of these on the map"),
            icon=":material/hub:",
            query_params={
                "show": "all",
                "gaps": _ON_MAP[kind],
                **({"id": identifier} if identifier else {}),
            },
        )


def _kind(kind: Mapping[str, Any], gaps: Sequence[Mapping[str, Any]]) -> None:
    st.markdown(f"**{plain(kind['question'])}** {plain(kind['why'])}")
    _to_map(kind["name"])
    if not gaps:
        st.info(plain(kind["nothing"]), icon=":material/check_circle:")
    for place, gap in enumerate(gaps[: st.session_state["shown"]], 1):
        _gap(gap, place)
    _more(len(gaps))
    with st.expander(say("How this was computed")):
        st.markdown(plain(kind["method"]))


def _gap(gap: Mapping[str, Any], place: int) -> None:
    with st.container(border=True, gap="xsmall", key=f"gap-{gap['id']}"):
        st.markdown(f"{place}. **{plain(gap['title'])}**")
        if gap["suggestion"]:
            st.markdown(f":material/lightbulb: {plain(gap['suggestion'])}")
        _names(gap["subjects"], gap["id"])
        st.badge(plain(gap["confidence_word"]), color=_SHADE[gap["confidence"]])
        st.caption(plain(f"{gap['basis']} {gap['firm']}"))


def _names(subjects: Sequence[Mapping[str, str]], key: str) -> None:
    if not subjects:
        return
    with st.container(horizontal=True, gap="xsmall", key=f"chips-{key}"):
        for place, one in enumerate(subjects[:_MOST_SUBJECTS]):
            st.button(plain(one["name"]), key=f"{key}-{place}", on_click=select, args=(one["id"],))
        if (left := len(subjects) - _MOST_SUBJECTS) > 0:
            st.caption(say.count("and {n} more", "and {n} more", left), width="content")


def _meetings(found: Mapping[str, Any]) -> None:
    st.markdown(
        say(
            "Two actors of different families who have to do with the same topic and are not linked. The "
            "first are those who share most; each says what they share and what the tie would change."
        )
    )
    _to_map(_MEET)
    introductions = found["introductions"]
    if not introductions:
        st.info(
            say("Nobody was found: no two actors of different families share a topic without being linked."),
            icon=":material/check_circle:",
        )
    for place, one in enumerate(introductions[: st.session_state["shown"]], 1):
        _meeting(one, place)
    _more(len(introductions))


def _meeting(one: Mapping[str, Any], place: int) -> None:
    key = f"meet-{'-'.join(person['id'] for person in one['people'])}"
    names = [
        f"{person['name']} ({person['family']})" if person["family"] else person["name"]
        for person in one["people"]
    ]
    with st.container(border=True, gap="xsmall", key=f"gap-{key}"):
        st.markdown(f"{place}. **{plain(say('{a} and {b}', a=names[0], b=names[1]))}**")
        st.markdown("\n".join(f"- {plain(reason)}" for reason in one["reasons"]))
        st.markdown(f":material/trending_up: {plain(one['effect'])}")
        _names(one["people"], key)
        if len(one["chain"]) > 2:
            through = say.together([person["name"] for person in one["chain"][1:-1]])
            st.markdown(f":material/handshake: {plain(say('Could be introduced by {who}.', who=through))}")
        if one["firm"]:
            st.caption(plain(one["firm"]))


def _more(total: int) -> None:
    left = total - st.session_state["shown"]
    if left > 0:
        st.button(
            say.count("Show more ({n} left)", "Show more ({n} left)", left),
            key="more",
            on_click=_show_more,
            icon=":material/expand_more:",
        )


def _show_more() -> None:
    st.session_state["shown"] += 2 * _STEP
    touch()


if (view := asked("gaps", ("by", "kind", "shown"))) is not None:
    _set(view)
st.title(say("Gaps"), anchor=False)
st.caption(say("What is missing in the network, why that matters, what could be done, and who should meet."))
_controls()
state = st.session_state
left, right = st.columns([7, 3], gap="medium")
with left:
    found = _search(state["by"])
    st.markdown(plain(found["summary"]))
    chosen = _choice(found)
    shown = str(state["shown"]) if chosen and state["shown"] != _STEP else None
    remember("gaps", by=state["by"], kind=chosen, shown=shown)
    if chosen is None:
        _overview(found)
    elif chosen == _MEET:
        _meetings(found)
    else:
        kinds = {kind["name"]: kind for kind in found["kinds"]}
        _kind(kinds[chosen], found["gaps"][chosen])
with right, st.container(key="side"):
    if identifier := selected():
        way_to_map(identifier)
        profile(current, identifier)
    else:
        st.info(say("Click a name to read about it."), icon=":material/person_search:")
