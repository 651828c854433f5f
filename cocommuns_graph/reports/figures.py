"""The parts figures are drawn from: a frame with its text alternative, text, boxes, circles, lines."""

from __future__ import annotations

from cocommuns_graph.reports.html import Child, Html, element, items

CLASSES = ("much-less", "less", "even", "more", "much-more")


def figure(
    name: str,
    *,
    title: str,
    says: str,
    width: float,
    height: float,
    drawn: list[Html],
    note: str = "",
    key: list[tuple[Html, str]] | None = None,
) -> Html:
    """A drawing with a title, what it shows in words (read instead of it), a note and a key.

    `width` and `height` are the drawing's own units; it is shown as wide as there is room. `name` tells its
    ids from those of other figures on the page.
    """
    svg = element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", says, id=f"{name}-says"),
        *drawn,
        viewBox=f"0 0 {round(width, 1)} {round(height, 1)}",
        role="img",
        aria_labelledby=f"{name}-title {name}-says",
        preserveAspectRatio="xMinYMin meet",
        width=round(width, 1),
    )
    return element(
        "figure",
        element("div", svg, class_="scroll wide", tabindex="0", role="group", aria_label=title),
        _key(key) if key else None,
        element("figcaption", element("strong", title), says, " ", note),
        class_="drawn",
    )


def _key(key: list[tuple[Html, str]]) -> Html:
    parts = [
        element(
            "span",
            element(
                "svg", swatch, viewBox="0 0 20 14", width=20, height=14, aria_hidden="true", class_="swatch"
            ),
            text,
        )
        for swatch, text in key
    ]
    return items(parts, class_="key")


def label(
    x: float,
    y: float,
    text: Child,
    *,
    size: float = 13,
    anchor: str = "start",
    class_: str = "label",
    bold: bool = False,
    turn: float | None = None,
) -> Html:
    """Text at a point; `turn` are degrees around it."""
    return element(
        "text",
        text,
        x=round(x, 1),
        y=round(y, 1),
        font_size=size,
        text_anchor=anchor,
        class_=class_,
        font_weight="600" if bold else None,
        transform=f"rotate({turn} {round(x, 1)} {round(y, 1)})" if turn else None,
    )


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    class_: str,
    *,
    fill: str | None = None,
    round_: float = 3,
) -> Html:
    """A rectangle of a class of the style sheet, or of a colour."""
    return element(
        "rect",
        x=round(x, 1),
        y=round(y, 1),
        width=round(width, 1),
        height=round(height, 1),
        rx=round_,
        class_=class_,
        fill=fill,
    )


def line(x1: float, y1: float, x2: float, y2: float, class_: str = "line", width: float = 1) -> Html:
    """A straight line."""
    return element(
        "line",
        x1=round(x1, 1),
        y1=round(y1, 1),
        x2=round(x2, 1),
        y2=round(y2, 1),
        class_=class_,
        stroke_width=width,
    )


def circle(x: float, y: float, radius: float, class_: str | None = None, *, fill: str | None = None) -> Html:
    """A circle."""
    return element("circle", cx=round(x, 1), cy=round(y, 1), r=round(radius, 1), class_=class_, fill=fill)


def shortened(text: str, most: int) -> str:
    """A label cut to a number of characters, at a word where one ends in its second half."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ")
    return f"{cut[:space] if space > most // 2 else cut.rstrip()}…"
