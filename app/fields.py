"""The fields of a form that the model declares, as widgets, and what was typed into them."""

from __future__ import annotations

from typing import Any

import streamlit as st
from shell import plain, say, titled

Field = dict[str, Any]
Typed = str | list[str]
_LINES = ("list", "contact")
_CHOSEN = ("choice", "country", "yes-or-no")
_WIDE = ("prose", "list", "contact", "choices")


def shown(field: Field) -> Typed:
    """What a field's widget shows for the value it has."""
    value = field["value"]
    items = value if isinstance(value, list) else [] if value is None else [value]
    if field["kind"] in _LINES:
        return "\n".join(map(str, items))
    if field["kind"] in ("languages", "choices"):
        return [str(item) for item in items]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def widget(field: Field, key: str, typed: Typed | None = None) -> Typed:
    """A field's widget and what stands in it; `typed` is put there in place of the value it has."""
    begin = shown(field) if typed is None else typed
    label = _label(field["word"]) + (" *" if field["required"] else "")
    help_ = plain(_help(field)) or None
    kind = field["kind"]
    if kind in _CHOSEN:
        return _choose(field, key, str(begin), label, help_)
    if kind in ("languages", "choices"):
        return _choose_several(field, key, list(begin), label, help_)
    if kind == "prose":
        return st.text_area(label, value=str(begin), key=key, help=help_, height=110) or ""
    if kind in _LINES:
        text = st.text_area(
            label, value=str(begin), key=key, help=help_, height=80, placeholder=say("one on each line")
        )
        return text or ""
    hint = {"date": "2016-12-05", "url": "https://"}.get(kind)
    return st.text_input(label, value=str(begin), key=key, help=help_, placeholder=hint) or ""


def _label(words: str) -> str:
    """The words over a field; they are read aloud escapes and all, so without any where none is due."""
    if all(character.isalnum() or character in " ()" for character in words):
        return words[:1].upper() + words[1:]
    return titled(words)


def entered(field: Field, typed: Typed) -> Typed:
    """What the desk is given for what stands in a widget: the lines of a list one by one."""
    if field["kind"] in _LINES and isinstance(typed, str):
        return [line.strip() for line in typed.splitlines() if line.strip()]
    return typed


def is_wide(field: Field) -> bool:
    """Whether a field takes the whole width of a form."""
    return field["kind"] in _WIDE


def _help(field: Field) -> str:
    parts = [field["description"]]
    if (
        field["kind"] not in ("text", "prose", *_LINES, *_CHOSEN, "languages", "choices")
        and field["accepted"]
    ):
        parts.append(say("Accepted: {what}.", what=field["accepted"]))
    if field["visible_to"] != "public":
        parts.append(say("Seen by {whom} and above.", whom=say.choice(field["visible_to"])))
    return " ".join(part for part in parts if part)


def _words(field: Field, present: list[str]) -> dict[str, str]:
    words = {choice["value"]: choice["word"] for choice in field["choices"]}
    return {**words, **{value: value for value in present if value and value not in words}}


def _choose(field: Field, key: str, begin: str, label: str, help_: str | None) -> str:
    words = _words(field, [begin])
    options = list(words) if field["name"] == "visibility" else ["", *words]
    return str(
        st.selectbox(
            label,
            options,
            index=options.index(begin) if begin in options else 0,
            key=key,
            help=help_,
            format_func=lambda value: words.get(value, "—"),
        )
    )


def _choose_several(field: Field, key: str, begin: list[str], label: str, help_: str | None) -> list[str]:
    words = _words(field, begin)
    return list(
        st.multiselect(
            label,
            list(words),
            default=begin,
            key=key,
            help=help_,
            format_func=lambda value: words.get(value, value),
            placeholder=say("none chosen"),
        )
    )
