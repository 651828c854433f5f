"""Who should meet: unlinked actors of different families on one topic, and what their tie would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import networkx as nx
import numpy as np

from cocommuns_graph.gaps.answers import Column, Introduction, Table
from cocommuns_graph.gaps.declare import table
from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.pairs import (
    MOST_ON_A_TOPIC,
    OFFERS,
    Candidate,
    Hold,
    candidates,
    distances,
    newly_linked,
)
from cocommuns_graph.gaps.stability import Mask, Scores, stability
from cocommuns_graph.gaps.web import acquaintance
from cocommuns_graph.model.declare import Words
from cocommuns_graph.network import chains
from cocommuns_graph.network.measures import constraint

MOST = 30
_OFTEN = 3

METHOD = Words(
    "Two actors of different families who have no direct tie and no shared initiative, and have a topic "
    "in common. A topic counts 1 / log2(1 + actors on it), times how strongly each is on it, half as much "
    "again where one needs or faces what the other knows, offers or has solved; topics with more than "
    f"{MOST_ON_A_TOPIC} actors are too general. What the tie would change then raises or lowers the "
    f"score. Nobody is named more than {_OFTEN} times.",
    "Deux acteurs de familles différentes, sans lien direct ni initiative commune, avec un sujet en "
    "commun. Un sujet compte 1 / log2(1 + acteurs), fois la force de chacun, moitié plus si l'un demande "
    f"ou affronte ce que l'autre sait, offre ou a résolu ; au-delà de {MOST_ON_A_TOPIC} acteurs un sujet "
    "est trop général. L'effet du lien élève ou abaisse ensuite le score. Personne n'est nommé plus de "
    f"{_OFTEN} fois.",
)
_SAYS = {
    "EXPERT_IN": Words("is an expert", "est expert·e"),
    "SOLVED": Words("has solved it", "l'a résolu"),
    "NEEDS": Words("needs it", "en a besoin"),
    "FACES": Words("faces it", "l'affronte"),
    "WORKS_ON": Words("works on it", "y travaille"),
    "POSITION_ON": Words("has taken a position", "a pris position"),
    "offers": Words("offers help", "offre de l'aide"),
}


@once
def introductions(facts: Facts) -> list[Introduction]:
    """The list of who should meet, best first, nobody in it too often."""
    named: Counter[int] = Counter()
    chosen: list[Candidate] = []
    for found in candidates(facts):
        if max(named[found.one], named[found.other]) < _OFTEN:
            chosen.append(found)
            named.update((found.one, found.other))
        if len(chosen) == MOST:
            break
    if not chosen:
        return []
    firm = _firm(facts, chosen)
    best = chosen[0].score
    return [
        _introduction(facts, found, rank, found.score / best, one)
        for rank, (found, one) in enumerate(zip(chosen, firm, strict=True), 1)
    ]


def _firm(facts: Facts, chosen: list[Candidate]) -> list[dict[str, Any]]:
    rows = [
        (number, *each.one.places, *each.other.places, found.factor * each.value)
        for number, found in enumerate(chosen)
        for each in found.shared
    ]
    owner, *places = (np.array(column) for column in list(zip(*rows, strict=True))[:5])
    value = np.array([row[5] for row in rows])

    def score(left: Mask) -> Scores:
        there = np.logical_and.reduce([left[place] for place in places])
        return np.bincount(owner, weights=value * there, minlength=len(chosen)).astype(float)

    return stability(score, len(chosen), facts.draws)


def _introduction(
    facts: Facts, found: Candidate, rank: int, score: float, firm: dict[str, Any]
) -> Introduction:
    one, other = facts.actors[found.one].id, facts.actors[found.other].id
    chain = _chain(facts, one, other)
    effect = _effect(facts, one, other)
    return Introduction(
        a=one,
        b=other,
        names=(facts.name(one), facts.name(other)),
        families=(_family_words(facts, one), _family_words(facts, other)),
        score=round(score, 4),
        rank=rank,
        reasons=tuple(_reasons(facts, found, chain, effect)),
        topics=tuple(each.topic for each in found.shared),
        chain=chain,
        effect=effect,
        stability=firm,
    )


def _family_words(facts: Facts, who: str) -> str:
    return facts.values(facts.families(who))


def _chain(facts: Facts, one: str, other: str) -> tuple[str, ...]:
    found = chains(facts.graph, one, other, limit=1) if other in distances(facts, one) else []
    return found[0].ids if found and not found[0].by_topic else ()


def _reasons(
    facts: Facts, found: Candidate, chain: tuple[str, ...], effect: dict[str, Any], most: int = 4
) -> list[str]:
    say = facts.say
    told = []
    for first, second, topics in list(_same_words(found))[:most]:
        about = say.listed([facts.topic(topic) for topic in topics], 3)
        told.append(
            say(
                f"On {about}, {_says(facts, first)} and {_says(facts, second)}",
                f"Sur {about}, {_says(facts, first)} et {_says(facts, second)}",
            )
        )
    between = chain[1:-1]
    if between:
        told.append(
            say(
                f"They can be introduced through {facts.names(between)}",
                f"Ils peuvent être présentés par {facts.names(between)}",
            )
        )
    else:
        told.append(say("No known chain leads from one to the other", "Aucune chaîne connue ne les relie"))
    if effect["families_linked"]:
        families = facts.values(effect["families_linked"])
        told.append(
            say(
                f"It would be the first known tie between {families}",
                f"Ce serait le premier lien connu entre {families}",
            )
        )
    if effect["components_joined"]:
        told.append(_joins(facts, found, effect["actors_joined"]))
    return told


def _joins(facts: Facts, found: Candidate, joined: int) -> str:
    """What a tie between two parts of the network would make of them."""
    say = facts.say
    ids = [facts.actors[who].id for who in (found.one, found.other)]
    alone = [who for who in ids if len(distances(facts, who)) == 1]
    names, others = facts.names(alone), say.number(joined - 1)
    if len(alone) == 2:
        return say(
            f"It would be the first tie of {names}, who are linked with nobody",
            f"Ce serait le premier lien de {names}, qui ne sont liés à personne",
        )
    if alone:
        return say(
            f"It would link {names}, so far linked with nobody, to {others} others",
            f"Cela lierait {names}, jusqu'ici sans lien, à {others} autres",
        )
    return say(
        f"It would join two separate parts into one of {say.number(joined)} actors",
        f"Cela réunirait deux parties séparées en une de {say.number(joined)} acteurs",
    )


def _same_words(found: Candidate) -> Iterator[tuple[Hold, Hold, list[str]]]:
    """What a pair shares, topics of which the same is said together; who can help comes first."""
    told: dict[tuple[object, ...], tuple[Hold, Hold, list[str]]] = {}
    for each in found.shared:
        key = (each.one.word, each.one.initiative, each.other.word, each.other.initiative)
        if key not in told:
            first, second = sorted((each.one, each.other), key=lambda hold: hold.side != OFFERS)
            told[key] = (first, second, [])
        told[key][2].append(each.topic)
    yield from told.values()


def _says(facts: Facts, hold: Hold) -> str:
    name = facts.name(facts.actors[hold.who].id)
    if hold.initiative:
        initiative = facts.name(hold.initiative)
        return facts.say(f"{name} takes part in {initiative}", f"{name} participe à {initiative}")
    return f"{name} {facts.say.words(_SAYS[hold.word])}"


def _effect(facts: Facts, one: str, other: str) -> dict[str, Any]:
    """What a tie between two would change."""
    from_one, from_other = distances(facts, one), distances(facts, other)
    steps = from_one.get(other)
    network = acquaintance(facts)
    gained = {who for who in (other, *network[other]) if from_one.get(who, 9) > 2}
    gained |= {who for who in (one, *network[one]) if from_other.get(who, 9) > 2}
    now, after = _constraint_now(facts), _constraint_after(facts, one, other)
    return {
        "distance": steps,
        "components_joined": int(steps is None),
        "actors_joined": len(from_one) + len(from_other) if steps is None else 0,
        "newly_within_two_steps": len(gained),
        "constraint_a": [_rounded(now[one]), _rounded(after[one])],
        "constraint_b": [_rounded(now[other]), _rounded(after[other])],
        "families_linked": newly_linked(facts, one, other),
    }


@once
def _constraint_now(facts: Facts) -> dict[str, Any]:
    return constraint(acquaintance(facts))


def _constraint_after(facts: Facts, one: str, other: str) -> dict[str, Any]:
    """Burt's constraint of two actors once they are tied: it rests on what is within two steps of them."""
    network = acquaintance(facts)
    near = {one, other}
    for _ in range(2):
        near |= {there for here in near for there in network[here]}
    part: nx.Graph[str] = nx.Graph()
    part.add_edges_from((here, there) for here in near for there in network[here] if there in near)
    part.add_edge(one, other)
    return constraint(part)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


@table("introductions")
def introductions_table(facts: Facts) -> Table:
    """Who should meet, and why."""
    say = facts.say
    rows = tuple(
        (
            found.rank,
            found.a,
            found.b,
            *found.names,
            *found.families,
            found.score,
            "; ".join(map(facts.name, found.topics)),
            ". ".join(found.reasons),
            " - ".join(map(facts.name, found.chain)),
            found.effect["distance"],
            found.stability["dropped"][-1]["stays"],
        )
        for found in introductions(facts)
    )
    return Table(
        "introductions",
        say("Who should meet", "Qui devrait se rencontrer"),
        (
            Column("rank", say("rank", "rang")),
            Column("a_id", say("id", "identifiant")),
            Column("b_id", say("id", "identifiant")),
            Column("a", say("who", "qui")),
            Column("b", say("and whom", "et qui")),
            Column("family_a", say("family", "famille")),
            Column("family_b", say("family", "famille")),
            Column("score", say("score", "score")),
            Column("topics", say("topics in common", "sujets communs")),
            Column("reasons", say("why", "pourquoi")),
            Column("chain", say("by way of", "par")),
            Column("distance", say("steps now", "étapes actuelles")),
            Column("stays", say("stays first, 10 % of ties dropped", "reste en tête, 10 % de liens ôtés")),
        ),
        rows,
        say.words(METHOD),
    )
