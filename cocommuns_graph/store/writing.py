"""How a unit reaches the engine: its transactions, one batch under way at a time, bearable messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import neo4j

from cocommuns_graph import cypher
from cocommuns_graph.changes import Batch
from cocommuns_graph.model.errors import TakenOver
from cocommuns_graph.store.pipeline import Sender, Telling

UNIT_SIZE = 200_000
"""Elements that are written in one transaction; a larger import goes on in the next."""

_ROWS_A_MESSAGE = 5_000
_TEXT_A_MESSAGE = 4_000_000


def now() -> str:
    """This moment as the journal writes it, UTC to the microsecond."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Writing:
    """The transaction of a unit, and the next ones when it is large; statements run one at a time."""

    def __init__(self, session: neo4j.Session) -> None:
        self._session = session
        self._unit = ""
        self._run_of_unit = ""
        self._when = ""
        self.transaction = session.begin_transaction()
        self._pending = 0
        self._sender = Sender(self._send)

    def belongs_to(self, unit: str, run: str) -> None:
        """Says whose transactions these are: the next ones go on only while this is the unit's only run."""
        self._unit, self._run_of_unit = unit, run

    def send(self, batch: Batch) -> None:
        """Hands over one batch; the one before it was sent."""
        self._sender.send(batch)

    def wait(self) -> None:
        """Returns when all that was handed over is sent."""
        self._sender.wait()

    def close(self) -> None:
        """Ends the transaction; what was not committed is undone."""
        self._sender.close()
        if not self.transaction.closed():
            self.transaction.close()

    def run(self, query: str, parameters: dict[str, Any] | None = None) -> list[neo4j.Record]:
        """Reads within the transaction, after all that was handed over is sent."""
        self.wait()
        return list(self.transaction.run(query, parameters))

    def _send(self, batch: Batch) -> None:
        if self._pending >= UNIT_SIZE:
            self.transaction.commit()
            self.transaction = self._session.begin_transaction()
            self._when = now()
            self.transaction.run(cypher.TAKE_LOCK, {"now": self._when}).consume()
            self._check_run()
            self._pending = 0
        for label, nodes in batch.create_nodes.items():
            self._run(cypher.create_nodes(label), nodes)
        for label, settings in batch.update_nodes.items():
            self._run(cypher.update_nodes(label), settings)
        for pattern, links in batch.create_links.items():
            self._run(cypher.create_links(*pattern), links)
        for pattern, settings in batch.update_links.items():
            self._run(cypher.update_links(*pattern), settings)
        for pattern, links in batch.delete_links.items():
            self._run(cypher.delete_links(*pattern), links)
        for label, ids in batch.delete_nodes.items():
            self.transaction.run(cypher.delete_nodes(label), {"ids": ids}).consume()
        if self._when:
            # Others may have written between the transactions of this unit: the journal is in their order.
            for change in batch.changes:
                change["when"] = self._when
        self._run(cypher.create_nodes("Change"), batch.changes)
        self._pending += batch.size

    def _check_run(self) -> None:
        mine = self.transaction.run(
            cypher.IS_RUNNING, {"unit": self._unit, "run": self._run_of_unit}
        ).single()
        if mine is None or not mine["count"]:
            raise TakenOver(
                f"somebody else finishes or undoes {self._unit} meanwhile, so this went no further; "
                "'status' says whether anything is incomplete"
            )

    def _run(self, statement: str, rows: list[Any]) -> None:
        for message in _messages(rows):
            packed = Telling(message, self._sender.left)
            self.transaction.run(statement, {"rows": packed}).consume()


def _messages(rows: list[Any]) -> Iterator[list[Any]]:
    """The rows in lists that fit one message of the protocol."""
    message: list[Any] = []
    size = 0
    for row in rows:
        weight = _weight(row)
        if message and (size + weight > _TEXT_A_MESSAGE or len(message) >= _ROWS_A_MESSAGE):
            yield message
            message, size = [], 0
        message.append(row)
        size += weight
    if message:
        yield message


def _weight(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_weight, value.values()))
    if isinstance(value, list):
        return sum(map(_weight, value))
    return 8
