"""Small graphs written by hand, and random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from cocommuns_graph.model import MODEL, SECTORS, Graph, Node, Relationship, Value, join_key


def expert(node_id: str, name: str = "", **properties: Value) -> Node:
    return Node(
        node_id,
        "Expert",
        {"name": name or node_id.title(), "sources": [f"experts.csv:{node_id}"], **properties},
    )


def organisation(node_id: str, name: str = "", **properties: Value) -> Node:
    return Node(
        node_id,
        "Organisation",
        {"name": name or node_id.title(), "sources": [f"organisations.csv:{node_id}"], **properties},
    )


def initiative(node_id: str, name: str = "", **properties: Value) -> Node:
    return Node(node_id, "Initiative", {"name": name or node_id.title(), **properties})


def topic(node_id: str, label: str = "", **properties: Value) -> Node:
    return Node(node_id, "Topic", {"label": label or node_id, **properties})


def tie(start: str, type_: str, end: str, **properties: Value) -> Relationship:
    keys = MODEL.relationship(type_).keys
    sources: dict[str, Value] = {"sources": [f"links.csv:{start}-{type_}-{end}"]}
    return Relationship(
        type_, start, end, join_key(properties.get(key) for key in keys), sources | properties
    )


WORDS = st.sampled_from(
    [
        "commons",
        "union",
        "unions",
        "city",
        "work",
        "gig",
        "coop",
        "Köln",
        "économie",
        "contract",
        "of",
        "ETUC",
    ]
)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
QUESTIONS = st.one_of(
    PHRASES,
    st.lists(PHRASES, max_size=3).map("; ".join),
    st.text(max_size=40),
    st.sampled_from(["unoins", "citywork"]),
)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A graph of at most a dozen nodes of every label, with any ties the model allows among them."""
    nodes: list[Node] = []
    for label in MODEL.labels:
        for number in range(draw(st.integers(0, 3))):
            properties: dict[str, Value] = {
                MODEL.node(label).caption: draw(PHRASES),
                "sources": [f"{label}.csv:{number}"],
            }
            if label == "Topic" and draw(st.booleans()):
                properties["label_fr"] = draw(PHRASES)
            if label != "Topic" and draw(st.booleans()):
                properties["description"] = draw(PHRASES)
            if label == "Organisation" and draw(st.booleans()):
                properties["sector"] = draw(st.sampled_from(SECTORS[:3]))
            if label in MODEL.actors and draw(st.booleans()):
                properties["country"] = draw(st.sampled_from(["BE", "FR"]))
                properties["languages"] = draw(st.sampled_from([["fr"], ["fr", "nl"]]))
            nodes.append(Node(f"{label[0]}{number}", label, properties))
    by_label = {label: [node.id for node in nodes if node.label == label] for label in MODEL.labels}
    ties: dict[tuple[str, str, str, str], Relationship] = {}
    for _ in range(draw(st.integers(0, 20))):
        declared = MODEL.relationship(draw(st.sampled_from(MODEL.types)))
        starts = [node_id for label in declared.starts for node_id in by_label[label]]
        ends = [node_id for label in declared.ends for node_id in by_label[label]]
        if not starts or not ends:
            continue
        properties = {"sources": [f"links.csv:{len(ties)}"]}
        for name in ("statement", "evidence", "role"):
            if declared.property(name) and draw(st.booleans()):
                properties[name] = draw(PHRASES)
        key = join_key(properties.get(name) for name in declared.keys)
        made = Relationship(
            declared.type, draw(st.sampled_from(starts)), draw(st.sampled_from(ends)), key, properties
        )
        ties.setdefault(made.identity, made)
    return Graph(nodes, ties.values())
