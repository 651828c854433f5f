"""What the live map's script is sent: of a picture what is drawn, its look, what lies over it."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

_KEPT = 8
_PER_NODE = ("color", "size", "shown")
_texts: OrderedDict[tuple[str, ...], str] = OrderedDict()
_lock = threading.Lock()


def drawn_part(picture_json: Mapping[str, Any]) -> str:
    """What the canvas needs of a picture, as JSON text: no profiles, no sources. Remembered by version.

    Nodes and ties are columns, which a browser reads several times faster than one object each.
    """
    return _remembered(("picture", str(picture_json["version"])), lambda: _columns(picture_json))


def look_part(picture_json: Mapping[str, Any], look: Mapping[str, Any] | None) -> str | None:
    """A look as JSON text, remembered by the versions of the picture and of the look.

    Raises:
        ValueError: a list that goes by nodes has another length than the picture's nodes.
    """
    if look is None:
        return None
    for name in _PER_NODE:
        values = look.get(name)
        if values is not None and len(values) != len(picture_json["nodes"]):
            raise ValueError(
                f"the look's {name} has {len(values)} entries; the picture has "
                f"{len(picture_json['nodes'])} nodes"
            )
    versions = (str(picture_json["version"]), str(look["version"]))
    return _remembered(("look", *versions), lambda: {**look, "version": "|".join(versions)})


def overlay_part(overlay: Mapping[str, Any] | None, ids: Collection[str]) -> dict[str, Any] | None:
    """An overlay without the ties and marks of records that are not on the map."""
    if overlay is None:
        return None
    ties = [tie for tie in overlay.get("ties") or () if tie["source"] in ids and tie["target"] in ids]
    marks = [mark for mark in overlay.get("marks") or () if mark["id"] in ids]
    return {"ties": ties, "marks": marks, "legend": list(overlay.get("legend") or ())}


def _columns(picture_json: Mapping[str, Any]) -> dict[str, Any]:
    nodes: Sequence[Mapping[str, Any]] = picture_json["nodes"]
    edges: Sequence[Mapping[str, Any]] = picture_json["edges"]
    types, type_of = _indexed(node["type"] for node in nodes)
    sides, side_of = _indexed(node["side"] for node in nodes)
    looks, look_of = _indexed((node["color"], node["shape"]) for node in nodes)
    kinds, kind_of = _indexed(edge["type"] for edge in edges)
    kept = ("version", "title", "width", "height", "legend", "headings")
    words = picture_json.get("words") or {}
    return {
        **{name: picture_json[name] for name in kept},
        "id": [node["id"] for node in nodes],
        "name": [node["name"] for node in nodes],
        "terms": [_terms(node) for node in nodes],
        "types": types,
        "type": type_of,
        "x": [round(node["x"], 1) for node in nodes],
        "y": [round(node["y"], 1) for node in nodes],
        "size": [node["size"] for node in nodes],
        "palette": [{"color": color, "shape": shape} for color, shape in looks],
        "look": look_of,
        "priority": [node["priority"] for node in nodes],
        "sides": sides,
        "side": side_of,
        "source": [edge["source"] for edge in edges],
        "target": [edge["target"] for edge in edges],
        "kinds": [[kind, *words.get(kind, (kind, kind))] for kind in kinds],
        "kind": kind_of,
    }


def _terms(node: Mapping[str, Any]) -> list[list[str]]:
    """The texts besides its name by which a record is searched, each with its language where known."""
    if "terms" in node:
        return [[text, language or ""] for text, language in node["terms"] if text != node["name"]]
    return [[text, ""] for text in node.get("also", ())]


def _indexed(values: Any) -> tuple[list[Any], list[int]]:
    """The different values in the order they come, and for each one its place among them."""
    place: dict[Any, int] = {}
    indices = [place.setdefault(value, len(place)) for value in values]
    return list(place), indices


def _remembered(key: tuple[str, ...], made: Callable[[], Any]) -> str:
    """JSON text, kept for the pages that ask for the same again."""
    with _lock:
        if key in _texts:
            _texts.move_to_end(key)
            return _texts[key]
    text = json.dumps(made(), ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    with _lock:
        _texts[key] = text
        while len(_texts) > _KEPT:
            _texts.popitem(last=False)
    return text
