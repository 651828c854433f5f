"""Whatever a file says, it comes out as text: in HTML, in a script, in a link, in a spreadsheet."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cocommuns_graph import markup

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</script><script>alert(1)</script>",
    "<!--",
    "]]>",
    "&lt;script&gt;",
    "\x00<\x00script>",
    "\u2028alert(1)",
    "${alert(1)}",
    "</style><svg/onload=alert(1)>",
]
TEXTS = st.sampled_from(ATTACKS) | st.text()


class Read(HTMLParser):
    """What a browser makes of a piece of HTML: its tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


def printable(text: str) -> str:
    return "".join(
        c
        for c in text
        if c in "\n\t" or not (ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000)
    )


@given(TEXTS)
def test_escaped_text_is_text_in_an_element_and_in_an_attribute(text: str) -> None:
    read = Read(f"<p title=\"{markup.escape(text)}\" lang='{markup.escape(text)}'>{markup.escape(text)}</p>")
    assert read.tags == [("p", {"title": printable(text), "lang": printable(text)})]
    assert read.text == printable(text)
    assert read.others == []


def test_what_is_no_text_is_escaped_too() -> None:
    assert markup.escape(None) == "None"
    assert markup.escape(["<b>"]) == "[&#x27;&lt;b&gt;&#x27;]"


@pytest.mark.parametrize(
    "address",
    ["https://example.org", 'http://example.org/?a=1&b="2"', "HTTPS://EXAMPLE.ORG", "mailto:a@example.org"],
)
def test_addresses_that_may_be_clicked(address: str) -> None:
    assert markup.safe_url(f" {address} ") == address
    read = Read(markup.link(address, "<b>there</b>"))
    assert [(tag, attributes["href"]) for tag, attributes in read.tags] == [("a", address)]
    assert set((read.tags[0][1]["rel"] or "").split()) >= {"noopener", "noreferrer"}
    assert read.text == "<b>there</b>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "example.org",
        "https:",
        "https:///nowhere",
        "https://exa mple.org",
        "https://[::1",
        "",
        None,
    ],
)
def test_addresses_that_may_not_are_shown_as_text(address: Any) -> None:
    assert markup.safe_url(address) is None
    assert Read(markup.link(address)).tags == []


@given(TEXTS, TEXTS)
@example('https://example.org/"onclick=alert(1)', "x")
@example("https://example.org/'onclick=alert(1)", "x")
def test_a_link_is_at_most_one_element_with_two_attributes(address: str, text: str) -> None:
    read = Read(markup.link(address, text))
    assert read.text == printable(text)
    assert read.others == []
    for tag, attributes in read.tags:
        assert tag == "a"
        assert set(attributes) == {"href", "rel"}
        assert (attributes["href"] or "").lower().startswith(("http://", "https://", "mailto:"))
    assert len(read.tags) <= 1


@given(
    st.recursive(
        TEXTS | st.integers() | st.booleans() | st.none(),
        lambda some: st.lists(some) | st.dictionaries(TEXTS, some),
    )
)
def test_json_in_a_script_is_data_and_reads_back(value: Any) -> None:
    text = markup.script_json(value)
    assert not set("<>&\u2028\u2029") & set(text)
    clean = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    assert json.loads(text) == clean


def test_json_that_no_browser_reads_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        markup.script_json(float("nan"))


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        '=HYPERLINK("https://evil.example")',
        "+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "-",
        "=",
        "- 1",
    ],
)
def test_formulas_become_text(formula: str) -> None:
    assert markup.safe_cell(formula) == "'" + formula


@pytest.mark.parametrize("value", ["plain", "a=b", "", "-5", "+3.5", "-1e3", "'=1", 5, -5.5, True, None])
def test_other_cells_stay_as_they_are(value: Any) -> None:
    assert markup.safe_cell(value) == value
    assert type(markup.safe_cell(value)) is type(value)


def test_a_style_sheet_cannot_end_its_element() -> None:
    assert markup.style_sheet("a > b { color: red }") == "<style>a > b { color: red }</style>"
    with pytest.raises(ValueError, match="holds no"):
        markup.style_sheet("a { } </style><script>alert(1)</script>")


def test_markdown_keeps_the_spaces_that_hold_french_marks_to_their_word() -> None:
    french = "demandé\u00a0: «\u202fbiens communs\u202f»"
    assert "\u00a0" in markup.markdown_text(french)
    assert markup.markdown_text(french).count("\u202f") == 2
    assert markup.markdown_text("\u00a0 a \n\t b\u2028c \u202f") == "a b c"
