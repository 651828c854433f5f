"""The researcher's door: what the desk answers as pandas DataFrames.

    from cocommuns_graph import open_desk

    with open_desk() as desk:
        measures = desk.frames.metrics("direct", by="sector")

The examples below are of the sample inventory and run as tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from cocommuns_graph.desk.desk import Desk
    from cocommuns_graph.model import Node, Relationship

_NODE = ("id", "type", "name")
_TIE = ("from", "type", "to")


class Frames:
    """The answers of a desk as DataFrames, of what its viewer may see. See `Desk.frames`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def metrics(
        self, network: str = "direct", *, directed: bool = False, by: str | None = None
    ) -> pd.DataFrame:
        """One row an actor, one column a measure; missing where a measure is undefined.

        `network` is direct, initiatives or topics; `by` a property to compare groups of actors by. Whole
        numbers are Int64, the others float64. `attrs` of the frame say what was estimated or drawn.

        Raises:
            InvalidValue: there is no such network, or no actor has such a property.

        >>> frame = desk.frames.metrics("direct", by="sector")
        >>> list(frame.columns[:6])
        ['id', 'name', 'type', 'degree', 'indegree', 'outdegree']
        >>> len(frame) == len(desk.frames.nodes("Organisation", "Expert"))
        True
        >>> frame.attrs["betweenness"]
        'exact'
        """
        import pandas as pd

        from cocommuns_graph.network.measures import MEASURES

        found = self._desk.measure(network, directed=directed, by=by)
        frame = pd.DataFrame(list(found.rows), columns=list(found.columns))
        kinds = {
            name: "Int64" if MEASURES[name].whole else "float64" for name in found.columns if name in MEASURES
        }
        frame = frame.astype(kinds)
        frame.attrs = {"network": network, "direction": found.direction, "by": by or ""}
        frame.attrs.update(found.notes)
        return frame

    def nodes(self, *labels: str) -> pd.DataFrame:
        """One row a record of these labels (of all, if none is named): id, type, name and its properties.

        A list is one cell. A property called as one of the first three columns has `_property` behind it.

        >>> frame = desk.frames.nodes("Topic")
        >>> set(frame["type"])
        {'Topic'}
        >>> bool(frame["id"].is_unique)
        True
        """
        graph = self._desk.graph()
        nodes = graph.of_label(*labels) if labels else list(graph.nodes.values())
        return _frame((_node(node) for node in nodes), _NODE)

    def links(self, *types: str) -> pd.DataFrame:
        """One row a relationship of these types (of all, if none is named): from, type, to, its properties.

        >>> frame = desk.frames.links("EXPERT_IN")
        >>> list(frame.columns[:3])
        ['from', 'type', 'to']
        >>> set(frame["to"]) <= set(desk.frames.nodes("Topic")["id"])
        True
        """
        graph = self._desk.graph()
        ties = graph.of_type(*types) if types else graph.relationships
        return _frame((_tie(tie) for tie in ties), _TIE)

    def find(self, text: str, **options: Any) -> pd.DataFrame:
        """Ranked collaborators: rank, id, type, name, score, reasons and sources as lists of text.

        Options are those of `Desk.find`. `attrs` of the frame have the topics that were understood and, where
        nothing was found, why.

        Raises:
            InvalidValue, NotFound: as for `Desk.find`.

        >>> frame = desk.frames.find("social economy", limit=3)
        >>> frame["rank"].tolist()
        [1, 2, 3]
        >>> all(frame["reasons"].map(len) > 0)
        True
        """
        import pandas as pd

        answer = self._desk.find(text, **options)
        frame = pd.DataFrame(
            [
                {
                    **{name: result[name] for name in ("rank", "id", "type", "name", "score")},
                    "reasons": [reason["text"] for reason in result["reasons"]],
                    "sources": list(
                        dict.fromkeys(source for reason in result["reasons"] for source in reason["sources"])
                    ),
                }
                for result in answer["results"]
            ],
            columns=["rank", "id", "type", "name", "score", "reasons", "sources"],
        )
        frame.attrs = {"topics": answer["topics"], "why": answer["why"]}
        return frame

    def ask(self, name: str, **values: str) -> pd.DataFrame:
        """The rows of a named query, its columns in the order of the query.

        Raises:
            NotFound, NotAllowed, InvalidQuery: as for `Desk.ask`.
        """
        import pandas as pd

        answer = self._desk.ask(name, values)
        return pd.DataFrame(answer["rows"], columns=answer["columns"])


def _node(node: Node) -> dict[str, Any]:
    from cocommuns_graph.network import apart

    first = {"id": node.id, "type": node.label, "name": node.name}
    return {**first, **apart(node.properties, ("type",), leave=("id", "name"))}


def _tie(tie: Relationship) -> dict[str, Any]:
    from cocommuns_graph.network import apart

    return {"from": tie.start, "type": tie.type, "to": tie.end, **apart(tie.properties, _TIE)}


def _frame(records: Iterable[Mapping[str, Any]], first: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    rows = list(records)
    columns = list(dict.fromkeys((*first, *(name for row in rows for name in row))))
    return pd.DataFrame(rows, columns=columns)
