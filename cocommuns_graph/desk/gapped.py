"""What is missing in the network as a screen shows it: figures in words, gaps by kind, who should meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cocommuns_graph.model import Graph
from cocommuns_graph.wording import Wording

if TYPE_CHECKING:
    from cocommuns_graph.gaps import Gap, Gaps, Introduction
    from cocommuns_graph.reports.wording import Wording as ReportWording


def report(found: Gaps, graph: Graph, say: Wording) -> dict[str, Any]:
    """Everything a search for gaps found, for a reader.

    Returns:
        {"by", "summary", "headlines": [{"about", "text"}], "kinds": [{"name", "title", "question", "why",
        "method", "count", "nothing"}], "gaps": {kind: [{"id", "title", "suggestion", "confidence",
        "confidence_word", "basis", "firm", "subjects": [{"id", "name"}]}]}, "introductions": [{"people":
        [{"id", "name", "family"}] (two), "reasons": [], "effect", "firm", "chain": [{"id", "name"}]}],
        "method": [], "limits": []}
    """
    from cocommuns_graph.reports import headlines, report_wording, summary

    words = report_wording(found.language)
    gaps: dict[str, list[dict[str, Any]]] = {kind.name: [] for kind in found.kinds}
    for gap in found.gaps:
        gaps[gap.kind].append(_gap(gap, graph, words))
    return {
        "by": found.by,
        "summary": summary(found, words),
        "headlines": [{"about": about, "text": text} for about, text in headlines(found, words)],
        "kinds": [kind.as_dict() for kind in found.kinds],
        "gaps": gaps,
        "introductions": [_introduction(one, graph, words, say) for one in found.introductions],
        "method": list(found.method),
        "limits": list(found.limits),
    }


def _gap(gap: Gap, graph: Graph, words: ReportWording) -> dict[str, Any]:
    from cocommuns_graph.reports import firmness

    return {
        "id": gap.id,
        "title": gap.title,
        "suggestion": gap.suggestion,
        "confidence": gap.confidence,
        "confidence_word": words.text(f"confidence.{gap.confidence}"),
        "basis": gap.basis.text,
        "firm": " ".join(firmness(gap.evidence, words)),
        "subjects": _named(gap.subjects, graph),
    }


def _named(ids: Iterable[str], graph: Graph) -> list[dict[str, str]]:
    return [{"id": id_, "name": graph.nodes[id_].name} for id_ in ids if id_ in graph.nodes]


def _introduction(one: Introduction, graph: Graph, words: ReportWording, say: Wording) -> dict[str, Any]:
    from cocommuns_graph.reports import firmness

    return {
        "people": [
            {"id": id_, "name": name, "family": family}
            for id_, name, family in zip((one.a, one.b), one.names, one.families, strict=True)
        ],
        "reasons": list(one.reasons),
        "effect": _effect(one.effect, say),
        "firm": " ".join(firmness({"rank": one.rank, "stability": one.stability}, words)),
        "chain": _named(one.chain, graph),
    }


def _effect(effect: Mapping[str, Any], say: Wording) -> str:
    """What the tie would change, in a sentence."""
    nearer = int(effect["newly_within_two_steps"])
    if effect["distance"] is None:
        return say.count(
            "Today no way leads from one to the other; the tie would bring {n} actor within two steps.",
            "Today no way leads from one to the other; the tie would bring {n} actors within two steps.",
            nearer,
        )
    return say.count(
        "Today they are {distance} steps apart; the tie would bring {n} actor within two steps.",
        "Today they are {distance} steps apart; the tie would bring {n} actors within two steps.",
        nearer,
        distance=effect["distance"],
    )
