"""A made-up inventory for the map's tests: people, structures, topics and initiatives that do not exist."""

from __future__ import annotations

import random

from cocommuns_graph.model import Graph, Node, Relationship

FIRST = ("Ada", "Bruno", "Chiara", "Dries", "Elif", "Fatou", "Gaël", "Hanna", "Ivo", "Jana", "Kofi", "Lena")
LAST = ("Almeida", "Bakker", "Costa", "Dubois", "Eriksson", "Ferrari", "García", "Haddad", "Ito", "Köhler")
THINGS = (
    "shared mobility",
    "food sovereignty",
    "energy communities",
    "platform cooperatives",
    "care work",
    "public procurement",
    "community land trusts",
    "open source software",
    "time banking",
    "participatory budgeting",
    "right to repair",
    "data commons",
    "seed libraries",
    "housing cooperatives",
    "just transition",
    "trade union organising",
    "cultural commons",
    "water remunicipalisation",
    "municipal cooperation",
    "solidarity finance",
    "commons-oriented licences and contracts for cooperative enterprises",
    "digital sovereignty",
    "urban gardening",
    "local currencies",
    "mutual aid",
)
KINDS = ("Federation", "Workshop", "Institute", "Union", "Lab", "House", "Network", "Alliance")
PLACES = ("Brussels", "Lyon", "Bologna", "Ghent", "Barcelona", "Lisbon", "Turin", "Lille")


def made_up(experts: int = 60, organisations: int = 35, initiatives: int = 25, seed: int = 7) -> Graph:
    dice = random.Random(seed)
    nodes: list[Node] = []
    ties: dict[tuple[str, str, str, str], Relationship] = {}

    def tie(type_: str, start: str, end: str, **properties: str | int) -> None:
        one = Relationship(
            type_, start, end, "", {**properties, "sources": [f"links.csv row {len(ties) + 2}"]}
        )
        ties[one.identity] = one

    topics = [f"topic-{number}" for number in range(len(THINGS))]
    for number, thing in enumerate(THINGS):
        properties = {
            "label": thing,
            "definition": f"What people mean when they say {thing}.",
            "kind": "field",
        }
        properties["label_fr"] = f"{thing} (fr)"
        nodes.append(
            Node(topics[number], "Topic", {**properties, "sources": [f"topics.csv row {number + 2}"]})
        )
    for number in range(1, len(topics)):
        if number % 3 == 0:
            tie("BROADER", topics[number], topics[number // 3])
    houses = [f"organisation-{number}" for number in range(organisations)]
    for number, id_ in enumerate(houses):
        place = dice.choice(PLACES)
        name = f"{place} {dice.choice(KINDS)} for {dice.choice(THINGS).title()}"
        more = {"website": f"https://example.org/{number}", "country": "BE", "languages": ["fr", "nl"]}
        sources = [f"organisations.csv row {number + 2}"]
        nodes.append(Node(id_, "Organisation", {"name": name, "place": place, **more, "sources": sources}))
        for topic in dice.sample(topics[:20], 2):
            tie("WORKS_ON", id_, topic, mode=dice.choice(("works", "offers")))
    for number in range(experts):
        id_ = f"expert-{number}"
        name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
        properties = {"name": name, "role": "coordinator", "languages": ["en", "fr"]}
        nodes.append(Node(id_, "Expert", {**properties, "sources": [f"experts.csv row {number + 2}"]}))
        if number % 12:
            tie("AFFILIATED_WITH", id_, dice.choice(houses), role="member", since="2019")
            for topic in dice.sample(topics[: 10 + number % 15], 1 + number % 3):
                tie("EXPERT_IN", id_, topic, level=1 + number % 5)
    for number in range(initiatives):
        id_ = f"initiative-{number}"
        name = f"{dice.choice(('Days', 'Charter', 'Campaign', 'Map'))} of {dice.choice(THINGS)}"
        nodes.append(Node(id_, "Initiative", {"name": name, "kind": "project", "sources": []}))
        tie("ABOUT", id_, dice.choice(topics))
        for house in dice.sample(houses, min(2, len(houses))):
            tie("TAKES_PART_IN", house, id_, role="partner")
    return Graph(nodes, ties.values())
