"""Find: who could help with something, and why, with the map beside the answer."""

from __future__ import annotations

from typing import Any

import streamlit as st
from record import profile
from shell import desk, plain, select, selected, touch
from viewed import asked, remember
from welcome import stop_if_empty

from cocommuns_graph.desk import live_map

_KINDS = {"expert": "Experts", "organisation": "Organisations", "initiative": "Initiatives"}
_FILTERS = {
    "sector": "Any sector",
    "country": "Any country",
    "place": "Any place",
    "languages": "Any language",
}
_SHOWN_REASONS = 2
_EXAMPLES = 6
_MAP_HEIGHT = 360
_NOTHING_ASKED: dict[str, Any] = {"topics": [], "results": [], "why": ""}

current = desk()
stop_if_empty(current)
choices = {name: current.choices(name) for name in _FILTERS}


def _set(view: dict[str, str]) -> None:
    st.session_state["q"] = view.get("q", "")
    st.session_state["kind"] = [kind for kind in view.get("kind", "").split(",") if kind in _KINDS]
    for name, options in choices.items():
        st.session_state[name] = view.get(name) if view.get(name) in options else None


def _ask(question: str) -> None:
    st.session_state["q"] = question
    touch()


def _heading() -> str:
    st.title("Who could help?", anchor=False)
    box, button = st.columns([7, 1], vertical_alignment="bottom")
    question = box.text_input(
        "A topic, several, or a whole sentence, in any language of the glossary",
        placeholder="trade unions · biens communs · we want to write a charter for the commons with our city",
        key="q",
        on_change=touch,
    )
    button.button("Find", type="primary", width="stretch", on_click=touch)
    return question.strip()


def _narrowing() -> tuple[list[str], dict[str, str | None]]:
    with st.container(horizontal=True, gap="small"):
        kinds = st.multiselect(
            "Kind",
            list(_KINDS),
            key="kind",
            format_func=_KINDS.__getitem__,
            placeholder="Any kind",
            label_visibility="collapsed",
            width=240,
            on_change=touch,
        )
        chosen = {
            name: st.selectbox(
                words.removeprefix("Any ").capitalize(),
                choices[name],
                key=name,
                placeholder=words,
                label_visibility="collapsed",
                width=190,
                on_change=touch,
            )
            for name, words in _FILTERS.items()
            if choices[name]
        }
    return kinds, chosen


def _beginning() -> None:
    counts = [f"**{number:,}** {plain(word.lower())}" for word, number in current.counts() if number]
    st.markdown(f"The inventory holds {', '.join(counts)}. Every answer says why, and where that is written.")
    topics = current.busiest_topics(_EXAMPLES)
    if topics:
        st.caption("Ask for one of the topics most spoken of:")
        with st.container(horizontal=True, gap="small", key="chips-examples"):
            for topic in topics:
                st.button(
                    plain(topic["label"]), key=f"ask-{topic['id']}", on_click=_ask, args=(topic["label"],)
                )


def _result(result: dict[str, Any]) -> None:
    is_chosen = result["id"] == selected()
    with st.container(border=True, gap="xsmall"):
        heading = st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
        )
        heading.button(
            f"**{result['rank']}. {plain(result['name'])}**",
            key=f"row-{result['id']}",
            on_click=select,
            args=(result["id"],),
            type="primary" if is_chosen else "tertiary",
            help="Read the profile and see where it is on the map",
        )
        heading.caption(
            f"{plain(result['type'].lower())} · {result['score']:.2f}",
            help="From 0 to 1: how many ways of ranking agree, and how clearly; 1 is first by all of them",
            width="content",
        )
        if is_chosen:
            st.container(key="to-profile").markdown("[Read the profile below](#profile)")
        shown, more = result["reasons"][:_SHOWN_REASONS], result["reasons"][_SHOWN_REASONS:]
        st.markdown("\n".join(map(_reason, shown)))
        if more:
            with st.expander(f"{len(more)} more {'reason' if len(more) == 1 else 'reasons'}"):
                st.markdown("\n".join(map(_reason, more)))


def _reason(reason: dict[str, Any]) -> str:
    sources = f" :gray[{plain('; '.join(reason['sources']))}]" if reason["sources"] else ""
    return f"- {plain(reason['text'])}{sources}"


def _answer(question: str, kinds: list[str], chosen: dict[str, str | None]) -> dict[str, Any]:
    return current.find(
        question,
        kinds=kinds,
        sector=chosen.get("sector"),
        country=chosen.get("country"),
        place=chosen.get("place"),
        language=chosen.get("languages"),
    )


def _results(answer: dict[str, Any]) -> None:
    if answer["topics"]:
        named = " · ".join(f"**{plain(topic['label'])}**" for topic in answer["topics"][:8])
        st.markdown(f"Understood as {named}")
    if answer["why"]:
        st.caption(plain(answer["why"]))
    for result in answer["results"]:
        _result(result)


if (view := asked("find", ("q", "kind", *_FILTERS))) is not None:
    _set(view)
question = _heading()
kinds, chosen = _narrowing()
remember("find", q=question, kind=",".join(kinds), **chosen)
answer = _answer(question, kinds, chosen) if question else _NOTHING_ASKED
left, right = st.columns([1, 1], gap="medium")
with left:
    if question:
        _results(answer)
    else:
        _beginning()
with right, st.container(key="side"):
    live_map(
        current.picture(),
        highlight=[found["id"] for found in (*answer["results"], *answer["topics"])],
        selected=selected(),
        key="find-map",
        height=_MAP_HEIGHT,
        on_select=select,
    )
    if identifier := selected():
        profile(current, identifier)
    elif question:
        st.caption("Choose an answer, in the list or on the map, to read its profile.")
    else:
        st.caption("All of the inventory: choose a record to read its profile.")
