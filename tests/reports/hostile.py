"""A graph that has every payload in a field a report shows, and all fields of one payload at once."""

from __future__ import annotations

from cocommuns_graph.model import Graph, Node, Relationship
from tests.maps.payloads import PAYLOADS


def hostile_graph() -> Graph:
    """For each payload: an organisation, an expert, an initiative, two topics, and ties of every type among
    them, whose names, labels, definitions, details, sources and languages are the payload."""
    nodes: list[Node] = []
    ties: list[Relationship] = []
    for number, text in enumerate(PAYLOADS):
        source = [f"{text}:{number}"]
        common = {"sources": source, "description": text, "aliases": [text], "country": "BE"}
        sector = text if number % 2 else ("commons" if number % 4 else "union")
        organisation, expert, initiative = (f"{kind}-{number}" for kind in ("o", "e", "i"))
        storable = text.encode("utf-8", "ignore").decode("utf-8")
        topic, challenge = f"t-{number}-{storable}", f"c-{number}-{storable}"
        nodes += [
            Node(organisation, "Organisation", {**common, "name": text, "sector": sector, "kind": text}),
            Node(expert, "Expert", {**common, "name": text, "role": text}),
            Node(initiative, "Initiative", {**common, "name": text}),
            Node(
                topic,
                "Topic",
                {
                    "label": text,
                    "label_fr": text,
                    "aliases_de": [text],
                    "definition": text,
                    "definition_fr": text,
                    "context": [text, "commons"],
                    "kind": text,
                    "sources": source,
                },
            ),
            Node(challenge, "Topic", {"label": text, "kind": "challenge", "sources": source}),
        ]

        def tie(
            type_: str, start: str, end: str, source: list[str] = source, **properties: str | int
        ) -> None:
            ties.append(Relationship(type_, start, end, "", {"sources": source, **properties}))

        other = f"o-{(number + 1) % len(PAYLOADS)}"
        tie("AFFILIATED_WITH", expert, organisation, role=text, since=text)
        tie("PARTNER_OF", organisation, other, kind=text)
        tie("TAKES_PART_IN", expert, initiative, role=text)
        tie("TAKES_PART_IN", other, initiative, role=text)
        tie("EXPERT_IN", expert, topic, evidence=text, level=3)
        tie("WORKS_ON", organisation, topic, evidence=text, mode="offers")
        tie("WORKS_ON", other, topic, evidence=text)
        tie("NEEDS", organisation, topic, note=text, urgency=text)
        tie("NEEDS", initiative, challenge, note=text)
        tie("ABOUT", initiative, topic)
        tie("POSITION_ON", expert, topic, statement=text, stance="agree" if number % 3 else "diverge")
        tie("FACES", organisation, challenge, how=text, when=text)
        tie("SOLVED", other, challenge, how=text, when=text)
        tie("BROADER", challenge, topic)
        tie("RELATED", topic, challenge)
    return Graph(nodes, ties)
