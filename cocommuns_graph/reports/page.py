"""The page every report stands on: one file, no script, nothing fetched, printable."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from cocommuns_graph.model.look import custom_properties
from cocommuns_graph.reports.html import Html, element, items, join
from cocommuns_graph.reports.wording import Wording

_HERE = Path(__file__).parent


class Section:
    """A part of a page: what it is called, where a link finds it, what it holds.

    A section of short `entries` is printed in two columns.
    """

    def __init__(self, anchor: str, title: str, *content: Html, entries: bool = False) -> None:
        self.entries = entries
        self.anchor = anchor
        self.title = title
        self.content = content

    def to_html(self) -> Html:
        """The section with its heading of the second level."""
        heading = element("h2", self.title, id=self.anchor)
        class_ = "entries" if self.entries else None
        return element("section", heading, *self.content, aria_labelledby=self.anchor, class_=class_)


def page(
    words: Wording, *, title: str, lead: Html, sections: Sequence[Section], meta: Mapping[str, str], cite: str
) -> str:
    """A whole page: title, lead, contents, numbered sections, and at the end where it comes from and how to
    cite it."""
    style = custom_properties() + (_HERE / "page.css").read_text(encoding="utf-8")
    main = element(
        "main",
        element("h1", title),
        lead,
        _contents(words, sections),
        *(section.to_html() for section in sections),
        element(
            "section",
            element("h2", words.text("page.cite"), id="cite"),
            element("p", cite, class_="cite"),
            provenance(words, meta),
        ),
        id="main",
    )
    head = join(
        [
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="referrer", content="no-referrer"),
            element("title", title),
        ],
        "\n",
    )
    skip = element("a", words.text("page.skip"), class_="skip", href="#main")
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}">\n<head>\n{head.text}\n<style>{style}</style>\n'
        f"</head>\n<body>\n{skip.text}\n{main.text}\n</body>\n</html>\n"
    )


def _contents(words: Wording, sections: Sequence[Section]) -> Html:
    if len(sections) < 3:
        return Html("")
    links = [element("a", section.title, href=f"#{section.anchor}") for section in sections]
    links.append(element("a", words.text("page.cite"), href="#cite"))
    return element("nav", items(links), aria_label=words.text("page.contents"))


def provenance(words: Wording, meta: Mapping[str, str]) -> Html:
    """The lines about where a page comes from, by name."""
    pairs = [
        element("div", element("dt", words.word("meta", name)), element("dd", value or words.text("none")))
        for name, value in meta.items()
    ]
    return element("dl", *pairs, class_="meta")


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
