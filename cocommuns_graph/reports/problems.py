"""The register of problems: which are open, which overcome, by whom and how, and who could be asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cocommuns_graph.model import Graph, Relationship
from cocommuns_graph.network import STATUSES, Asked, Problem, family
from cocommuns_graph.network import problems as all_problems
from cocommuns_graph.reports.collation import order
from cocommuns_graph.reports.glossary import label_in


def problems(graph: Graph, language: str = "en") -> dict[str, Any]:
    """Every challenge of a graph, and whatever else somebody faces or has overcome, open ones first.

    Returns:
        {"language", "why", "counts": {status: n}, "problems": [{"id", "label", "language", "definition",
        "status", "faced_by", "overcome_by": [{"id", "name", "type", "family", "how", "when", "sources"}],
        "ask": [{"id", "name", "type", "family", "why", "topic", "topic_id", "sources"}], "topics": [{"id",
        "term"}] (it is part of, at any remove, or beside), "sources"}]}, the problems of one status with
        those that most face first. `why` of those to ask and `status` are as in `network.Asked` and
        `network.Problem`; `topic` is by which topic, organisation or initiative.
    """
    found = [_problem(graph, problem, language) for problem in all_problems(graph)]
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


def _problem(graph: Graph, problem: Problem, language: str) -> dict[str, Any]:
    node = graph.nodes[problem.topic]
    label, spoken = label_in(node, language)
    return {
        "id": node.id,
        "label": label,
        "language": spoken,
        "definition": node.text(f"definition_{language}") or node.text("definition"),
        "status": problem.status,
        "faced_by": _actors(graph, problem.faced),
        "overcome_by": _actors(graph, problem.solved),
        "ask": [_asked(graph, one, language) for one in problem.ask],
        "topics": [
            {"id": id_, "term": label_in(graph.nodes[id_], language)[0]} for id_ in _around(graph, node.id)
        ],
        "sources": node.texts("sources"),
    }


def _around(graph: Graph, topic: str) -> list[str]:
    """The topics above a topic, nearest first, then those beside it."""
    above: dict[str, None] = {}
    waiting = [topic]
    while waiting:
        here = waiting.pop(0)
        for tie in graph.links_of.get(here, ()):
            if tie.type == "BROADER" and tie.start == here and tie.end not in above and tie.end != topic:
                above[tie.end] = None
                waiting.append(tie.end)
    beside = sorted(tie.other(topic) for tie in graph.links_of.get(topic, ()) if tie.type == "RELATED")
    return [id_ for id_ in dict.fromkeys([*above, *beside]) if id_ in graph.nodes]


def _actors(graph: Graph, ties: Iterable[Relationship]) -> list[dict[str, Any]]:
    return [
        {
            **_who(graph, tie.start),
            "how": tie.text("how"),
            "when": tie.text("when"),
            "sources": tie.texts("sources"),
        }
        for tie in ties
    ]


def _asked(graph: Graph, one: Asked, language: str) -> dict[str, Any]:
    through = graph.nodes[one.through] if one.through else None
    name = ""
    if through is not None:
        name = label_in(through, language)[0] if through.label == "Topic" else through.name
    return {
        **_who(graph, one.who),
        "why": one.why,
        "topic": name,
        "topic_id": one.through,
        "sources": one.tie.texts("sources"),
    }


def _who(graph: Graph, id_: str) -> dict[str, str]:
    node = graph.nodes[id_]
    return {"id": id_, "name": node.name, "type": node.label, "family": family(graph, id_)}
