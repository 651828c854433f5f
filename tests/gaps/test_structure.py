from __future__ import annotations

from itertools import combinations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.gaps.facts import Facts
from cocommuns_graph.gaps.web import Web, acquaintance
from cocommuns_graph.gaps.words import Say
from cocommuns_graph.model import Graph, Node, Relationship
from tests.finding.graphs import expert, graphs, initiative, organisation, tie, topic
from tests.gaps.found import TODAY, nothing_of, of_kind, search, subjects, the_one


def organisations(names: str, **properties: str) -> list[Node]:
    return [organisation(name, **properties) for name in names]


def partners(*pairs: str) -> list[Relationship]:
    return [tie(pair[0], "PARTNER_OF", pair[1]) for pair in pairs]


def facts_of(graph: Graph, by: str = "sector") -> Facts:
    return Facts(graph, by=by, say=Say("en"), today=TODAY, seed=1)


def test_two_circles_that_one_holds_together() -> None:
    found = search(organisations("abcde"), partners("ab", "bc", "ca", "cd", "de", "ec"))
    gap = the_one(found, "cut-point")
    assert gap.subjects == ("c",)
    assert gap.evidence["parts"] == [2, 2]
    assert gap.evidence["pairs_separated"] == 4
    assert gap.title == "C is the only known way from A and B to the rest of the network"
    assert of_kind(found, "bridge") == []


def test_a_bridge_between_two_circles() -> None:
    found = search(organisations("abcdef"), partners("ab", "bc", "ca", "de", "ef", "fd", "cd"))
    gap = the_one(found, "bridge")
    assert gap.subjects == ("c", "d")
    assert gap.evidence["sides"] == [3, 3]
    assert gap.evidence["pairs_separated"] == 9
    assert [each for (each,) in subjects(found, "cut-point")] == ["c", "d"]
    assert (
        search(organisations("abcdef"), [*partners("ab", "bc", "ca", "de", "ef", "fd", "cd", "be")]).gaps
        != ()
    )
    healed = search(organisations("abcdef"), partners("ab", "bc", "ca", "de", "ef", "fd", "cd", "be"))
    assert of_kind(healed, "bridge") == of_kind(healed, "cut-point") == []


def test_the_second_link_beside_a_bridge_is_sought_between_others_first() -> None:
    nodes = [*organisations("abcdef"), topic("x", "X"), topic("y", "Y")]
    ties = partners("ab", "bc", "ca", "de", "ef", "fd", "cd")
    rare = [tie("c", "WORKS_ON", "x"), tie("e", "WORKS_ON", "x")]
    common = [tie(who, "WORKS_ON", "y") for who in "abf"]
    assert the_one(search(nodes, [*ties, *rare]), "bridge").suggestion.endswith("C and E share “X”.")
    assert the_one(search(nodes, [*ties, *rare, *common]), "bridge").suggestion.endswith("share “Y”.")


def test_a_tie_to_one_alone_is_in_the_table_and_its_other_end_a_cut_point() -> None:
    found = search(organisations("abcd"), partners("ab", "bc", "ca", "cd"))
    assert of_kind(found, "bridge") == []
    assert [row["a_id"] + row["b_id"] for row in found.tables["bridges"].as_dicts()] == ["cd"]
    assert subjects(found, "cut-point") == [("c",)]


def test_an_organisation_is_no_cut_point_for_holding_its_own_people() -> None:
    nodes = [*organisations("ab"), expert("x"), expert("y"), expert("z")]
    ties = [*partners("ab"), tie("x", "AFFILIATED_WITH", "a"), tie("y", "AFFILIATED_WITH", "a")]
    assert of_kind(search(nodes, ties), "cut-point") == []
    between = search(nodes, [*ties, tie("z", "COLLABORATES_WITH", "x")])
    assert [each for (each,) in subjects(between, "cut-point")] == ["x", "a"]


def test_a_meeting_links_those_who_took_part() -> None:
    nodes = [*organisations("abcd"), initiative("fair")]
    met = [tie(name, "TAKES_PART_IN", "fair") for name in "abc"]
    found = search(nodes, [*met, *partners("cd")])
    assert subjects(found, "isolate") == []
    assert sorted(each for (each,) in subjects(found, "cut-point")) == ["c", "fair"]
    assert found.network["isolates"] == 2
    assert found.network["acquaintance"]["isolates"] == 0
    assert found.network["acquaintance"]["ties"] == 4


def test_isolates_and_separate_parts() -> None:
    nodes = [*organisations("abcdef"), topic("law"), topic("tax")]
    ties = [*partners("ab", "bc", "de"), tie("f", "NEEDS", "law"), tie("b", "WORKS_ON", "law")]
    found = search(nodes, ties)
    assert subjects(found, "isolate") == [("f",)]
    assert subjects(found, "separate-part") == [("d", "e")]
    assert "Introduce F to B" in the_one(found, "isolate").suggestion
    assert the_one(found, "isolate").basis.reading == "not asked"
    assert found.network["components"] == 3
    linked = search(nodes, [*ties, *partners("fa", "ed", "ea")])
    assert of_kind(linked, "isolate") == of_kind(linked, "separate-part") == []


def test_an_isolate_whose_record_was_confirmed_has_nobody() -> None:
    def reading(confirmed: str) -> str:
        nodes = [*organisations("ab"), organisation("c", confirmed_on=confirmed)]
        return the_one(search(nodes, partners("ab")), "isolate").basis.reading

    assert reading("2026-05-01") == "nobody"
    assert reading("2020") == "out of date"


def test_without_any_ties_nothing_is_said_of_ties() -> None:
    found = search(organisations("abc"))
    for kind in ("isolate", "cut-point", "bridge", "separate-part"):
        assert of_kind(found, kind) == []
        assert "no record says who is linked" in nothing_of(found, kind)


def test_two_families_that_meet_through_one() -> None:
    nodes = [*organisations("abc", sector="union"), *organisations("xyz", sector="city")]
    ties = partners("ab", "bc", "xy", "yz", "ax", "ay")
    found = search(nodes, ties)
    gap = the_one(found, "one-contact")
    assert gap.subjects == ("a",)
    assert gap.evidence["families"] == ["city", "union"]
    assert gap.title == "Cities and unions meet only through A"
    assert of_kind(search(nodes, [*ties, *partners("bz")]), "one-contact") == []
    single = the_one(search(nodes, partners("ab", "bc", "xy", "yz", "ax")), "one-contact")
    assert single.subjects == ("a", "x")


def test_the_broker_whom_pairs_of_two_families_alone_have_in_common() -> None:
    nodes = [*organisations("ab", sector="union"), *organisations("xy", sector="city"), *organisations("m")]
    found = search(nodes, partners("ma", "mb", "mx", "my"))
    gap = the_one(found, "broker")
    assert gap.subjects == ("m",)
    assert gap.evidence["pairs_only_through"] == 4
    second = search([*nodes, *organisations("n")], partners("ma", "mb", "mx", "my", "na", "nx"))
    assert the_one(second, "broker").evidence["pairs_only_through"] == 3


def test_roles_of_brokers_are_those_of_the_measures() -> None:
    nodes = [*organisations("ab", sector="union"), *organisations("x", sector="city")]
    found = search(nodes, partners("ab", "bx"))
    (row,) = [row for row in found.tables["brokers"].as_dicts() if row["id"] == "b"]
    assert (row["representative"], row["gatekeeper"], row["liaison"]) == (1, 1, 0)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_the_web_tears_where_the_network_of_acquaintance_does(graph: Graph) -> None:
    """Without folding people into their organisations, cut-points are networkx's; sizes are those counted."""
    bare = Graph(graph.nodes.values(), [tie for tie in graph.relationships if tie.type != "AFFILIATED_WITH"])
    facts = facts_of(bare)
    web, network = Web(facts), acquaintance(facts)
    tears = web.tears()
    actors = {web.knots[knot] for knot in tears.parts if knot < len(web.actors)}
    assert actors == set(nx.articulation_points(network))
    for knot, sizes in tears.parts.items():
        if knot < len(web.actors):
            whole = nx.node_connected_component(network, web.knots[knot]) - {web.knots[knot]}
            rest = network.subgraph(whole)
            assert sizes == sorted(len(part) for part in nx.connected_components(rest))
            assert sorted(map(len, web.pieces(knot))) == sizes
    threads = {
        tuple(sorted((web.knots[web.threads[number].one], web.knots[web.threads[number].other])))
        for number in tears.bridges
        if web.threads[number].other < len(web.actors)
    }
    assert threads == {tuple(sorted(pair)) for pair in nx.bridges(network)}
    assert sorted(tears.sizes) == sorted(
        [len(part) for part in nx.connected_components(network)] + [0] * tears.sizes.count(0)
    )


@settings(max_examples=40, deadline=None)
@given(graphs(), st.randoms(use_true_random=False))
def test_the_web_with_ties_dropped_is_the_web_of_what_is_left(graph: Graph, random) -> None:
    facts = facts_of(graph)
    web = Web(facts)
    everything = web.tears([True] * len(web.threads))
    assert everything == web.tears()


def test_ranks_say_how_firm_they_are() -> None:
    hubs = organisations("abcdefgh")
    ties = partners(*("".join(pair) for pair in combinations("abcd", 2)), "de", "ef", "fg", "gh")
    found = search(hubs, ties)
    first = of_kind(found, "cut-point")[0]
    firm = first.evidence["stability"]
    assert first.evidence["rank"] == 1
    assert [one["share"] for one in firm["dropped"]] == [0.05, 0.1]
    for one in firm["dropped"]:
        assert 0 <= one["stays"] <= 1
        assert 1 <= one["band"][0] <= one["band"][1] <= len(of_kind(found, "cut-point"))
    assert search(hubs, ties).as_dict() == found.as_dict()
