"""The register of problems: which are open, which overcome, by whom and how, and who could be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from cocommuns_graph.model import Graph, Node, Relationship, fold
from cocommuns_graph.network import family, is_current
from cocommuns_graph.reports.collation import order
from cocommuns_graph.reports.glossary import label_in

OPEN, PARTLY, OVERCOME = "open", "partly overcome", "overcome"
STATUSES = (OPEN, PARTLY, OVERCOME)
_KNOWS = ("EXPERT_IN", "WORKS_ON")
_MOST_ASKED = 5


@dataclass
class Asked:
    """Somebody who could be asked, and why: `solved`, `member` (of who solved it), `took part`, `expert`,
    `offers`, `works`, or the same with the nearby topic in `topic`."""

    id: str
    name: str
    type: str
    family: str
    why: str
    rank: int
    topic: str = ""
    topic_id: str = ""
    sources: list[str] = field(default_factory=list)


def problems(graph: Graph, language: str = "en") -> dict[str, Any]:
    """Every challenge of a graph, and whatever else somebody faces or has overcome, open ones first.

    Returns:
        {"language", "why", "counts": {status: n}, "problems": [{"id", "label", "language", "definition",
        "status", "faced_by", "overcome_by": [{"id", "name", "type", "family", "how", "when", "sources"}],
        "ask": [{"id", "name", "type", "family", "why", "topic", "topic_id", "sources"}], "sources"}]}, the
        problems of one status with those that most face first. A problem is open if nobody is recorded to
        have overcome it, partly overcome if somebody has and others face it, else overcome.
    """
    concerned = {link.end for link in graph.of_type("FACES", "SOLVED")}
    nodes = [
        node for node in graph.of_label("Topic") if node.text("kind") == "challenge" or node.id in concerned
    ]
    found = [_problem(graph, node, language) for node in nodes]
    found.sort(
        key=lambda one: (
            STATUSES.index(one["status"]),
            -len(one["faced_by"]),
            order(one["label"], language),
            one["id"],
        )
    )
    counts = {status: sum(one["status"] == status for one in found) for status in STATUSES}
    why = "" if found else "the inventory has no challenge, and nobody faces or has overcome anything"
    return {"language": language, "why": why, "counts": counts, "problems": found}


def _problem(graph: Graph, node: Node, language: str) -> dict[str, Any]:
    links = [link for link in graph.links_of.get(node.id, []) if link.end == node.id]
    faced = [link for link in links if link.type == "FACES"]
    solved = [link for link in links if link.type == "SOLVED"]
    label, spoken = label_in(node, language)
    status = OPEN if not solved else PARTLY if faced else OVERCOME
    return {
        "id": node.id,
        "label": label,
        "language": spoken,
        "definition": node.text(f"definition_{language}") or node.text("definition"),
        "status": status,
        "faced_by": _actors(graph, faced),
        "overcome_by": _actors(graph, solved),
        "ask": [_as_json(one) for one in _ask(graph, node, faced, solved, language)],
        "sources": node.texts("sources"),
    }


def _as_json(one: Asked) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name != "rank"}


def _actors(graph: Graph, links: list[Relationship]) -> list[dict[str, Any]]:
    found = [
        {
            "id": link.start,
            "name": graph.nodes[link.start].name,
            "type": graph.nodes[link.start].label,
            "family": family(graph, link.start),
            "how": link.text("how"),
            "when": link.text("when"),
            "sources": link.texts("sources"),
        }
        for link in links
    ]
    return sorted(found, key=lambda actor: (fold(str(actor["name"])), str(actor["id"])))


def _ask(
    graph: Graph, node: Node, faced: list[Relationship], solved: list[Relationship], language: str
) -> list[Asked]:
    """Who could be asked, nearest to the problem first, each once; who only faces it is not asked."""
    only_facing = {link.start for link in faced} - {link.start for link in solved}
    best: dict[str, Asked] = {}
    for one in [*_solvers(graph, solved), *_knowing(graph, node, language)]:
        if one.id not in only_facing and (one.id not in best or one.rank < best[one.id].rank):
            best[one.id] = one
    ranked = sorted(best.values(), key=lambda one: (one.rank, fold(one.name), one.id))
    return ranked[:_MOST_ASKED]


def _solvers(graph: Graph, solved: list[Relationship]) -> Iterator[Asked]:
    for link in solved:
        yield _asked(graph, link.start, "solved", 0, link)
        for tie in graph.links_of.get(link.start, []):
            if tie.end != link.start or not is_current(tie):
                continue
            if tie.type == "AFFILIATED_WITH":
                yield _asked(graph, tie.start, "member", 1, tie, link.start)
            elif tie.type == "TAKES_PART_IN":
                yield _asked(graph, tie.start, "took part", 1, tie, link.start)


def _knowing(graph: Graph, node: Node, language: str) -> Iterator[Asked]:
    yield from _knowing_of(graph, node.id, 2)
    for link in graph.links_of.get(node.id, []):
        if link.type in ("BROADER", "RELATED"):
            near = link.other(node.id)
            for one in _knowing_of(graph, near, 6):
                one.topic, one.topic_id = label_in(graph.nodes[near], language)[0], near
                yield one


def _knowing_of(graph: Graph, topic: str, rank: int) -> Iterator[Asked]:
    for link in graph.links_of.get(topic, []):
        if link.end != topic or link.type not in _KNOWS:
            continue
        if link.type == "EXPERT_IN":
            yield _asked(graph, link.start, "expert", rank, link)
        elif link.text("mode") == "offers":
            yield _asked(graph, link.start, "offers", rank + 1, link)
        else:
            yield _asked(graph, link.start, "works", rank + 2, link)


def _asked(graph: Graph, id_: str, why: str, rank: int, link: Relationship, through: str = "") -> Asked:
    node = graph.nodes[id_]
    about = graph.nodes[through].name if through else ""
    return Asked(
        id_, node.name, node.label, family(graph, id_), why, rank, about, through, link.texts("sources")
    )
