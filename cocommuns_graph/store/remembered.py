"""What people keep beside the inventory, as a viewer may see it: shortlists, their entries, watches."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cocommuns_graph import cypher
from cocommuns_graph.model import MODEL, Model, Viewer, Visibility
from cocommuns_graph.store.stored import Runs

REMEMBER = "remember"
"""The action of a unit that writes no record and no link of the inventory."""


@dataclass(frozen=True)
class Remembered:
    """The stored properties of shortlists, of their entries and of watches, each by id.

    An entry has `gone` besides: whether its record is no longer in the inventory.
    """

    shortlists: Mapping[str, Mapping[str, Any]]
    entries: Mapping[str, Mapping[str, Any]]
    watches: Mapping[str, Mapping[str, Any]]


def remembered(transaction: Runs, model: Model, viewer: Viewer) -> Remembered:
    """All that a viewer may see of it, in one transaction."""
    lists, watches = (
        _nodes(transaction, cypher.read_nodes(label), visible=viewer.visible) for label in _OPEN
    )
    entries = _nodes(transaction, cypher.READ_ENTRIES, lists=list(lists)) if lists else {}
    levels, gone = _levels(transaction, model, {entry["record"] for entry in entries.values()})
    return Remembered(
        lists,
        {
            identifier: {**entry, "gone": entry["record"] in gone}
            for identifier, entry in entries.items()
            if viewer.may_see(levels[entry["record"]])
        },
        watches,
    )


_OPEN = ("Shortlist", "Watch")


def _nodes(transaction: Runs, statement: str, **parameters: Any) -> dict[str, dict[str, Any]]:
    found = (dict(record["properties"]) for record in transaction.run(statement, parameters))
    return {str(properties["id"]): properties for properties in found}


def _levels(
    transaction: Runs, model: Model, records: Collection[str]
) -> tuple[dict[str, Visibility], set[str]]:
    """Who may see each record, and which are no longer there: as they were, else for stewards."""
    levels: dict[str, Visibility] = {}
    for label in model.labels if records else ():
        for record in transaction.run(cypher.read_visibility(label), {"ids": sorted(records)}):
            levels[record["id"]] = level_of(label, record["visibility"])
    gone = {identifier for identifier in records if identifier not in levels}
    if gone:
        for record in transaction.run(cypher.READ_REMOVALS, {"elements": sorted(gone)}):
            change = record["change"]
            if change["type"] in model.labels:
                was = json.loads(change["before"]).get("visibility")
                level = level_of(change["type"], was)
                levels[change["element"]] = max(level, levels.get(change["element"], level))
    return {**dict.fromkeys(gone, Visibility.STEWARDS), **levels}, gone


def level_of(label: str, word: str | None) -> Visibility:
    """Who may see a record of a label that says so of itself, or says nothing."""
    return Visibility.parse(word) if word else MODEL.node(label).default_visibility
