"""Merging two records in the graph, and the decisions about pairs that are remembered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cocommuns_graph import cypher
from cocommuns_graph.changes import Outcome, Unit
from cocommuns_graph.changes.merging import Merging, Side
from cocommuns_graph.changes.redirecting import Redirects
from cocommuns_graph.model import Model
from cocommuns_graph.store.beginning import begin, finish, take_lock
from cocommuns_graph.store.stored import Runs, StoredNow
from cocommuns_graph.store.writing import Writing


def merge(
    writing: Writing,
    model: Model,
    unit: Unit,
    kept: str,
    gone: str,
    chosen: Mapping[str, Side],
    *,
    preview: bool = False,
) -> Outcome:
    """Makes two records one in the transaction of `writing`, which the caller commits.

    Raises:
        NotFound, InvalidValue: one of them is not there, or they are of two kinds.
    """
    if not preview:
        take_lock(writing.transaction, unit.action, unit.when)
        unit, _ = begin(writing, unit)
    merging = Merging(model, StoredNow(model, writing), unit, kept, gone, chosen)
    for batch in merging.batches():
        if not preview:
            writing.send(batch)
    outcome = merging.outcome
    if preview:
        outcome.import_id = None
        return outcome
    writing.wait()
    finish(writing.transaction, unit.id, outcome.nodes, outcome.relationships)
    return outcome


def decisions(transaction: Runs) -> list[dict[str, Any]]:
    """Every decision that was written down about two records, oldest first."""
    found = [dict(record["decision"]) for record in transaction.run(cypher.READ_DECISIONS)]
    return sorted(found, key=lambda decision: (str(decision.get("when") or ""), str(decision["id"])))


def redirects(transaction: Runs, model: Model) -> Redirects:
    """The merges that hold now."""
    found = [decision for decision in decisions(transaction) if decision["decision"] == "merged"]
    ids = sorted({str(decision[side]) for decision in found for side in ("a", "b")})
    present = [
        record["properties"]["id"]
        for label in (model.labels if ids else ())
        for record in transaction.run(cypher.read_nodes_by_id(label), {"ids": ids})
    ]
    return Redirects(found, present)
