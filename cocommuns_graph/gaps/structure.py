"""What holds the network together and what lies outside it: cut-points, bridges, parts, isolates."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from cocommuns_graph.gaps.answers import Basis
from cocommuns_graph.gaps.declare import CannotTell, Draft, gap
from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.stability import Mask, Scores, ranks, stability
from cocommuns_graph.gaps.topics import shared_topics
from cocommuns_graph.gaps.web import Tears, torn, web
from cocommuns_graph.model.declare import Words

_THREADS_DRAWN = 80_000
_MOST_LISTED = 50

NETWORK = Words(
    "Ties are direct ones and shared initiatives. An expert whose only tie is to an organisation of his or "
    "her own goes with it.",
    "Les liens sont les liens directs et les initiatives communes. Une personne liée seulement à sa propre "
    "organisation va avec elle.",
)


@once
def linked(facts: Facts) -> set[str]:
    """Who has any tie to another actor, direct or by a shared initiative."""
    by_initiative = {who for people in facts.parts.values() if len(people) > 1 for who in people}
    return set(facts.neighbours) | by_initiative


@once
def basis_of_ties(facts: Facts) -> Basis:
    """What the records allow one to say about who is linked with whom."""
    return facts.basis(
        list(facts.number), linked(facts), "name a tie to somebody", "nomment un lien avec quelqu'un"
    )


def pairs_apart(sizes: list[int]) -> int:
    """How many pairs of actors lie in different parts."""
    return (sum(sizes) ** 2 - sum(size * size for size in sizes)) // 2


def _need_ties(facts: Facts) -> None:
    if not linked(facts):
        raise CannotTell(
            facts.say(
                "It cannot be told: no record says who is linked with whom.",
                "Impossible à dire : aucune fiche ne dit qui est lié à qui.",
            )
        )


@once
def _drawn(facts: Facts) -> dict[bytes, Tears]:
    return {}


def _draws(facts: Facts) -> int:
    return max(5, min(100, _THREADS_DRAWN // max(1, len(web(facts).threads))))


def _tears(facts: Facts, left: Mask) -> Tears:
    known = _drawn(facts)
    key = left.tobytes()
    if key not in known:
        known[key] = web(facts).tears(web(facts).up(left))
    return known[key]


@once
def cut_points(facts: Facts) -> list[tuple[int, list[int], dict[str, Any]]]:
    """Knots without which the web tears: knot, sizes of the parts, rank and stability; the worst first."""
    found = sorted(
        torn(facts).parts.items(),
        key=lambda item: (-pairs_apart(item[1]), facts.name(web(facts).knots[item[0]]).casefold(), item[0]),
    )

    def score(left: Mask) -> Scores:
        parts = _tears(facts, left).parts
        return np.array([pairs_apart(parts.get(knot, [])) for knot, _ in found], dtype=float)

    return [
        (knot, sizes, firm)
        for (knot, sizes), firm in zip(
            found, _firm(facts, score, [pairs_apart(s) for _, s in found]), strict=True
        )
    ]


@once
def bridges(facts: Facts) -> list[tuple[int, tuple[int, int], dict[str, Any]]]:
    """Threads whose loss splits the web: thread, sizes of both sides, rank and stability; the worst first."""
    found = sorted(
        (
            (number, sides)
            for number, sides in torn(facts).bridges.items()
            if web(facts).threads[number].other < len(web(facts).actors)
        ),
        key=lambda item: (-pairs_apart(list(item[1])), item[0]),
    )

    def score(left: Mask) -> Scores:
        sides = _tears(facts, left).bridges
        return np.array([pairs_apart(list(sides.get(number, ()))) for number, _ in found], dtype=float)

    whole = [pairs_apart(list(sides)) for _, sides in found]
    return [
        (number, sides, firm) for (number, sides), firm in zip(found, _firm(facts, score, whole), strict=True)
    ]


def _firm(facts: Facts, score: Any, whole: list[int]) -> list[dict[str, Any]]:
    firm = stability(score, len(whole), facts.draws, _draws(facts))
    return [{"rank": int(rank), "stability": one} for rank, one in zip(ranks(whole), firm, strict=True)]


def _ids(facts: Facts, knots: list[int]) -> list[str]:
    """The actors that knots stand for, own people included."""
    there = set(knots)
    with_hosts = there | {person for person, host in web(facts).host.items() if host in there}
    return [web(facts).actors[knot] for knot in sorted(with_hosts)]


@gap(
    "cut-point",
    title=Words("Cut-points", "Points d'articulation"),
    question=Words(
        "Without whom would others lose every known link to the rest?",
        "Sans qui d'autres perdraient-ils tout lien connu avec le reste ?",
    ),
    why=Words(
        "If this one leaves or is overloaded, the network falls apart here.",
        "En cas de départ ou de surcharge, le réseau se rompt à cet endroit.",
    ),
    method=Words(
        f"{NETWORK.en} Cut-points by depth-first search (Hopcroft and Tarjan 1973), ranked by the number "
        "of pairs of actors that could no longer reach each other.",
        f"{NETWORK.fr} Recherche en profondeur (Hopcroft et Tarjan 1973), rang selon le nombre de paires "
        "qui ne pourraient plus se joindre.",
    ),
)
def cut_point_gaps(facts: Facts) -> Iterator[Draft]:
    """Actors, and initiatives, without which the network falls into more parts."""
    _need_ties(facts)
    say = facts.say
    for knot, sizes, firm in cut_points(facts):
        who = web(facts).knots[knot]
        pieces = web(facts).pieces(knot)
        lost = [_ids(facts, piece) for piece in pieces[:-1]]
        members = [member for piece in lost for member in piece]
        others = facts.names(members)
        is_initiative = knot >= len(web(facts).actors)
        yield Draft(
            subjects=(who,),
            title=say(
                f"{facts.name(who)} is the only known way from {others} to the rest of the network",
                f"{facts.name(who)} est le seul chemin connu vers le reste du réseau pour {others}",
            ),
            evidence={
                "type": "Initiative" if is_initiative else facts.graph.nodes[who].label,
                "parts": sizes,
                "pairs_separated": pairs_apart(sizes),
                "cut_off": members[:_MOST_LISTED],
                "cut_off_count": len(members),
                **firm,
            },
            suggestion=_second_link(facts, lost, _ids(facts, pieces[-1])),
            basis=basis_of_ties(facts),
        )


def _second_link(facts: Facts, lost: list[list[str]], rest: list[str], but: Collection[str] = ()) -> str:
    """The advice to tie a part that hangs by one link to the rest a second time, by a topic if there is
    one; if possible between others than `but`, on whom the first link hangs already."""
    say = facts.say
    part = [who for piece in lost for who in piece]
    fresh = shared_topics(
        facts, [who for who in part if who not in but], [who for who in rest if who not in but]
    )
    found = fresh or (shared_topics(facts, part, rest) if but else None)
    if found:
        one, other, topic = found
        return say(
            f"Give it a second link: {facts.name(one)} and {facts.name(other)} share {facts.topic(topic)}.",
            f"Créer un second lien : {facts.name(one)} et {facts.name(other)} partagent "
            f"{facts.topic(topic)}.",
        )
    return say(
        "Introduce somebody on one side to somebody on the other.",
        "Présenter quelqu'un d'un côté à quelqu'un de l'autre.",
    )


@gap(
    "bridge",
    title=Words("Bridges", "Ponts"),
    question=Words(
        "Which single tie holds two parts together?", "Quel lien tient à lui seul deux parties ensemble ?"
    ),
    why=Words(
        "If the two lose touch, all on one side lose all on the other.",
        "Si les deux se perdent de vue, un côté perd l'autre tout entier.",
    ),
    method=Words(
        f"{NETWORK.en} Bridges by the same search, ranked by the pairs of actors they alone keep joined. "
        "A tie to one actor alone is in the table, and its other end among the cut-points.",
        f"{NETWORK.fr} Ponts par la même recherche, rang selon les paires qu'ils sont seuls à joindre. Un "
        "lien vers un seul acteur est dans le tableau, et son autre bout parmi les points d'articulation.",
    ),
)
def bridge_gaps(facts: Facts) -> Iterator[Draft]:
    """Ties between two actors whose loss would leave two or more on either side."""
    _need_ties(facts)
    say = facts.say
    for number, (below, above), firm in bridges(facts):
        if min(below, above) == 1:
            continue
        thread = web(facts).threads[number]
        one, other = web(facts).knots[thread.one], web(facts).knots[thread.other]
        sides = [web(facts).side(number, thread.one), web(facts).side(number, thread.other)]
        small, large = sorted(sides, key=lambda side: (len(_ids(facts, side)), side))
        alone = facts.names(_ids(facts, small))
        yield Draft(
            subjects=(one, other),
            title=say(
                f"One tie alone leads to {alone}: the one between {facts.name(one)} and {facts.name(other)}",
                f"Un seul lien mène à {alone} : celui entre {facts.name(one)} et {facts.name(other)}",
            ),
            evidence={
                "sides": sorted([below, above]),
                "pairs_separated": below * above,
                "smaller_side": _ids(facts, small)[:_MOST_LISTED],
                **firm,
            },
            suggestion=_second_link(facts, [_ids(facts, small)], _ids(facts, large), but={one, other}),
            basis=basis_of_ties(facts),
        )


@once
def components(facts: Facts) -> list[list[str]]:
    """The actors of each component, largest first, equal ones by their first id."""
    found: dict[int, list[str]] = {}
    for node in facts.actors:
        found.setdefault(torn(facts).component[facts.number[node.id]], []).append(node.id)
    return sorted(found.values(), key=lambda part: (-len(part), part))


@gap(
    "separate-part",
    title=Words("Separate parts", "Parties séparées"),
    question=Words(
        "Who is linked with each other but with nobody else?",
        "Qui est lié entre soi mais à personne d'autre ?",
    ),
    why=Words(
        "What is known on one side does not reach the other.", "Ce que sait un côté n'atteint pas l'autre."
    ),
    method=Words(
        f"{NETWORK.en} Connected components but the largest, of two actors or more.",
        f"{NETWORK.fr} Composantes connexes autres que la plus grande, de deux acteurs ou plus.",
    ),
)
def separate_parts(facts: Facts) -> Iterator[Draft]:
    """Components of two or more actors apart from the largest."""
    _need_ties(facts)
    say = facts.say
    largest = components(facts)[0]
    for part in components(facts)[1:]:
        if len(part) < 2:
            break
        yield Draft(
            subjects=tuple(part),
            title=say(
                f"{facts.names(part)} are linked with each other but with nobody else",
                f"{facts.names(part)} sont liés entre eux mais à personne d'autre",
            ),
            evidence={"size": len(part), "largest": len(largest), "parts": len(components(facts))},
            suggestion=_second_link(facts, [part], largest),
            basis=_own_basis(facts, part),
        )


@gap(
    "isolate",
    title=Words("Isolates", "Isolés"),
    question=Words("Who is linked with nobody?", "Qui n'est lié à personne ?"),
    why=Words(
        "Nobody can introduce them, and nothing reaches them through the network.",
        "Personne ne peut les présenter, et rien ne leur parvient par le réseau.",
    ),
    method=Words(
        "Actors without a direct tie and without an initiative shared with another actor. A record that "
        "was never confirmed may only be incomplete: it is read as not asked.",
        "Acteurs sans lien direct ni initiative commune. Une fiche jamais confirmée peut être incomplète : "
        "elle vaut « pas demandé ».",
    ),
)
def isolates(facts: Facts) -> Iterator[Draft]:
    """Actors that no tie and no shared initiative links with anybody."""
    _need_ties(facts)
    say = facts.say
    others = [who for who in components(facts)[0] if who in linked(facts)]
    alone = [part[0] for part in components(facts) if len(part) == 1]
    for who in sorted(alone, key=lambda one: (facts.name(one).casefold(), one)):
        found = shared_topics(facts, [who], others)
        yield Draft(
            subjects=(who,),
            title=say(
                f"No link with anybody is recorded for {facts.name(who)}",
                f"Aucun lien avec quiconque n'est noté pour {facts.name(who)}",
            ),
            evidence={
                "type": facts.graph.nodes[who].label,
                "family": facts.family(who),
                "initiatives": facts.parts_of.get(who, [])[:_MOST_LISTED],
                "shares_topic_with": [found[1]] if found else [],
                "shared_topic": found[2] if found else None,
            },
            suggestion=say(
                f"Introduce {facts.name(who)} to {facts.name(found[1])}: both have to do with "
                f"{facts.topic(found[2])}.",
                f"Présenter {facts.name(who)} à {facts.name(found[1])} : {facts.topic(found[2])} les "
                "concerne.",
            )
            if found
            else say(
                f"Ask {facts.name(who)} with whom they work.",
                f"Demander à {facts.name(who)} le nom de ses partenaires.",
            ),
            basis=_own_basis(facts, [who]),
        )


def _own_basis(facts: Facts, ids: list[str]) -> Basis:
    """The state of the very records that lack a tie: who has confirmed the record was asked."""
    say = facts.say
    dates = {who: date for who in ids if (date := facts.graph.nodes[who].text("confirmed_on"))}
    text = ""
    if len(ids) == 1 and not dates:
        text = say(
            "Not asked: the record was never confirmed.", "Pas demandé : la fiche n'a jamais été confirmée."
        )
    elif len(ids) == 1:
        (date,) = dates.values()
        text = say(f"As confirmed on {date}.", f"Tel que confirmé le {date}.")
    return facts.basis(ids, dates, "were confirmed as they are", "ont été confirmées telles quelles", text)
