"""The look is declared once; text stands out from every ground it is put on; who sees fewer colours than most
still tells kinds apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from cocommuns_graph import serving
from cocommuns_graph.maps import browser
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.look import (
    DARK,
    LIGHT,
    SERIES,
    custom_properties,
    live_properties,
    theme,
)

CHECKOUT = Path(__file__).resolve().parents[2]
SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])

SIGHT = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""What linear sRGB becomes for people without one kind of cone: G. M. Machado, M. M. Oliveira, L. A. F.
Fernandes, A physiologically-based model for simulation of color vision deficiency, IEEE TVCG 15 (2009), table
of severity 1.0."""


def linear(color: str) -> np.ndarray:
    values = np.array([int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two #rrggbb colours."""
    first, second = sorted(
        (float(linear(color) @ (0.2126, 0.7152, 0.0722)) for color in (one, other)), reverse=True
    )
    return (first + 0.05) / (second + 0.05)


def lab(rgb: np.ndarray) -> tuple[float, float, float]:
    """CIELAB of linear sRGB, white D65."""
    to_xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                       [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
    xyz = to_xyz @ np.clip(rgb, 0, 1) / (0.95047, 1.0, 1.08883)
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))


def ciede2000(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The distance of two CIELAB colours: G. Sharma, W. Wu, E. N. Dalal, Color Res. Appl. 30 (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = h2 - h1
    if c1 * c2 == 0:
        turn = 0.0
    elif abs(turn) > 180:
        turn -= 360 * np.sign(turn)
    middle = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    wave = sum(
        weight * np.cos(np.radians(times * middle + shift))
        for weight, times, shift in ((1, 0, 0), (-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63))
    )
    rotation = -np.sin(np.radians(60 * np.exp(-(((middle - 275) / 25) ** 2))))
    rotation *= 2 * np.sqrt(chroma**7 / (chroma**7 + 25**7))
    dl = (l2 - l1) / (1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = dh / (1 + 0.015 * chroma * wave)
    return float(np.sqrt(dl**2 + dc**2 + dh**2 + rotation * dc * dh))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_is_that_of_the_published_pairs(
    one: tuple[float, float, float], other: tuple[float, float, float], distance: float
) -> None:
    """From table 1 of Sharma, Wu and Dalal."""
    assert ciede2000(one, other) == pytest.approx(distance, abs=1e-4)


def nearest(colors: Sequence[str], sight: str) -> float:
    seen = [lab(SIGHT[sight] @ linear(color)) for color in colors]
    return min(ciede2000(one, other) for one, other in combinations(seen, 2))


TYPE_COLORS = tuple(type_.color for type_ in MODEL.public_types)


@pytest.mark.parametrize("sight", SIGHT)
def test_kinds_are_told_apart_with_fewer_cones_too(sight: str) -> None:
    """A distance of 10 is seen at a glance; types have shapes of their own besides."""
    assert nearest(SERIES, sight) >= 17
    assert nearest(TYPE_COLORS, sight) >= 12


@SCHEMES
def test_marks_stand_out_from_the_surface(scheme: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.11: parts of a picture that are needed to understand it."""
    for color in (*SERIES, *TYPE_COLORS, scheme["edge"], scheme["action"]):
        assert contrast(color, scheme["surface"]) >= 3, color


@SCHEMES
def test_text_stands_out(scheme: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.3, level AA."""
    for ground in ("page", "surface", "field", "hover", "current"):
        for text in ("text", "quiet", "accent", "warn"):
            assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground)
    for step in ("much-less", "less", "even", "more", "much-more"):
        assert contrast(scheme["ink"], scheme[step]) >= 4.5, step
    assert contrast(scheme["on-action"], scheme["action"]) >= 4.5


def test_both_schemes_say_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)


def test_every_form_declares_every_colour_light_and_dark() -> None:
    light, dark = re.findall(r":root \{(.*?)\}", custom_properties(), re.DOTALL)
    live = live_properties("a")
    for name in LIGHT:
        assert f"--{name}: {LIGHT[name]};" in light
        assert f"--{name}: {DARK[name]};" in dark
        assert f"--{name}: light-dark({LIGHT[name]}, {DARK[name]});" in live
    assert "@media screen and (prefers-color-scheme: dark)" in custom_properties()


SHEETS = {
    path.relative_to(CHECKOUT).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("cocommuns_graph", "app")
    for path in sorted((CHECKOUT / folder).rglob("*.css"))
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_style_sheet_has_a_colour_or_a_property_of_its_own_making(sheet: str) -> None:
    """Colours come from the look alone, and every custom property that is used is declared."""
    style = SHEETS[sheet]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,) ])", style) == []
    declared = set(re.findall(r"(--[\w-]+):", custom_properties() + browser.style() + style))
    used = set(re.findall(r"var\((--[\w-]+)", style))
    assert {name for name in used if not name.startswith("--st-")} <= declared


def test_the_app_has_the_theme() -> None:
    """Every option is one that Streamlit knows, since it passes over the others in silence."""
    from streamlit import config

    given = serving._more_options()
    known = {config._config_options_template[name].env_var for name in config._config_options_template}
    assert set(given) <= known
    assert given["STREAMLIT_THEME_DARK_BACKGROUND_COLOR"] == DARK["surface"]
    assert len(given) == len(theme()) + 1
