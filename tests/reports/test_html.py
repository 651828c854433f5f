"""Elements escape what is put in them, and refuse what could run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocommuns_graph.reports.html import Html, anchor, element, items, join, named
from tests.maps.payloads import PAYLOADS
from tests.reports.pages import parsed


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])))
def test_text_comes_back_as_it_was(text: str) -> None:
    made = element("p", named(text), title=text)
    read = parsed(made.text).all("p")[0]
    assert "".join(read.pieces).removesuffix("\n") == text
    assert read.get("title") == text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_makes_an_element(payload: str) -> None:
    made = join([element("p", payload, aria_label=payload), items([payload]), anchor(payload, payload)])
    assert {one.tag for one in parsed(made.text).all()} <= {"p", "ul", "li", "a"}


def test_attributes_that_could_run_or_load_are_refused() -> None:
    for attributes in ({"onclick": "x"}, {"style": "x"}, {"src": "x"}, {"href": "https://example.org"}):
        with pytest.raises(ValueError, match=r"attribute|anchor"):
            element("a", "x", **attributes)
    with pytest.raises(ValueError, match="no element"):
        element("p><script", "x")


def test_what_is_empty_is_left_out() -> None:
    assert not items([])
    assert element("p", None, class_=None, hidden=False).text == "<p></p>\n"
    assert element("p", Html("<b>x</b>"), 3, hidden=True).text == "<p hidden><b>x</b>3</p>\n"
