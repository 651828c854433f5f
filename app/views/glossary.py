"""Glossary: what a word means here, in which languages, to whom, and who works with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from listing import listing
from record import profile
from saving import File, save
from shell import desk, language, plain, say, select, selected, titled, touch
from viewed import asked, remember
from ways import people, topic_chips, ways_from_topic
from welcome import stop_if_empty

from cocommuns_graph.model import Visibility
from cocommuns_graph.model.errors import NotFound

_TERM = "glossary-term"
_KINDS = ("field", "skill", "term", "challenge")
_PLACES = ("q", "words", "kind", "letter", "term")
_MOST_BESIDE = 3

current = desk()
stop_if_empty(current)
LANGUAGES = current.glossary(language())["languages"] or [language()]


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["q"] = view.get("q", "")
    usual = language() if language() in LANGUAGES else LANGUAGES[0]
    state["words"] = view["words"] if view.get("words") in LANGUAGES else usual
    state["kind"] = view["kind"] if view.get("kind") in _KINDS else None
    state["letter"] = view.get("letter")
    state[_TERM] = view.get("term")


def _open(identifier: str | None) -> None:
    st.session_state[_TERM] = identifier
    select(identifier)


def _controls() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            say("A word, or how it begins, in any language"),
            placeholder="syndicats · bien · Genossensch",
            key="q",
            on_change=touch,
            icon=":material/search:",
        )
        st.selectbox(
            say("Words in"),
            LANGUAGES,
            key="words",
            format_func=lambda code: titled(say.language_name(code)),
            on_change=touch,
            width=170,
        )
        st.selectbox(
            say("Kind"),
            list(_KINDS),
            key="kind",
            format_func=lambda kind: titled(say.choice(kind)),
            placeholder=say("Any kind"),
            on_change=touch,
            width=170,
        )
        _files(st.session_state["words"])


def _files(words: str) -> None:
    public = current.for_viewer(Visibility.PUBLIC)
    save(
        "glossary",
        [
            File(
                say("Page to print"),
                f"glossary-{words}.html",
                lambda: public.glossary_file("html", language=words),
            ),
            File(
                say("Table for a spreadsheet"),
                f"glossary-{words}.csv",
                lambda: public.glossary_file("csv", language=words),
            ),
        ],
        say("All terms, whatever is chosen here."),
    )


def _letters(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the letter that is chosen, below a choice of those there are."""
    letters = sorted({row["letter"] for row in rows})
    if st.session_state["letter"] not in letters:
        st.session_state["letter"] = None
    letter = st.pills(
        say("Letter"), letters, key="letter", label_visibility="collapsed", on_change=touch, width="stretch"
    )
    return [row for row in rows if letter in (None, row["letter"])]


def _list(rows: list[dict[str, Any]], question: str) -> None:
    columns: dict[str, Any] = {
        "shown": st.column_config.TextColumn(say("Term"), width=190 if question else 240),
        "found_as": st.column_config.TextColumn(say("Found as"), width=170),
        "users": st.column_config.NumberColumn(
            say("Used by"), help=say("How many are linked to it"), width=80
        ),
    }
    if not question:
        columns.pop("found_as")
    st.caption(say.count("{n} term", "{n} terms", len(rows)))
    listing("terms", rows, columns, st.session_state[_TERM], _open, says=say("Glossary"))


def _nothing(question: str, kind: str | None) -> None:
    if question:
        st.info(
            say(
                "No term begins so in any language, nor is one spelt nearly so. Try a shorter beginning, "
                "or ask for it in Find, which reads whole sentences."
            ),
            icon=":material/search_off:",
        )
        st.page_link(
            "views/find.py",
            label=say("Ask in Find"),
            icon=":material/search:",
            query_params={"q": question},
        )
    elif kind:
        st.info(say("The glossary has no term of this kind yet."), icon=":material/info:")
    else:
        st.info(
            say("The inventory has no topic yet. Topics come with a sheet, from its column for topics."),
            icon=":material/info:",
        )
        st.page_link("views/import_.py", label=say("Bring in a spreadsheet"), icon=":material/upload_file:")


def _entry(found: Mapping[str, Any], beside: int) -> None:
    """A term with its meanings, so many of them beside each other."""
    meanings = found["meanings"]
    st.header(plain(found["term"]), anchor="term")
    if len(meanings) > 1:
        st.markdown(
            say.count(
                "This word means {n} different thing here; ask which one is meant.",
                "This word means {n} different things here; ask which one is meant.",
                len(meanings),
            )
        )
    for start in range(0, len(meanings), beside):
        row = meanings[start : start + beside]
        for number, (place, one) in enumerate(zip(st.columns(len(row)), row, strict=True), start + 1):
            with place, st.container(border=True, key=f"meaning-{one['id']}"):
                _meaning(one, number, len(meanings))


def _meaning(one: Mapping[str, Any], number: int, of: int) -> None:
    told = [say("meaning {number} of {of}", number=number, of=of)] if of > 1 else []
    told += [one["kind"]] if one["kind"] else []
    if told:
        st.caption(titled(" · ".join(told)))
    for definition in one["definitions"][:1]:
        st.markdown(plain(definition["text"]))
    if others := one["definitions"][1:]:
        st.markdown("  \n".join(f":small[**{titled(o['language'])}:** {plain(o['text'])}]" for o in others))
    if not one["definitions"]:
        st.caption(say("Nobody has written down what it means yet."))
    if one["context"]:
        st.markdown(f"**{say('Used so by')}:** {plain(say.together(one['context']))}")
    ways_from_topic(one["id"], one["term"])
    if labels := "  \n".join(map(_label, one["labels"])):
        st.markdown(labels)
    for name, title in (
        ("broader", say("Part of")),
        ("narrower", say("Includes")),
        ("related", say("See also")),
    ):
        topic_chips(title, one[name], f"{name}-{one['id']}", _open)
    _users(one)
    if one["sources"]:
        st.caption(say("Sources: {sources}", sources=plain("; ".join(one["sources"]))))


def _label(label: Mapping[str, Any]) -> str:
    also = plain(", ".join(label["also"]))
    words = plain(label["text"]) or also
    more = f" · {say('also')} {also}" if also and label["text"] else ""
    return f"**{titled(label['language'] or say('in no known language'))}:** {words}{more}"


def _users(one: Mapping[str, Any]) -> None:
    if not one["uses"]:
        st.caption(say("Nobody in the inventory is linked to this term yet."))
    for place, use in enumerate(one["uses"]):
        st.markdown(f"**{titled(use['text'])}**")
        people(use["users"], f"use-{one['id']}-{place}", lambda user: user["details"])


if (view := asked("glossary", _PLACES)) is not None:
    _set(view)
st.title(say("Glossary"), anchor=False)
st.caption(say("What a word means here, in which languages, to whom, and who works with it."))
_controls()
state = st.session_state
question, words = state["q"].strip(), state["words"]
rows = [row for row in current.terms(question, language=words) if state["kind"] in (None, row["kind"])]
rows = rows if question else _letters(rows)
if question and state[_TERM] is None and rows:
    _open(rows[0]["id"])
remember(
    "glossary", q=question, words=words, kind=state["kind"], letter=state.get("letter"), term=state[_TERM]
)
if not rows:
    _nothing(question, state["kind"])
chosen = state[_TERM]
reads_other = selected() not in (None, chosen)
left, middle, *right = st.columns([3, 4, 3] if reads_other else [3, 7], gap="medium")
with left:
    if rows:
        _list(rows, question)
with middle:
    if chosen:
        try:
            _entry(current.term(chosen, language=words), 1 if reads_other else _MOST_BESIDE)
        except NotFound:
            st.warning(say("The glossary has no term {id} (any more): choose another.", id=plain(chosen)))
    elif rows:
        st.info(
            say("Choose a term to read what it means and who works with it."), icon=":material/menu_book:"
        )
if reads_other and (identifier := selected()):
    with right[0]:
        profile(current, identifier)
