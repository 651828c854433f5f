"""Problems that are open, and those that somebody has overcome."""

from __future__ import annotations

from collections.abc import Iterator

from cocommuns_graph.gaps.answers import Basis, Column, Table
from cocommuns_graph.gaps.declare import CannotTell, Draft, gap, table
from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.structure import linked
from cocommuns_graph.model.declare import Words
from cocommuns_graph.network import OPEN, OVERCOME, PARTLY, Problem
from cocommuns_graph.network import problems as all_problems

_STATES = {
    OPEN: Words("open", "ouvert"),
    PARTLY: Words("partly overcome", "surmonté en partie"),
    OVERCOME: Words("overcome", "surmonté"),
}


@once
def problems(facts: Facts) -> list[Problem]:
    """Everything faced or solved, and every challenge; most faced first."""
    return sorted(
        all_problems(facts.graph),
        key=lambda problem: (-len(problem.facing), facts.name(problem.topic).casefold(), problem.topic),
    )


def _untold(facts: Facts, problem: Problem) -> tuple[str, ...]:
    """Who still faces it and is not known to have met one who has overcome it."""
    return tuple(
        who
        for who in problem.still_facing
        if not any(_in_touch(facts, who, solver) for solver in problem.solvers)
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


def _to_ask(problem: Problem) -> list[str]:
    return [one.who for one in problem.ask]


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
    "FACES against SOLVED on the same topic or a narrower one. To be asked: who has overcome it and their "
    "people, then who knows, offers or works on it, on a narrower topic, on one beside it, then who has "
    "taken a position.",
    "FACES face à SOLVED sur le même sujet ou un plus étroit. À interroger : qui l'a surmonté et son "
    "entourage, puis qui connaît, offre ou travaille le sujet, un sujet plus étroit, un sujet voisin, puis "
    "qui a pris position.",
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
        if problem.solved or not problem.facing:
            continue
        who = facts.names(problem.facing, 3)
        faces = ("faces", "l'affronte") if len(problem.facing) == 1 else ("face", "l'affrontent")
        yield Draft(
            subjects=(problem.topic,),
            title=say(
                f"{facts.topic(problem.topic)} is an open problem: {who} {faces[0]} it, and nobody is "
                "recorded to have overcome it",
                f"{facts.topic(problem.topic)} est un problème ouvert : {who} {faces[1]}, et rien "
                "n'indique que quelqu'un l'ait surmonté",
            ),
            evidence={"faced_by": list(problem.facing), "who_could_be_asked": _to_ask(problem)},
            suggestion=say(
                f"Ask {facts.names(_to_ask(problem))} what they would try.",
                f"Demander à {facts.names(_to_ask(problem))} quoi essayer.",
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
        untold = _untold(facts, problem)
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
                "how": [text for tie in problem.solved if (text := tie.text("how"))],
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
        rows.append(
            (
                problem.topic,
                facts.name(problem.topic),
                say.words(_STATES[problem.status]),
                "; ".join(map(facts.name, problem.facing)),
                "; ".join(map(facts.name, problem.solvers)),
                "; ".join(text for tie in problem.solved if (text := tie.text("how"))),
                "; ".join(map(facts.name, _to_ask(problem))),
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
