from __future__ import annotations

from typing import Any

import pytest

from cocommuns_graph.finding import Finder
from cocommuns_graph.model import Graph
from cocommuns_graph.model.errors import InvalidValue, NotFound
from tests.finding.graphs import expert, initiative, organisation, tie, topic

GRAPH = Graph(
    [
        topic("work", "Work"),
        expert("ada", country="BE", place="Brussels, Belgium", languages=["fr", "nl"], team="Red"),
        expert("bo", country="FR", place="Lille", languages=["en"], score=4.5),
        expert("cy"),
        organisation("union", sector="union", country="BE"),
        organisation("city", sector="city", languages=["fr"]),
        initiative("event", kind="event", country="BE"),
    ],
    [
        *(tie(who, "EXPERT_IN", "work") for who in ("ada", "bo", "cy")),
        *(tie(who, "WORKS_ON", "work") for who in ("union", "city")),
        tie("event", "ABOUT", "work"),
        tie("ada", "AFFILIATED_WITH", "union"),
        tie("bo", "AFFILIATED_WITH", "union"),
        tie("bo", "AFFILIATED_WITH", "city"),
    ],
)
FINDER = Finder(GRAPH)


def found(**wishes: Any) -> set[str]:
    return {result.id for result in FINDER.find("work", **wishes).results}


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({}, {"ada", "bo", "cy", "union", "city", "event"}),
        ({"kinds": ["expert"]}, {"ada", "bo", "cy"}),
        ({"kinds": "experts"}, {"ada", "bo", "cy"}),
        ({"kinds": ["Organisations", "initiative"]}, {"union", "city", "event"}),
        ({"kinds": ["organization"]}, {"union", "city"}),
        ({"country": "BE"}, {"ada", "union", "event"}),
        ({"country": "Belgique"}, {"ada", "union", "event"}),
        ({"language": "French"}, {"ada", "city"}),
        ({"language": "nl"}, {"ada"}),
        ({"place": "brussels"}, {"ada"}),
        ({"place": "bruss"}, set()),
        ({"sector": "union"}, {"ada", "union"}),
        ({"sector": "Several"}, {"bo"}),
        ({"sector": "union", "kinds": ["expert"], "country": "be"}, {"ada"}),
        ({"where": {"team": "RED"}}, {"ada"}),
        ({"where": {"score": "4.5"}}, {"bo"}),
        ({"where": {"languages": "fr"}}, {"ada", "city"}),
        ({"where": {"languages": "Dutch"}}, {"ada"}),
        ({"where": {"country": "Frankreich"}}, {"bo"}),
        ({"where": {"nothing": "x"}}, set()),
        ({"where": {"kind": "event", "country": "BE"}}, {"event"}),
    ],
)
def test_only_what_is_known_to_fit_is_kept(wishes: dict[str, Any], expected: set[str]) -> None:
    assert found(**wishes) == expected


def test_what_is_left_out_for_being_unknown_is_counted() -> None:
    answer = FINDER.find("work", kinds=["expert"], country="BE")
    assert "1 left out, country not known." in answer.why
    answer = FINDER.find("work", language="Danish")
    assert answer.results == ()
    assert "none that fits languages Danish" in answer.why
    assert "3 left out, languages not known." in answer.why


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"kinds": ["topic"]}, "accepted: expert, organisation, initiative"),
        ({"country": "Atlantis"}, "'Atlantis' is no country"),
        ({"language": "Elvish"}, "'Elvish' is no language"),
        ({"sector": "trade"}, "accepted: commons, cooperative"),
        ({"limit": 0}, "a limit of 0"),
    ],
)
def test_wishes_that_cannot_be_are_refused(wishes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        FINDER.find("work", **wishes)


def test_an_unknown_start_is_refused() -> None:
    with pytest.raises(NotFound, match="'nobody'"):
        FINDER.find("work", start="nobody")


def test_a_limit_cuts_the_same_order() -> None:
    everything = [result.id for result in FINDER.find("work").results]
    for limit in (1, 2, 3):
        assert [result.id for result in FINDER.find("work", limit=limit).results] == everything[:limit]
