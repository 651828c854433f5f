"""A page of the smallest kind around the live map, run by the tests of the component."""

import streamlit as st

from cocommuns_graph.maps import component, picture
from tests.maps.made_up import made_up

made = picture(made_up()).to_json()
st.session_state.setdefault("runs", 0)
st.session_state.setdefault("chosen", None)
st.session_state.runs += 1
if st.button("choose from outside"):
    st.session_state.chosen = "topic-3"
highlight = ["topic-1", "topic-2"] if st.checkbox("highlight") else []
result = component(
    made,
    highlight=highlight,
    selected=st.session_state.chosen,
    key="map",
    height=420,
    on_select=lambda id_: st.session_state.update(chosen=id_),
)
st.write(f"chosen: {result['selected']}")
st.write(f"runs: {st.session_state.runs}")
if st.checkbox("second map"):
    alone = component(made, key="second", height=300)
    st.write(f"second: {alone['selected']}")
