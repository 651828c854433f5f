"""Who stands between families, and which families meet only through one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from cocommuns_graph.gaps.answers import Cell, Column, Table
from cocommuns_graph.gaps.declare import CannotTell, Draft, gap, table
from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.stability import Mask, Scores, ranks, stability
from cocommuns_graph.gaps.structure import basis_of_ties
from cocommuns_graph.gaps.web import MOST_IN_A_CLIQUE, acquaintance
from cocommuns_graph.model.declare import Words
from cocommuns_graph.network import SEVERAL
from cocommuns_graph.network.measures import MEASURES

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
_MOST_BROKERS = 20
_WORK_DRAWN = 2_000_000
_DENSE = 300
_MOST_FAMILIES = 40


@once
def groups(facts: Facts) -> dict[str, str]:
    """The family of each actor of one known family."""
    return {who: family for who, family in facts.groups.items() if family != SEVERAL}


@once
def roles(facts: Facts) -> dict[str, dict[str, int]]:
    """The five counts of Gould and Fernandez by actor, in the network of acquaintance."""
    network = acquaintance(facts)
    values = {role: MEASURES[role].of(network, facts.groups) for role in ROLES}
    return {
        node.id: {role: int(values[role][node.id] or 0) for role in ROLES}
        for node in facts.actors
        if node.id in facts.groups
    }


@once
def _pairs(facts: Facts) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], Any]:
    """Every tie of acquaintance as two numbers, and the ways that keep it up: (tie, first, second place).

    A direct tie is a way of one place, given twice; a shared initiative needs both of its parts.
    """
    ties: dict[tuple[int, int], int] = {}
    ways: list[tuple[int, int, int]] = []

    def add(one: str, other: str, first: int, second: int) -> None:
        ends = sorted((facts.number[one], facts.number[other]))
        ways.append((ties.setdefault((ends[0], ends[1]), len(ties)), first, second))

    for (one, other), places in facts.direct.items():
        for place in places:
            add(one, other, place, place)
    for people in facts.parts.values():
        if len(people) <= MOST_IN_A_CLIQUE:
            for (one, first), (other, second) in combinations(people.items(), 2):
                add(one, other, first, second)
    ends = np.array(list(ties), dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1], np.array(ways, dtype=np.int64).reshape(-1, 3), len(ties)


@once
def _families(facts: Facts) -> NDArray[np.int64]:
    numbers = {family: place for place, family in enumerate(sorted(set(groups(facts).values())))}
    return np.array(
        [numbers.get(groups(facts).get(node.id, ""), -1) for node in facts.actors], dtype=np.int64
    )


def _sole(facts: Facts, left: Mask | None = None) -> Scores:
    """For each actor, the pairs of different families that only this one links in two steps."""
    one, other, ways, count = _pairs(facts)
    size = len(facts.actors)
    if left is not None:
        up = np.zeros(count, dtype=bool)
        up[ways[left[ways[:, 1]] & left[ways[:, 2]], 0]] = True
        one, other = one[up], other[up]
    rows: Any
    if size <= _DENSE:
        rows = np.zeros((size, size), dtype=np.float32)
        rows[one, other] = rows[other, one] = 1.0
        start, end = np.nonzero(np.triu((rows @ rows == 1) & (rows == 0), 1))
    else:
        ends = (np.append(one, other), np.append(other, one))
        rows = sparse.csr_array((np.ones(2 * len(one)), ends), shape=(size, size))
        two = sparse.csr_array(rows @ rows).tocoo()
        alone = (two.data == 1) & (two.row < two.col)
        start, end = two.row[alone].astype(np.int64), two.col[alone].astype(np.int64)
        tied = np.minimum(one, other) * size + np.maximum(one, other)
        apart = ~np.isin(start * size + end, tied)
        start, end = start[apart], end[apart]
    family = _families(facts)
    crossing = (family[start] >= 0) & (family[end] >= 0) & (family[start] != family[end])
    start, end = start[crossing], end[crossing]
    if not len(start):
        return np.zeros(size)
    # The one in the middle of the only way of two steps: the sum of the numbers of all common neighbours.
    numbers = np.arange(size, dtype=np.float32)
    numbered = (
        (rows * numbers) @ rows
        if size <= _DENSE
        else sparse.csr_array(rows @ sparse.diags_array(numbers) @ rows)
    )
    middle = np.rint(np.asarray(numbered[start, end])).astype(np.int64).ravel()
    return np.bincount(middle, minlength=size).astype(float)


@once
def sole_pairs(facts: Facts) -> list[tuple[str, int, dict[str, Any]]]:
    """Who alone links pairs of different families in two steps: actor, pairs, rank and stability."""
    if not groups(facts):
        return []
    counts = _sole(facts)
    found = sorted(
        (number for number in range(len(facts.actors)) if counts[number]),
        key=lambda number: (-counts[number], facts.actors[number].name.casefold(), number),
    )

    def score(left: Mask) -> Scores:
        return _sole(facts, left)[found]

    draws = max(
        5, min(100, _WORK_DRAWN // max(1, _pairs(facts)[3] * 20 + min(len(facts.actors), _DENSE) ** 2))
    )
    firm = stability(score, len(found), facts.draws, draws)
    return [
        (facts.actors[number].id, int(counts[number]), {"rank": int(rank), "stability": one})
        for number, rank, one in zip(found, ranks(counts[found]), firm, strict=True)
    ]


def need_families(facts: Facts) -> None:
    """Stops where there are not two families.

    Raises:
        CannotTell: fewer than two families are known.
    """
    if len(facts.sizes) < 2:
        raise CannotTell(
            facts.say(
                "It cannot be told: fewer than two families of actors are known.",
                "Impossible à dire : moins de deux familles d'acteurs sont connues.",
            )
        )


@gap(
    "broker",
    title=Words("Brokers between families", "Intermédiaires entre familles"),
    question=Words(
        "Who alone stands between actors of different families?",
        "Qui est seul·e entre des acteurs de familles différentes ?",
    ),
    why=Words(
        "Without this one, those pairs have nobody in common to introduce them.",
        "Sans cette personne, ces paires n'ont plus personne en commun pour les présenter.",
    ),
    method=Words(
        "Ties are direct ones and shared initiatives. Ranked by the pairs of different families that are "
        "not tied and have only this one in common; the five roles are those of Gould and Fernandez "
        f"(1989), ordered pairs. The first {_MOST_BROKERS} are gaps, the table has all.",
        "Liens directs et initiatives communes. Rang selon les paires de familles différentes, sans lien, "
        "qui n'ont que cette personne en commun ; les cinq rôles sont ceux de Gould et Fernandez (1989), "
        f"paires ordonnées. Les {_MOST_BROKERS} premiers sont des manques, le tableau les a tous.",
    ),
)
def broker_gaps(facts: Facts) -> Iterator[Draft]:
    """The first actors that alone stand between pairs of different families."""
    need_families(facts)
    say = facts.say
    for who, pairs, firm in sole_pairs(facts)[:_MOST_BROKERS]:
        between = sorted(
            {groups(facts)[other] for other in acquaintance(facts)[who] if other in groups(facts)}
        )
        number = say.count(
            pairs, ("pair of actors", "pairs of actors"), ("paire d'acteurs", "paires d'acteurs")
        )
        have = ("have", "ont") if pairs > 1 else ("has", "a")
        yield Draft(
            subjects=(who,),
            title=say(
                f"{say.sentence(number)} from {facts.values(between)} {have[0]} only {facts.name(who)} in "
                "common",
                f"{say.sentence(number)} ({facts.values(between)}) {have[1]} seulement {facts.name(who)} "
                "en commun",
            ),
            evidence={"pairs_only_through": pairs, "families": between}
            | dict(roles(facts).get(who, {}))
            | firm,
            suggestion=say(
                f"Let {facts.name(who)} introduce some of them to each other, so that they can do without.",
                f"Que {facts.name(who)} en présente quelques-uns les uns aux autres, pour pouvoir s'en "
                "passer.",
            ),
            basis=basis_of_ties(facts),
        )


@table("brokers")
def brokers_table(facts: Facts) -> Table:
    """The five roles of every actor that has any, and the pairs it alone links."""
    say = facts.say
    alone = {who: (pairs, firm) for who, pairs, firm in sole_pairs(facts)}
    rows: list[tuple[Cell, ...]] = []
    for who, counts in roles(facts).items():
        if not any(counts.values()) and who not in alone:
            continue
        pairs, firm = alone.get(who, (0, {}))
        stays = firm["stability"]["dropped"][-1]["stays"] if firm else None
        total = sum(counts.values())
        rows.append(
            (
                who,
                facts.name(who),
                facts.family(who),
                *counts.values(),
                total,
                pairs,
                firm.get("rank"),
                stays,
            )
        )
    rows.sort(key=lambda row: (-int(row[9] or 0), -int(row[8] or 0), str(row[1]).casefold(), str(row[0])))
    return Table(
        "brokers",
        say("Brokers between families", "Intermédiaires entre familles"),
        (
            Column("id", say("id", "identifiant")),
            Column("name", say("name", "nom")),
            Column("family", say("family", "famille")),
            *(Column(role, say.words(MEASURES[role].words)) for role in ROLES),
            Column("total", say("all roles", "tous les rôles")),
            Column("pairs_only_through", say("pairs only through", "paires seulement par")),
            Column("rank", say("rank", "rang")),
            Column("stays", say("stays first, 10 % of ties dropped", "reste en tête, 10 % de liens ôtés")),
        ),
        tuple(rows),
        say(
            "Direct ties and shared initiatives. The five roles count ordered pairs that are not tied.",
            "Liens directs et initiatives communes. Les cinq rôles comptent des paires ordonnées sans lien.",
        ),
    )


@once
def contacts(facts: Facts) -> dict[tuple[str, str], list[tuple[frozenset[str], frozenset[str]]]]:
    """Where each two families meet: for each direct tie and shared initiative who is there of either.

    An expert of several families is where they meet.
    """
    found: defaultdict[tuple[str, str], list[tuple[frozenset[str], frozenset[str]]]] = defaultdict(list)
    meetings = [dict.fromkeys(pair) for pair in facts.direct]
    meetings += [dict.fromkeys(people) for people in facts.parts.values()]
    for people in meetings:
        by_family: defaultdict[str, set[str]] = defaultdict(set)
        for who in people:
            for family in facts.families(who):
                by_family[family].add(who)
        for one, other in combinations(sorted(by_family), 2):
            first, second = frozenset(by_family[one]), frozenset(by_family[other])
            if len(first | second) > 1:
                found[one, other].append((first, second))
    return dict(found)


def _only_contact(meetings: list[tuple[frozenset[str], frozenset[str]]]) -> set[str]:
    """Who is at every meeting of two families as the only one of a family."""
    alone = [
        (set(one) if len(one) == 1 else set()) | (set(other) if len(other) == 1 else set())
        for one, other in meetings
    ]
    return set.intersection(*alone) if alone else set()


@gap(
    "one-contact",
    title=Words("Families that meet through one", "Familles qui se rencontrent par une seule personne"),
    question=Words(
        "Which two families meet only through one actor?",
        "Quelles familles ne se rencontrent que par un seul acteur ?",
    ),
    why=Words(
        "Two families then know each other through one voice, and not at all without it.",
        "Deux familles ne se connaissent alors que par une voix, et plus du tout sans elle.",
    ),
    method=Words(
        "Families of two actors or more. They meet in direct ties and shared initiatives; reported where "
        "one actor is at every meeting as the only one of a family.",
        "Familles de deux acteurs ou plus. Elles se rencontrent par liens directs et initiatives communes "
        "; signalées si un acteur est de toutes les rencontres comme seul de sa famille.",
    ),
)
def one_contacts(facts: Facts) -> Iterator[Draft]:
    """Pairs of families whose every contact is one and the same actor."""
    need_families(facts)
    say = facts.say
    pairs = sorted(
        contacts(facts).items(),
        key=lambda item: (-min(facts.sizes[one] for one in item[0]), item[0]),
    )
    for (one, other), meetings in pairs:
        if min(facts.sizes[one], facts.sizes[other]) < 2:
            continue
        alone = sorted(_only_contact(meetings), key=lambda who: (facts.name(who).casefold(), who))
        if not alone:
            continue
        both = facts.values((one, other))
        who = facts.names(alone)
        yield Draft(
            subjects=tuple(alone),
            about=(f"{one}|{other}", *alone),
            title=say(
                f"{say.sentence(both)} meet only {'where' if len(alone) > 1 else 'through'} "
                f"{who}{' do' if len(alone) > 1 else ''}",
                f"{say.sentence(both)} ne se rencontrent que par {who}",
            ),
            evidence={
                "families": [one, other],
                "sizes": [facts.sizes[one], facts.sizes[other]],
                "meetings": len(meetings),
            },
            suggestion=say(
                f"Introduce others of {both} to each other, beginning with the list of introductions.",
                f"Présenter d'autres membres ({both}), en commençant par la liste des présentations.",
            ),
            basis=basis_of_ties(facts),
        )


@table("families")
def families_table(facts: Facts) -> Table:
    """How often each two families meet, and through whom."""
    say = facts.say
    rows = []
    largest = sorted(facts.sizes, key=lambda family: (-facts.sizes[family], family))[:_MOST_FAMILIES]
    for one, other in combinations(sorted(largest), 2):
        meetings = contacts(facts).get((one, other), [])
        alone = sorted(_only_contact(meetings))
        rows.append(
            (
                facts.value(one),
                facts.value(other),
                facts.sizes[one],
                facts.sizes[other],
                len(meetings),
                "; ".join(map(facts.name, alone)),
            )
        )
    return Table(
        "families",
        say("How families meet", "Comment les familles se rencontrent"),
        (
            Column("a", say("family", "famille")),
            Column("b", say("and family", "et famille")),
            Column("size_a", say("actors", "acteurs")),
            Column("size_b", say("actors", "acteurs")),
            Column("meetings", say("ties and initiatives", "liens et initiatives")),
            Column("only_through", say("only through", "seulement par")),
        ),
        tuple(rows),
    )
