"""The look is declared once: the map says the same, and text stands out from every ground it is put on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cocommuns_graph import maps
from cocommuns_graph.model.look import DARK, LIGHT, custom_properties

MAP_STYLE = (Path(maps.__file__).parent / "page.css").read_text(encoding="utf-8")


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two #rrggbb colours."""
    first, second = sorted((luminance(one), luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out(scheme: dict[str, str]) -> None:
    for ground in ("page", "surface"):
        for text in ("text", "quiet", "accent", "warn"):
            assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground)
    for step in ("much-less", "less", "even", "more", "much-more"):
        assert contrast(scheme["ink"], scheme[step]) >= 4.5, step


def test_both_schemes_say_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)


def test_the_map_has_the_same_colours() -> None:
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in split(MAP_STYLE))
    assert len(light) > 5
    assert {name: LIGHT[name] for name in light} == light
    assert {name: DARK[name] for name in dark} == dark


def split(style: str) -> tuple[str, str]:
    """The declarations for light and those for dark."""
    first, second = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    return first, second


def test_the_style_declares_every_colour_twice() -> None:
    light, dark = split(custom_properties())
    for name in LIGHT:
        assert f"--{name}: {LIGHT[name]};" in light
        assert f"--{name}: {DARK[name]};" in dark
    assert "@media screen and (prefers-color-scheme: dark)" in custom_properties()
