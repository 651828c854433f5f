"""Duplicates: records that may be one, side by side; merged into one, or remembered as two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import by_person
import streamlit as st
from changed import changes
from record import profile
from shell import desk, plain, say, select, selected, titled, touch
from viewed import asked, remember
from welcome import stop_if_empty

from cocommuns_graph.model import MODEL
from cocommuns_graph.model.errors import CocommunsError

_PAIR = "twins-pair"
_DONE = "twins-done"
_MOST = 200
_LONGEST = 60
_FIRM = 0.9

current = desk()
stop_if_empty(current)
words = {declared.label: say.words(declared.plural) for declared in MODEL.public_types}


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["twins-kind"] = view["kind"] if view.get("kind") in words else None
    state["twins-weak"] = view.get("weak") == "yes"
    state[_PAIR] = (view["a"], view["b"]) if view.get("a") and view.get("b") else None


def _controls() -> tuple[str | None, bool]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = st.segmented_control(
            say("Kind of record"),
            list(words),
            key="twins-kind",
            format_func=lambda label: titled(words[label]),
            on_change=touch,
            width="content",
        )
        weak = st.toggle(say("Also unlikely pairs"), key="twins-weak", on_change=touch)
    return kind, weak


def _likely(score: float) -> str:
    return say("very likely") if score >= _FIRM else say("likely") if score >= 0.7 else say("unlikely")


def _choose(pairs: list[dict[str, Any]]) -> dict[str, Any]:
    """The pair to look at: that of the address, else the likeliest."""
    by_ids = {(pair["a"], pair["b"]): pair for pair in pairs}
    state = st.session_state
    if state.get(_PAIR) not in by_ids:
        state[_PAIR] = next(iter(by_ids))
    st.selectbox(
        say.count("{n} pair to look at", "{n} pairs to look at", len(pairs)),
        list(by_ids),
        key=_PAIR,
        format_func=lambda ids: f"{' = '.join(by_ids[ids]['names'])} · {_likely(by_ids[ids]['score'])}",
        on_change=touch,
    )
    return by_ids[state[_PAIR]]


def _reasons(pair: dict[str, Any]) -> None:
    for reason in pair["reasons"]:
        symbol = ":material/remove:" if reason["against"] else ":material/add:"
        st.markdown(f"{symbol} {plain(reason['text'])}")


def _beside(pair: dict[str, Any]) -> None:
    """The two records side by side, and what one decides of them."""
    turned = st.session_state.get(f"twins-stays-{pair['a']}-{pair['b']}") == pair["b"]
    kept, gone = (pair["b"], pair["a"]) if turned else (pair["a"], pair["b"])
    told = current.side_by_side(kept, gone)
    names = {told["a"]: told["names"][0], told["b"]: told["names"][1]}
    with st.container(border=True, key="twins"):
        st.header(plain(" = ".join(pair["names"])), anchor=False)
        _reasons(pair)
        left, right = st.columns(2, gap="medium")
        for column, identifier in ((left, told["a"]), (right, told["b"])):
            with column, st.container(horizontal=True, vertical_alignment="center"):
                st.button(
                    plain(names[identifier]),
                    key=f"open-{identifier}",
                    icon=":material/badge:",
                    type="tertiary",
                    on_click=select,
                    args=(identifier,),
                )
                st.caption(plain(identifier))
        wins = _fields(told, kept, gone)
        st.radio(
            say("Which record stays, with its id"),
            [pair["a"], pair["b"]],
            key=f"twins-stays-{pair['a']}-{pair['b']}",
            format_func=lambda one: f"{names[one]} ({one})",
            on_change=touch,
        )
        st.caption(
            say(
                "Links, sources and lists of both are kept. An import that names the other id means this one."
            )
        )
        _decide(pair, kept, gone, wins)


def _fields(told: dict[str, Any], kept: str, gone: str) -> dict[str, Any]:
    """Field by field what each says and what stays; where they disagree one chooses."""
    wins: dict[str, Any] = {}
    for field in told["fields"]:
        if field["a"] == field["b"]:
            continue
        values = {"a": field["a"], "b": field["b"]}
        is_long = max(map(len, values.values())) > _LONGEST
        if is_long or not field["may_choose"]:
            st.markdown(f"**{titled(field['word'])}**")
            for column, value in zip(st.columns(2, gap="medium"), values.values(), strict=True):
                column.markdown(plain(value) or "—")
        if field["may_choose"]:
            chosen = st.segmented_control(
                titled(field["word"]),
                list(values),
                default="b" if field["wins"] == "b" else "a",
                key=f"wins-{kept}-{gone}-{field['name']}",
                format_func=lambda side, values=values: plain(_short(values[side])),
                required=True,
                label_visibility="collapsed" if is_long else "visible",
            )
            wins[field["name"]] = chosen
    return wins


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _decide(pair: dict[str, Any], kept: str, gone: str, wins: dict[str, Any]) -> None:
    who = by_person.ask_who("twins-who")
    with st.container(horizontal=True, gap="small"):
        merges = st.button(say("They are one: merge"), type="primary", icon=":material/merge:", key="merge")
        parts = st.button(say("They are two"), icon=":material/call_split:", key="two")
    if merges:
        _do(lambda: {"merged": current.merge(kept, gone, wins=wins, who=who)})
    if parts:
        _do(lambda: {"two": current.not_duplicate(pair["a"], pair["b"], who=who), "names": pair["names"]})


def _do(work: Callable[[], dict[str, Any]]) -> None:
    """Writes something and shows the page anew, or says why not."""
    try:
        st.session_state[_DONE] = work()
    except CocommunsError as error:
        st.error(plain(error), icon=":material/error:")
        return
    st.session_state.pop(_PAIR, None)
    select(None)
    touch()
    st.rerun()


def _said() -> None:
    """What was decided last, and the way back."""
    done = st.session_state.get(_DONE)
    if done is None:
        return
    if "undone" in done:
        st.success(say("It is as it was before."), icon=":material/undo:")
        return
    with st.container(border=True, key="said"):
        if "two" in done:
            one, other = map(plain, done["names"])
            st.success(
                say("{a} and {b} stay two; this is remembered.", a=one, b=other), icon=":material/call_split:"
            )
        else:
            st.success(say("They are one record now."), icon=":material/merge:")
            with st.expander(say("What changed")):
                changes(done["merged"])
        if st.button(say("Undo"), icon=":material/undo:", key="undo"):
            _do(lambda: _undo(done))


def _undo(done: dict[str, Any]) -> dict[str, Any]:
    who = by_person.who() or None
    if "two" in done:
        current.maybe_duplicate(done["two"]["a"], done["two"]["b"], who=who)
    else:
        current.undo(done["merged"].report["import_id"], who=who)
    return {"undone": True}


def _decided() -> None:
    """All that was decided, each to be taken back."""
    found = current.decided()
    if not found:
        return
    with st.expander(say.count("{n} decision", "{n} decisions", len(found)), icon=":material/fact_check:"):
        for number, one in enumerate(found[:_MOST]):
            a, b = map(plain, one["names"])
            with st.container(
                horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
            ):
                if one["decision"] == "merged":
                    text = say(
                        "{b} is part of {a} since {day} ({who}).",
                        a=a,
                        b=b,
                        day=_day(one),
                        who=plain(one["who"]),
                    )
                else:
                    text = say(
                        "{a} and {b} are two since {day} ({who}).",
                        a=a,
                        b=b,
                        day=_day(one),
                        who=plain(one["who"]),
                    )
                st.markdown(text)
                if st.button(say("Take back"), key=f"back-{number}", icon=":material/undo:", type="tertiary"):
                    _do(lambda one=one: _take_back(one))


def _take_back(one: dict[str, Any]) -> dict[str, Any]:
    if one["decision"] == "merged":
        current.undo(one["unit"], who=by_person.who() or None)
    else:
        current.maybe_duplicate(one["a"], one["b"], who=by_person.who() or None)
    return {"undone": True}


def _day(one: dict[str, Any]) -> str:
    return plain(say.date(one["when"][:10]))


if (view := asked("duplicates", ("kind", "weak", "a", "b"))) is not None:
    _set(view)
st.title(say("Duplicates"), anchor=False)
st.markdown(say("Which records may be one and the same, and why? Look at both, then decide."))
kind, weak = _controls()
pairs = current.duplicates([kind] if kind else (), threshold=0.5 if weak else None, limit=_MOST)
left, right = st.columns([7, 3], gap="large")
with left:
    _said()
    if pairs:
        _beside(_choose(pairs))
    else:
        st.info(
            say("No two records look like one. After the next import, look here again."),
            icon=":material/done_all:",
        )
        st.page_link("views/import_.py", label=say("Import"), icon=":material/upload_file:")
    _decided()
pair = st.session_state.get(_PAIR) if pairs else None
remember(
    "duplicates",
    kind=kind,
    weak="yes" if weak else None,
    a=pair[0] if pair else None,
    b=pair[1] if pair else None,
)
with right:
    if selected():
        profile(current, str(selected()))
