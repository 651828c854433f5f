"""Needs that several families share: the raw material of a position paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from cocommuns_graph.gaps.answers import Column, Table
from cocommuns_graph.gaps.declare import CannotTell, Draft, gap, table
from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.stability import Mask, Scores, ranks, stability
from cocommuns_graph.gaps.topics import basis_of_work, experts, offers, providers
from cocommuns_graph.model.declare import Words


@once
def _shared(facts: Facts) -> list[dict[str, Any]]:
    """Topics that two or more families need or face, by how many, then by who; with rank and stability."""
    rows: list[dict[str, Any]] = []
    for topic in facts.topics:
        links = [link for type_ in ("NEEDS", "FACES") for link in facts.links(type_, topic.id)]
        families = sorted(set().union(*(facts.families(link.who) for link in links)) if links else ())
        if len(families) < 2:
            continue
        wanting = sorted({link.who for link in links})
        alone = sorted(
            set().union(*(facts.families(who) if who in facts.number else frozenset() for who in wanting))
        )
        rows.append(
            {
                "topic": topic.id,
                "families": families,
                "families_by_themselves": alone,
                "who_needs": facts.who("NEEDS", topic.id),
                "who_faces": facts.who("FACES", topic.id),
                "who_offers": offers(facts, topic.id),
                "who_knows": experts(facts, topic.id),
                "who_could_help": [who for who in providers(facts, topic.id) if who not in wanting],
                "links": links,
                "wanting": wanting,
            }
        )
    rows.sort(key=lambda row: (-_score(row), facts.name(row["topic"]).casefold(), row["topic"]))
    return _with_ranks(facts, rows)


def _score(row: dict[str, Any]) -> float:
    """Breadth: families, then those that say so themselves, then how many say it."""
    return len(row["families"]) * 1e6 + len(row["families_by_themselves"]) * 1e3 + len(row["wanting"])


def _with_ranks(facts: Facts, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    codes: dict[tuple[int, str], int] = {}
    places: list[tuple[int, int, float]] = []
    for number, row in enumerate(rows):
        for link in row["links"]:
            themselves = link.who in facts.number
            for family in facts.families(link.who):
                places.append((link.place, codes.setdefault((number, family), len(codes)), 1e6))
                if themselves:
                    places.append((link.place, codes.setdefault((number, f"+{family}"), len(codes)), 1e3))
            places.append((link.place, codes.setdefault((number, f"={link.who}"), len(codes)), 1.0))
    place = np.array([one[0] for one in places], dtype=np.int64)
    code = np.array([one[1] for one in places], dtype=np.int64)
    worth = np.zeros(len(codes))
    worth[code] = [one[2] for one in places]
    owner = np.array([number for number, _ in codes], dtype=np.int64)

    def score(left: Mask) -> Scores:
        there = np.zeros(len(codes))
        there[code[left[place]]] = 1.0
        return np.bincount(owner, weights=there * worth, minlength=len(rows)).astype(float)

    whole = ranks(score(np.ones(len(facts.ties), dtype=bool)))
    firm = stability(score, len(rows), facts.draws)
    return [
        row | {"rank": int(rank), "stability": one} for row, rank, one in zip(rows, whole, firm, strict=True)
    ]


@gap(
    "shared-need",
    title=Words("Shared needs", "Besoins partagés"),
    question=Words(
        "Which topics do two or more families need or face?",
        "De quels sujets deux familles ou plus ont-elles besoin, ou lesquels affrontent-elles ?",
    ),
    why=Words(
        "What several families want can be asked for together: it is the raw material of a position paper.",
        "Ce que veulent plusieurs familles peut se demander ensemble : c'est la matière d'une prise de "
        "position.",
    ),
    method=Words(
        "Breadth is the number of families of those who need or face the topic; an initiative counts for "
        "the families of those who take part, and one initiative alone makes no gap, only a row of the "
        "table. Equal breadth is ordered by families that say it themselves, then by how many say it.",
        "L'ampleur est le nombre de familles de qui en a besoin ou l'affronte ; une initiative compte pour "
        "les familles de qui y participe, et une seule initiative ne fait pas un manque, seulement une "
        "ligne du tableau. À égalité : les familles qui le disent elles-mêmes, puis le nombre.",
    ),
)
def shared_needs(facts: Facts) -> Iterator[Draft]:
    """Topics that two or more families need or face."""
    say = facts.say
    if not facts.ends("NEEDS", "FACES"):
        raise CannotTell(
            say(
                "It cannot be told: no record says what is needed or faced.",
                "Impossible à dire : aucune fiche ne dit ce qui est demandé ou affronté.",
            )
        )
    if not facts.by:
        raise CannotTell(
            say("It cannot be told: no families are known.", "Impossible : aucune famille connue.")
        )
    for row in _shared(facts):
        if len(row["wanting"]) < 2:
            continue
        help_ = row["who_could_help"]
        number = len(row["families"])
        many = say.number(number)
        several = say.property(facts.by)[1]
        verb = say("needed", "demandé") if row["who_needs"] else say("faced", "affronté")
        yield Draft(
            subjects=(row["topic"],),
            title=say(
                f"{facts.topic(row['topic'])} is {verb} by {many} {several}: {facts.values(row['families'])}",
                f"{facts.topic(row['topic'])} est {verb} par {many} {several} : "
                f"{facts.values(row['families'])}",
            ),
            evidence={
                name: row[name]
                for name in (
                    "families",
                    "families_by_themselves",
                    "who_needs",
                    "who_faces",
                    "who_offers",
                    "who_knows",
                    "who_could_help",
                    "rank",
                    "stability",
                )
            }
            | {"breadth": number},
            suggestion=say(
                f"Bring {facts.names(row['wanting'])} together with {facts.names(help_)}, who could help.",
                f"Réunir {facts.names(row['wanting'])} avec {facts.names(help_)}, qui pourraient aider.",
            )
            if help_
            else say(
                f"Bring {facts.names(row['wanting'])} together to ask for it jointly; nobody is recorded "
                "who could help.",
                f"Réunir {facts.names(row['wanting'])} pour le demander ensemble ; personne n'est indiqué "
                "qui pourrait aider.",
            ),
            basis=basis_of_work(facts),
        )


@table("shared-needs")
def shared_needs_table(facts: Facts) -> Table:
    """Who needs and who offers what several families want."""
    say = facts.say

    def names(ids: list[str]) -> str:
        return "; ".join(map(facts.name, ids))

    return Table(
        "shared-needs",
        say("Needs that several families share", "Besoins que plusieurs familles partagent"),
        (
            Column("topic_id", say("id", "identifiant")),
            Column("topic", say("topic", "sujet")),
            Column("breadth", say("families", "familles")),
            Column("families", say("which", "lesquelles")),
            Column("who_needs", say("who needs it", "qui en a besoin")),
            Column("who_faces", say("who faces it", "qui l'affronte")),
            Column("who_offers", say("who offers it", "qui l'offre")),
            Column("who_could_help", say("who could help", "qui pourrait aider")),
            Column("rank", say("rank", "rang")),
        ),
        tuple(
            (
                row["topic"],
                facts.name(row["topic"]),
                len(row["families"]),
                "; ".join(map(facts.value, row["families"])),
                names(row["who_needs"]),
                names(row["who_faces"]),
                names(row["who_offers"]),
                names(row["who_could_help"]),
                row["rank"],
            )
            for row in _shared(facts)
        ),
    )
