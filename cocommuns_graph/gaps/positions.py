"""Positions taken on topics by family, and questions left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cocommuns_graph.gaps.answers import Basis, Column, Table
from cocommuns_graph.gaps.declare import CannotTell, Draft, gap, table
from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.topics import who_might
from cocommuns_graph.model.declare import Words

AGREED, DIVERGING, UNANSWERED, ONE_FAMILY = "agreed", "diverging", "unanswered", "one family"


@dataclass(frozen=True)
class Stand:
    """The positions on one topic: who holds which stance, by family, and what that makes."""

    topic: str
    status: str
    by_stance: dict[str, list[str]]
    families: dict[str, list[str]]


@once
def stands(facts: Facts) -> list[Stand]:
    """The positions on every topic that has any, in the order of the topics' names."""
    found = []
    for topic in facts.topics:
        links = facts.links("POSITION_ON", topic.id)
        if not links:
            continue
        by_stance: defaultdict[str, list[str]] = defaultdict(list)
        families: defaultdict[str, set[str]] = defaultdict(set)
        for link in links:
            stance = link.tie.text("stance")
            # Whatever else a shared database may hold takes no side.
            stance = stance if stance in ("agree", "diverge") else "open"
            if link.who not in by_stance[stance]:
                by_stance[stance].append(link.who)
            for family in facts.families(link.who):
                families[family].add(stance)
        found.append(
            Stand(
                topic.id,
                _status(by_stance, families),
                dict(by_stance),
                {family: sorted(stances) for family, stances in sorted(families.items())},
            )
        )
    return sorted(found, key=lambda stand: (facts.name(stand.topic).casefold(), stand.topic))


def _status(by_stance: dict[str, list[str]], families: dict[str, set[str]]) -> str:
    some, others = set(by_stance.get("agree", ())), set(by_stance.get("diverge", ()))
    # Who agrees with one statement and diverges from another contradicts nobody.
    if some - others and others - some:
        return DIVERGING
    if not by_stance.get("agree") and not by_stance.get("diverge"):
        return UNANSWERED
    speaking = [family for family, stances in families.items() if stances & {"agree", "diverge"}]
    return AGREED if len(speaking) > 1 else ONE_FAMILY


def _need_positions(facts: Facts) -> None:
    if not facts.ends("POSITION_ON"):
        raise CannotTell(
            facts.say(
                "It cannot be told: no position is recorded.",
                "Impossible à dire : aucune position n'est notée.",
            )
        )


def _basis_of_positions(facts: Facts, topic: str) -> Basis:
    """Who is concerned by a topic, and who of them has taken a position."""
    spoke = facts.who("POSITION_ON", topic)
    concerned = {
        who
        for type_ in ("EXPERT_IN", "WORKS_ON", "NEEDS", "FACES", "SOLVED", "POSITION_ON")
        for who in facts.who(type_, topic)
    }
    return facts.basis(concerned, spoke, "have taken a position", "ont pris position")


_POSITIONS = Words(
    "Stances by topic: diverging where somebody agrees and another diverges, unanswered where all are "
    "open, agreed where two families or more speak and do not diverge from each other.",
    "Avis par sujet : divergent si l'un est d'accord et un autre diverge, sans réponse si tous sont "
    "ouverts, d'accord si deux familles ou plus parlent sans diverger entre elles.",
)


@gap(
    "diverging-positions",
    title=Words("Diverging positions", "Positions divergentes"),
    question=Words(
        "On which topics do positions diverge?", "Sur quels sujets les positions divergent-elles ?"
    ),
    why=Words(
        "A common position needs this talked through first.",
        "Une position commune demande d'abord d'en parler.",
    ),
    method=_POSITIONS,
)
def diverging(facts: Facts) -> Iterator[Draft]:
    """Topics on which one agrees and another diverges."""
    _need_positions(facts)
    say = facts.say
    for stand in stands(facts):
        if stand.status == DIVERGING:
            agree, diverge = stand.by_stance["agree"], stand.by_stance["diverge"]
            some = [who for who in agree if who not in diverge]
            others = [who for who in diverge if who not in agree]
            yield Draft(
                subjects=(stand.topic, *some, *others),
                about=(stand.topic,),
                title=say(
                    f"Positions on {facts.topic(stand.topic)} diverge: {facts.names(some, 3)} on one side, "
                    f"{facts.names(others, 3)} on the other",
                    f"Les positions sur {facts.topic(stand.topic)} divergent : {facts.names(some, 3)} d'un "
                    f"côté, {facts.names(others, 3)} de l'autre",
                ),
                evidence={
                    "by_stance": stand.by_stance,
                    "families": stand.families,
                    "statements": [
                        {"who": link.who, "stance": link.tie.text("stance"), "statement": text}
                        for link in facts.links("POSITION_ON", stand.topic)
                        if (text := link.tie.text("statement"))
                    ],
                },
                suggestion=say(
                    "Put the statements side by side and ask each side what it could accept.",
                    "Mettre les déclarations côte à côte et demander à chacun ce qu'il pourrait accepter.",
                ),
                basis=_basis_of_positions(facts, stand.topic),
            )


@gap(
    "unanswered-question",
    title=Words("Unanswered questions", "Questions sans réponse"),
    question=Words(
        "On which topics was a question put and no position taken?",
        "Sur quels sujets une question a-t-elle été posée sans que personne ne prenne position ?",
    ),
    why=Words(
        "The question was put and stayed in the room.", "La question a été posée et est restée dans l'air."
    ),
    method=_POSITIONS,
)
def unanswered(facts: Facts) -> Iterator[Draft]:
    """Topics on which all positions are open."""
    _need_positions(facts)
    say = facts.say
    for stand in stands(facts):
        if stand.status == UNANSWERED:
            asked = stand.by_stance.get("open", [])
            might = who_might(facts, stand.topic, set(asked))
            yield Draft(
                subjects=(stand.topic,),
                title=say(
                    f"{facts.names(asked, 3)} left {facts.topic(stand.topic)} open, and nobody has taken a "
                    "position",
                    f"{facts.names(asked, 3)} {'a' if len(asked) == 1 else 'ont'} laissé "
                    f"{facts.topic(stand.topic)} ouvert, et personne n'a pris position",
                ),
                evidence={"by_stance": stand.by_stance, "families": stand.families, "who_might": might},
                suggestion=say(
                    f"Ask {facts.names(might)} for a position.",
                    f"Demander une position à {facts.names(might)}.",
                )
                if might
                else say("Put it on the agenda.", "L'inscrire à l'ordre du jour."),
                basis=_basis_of_positions(facts, stand.topic),
            )


@table("positions")
def positions_table(facts: Facts) -> Table:
    """What each family holds on each topic."""
    say = facts.say
    words = {
        AGREED: say("agreed", "d'accord"),
        DIVERGING: say("diverging", "divergent"),
        UNANSWERED: say("unanswered", "sans réponse"),
        ONE_FAMILY: say("one family speaks", "une famille parle"),
        "agree": say("agree", "d'accord"),
        "diverge": say("diverge", "diverge"),
        "open": say("open", "ouvert"),
    }
    rows = []
    for stand in stands(facts):
        said = "; ".join(
            f"{facts.value(family)}: {', '.join(words[stance] for stance in stances)}"
            for family, stances in stand.families.items()
        )
        rows.append(
            (
                stand.topic,
                facts.name(stand.topic),
                words[stand.status],
                said,
                *(
                    "; ".join(map(facts.name, stand.by_stance.get(stance, [])))
                    for stance in ("agree", "diverge", "open")
                ),
            )
        )
    return Table(
        "positions",
        say("Positions by family", "Positions par famille"),
        (
            Column("topic_id", say("id", "identifiant")),
            Column("topic", say("topic", "sujet")),
            Column("status", say("state", "état")),
            Column("families", say("families", "familles")),
            Column("agree", words["agree"]),
            Column("diverge", words["diverge"]),
            Column("open", words["open"]),
        ),
        tuple(rows),
        say.words(_POSITIONS),
    )
