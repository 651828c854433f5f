"""Where a unit of writing begins and ends in the graph, and the undo of one, in the transactions given."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import neo4j

from cocommuns_graph import cypher
from cocommuns_graph.changes import UNDO, Counts, Undoing, Undone, Unit, Units, short
from cocommuns_graph.model import Model
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.store.remembered import REMEMBER
from cocommuns_graph.store.stored import Recalled, Runs
from cocommuns_graph.store.writing import Writing, now


def new_id(when: str) -> str:
    """A new unit's id: its moment for people, and what tells it apart."""
    return f"{when[:19].replace(':', '')}-{random.randbytes(3).hex()}"


def units_of(transaction: Runs) -> list[dict[str, Any]]:
    """Every unit of writing of the inventory, finished or not: the properties of its `Import`."""
    units = (dict(record["unit"]) for record in transaction.run(cypher.READ_UNITS))
    return [unit for unit in units if unit.get("action") != REMEMBER]


def read_before(transaction: Runs, unit: Unit) -> frozenset[str]:
    """The tables of a unit that an earlier one which counts has read."""
    units = Units(units_of(transaction)) if unit.tables else Units(())
    earlier = [other for other in units.by_id if other != unit.id and units.counts(other)]
    return frozenset(unit.tables).intersection(*[set().union(*(units.tables(other) for other in earlier))])


def take_lock(transaction: neo4j.Transaction, action: str, when: str) -> None:
    """Waits for whoever writes; then nobody else does until the transaction ends."""
    take = cypher.TAKE_LOCK_TO_REMEMBER if action == REMEMBER else cypher.TAKE_LOCK
    if transaction.run(take, {"now": when}).single() is None:
        transaction.run(cypher.MAKE_LOCK, {"now": when}).consume()


def begin(writing: Writing, unit: Unit) -> tuple[Unit, bool]:
    """Names the unit as begun, after the lock was taken; its moment is then, so that the journal is in order.

    Returns the unit, and whether it had begun before.
    """
    unit = replace(unit, when=now())
    found = writing.run("MATCH (i:Import {id: $id}) RETURN i.complete AS complete", {"id": unit.id})
    run = random.randbytes(8).hex()
    begun: dict[str, Any] = {
        "started": unit.when,
        "who": unit.who,
        "action": unit.action,
        "paths": list(unit.paths),
        "complete": "no",
        "run": run,
        "tables": list(unit.tables) or None,
        "undoes": unit.undoes or None,
        "options": unit.options or None,
    }
    writing.transaction.run(
        "MERGE (i:Import {id: $id}) SET i += $begun", {"id": unit.id, "begun": begun}
    ).consume()
    writing.belongs_to(unit.id, run)
    return unit, bool(found)


def finish(
    transaction: neo4j.Transaction, unit: str, nodes: Counts, links: Counts, complete: str = "yes"
) -> None:
    """Names the unit as complete, with what it counts."""
    counts = {"nodes": nodes.as_dict(), "relationships": links.as_dict()}
    done = {
        "finished": now(),
        "complete": complete,
        "counts": json.dumps(counts),
        "run": None,
        "options": None,
    }
    transaction.run("MATCH (i:Import {id: $id}) SET i += $done", {"id": unit, "done": done}).consume()


def undo(writing: Writing, model: Model, unit: Unit, *, preview: bool) -> Undone:
    """Takes `unit.undoes` back, as a person names it; all but the commit of the last transaction.

    Raises:
        NotFound, InvalidValue: there is no such unit, or it cannot be taken back; nothing was written.
    """
    if not preview:
        take_lock(writing.transaction, unit.action, unit.when)
    units = Units(units_of(writing))
    unit = _meant(unit, units)
    journal = Recalled(model, writing)
    if not preview:
        unit, resumed = begin(writing, unit)
        if resumed:
            unit = replace(unit, written=journal.begun(unit.id)[1])
    undoing = Undoing(model, journal, unit, units)
    for batch in undoing.batches():
        if not preview:
            writing.send(batch)
    outcome = undoing.outcome
    if preview:
        outcome.unit = None
        return outcome
    writing.wait()
    finish(writing.transaction, unit.id, outcome.nodes, outcome.relationships)
    if units.by_id[unit.undoes].get("complete") == "no":
        writing.transaction.run(
            "MATCH (i:Import {id: $id}) SET i += $done",
            {"id": unit.undoes, "done": {"complete": "undone", "run": None, "options": None}},
        ).consume()
    return outcome


def _meant(unit: Unit, units: Units) -> Unit:
    """The unit with the id of what it takes back; the one that was interrupted, where one was."""
    undoes = units.find(unit.undoes)
    for begun in units.by_id.values():
        if begun.get("action") == UNDO and begun.get("undoes") == undoes and begun.get("complete") == "no":
            return replace(unit, id=str(begun["id"]), undoes=undoes)
    if (undoer := units.undone_by(undoes)) is not None:
        raise InvalidValue(
            f"{undoes} is undone already, by {undoer}; to bring back what it wrote, undo {short(undoer)}"
        )
    root = units.root(undoes)
    if units.is_undo(undoes) and _is_broken_off(units.by_id.get(root, {})):
        raise InvalidValue(
            f"{root} was interrupted before it was undone, so it cannot be brought back whole; "
            "import its files again"
        )
    return replace(unit, undoes=undoes)


def _is_broken_off(unit: Mapping[str, Any]) -> bool:
    return unit.get("complete") == "undone"
