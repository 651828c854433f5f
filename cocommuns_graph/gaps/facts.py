"""Everything about one graph that the search for gaps needs, indexed once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property, wraps
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from cocommuns_graph.gaps.answers import NOBODY, NOT_ASKED, OUT_OF_DATE, Basis
from cocommuns_graph.gaps.words import Say
from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.records import Graph, Node, Relationship
from cocommuns_graph.network import DIRECT, SEVERAL, is_current, narrower
from cocommuns_graph.network.measures import groups_by

T = TypeVar("T")
ANSWERED_ENOUGH = 0.5
DAYS_UNTIL_OLD = 730
_FIELDS = {
    node_type.label: [
        declared.name
        for declared in node_type.properties
        if not declared.managed and declared.name not in ("id", "visibility", "confirmed_on", "contact")
    ]
    for node_type in MODEL.public_types
}
_TO_TOPIC = ("EXPERT_IN", "WORKS_ON", "NEEDS", "FACES", "SOLVED", "ABOUT", "POSITION_ON")


class Link(NamedTuple):
    """A tie from `who` to a topic or an initiative, with its place in `Facts.ties`."""

    who: str
    tie: Relationship
    place: int


def once(make: Callable[[Facts], T]) -> Callable[[Facts], T]:
    """Remembers, with the facts, what a function makes of them: several gaps and tables ask for it."""

    @wraps(make)
    def remembered(facts: Facts) -> T:
        key = f"{make.__module__}.{make.__qualname__}"
        if key not in facts.memory:
            facts.memory[key] = make(facts)
        found: T = facts.memory[key]
        return found

    return remembered


class Facts:
    """One graph, the property that makes families, a language, a day and a seed.

    Nothing here depends on the order of the graph: `ties` and `actors` are sorted by identity and id.
    """

    def __init__(self, graph: Graph, *, by: str, say: Say, today: date, seed: int) -> None:
        self.graph, self.by, self.say, self.today, self.seed = graph, by, say, today, seed
        self.memory: dict[str, Any] = {}
        self.ties: list[Relationship] = sorted(
            (tie for tie in graph.relationships if tie.start in graph.nodes and tie.end in graph.nodes),
            key=lambda tie: tie.identity,
        )
        self.actors: list[Node] = sorted(graph.of_label(*MODEL.actors), key=lambda node: node.id)
        self.number: dict[str, int] = {node.id: place for place, node in enumerate(self.actors)}
        self.topics: list[Node] = sorted(graph.of_label("Topic"), key=lambda node: node.id)
        self._to: dict[str, defaultdict[str, list[Link]]] = {
            type_: defaultdict(list) for type_ in (*_TO_TOPIC, "TAKES_PART_IN")
        }
        for place, tie in enumerate(self.ties):
            if tie.type in self._to:
                self._to[tie.type][tie.end].append(Link(tie.start, tie, place))

    # -- ties to topics and initiatives -----------------------------------------------------------------

    def links(self, type_: str, end: str) -> list[Link]:
        """The ties of one type that end there, in the order of who they come from."""
        return self._to[type_].get(end, [])

    def who(self, type_: str, end: str) -> list[str]:
        """Who has a tie of that type to it, each once."""
        return list(dict.fromkeys(link.who for link in self.links(type_, end)))

    def ends(self, *types: str) -> set[str]:
        """Everything that ties of these types end at."""
        return {end for type_ in types for end in self._to[type_]}

    def starts(self, *types: str) -> set[str]:
        """Everybody who has a tie of these types."""
        return {link.who for type_ in types for links in self._to[type_].values() for link in links}

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        broad = {tie.end for tie in self.ties if tie.type == "BROADER"}
        return {topic: tuple(sorted(narrower(self.graph, topic))) for topic in sorted(broad)}

    def within(self, topic: str) -> tuple[str, ...]:
        """A topic and all that are narrower."""
        return (topic, *self._below.get(topic, ()))

    @cached_property
    def _beside(self) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for tie in self.ties:
            if tie.type == "RELATED" and tie.start != tie.end:
                found[tie.start].add(tie.end)
                found[tie.end].add(tie.start)
            elif tie.type == "BROADER" and tie.start != tie.end:
                found[tie.start].add(tie.end)
        return {topic: tuple(sorted(others)) for topic, others in found.items()}

    def beside(self, topic: str) -> tuple[str, ...]:
        """The related topics and the next broader ones."""
        return self._beside.get(topic, ())

    @cached_property
    def parts(self) -> dict[str, dict[str, int]]:
        """Who takes part in each initiative: actor to the place of the tie (the first of several)."""
        found: dict[str, dict[str, int]] = {}
        for initiative, links in sorted(self._to["TAKES_PART_IN"].items()):
            found[initiative] = {}
            for link in links:
                if link.who in self.number:
                    found[initiative].setdefault(link.who, link.place)
        return found

    @cached_property
    def parts_of(self) -> dict[str, list[str]]:
        """The initiatives each actor takes part in."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for initiative, people in self.parts.items():
            for who in people:
                found[who].append(initiative)
        return found

    # -- acquaintance -----------------------------------------------------------------------------------

    @cached_property
    def direct(self) -> dict[tuple[str, str], list[int]]:
        """Pairs of actors with a direct tie, smaller id first, each with the places of its ties."""
        found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for place, tie in enumerate(self.ties):
            both = tie.start in self.number and tie.end in self.number
            if tie.type in DIRECT and both and tie.start != tie.end:
                found[min(tie.start, tie.end), max(tie.start, tie.end)].append(place)
        return dict(sorted(found.items()))

    @cached_property
    def neighbours(self) -> dict[str, set[str]]:
        """Whom each actor has a direct tie with."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in self.direct:
            found[one].add(other)
            found[other].add(one)
        return found

    def have_met(self, one: str, other: str) -> bool:
        """Whether two actors have a direct tie or took part in one initiative."""
        if other in self.neighbours.get(one, ()):
            return True
        return not set(self.parts_of.get(one, ())).isdisjoint(self.parts_of.get(other, ()))

    @cached_property
    def own_people(self) -> set[tuple[str, str]]:
        """Pairs of an expert and an organisation the expert is affiliated with."""
        return {(tie.start, tie.end) for tie in self.ties if tie.type == "AFFILIATED_WITH"}

    @cached_property
    def organisations_of(self) -> dict[str, list[str]]:
        """The organisations each expert is affiliated with."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for person, organisation in sorted(self.own_people):
            found[person].append(organisation)
        return found

    # -- families ---------------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> dict[str, str]:
        """The one family of each actor as the measures count it; `several`, or absent where none is known."""
        if not self.by or not self.actors:
            return {}
        return {who: str(group) for who, group in sorted(groups_by(self.graph, self.by).items())}

    @cached_property
    def _of_several(self) -> dict[str, frozenset[str]]:
        """The families of those who have several."""
        now = self.today.isoformat()
        found = {
            who: set(self.graph.nodes[who].texts(self.by)) - {""}
            for who, group in self.groups.items()
            if group == SEVERAL
        }
        for tie in self.ties:
            if tie.type == "AFFILIATED_WITH" and tie.start in found and is_current(tie, now):
                found[tie.start].add(self.groups.get(tie.end, ""))
        return {who: frozenset(families - {"", SEVERAL}) for who, families in found.items()}

    def families(self, who: str) -> frozenset[str]:
        """The families of an actor, or of those who take part in an initiative; empty if none is known."""
        if who in self.parts and who not in self.number:
            return frozenset[str]().union(*(self.families(actor) for actor in self.parts[who]))
        if who in self._of_several:
            return self._of_several[who]
        return frozenset((self.groups[who],)) if who in self.groups else frozenset()

    def family(self, who: str) -> str:
        """The one family of an actor; `several`, or empty where none is known."""
        return self.groups.get(who, "")

    @cached_property
    def sizes(self) -> Counter[str]:
        """How many actors each family has; those of several count in none."""
        return Counter(group for group in self.groups.values() if group != SEVERAL)

    # -- words ------------------------------------------------------------------------------------------

    def name(self, node_id: str) -> str:
        """What a record is called in the language of the report."""
        node = self.graph.nodes[node_id]
        return node.text(f"label_{self.say.language}") or node.name

    def names(self, ids: Iterable[str], most: int = 4) -> str:
        """Names as they are read aloud, in the order of the ids given."""
        return self.say.listed([self.name(node_id) for node_id in ids], most)

    def topic(self, node_id: str) -> str:
        """A topic's name in quotation marks."""
        return self.say.quoted(self.name(node_id))

    def value(self, value: str) -> str:
        """What a family is called."""
        return self.say.value(self.by, value)

    def values(self, values: Iterable[str], most: int = 6) -> str:
        """Families as they are read aloud."""
        return self.say.listed([self.value(value) for value in sorted(values)], most)

    # -- what the records allow one to say --------------------------------------------------------------

    @cached_property
    def _filled(self) -> dict[str, float]:
        return {
            node.id: sum(name in node.properties for name in _FIELDS[node.label]) / len(_FIELDS[node.label])
            for node in self.graph.nodes.values()
            if node.label in _FIELDS
        }

    def filled(self, node_id: str) -> float:
        """The share of a record's declared fields that are filled."""
        return self._filled.get(node_id, 0.0)

    def basis(
        self, records: Collection[str], answered: Collection[str], en: str, fr: str, text: str = ""
    ) -> Basis:
        """What the state of some records allows one to say.

        `records` are those a gap rests on, `answered` those among them (others are ignored) that say anything
        about its question; `en` and `fr` complete the sentence "3 of 5 records ...", which `text` replaces.
        """
        ids = sorted(set(records))
        told = set(answered).intersection(ids)
        dates = sorted(filter(None, (self.graph.nodes[node_id].text("confirmed_on") for node_id in ids)))
        share = len(told) / len(ids) if ids else 0.0
        old = (self.today - timedelta(days=DAYS_UNTIL_OLD)).isoformat()
        # A year or a month is old once all of it is.
        aged = [text for text in dates if text < old[: len(text)]]
        reading = NOBODY
        if share < ANSWERED_ENOUGH:
            reading = NOT_ASKED
        elif ids and len(aged) * 2 > len(ids):
            reading = OUT_OF_DATE
        return Basis(
            reading=reading,
            records=len(ids),
            answered=round(share, 3),
            fields=round(sum(map(self.filled, ids)) / len(ids), 3) if ids else 0.0,
            confirmed=round(len(dates) / len(ids), 3) if ids else 0.0,
            oldest=dates[0] if dates else "",
            newest=dates[-1] if dates else "",
            text=text or self._basis_text(reading, len(told), len(ids), dates, en, fr),
        )

    def _basis_text(self, reading: str, told: int, total: int, dates: list[str], en: str, fr: str) -> str:
        say = self.say
        if not total:
            return say("Not asked: no record could say so.", "Pas demandé : aucune fiche ne peut le dire.")
        head = {
            NOBODY: say("Nobody, as far as recorded", "Personne, d'après les fiches"),
            NOT_ASKED: say("Not asked", "Pas demandé"),
            OUT_OF_DATE: say("Out of date", "Plus à jour"),
        }[reading]
        counted = say(
            f"{say.number(told)} of {say.number(total)} records {en}",
            f"{say.number(told)} sur {say.number(total)} {fr}",
        )
        if not dates:
            dated = say("none has a date of confirmation", "aucune n'a de date de confirmation")
        else:
            dated = say(
                f"{say.number(len(dates))} confirmed, last on {dates[-1]}",
                f"{say.number(len(dates))} confirmées, la dernière le {dates[-1]}",
            )
        return f"{head}{say(': ', ' : ')}{counted}{say('; ', ' ; ')}{dated}."

    def confidence(self, basis: Basis) -> str:
        """`high`, `medium` or `low`, by how much the records say and how fresh they are."""
        if basis.reading != NOBODY:
            return "low"
        return "high" if basis.answered >= 0.8 and basis.confirmed >= 0.5 else "medium"

    # -- draws for stability ----------------------------------------------------------------------------

    @cached_property
    def draws(self) -> Mapping[float, NDArray[np.bool_]]:
        """For each share of ties dropped, one row a draw that says which of `ties` are left."""
        from cocommuns_graph.gaps.stability import draw

        return draw(len(self.ties), self.seed)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.actors)
