"""The live map, for the pages of the app."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any


def live_map(
    picture: Mapping[str, Any],
    *,
    look: Mapping[str, Any] | None = None,
    overlay: Mapping[str, Any] | None = None,
    words: Mapping[str, str | tuple[str, str]] | None = None,
    highlight: Sequence[str] = (),
    selected: str | None = None,
    other: str | None = None,
    list_panel: bool = False,
    key: str,
    height: int = 600,
    on_select: Callable[[str | None], None] | None = None,
    on_expand: Callable[[str], None] | None = None,
    on_pair: Callable[[str, str], None] | None = None,
) -> None:
    """Draws a picture of `Desk.picture` in a page of the app.

    What each argument is for stands with `maps.component`: `on_select` hears what the user chooses,
    `on_expand` whose surroundings, `on_pair` why which two are linked.
    """
    from cocommuns_graph.maps import component

    component(
        picture,
        look=look,
        overlay=overlay,
        words=words,
        highlight=highlight,
        selected=selected,
        other=other,
        list_panel=list_panel,
        key=key,
        height=height,
        on_select=on_select,
        on_expand=on_expand,
        on_pair=on_pair,
    )
