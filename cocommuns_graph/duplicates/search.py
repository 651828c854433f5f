"""Likely duplicates of a graph: every pair of records that may be one, the likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cocommuns_graph.duplicates.blocking import Keys, Pairs, candidates, distinct
from cocommuns_graph.duplicates.evidence import Reason, judged
from cocommuns_graph.duplicates.likeness import Usage
from cocommuns_graph.duplicates.records import Record, records
from cocommuns_graph.model import MODEL, Graph

THRESHOLD = 0.7
"""The score from which on two records are worth a look; where it stands and why: docs/duplicates.md."""

_MOST_SAME = 12


@dataclass(frozen=True, slots=True)
class Likely:
    """Two records that may be one: the fuller first, how likely from 0 to 1, and why."""

    a: str
    b: str
    label: str
    score: float
    reasons: tuple[Reason, ...]


def likely(
    graph: Graph,
    labels: Sequence[str] = MODEL.labels,
    *,
    threshold: float = THRESHOLD,
    among: Collection[str] | None = None,
) -> list[Likely]:
    """The pairs of records of one label that may be one, the likeliest first.

    `threshold` is the least score, from 0 to 1. `among` keeps pairs with at least one of these ids.
    """
    found = [pair for label in labels for pair in _of_label(graph, label, threshold, among)]
    found.sort(key=lambda pair: (-pair.score, pair.a, pair.b))
    return found


def _of_label(graph: Graph, label: str, threshold: float, among: Collection[str] | None) -> Iterator[Likely]:
    known = records(graph, label)
    usage = Usage.of([record.names[0] for record in known])
    sites = Counter(record.site for record in known if record.site)
    for i, j in _pairs(known).tolist():
        one, other = _fuller_first(known[i], known[j])
        if among is not None and one.id not in among and other.id not in among:
            continue
        verdict = judged(one, other, usage, sites[one.site] == 2)
        score = round(verdict.score, 3)
        if score >= threshold:
            yield Likely(one.id, other.id, label, score, tuple(verdict.reasons))


def _pairs(known: Sequence[Record]) -> Pairs:
    """The pairs of records that are worth comparing, by their place in the list."""
    owners = np.array([number for number, record in enumerate(known) for _ in record.names], np.int64)
    names = [name for record in known for name in record.names]
    found = [np.empty((0, 2), np.int64)]
    if names:
        by_name = candidates(names)
        found.append(owners[by_name])
    exact = Keys()
    for number, record in enumerate(known):
        said = [("site", record.site), ("orcid", record.node.text("orcid"))]
        said += [("mail", email) for email in record.emails]
        exact.add(number, [hash(one) for one in said if one[1]])
    found.append(exact.pairs(_MOST_SAME))
    return distinct(np.concatenate(found))


def _fuller_first(one: Record, other: Record) -> tuple[Record, Record]:
    def fullness(record: Record) -> tuple[int, int, str]:
        return -len(record.neighbours), -len(record.node.properties), record.id

    return (one, other) if fullness(one) <= fullness(other) else (other, one)
