"""The part of a graph around one record or one topic."""

from __future__ import annotations

from collections import Counter, deque

from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.model.records import Graph


def neighbourhood(graph: Graph, node_id: str, depth: int = 1) -> Graph:
    """Everything at most `depth` ties of any type away from a record, with all ties among what is kept.

    Raises:
        NotFound: the graph has no such id.
        InvalidValue: the depth is negative.
    """
    _known(graph, node_id)
    if depth < 0:
        raise InvalidValue(f"a depth of {depth} is not possible; accepted: 0, 1, 2 and so on")
    kept = {node_id: 0}
    waiting = deque([node_id])
    while waiting:
        here = waiting.popleft()
        if kept[here] == depth:
            continue
        for tie in graph.links_of.get(here, ()):
            there = tie.other(here)
            if there not in kept and there in graph.nodes:
                kept[there] = kept[here] + 1
                waiting.append(there)
    return induced(graph, set(kept))


def topic_neighbourhood(graph: Graph, topic_id: str) -> Graph:
    """A topic with its narrower topics, all records tied to them and the actors of initiatives about them.

    Raises:
        NotFound: the graph has no topic of that id.
    """
    _known(graph, topic_id)
    if graph.nodes[topic_id].label != "Topic":
        raise NotFound(f"{topic_id!r} is not a topic")
    topics = {topic_id, *narrower(graph, topic_id)}
    kept = set(topics)
    for topic in topics:
        for tie in graph.links_of.get(topic, ()):
            other = graph.nodes.get(tie.other(topic))
            if other is None or other.label == "Topic":
                continue
            kept.add(other.id)
            if other.label == "Initiative":
                kept.update(
                    part.start for part in graph.links_of.get(other.id, ()) if part.type == "TAKES_PART_IN"
                )
    return induced(graph, kept)


def narrower(graph: Graph, topic_id: str) -> dict[str, tuple[str, ...]]:
    """The topics below a topic, each with the way up to it: from the narrower topic to `topic_id`.

    The shortest way where several lead up; topics that are broader than each other in a circle do no harm.
    """
    found: dict[str, tuple[str, ...]] = {topic_id: (topic_id,)}
    waiting = deque([topic_id])
    while waiting:
        here = waiting.popleft()
        below = {
            tie.start for tie in graph.links_of.get(here, ()) if tie.type == "BROADER" and tie.end == here
        }
        for topic in sorted(below - found.keys()):
            found[topic] = (topic, *found[here])
            waiting.append(topic)
    del found[topic_id]
    return found


def induced(graph: Graph, ids: set[str]) -> Graph:
    """The part of a graph that has only these nodes, in its order, and the ties among them."""
    return Graph(
        (node for node in graph.nodes.values() if node.id in ids),
        (tie for tie in graph.relationships if tie.start in ids and tie.end in ids),
        graph.hidden,
        graph.hidden_details,
    )


def summary(graph: Graph) -> dict[str, dict[str, int]]:
    """How many nodes of each label and relationships of each type there are: {"nodes", "relationships"}."""
    return {
        "nodes": dict(Counter(node.label for node in graph.nodes.values())),
        "relationships": dict(Counter(tie.type for tie in graph.relationships)),
    }


def _known(graph: Graph, node_id: str) -> None:
    if node_id not in graph.nodes:
        raise NotFound(f"nothing has the id {node_id!r}")
