from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.maps.page import page
from cocommuns_graph.maps.picture import Picture, picture
from cocommuns_graph.model import Graph, Node, Relationship
from tests.maps.made_up import made_up
from tests.maps.payloads import PAYLOADS

META = {"network": "all ties", "viewer": "public", "version": "0.1.0", "date": "2024-05-01"}


class Skeleton(HTMLParser):
    """The tags of a page with their attributes, which hostile text must not change, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = [(name, value) for name, value in attrs if name != "content"]
        self.tags.append((tag, tuple(told)))

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile(text: str) -> Picture:
    properties = {"name": text, "description": text, "website": text, text or "x": text, "sources": [text]}
    nodes = [
        Node(text, "Organisation", properties),
        Node(f"{text}2", "Topic", {"label": text, "label_fr": text, "aliases": [text]}),
        Node("plain", text or "Label", {"name": text}),
    ]
    ties = [
        Relationship("WORKS_ON", text, f"{text}2", text, {"evidence": text, "sources": [text]}),
        Relationship(text or "TYPE", text, "plain"),
    ]
    return picture(Graph(nodes, ties), around=text)


PLAIN = Skeleton(page(hostile("harmless"), meta={"network": "harmless"})).tags


@given(
    st.one_of(
        st.sampled_from(PAYLOADS), st.text(max_size=60), st.text("<>/!-&\"'scriptSCRIPT \n", max_size=40)
    )
)
@settings(max_examples=70, deadline=None)
def test_no_text_changes_the_structure_of_the_page(text: str) -> None:
    html = page(hostile(text), meta={"network": text})
    html.encode("utf-8")
    assert Skeleton(html).tags == PLAIN
    assert len(re.findall("</script", html, re.IGNORECASE)) == len([t for t, _ in PLAIN if t == "script"])


def test_nothing_is_loaded_from_anywhere() -> None:
    html = page(picture(made_up()), meta=META)
    skeleton = Skeleton(html)
    loading = {"link", "img", "iframe", "object", "embed", "base"}
    assert not [tag for tag, _ in skeleton.tags if tag in loading]
    assert [value for _, attrs in skeleton.tags for name, value in attrs if name in ("src", "href")] == [
        "#search"
    ]
    assert "bootstrap" not in html
    assert "sourceMappingURL" not in html
    assert "@import" not in html
    assert "default-src &#x27;none&#x27;" in html


def test_the_page_says_what_it_shows() -> None:
    text = Skeleton(page(picture(made_up()), meta=META)).text
    for told in (
        "145 records",
        "all ties",
        "public",
        "0.1.0",
        "2024-05-01",
        "layout seed",
        "The whole network",
    ):
        assert told in text


def test_the_same_picture_gives_the_same_page() -> None:
    assert page(picture(made_up()), meta=META) == page(picture(made_up()), meta=META)


def test_an_empty_graph_gives_a_page() -> None:
    assert "0 records, 0 links." in page(picture(Graph()), meta={})


def test_five_thousand_records_make_a_page_in_seconds() -> None:
    large = made_up(experts=3000, organisations=1200, initiatives=800)
    html = page(picture(large), meta=META)
    assert len(html) < 20_000_000
