"""Find: who could help with something, and why, with the map beside the answer."""

from __future__ import annotations

from typing import Any

import streamlit as st
from shell import desk, parameter, plain, profile, remember, select, selected, stop_if_empty, told

from cocommuns_graph.desk import live_map

_KINDS = {"expert": "Experts", "organisation": "Organisations", "initiative": "Initiatives"}
_SHOWN_REASONS = 3

with told():
    current = desk()
stop_if_empty(current)

st.title("Who could help?", anchor=False)
st.caption("Ask for a topic, several, or a whole sentence, in any language of the glossary.")

question = st.text_input(
    "Topic or sentence",
    value=parameter("q"),
    placeholder="trade unions · biens communs · we want to write a reciprocity contract with our city",
    key="question",
)
with st.expander("Narrow it down", expanded=any(map(parameter, ("kind", "sector", "country", "language")))):
    one, two, three, four, five = st.columns(5)
    kinds = one.multiselect(
        "Kind",
        list(_KINDS),
        default=[kind for kind in parameter("kind").split(",") if kind in _KINDS],
        format_func=lambda kind: _KINDS[kind],
        placeholder="All",
    )
    filters: dict[str, str | None] = {}
    for column, name, words in (
        (two, "sector", "Sector"),
        (three, "country", "Country"),
        (four, "place", "Place"),
        (five, "languages", "Language"),
    ):
        with told():
            options = current.choices(name)
        asked = "language" if name == "languages" else name
        given = parameter(asked)
        filters[asked] = column.selectbox(
            words,
            options,
            index=options.index(given) if given in options else None,
            placeholder="Any" if options else "None recorded",
            disabled=not options,
        )
remember(q=question, kind=",".join(kinds), **filters)


def _result(result: dict[str, Any]) -> None:
    with st.container(border=True):
        name, score = st.columns([5, 1], vertical_alignment="center")
        name.button(
            f"**{result['rank']}. {plain(result['name'])}**",
            key=f"result-{result['id']}",
            on_click=select,
            args=(result["id"],),
            type="tertiary",
        )
        score.caption(f"{result['type'].lower()} · {result['score']:.2f}")
        shown, more = result["reasons"][:_SHOWN_REASONS], result["reasons"][_SHOWN_REASONS:]
        st.markdown("\n".join(_reason(reason) for reason in shown))
        if more:
            with st.expander(f"{len(more)} more {'reason' if len(more) == 1 else 'reasons'}"):
                st.markdown("\n".join(_reason(reason) for reason in more))


def _reason(reason: dict[str, Any]) -> str:
    sources = f" :gray[({plain('; '.join(reason['sources']))})]" if reason["sources"] else ""
    return f"- {plain(reason['text'])}{sources}"


if not question.strip():
    st.info("Type what you need help with; every answer says why.", icon=":material/lightbulb:")
    st.stop()

with told():
    answer = current.find(question, kinds=kinds, **filters)

left, right = st.columns([1, 1], gap="large")
with left:
    if answer["topics"]:
        named = " · ".join(f"**{plain(topic['label'])}**" for topic in answer["topics"][:8])
        st.markdown(f"Understood as {named}")
    if answer["why"]:
        st.caption(plain(answer["why"]))
    for result in answer["results"]:
        _result(result)
with right:
    found = [result["id"] for result in answer["results"]]
    topics = [topic["id"] for topic in answer["topics"]]
    with told():
        picture = current.picture()
    live_map(
        picture,
        highlight=[*found, *topics],
        selected=selected(),
        key="find-map",
        height=520,
        on_select=select,
    )
    if chosen := selected():
        profile(current, chosen)
    else:
        st.caption("The map shows these answers; choose one there or in the list to read its profile.")
