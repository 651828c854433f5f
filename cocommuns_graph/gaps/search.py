"""The search for gaps: every declared kind, in order, over one graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from cocommuns_graph.gaps import (
    brokers,
    coverage,
    meetings,
    mixing,
    needs,
    positions,
    problems,
    records,
    structure,
    structure_tables,
    thin,
)
from cocommuns_graph.gaps.answers import Gap, Gaps, KindFound
from cocommuns_graph.gaps.declare import KINDS, TABLES
from cocommuns_graph.gaps.facts import ANSWERED_ENOUGH, DAYS_UNTIL_OLD, Facts
from cocommuns_graph.gaps.web import MOST_IN_A_CLIQUE, acquaintance, direct_network
from cocommuns_graph.gaps.words import LANGUAGES, Say
from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.records import Graph

Progress = Callable[[float, str], None]
SEED = 2017
ROOMS = (
    thin,
    coverage,
    needs,
    problems,
    positions,
    brokers,
    structure,
    structure_tables,
    mixing,
    records,
    meetings,
)
"""The modules that declare kinds and tables; imported here so that all are known."""

_ORDER = (
    "topic-without-expert",
    "topic-on-one",
    "shared-need",
    "solved-elsewhere",
    "open-problem",
    "diverging-positions",
    "unanswered-question",
    "coverage-hole",
    "one-contact",
    "broker",
    "cut-point",
    "bridge",
    "mixing",
    "separate-part",
    "isolate",
    "not-asked",
)


def find_gaps(
    graph: Graph,
    *,
    by: str | None = None,
    language: str = "en",
    today: date | None = None,
    seed: int = SEED,
    progress: Progress | None = None,
) -> Gaps:
    """Everything that is missing in a graph, in words, with what it rests on.

    `by` is the property that makes the families: any property of actors, imported columns included. Without
    it that is the sector, else, where fewer than two sectors are known, the country, else nothing. `language`
    is en or fr. `today` decides what is out of date; the same graph, day and seed give the same answer.
    `progress` is told before each kind what share is done (0 to 1) and what is searched for next.

    Raises:
        InvalidValue: no actor has the property, or there is no such language.
    """
    if by is not None and not by.strip():
        raise InvalidValue("the property to group actors by is empty; name one, such as sector or country")
    if language not in LANGUAGES:
        raise InvalidValue(f"{language!r} is no language of the report; accepted: {', '.join(LANGUAGES)}")
    day = today or date.today()
    say = Say(language)
    facts = Facts(graph, by=by if by is not None else "", say=say, today=day, seed=seed)
    if by is not None:
        _ = facts.groups
    else:
        for name in ("sector", "country"):
            tried = Facts(graph, by=name, say=say, today=day, seed=seed)
            if _makes_families(tried):
                facts = tried
                break
    gaps: list[Gap] = []
    kinds: list[KindFound] = []
    ordered = sorted(KINDS, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
    for place, name in enumerate(ordered):
        if progress is not None:
            progress(place / (len(ordered) + 1), say.words(KINDS[name].title))
        found, kind = KINDS[name].search(facts)
        gaps += found
        kinds.append(kind)
    if progress is not None:
        progress(len(ordered) / (len(ordered) + 1), say("Who should meet", "Qui devrait se rencontrer"))
    return Gaps(
        network=_network(facts),
        gaps=tuple(gaps),
        introductions=tuple(meetings.introductions(facts)),
        kinds=tuple(kinds),
        tables={name: make(facts) for name, make in TABLES.items()},
        method=_method(facts),
        limits=_limits(facts),
        language=language,
        by=facts.by,
        seed=seed,
    )


def _makes_families(facts: Facts) -> bool:
    try:
        return len(facts.sizes) > 1
    except InvalidValue:
        return False


def _network(facts: Facts) -> dict[str, Any]:
    return {
        **_summary(direct_network(facts)),
        "network": "direct",
        "by": facts.by,
        "families": dict(sorted(facts.sizes.items(), key=lambda item: (-item[1], item[0]))),
        "actors_without_family": len(facts.actors) - len(facts.groups),
        "acquaintance": _summary(acquaintance(facts)),
        "records": dict(
            Counter(node.label for node in facts.graph.nodes.values() if node.label in MODEL.labels)
        ),
    }


def _summary(network: Any) -> dict[str, Any]:
    from networkx import connected_components

    nodes, ties = network.number_of_nodes(), network.number_of_edges()
    parts = [len(part) for part in connected_components(network)]
    return {
        "nodes": nodes,
        "ties": ties,
        "components": len(parts),
        "isolates": parts.count(1),
        "largest_component": max(parts, default=0),
        "density": round(2 * ties / (nodes * (nodes - 1)), 6) if nodes > 1 else 0.0,
    }


def _method(facts: Facts) -> list[str]:
    say = facts.say
    one, _ = say.property(facts.by) if facts.by else ("", "")
    families = (
        say(
            f"Families are actors of one {one}; an expert without a {one} of his or her own has that of the "
            "current affiliations."
            if facts.by == "sector"
            else f"Families are actors with one value of {facts.by}.",
            f"Les familles réunissent les acteurs de même valeur : {one}."
            + (" Une personne a celui de ses affiliations actuelles." if facts.by == "sector" else ""),
        )
        if facts.by
        else say(
            "No property makes families here, so nothing is said between families.",
            "Aucune propriété ne forme de familles ici ; rien n'est dit entre familles.",
        )
    )
    years = DAYS_UNTIL_OLD // 365
    return [
        families,
        say(
            f"Every gap says what it rests on: not asked where fewer than {ANSWERED_ENOUGH:.0%} of the "
            "records say anything about the question, out of date where most were confirmed more than "
            f"{years} years before this day, else nobody. Confidence is high where 80% answer and half are "
            "confirmed, low where it was not asked or is out of date, else medium.",
            f"Chaque manque dit sur quoi il repose : pas demandé si moins de {100 * ANSWERED_ENOUGH:.0f} % "
            f"des fiches répondent, plus à jour si la plupart ont été confirmées il y a plus de {years} "
            "ans, sinon personne. La confiance est haute si 80 % répondent et la moitié est confirmée, "
            "basse si ce n'est pas demandé ou plus à jour, sinon moyenne.",
        ),
        say(
            "A printed rank says how firm it is: in draws with 5 and 10 % of all ties dropped (seed "
            f"{facts.seed}), the share in which it stays among the first, and the band from the 5th to the "
            "95th percentile of its rank.",
            "Un rang imprimé dit sa solidité : sur des tirages où 5 et 10 % des liens sont ôtés (graine "
            f"{facts.seed}), la part où il reste parmi les premiers, et l'intervalle du 5e au 95e centile.",
        ),
        say.words(meetings.METHOD),
    ]


def _limits(facts: Facts) -> list[str]:
    say = facts.say
    told = [
        say(
            "A gap is a gap in what is recorded: people may know and know each other without a record "
            "saying so.",
            "Un manque est un manque dans ce qui est noté : on peut savoir, et se connaître, sans fiche.",
        ),
        say(
            "Dropping ties shows what missing records would do to a rank, not what ties that are wrong "
            "would do.",
            "Ôter des liens montre l'effet de fiches manquantes sur un rang, non celui de liens faux.",
        ),
    ]
    large = sum(len(people) > MOST_IN_A_CLIQUE for people in facts.parts.values())
    if large:
        told.append(
            say(
                f"Of {say.count(large, ('initiative', 'initiatives'), ('', ''))} with more than "
                f"{MOST_IN_A_CLIQUE} participants it is not assumed that each two have met.",
                f"Pour {say.count(large, ('', ''), ('initiative', 'initiatives'))} de plus de "
                f"{MOST_IN_A_CLIQUE} participants, on ne suppose pas que tous se sont rencontrés.",
            )
        )
    return told
