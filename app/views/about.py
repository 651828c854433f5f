"""About the data: how much there is, how complete and how old, its sources, its terms, who may see it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from saving import File, save
from shell import desk, is_sample, plain, say, titled, touch
from stale import not_confirmed
from times import moment
from viewed import asked, remember
from welcome import stop_if_empty

from cocommuns_graph.model import Visibility

_MOST_IMPORTS = 200

current = desk()
stop_if_empty(current)


def _counts(told: dict[str, Any]) -> None:
    with st.container(horizontal=True, gap="large"):
        for one in told["counts"]:
            st.metric(titled(one["word"]), say.number(one["number"]), width=150)
        st.metric(say("Links"), say.number(told["links"]), width=150)
    dates = told["confirmed"]
    if not dates["number"]:
        st.markdown(say("Nobody has confirmed a record yet; Edit has a button to say that one is right."))
        return
    st.markdown(
        say.count(
            "{n} record is confirmed, the oldest on {oldest}, the newest on {newest}.",
            "{n} records are confirmed, the oldest on {oldest}, the newest on {newest}.",
            dates["number"],
            oldest=say.date(dates["oldest"]),
            newest=say.date(dates["newest"]),
        )
    )


def _completeness(told: dict[str, Any]) -> None:
    st.header(say("How complete it is"), anchor=False)
    types = {one["label"]: one for one in told["completeness"]}
    label = st.segmented_control(
        say("Of which records"),
        list(types),
        key="about-type",
        format_func=lambda label: titled(types[label]["word"]),
        required=True,
        on_change=touch,
        width="content",
    )
    rows = [
        {
            say("Property"): _capital(one["word"]),
            say("Share known"): 100 * one["share"],
            say("Known"): one["known"],
            say("Missing"): types[label]["number"] - one["known"],
        }
        for one in types[label]["properties"]
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=38 + 35 * len(rows),
        column_config={
            say("Share known"): st.column_config.ProgressColumn(format="%.0f %%", min_value=0, max_value=100),
        },
    )
    public = current.for_viewer(Visibility.PUBLIC)
    st.download_button(
        say("Save as a table"),
        data=public.completeness_csv,
        file_name="completeness.csv",
        mime="text/csv",
        icon=":material/download:",
        help=say("A csv file that says what it is. It counts what everybody may see."),
        on_click="ignore",
    )


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _sources(told: dict[str, Any]) -> None:
    st.header(say("Where it comes from"), anchor=False)
    rows = [
        {say("Source"): one["name"], say("Records"): one["records"], say("Links"): one["links"]}
        for one in told["sources"]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=min(320, 38 + 35 * max(1, len(rows))))


def _imports() -> None:
    for sentence in current.unfinished():
        st.warning(plain(sentence), icon=":material/warning:")
    actions = {"import": say("import"), "edit": say("correction"), "confirm": say("confirmation")}
    rows = [
        {
            say("When"): moment(one["when"]),
            say("Who"): one["who"],
            say("What"): actions.get(one["action"], one["action"]),
            say("Files"): ", ".join(one["files"]),
            say("New"): one["created"],
            say("Changed"): one["updated"],
            say("Removed"): one["removed"],
        }
        for one in current.past_imports()[:_MOST_IMPORTS]
    ]
    st.header(say("What was written, and when"), anchor=False)
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=min(320, 38 + 35 * max(1, len(rows))))
    st.page_link("views/history.py", label=say("The whole history"), icon=":material/history:")


def _seen(told: dict[str, Any]) -> None:
    st.header(say("Who may see what"), anchor=False)
    rows = [
        {
            say("Viewer"): _capital(say.choice(one["level"])),
            say("Records"): one["records"],
            say("Links"): one["links"],
        }
        for one in told["visibility"]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    st.caption(
        say(
            "E-mail addresses and telephone numbers, and columns that the model does not know, are for "
            "coordination and stewards only. Files that leave a page hold what the public may see."
        )
    )


def _save_licence() -> None:
    current.set_licence(st.session_state["licence-text"])
    st.session_state["licence-saved"] = True


def _licence() -> None:
    st.header(say("Terms of use"), anchor=False)
    licence = current.licence()
    if licence["text"]:
        st.markdown(plain(licence["text"]))
        st.caption(
            say("Written by {who} on {date}.", who=plain(licence["who"]), date=say.date(licence["when"]))
        )
    else:
        st.markdown(
            say("Nobody has said on what terms this inventory may be used. Until then, ask before you copy.")
        )
    if st.session_state.pop("licence-saved", False):
        st.success(say("Saved."), icon=":material/check_circle:")
    if is_sample():
        return
    with st.expander(say("Set the terms of use")):
        st.session_state.setdefault("licence-text", licence["text"])
        st.text_area(
            say("Terms of use"),
            key="licence-text",
            max_chars=4000,
            placeholder=say("for example: CC BY 4.0, name the coalition as source"),
        )
        st.button(say("Save the terms"), icon=":material/save:", on_click=_save_licence, key="save-licence")


def _whole() -> None:
    st.header(say("The whole inventory as a file"), anchor=False)
    public = current.for_viewer(Visibility.PUBLIC)
    forms = (
        ("xlsx", say("Workbook, a sheet for each table"), "inventory.xlsx"),
        ("csv", say("Tables, csv in one zip"), "inventory.zip"),
        ("graphml", say("Network, GraphML"), "inventory.graphml"),
        ("gexf", say("Network, GEXF for Gephi"), "inventory.gexf"),
        ("json", say("Nodes and links, JSON"), "inventory.json"),
        ("kumu", say("Kumu, JSON"), "kumu.json"),
        ("murmurations", say("Murmurations profiles, JSON"), "murmurations.json"),
    )
    save(
        "inventory", [File(label, name, partial(public.inventory_file, form)) for form, label, name in forms]
    )
    st.caption(
        say(
            "A backup of everything, history and lists among it, is for stewards: the command cocommuns "
            "backup writes it, cocommuns restore puts it back."
        )
    )


told = current.about()
types = [one["label"] for one in told["completeness"]]
if (view := asked("about", ("type",))) is not None:
    st.session_state["about-type"] = view["type"] if view.get("type") in types else types[0]
if st.session_state.get("about-type") not in types:
    st.session_state["about-type"] = types[0]
remember("about", type=st.session_state["about-type"])
st.title(say("About the data"), anchor=False)
st.markdown(say("What is in this inventory, how far it can be trusted, and who may use and see it."))
_counts(told)
left, right = st.columns(2, gap="large")
with left:
    _completeness(told)
    not_confirmed(current)
    _whole()
    _licence()
with right:
    _sources(told)
    _imports()
    _seen(told)
st.caption(say("Made with cocommuns_graph {version}.", version=told["version"]))
