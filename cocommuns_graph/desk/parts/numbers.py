"""The network in numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.files import Written, check_place
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.model import MODEL, Graph, Visibility, fold
from cocommuns_graph.model.errors import InvalidValue

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

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

    def groupings(self) -> dict[str, str]:
        """By what actors may be compared in groups: properties, imported columns included, with their words.

        Those with at least two and at most as many values as a picture can tell apart, the usual ones first.
        """
        from cocommuns_graph.desk import measuring

        return self._made(("groupings", self.language), lambda graph: measuring.groupings(graph, self.say))

    def measure_columns(self, found: Metrics) -> list[dict[str, str]]:
        """What the measures of a table are, in the words of the screen: `measuring.columns`'s shape."""
        from cocommuns_graph.desk import measuring

        return measuring.columns(found, self.say)

    def measure_frame(self, found: Metrics) -> pd.DataFrame:
        """A table of measures for a screen: a row an actor by id, those with most ties first."""
        import pandas as pd

        def work(_: Graph) -> pd.DataFrame:
            words = {label: self.say.words(MODEL.node(label).singular) for label in MODEL.actors}
            rows = sorted(found.as_dicts(), key=lambda row: (-row["degree"], fold(row["name"]), row["id"]))
            frame = pd.DataFrame(rows, columns=list(found.columns)).set_index("id", drop=True)
            frame["type"] = frame["type"].map(words)
            return frame

        return self._made(("metrics frame", found.network, found.directed, found.by, self.language), work)

    def group_words(self, by: str) -> dict[str, str]:
        """The group of each actor by a property, in words, by id.

        Raises:
            InvalidValue: no actor has the property.
        """
        from cocommuns_graph.desk import measuring

        return self._made(
            ("group words", by, self.language), lambda graph: measuring.group_words(graph, by, self.say)
        )

    def measure_points(
        self, found: Metrics, x: str, y: str | None = None, *, by: str
    ) -> list[dict[str, Any]]:
        """The actors of a table as points of a chart, with their groups: `charting.points`'s shape."""
        from cocommuns_graph.desk import charting

        groups = self.group_words(by) if by else {}
        key = ("points", found.network, found.directed, found.by, x, y, by, self.language)
        return self._made(key, lambda _: charting.points(found, x, y, groups))

    def measure_spread(self, found: Metrics, measure: str) -> dict[str, Any]:
        """How the values of a measure are spread: `charting.spread`'s shape."""
        from cocommuns_graph.desk import charting

        key = ("spread", found.network, found.directed, found.by, measure, self.language)
        return self._made(key, lambda _: charting.spread(found, measure, self.say))

    def measures_together(self, found: Metrics, x: str, y: str) -> str:
        """How two measures go together, in a sentence."""
        from cocommuns_graph.desk import charting

        key = ("together", found.network, found.directed, found.by, x, y, self.language)
        return self._made(key, lambda _: charting.together(found, x, y, self.say))

    def measure_origin(self, found: Metrics) -> dict[str, str]:
        """Where a table of measures comes from, for a screen: what the file says, by a word for each."""
        from cocommuns_graph.reports import report_wording

        words = report_wording(self.language)
        lines = self._meta(found.network, {"by": found.by or ""}, direction=found.direction).lines()
        return {words.word("meta", name): value for name, value in {**lines, **found.notes}.items()}

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
