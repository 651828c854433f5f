"""Problems: who faces each, who has overcome it and who could be asked; for the register and the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cocommuns_graph.model import Graph, Relationship, fold
from cocommuns_graph.network.families import is_current
from cocommuns_graph.network.neighbourhoods import narrower

OPEN, PARTLY, OVERCOME = "open", "partly overcome", "overcome"
STATUSES = (OPEN, PARTLY, OVERCOME)
MOST_ASKED = 5

_SOLVED, _BY_WHOM, _KNOWS, _KNOWS_PART, _KNOWS_BESIDE, _SPOKE = 0, 1, 2, 5, 8, 11


@dataclass(frozen=True)
class Asked:
    """Somebody who could be asked, by which tie, and why.

    `why` is `solved`, `member` or `took part` (of or in `through`, which has solved it), `expert`, `offers`
    or `works` (in the problem itself, or in the topic `through` below or beside it), or `spoke` (took a
    position on it).
    """

    who: str
    why: str
    tie: Relationship
    rank: int
    through: str = ""


@dataclass(frozen=True)
class Problem:
    """A challenge, with the ties of those who face it and of those who have overcome it or a part of it."""

    topic: str
    faced: tuple[Relationship, ...]
    solved: tuple[Relationship, ...]
    ask: tuple[Asked, ...]

    @property
    def facing(self) -> tuple[str, ...]:
        """Who faces it, each once."""
        return tuple(dict.fromkeys(tie.start for tie in self.faced))

    @property
    def solvers(self) -> tuple[str, ...]:
        """Who has overcome it or a narrower problem, each once."""
        return tuple(dict.fromkeys(tie.start for tie in self.solved))

    @property
    def still_facing(self) -> tuple[str, ...]:
        """Who faces it and has not overcome it."""
        return tuple(who for who in self.facing if who not in self.solvers)

    @property
    def status(self) -> str:
        """`open` if nobody is recorded to have overcome it or a part of it; `overcome` if somebody has, all
        of it, and nobody else faces it; else `partly overcome`."""
        if not self.solved:
            return OPEN
        whole = any(tie.end == self.topic for tie in self.solved)
        return PARTLY if self.still_facing or not whole else OVERCOME


def problems(graph: Graph) -> list[Problem]:
    """Every challenge of a graph, and whatever else somebody faces or has overcome, in order of their ids."""
    concerned = {tie.end for tie in graph.of_type("FACES", "SOLVED")}
    return [
        _problem(graph, node.id)
        for node in sorted(graph.of_label("Topic"), key=lambda node: node.id)
        if node.text("kind") == "challenge" or node.id in concerned
    ]


def _problem(graph: Graph, topic: str) -> Problem:
    faced = tuple(_ties_to(graph, topic, "FACES"))
    ties = (tie for part in (topic, *narrower(graph, topic)) for tie in _ties_to(graph, part, "SOLVED"))
    solved = tuple(sorted(ties, key=lambda tie: (tie.end != topic, _by_name(graph, tie))))
    found = Problem(topic, faced, solved, ())
    return Problem(topic, faced, solved, tuple(_ask(graph, found)))


def _ties_to(graph: Graph, end: str, *types: str) -> list[Relationship]:
    """The ties of these types that end there, in the order of the names of who they come from."""
    ties = (tie for tie in graph.links_of.get(end, ()) if tie.end == end and tie.type in types)
    return sorted(ties, key=lambda tie: _by_name(graph, tie))


def _by_name(graph: Graph, tie: Relationship) -> tuple[str, tuple[str, str, str, str]]:
    return fold(graph.nodes[tie.start].name), tie.identity


def _ask(graph: Graph, problem: Problem) -> list[Asked]:
    """Who could be asked, nearest to the problem first, each once; who only faces it is not asked."""
    best: dict[str, Asked] = {}
    for one in _askable(graph, problem):
        if one.who not in problem.still_facing and (one.who not in best or one.rank < best[one.who].rank):
            best[one.who] = one
    ranked = sorted(best.values(), key=lambda one: (one.rank, fold(graph.nodes[one.who].name), one.who))
    return ranked[:MOST_ASKED]


def _askable(graph: Graph, problem: Problem) -> Iterator[Asked]:
    for tie in problem.solved:
        yield Asked(tie.start, "solved", tie, _SOLVED)
        for theirs, why in (("AFFILIATED_WITH", "member"), ("TAKES_PART_IN", "took part")):
            for own in _ties_to(graph, tie.start, theirs):
                if is_current(own):
                    yield Asked(own.start, why, own, _BY_WHOM, tie.start)
    topic = problem.topic
    yield from _knowing(graph, topic, _KNOWS)
    for below in narrower(graph, topic):
        yield from _knowing(graph, below, _KNOWS_PART, below)
    for beside in sorted(
        {
            tie.other(topic)
            for tie in graph.links_of.get(topic, ())
            if tie.type == "RELATED" or (tie.type == "BROADER" and tie.start == topic)
        }
    ):
        yield from _knowing(graph, beside, _KNOWS_BESIDE, beside)
    for tie in _ties_to(graph, topic, "POSITION_ON"):
        yield Asked(tie.start, "spoke", tie, _SPOKE)


def _knowing(graph: Graph, topic: str, rank: int, through: str = "") -> Iterator[Asked]:
    for tie in _ties_to(graph, topic, "EXPERT_IN", "WORKS_ON"):
        if tie.type == "EXPERT_IN":
            yield Asked(tie.start, "expert", tie, rank, through)
        elif tie.text("mode") == "offers":
            yield Asked(tie.start, "offers", tie, rank + 1, through)
        else:
            yield Asked(tie.start, "works", tie, rank + 2, through)
