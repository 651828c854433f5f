"""What every page wears beside Streamlit's theme: our style sheet, and its language for who listens."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from cocommuns_graph.markup import style_sheet
from cocommuns_graph.model.look import live_properties

_TELL_LANGUAGE = """
export default function ({ data }) {
  document.documentElement.lang = data.language;
}
"""


def dress(language: str) -> None:
    """Puts the style sheet on the page; tells the browser, and so screen readers, the language it is in."""
    with st.container(key="unseen"):
        st.html(style_sheet(_css()))
        tell = st.components.v2.component("page_language", js=_TELL_LANGUAGE)
        tell(key="page-language", data={"language": language})


@cache
def _css() -> str:
    own = (Path(__file__).parent / "look.css").read_text(encoding="utf-8")
    return live_properties('[data-testid="stApp"]') + own
