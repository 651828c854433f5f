"""Questions: those that are asked again and again, each a form; the answer is a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from listing import listing
from record import profile
from saving import File, save
from shell import desk, plain, say, select, selected, titled, touch
from viewed import asked, remember
from ways import way_to_map
from welcome import stop_if_empty

from cocommuns_graph.desk import Desk
from cocommuns_graph.model import Visibility

_VALUES = "question-values"
_PREFIX = "with-"
_LONG, _WIDEST = 36, 260

current = desk()
stop_if_empty(current)
forms = {form["name"]: form for form in current.question_forms()}
parameters = sorted({parameter["name"] for form in forms.values() for parameter in form["parameters"]})


def _widget(name: str, parameter: str) -> str:
    return f"ask-{name}-{parameter}"


def _set(view: dict[str, str]) -> None:
    state = st.session_state
    state["question"] = view["question"] if view.get("question") in forms else None
    values = {name: view[f"{_PREFIX}{name}"] for name in parameters if f"{_PREFIX}{name}" in view}
    state[_VALUES] = values if state["question"] else None
    if form := forms.get(state["question"] or ""):
        _fill(form, values)
        if not values and any(parameter["required"] for parameter in form["parameters"]):
            state[_VALUES] = None


def _fill(form: Mapping[str, Any], values: Mapping[str, str]) -> None:
    """Puts values, or what stands for those not given, into the fields of a form."""
    for parameter in form["parameters"]:
        key = _widget(form["name"], parameter["name"])
        st.session_state[key] = _as_entered(parameter, values.get(parameter["name"], parameter["default"]))


def _as_entered(parameter: Mapping[str, Any], text: str) -> Any:
    options = _options(current, parameter)
    if options is not None:
        return text if text in options else None
    if parameter["input"] not in ("integer", "number"):
        return text
    try:
        return int(text) if parameter["input"] == "integer" else float(text)
    except ValueError:
        return None


def _options(current: Desk, parameter: Mapping[str, Any]) -> dict[str, str] | None:
    """What may be chosen, by value; None where it is typed."""
    kind, label = parameter["input"], parameter["label"]
    if kind == "record":
        if label == "Topic":
            return {topic["id"]: topic["terms"] for topic in current.topics()}
        return current.records(*([label] if label else []))
    if kind == "choice":
        return {choice["value"]: titled(choice["word"]) for choice in parameter["choices"]}
    if kind == "country":
        return {code: say.country(code) for code in current.choices("country")}
    if kind == "language":
        return {code: say.language_name(code) for code in current.choices("languages")}
    return None


def _change_question() -> None:
    """Another question begins with an empty form, and one without fields is answered at once."""
    touch()
    state = st.session_state
    form = forms.get(state["question"] or "")
    if form:
        _fill(form, {})
    needs = form and any(parameter["required"] for parameter in form["parameters"])
    state[_VALUES] = {} if form and not needs else None
    select(None)


def _choose_question(name: str) -> None:
    st.session_state["question"] = name
    _change_question()


def _submit() -> None:
    touch()
    state = st.session_state
    form = forms[state["question"]]
    state[_VALUES] = {
        parameter["name"]: str(value)
        for parameter in form["parameters"]
        if (value := state[_widget(form["name"], parameter["name"])]) not in (None, "")
    }


def _field(form: Mapping[str, Any], parameter: Mapping[str, Any]) -> None:
    # Not escaped: a label is also read out as it stands, and the text is the project's own.
    key, words = _widget(form["name"], parameter["name"]), parameter["words"]
    if not parameter["required"]:
        words = f"{words} ({say('optional')})"
    options = _options(current, parameter)
    if options is not None:
        st.selectbox(
            words, list(options), key=key, format_func=options.__getitem__, placeholder=say("Choose")
        )
    elif parameter["input"] in ("integer", "number"):
        whole = parameter["input"] == "integer"
        st.number_input(words, key=key, step=1 if whole else None, value=None)
    elif parameter["input"] == "date":
        st.text_input(words, key=key, placeholder=say("2016, 2016-12 or 2016-12-05"))
    else:
        st.text_input(words, key=key)


def _ask(form: Mapping[str, Any]) -> None:
    st.markdown(plain(form["explanation"]))
    if not form["parameters"]:
        return
    with st.form(f"form-{form['name']}"):
        for start in range(0, len(form["parameters"]), 2):
            row = form["parameters"][start : start + 2]
            for place, parameter in zip(st.columns(2), row, strict=False):
                with place:
                    _field(form, parameter)
        st.form_submit_button(say("Answer"), type="primary", icon=":material/play_arrow:", on_click=_submit)


def _missing(form: Mapping[str, Any], values: Mapping[str, str]) -> list[str]:
    return [
        parameter["words"]
        for parameter in form["parameters"]
        if parameter["required"] and not values.get(parameter["name"])
    ]


def _answer(form: Mapping[str, Any], values: Mapping[str, str]) -> None:
    found = current.answer(form["name"], values)
    rows = found["rows"]
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        st.markdown(f"**{say.count('{n} row', '{n} rows', len(rows))}**", width="content")
        _files(form, values)
    if not rows:
        st.info(
            say("Nothing in the inventory answers this. Ask it less narrowly, or of another topic."),
            icon=":material/search_off:",
        )
        return
    names = {f"c{number}": column["words"] for number, column in enumerate(found["columns"])}
    shown = [{"id": row["id"], **dict(zip(names, row["cells"], strict=True))} for row in rows]
    said = {name: words for name, words in names.items() if any(row[name] not in (None, "") for row in shown)}
    chosen = next((row for row in rows if selected() in [one["id"] for one in row["records"]]), None)
    listing(
        form["name"],
        shown,
        {name: _heading(words, [row[name] for row in shown]) for name, words in said.items()},
        chosen["id"] if chosen else None,
        lambda place: _choose(rows, place),
        says=form["title"],
    )
    if chosen and len(chosen["records"]) > 1:
        with st.container(horizontal=True, gap="xsmall", key="chips-row"):
            st.caption(say("In this row:"), width="content")
            for one in chosen["records"]:
                st.button(plain(one["name"]), key=f"row-{one['id']}", on_click=select, args=(one["id"],))


def _heading(words: str, values: Sequence[Any]) -> Any:
    """The heading of a column, which is not wider than a screen has room for."""
    long = any(len(value) > _LONG for value in values if isinstance(value, str))
    return st.column_config.Column(words[:1].upper() + words[1:], width=_WIDEST if long else None)


def _choose(rows: Sequence[Mapping[str, Any]], place: str | None) -> None:
    records = rows[int(place)]["records"] if place is not None else []
    select(records[0]["id"] if records else None)


def _files(form: Mapping[str, Any], values: Mapping[str, str]) -> None:
    if form["role"] != Visibility.PUBLIC.word:
        st.caption(say("Its answer is not for everybody, so it cannot be saved here."), width="content")
        return
    public, name, given = current.for_viewer(Visibility.PUBLIC), form["name"], dict(values)
    save(
        "answer",
        [File(say("Table for a spreadsheet"), f"{name}.csv", lambda: public.answer_file(name, given))],
    )


if (view := asked("questions", ("question", *(f"{_PREFIX}{name}" for name in parameters)))) is not None:
    _set(view)
st.title(say("Questions"), anchor=False)
st.caption(say("Questions that come up again and again, each with a form. The answer is a table."))
state = st.session_state
name = st.selectbox(
    say("Question"),
    list(forms),
    key="question",
    format_func=lambda one: forms[one]["title"],
    placeholder=say("Choose a question"),
    on_change=_change_question,
)
values = state.get(_VALUES)
remember("questions", question=name, **{f"{_PREFIX}{key}": value for key, value in (values or {}).items()})
left, right = st.columns([7, 3], gap="medium")
with left:
    if not name:
        for one in forms.values():
            with st.container(gap=None, key=f"row-{one['name']}"):
                st.button(
                    f"**{plain(one['title'])}**",
                    key=f"choose-{one['name']}",
                    type="tertiary",
                    icon=":material/quiz:",
                    on_click=_choose_question,
                    args=(one["name"],),
                )
                st.caption(plain(one["explanation"]))
    else:
        _ask(forms[name])
        if values is not None and (missing := _missing(forms[name], values)):
            st.warning(say("Still needed: {what}", what=plain(say.together(missing))))
        elif values is not None:
            _answer(forms[name], values)
with right:
    if identifier := selected():
        way_to_map(identifier)
        profile(current, identifier)
    elif name:
        st.info(say("Click a row to read about it."), icon=":material/person_search:")
