"""The smallest team that covers a brief, with what each member adds and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from cocommuns_graph.finding.answers import Homonym, Reason
from cocommuns_graph.finding.brief import Brief, Want, read_brief
from cocommuns_graph.finding.covering import Choice, Offer, choose
from cocommuns_graph.finding.evidence import Evidence, Item, topics_around
from cocommuns_graph.finding.explain import Asked, reasons
from cocommuns_graph.finding.finder import Finder
from cocommuns_graph.finding.missing import Missing, why_missing
from cocommuns_graph.finding.ranking import noisy_or
from cocommuns_graph.finding.voices import Voices
from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.records import Graph, Node
from cocommuns_graph.network import IN_ENGLISH, is_current, narrower
from cocommuns_graph.wording import Wording

ENOUGH, STRONG = 0.5, 0.7
"""How strong evidence must be to cover a need where it is not direct, and to count as strong.

An expert in a narrower topic reaches ENOUGH (0.75 times 0.7), one in a topic beside it does not; an expert
without a level or of level 4 is STRONG.
"""
_TEXT = 0.45
_DIRECT = frozenset(("expertise", "work", "offer", "solved"))
_OWN = _DIRECT | {"position", "initiative"}
_MOST_REASONS = 2
_MOST_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team: the numbers of the wants they cover, reasons by want, how often they are asked."""

    id: str
    name: str
    adds: tuple[int, ...]
    reasons: Mapping[int, tuple[Reason, ...]]
    load: int


@dataclass(frozen=True, slots=True)
class Team:
    """A team; `proven` says that no better one exists."""

    members: tuple[Member, ...]
    proven: bool

    @property
    def covered(self) -> set[int]:
        """The numbers of the wants it covers."""
        return {want for member in self.members for want in member.adds}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer to a brief: the team, others that differ, and what nobody covers.

    `summary` says in sentences how far the team reaches and how the brief was read, `why` besides which words
    have several meanings.
    """

    wants: tuple[Want, ...]
    team: Team
    alternatives: tuple[Team, ...]
    missing: tuple[Missing, ...]
    homonyms: tuple[Homonym, ...]
    summary: str
    why: str

    def as_dict(self) -> dict[str, Any]:
        """The proposal in the shape of the JSON contract."""
        return {
            "why": self.why,
            "summary": self.summary,
            **self._told(self.team),
            "missing": [missing.as_dict() for missing in self.missing],
            "alternatives": [self._told(team) for team in self.alternatives],
            "proven": self.team.proven,
        }

    def _told(self, team: Team) -> dict[str, Any]:
        covered = team.covered
        return {
            "covered": [
                {
                    "need": want.need,
                    "by": [member.id for member in team.members if number in member.adds],
                    "kind": want.kind,
                    "name": want.name,
                    "topics": [match.id for match in want.matches],
                }
                for number, want in enumerate(self.wants)
                if number in covered
            ],
            "uncovered": [want.need for number, want in enumerate(self.wants) if number not in covered],
            "members": [self._member(member) for member in team.members],
        }

    def _member(self, member: Member) -> dict[str, Any]:
        return {
            "id": member.id,
            "name": member.name,
            "adds": [self.wants[number].need for number in member.adds],
            "names": [self.wants[number].name for number in member.adds],
            "load": member.load,
            "reasons": [
                {"need": self.wants[number].need, "name": self.wants[number].name, **reason.as_dict()}
                for number in member.adds
                for reason in member.reasons[number]
            ],
        }


class Teams:
    """Puts teams together in one graph. Made once per state of the graph, asked as often as you like."""

    def __init__(self, graph: Graph, finder: Finder, asked: Mapping[str, int] | None = None) -> None:
        self._graph = graph
        self._finder = finder
        self._voices = Voices(graph)
        self._actors = sorted(
            (node for label in MODEL.actors for node in graph.of_label(label)),
            key=lambda node: (node.name, node.id),
        )
        self._loads = loads(graph, asked or {})

    def team(
        self,
        needs: Sequence[str],
        *,
        languages: Sequence[str] = (),
        countries: Sequence[str] = (),
        sectors: Sequence[str] = (),
        size: int | None = None,
        fair: bool = True,
        meant: Collection[str] = (),
        say: Wording = IN_ENGLISH,
    ) -> Proposal:
        """The smallest team of experts and organisations for a brief; see `read_brief` and `choose`.

        Who covers a topic: whoever is tied to it directly, by expertise, work, an offer or a problem solved;
        or whose own evidence for it and its narrower topics, what they took part in included, together
        reaches ENOUGH (noisy-or). Topics beside or above it do not count, nor what only their organisation,
        members or partners do, nor that they face the problem themselves. `size` is the most members there
        may be, None for as many as it takes. Where `fair`, of equally good teams the one is taken whose
        members are asked least often.

        Raises:
            InvalidValue: as for `read_brief`, or a size below 1.
        """
        if size is not None and size < 1:
            raise InvalidValue(f"a team of {size} is not possible; accepted: 1, 2, 3 and so on")
        brief = read_brief(
            self._graph,
            self._finder,
            needs,
            languages=languages,
            countries=countries,
            sectors=sectors,
            meant=meant,
            say=say,
        )
        known = _Known(self._graph, self._finder, self._voices, self._actors, brief.wants, say)
        offers = [
            Offer(
                node.id,
                {number: _class(strength) for number, strength in found.items()},
                self._loads.get(node.id, 0),
                sum(round(100 * found[number]) for number in found if brief.wants[number].facet is None),
            )
            for node in self._actors
            if (found := known.covers.get(node.id))
        ]
        choices = choose(offers, size=size, fair=fair)
        teams = [self._team(choice, known) for choice in choices] or [Team((), True)]
        missing = why_missing(
            self._graph,
            self._finder.index.glossary,
            brief.wants,
            sorted(set(range(len(brief.wants))) - teams[0].covered),
            known.count,
            known.nearest,
            self._voices,
            size,
            say,
        )
        summary = _summary(brief, teams[0], say)
        return Proposal(
            tuple(brief.wants),
            teams[0],
            tuple(teams[1:]),
            tuple(missing),
            tuple(brief.homonyms),
            summary,
            " ".join([summary, *_ambiguous(brief, say)]),
        )

    def _team(self, choice: Choice, known: _Known) -> Team:
        members = [
            Member(
                identifier,
                self._graph.nodes[identifier].name,
                tuple(sorted(known.covers[identifier])),
                {number: known.reasons(identifier, number) for number in known.covers[identifier]},
                self._loads.get(identifier, 0),
            )
            for identifier in choice.ids
        ]
        members.sort(key=lambda member: (-len(member.adds), member.name, member.id))
        return Team(tuple(members), choice.proven)


class _Known:
    """Who covers which want, how strongly, and on what evidence."""

    def __init__(
        self,
        graph: Graph,
        finder: Finder,
        voices: Voices,
        actors: Iterable[Node],
        wants: Sequence[Want],
        say: Wording,
    ) -> None:
        self._graph, self._voices, self._wants, self._say = graph, voices, wants, say
        self._asked: list[Asked] = []
        self._within = {
            match.id: {match.id, *narrower(graph, match.id)} for want in wants for match in want.matches
        }
        self._pieces: dict[int, dict[str, list[Evidence]]] = {}
        self.covers: defaultdict[str, dict[int, float]] = defaultdict(dict)
        items: list[Item] = []
        want_of: list[int] = []
        for number, want in enumerate(wants):
            for item, asked in _items(graph, finder, want):
                items.append(item)
                self._asked.append(asked)
                want_of.append(number)
        self._gather(finder, items, want_of)
        for number, want in enumerate(wants):
            if want.facet is not None:
                for node in actors:
                    if voices.fit(node, want.facet):
                        self.covers[node.id][number] = STRONG

    def _gather(self, finder: Finder, items: list[Item], want_of: Sequence[int]) -> None:
        for subject, pieces in finder.index.gatherer.gather(items, MODEL.actors).items():
            by_want: defaultdict[int, list[Evidence]] = defaultdict(list)
            for piece in pieces:
                by_want[want_of[piece.item]].append(piece)
            for number, found in by_want.items():
                self._pieces.setdefault(number, {})[subject] = found
                own = [piece for piece in found if self._is_own(piece)]
                strength = noisy_or([piece.strength for piece in own])
                if strength >= ENOUGH or any(self._is_direct(piece) for piece in own):
                    self.covers[subject][number] = strength

    def _is_own(self, piece: Evidence) -> bool:
        """Whether a piece is about somebody themselves, and about the topic or a narrower one."""
        topic = self._asked[piece.item].topic
        if topic is None:
            return piece.kind in _OWN or self._is_own_text(piece)
        first = next((one for one in piece.ids if self._graph.nodes[one].label == "Topic"), None)
        return piece.kind in _OWN and first in self._within[topic.id]

    def _is_own_text(self, piece: Evidence) -> bool:
        return self._asked[piece.item].topic is None and len(piece.ids) == 1

    def _is_direct(self, piece: Evidence) -> bool:
        topic = self._asked[piece.item].topic
        if topic is None:
            return self._is_own_text(piece)
        return piece.kind in _DIRECT and len(piece.ids) == 2 and piece.ids[1] == topic.id

    def reasons(self, subject: str, number: int) -> tuple[Reason, ...]:
        """Why somebody covers a want, strongest first."""
        facet = self._wants[number].facet
        if facet is not None:
            return self._voices.reasons(self._graph.nodes[subject], facet, self._say)
        own = [piece for piece in self._pieces[number][subject] if self._is_own(piece)]
        return tuple(reasons(self._graph, own, self._asked, self._say)[:_MOST_REASONS])

    def count(self, number: int) -> int:
        """How many cover a want."""
        return sum(number in found for found in self.covers.values())

    def nearest(self, number: int) -> list[tuple[Node, str]]:
        """Who comes nearest to covering a want, best first, each with the best reason there is."""
        ranked = sorted(
            (
                (-noisy_or([piece.strength for piece in pieces]), self._graph.nodes[subject], pieces)
                for subject, pieces in self._pieces.get(number, {}).items()
            ),
            key=lambda one: (one[0], one[1].name, one[1].id),
        )[:_MOST_NEAREST]
        return [
            (node, told[0].text)
            for _, node, pieces in ranked
            if (told := reasons(self._graph, pieces, self._asked, self._say))
        ]


def _items(graph: Graph, finder: Finder, want: Want) -> list[tuple[Item, Asked]]:
    """What the evidence for a want is gathered by: its topics, or the texts that have all its words."""
    several = len({match.label for match in want.matches}) < len(want.matches)
    made = [
        (
            Item(1.0, topics_around(graph, match.id, 1.0)),
            Asked(match, tuple(map(tuple, finder.index.term_phrases(match.id))), True, several),
        )
        for match in want.matches
    ]
    if want.kind == "text" and want.words:
        scores = finder.index.texts.phrase_scores(want.words)
        hits = {
            node.id: ("text", _TEXT)
            for number in np.flatnonzero(scores > 0)
            if (node := finder.index.nodes[number]).label != "Topic"
        }
        made.append((Item(1.0, hits=hits), Asked(None, (want.words,), whole=True)))
    return made


def _class(strength: float) -> int:
    """Strength in three classes, so that differences too small to mean anything do not decide."""
    return 3 if strength >= STRONG else 2 if strength >= ENOUGH else 1


def loads(graph: Graph, asked: Mapping[str, int], today: str | None = None) -> dict[str, int]:
    """How often each actor is asked already: the parts they have in what is not over, and `asked`.

    A part counts while neither it nor its initiative has ended. `asked` is how often each was asked for
    something otherwise, such as in shortlists and requests.
    """
    now = today or date.today().isoformat()
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for tie in graph.of_type("TAKES_PART_IN"):
        initiative = graph.nodes.get(tie.end)
        if initiative is not None and is_current(tie, now) and _is_on(initiative, now):
            parts[tie.start].add(tie.end)
    return {
        identifier: len(parts.get(identifier, ())) + asked.get(identifier, 0)
        for identifier in {*parts, *asked}
    }


def _is_on(initiative: Node, today: str) -> bool:
    end = initiative.text("end")
    return initiative.text("status") != "ended" and (not end or end >= today[: len(end)])


def _summary(brief: Brief, team: Team, say: Wording) -> str:
    wanted, covered, members = len(brief.wants), len(team.covered), len(team.members)
    if not members:
        said = [say("Nobody here covers any of it.")]
    elif covered == wanted:
        said = [say.count("{n} member covers all of it.", "{n} members cover all of it.", members)]
    else:
        said = [
            say.count(
                "{n} member covers {covered} of {wanted} needs.",
                "{n} members cover {covered} of {wanted} needs.",
                members,
                covered=covered,
                wanted=wanted,
            )
        ]
    if not team.proven:
        said.append(say("The search ran out of time, so there may be a better team."))
    return " ".join([*said, *brief.said])


def _ambiguous(brief: Brief, say: Wording) -> list[str]:
    return [
        say(
            "“{word}” has several meanings here, and either counts; write one of {ids} instead.",
            word=want.name,
            ids=", ".join(match.id for match in want.matches),
        )
        for want in brief.wants
        if len(want.matches) > 1
    ]
