"""The app: its pages, in the order in which people need them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from shell import look, told

# A file, not a Material name: the browser would fetch the picture of that from another host.
st.set_page_config(
    page_title="Co-Communs inventory", page_icon=str(Path(__file__).parent / "icon.svg"), layout="wide"
)
page = st.navigation(
    [
        st.Page("views/find.py", title="Find", icon=":material/search:", default=True),
        st.Page("views/map.py", title="Map", icon=":material/hub:", url_path="map"),
        st.Page("views/measures.py", title="Measures", icon=":material/table_chart:", url_path="measures"),
        st.Page("views/import_.py", title="Import", icon=":material/upload_file:", url_path="import"),
    ],
    position="top",
)
look()
with told():
    page.run()
