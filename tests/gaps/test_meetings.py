from __future__ import annotations

import networkx as nx
import pytest

from cocommuns_graph.model import Node, Relationship
from cocommuns_graph.network.measures import constraint
from tests.finding.graphs import expert, initiative, organisation, tie, topic
from tests.gaps.found import search


def two_sides() -> tuple[list[Node], list[Relationship]]:
    """A union that needs law, a cooperative that offers it, both tied to one in the middle."""
    nodes = [
        organisation("union", sector="union"),
        organisation("coop", sector="cooperative"),
        organisation("hub", sector="network"),
        topic("law"),
    ]
    ties = [
        tie("union", "PARTNER_OF", "hub"),
        tie("coop", "PARTNER_OF", "hub"),
        tie("union", "NEEDS", "law"),
        tie("coop", "WORKS_ON", "law", mode="offers"),
    ]
    return nodes, ties


def test_who_needs_is_introduced_to_who_offers() -> None:
    (found,) = search(*two_sides()).introductions
    assert (found.a, found.b) == ("coop", "union")
    assert found.families == ("cooperatives", "unions")
    assert found.topics == ("law",)
    assert found.chain == ("coop", "hub", "union")
    assert found.reasons[0] == "On “law”, Coop offers help and Union needs it"
    assert found.reasons[1] == "They can be introduced through Hub"
    assert found.score == 1.0


def test_the_effect_of_a_tie_is_what_it_would_change() -> None:
    nodes, ties = two_sides()
    effect = search(nodes, ties).introductions[0].effect
    assert effect["distance"] == 2
    assert effect["components_joined"] == 0
    before, after = nx.Graph([("union", "hub"), ("coop", "hub")]), nx.complete_graph(3)
    assert effect["constraint_a"] == pytest.approx(
        [constraint(before)["coop"], constraint(after)[0]], abs=1e-4
    )
    assert effect["families_linked"] == ["cooperative", "union"]
    apart = search(nodes, ties[1:]).introductions[0].effect
    assert apart["distance"] is None
    assert apart["components_joined"] == 1
    assert apart["actors_joined"] == 3
    assert apart["newly_within_two_steps"] == 3
    assert apart["constraint_b"][0] is None


@pytest.mark.parametrize(
    "extra",
    [
        [tie("union", "PARTNER_OF", "coop")],
        [tie("coop", "COLLABORATES_WITH", "union")],
        [tie("union", "TAKES_PART_IN", "fair"), tie("coop", "TAKES_PART_IN", "fair")],
    ],
)
def test_who_has_met_is_not_introduced(extra: list[Relationship]) -> None:
    nodes, ties = two_sides()
    assert search([*nodes, initiative("fair")], [*ties, *extra]).introductions == ()


def test_one_family_is_not_introduced_to_itself_nor_to_an_unknown_one() -> None:
    nodes, ties = two_sides()
    same = [organisation("union", sector="cooperative"), *nodes[1:]]
    assert search(same, ties).introductions == ()
    unknown = [organisation("union"), *nodes[1:]]
    assert search(unknown, ties, by="sector").introductions == ()


def test_who_belongs_to_both_families_is_not_introduced_to_one_of_them() -> None:
    nodes, ties = two_sides()
    nodes += [expert("ada"), organisation("other", sector="union")]
    ties += [tie("ada", "AFFILIATED_WITH", "other"), tie("ada", "AFFILIATED_WITH", "hub")]
    ties += [tie("ada", "EXPERT_IN", "law")]
    pairs = {(found.a, found.b) for found in search(nodes, ties).introductions}
    assert ("ada", "union") not in pairs
    assert ("ada", "coop") in pairs


def test_a_complement_comes_before_a_shared_worry_and_a_rare_topic_before_a_common_one() -> None:
    nodes = [organisation(name, sector="union") for name in ("u1", "u2", "u3", "u4")]
    nodes += [organisation(name, sector="city") for name in ("c1", "c2", "c3", "c4", "c5")]
    nodes += [topic("law"), topic("tax"), topic("all")]
    ties = [tie("u1", "NEEDS", "law"), tie("c1", "SOLVED", "law")]
    ties += [tie("u2", "NEEDS", "tax"), tie("c2", "NEEDS", "tax")]
    ties += [tie(name, "WORKS_ON", "all") for name in ("u3", "u4", "c3", "c4", "c5")]
    found = search(nodes, ties).introductions
    assert (found[0].a, found[0].b) == ("c1", "u1")
    assert [one.topics for one in found[1:3]] == [("tax",), ("all",)]
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert [one.rank for one in found] == list(range(1, len(found) + 1))


def test_nobody_is_named_too_often() -> None:
    nodes = [organisation("hub", sector="union"), topic("law")]
    nodes += [organisation(f"c{number}", sector="city") for number in range(9)]
    ties = [tie("hub", "WORKS_ON", "law", mode="offers")]
    ties += [tie(f"c{number}", "NEEDS", "law") for number in range(9)]
    found = search(nodes, ties).introductions
    assert len(found) == 3


def test_initiatives_of_one_name_in_many_places_are_taken_for_one() -> None:
    nodes = [
        organisation("keny", country="KE"),
        organisation("ghan", country="GH"),
        topic("law"),
        topic("air"),
    ]
    ties = []
    for number, owner in enumerate(("keny", "keny", "ghan", "ghan")):
        nodes.append(initiative(f"i{number}", ["Sensors", "Academy"][number % 2]))
        ties += [tie(owner, "TAKES_PART_IN", f"i{number}"), tie(f"i{number}", "ABOUT", "law")]
    assert search(nodes, ties).introductions == ()
    assert search(nodes, ties[2:]).introductions != ()
