"""What nobody confirmed for a while, and sheets by which the organisations concerned check their entry."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from shell import say, titled

from cocommuns_graph.desk import Desk, check_sheet_languages
from cocommuns_graph.model import Visibility

_MONTHS = 12
_HEIGHT = 320


@st.fragment
def not_confirmed(current: Desk) -> None:
    """The records nobody confirmed for some months, and a zip of sheets to ask with."""
    st.header(say("What to ask again"), anchor=False)
    languages = check_sheet_languages()
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        months = st.number_input(
            say("Not confirmed in the last months"),
            min_value=0,
            max_value=1200,
            value=_MONTHS,
            key="stale-months",
            width=200,
        )
        language = st.selectbox(
            say("Language of the sheets"),
            languages,
            index=languages.index(current.language) if current.language in languages else 0,
            key="stale-language",
            format_func=lambda code: titled(say.language_name(code)),
            width=200,
        )
    found = current.stale(months)
    number = len(found["records"])
    st.markdown(
        say(
            "{n} of {all} organisations and experts are not confirmed since {date}, {never} of them never.",
            n=number,
            all=found["total"],
            date=say.date(found["since"]),
            never=found["never"],
        )
    )
    if not number:
        return
    rows = [
        {
            say("Name"): one["name"],
            say("Kind"): one["word"],
            say("Last confirmed"): say.date(one["confirmed_on"]) if one["confirmed_on"] else say("never"),
        }
        for one in found["records"]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=min(_HEIGHT, 38 + 35 * number))
    public = current.for_viewer(Visibility.PUBLIC)
    asked = public.to_check(months)
    if asked:
        st.download_button(
            say.count(
                "Sheet for {n} organisation to check", "Sheets for {n} organisations to check", len(asked)
            ),
            data=lambda: public.check_sheets(asked, language=language),
            file_name="check-sheets.zip",
            mime="application/zip",
            icon=":material/download:",
            help=say(
                "One workbook for each organisation with what everybody may see of it. They correct it, "
                "write a date into its column, and you bring it back on the page Import: only what they "
                "changed counts."
            ),
            on_click="ignore",
            key="check-sheets",
        )
