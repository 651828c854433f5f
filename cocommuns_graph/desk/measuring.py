"""The measures of a network: a row an actor, what they mean, and the same as a table of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cocommuns_graph.model import Graph

_FIRST = ("id", "name", "type")


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


def as_csv(metrics: Metrics, meta: Mapping[str, str]) -> bytes:
    """The measures as a csv file whose first lines say what they are."""
    from cocommuns_graph.gaps import Column, Table
    from cocommuns_graph.reports import table_csv

    columns = tuple(Column(name, name) for name in metrics.columns)
    return table_csv(Table("metrics", "Measures", columns, metrics.rows), {**meta, **metrics.notes})


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
