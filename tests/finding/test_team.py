"""Teams for briefs: cases worked by hand, and random briefs against trying every team.

That the choice is exact is tried on two hundred random briefs in test_covering."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from random import Random
from typing import Any

import pytest

from cocommuns_graph.finding import Finder, Teams
from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.wording import wording
from tests.finding.graphs import expert, initiative, organisation, tie, topic
from tests.sample_graph import sample_graph

LABELS = ("Orchards", "Lanterns", "Harbours", "Weaving", "Bridges")
LANGUAGES, COUNTRIES, SECTORS = ("fr", "nl"), ("BE", "ES"), ("union", "city")


def teams(nodes: list[Node], ties: list[Relationship], asked: dict[str, int] | None = None) -> Teams:
    graph = Graph(nodes, ties)
    return Teams(graph, Finder(graph), asked)


@cache
def sample_teams() -> Teams:
    return Teams(sample_graph(), Finder(sample_graph()))


def proposed(made: Teams, *needs: str, **asked: Any) -> dict[str, Any]:
    return made.team(needs, **asked).as_dict()


def ids(team: dict[str, Any]) -> set[str]:
    return {member["id"] for member in team["members"]}


def random_graph(random: Random) -> Graph:
    nodes: list[Node] = [topic(f"t{number}", label) for number, label in enumerate(LABELS)]
    ties: list[Relationship] = []
    for number in range(random.randint(2, 5)):
        known = {"languages": [random.choice(LANGUAGES)]} if random.random() < 0.6 else {}
        nodes.append(expert(f"e{number}", f"Person {number}", **known))
    for number in range(random.randint(1, 3)):
        known = {
            name: random.choice(values) for name, values in (("country", COUNTRIES), ("sector", SECTORS))
        }
        nodes.append(organisation(f"o{number}", f"Body {number}", **known))
    organisations = [node.id for node in nodes if node.label == "Organisation"]
    for node in nodes:
        if node.label == "Topic":
            continue
        type_ = "EXPERT_IN" if node.label == "Expert" else "WORKS_ON"
        for number in range(len(LABELS)):
            if random.random() < 0.3:
                level = {"level": random.randint(1, 5)} if type_ == "EXPERT_IN" else {"mode": "works"}
                ties.append(tie(node.id, type_, f"t{number}", **level))
        if node.label == "Expert" and random.random() < 0.5:
            ties.append(tie(node.id, "AFFILIATED_WITH", random.choice(organisations)))
    return Graph(nodes, ties)


def brings(graph: Graph, identifier: str) -> set[str]:
    """What somebody covers, read off the graph without the code that is tested."""
    node = graph.nodes[identifier]
    own = [one for one in graph.relationships if one.start == identifier]
    found = {graph.nodes[one.end].name for one in own if one.type in ("EXPERT_IN", "WORKS_ON")}
    homes = [graph.nodes[one.end] for one in own if one.type == "AFFILIATED_WITH"]
    found |= {*node.texts("languages"), *(home.text("country") for home in (node, *homes))}
    return found | {home.text("sector") for home in homes or [node]}


def test_random_briefs_against_every_team() -> None:
    covering = several = 0
    for seed in range(12):
        random = Random(seed)
        graph = random_graph(random)
        made = Teams(graph, Finder(graph))
        known = {node.id: brings(graph, node.id) for node in graph.nodes.values() if node.label != "Topic"}
        for _ in range(5):
            needs = random.sample(LABELS, random.randint(1, 4))
            wanted = {
                "languages": random.sample(LANGUAGES, random.randint(0, 1)),
                "countries": random.sample(COUNTRIES, random.randint(0, 1)),
                "sectors": random.sample(SECTORS, random.randint(0, 2)),
            }
            size = random.choice((None, 1, 2))
            asked = {*needs, *(value for values in wanted.values() for value in values)}
            best = max(
                (len(asked & set().union(*(known[one] for one in team))), -number)
                for number in range(min(size or len(known), len(known)) + 1)
                for team in combinations(known, number)
            )
            found = proposed(made, *needs, **wanted, size=size)
            covered = {one["need"] for one in found["covered"]}
            assert (len(covered), -len(found["members"])) == best, (seed, needs, wanted, size)
            assert covered | set(found["uncovered"]) == asked
            for one in found["covered"]:
                assert set(one["by"]) == {member for member in ids(found) if one["need"] in known[member]}
            for member in found["members"]:
                assert set(member["adds"]) == known[member["id"]] & asked
                assert {reason["need"] for reason in member["reasons"]} == set(member["adds"])
            others = [ids(found), *map(ids, found["alternatives"])]
            assert all(one - other and other - one for one, other in combinations(others, 2))
            covering += not found["uncovered"]
            several += len(found["members"]) > 1
    assert covering > 12
    assert several > 12


def test_a_sentence_is_several_needs_and_reasons_lead_to_what_they_say() -> None:
    graph = sample_graph()
    found = proposed(sample_teams(), "We want a reciprocity contract between our city and trade unions")
    assert [one["topics"] for one in found["covered"]] == [
        ["reciprocity-contracts"],
        ["cities-and-municipalities"],
        ["trade-unions"],
    ]
    assert found["uncovered"] == []
    for member in found["members"]:
        for reason in member["reasons"]:
            assert reason["ids"][0] == member["id"]
            assert reason["sources"]
            for one, other in zip(reason["ids"], reason["ids"][1:], strict=False):
                assert any(link.other(one) == other for link in graph.links_of[one])
    assert len(found["alternatives"]) == 2


def test_only_firm_evidence_of_ones_own_covers() -> None:
    made = teams(
        [
            *(
                expert(name)
                for name in ("narrow", "beside", "colleague", "facing", "once", "often", "starter")
            ),
            organisation("firm"),
            topic("Gardens"),
            topic("Herb gardens"),
            topic("Parks"),
            topic("Drought", kind="challenge"),
            *(initiative(f"bed {number}") for number in range(4)),
        ],
        [
            tie("Herb gardens", "BROADER", "Gardens"),
            tie("Parks", "RELATED", "Gardens"),
            tie("narrow", "EXPERT_IN", "Herb gardens"),
            tie("beside", "EXPERT_IN", "Parks", level=5),
            tie("colleague", "AFFILIATED_WITH", "firm"),
            tie("firm", "WORKS_ON", "Gardens", mode="offers"),
            tie("facing", "FACES", "Drought"),
            tie("starter", "EXPERT_IN", "Gardens", level=1),
            *(tie(f"bed {number}", "ABOUT", "Gardens") for number in range(4)),
            *(tie("often", "TAKES_PART_IN", f"bed {number}", role="organiser") for number in range(4)),
            tie("once", "TAKES_PART_IN", "bed 0", role="participant"),
        ],
    )

    def cover(need: str) -> set[str]:
        first = proposed(made, need, fair=False)
        return ids(first).union(*map(ids, first["alternatives"]))

    everyone = {"narrow", "often", "firm", "starter"}
    assert cover("Gardens") <= everyone
    assert ids(proposed(made, "Gardens")) <= {"firm", "often"}
    drought = proposed(made, "Drought")
    assert drought["members"] == []
    assert drought["missing"][0]["why"] == "Nobody is linked to Drought firmly enough."
    assert [near["id"] for near in drought["missing"][0]["nearest"]] == ["facing"]


def test_who_is_asked_often_steps_back_and_the_count_is_told() -> None:
    nodes = [
        expert("ada"),
        expert("bo"),
        topic("Canals"),
        initiative("now"),
        initiative("past", status="ended"),
    ]
    ties = [
        tie("ada", "EXPERT_IN", "Canals", level=5),
        tie("bo", "EXPERT_IN", "Canals", level=4),
        tie("ada", "TAKES_PART_IN", "now"),
        tie("ada", "TAKES_PART_IN", "past"),
        tie("bo", "TAKES_PART_IN", "past"),
    ]
    assert ids(proposed(teams(nodes, ties), "Canals")) == {"bo"}
    ignoring = proposed(teams(nodes, ties), "Canals", fair=False)
    assert ids(ignoring) == {"ada"}
    assert ignoring["members"][0]["load"] == 1
    listed = proposed(teams(nodes, ties, {"bo": 3}), "Canals")
    assert ids(listed) == {"ada"}
    assert listed["alternatives"][0]["members"][0]["load"] == 3


def test_a_word_with_two_meanings_asks_which() -> None:
    made = sample_teams()
    both = made.team(["openness"])
    assert {topic for homonym in both.homonyms for topic in homonym.topics} == {
        "openness-commons",
        "openness-cooperative",
    }
    assert "several meanings" in both.why
    for meant in (made.team(["openness"], meant=["openness-commons"]), made.team(["openness-commons"])):
        assert [match.id for want in meant.wants for match in want.matches] == ["openness-commons"]
        assert "several meanings" not in meant.why


def test_what_cannot_be_covered_is_said() -> None:
    found = proposed(
        sample_teams(), "trade unions", "zeppelin racing", "the", languages=["nl"], countries=["Peru"]
    )
    assert found["uncovered"] == ["zeppelin racing", "the", "nl", "Peru"]
    said = {one["need"]: one["why"] for one in found["missing"]}
    assert "“zeppelin racing”" in said["zeppelin racing"]
    assert said["nl"].startswith("Nobody is known to speak Dutch.")
    assert said["Peru"].startswith("Nobody is known to be in Peru.")
    narrow = proposed(sample_teams(), "trade unions", "reciprocity contracts", size=1)
    assert "A team of 1 has no room for it" in narrow["missing"][0]["why"]
    french = proposed(sample_teams(), "syndicats", "zeppelin", say=wording("fr"))
    assert french["covered"][0]["name"] == "Syndicats"
    assert "glossaire" in french["missing"][0]["why"]


@pytest.mark.parametrize(
    ("needs", "asked", "says"),
    [
        ([], {}, "nothing was asked for"),
        (["  "], {}, "a need is empty"),
        (["unions"], {"languages": ["klingonese"]}, "is no language"),
        (["unions"], {"countries": ["Narnia"]}, "is no country"),
        (["unions"], {"sectors": ["pirates"]}, "is no sector"),
        (["unions"], {"sectors": [""]}, "a sector is empty"),
        (["unions"], {"size": 0}, "a team of 0"),
        ([f"need{number}" for number in range(41)], {}, "at most 40"),
    ],
)
def test_what_does_not_exist_is_refused(needs: list[str], asked: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        sample_teams().team(needs, **asked)
