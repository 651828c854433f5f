"""A page of the smallest kind around the live map, run by the tests of the component."""

import streamlit as st

from cocommuns_graph.maps import component, picture
from tests.maps.made_up import made_up

made = picture(made_up()).to_json()
kept = st.session_state
kept.setdefault("runs", 0)
kept.setdefault("chosen", None)
kept.setdefault("heard", [])
kept.runs += 1
if st.button("choose from outside"):
    kept.chosen = "topic-3"
highlight = ["topic-1", "topic-2"] if st.checkbox("highlight") else []
look = None
if st.checkbox("no topics"):
    look = {"version": "no topics", "shown": [int(node["type"] != "Topic") for node in made["nodes"]]}
result = component(
    made,
    look=look,
    words={"language": "fr", "count": ("{count} fiche", "{count} fiches")},
    highlight=highlight,
    selected=kept.chosen,
    list_panel=True,
    key="map",
    height=420,
    on_select=lambda id_: kept.update(chosen=id_),
    on_expand=lambda id_: kept.heard.append(f"expand {id_}"),
    on_pair=lambda a, b: kept.heard.append(f"pair {a} {b}"),
)
st.write(f"chosen: {result['selected']}")
st.write(f"heard: {', '.join(kept.heard)}")
st.write(f"runs: {kept.runs}")
if st.checkbox("second map"):
    alone = component(made, key="second", height=300)
    st.write(f"second: {alone['selected']}")
