"""Topics that hang on nobody or on one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from cocommuns_graph.gaps.answers import Column, Table
from cocommuns_graph.gaps.declare import CannotTell, Draft, gap, table
from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.stability import Mask, Scores, ranks, stability
from cocommuns_graph.gaps.topics import (
    Demand,
    basis_of_expertise,
    basis_of_work,
    demands,
    expertise_is_recorded,
    experts,
    wanted_by,
    who_might,
    workers,
)
from cocommuns_graph.model.declare import Words

_MOST_LISTED = 50


@once
def _ranked(facts: Facts) -> dict[int, list[tuple[Demand, list[str], dict[str, Any]]]]:
    """The topics with no expert (0) and with exactly one (1), most wanted first, with rank and stability."""
    found: dict[int, list[tuple[Demand, list[str]]]] = {0: [], 1: []}
    for demand in demands(facts).values():
        if expertise_is_recorded(facts):
            known = experts(facts, demand.topic)
        else:
            known = workers(facts, demand.topic)
            if len(known) == 1 and len(demand.works) < 2:
                continue
        if len(known) < 2:
            found[len(known)].append((demand, known))
    return {number: _with_ranks(facts, rows) for number, rows in found.items()}


def _with_ranks(
    facts: Facts, rows: list[tuple[Demand, list[str]]]
) -> list[tuple[Demand, list[str], dict[str, Any]]]:
    rows.sort(key=lambda row: (-row[0].weight, facts.name(row[0].topic).casefold(), row[0].topic))
    placed = [(row, place, weight) for row, (demand, _) in enumerate(rows) for place, weight in demand.places]
    row, place, weight = (
        (np.array(column, dtype=np.int64) for column in zip(*placed, strict=True))
        if placed
        else (np.zeros(0, dtype=np.int64),) * 3
    )

    def score(left: Mask) -> Scores:
        return np.bincount(row, weights=weight * left[place], minlength=len(rows)).astype(float)

    whole = ranks(score(np.ones(len(facts.ties), dtype=bool)))
    firm = stability(score, len(rows), facts.draws)
    return [
        (demand, known, {"rank": int(rank), "stability": one})
        for (demand, known), rank, one in zip(rows, whole, firm, strict=True)
    ]


def _evidence(facts: Facts, demand: Demand, known: list[str], rank: dict[str, Any]) -> dict[str, Any]:
    return {
        "experts": known,
        "needed_by": list(demand.needs),
        "faced_by": list(demand.faces),
        "worked_on_by": list(demand.works[:_MOST_LISTED]),
        "works": len(demand.works),
        "demand": demand.weight,
        "narrower_topics": list(facts.within(demand.topic)[1:]),
        **rank,
    }


_METHOD = Words(
    "Experts are those with EXPERT_IN on the topic or on a narrower one, and those who have solved it. "
    "Demand is two for each who needs or faces the topic, one for each who works on it.",
    "Sont expertes les personnes liées par EXPERT_IN au sujet ou à un sujet plus étroit, et qui l'a "
    "résolu. La demande compte deux par besoin ou problème, un par travail en cours.",
)


@gap(
    "topic-without-expert",
    title=Words("Topics without an expert", "Sujets sans expertise"),
    question=Words(
        "Which topics does somebody need, face or work on, without any expert?",
        "De quels sujets a-t-on besoin, ou lesquels affronte-t-on ou travaille-t-on, sans experte ni "
        "expert ?",
    ),
    why=Words(
        "Whoever wants help with the topic finds nobody to ask.",
        "Qui cherche de l'aide sur ce sujet ne trouve personne à qui demander.",
    ),
    method=_METHOD,
)
def topics_without_expert(facts: Facts) -> Iterator[Draft]:
    """Topics in demand that nobody is expert in."""
    if not demands(facts):
        raise CannotTell(_no_demand(facts))
    if not expertise_is_recorded(facts):
        raise CannotTell(
            facts.say(
                "It cannot be told: no record says who is an expert in what.",
                "Impossible à dire : aucune fiche ne dit qui est expert de quoi.",
            )
        )
    say = facts.say
    for demand, _, rank in _ranked(facts)[0]:
        asked = {*demand.needs, *demand.faces}
        might = who_might(facts, demand.topic, asked)
        evidence = _evidence(facts, demand, [], rank)
        yield Draft(
            subjects=(demand.topic,),
            title=say(
                f"No expert is recorded in {facts.topic(demand.topic)}, {wanted_by(facts, demand)}",
                f"Aucune expertise n'est indiquée sur {facts.topic(demand.topic)}, "
                f"{wanted_by(facts, demand)}",
            ),
            evidence=evidence | {"who_might": might},
            suggestion=say(
                f"Ask {facts.names(might)} whether they know it, or whom they know.",
                f"Demander à {facts.names(might)} qui s'y connaît.",
            )
            if might
            else say(
                "Look outside the inventory: nobody in it is near this topic.",
                "Chercher hors de l'inventaire : personne n'y est proche de ce sujet.",
            ),
            basis=basis_of_expertise(facts),
        )


@gap(
    "topic-on-one",
    title=Words("Topics that hang on one", "Sujets qui ne tiennent qu'à une personne"),
    question=Words(
        "Which topics does somebody need, face or work on, with exactly one expert?",
        "De quels sujets a-t-on besoin, ou lesquels affronte-t-on ou travaille-t-on, avec une seule "
        "expertise ?",
    ),
    why=Words(
        "If that one is away or overloaded, nobody else is known to ask.",
        "Si cette personne est absente ou débordée, on ne connaît personne d'autre.",
    ),
    method=_METHOD,
)
def topics_on_one(facts: Facts) -> Iterator[Draft]:
    """Topics in demand with exactly one expert; without any expertise recorded, with one who works on it."""
    if not demands(facts):
        raise CannotTell(_no_demand(facts))
    say = facts.say
    recorded = expertise_is_recorded(facts)
    for demand, (one,), rank in ((d, tuple(k), r) for d, k, r in _ranked(facts)[1]):
        might = who_might(facts, demand.topic, {*demand.needs, *demand.faces, one})
        evidence = _evidence(facts, demand, [one] if recorded else [], rank)
        name, topic, wanted = facts.name(one), facts.topic(demand.topic), wanted_by(facts, demand)
        if recorded:
            title = say(
                f"Only {name} is recorded as an expert in {topic}, {wanted}",
                f"{name} est la seule expertise indiquée sur {topic}, {wanted}",
            )
        else:
            number = say.count(
                len(demand.works), ("initiative", "initiatives"), ("initiative", "initiatives")
            )
            title = say(
                f"Only {name} works on {topic}, in {number}",
                f"{topic} ne tient qu'à {name}, dans {number}",
            )
        yield Draft(
            subjects=(demand.topic, one),
            title=title,
            evidence=evidence | {"who_might": might},
            suggestion=say(
                f"Find a second voice: {facts.names(might)} may know it.",
                f"Trouver une deuxième voix, peut-être {facts.names(might)}.",
            )
            if might
            else say(
                f"Ask {facts.name(one)} who else knows this, before it is needed.",
                f"Demander à {facts.name(one)} qui d'autre s'y connaît, avant d'en avoir besoin.",
            ),
            basis=basis_of_expertise(facts) if recorded else basis_of_work(facts),
        )


def _no_demand(facts: Facts) -> str:
    return facts.say(
        "It cannot be told: no record says which topics are needed, faced or worked on.",
        "Impossible à dire : aucune fiche ne dit quels sujets sont demandés, affrontés ou travaillés.",
    )


@table("thin-topics")
def thin_topics(facts: Facts) -> Table:
    """Every topic in demand that nobody or one knows."""
    say = facts.say
    rows = []
    for demand, known, rank in (*_ranked(facts)[0], *_ranked(facts)[1]):
        rows.append(
            (
                demand.topic,
                facts.name(demand.topic),
                len(known),
                "; ".join(map(facts.name, known)),
                "; ".join(map(facts.name, demand.needs)),
                "; ".join(map(facts.name, demand.faces)),
                len(demand.works),
                demand.weight,
                rank["rank"],
            )
        )
    return Table(
        "thin-topics",
        say("Topics known by nobody or by one", "Sujets connus de personne ou d'une seule personne"),
        (
            Column("topic_id", say("id", "identifiant")),
            Column("topic", say("topic", "sujet")),
            Column("experts", say("experts", "expertises")),
            Column("who", say("who", "qui")),
            Column("needed_by", say("needed by", "demandé par")),
            Column("faced_by", say("faced by", "affronté par")),
            Column("worked_on", say("work on it", "travaux")),
            Column("demand", say("demand", "demande")),
            Column("rank", say("rank", "rang")),
        ),
        tuple(rows),
        say.words(_METHOD),
    )
