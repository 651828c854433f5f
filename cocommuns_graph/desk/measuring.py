"""The measures of a network: a row an actor, what they mean, and the same as a table of a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cocommuns_graph.model import MODEL, Graph
from cocommuns_graph.wording import Wording

_FIRST = ("id", "name", "type")
_USUAL_GROUPS = ("sector", "country", "place", "languages")
_NO_GROUPS = frozenset(
    {"id", "name", "aliases", "sources", "created_in", "visibility", "description", "website", "orcid"}
    | {"contact", "confirmed_on", "latitude", "longitude"}
)
_MOST_GROUPS = 40
_SCALES = {"articulation_point": "flag", "component": "label", "community": "label"}


@dataclass(frozen=True)
class Metrics:
    """The measures of one network as one viewer sees it.

    `rows` are in the order of the actors' ids, each with the cells of `columns`; None is undefined. `notes`
    say by a word what was estimated or drawn.
    """

    network: str
    directed: bool
    by: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: Mapping[str, str]

    @property
    def direction(self) -> str:
        """How ties were read, in words."""
        return "directed" if self.directed else "undirected"

    def as_dicts(self) -> list[dict[str, Any]]:
        """The contract's `metrics`."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def remarks(self) -> Iterator[str]:
        """The notes a reader must not miss, as sentences: what is not exact, and who could not be grouped."""
        for about, note in self.notes.items():
            if note.startswith("estimated") or about == "groups":
                yield f"{about}: {note}"

    def told(self, say: Wording) -> Iterator[str]:
        """The same for a screen."""
        if any(note.startswith("estimated") for note in self.notes.values()):
            yield say(
                "Betweenness is estimated here, from a sample of starting points; how well is said below."
            )
        if "groups" in self.notes and "ei_index" in self.columns:
            at = self.columns.index("coordinator")
            unknown = sum(row[at] is None for row in self.rows)
            yield say.count(
                "{n} actor is of unknown group: its E-I index and roles are empty.",
                "{n} actors are of unknown group: their E-I index and roles are empty.",
                unknown,
            )


def measure(graph: Graph, network: str, *, directed: bool, by: str | None) -> Metrics:
    """Every measure of every actor of a graph, in one of its networks.

    Raises:
        InvalidValue: there is no such network, or nothing to group by.
    """
    import networkx as nx

    from cocommuns_graph.network import projection
    from cocommuns_graph.network.measures import groups_by, measured

    ties = projection(graph, network, directed=directed)
    groups = None if by is None else groups_by(graph, by)
    found = measured(nx.freeze(ties), groups)
    rows = sorted(
        (row[0], ties.nodes[row[0]]["name"], ties.nodes[row[0]]["type"], *row[1:]) for row in found.rows
    )
    return Metrics(
        network,
        directed,
        by,
        (*_FIRST, *(column.name for column in found.columns)),
        tuple(rows),
        found.notes,
    )


def groupings(graph: Graph, say: Wording) -> dict[str, str]:
    """What actors can be grouped by, with its word: what has at least two values and not too many of them.

    An imported column that shares its name with a property of the model goes before it, as in `groups_by`.
    """
    from cocommuns_graph.formats import AS_GIVEN
    from cocommuns_graph.network import family

    values: defaultdict[str, set[str]] = defaultdict(set)
    for actor in graph.of_label(*MODEL.actors):
        values["sector"].add(family(graph, actor.id))
        for name in actor.properties:
            values[name].update(actor.texts(name))
    usual = [name for name in _USUAL_GROUPS if len(values[name] - {""}) > 1]
    others = sorted(
        name
        for name, found in values.items()
        if name not in (*_USUAL_GROUPS, *_NO_GROUPS) and 1 < len(found) <= _MOST_GROUPS
    )
    return {
        name.removesuffix(AS_GIVEN): _group_word(name.removesuffix(AS_GIVEN), say)
        for name in (*usual, *others)
    }


def _group_word(name: str, say: Wording) -> str:
    for label in MODEL.actors:
        if declared := MODEL.node(label).property(name):
            return say.words(declared.words)
    return name.replace("_", " ")


def as_csv(metrics: Metrics, meta: Mapping[str, str]) -> bytes:
    """The measures as a csv file whose first lines say what they are."""
    from cocommuns_graph.gaps import Column, Table
    from cocommuns_graph.reports import table_csv

    columns = tuple(Column(name, name) for name in metrics.columns)
    return table_csv(Table("metrics", "Measures", columns, metrics.rows), {**meta, **metrics.notes})


def group_words(graph: Graph, by: str, say: Wording) -> dict[str, str]:
    """The group of each actor by a property, in words, by id; an actor of unknown group is left out.

    Raises:
        InvalidValue: no actor has the property.
    """
    from cocommuns_graph.network.measures import groups_by

    reading = {"country": say.country, "languages": say.language_name}.get(by, say.choice)
    return {id_: reading(str(group)) for id_, group in groups_by(graph, by).items()}


def columns(found: Metrics, say: Wording) -> list[dict[str, str]]:
    """What each measure of a table is, for a screen: name, words, meaning, formula, source, scale.

    `scale` is `number`, `flag` (0 or 1) or `label` (the number of a group, which says nothing by its size).
    """
    from cocommuns_graph.network.measures import MEASURES

    return [
        {
            "name": name,
            "words": say.words(MEASURES[name].words),
            "meaning": say.words(MEASURES[name].meaning),
            "formula": say(MEASURES[name].formula),
            "source": MEASURES[name].source,
            "scale": _SCALES.get(name, "number"),
        }
        for name in found.columns
        if name in MEASURES
    ]


def explained() -> list[dict[str, str]]:
    """What each measure is: name, words and meaning in English and French, formula, source."""
    from cocommuns_graph.network.measures import MEASURES

    return [
        {
            "name": one.name,
            "words": one.words.en,
            "words_fr": one.words.fr,
            "meaning": one.meaning.en,
            "meaning_fr": one.meaning.fr,
            "formula": one.formula,
            "source": one.source,
        }
        for one in MEASURES.values()
    ]
