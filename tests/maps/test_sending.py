"""What the live map's script is sent of a picture, a look, an overlay and words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cocommuns_graph.maps.picture import picture
from cocommuns_graph.maps.sending import drawn_part, look_part, overlay_part
from cocommuns_graph.maps.words import WORDS, filled
from tests.maps.made_up import made_up


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    return picture(made_up()).to_json()


def test_no_profile_and_no_source_is_sent(content: dict[str, Any]) -> None:
    text = drawn_part(content)
    assert "example.org" not in text
    assert "links.csv" not in text
    assert "coordinator" not in text
    assert "\\u00f6" in text


def test_columns_say_what_the_picture_says(content: dict[str, Any]) -> None:
    sent = json.loads(drawn_part(content))
    for number, node in enumerate(content["nodes"]):
        drawn = sent["palette"][sent["look"][number]]
        assert (sent["id"][number], sent["name"][number]) == (node["id"], node["name"])
        assert sent["types"][sent["type"][number]] == node["type"]
        assert drawn == {"color": node["color"], "shape": node["shape"]}
        assert sent["sides"][sent["side"][number]] == node["side"]
        assert sent["x"][number] == pytest.approx(node["x"], abs=0.06)
    for number, edge in enumerate(content["edges"]):
        assert (sent["source"][number], sent["target"][number]) == (edge["source"], edge["target"])
        assert sent["kinds"][sent["kind"][number]][0] == edge["type"]


def test_terms_come_with_their_language_and_without_the_name_itself(content: dict[str, Any]) -> None:
    node = {
        **content["nodes"][0],
        "name": "unions",
        "terms": [["unions", "en"], ["syndicats", "fr"], ["u", None]],
    }
    sent = json.loads(drawn_part({**content, "version": "terms", "nodes": [node], "edges": []}))
    assert sent["terms"] == [[["syndicats", "fr"], ["u", ""]]]


def test_the_same_version_is_written_down_once(content: dict[str, Any]) -> None:
    assert drawn_part(content) is drawn_part(dict(content))
    look = {"version": "a", "size": [1.0] * len(content["nodes"])}
    assert look_part(content, look) is look_part(content, dict(look))
    assert look_part(content, None) is None
    assert look_part(content, {**look, "version": "b"}) != look_part(content, look)


@pytest.mark.parametrize("name", ["color", "size", "shown"])
def test_a_look_goes_by_all_nodes(content: dict[str, Any], name: str) -> None:
    with pytest.raises(ValueError, match=f"look's {name} has 2 entries; the picture has 145"):
        look_part(content, {"version": "x", name: [1, 1]})


def test_an_overlay_keeps_to_what_is_on_the_map() -> None:
    tie = {"source": "a", "target": "b", "kind": "chain", "text": ""}
    overlay = {"ties": [tie, {**tie, "target": "c"}], "marks": [{"id": "c", "kind": "thin", "text": ""}]}
    assert overlay_part(overlay, {"a", "b"}) == {"ties": [tie], "marks": [], "legend": []}
    assert overlay_part(None, {"a"}) is None


def test_words_fall_back_to_english_and_slips_are_told() -> None:
    assert filled({"zoom-in": "Agrandir"})["zoom-in"] == "Agrandir"
    assert filled({"count": ("{count} fiche", "{count} fiches")})["count"] == [
        "{count} fiche",
        "{count} fiches",
    ]
    assert filled(None).keys() == WORDS.keys()
    with pytest.raises(ValueError, match="no text called 'zoom'"):
        filled({"zoom": "x"})
