"""How everything this project shows looks: colours for light and dark, sizes of type, steps of space.

Declared once; pages and pictures take it as CSS custom properties from `custom_properties`. The colours of
record types stand with the types, in `domain`.
"""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "page": "#f6f5f2",
    "surface": "#ffffff",
    "text": "#1c2126",
    "quiet": "#59636d",
    "line": "#d9dcdf",
    "accent": "#1a56c4",
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
"""Colours on light ground; `much-less` to `much-more` are the steps of a figure that has a middle, and `ink`
is what is written on them."""

DARK: Mapping[str, str] = {
    "page": "#14171a",
    "surface": "#1b1f23",
    "text": "#e9ecef",
    "quiet": "#a5afb8",
    "line": "#363d44",
    "accent": "#8ab4ff",
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

SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Colours for kinds without one of their own, such as families, told apart by most colour-blind people; where
there are more kinds, another shape goes with the second round."""

TYPE: Mapping[str, str] = {
    "small": "0.8125rem",
    "less": "0.9375rem",
    "body": "1rem",
    "h3": "1.0625rem",
    "h2": "1.375rem",
    "h1": "1.875rem",
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

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
"""The typefaces, none of which is fetched from anywhere."""


def custom_properties() -> str:
    """A style sheet of declarations: `--page`, `--type-h1`, `--space-3` ...; print is always light."""
    shared = {f"type-{name}": size for name, size in TYPE.items()}
    shared |= {f"space-{name}": size for name, size in SPACE.items()}
    shared["font"] = FONT
    return (
        f":root {{\n  color-scheme: light dark;\n{_lines(LIGHT)}{_lines(shared)}}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n:root {{\n{_lines(DARK)}}}\n}}\n"
    )


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f"  --{name}: {value};\n" for name, value in values.items())
