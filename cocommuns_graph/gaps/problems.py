"""Problems that are open, and those that somebody has overcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cocommuns_graph.gaps.answers import Basis, Column, Table
from cocommuns_graph.gaps.declare import CannotTell, Draft, gap, table
from cocommuns_graph.gaps.facts import Facts, Link, once
from cocommuns_graph.gaps.structure import linked
from cocommuns_graph.gaps.topics import experts, who_might
from cocommuns_graph.model.declare import Words


@dataclass(frozen=True)
class Problem:
    """A challenge: who faces it, who has overcome it (with how), whom to ask."""

    topic: str
    faced: tuple[str, ...]
    solved: tuple[Link, ...]
    ask: tuple[str, ...]

    @property
    def solvers(self) -> tuple[str, ...]:
        """Who has overcome it, each once."""
        return tuple(dict.fromkeys(link.who for link in self.solved))

    @property
    def still_faced(self) -> tuple[str, ...]:
        """Who faces it and has not overcome it."""
        return tuple(who for who in self.faced if who not in self.solvers)

    def untold(self, facts: Facts) -> tuple[str, ...]:
        """Who still faces it and is not known to have met one who has overcome it."""
        return tuple(
            who
            for who in self.still_faced
            if not any(_in_touch(facts, who, solver) for solver in self.solvers)
        )


def _in_touch(facts: Facts, one: str, other: str) -> bool:
    """Whether two know of each other: they have met, or one takes part, itself or by its people, in the
    other."""
    if facts.have_met(one, other):
        return True
    for initiative, who in ((one, other), (other, one)):
        there = facts.parts.get(initiative, {}) if initiative not in facts.number else {}
        if who in there or any(who in facts.organisations_of.get(person, ()) for person in there):
            return True
    return False


@once
def problems(facts: Facts) -> list[Problem]:
    """Everything faced or solved, and every challenge; most faced first."""
    found = []
    for topic in facts.topics:
        faced = tuple(facts.who("FACES", topic.id))
        solved = tuple(link for below in facts.within(topic.id) for link in facts.links("SOLVED", below))
        if faced or solved or topic.text("kind") == "challenge":
            known = [who for who in experts(facts, topic.id) if who not in {link.who for link in solved}]
            spoke = [who for who in facts.who("POSITION_ON", topic.id) if who not in faced]
            ask = dict.fromkeys((*known, *who_might(facts, topic.id, set(faced)), *spoke))
            found.append(Problem(topic.id, faced, solved, tuple(ask)[:5]))
    return sorted(
        found,
        key=lambda problem: (-len(problem.faced), facts.name(problem.topic).casefold(), problem.topic),
    )


def _need_problems(facts: Facts) -> None:
    if not facts.ends("FACES", "SOLVED"):
        raise CannotTell(
            facts.say(
                "It cannot be told: no record says what is faced or was overcome.",
                "Impossible à dire : aucune fiche ne dit ce qui est affronté ou surmonté.",
            )
        )


@once
def _basis_of_solving(facts: Facts) -> Basis:
    return facts.basis(
        list(facts.number),
        facts.starts("SOLVED", "FACES"),
        "say which problems they face or have overcome",
        "disent quels problèmes elles affrontent ou ont surmontés",
    )


_METHOD = Words(
    "FACES against SOLVED on the same topic or a narrower one. To be asked: experts in it, who works on "
    "it, experts of related and broader topics, who has taken a position.",
    "FACES face à SOLVED sur le même sujet ou un plus étroit. À interroger : expertes et experts, qui y "
    "travaille, expertise de sujets voisins ou plus larges, qui a pris position.",
)


@gap(
    "open-problem",
    title=Words("Open problems", "Problèmes ouverts"),
    question=Words(
        "Which problems does somebody face that nobody is recorded to have overcome?",
        "Quels problèmes affronte-t-on que personne n'est indiqué avoir surmontés ?",
    ),
    why=Words(
        "Whoever faces it starts from nothing, perhaps beside others who do too.",
        "Qui l'affronte part de rien, peut-être à côté d'autres dans le même cas.",
    ),
    method=_METHOD,
)
def open_problems(facts: Facts) -> Iterator[Draft]:
    """Problems that are faced and that nobody has overcome."""
    _need_problems(facts)
    say = facts.say
    for problem in problems(facts):
        if problem.solved or not problem.faced:
            continue
        who = facts.names(problem.faced, 3)
        faces = ("faces", "l'affronte") if len(problem.faced) == 1 else ("face", "l'affrontent")
        yield Draft(
            subjects=(problem.topic,),
            title=say(
                f"{facts.topic(problem.topic)} is an open problem: {who} {faces[0]} it, and nobody is "
                "recorded to have overcome it",
                f"{facts.topic(problem.topic)} est un problème ouvert : {who} {faces[1]}, et rien "
                "n'indique que quelqu'un l'ait surmonté",
            ),
            evidence={"faced_by": list(problem.faced), "who_could_be_asked": list(problem.ask)},
            suggestion=say(
                f"Ask {facts.names(problem.ask)} what they would try.",
                f"Demander à {facts.names(problem.ask)} quoi essayer.",
            )
            if problem.ask
            else say(
                "Ask the whole network who has met this problem.",
                "Demander à tout le réseau qui a rencontré ce problème.",
            ),
            basis=_basis_of_solving(facts),
        )


@gap(
    "solved-elsewhere",
    title=Words("Problems overcome elsewhere", "Problèmes surmontés ailleurs"),
    question=Words(
        "Which problems does somebody face that another has overcome?",
        "Quels problèmes affronte-t-on qu'un autre a surmontés ?",
    ),
    why=Words(
        "The answer is in the network, and the two are not known to have met.",
        "La réponse est dans le réseau, et rien ne dit que les deux se sont rencontrés.",
    ),
    method=_METHOD,
)
def solved_elsewhere(facts: Facts) -> Iterator[Draft]:
    """Problems that one faces and another has overcome."""
    _need_problems(facts)
    say = facts.say
    for problem in problems(facts):
        untold = problem.untold(facts)
        if not problem.solved or not untold:
            continue
        solvers, faced = facts.names(problem.solvers, 3), facts.names(untold, 3)
        has, faces = len(problem.solvers) == 1, len(untold) == 1
        yield Draft(
            subjects=(problem.topic, *problem.solvers, *untold),
            about=(problem.topic,),
            title=say(
                f"{solvers} {'has' if has else 'have'} overcome {facts.topic(problem.topic)}, which "
                f"{faced} still {'faces' if faces else 'face'}",
                f"{solvers} {'a' if has else 'ont'} surmonté {facts.topic(problem.topic)}, que {faced} "
                f"{'affronte' if faces else 'affrontent'} encore",
            ),
            evidence={
                "solved_by": list(problem.solvers),
                "how": [text for link in problem.solved if (text := link.tie.text("how"))],
                "faced_by": list(untold),
            },
            suggestion=say(
                f"Let {solvers} tell {faced} how it was done.",
                f"À {solvers} de raconter à {faced} comment cela s'est fait.",
            ),
            basis=facts.basis(
                [*problem.solvers, *untold],
                linked(facts) | set(facts.parts),
                "name a tie to somebody, none of them to each other",
                "nomment un lien, aucun entre elles",
            ),
        )


@table("problems")
def problems_table(facts: Facts) -> Table:
    """The register of problems, open and overcome."""
    say = facts.say
    rows = []
    for problem in problems(facts):
        status = say("overcome", "surmonté") if problem.solved else say("open", "ouvert")
        if problem.solved and problem.still_faced:
            status = say("overcome by some", "surmonté par certains")
        elif not problem.solved and not problem.faced:
            status = say("nobody says", "personne ne le dit")
        rows.append(
            (
                problem.topic,
                facts.name(problem.topic),
                status,
                "; ".join(map(facts.name, problem.faced)),
                "; ".join(map(facts.name, problem.solvers)),
                "; ".join(text for link in problem.solved if (text := link.tie.text("how"))),
                "; ".join(map(facts.name, problem.ask)),
            )
        )
    return Table(
        "problems",
        say("Problems, open and overcome", "Problèmes, ouverts et surmontés"),
        (
            Column("topic_id", say("id", "identifiant")),
            Column("topic", say("problem", "problème")),
            Column("status", say("state", "état")),
            Column("faced_by", say("who faces it", "qui l'affronte")),
            Column("solved_by", say("who has overcome it", "qui l'a surmonté")),
            Column("how", say("how", "comment")),
            Column("who_could_be_asked", say("who could be asked", "à qui demander")),
        ),
        tuple(rows),
    )
