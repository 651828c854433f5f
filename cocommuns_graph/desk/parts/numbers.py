"""The network in numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.files import Written, check_place
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.model import (
    Graph,
    Visibility,
)
from cocommuns_graph.model.errors import InvalidValue

if TYPE_CHECKING:
    import networkx as nx

    from cocommuns_graph.desk.measuring import Metrics


class Numbers(Base):
    """Measures of the networks, and the graph for other Python programs."""

    def measure(self, network: str = "direct", *, directed: bool = False, by: str | None = None) -> Metrics:
        """The measures of a network, with what was estimated or drawn.

        Raises:
            InvalidValue: there is no such network, or no actor that this viewer sees has a property `by`.
        """
        from cocommuns_graph.desk import measuring

        def work(graph: Graph) -> Metrics:
            return measuring.measure(graph, network, directed=directed, by=by)

        try:
            return self._made(("metrics", network, directed, by), work)
        except InvalidValue as error:
            if by is None or self.viewer.level == Visibility.STEWARDS:
                raise
            seen = self.viewer.level.word
            raise InvalidValue(f"{error}, as far as {seen} may see: more with --as coordinators") from None

    def metrics(
        self, network: str = "direct", *, directed: bool = False, by: str | None = None
    ) -> list[dict[str, Any]]:
        """One row an actor: the contract's `metrics`.

        Raises:
            InvalidValue: as for `measure`.
        """
        return self.measure(network, directed=directed, by=by).as_dicts()

    def write_metrics(
        self, path: Path, network: str = "direct", *, directed: bool = False, by: str | None = None
    ) -> Written:
        """The same as a csv file that says what it is in lines beginning with `# `."""
        check_place(path)
        return self._written({path: self.metrics_file(network, directed=directed, by=by)})

    def metrics_file(
        self, network: str = "direct", *, directed: bool = False, by: str | None = None
    ) -> bytes:
        """What `write_metrics` writes.

        Raises:
            InvalidValue: as for `measure`.
        """
        from cocommuns_graph.desk import measuring

        found = self.measure(network, directed=directed, by=by)
        meta = self._meta(network, {"by": by or ""}, direction=found.direction).lines()
        return measuring.as_csv(found, meta)

    def networkx(self, network: str | None = None, *, directed: bool = False) -> nx.Graph[str]:
        """The graph for networkx: all of it as a MultiDiGraph with every property, or one network of actors.

        Raises:
            InvalidValue: there is no such network.

        >>> everything = desk.networkx()
        >>> everything.is_multigraph(), everything.is_directed()
        (True, True)
        >>> len(everything) == len(desk.frames.nodes())
        True
        >>> shared = desk.networkx("topics")
        >>> sorted({kind for _, kind in shared.nodes(data="type")})
        ['Expert', 'Organisation']
        """
        from cocommuns_graph.network import as_networkx, projection

        if network is None:
            return as_networkx(self.graph())
        return projection(self.graph(), network, directed=directed)
