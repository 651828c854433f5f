"""The live map, for the pages of the app."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any


def live_map(
    picture: Mapping[str, Any],
    *,
    highlight: Sequence[str] = (),
    selected: str | None = None,
    key: str,
    height: int = 600,
    on_select: Callable[[str | None], None] | None = None,
) -> None:
    """Draws a picture of `Desk.picture` in a page of the app; `on_select` hears what the user chooses."""
    from cocommuns_graph.maps import component

    component(picture, highlight=highlight, selected=selected, key=key, height=height, on_select=on_select)
