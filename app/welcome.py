"""Where somebody begins: with their own sheet, or with the sample."""

from __future__ import annotations

import streamlit as st
from shell import is_sample, language, look_at_sample, say

from cocommuns_graph.desk import Desk, template_bytes, template_languages


def stop_if_empty(current: Desk) -> None:
    """Ends the page, leading on, where the inventory has nothing in it yet."""
    if not current.is_empty():
        return
    st.title(say("Who knows what, and who could work together?"), anchor=False)
    st.markdown(
        say(
            "This inventory is empty. Fill it from a spreadsheet you already have, or look around in a "
            "sample first. Everything stays on this machine."
        )
    )
    own, sample = st.columns(2, gap="medium")
    with own, st.container(border=True, height="stretch"):
        st.header(say("Your own sheet"), anchor=False)
        st.markdown(
            say(
                "A contact list with a name in each row is enough: organisation, topics, country and "
                "languages are understood in English, French, Spanish, Italian and German."
            )
        )
        st.page_link("views/import_.py", label=say("Bring in a spreadsheet"), icon=":material/upload_file:")
        empty_sheet()
    with sample, st.container(border=True, height="stretch"):
        st.header(say("The sample"), anchor=False)
        st.markdown(
            say(
                "Organisations, people, topics and initiatives from a meeting of commons activists, "
                "cooperatives, cities and unions. It has a place of its own and never mixes with your data."
            )
        )
        st.button(
            say("Look at the sample"),
            icon=":material/travel_explore:",
            on_click=look_at_sample,
            type="primary",
            key="to-sample",
        )
    st.stop()


def empty_sheet() -> None:
    """A button that gives the empty contact list, in the screen's language where there is one in it."""
    spoken = language() if language() in template_languages() else "en"
    st.download_button(
        say("Empty contact list"),
        data=lambda: template_bytes("contacts.xlsx", spoken),
        file_name="contacts.xlsx",
        on_click="ignore",
        icon=":material/download:",
        key="empty-contacts",
    )


def banner() -> None:
    """Says that it is the sample, with the way back."""
    if not is_sample():
        return
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="banner"
    ):
        st.markdown(f":material/travel_explore: {say('You are looking at the sample.')}")
        st.button(
            say("Go to your own inventory"),
            on_click=look_at_sample,
            args=(False,),
            type="tertiary",
            key="to-own",
        )
