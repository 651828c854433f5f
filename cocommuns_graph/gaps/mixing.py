"""Which families are tied less, or more, than chance would have it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cocommuns_graph.gaps.answers import Cell, Column, Table
from cocommuns_graph.gaps.brokers import groups, need_families
from cocommuns_graph.gaps.chance import Mixing, mixing
from cocommuns_graph.gaps.declare import CannotTell, Draft, gap, table
from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.structure import basis_of_ties
from cocommuns_graph.model.declare import Words

LEVEL = 0.05
_LEAST_TIES = 5
MOST_FAMILIES = 40


@once
def _tied(facts: Facts) -> list[tuple[str, str]]:
    """The direct ties that say something of mixing: by sector not those that give an expert the sector."""
    if facts.by != "sector":
        return list(facts.direct)
    return [
        (one, other)
        for one, other in facts.direct
        if (one, other) not in facts.own_people and (other, one) not in facts.own_people
    ]


@once
def families_mixed(facts: Facts) -> list[str]:
    """The families that mixing is counted for: the largest, if there are too many for a matrix."""
    found = sorted(facts.sizes, key=lambda family: (-facts.sizes[family], family))[:MOST_FAMILIES]
    return sorted(found)


@once
def mixed(facts: Facts) -> Mixing:
    """Direct ties between families against chance."""
    number = {family: place for place, family in enumerate(families_mixed(facts))}
    group = np.array(
        [number.get(groups(facts).get(node.id, ""), -1) for node in facts.actors], dtype=np.int64
    )
    ends = np.array(
        [[facts.number[one], facts.number[other]] for one, other in _tied(facts)], dtype=np.int64
    ).reshape(-1, 2)
    return mixing(ends[:, 0], ends[:, 1], group, len(number), facts.seed)


@gap(
    "mixing",
    title=Words("Families tied less than chance", "Familles moins liées que par hasard"),
    question=Words(
        "Which families have fewer ties with each other than chance would give?",
        "Quelles familles ont entre elles moins de liens que le hasard n'en donnerait ?",
    ),
    why=Words(
        "It is then no accident that they seldom meet, and one introduction will not be enough.",
        "Ce n'est alors pas un hasard si elles se rencontrent peu, et une présentation ne suffira pas.",
    ),
    method=Words(
        "Direct ties, read both ways, against random networks in which everybody keeps the number of ties "
        "(seeded swaps; above 10,000 ties the closed form of the configuration model). By sector an "
        "expert's affiliation is left out, since it gives the sector. p two-sided, corrected for all "
        f"pairs to which chance gives a tie or more, by Benjamini-Hochberg; reported below {LEVEL:g}.",
        "Liens directs, dans les deux sens, face à des réseaux aléatoires où chacun garde son nombre de "
        "liens (échanges à graine fixe ; au-delà de 10 000 liens, forme close du modèle de "
        "configuration). Par secteur, l'affiliation d'une personne est omise puisqu'elle donne le "
        "secteur. p bilatéral, corrigé (Benjamini-Hochberg) pour les paires auxquelles le hasard donne au "
        f"moins un lien ; signalé sous {LEVEL:g}.",
    ),
)
def mixing_gaps(facts: Facts) -> Iterator[Draft]:
    """Pairs of families with significantly fewer ties than chance gives."""
    need_families(facts)
    say = facts.say
    if len(_tied(facts)) < _LEAST_TIES:
        raise CannotTell(
            say(
                f"It cannot be told from {len(_tied(facts))} direct ties.",
                f"Impossible à dire à partir de {len(_tied(facts))} liens directs.",
            )
        )
    found = mixed(facts)
    names = families_mixed(facts)
    fewer = [
        place
        for place, (one, other) in enumerate(found.pairs)
        if one != other and found.q[place] < LEVEL and found.ties[place] < found.expected[place]
    ]
    for place in sorted(fewer, key=lambda place: (found.z[place], place)):
        pair = tuple(names[number] for number in found.pairs[place])
        ties = say.count(int(found.ties[place]), ("tie", "ties"), ("lien", "liens"))
        yield Draft(
            subjects=(),
            about=pair,
            title=say(
                f"{facts.values(pair)} have {ties} with each other where chance would give about "
                f"{found.expected[place]:.0f}",
                f"{facts.values(pair)} ont {ties} entre eux là où le hasard en donnerait environ "
                f"{found.expected[place]:.0f}",
            ),
            evidence={
                "families": list(pair),
                "ties": int(found.ties[place]),
                "expected": round(float(found.expected[place]), 3),
                "z": round(float(found.z[place]), 3),
                "p": round(float(found.p[place]), 5),
                "p_corrected": round(float(found.q[place]), 5),
                "draws": found.draws,
            },
            suggestion=say(
                "Plan a joint meeting rather than single introductions.",
                "Prévoir une rencontre commune plutôt que des présentations isolées.",
            ),
            basis=basis_of_ties(facts),
        )


def _number(value: float, digits: int = 5) -> float | None:
    """A number as a cell: what is not a number is empty."""
    return round(float(value), digits) if value == value else None


@table("mixing")
def mixing_table(facts: Facts) -> Table:
    """Ties between each two families, and within each, against chance."""
    say = facts.say
    rows: list[tuple[Cell, ...]] = []
    if len(facts.sizes) > 1:
        found, names = mixed(facts), families_mixed(facts)
        for place, (one, other) in enumerate(found.pairs):
            rows.append(
                (
                    facts.value(names[one]),
                    facts.value(names[other]),
                    int(found.ties[place]),
                    round(float(found.expected[place]), 3),
                    _number(found.z[place], 3),
                    _number(found.p[place]),
                    _number(found.q[place]),
                    names[one],
                    names[other],
                )
            )
    return Table(
        "mixing",
        say("Ties between families against chance", "Liens entre familles face au hasard"),
        (
            Column("a", say("family", "famille")),
            Column("b", say("and family", "et famille")),
            Column("ties", say("ties", "liens")),
            Column("expected", say("by chance", "par hasard")),
            Column("z", "z"),
            Column("p", "p"),
            Column("p_corrected", say("p corrected", "p corrigé")),
            Column("a_value", say("value", "valeur")),
            Column("b_value", say("value", "valeur")),
        ),
        tuple(rows),
        say(
            "z above 0 means more ties than chance gives, below 0 fewer.",
            "z au-dessus de 0 : plus de liens que par hasard, en dessous : moins.",
        ),
    )
