"""Who knows each topic and who wants it: what thin topics, coverage and shared needs are counted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cocommuns_graph.gaps.answers import Basis
from cocommuns_graph.gaps.facts import Facts, once

WANT, WORK = 2, 1
_SUPPLY = ("EXPERT_IN", "WORKS_ON", "SOLVED")


@dataclass(frozen=True, slots=True)
class Demand:
    """What is wanted of one topic: who needs it, who faces it, who works on it (actors and initiatives)."""

    topic: str
    needs: tuple[str, ...]
    faces: tuple[str, ...]
    works: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    @property
    def weight(self) -> int:
        """How much it counts: two for each who needs or faces it, one for each who works on it."""
        wants = set(self.needs) | set(self.faces)
        return WANT * len(wants) + WORK * len(set(self.works) - wants)


@once
def demands(facts: Facts) -> dict[str, Demand]:
    """Every topic that somebody needs, faces or works on, by id, in the order of the ids."""
    found: dict[str, Demand] = {}
    for topic in facts.topics:
        wanting = [link for type_ in ("NEEDS", "FACES") for link in facts.links(type_, topic.id)]
        working = [link for type_ in ("WORKS_ON", "ABOUT") for link in facts.links(type_, topic.id)]
        if wanting or working:
            found[topic.id] = Demand(
                topic.id,
                tuple(facts.who("NEEDS", topic.id)),
                tuple(facts.who("FACES", topic.id)),
                tuple(dict.fromkeys(link.who for link in working)),
                tuple((link.place, WANT) for link in wanting) + tuple((link.place, WORK) for link in working),
            )
    return found


@once
def expertise_is_recorded(facts: Facts) -> bool:
    """Whether anybody at all is recorded as an expert in anything."""
    return bool(facts.ends("EXPERT_IN"))


def experts(facts: Facts, topic: str) -> list[str]:
    """Who is expert in a topic or a narrower one, or has solved it; in the order of their ids."""
    return sorted(
        {
            who
            for below in facts.within(topic)
            for type_ in ("EXPERT_IN", "SOLVED")
            for who in facts.who(type_, below)
        }
    )


def providers(facts: Facts, topic: str) -> list[str]:
    """Who could help with a topic or a narrower one: experts, who works on it or offers it, who solved it.

    Who needs or faces it, and does not offer it, is no provider, though it may work on it.
    """
    wanting = {who for type_ in ("NEEDS", "FACES") for who in facts.who(type_, topic)}
    found: set[str] = set()
    for below in facts.within(topic):
        for link in (link for type_ in _SUPPLY for link in facts.links(type_, below)):
            works = link.tie.type == "WORKS_ON" and link.tie.text("mode") != "offers"
            if not (works and link.who in wanting):
                found.add(link.who)
    return sorted(found)


def offers(facts: Facts, topic: str) -> list[str]:
    """Which organisations offer help with a topic or a narrower one."""
    return sorted(
        {
            link.who
            for below in facts.within(topic)
            for link in facts.links("WORKS_ON", below)
            if link.tie.text("mode") == "offers"
        }
    )


def workers(facts: Facts, topic: str) -> list[str]:
    """Actors who work on a topic or a narrower one, themselves or by an initiative about it."""
    found: set[str] = set()
    for below in facts.within(topic):
        found.update(facts.who("WORKS_ON", below))
        for initiative in facts.who("ABOUT", below):
            found.update(facts.parts.get(initiative, ()))
    return sorted(found)


def who_might(facts: Facts, topic: str, but: set[str], most: int = 5) -> list[str]:
    """Whom to ask where nobody is known: who offers or works on it, then experts of topics beside it."""
    found: dict[str, None] = {}
    near = [who for beside in facts.beside(topic) for who in experts(facts, beside)]
    for who in (*offers(facts, topic), *facts.who("WORKS_ON", topic), *near, *workers(facts, topic)):
        if who not in but and who in facts.number:
            found.setdefault(who)
    return list(found)[:most]


@once
def basis_of_expertise(facts: Facts) -> Basis:
    """What the records allow one to say about who is an expert in what."""
    people = [node.id for node in facts.actors if node.label == "Expert"]
    return facts.basis(people, facts.starts("EXPERT_IN"), "say what they know", "disent ce qu'elles savent")


@once
def basis_of_work(facts: Facts) -> Basis:
    """What the records allow one to say about who knows, works on or offers what."""
    answered = facts.starts("EXPERT_IN", "WORKS_ON") | {who for who, parts in facts.parts_of.items() if parts}
    return facts.basis(
        list(facts.number),
        answered,
        "say what they know or work on",
        "disent ce qu'elles savent ou ce à quoi elles travaillent",
    )


@once
def topics_of(facts: Facts) -> dict[str, set[str]]:
    """The topics each actor knows, works on, needs, faces or has solved, itself or by an initiative."""
    found: dict[str, set[str]] = {}
    for topic in facts.topics:
        for type_ in ("EXPERT_IN", "WORKS_ON", "NEEDS", "FACES", "SOLVED"):
            for who in facts.who(type_, topic.id):
                found.setdefault(who, set()).add(topic.id)
        for initiative in facts.who("ABOUT", topic.id):
            for who in facts.parts.get(initiative, ()):
                found.setdefault(who, set()).add(topic.id)
    return {who: topics for who, topics in found.items() if who in facts.number}


@once
def _common(facts: Facts) -> dict[str, list[str]]:
    """The actors of each topic."""
    found: dict[str, list[str]] = {}
    for who, topics in sorted(topics_of(facts).items()):
        for topic in topics:
            found.setdefault(topic, []).append(who)
    return found


def shared_topics(facts: Facts, some: Sequence[str], others: Sequence[str]) -> tuple[str, str, str] | None:
    """Two who have not met, one of either side, and the rarest topic they share; None where there is none."""
    there = set(others)
    best: tuple[int, str, str, str] | None = None
    for one in some:
        for topic in topics_of(facts).get(one, ()):
            who = _common(facts)[topic]
            if best is not None and (len(who), topic, one) >= best[:3]:
                continue
            near = [
                other for other in who if other in there and other != one and not facts.have_met(one, other)
            ]
            if near:
                # Who has to do with few topics is nearest to this one, and is asked less often.
                other = min(near, key=lambda each: (len(topics_of(facts)[each]), each))
                best = (len(who), topic, one, other)
    return (best[2], best[3], best[1]) if best else None


def wanted_by(facts: Facts, demand: Demand) -> str:
    """Who wants a topic, as a clause after its name: "which A and B need and C faces"."""
    say = facts.say
    clauses = []
    for who, en, fr in (
        (demand.needs, ("needs", "need"), ("dont {} a besoin", "dont {} ont besoin")),
        (demand.faces, ("faces", "face"), ("que {} affronte", "que {} affrontent")),
    ):
        if who:
            names = facts.names(who, 3)
            one = len(who) == 1
            clauses.append(say(f"{names} {en[0] if one else en[1]}", (fr[0] if one else fr[1]).format(names)))
    if not clauses:
        return _worked_on_by(facts, demand.works)
    return say(f"which {' and '.join(clauses)}", " et ".join(clauses))


def _worked_on_by(facts: Facts, works: tuple[str, ...]) -> str:
    actors = [who for who in works if who in facts.number]
    if not actors and len(works) > 2:
        number = facts.say.count(len(works), ("", "initiatives"), ("", "initiatives"))
        return facts.say(f"the subject of {number}", f"sujet de {number}")
    if not actors:
        return facts.say(f"the subject of {facts.names(works, 3)}", f"sujet de {facts.names(works, 3)}")
    names, one = facts.names(actors, 3), len(actors) == 1
    return facts.say(
        f"which {names} {'works' if one else 'work'} on",
        f"à quoi {names} {'travaille' if one else 'travaillent'}",
    )
