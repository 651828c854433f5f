"""Find: who could help with something, and why, with the map beside the answer."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st
from ask_box import ask_box
from keeping import add_to_shortlist, watch_search
from meanings import choose_meaning
from record import profile
from shell import (
    desk,
    is_sample,
    is_sample_at_home,
    look_at_sample,
    plain,
    say,
    select,
    selected,
    titled,
    touch,
)
from viewed import asked, remember
from welcome import stop_if_empty

from cocommuns_graph.desk import live_map

_KINDS = ("expert", "organisation", "initiative")
_FILTERS = ("sector", "country", "place", "languages")
_EVIDENCE = {"direct": "●", "indirect": "◐", "text": "○"}
_SHOWN_REASONS = 2
_EXAMPLES = 6
_MOST_TOPICS = 8
_MAP_HEIGHT = 360
_NOTHING_ASKED: dict[str, Any] = {
    "topics": [],
    "results": [],
    "homonyms": [],
    "why": "",
    "understood": "",
    "verdict": None,
}

current = desk()
stop_if_empty(current)
choices = {name: current.choices(name) for name in _FILTERS}


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["q"] = view.get("q", "")
    state["meant"] = [one for one in view.get("meant", "").split(",") if one]
    state["kind"] = [kind for kind in view.get("kind", "").split(",") if kind in _KINDS]
    for name, options in choices.items():
        state[name] = view.get(name) if view.get(name) in options else None


def _ask(question: str) -> None:
    st.session_state["q"] = question
    st.session_state["meant"] = []
    touch()


def _heading() -> str:
    st.title(say("Who could help?"), anchor=False)
    question = st.session_state.setdefault("q", "")
    ask_box(
        say("A topic, several, or a whole sentence, in any language of the glossary"),
        value=question,
        placeholder=say(
            "trade unions · biens communs · we want to write a charter for the commons with our city"
        ),
        terms=current.completions(),
        key="ask",
        on_ask=_ask,
    )
    return str(question).strip()


def _kind_word(kind: str) -> str:
    words = {
        "expert": say("Experts"),
        "organisation": say("Organisations"),
        "initiative": say("Initiatives"),
    }
    return words[kind]


def _filter_words(name: str) -> tuple[str, str]:
    """What a filter is called, and what it says while nothing is chosen."""
    words = {
        "sector": (say("Sector"), say("Any sector")),
        "country": (say("Country"), say("Any country")),
        "place": (say("Place"), say("Any place")),
        "languages": (say("Language"), say("Any language")),
    }
    return words[name]


def _option(name: str, value: str) -> str:
    if name == "country":
        return say.country(value)
    if name == "languages":
        return _capital(say.language_name(value))
    return _capital(say.choice(value)) if name == "sector" else value


def _option_order(name: str, value: str) -> str:
    return _option(name, value).casefold()


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _narrowing() -> tuple[list[str], dict[str, str | None]]:
    with st.container(horizontal=True, gap="small"):
        kinds = st.multiselect(
            say("Kind"),
            _KINDS,
            key="kind",
            format_func=_kind_word,
            placeholder=say("Any kind"),
            label_visibility="collapsed",
            width=240,
            on_change=touch,
        )
        chosen = {
            name: st.selectbox(
                _filter_words(name)[0],
                sorted(choices[name], key=partial(_option_order, name)),
                key=name,
                format_func=partial(_option, name),
                placeholder=_filter_words(name)[1],
                label_visibility="collapsed",
                width=170,
                on_change=touch,
            )
            for name in _FILTERS
            if choices[name]
        }
    return kinds, chosen


def _beginning() -> None:
    counts = [f"**{say.number(number)}** {plain(word)}" for word, number in current.counts() if number]
    st.markdown(
        say(
            "The inventory holds {counts}. Every answer says why, and where that is written.",
            counts=say.together(counts),
        )
    )
    topics = current.busiest_topics(_EXAMPLES)
    if topics:
        st.caption(say("Ask for one of the topics most spoken of:"))
        with st.container(horizontal=True, gap="small", key="chips-examples"):
            for topic in topics:
                st.button(
                    plain(topic["label"]), key=f"ask-{topic['id']}", on_click=_ask, args=(topic["label"],)
                )
    st.caption(say("Or go on with:"))
    with st.container(horizontal=True, gap="medium"):
        st.page_link("views/import_.py", label=say("Bring in a spreadsheet"), icon=":material/upload_file:")
        st.page_link("views/news.py", label=say("What is new"), icon=":material/newspaper:")
        st.page_link("views/gaps.py", label=say("What is missing"), icon=":material/troubleshoot:")
        if not (is_sample() or is_sample_at_home()):
            st.button(
                say("Look at the sample"),
                icon=":material/travel_explore:",
                on_click=look_at_sample,
                type="tertiary",
                key="to-sample",
            )


def _evidence_words(evidence: str) -> str:
    words = {
        "direct": say("directly linked"),
        "indirect": say("linked through others or a neighbouring topic"),
        "text": say("weak: only words in texts"),
    }
    return f"{_EVIDENCE[evidence]} {words[evidence]}"


def _result(result: dict[str, Any]) -> None:
    is_chosen = result["id"] == selected()
    with st.container(border=True, gap="xsmall"):
        st.button(
            f"**{result['rank']}. {plain(result['name'])}**",
            key=f"row-{result['id']}",
            on_click=select,
            args=(result["id"],),
            type="primary" if is_chosen else "tertiary",
            help=say("Read the profile and see where it is on the map"),
        )
        st.caption(
            f"{titled(result['word'])} · {_evidence_words(result['evidence'])}",
            help=say(
                "How firm the evidence is. Within this answer the rank comes from a score of {score} out of "
                "1, made of {parts}. It does not compare with other questions.",
                score=say.number(result["score"]),
                parts=plain(result["made_of"]),
            ),
        )
        if is_chosen:
            st.container(key="to-profile").markdown(f"[{say('Read the profile below')}](#profile)")
        shown, more = result["reasons"][:_SHOWN_REASONS], result["reasons"][_SHOWN_REASONS:]
        st.markdown("\n".join(map(_reason, shown)))
        if more:
            with st.expander(say.count("{n} more reason", "{n} more reasons", len(more))):
                st.markdown("\n".join(map(_reason, more)))


def _reason(reason: dict[str, Any]) -> str:
    sources = f" :gray[{plain('; '.join(reason['sources']))}]" if reason["sources"] else ""
    return f"- {plain(reason['text'])}{sources}"


def _answer(question: str, kinds: list[str], chosen: dict[str, str | None]) -> dict[str, Any]:
    return current.find(question, **_filters(kinds, chosen))


def _filters(kinds: list[str], chosen: dict[str, str | None]) -> dict[str, Any]:
    return {
        "kinds": kinds,
        "sector": chosen.get("sector"),
        "country": chosen.get("country"),
        "place": chosen.get("place"),
        "language": chosen.get("languages"),
        "meant": st.session_state.get("meant", ()),
    }


def _verdict(verdict: dict[str, Any]) -> None:
    """Why nobody good was found, and who or what is nearest."""
    words = {
        "nobody": (say("Nobody here works on this"), ":material/person_off:"),
        "not-asked": (say("Not known: the records say too little"), ":material/help:"),
        "out-of-date": (say("What is known of it is out of date"), ":material/history_toggle_off:"),
    }
    title, icon = words[verdict["kind"]]
    with st.container(border=True, key="verdict"):
        st.markdown(f"{icon} **{title}**")
        st.markdown(plain(verdict["text"]))
        if verdict["nearest"]:
            st.caption(say("Nearest to it:"))
        for place, near in enumerate(verdict["nearest"]):
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", key=f"chips-near-{place}"
            ):
                is_topic = near["type"] == "Topic"
                st.button(
                    plain(near["name"]),
                    key=f"near-{place}",
                    icon=":material/search:" if is_topic else None,
                    on_click=_ask if is_topic else select,
                    args=(near["name"] if is_topic else near["id"],),
                    help=plain(near["word"]),
                )
                st.caption(plain(near["text"]), width="stretch")


def _results(answer: dict[str, Any]) -> None:
    if answer["topics"]:
        names = list(dict.fromkeys(topic["name"] for topic in answer["topics"]))
        named = " · ".join(f"**{plain(name)}**" for name in names[:_MOST_TOPICS])
        st.markdown(say("Understood as {topics}", topics=named))
    for homonym in answer["homonyms"]:
        choose_meaning(homonym, f"meant-{homonym['asked']}")
    if answer["understood"] and not (answer["homonyms"] and answer["results"]):
        st.caption(plain(answer["understood"]))
    if answer["verdict"]:
        _verdict(answer["verdict"])
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if answer["results"]:
            names = {result["id"]: result["name"] for result in answer["results"]}
            add_to_shortlist(current, names, "found", search=question, filters=_filters(kinds, chosen))
        watch_search(current, question, _filters(kinds, chosen), "watch-this")
    for result in answer["results"]:
        _result(result)
    if not answer["results"]:
        with st.container(horizontal=True, gap="medium"):
            st.page_link("views/glossary.py", label=say("Look in the glossary"), icon=":material/menu_book:")
            st.page_link("views/gaps.py", label=say("See what is missing"), icon=":material/troubleshoot:")


if (view := asked("find", ("q", "meant", "kind", *_FILTERS))) is not None:
    _set(view)
question = _heading()
kinds, chosen = _narrowing()
remember(
    "find", q=question, meant=",".join(st.session_state.get("meant", ())), kind=",".join(kinds), **chosen
)
answer = _answer(question, kinds, chosen) if question else _NOTHING_ASKED
left, right = st.columns([1, 1], gap="medium")
with right, st.container(key="side"):
    map_place = st.container()
    # First of all, since it is what a click on an answer waits for.
    if identifier := selected():
        profile(current, identifier, search=question, filters=_filters(kinds, chosen))
    elif question:
        st.caption(say("Choose an answer, in the list or on the map, to read its profile."))
    else:
        st.caption(say("All of the inventory: choose a record to read its profile."))
with left:
    if question:
        _results(answer)
    else:
        _beginning()
with map_place:
    live_map(
        current.picture(),
        words=current.map_words(),
        highlight=[found["id"] for found in (*answer["results"], *answer["topics"])],
        selected=selected(),
        key="find-map",
        height=_MAP_HEIGHT,
        on_select=select,
    )
