"""How a measure is declared: the function with its words, its meaning, its formula and its source."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import networkx as nx

from cocommuns_graph.model.declare import Words
from cocommuns_graph.model.errors import InvalidModel

Values = dict[Any, Any]
"""What a measure gives: a number for each node of the graph, None where it is undefined."""

Groups = Mapping[Any, Hashable]
"""The group of each node; a node that is absent, or whose group is None, belongs to no known one."""

F = TypeVar("F", bound=Callable[..., Values])


@dataclass(frozen=True)
class Measure:
    """One column of `metrics`.

    `meaning` is one line: what a high value says of an actor and what an isolate gets. `follows_direction`
    is True where a directed network gives other values than the same ties read both ways; `grouped` where
    `function` takes the groups of the nodes besides the graph; `whole` where every value is a whole number.
    """

    name: str
    words: Words
    meaning: Words
    formula: str
    source: str
    follows_direction: bool
    grouped: bool
    whole: bool
    function: Callable[..., Values]

    def of(self, graph: nx.Graph[Any], groups: Groups | None = None) -> Values:
        """The value of every node; groups are needed where the measure is `grouped`."""
        return self.function(graph, groups or {}) if self.grouped else self.function(graph)


MEASURES: dict[str, Measure] = {}
"""Every measure by its name, in the order of the columns of `metrics`."""


def measure(
    words: Words,
    meaning: Words,
    *,
    formula: str,
    source: str,
    follows_direction: bool = False,
    grouped: bool = False,
    whole: bool = False,
) -> Callable[[F], F]:
    """Makes a function of a graph a measure, called as the function is; columns follow the declarations.

    Raises:
        InvalidModel: there is a measure of that name, or it lacks its formula or source.
    """

    def declare(function: F) -> F:
        name = function.__name__
        if name in MEASURES:
            raise InvalidModel(f"the measure {name} is declared twice; keep one")
        if not formula.strip() or not source.strip():
            raise InvalidModel(f"the measure {name} lacks its formula or its source; give both")
        MEASURES[name] = Measure(
            name, words, meaning, formula, source, follows_direction, grouped, whole, function
        )
        return function

    return declare
