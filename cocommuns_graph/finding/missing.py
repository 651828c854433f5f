"""What nobody in a team covers, said plainly, with who or what comes nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cocommuns_graph.finding.brief import Want
from cocommuns_graph.finding.glossary import Glossary
from cocommuns_graph.finding.voices import Voices
from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.records import Graph, Node
from cocommuns_graph.network import IN_ENGLISH, called
from cocommuns_graph.wording import Wording

_ALIKE = 80
Nearest = Callable[[int], list[tuple[Node, str]]]


@dataclass(frozen=True, slots=True)
class Missing:
    """A want that the team does not cover; `nearest` are ids, names and the best reason of each."""

    want: Want
    why: str
    nearest: tuple[tuple[str, str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For the JSON of `team`."""
        return {
            "need": self.want.need,
            "kind": self.want.kind,
            "name": self.want.name,
            "why": self.why,
            "nearest": [{"id": id_, "name": name, "text": text} for id_, name, text in self.nearest],
        }


def why_missing(
    graph: Graph,
    glossary: Glossary,
    wants: Sequence[Want],
    uncovered: Iterable[int],
    coverers: Callable[[int], int],
    nearest: Nearest,
    voices: Voices,
    size: int | None,
    say: Wording = IN_ENGLISH,
) -> list[Missing]:
    """Why each of the wants numbered in `uncovered` is not covered.

    `coverers` tells how many could cover a want, which then only a limit of `size` members prevents.
    """
    found = []
    for number in uncovered:
        want = wants[number]
        near = nearest(number)
        told = tuple((node.id, called(node, say), text) for node, text in near)
        if size is not None and (count := coverers(number)):
            why = say.count(
                "A team of {size} has no room for it; {n} record could cover it.",
                "A team of {size} has no room for it; {n} records could cover it.",
                count,
                size=size,
            )
        elif want.kind == "topic":
            why = (
                say("Nobody is linked to {topic} firmly enough.", topic=want.name)
                if near
                else say("Nobody is linked to {topic}.", topic=want.name)
            )
        elif want.kind == "text":
            why = _no_topic(glossary, want, say)
        else:
            why = _no_voice(graph, want, voices, say)
        found.append(Missing(want, why, told))
    return found


def _no_topic(glossary: Glossary, want: Want, say: Wording) -> str:
    if not want.words:
        return say("“{text}” names nothing that can be looked for.", text=want.name)
    said = say("No topic of the glossary is called “{text}”, and nobody's own texts have it.", text=want.name)
    near = list(dict.fromkeys(term.text for term in glossary.nearest(want.need, _ALIKE)))
    if near:
        said += " " + say("The nearest topics are {topics}.", topics=say.together(near))
    return said


def _no_voice(graph: Graph, want: Want, voices: Voices, say: Wording) -> str:
    """Says what nobody is known for, and of how many it is not known at all."""
    wish = want.facet
    assert wish is not None
    if want.kind == "language":
        said = say("Nobody is known to speak {language}.", language=want.name)
    elif want.kind == "country":
        said = say("Nobody is known to be in {country}.", country=want.name)
    else:
        said = say("Nobody is known to be of the sector {sector}.", sector=want.name)
    actors = [node for label in MODEL.actors for node in graph.of_label(label)]
    unknown = sum(not voices.is_known(node, wish) for node in actors)
    if unknown:
        said += " " + say.count("{n} record does not say.", "{n} records do not say.", unknown)
    return said
