"""The tables of what holds the network together."""

from __future__ import annotations

from cocommuns_graph.gaps.answers import Column, Table
from cocommuns_graph.gaps.declare import table
from cocommuns_graph.gaps.facts import Facts
from cocommuns_graph.gaps.structure import NETWORK, bridges, components, cut_points, pairs_apart
from cocommuns_graph.gaps.web import web


@table("cut-points")
def cut_points_table(facts: Facts) -> Table:
    """Everybody without whom the network falls into more parts."""
    say = facts.say
    rows = []
    for knot, sizes, firm in cut_points(facts):
        who = web(facts).knots[knot]
        rows.append(
            (
                who,
                facts.name(who),
                facts.graph.nodes[who].label,
                facts.family(who) or None,
                len(sizes),
                sum(sizes) - max(sizes),
                pairs_apart(sizes),
                firm["rank"],
                firm["stability"]["dropped"][-1]["stays"],
            )
        )
    return Table(
        "cut-points",
        say("Who holds the network together", "Qui tient le réseau ensemble"),
        (
            Column("id", say("id", "identifiant")),
            Column("name", say("name", "nom")),
            Column("type", say("type", "type")),
            Column("family", say("family", "famille")),
            Column("parts", say("parts without", "parties sans")),
            Column("cut_off", say("cut off", "coupés du reste")),
            Column("pairs_separated", say("pairs separated", "paires séparées")),
            Column("rank", say("rank", "rang")),
            Column("stays", say("stays first, 10 % of ties dropped", "reste en tête, 10 % de liens ôtés")),
        ),
        tuple(rows),
        say.words(NETWORK),
    )


@table("bridges")
def bridges_table(facts: Facts) -> Table:
    """Every tie that alone holds two parts together."""
    say = facts.say
    rows = []
    for number, (below, above), firm in bridges(facts):
        one, other = (
            web(facts).knots[end]
            for end in (web(facts).threads[number].one, web(facts).threads[number].other)
        )
        rows.append(
            (
                one,
                other,
                facts.name(one),
                facts.name(other),
                min(below, above),
                max(below, above),
                firm["rank"],
                firm["stability"]["dropped"][-1]["stays"],
            )
        )
    return Table(
        "bridges",
        say("Single ties between two parts", "Liens uniques entre deux parties"),
        (
            Column("a_id", say("id", "identifiant")),
            Column("b_id", say("id", "identifiant")),
            Column("a", say("between", "entre")),
            Column("b", say("and", "et")),
            Column("smaller", say("smaller side", "plus petit côté")),
            Column("larger", say("larger side", "plus grand côté")),
            Column("rank", say("rank", "rang")),
            Column("stays", say("stays first, 10 % of ties dropped", "reste en tête, 10 % de liens ôtés")),
        ),
        tuple(rows),
        say.words(NETWORK),
    )


@table("components")
def components_table(facts: Facts) -> Table:
    """The parts of the network and the isolates."""
    say = facts.say
    return Table(
        "components",
        say("Parts of the network", "Parties du réseau"),
        (
            Column("part", say("part", "partie")),
            Column("size", say("actors", "acteurs")),
            Column("members", say("who", "qui")),
            Column("member_ids", say("ids", "identifiants")),
        ),
        tuple(
            (number, len(part), "; ".join(map(facts.name, part)), "; ".join(part))
            for number, part in enumerate(components(facts), 1)
        ),
        say.words(NETWORK),
    )
