"""The exported map: one HTML file that works from disk, offline, with search, filters and profiles.

pyvis makes the network, from positions computed here and numbers as ids; no text from a file passes through
it. Everything around it is ours. The page's own policy lets exactly its own scripts run and nothing be
fetched.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping, Sequence
from html.parser import HTMLParser
from string import Template
from typing import Any

from cocommuns_graph.maps import looks
from cocommuns_graph.maps.browser import read
from cocommuns_graph.maps.facets import Chosen, Facets
from cocommuns_graph.maps.looks import Look
from cocommuns_graph.maps.page_words import facet_words, meta_words, page_texts, script_texts
from cocommuns_graph.maps.picture import Picture
from cocommuns_graph.markup import escape, script_json
from cocommuns_graph.model.look import LIGHT, OTHER, custom_properties

_MANY_EDGES = 2500
_PARTS = (
    "page.js",
    "page_filters.js",
    "page_profile.js",
    "page_moving.js",
    "page_drawing.js",
    "page_wiring.js",
)


def page(
    picture: Picture,
    *,
    meta: Mapping[str, str],
    look: Look | None = None,
    facets: Facets | None = None,
    chosen: Chosen | None = None,
    near: bool = False,
    overlay: Mapping[str, Any] | None = None,
) -> str:
    """The picture as one self-contained HTML page, in the picture's language.

    `meta` are lines about the export, by name (network, viewer, version, import ids, date); the layout's
    seed is added to them. The page opens with the colours and sizes of `look`, with the values of `facets`
    that are `chosen` (see `facets.Facets.shown` for `near`), and with `overlay` lying over the map, as
    `overlays.Overlay.as_dict` gives it.
    """
    say = picture.say
    made = look or looks.look(picture, None, None, say)
    content = _content(picture, made, overlay)
    swatches = {
        entry.plural: {"shape": entry.shape, "color": entry.color if made.classes is None else OTHER}
        for entry in picture.legend
    }
    content["facets"] = _facets(picture, facets, chosen or {}, swatches)
    content["near"] = near
    network = _network(content)
    inner = "\n".join(read(name) for name in _PARTS)
    script = (
        f"(function () {{\n'use strict';\nconst WORDS = {{}};\n{read('wording.js')}\n{read('labels.js')}\n"
        f"{inner}\n}})();"
    )
    scripts = [network.library, network.drawing, script]
    lines = meta_words({**meta, "layout seed": str(picture.seed)}, say)
    return Template(read("page.html")).substitute(
        {f"say_{name}": escape(text) for name, text in page_texts(say).items()},
        language=say.language,
        policy=escape(_policy(scripts)),
        title=escape(picture.title),
        notes=escape(" ".join(picture.notes)),
        meta="".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in lines.items()
        ),
        style=custom_properties() + read("page.css"),
        script=script,
        picture=script_json(content),
        network_style=network.style,
        network_library=network.library,
        network_drawing=network.drawing,
    )


def _content(picture: Picture, look: Look, overlay: Mapping[str, Any] | None) -> dict[str, Any]:
    """The picture as it looks, with its legend, what lies over it and the texts of the script."""
    content = picture.told_json()
    shown = look.shown()
    number = {node["id"]: place for place, node in enumerate(content["nodes"])}
    for place, node in enumerate(content["nodes"]):
        if "color" in shown:
            node["color"] = shown["palette"][shown["color"][place]]["color"]
        if "size" in shown:
            node["size"] = shown["size"][place]
    over = overlay or {"ties": [], "marks": [], "legend": [], "told": []}
    # Types have their shape and count beside the boxes to tick.
    content["key"] = [
        *(entry for entry in shown["legend"] if not look.tells_type(entry)),
        *(
            {"title": "", "text": entry["text"], **({"count": entry["count"]} if "count" in entry else {})}
            for entry in over["legend"]
        ),
    ]
    content["overlay"] = {
        "ties": [
            {
                "source": number[tie["source"]],
                "target": number[tie["target"]],
                "kind": tie["kind"],
                "text": tie["text"],
            }
            for tie in over["ties"]
            if tie["source"] in number and tie["target"] in number
        ],
        "marks": [
            {"number": number[mark["id"]], "kind": mark["kind"], "text": mark["text"]}
            for mark in over["marks"]
            if mark["id"] in number
        ],
        "legend": over["legend"],
        "told": [
            {"text": told["text"], "number": number.get(told["ids"][0], -1)}
            for told in over["told"]
            if told["on_map"]
        ],
    }
    content["texts"] = script_texts(picture.say)
    return content


def _facets(
    picture: Picture, facets: Facets | None, chosen: Chosen, swatches: Mapping[str, Mapping[str, str]]
) -> list[dict[str, Any]]:
    """The filters: their values, those of each record by number, and those chosen."""
    words = facet_words(picture.say)
    if facets is None:
        return [_types(picture, words["type"], swatches)]
    made = []
    for kind, options in facets.options.items():
        of: list[list[int]] = [[] for _ in picture.nodes]
        for value, option in enumerate(options):
            for number in option.numbers.tolist():
                of[number].append(value)
        wanted = set(chosen.get(kind, ()))
        made.append(
            {
                "kind": kind,
                "word": words[kind],
                "options": [
                    {
                        "text": option.text,
                        "count": len(option.numbers),
                        **(swatches.get(option.text, {}) if kind == "type" else {}),
                    }
                    for option in options
                ],
                "of": of,
                "chosen": _chosen([option.value for option in options], wanted),
            }
        )
    return made


def _chosen(values: Sequence[str], wanted: Collection[str]) -> list[int]:
    """The numbers of the values chosen; one of no value where none of them is on this map."""
    return [number for number, value in enumerate(values) if value in wanted] or ([-1] if wanted else [])


def _types(picture: Picture, word: str, swatches: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    place = {entry.type: value for value, entry in enumerate(picture.legend)}
    return {
        "kind": "type",
        "word": word,
        "options": [
            {"text": entry.plural, "count": entry.count, **swatches[entry.plural]} for entry in picture.legend
        ],
        "of": [[place[node.type]] for node in picture.nodes],
        "chosen": [],
    }


def _policy(scripts: list[str]) -> str:
    """Nothing is loaded; of scripts only these run, known by their hash, so injected ones never would."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode('ascii')}'"
        for script in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


class _Network(HTMLParser):
    """The in-line parts of a page by pyvis: the library, its style, the drawing. All else is dropped, the
    tags that load a stylesheet and scripts from the web among it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._inside = ""
        self._scripts: list[str] = []
        self._styles: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._inside = tag
            (self._scripts if tag == "script" else self._styles).append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self._scripts[-1] += data
        elif self._inside == "style":
            self._styles[-1] += data

    @property
    def library(self) -> str:
        """vis-network itself, without the comment that names a map of its source."""
        code = next(script for script in self._scripts if "* vis-network" in script[:200])
        return code.split("//# sourceMappingURL")[0].replace("\r\n", "\n")

    @property
    def drawing(self) -> str:
        """The script that makes the network from its data."""
        return next(script for script in self._scripts if "function drawGraph" in script)

    @property
    def style(self) -> str:
        """vis-network's own style sheet."""
        return max(self._styles, key=len)


def _network(content: Mapping[str, Any]) -> _Network:
    # pyvis brings IPython along: a second nobody else should wait for.
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", bgcolor="transparent")
    network.nodes = [
        {
            "id": number,
            "x": node["x"],
            "y": node["y"],
            "size": node["size"],
            "shape": node["shape"],
            "color": node["color"],
        }
        for number, node in enumerate(content["nodes"])
    ]
    # add_edge looks through all edges before each: quadratic.
    network.edges = [
        {"id": number, "from": edge["source"], "to": edge["target"]}
        for number, edge in enumerate(content["edges"])
    ]
    network.options = _options(len(network.edges))
    return _Network(network.generate_html())


def _options(edges: int) -> dict[str, Any]:
    many = edges > _MANY_EDGES
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"borderWidth": 0, "chosen": False, "labelHighlightBold": False},
        "edges": {
            "smooth": False,
            "chosen": False,
            "width": 0.6 if many else 1,
            "color": {
                "color": LIGHT["edge"],
                "inherit": False,
                "opacity": max(0.08, min(0.5, 550 / max(1, edges))),
            },
            "selectionWidth": 0,
            "hoverWidth": 0,
        },
        "interaction": {
            "dragNodes": False,
            "hover": False,
            "keyboard": False,
            "selectable": False,
            "selectConnectedEdges": False,
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
            "zoomSpeed": 0.7,
        },
    }
