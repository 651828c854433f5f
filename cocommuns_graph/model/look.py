"""How everything this project shows looks: colours for light and dark, type, steps of space, corners.

Declared once. Pages and pictures take it as CSS custom properties: files from `custom_properties`, which
follow the reader's system; the app from `live_properties`, which follow the app's own switch too. The app's
widgets and charts take it as Streamlit's theme, from `theme`. The colours of record types stand with the
types, in `domain`.
"""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "page": "#f6f5f2",
    "surface": "#ffffff",
    "field": "#f6f5f2",
    "text": "#1c2126",
    "quiet": "#59636d",
    "line": "#d9dcdf",
    "accent": "#1a56c4",
    "action": "#1a56c4",
    "on-action": "#ffffff",
    "hover": "#eef2f8",
    "current": "#dfe9fa",
    "edge": "#8a939b",
    "warn": "#a33c00",
    "much-less": "#d98c4a",
    "less": "#f3cfae",
    "even": "#f1f2f3",
    "more": "#bcd7ef",
    "much-more": "#6fa8dc",
    "ink": "#14171a",
}
"""Colours on light ground. `page` is the ground of a page, `surface` of what lies on it, `field` of what can
be filled in; `accent` is for links and marks, `action` the ground of a button and `on-action` its words;
`much-less` to `much-more` are the steps of a figure that has a middle, and `ink` is what is written on
them."""

DARK: Mapping[str, str] = {
    "page": "#14171a",
    "surface": "#1a1e22",
    "field": "#252b31",
    "text": "#e9ecef",
    "quiet": "#a5afb8",
    "line": "#363d44",
    "accent": "#8ab4ff",
    "action": "#2f6fe0",
    "on-action": "#ffffff",
    "hover": "#262c33",
    "current": "#2b3a52",
    "edge": "#78828b",
    "warn": "#ffb38a",
    "much-less": "#9c5416",
    "less": "#5f4029",
    "even": "#2a2f35",
    "more": "#2c4a66",
    "much-more": "#2f6ea8",
    "ink": "#ffffff",
}
"""The same on dark ground."""

SERIES = ("#3253fe", "#bf297c", "#8d9c09", "#2fa1c0", "#007a40", "#b68783")
"""Colours for kinds without one of their own, such as families; where there are more kinds, another shape
goes with the second round. Found by a search that kept any two as far apart as it could for people who see
all colours and for those who lack one kind of cone (CIEDE2000 of 17 at least), and each at least 3:1 from
`surface`, light or dark."""

SEQUENTIAL = ("#e0a526", "#dd7a3a", "#cc4f63", "#9a3f95", "#5a48b5")
"""Colours for little to much, each darker than the one before, seen on light ground as on dark."""

OTHER = "#6b757e"
"""The colour of what belongs to none of the kinds that have one."""

UNKNOWN = "#b0b8bf"
"""The colour of what is not known."""

TYPE: Mapping[str, str] = {
    "small": "0.8125rem",
    "less": "0.9375rem",
    "body": "1rem",
    "h3": "1.0625rem",
    "h2": "1.25rem",
    "h1": "1.75rem",
}
"""Sizes of type."""

SPACE: Mapping[str, str] = {
    "1": "0.25rem",
    "2": "0.5rem",
    "3": "0.75rem",
    "4": "1rem",
    "5": "1.5rem",
    "6": "2.5rem",
}
"""Steps of space."""

RADIUS = "0.5rem"
"""How round corners are."""

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
"""The typefaces of files, none of which is fetched from anywhere; the app has the one it brings along."""


def custom_properties() -> str:
    """A style sheet of declarations for a file: `--page`, `--type-h1`, `--space-3` ...; paper is light."""
    return (
        f":root {{\n  color-scheme: light dark;\n{_lines(LIGHT)}{_lines(_shared())}}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n:root {{\n{_lines(DARK)}}}\n}}\n"
    )


def live_properties(selector: str) -> str:
    """The same for elements of the app, which says by `color-scheme` whether it is light or dark now."""
    both = {name: f"light-dark({LIGHT[name]}, {DARK[name]})" for name in LIGHT}
    return f"{selector} {{\n{_lines(both)}{_lines(_shared())}}}\n"


def theme() -> dict[str, str | list[str]]:
    """Options of Streamlit's theme by their names below `theme`, such as `light.primaryColor`."""
    options: dict[str, str | list[str]] = {
        "baseRadius": RADIUS,
        "paddingTop": SPACE["4"],
        "paddingBottom": SPACE["6"],
        "headingFontSizes": [TYPE[name] for name in ("h1", "h2", "h3", "body", "body", "body")],
        "metricValueFontSize": TYPE["h1"],
        "chartCategoricalColors": list(SERIES),
    }
    for name, colors in (("light", LIGHT), ("dark", DARK)):
        chosen = {
            "primaryColor": "action",
            "linkColor": "accent",
            "backgroundColor": "surface",
            "secondaryBackgroundColor": "field",
            "textColor": "text",
            "grayTextColor": "quiet",
            "borderColor": "line",
            "dataframeHeaderBackgroundColor": "field",
            "dataframeHeaderTextColor": "text",
        }
        options |= {f"{name}.{option}": colors[color] for option, color in chosen.items()}
    return options


def _shared() -> dict[str, str]:
    shared = {f"series-{number}": color for number, color in enumerate(SERIES, start=1)}
    shared |= {f"type-{name}": size for name, size in TYPE.items()}
    shared |= {f"space-{name}": size for name, size in SPACE.items()}
    return {**shared, "radius": RADIUS, "font": FONT}


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f"  --{name}: {value};\n" for name, value in values.items())
