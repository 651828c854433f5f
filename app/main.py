"""The app: its pages, in the order in which people need them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from shell import begin, choose_language, look, say, told
from welcome import banner


def page(name: str, title: str, icon: str) -> st.Page:
    """One page: its file in views/, which also is its address, its title and its symbol."""
    return st.Page(
        f"views/{name}.py",
        title=title,
        icon=f":material/{icon}:",
        url_path=name.rstrip("_"),
        default=name == "find",
    )


begin()
# Before the menu, and a file: of a page's own symbol the browser would fetch a picture from another host.
st.set_page_config(page_icon=str(Path(__file__).parent / "icon.svg"), layout="wide")
chosen = st.navigation(
    {
        say("Explore"): [
            page("find", say("Find"), "search"),
            page("map", say("Map"), "hub"),
            page("team", say("Team"), "groups"),
            page("profile", say("Profile"), "badge"),
            page("shortlists", say("Shortlists"), "playlist_add_check"),
            page("glossary", say("Glossary"), "menu_book"),
        ],
        say("Understand"): [
            page("gaps", say("Gaps"), "troubleshoot"),
            page("problems", say("Problems"), "problem"),
            page("measures", say("Measures"), "table_chart"),
            page("questions", say("Questions"), "quiz"),
        ],
        say("Contribute"): [
            page("import_", say("Import"), "upload_file"),
            page("edit", say("Edit"), "edit"),
            page("duplicates", say("Duplicates"), "merge"),
            page("history", say("History"), "history"),
            page("news", say("What is new"), "newspaper"),
        ],
        say("About"): [
            page("about", say("About the data"), "info"),
        ],
    },
    position="top",
)
st.set_page_config(page_title=f"{chosen.title} · Co-Communs")
look()
choose_language()
with told():
    banner()
    chosen.run()
