"""Team: the smallest team that covers a brief, what each member adds and why, and what nobody covers."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st
from meanings import choose_meaning
from record import profile
from saving import File, save
from shell import desk, plain, say, select, selected, titled, touch
from viewed import asked, remember
from welcome import stop_if_empty

from cocommuns_graph.model import Visibility

_FACETS = ("languages", "country", "sector")
_ARGUMENTS = {"languages": "languages", "country": "countries", "sector": "sectors"}
_MOST_MEMBERS = 20
_EXAMPLES = 3

current = desk()
stop_if_empty(current)
choices = {name: current.choices(name) for name in _FACETS}


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["needs"] = view.get("needs", "")
    state["meant"] = [one for one in view.get("meant", "").split(",") if one]
    for name in _FACETS:
        state[f"team-{name}"] = [one for one in view.get(name, "").split(",") if one in choices[name]]
    size = view.get("size", "")
    state["size"] = int(size) if size.isdecimal() and 0 < int(size[:6]) <= _MOST_MEMBERS else None
    state["fair"] = view.get("load") != "ignored"


def _option(name: str, value: str) -> str:
    if name == "country":
        return say.country(value)
    word = say.language_name(value) if name == "languages" else say.choice(value)
    return word[:1].upper() + word[1:]


def _facet(name: str) -> list[str]:
    if not choices[name]:
        return []
    words = {
        "languages": (say("Languages"), say("Any language")),
        "country": (say("Countries"), say("Any country")),
        "sector": (say("A voice of each sector"), say("Any sector")),
    }
    label, placeholder = words[name]
    return st.multiselect(
        label,
        sorted(choices[name], key=lambda value: _option(name, value).casefold()),
        key=f"team-{name}",
        format_func=partial(_option, name),
        placeholder=placeholder,
        on_change=touch,
        width=240,
    )


def _brief() -> tuple[list[str], dict[str, Any]]:
    """The needs, one a line, and what else the team is asked for."""
    text = st.text_area(
        say("What is needed, one a line"),
        key="needs",
        height=140,
        on_change=touch,
        placeholder=say("Topics, or a sentence that names several, in any language of the glossary"),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        facets: dict[str, Any] = {_ARGUMENTS[name]: _facet(name) for name in _FACETS}
        facets["size"] = st.number_input(
            say("At most so many members"),
            min_value=1,
            max_value=_MOST_MEMBERS,
            key="size",
            placeholder=say("as it takes"),
            on_change=touch,
            width=190,
        )
        facets["fair"] = st.toggle(
            say("Spare those asked often"),
            key="fair",
            on_change=touch,
            help=say(
                "Where two teams are equally good, take the one whose members are asked less often: it "
                "counts as commitments what they take part in that is not over and the shortlists they "
                "are on."
            ),
        )
        st.button(say("Put a team together"), type="primary", on_click=touch, key="put-together")
    return [line.strip() for line in text.splitlines() if line.strip()], facets


def _examples() -> None:
    topics = [topic["label"] for topic in current.busiest_topics(_EXAMPLES)]
    if not topics:
        return
    st.info(
        say("Write what the work needs, and the team that covers it comes here."), icon=":material/groups:"
    )

    def fill() -> None:
        st.session_state["needs"] = "\n".join(topics)
        touch()

    listed = say.together([plain(topic) for topic in topics])
    st.button(say("Try it with {topics}", topics=listed), on_click=fill, key="try-team")


def _member(member: dict[str, Any]) -> None:
    with st.container(border=True, gap="xsmall"):
        _name(member, "row")
        busy = say.count("{n} commitment already", "{n} commitments already", member["load"])
        st.caption(f"{titled(member['word'])} · {busy}")
        st.markdown("\n".join(map(_reason, member["reasons"])))


def _name(member: dict[str, Any], key: str) -> None:
    st.button(
        f"**{plain(member['name'])}**",
        key=f"{key}-{member['id']}",
        on_click=select,
        args=(member["id"],),
        type="primary" if member["id"] == selected() and key == "row" else "tertiary",
        help=say("Read the profile"),
    )


def _reason(reason: dict[str, Any]) -> str:
    sources = f" :gray[{plain('; '.join(reason['sources']))}]" if reason["sources"] else ""
    need = _need(reason["kind"], reason["name"])
    return f"- {say('**{property}:** {value}', property=need, value=plain(reason['text']))}{sources}"


def _need(kind: str, name: str) -> str:
    """What a need is called; of a language, a country or a sector with the word for what it is."""
    words = {"language": say("Language"), "country": say("Country"), "sector": say("Sector")}
    return f"{words[kind]} {plain(name)}" if kind in words else titled(name)


def _missing(found: dict[str, Any]) -> None:
    if not found["missing"]:
        return
    st.header(say("Nobody covers this"), anchor=False)
    for one in found["missing"]:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f":material/person_off: **{_need(one['kind'], one['name'])}**  \n{plain(one['why'])}")
            for near in one["nearest"]:
                st.caption(say("Nearest: {text}", text=plain(near["text"])))
            if one["kind"] in ("topic", "text"):
                st.page_link(
                    "views/find.py",
                    label=say("Look for it alone"),
                    icon=":material/search:",
                    query_params={"q": one["need"]},
                )
    st.page_link("views/gaps.py", label=say("See what is missing"), icon=":material/troubleshoot:")


def _others(found: dict[str, Any]) -> None:
    if not found["alternatives"]:
        if found["members"]:
            st.caption(say("No other team covers anything more or else."))
        return
    st.header(say("Other teams"), anchor=False)
    for place, (column, other) in enumerate(
        zip(st.columns(len(found["alternatives"]), gap="small"), found["alternatives"], strict=True)
    ):
        with column, st.container(border=True, gap="xsmall", height="stretch"):
            for member in other["members"]:
                _name(member, f"other-{place}")
                st.caption(plain(say.together(member["names"])))
            names = {one["need"]: one["name"] for one in (*found["covered"], *found["missing"])}
            if other["uncovered"]:
                left = say.together([plain(names[need]) for need in other["uncovered"]])
                st.caption(say("without {needs}", needs=left))


def _files(needs: list[str], wanted: dict[str, Any]) -> None:
    public = current.for_viewer(Visibility.PUBLIC)
    save(
        "team",
        [
            File(say("Page to print"), "team.html", lambda: public.team_file("html", needs, **wanted)),
            File(
                say("Table for a spreadsheet"), "team.csv", lambda: public.team_file("csv", needs, **wanted)
            ),
        ],
        say("The team is put together again from what everybody may see, so it can be another one."),
    )


if (view := asked("team", ("needs", "meant", *_FACETS, "size", "load"))) is not None:
    _set(view)
state = st.session_state
st.title(say("Who covers it together?"), anchor=False)
st.caption(say("The smallest team for a brief: what each adds, why, and what nobody covers."))
needs, wanted = _brief()
remember(
    "team",
    needs="\n".join(needs),
    meant=",".join(state.get("meant", ())),
    languages=",".join(wanted["languages"]),
    country=",".join(wanted["countries"]),
    sector=",".join(wanted["sectors"]),
    size=str(wanted["size"]) if wanted["size"] else None,
    load=None if wanted["fair"] else "ignored",
)
left, right = st.columns([7, 3], gap="medium")
with left:
    if needs or any(wanted[name] for name in _ARGUMENTS.values()):
        wanted["meant"] = state.get("meant", [])
        found = current.team(needs, **wanted)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(plain(found["summary"]))
            if found["members"]:
                _files(needs, wanted)
        for homonym in found["homonyms"]:
            choose_meaning(homonym, f"team-meant-{homonym['asked']}")
        for member in found["members"]:
            _member(member)
        _missing(found)
        _others(found)
    else:
        _examples()
with right:
    if identifier := selected():
        profile(current, identifier)
    else:
        st.info(say("Choose a member to read their profile."), icon=":material/person_search:")
