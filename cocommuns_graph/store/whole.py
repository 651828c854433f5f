"""All that a graph holds, for archives: records, links, journal and what people keep; read, and put back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import neo4j

from cocommuns_graph import cypher
from cocommuns_graph.changes import Batch, Pattern
from cocommuns_graph.model import Node, Relationship, Value
from cocommuns_graph.model.errors import CocommunsError, EngineError
from cocommuns_graph.store.door import Store
from cocommuns_graph.store.stored import as_node, as_relationship
from cocommuns_graph.store.writing import Writing, now

LOCK = "Lock"
"""The one label that is no content: it says who writes at the moment."""
RESTORE = "restore"
"""The action of the unit by which a large restore is named until it is complete."""
_RESTORING = "restoring"
_AT_ONCE = 2_000
_TRIES = 5


class NotEmpty(CocommunsError):
    """There is something in the graph already."""


def read_whole(store: Store) -> tuple[list[Node], list[Relationship]]:
    """Every node of every label, system labels among them, and every relationship, in a fixed order.

    Raises:
        EngineError: the graph cannot be reached, or others wrote all the while.
    """
    for _ in range(_TRIES):
        before = (store.stamp(), store.remembered_stamp())
        found = store._insist(lambda: _read(store))
        if (store.stamp(), store.remembered_stamp()) == before:
            nodes, links = found
            return nodes, links
    raise EngineError("others wrote while the inventory was read; try again when they are done")


def _read(store: Store) -> tuple[list[Node], list[Relationship]]:
    nodes: list[Node] = []
    links: list[Relationship] = []
    with store._session(write=False) as session, session.begin_transaction() as transaction:
        for label in _labels(store):
            for record in transaction.run(cypher.read_all_nodes(label)):
                nodes.append(as_node(label, dict(record["properties"])))
        for start, declared, end in cypher.patterns(store.model):
            statement = cypher.read_all_links(start.label, declared.type, end.label)
            for record in transaction.run(statement):
                properties = dict(record["properties"])
                links.append(as_relationship(declared.type, record["start"], record["end"], properties))
    nodes.sort(key=lambda node: (node.label, node.id))
    links.sort(key=lambda link: link.identity)
    return nodes, links


def _labels(store: Store) -> list[str]:
    return [node_type.label for node_type in store.model if node_type.label != LOCK]


def write_whole(
    store: Store, nodes: Sequence[Node], links: Sequence[Relationship], *, replace: bool, path: str
) -> None:
    """Makes the graph what these are and nothing else; up to UNIT_SIZE elements in one transaction.

    A larger one is named as incomplete, under `path`, until its last unit.

    Raises:
        NotEmpty: something is there and `replace` is not asked for; nothing was changed.
        EngineError: the graph cannot be reached.
    """
    store._insist(lambda: _write(store, nodes, links, replace, path))


def _write(
    store: Store, nodes: Sequence[Node], links: Sequence[Relationship], replace: bool, path: str
) -> None:
    moment = now()
    labels = {node.id: node.label for node in nodes if not store.model.node(node.label).system}
    with store._session(write=True) as session:
        writing = Writing(session)
        try:
            if writing.transaction.run(cypher.TAKE_LOCK, {"now": moment}).single() is None:
                writing.transaction.run(cypher.MAKE_LOCK, {"now": moment}).consume()
            _clear(store, writing.transaction, replace)
            marker: dict[str, Value] = {"id": _RESTORING, "started": moment, "action": RESTORE}
            marker |= {"paths": [path], "complete": "no", "run": moment}
            writing.belongs_to(_RESTORING, moment)
            writing.send(Batch(create_nodes={"Import": [marker]}))
            for chunk in _chunks(nodes):
                created: defaultdict[str, list[dict[str, Value]]] = defaultdict(list)
                for node in chunk:
                    created[node.label].append({**node.properties, "id": node.id})
                writing.send(Batch(create_nodes=dict(created)))
            for part in _chunks(links):
                joined: defaultdict[Pattern, list[dict[str, object]]] = defaultdict(list)
                for link in part:
                    pattern = (labels[link.start], link.type, labels[link.end])
                    joined[pattern].append({"start": link.start, "end": link.end, "set": link.properties})
                writing.send(Batch(create_links=dict(joined)))
            writing.send(Batch(delete_nodes={"Import": [_RESTORING]}))
            writing.wait()
            # What was made of what people keep is made anew, as what was made of the inventory.
            writing.transaction.run(cypher.TAKE_LOCK, {"now": now()}).consume()
            writing.transaction.run(cypher.TAKE_LOCK_TO_REMEMBER, {"now": now()}).consume()
            writing.transaction.commit()
        finally:
            writing.close()


def _clear(store: Store, transaction: neo4j.Transaction, replace: bool) -> None:
    """Empties the graph, or refuses where it is not empty but for what a restore was interrupted at."""
    marker = cypher.read_nodes_by_id("Import")
    replace = replace or transaction.run(marker, {"ids": [_RESTORING]}).single() is not None
    for label in _labels(store):
        ids = [record["id"] for record in transaction.run(cypher.read_ids(label))]
        if ids and not replace:
            raise NotEmpty(
                "there is an inventory in this home already, and a restore replaces all of it; give another "
                "--home, or --replace after a backup of what is here"
            )
        for start in range(0, len(ids), _AT_ONCE):
            chunk = ids[start : start + _AT_ONCE]
            transaction.run(cypher.delete_nodes(label), {"ids": chunk}).consume()


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
