"""The command `team`, on the sample inventory."""

from __future__ import annotations

from functools import partial

from tests.cli import shapes
from tests.cli.conftest import Run
from tests.cli.runs import at_once


def test_a_team_in_words_and_as_json(on_sample: Run) -> None:
    told, found, unfair, refused = at_once(
        partial(on_sample, "team", "trade unions", "contrats de réciprocité", "--sectors", "union,city"),
        partial(on_sample, "team", "trade unions", "zeppelin racing", "--language", "fr", "--json"),
        partial(on_sample, "team", "openness", "--size", "1", "--ignore-load", "--json"),
        partial(on_sample, "team", "trade unions", "--countries", "BE,Narnia", "--json"),
    )
    assert told.code == 0
    assert "members cover all of it." in told.out
    assert "is of the sector union" in told.out
    assert "links.csv:" in told.out
    assert "instead, 1:" in told.out
    shapes.check("team", found.json)
    assert [one["need"] for one in found.json["covered"]] == ["trade unions"]
    assert found.json["uncovered"] == ["zeppelin racing", "fr"]
    assert [one["why"] != "" for one in found.json["missing"]] == [True, True]
    shapes.check("team", unfair.json)
    assert len(unfair.json["members"]) == 1
    assert len(unfair.json["homonyms"][0]["topics"]) == 2
    assert (refused.code, refused.out) == (2, "")
    assert "'Narnia' is no country" in refused.err
