"""The family an actor belongs to, and which ties are over."""

from __future__ import annotations

from datetime import date

from cocommuns_graph.model.errors import NotFound
from cocommuns_graph.model.records import Graph, Relationship

SEVERAL = "several"


def is_current(tie: Relationship, today: str | None = None) -> bool:
    """Whether a tie has not ended: no `until`, or one that is not past.

    `today` is an ISO date, by default the day it is. An `until` of a year or a month lasts to its end.
    """
    until = tie.text("until")
    now = today or date.today().isoformat()
    return not until or until >= now[: len(until)]


def family(graph: Graph, node_id: str, today: str | None = None) -> str:
    """The sector of an organisation, or the one an expert's current affiliations agree on.

    `several` for an expert whose current affiliations are of different sectors; empty where nothing is known,
    for a topic and for an initiative. Affiliations to organisations of unknown sector say nothing.

    Raises:
        NotFound: the graph has no such id.
    """
    node = graph.nodes.get(node_id)
    if node is None:
        raise NotFound(f"nothing has the id {node_id!r}")
    if node.label == "Organisation":
        return node.text("sector")
    if node.label != "Expert":
        return ""
    sectors = {
        graph.nodes[tie.end].text("sector")
        for tie in graph.links_of.get(node_id, ())
        if tie.type == "AFFILIATED_WITH" and tie.start == node_id and tie.end in graph.nodes
        if is_current(tie, today)
    } - {""}
    return SEVERAL if len(sectors) > 1 else next(iter(sectors), "")
