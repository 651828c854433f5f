"""HTML made of elements, so that no text gets into a page unescaped: what is not `Html` is text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cocommuns_graph.markup import escape, link

_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
_VOID = frozenset({"meta", "br", "hr", "col"})
_LINES = frozenset({"section", "figure", "table", "tr", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "p", "svg"})


@dataclass(frozen=True, slots=True)
class Html:
    """HTML that is safe to show as it stands; made by the functions of this module alone."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


Child = Html | str | int | float | None


def element(tag: str, /, *children: Child, **attributes: str | int | float | bool | None) -> Html:
    """One element. `class_` is class, `aria_label` is aria-label; an attribute that is None or False is left
    out. Addresses go through `anchor`, never through here.

    Raises:
        ValueError: a name is no name of HTML, or an attribute could run something.
    """
    if not _NAME.fullmatch(tag):
        raise ValueError(f"{tag!r} is no element")
    begin = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{tag}{begin}>")
    end = "\n" if tag in _LINES else ""
    return Html(f"<{tag}{begin}>{join(children).text}</{tag}>{end}")


def _attribute(name: str, value: str | int | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(written) or written.lower().startswith("on") or written in ("style", "src"):
        raise ValueError(f"{written!r} is no attribute a report may carry")
    if written == "href" and not str(value).startswith("#"):
        raise ValueError("an address goes through anchor()")
    return f" {written}" if value is True else f' {written}="{escape(value)}"'


def join(children: Iterable[Child], between: str = "") -> Html:
    """Several parts one after the other; text among them is escaped."""
    return Html(escape(between).join(_part(child) for child in children if child is not None))


def _part(child: Child) -> str:
    return child.text if isinstance(child, Html) else escape(child)


def anchor(url: str, text: str) -> Html:
    """A link, or its text alone where a click would not be safe."""
    return Html(link(url, text))


def named(text: str, lang: str | None = None) -> Html:
    """A name from the data in a sentence, set apart so that its direction of writing turns nothing else."""
    return element("bdi", text, lang=lang)


def items(parts: Iterable[Child], class_: str | None = None) -> Html:
    """A list, or nothing where there is nothing to list."""
    made = [element("li", part) for part in parts]
    return element("ul", *made, class_=class_) if made else Html("")
