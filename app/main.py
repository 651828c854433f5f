"""The app: its pages, in the order in which people need them."""

from __future__ import annotations

import streamlit as st

st.set_page_config(page_title="Co-Communs inventory", page_icon=":material/hub:", layout="wide")

st.navigation(
    [
        st.Page("views/find.py", title="Find", icon=":material/search:", default=True),
        st.Page("views/map.py", title="Map", icon=":material/hub:", url_path="map"),
        st.Page("views/import_.py", title="Import", icon=":material/upload_file:", url_path="import"),
    ],
    position="top",
).run()
