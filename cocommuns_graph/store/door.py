"""The store: prepare, read, ask and the one write function, over Bolt, on either engine."""

from __future__ import annotations

import json
import logging
import math
import random
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from cocommuns_graph import cypher
from cocommuns_graph.changes import (
    UNDO,
    Outcome,
    Planner,
    Undone,
    Unit,
    Units,
    as_key,
    as_text,
    ends_of,
    newest_first,
)
from cocommuns_graph.changes.merging import MERGE, Side
from cocommuns_graph.model import (
    MEMORY,
    MODEL,
    Graph,
    Model,
    Node,
    Relationship,
    Viewer,
    Visibility,
    level_name,
    levelled,
)
from cocommuns_graph.model.claims import Row
from cocommuns_graph.model.errors import CocommunsError, EngineError, WriteRefused
from cocommuns_graph.questions import guarded
from cocommuns_graph.store.beginning import (
    begin,
    finish,
    new_id,
    read_before,
    take_lock,
    undo,
    units_of,
)
from cocommuns_graph.store.engine import Address
from cocommuns_graph.store.failures import is_lost, is_transient, is_unexplained, sentence, translated
from cocommuns_graph.store.merges import decisions, merge, redirects
from cocommuns_graph.store.pipeline import ahead, no_cyclic_collection
from cocommuns_graph.store.remembered import REMEMBER, Remembered, level_of, remembered
from cocommuns_graph.store.stored import Recalled, StoredNow, as_node, as_relationship
from cocommuns_graph.store.writing import Writing, now

_CHANGES_AT_ONCE = 1_000
_UNITS_AT_ONCE = 20
T = TypeVar("T")
_TRIES = 6
_LOST_SECONDS = 20.0
_ASK_SECONDS = 120.0
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_READS_FILES = re.compile(r"\bload\s+csv\b", re.IGNORECASE)

logging.getLogger("neo4j").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Answer:
    """What a query returned: column names and rows of JSON-ready values."""

    columns: list[str]
    rows: list[list[Any]]


class Store:
    """One graph, reached through one driver. Every read takes the viewer it is for.

    `again` gives a new address when the connection was lost, such as that of a restarted engine. `trouble`
    says in a sentence what is wrong around the engine, for failures that it does not explain itself.
    """

    def __init__(
        self,
        address: Address,
        *,
        model: Model = MODEL,
        again: Callable[[], Address] | None = None,
        trouble: Callable[[], str | None] | None = None,
    ) -> None:
        self.model = model
        self.address = address
        self._again = again
        self._trouble = trouble
        self._connect()

    def _connect(self) -> None:
        with translated(self.address):
            self._driver = self._open(self.address.username, self.address.password)
            self._reader = self._driver
            if self.address.reader_username:
                self._reader = self._open(self.address.reader_username, self.address.reader_password or "")

    def _open(self, username: str, password: str) -> neo4j.Driver:
        return neo4j.GraphDatabase.driver(
            self.address.uri,
            auth=(username, password),
            connection_timeout=15.0,
            connection_acquisition_timeout=30.0,
            keep_alive=True,
            telemetry_disabled=True,
        )

    def close(self) -> None:
        """Closes the connections; the engine goes on for others."""
        self._driver.close()
        if self._reader is not self._driver:
            self._reader.close()

    def prepare(self) -> None:
        """Makes the constraints of the model and the lock, where they are not there yet.

        Raises:
            EngineError: the graph cannot be reached, or its version is too old.
        """

        def make() -> None:
            with self._driver.session(database=self.address.database) as session:
                for statement in (*cypher.constraints(self.model), *cypher.INDEXES):
                    session.run(statement).consume()
                session.run(cypher.MAKE_LOCK, {"now": now()}).consume()

        self._insist(make)

    def _insist(self, work: Callable[[], T]) -> T:
        """Runs `work`, again after transient errors, each time a little later, for as long as has a point."""
        first_lost = 0.0
        for attempt in range(_TRIES):
            try:
                return work()
            except (Neo4jError, DriverError, OSError) as error:
                now = time.monotonic()
                if is_lost(error):
                    first_lost = first_lost or now
                waited = first_lost and now - first_lost > _LOST_SECONDS
                if attempt == _TRIES - 1 or waited or not self._may_pass(error):
                    raise self._told(error) from error
            time.sleep(min(4.0, 0.1 * 2**attempt) * (0.5 + random.random()))
            if self._again is not None:
                self._reconnect(self._again)
        raise EngineError("the graph could not be reached")  # pragma: no cover - the loop returns or raises

    def _look(self, read: Callable[[neo4j.Session], T]) -> T:
        """What `read` finds in a session that only reads; it may be called again, in another session."""

        def work() -> T:
            with self._session(write=False) as session:
                return read(session)

        return self._insist(work)

    def _may_pass(self, error: Exception) -> bool:
        """Whether trying again may help; a new engine may know its users late."""
        return is_transient(error) or (self.address.kind == "embedded" and isinstance(error, AuthError))

    def _told(self, error: Exception) -> CocommunsError:
        """The error a person can act on; the embedded engine does not say when its disk is full."""
        told = sentence(error, self.address)
        cause = self._trouble() if self._trouble is not None and is_unexplained(error) else None
        return EngineError(cause) if cause else told

    def _reconnect(self, again: Callable[[], Address]) -> None:
        fresh = again()
        if fresh != self.address:
            self.close()
            self.address = fresh
            self._connect()

    # -- reading --------------------------------------------------------------------------------------

    def stamp(self) -> str:
        """A text that changes with every write; equal stamps mean an unchanged graph."""

        def read(session: neo4j.Session) -> str:
            record = session.run(cypher.READ_LOCK).single()
            return str(record["taken"]) if record else ""

        return self._look(read)

    @contextmanager
    def _session(self, *, write: bool, reader: bool = False) -> Iterator[neo4j.Session]:
        driver = self._reader if reader else self._driver
        mode = neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS
        with driver.session(
            database=self.address.database, default_access_mode=mode, fetch_size=5000
        ) as session:
            yield session

    def read(self, viewer: Viewer) -> Graph:
        """All that a viewer may see: nodes, the relationships between them, their visible properties.

        `Graph.hidden` counts the nodes and relationships left out, `hidden_details` the properties.
        """
        return self._insist(lambda: self._read(viewer))

    def _read(self, viewer: Viewer) -> Graph:
        nodes: list[Node] = []
        links: list[Relationship] = []
        filled: set[str] = set()
        limited: dict[str, frozenset[str]] = {}
        total = hidden_links = details = 0
        parameters = {"visible": viewer.visible}
        with self._session(write=False) as session, session.begin_transaction() as transaction:
            for label in self.model.labels:
                for record in transaction.run(cypher.read_nodes(label), parameters):
                    properties = record["properties"]
                    shown = self._shown(viewer, label, properties)
                    if len(shown) < len(properties):
                        details += len(properties) - len(shown)
                        if kept := self._kept_back(viewer, label, properties):
                            limited[properties["id"]] = kept
                    nodes.append(as_node(label, shown))
                if count := _count(transaction, cypher.count_nodes(label)):
                    filled.add(label)
                    total += count
            hidden_nodes = total - len(nodes)
            for start, declared, end in cypher.patterns(self.model):
                if start.label not in filled or end.label not in filled:
                    continue
                pattern = (start.label, declared.type, end.label)
                before = len(links)
                for record in transaction.run(cypher.read_links(*pattern), parameters):
                    shown = self._shown_link(viewer, declared.type, record["properties"])
                    details += len(record["properties"]) - len(shown)
                    links.append(as_relationship(declared.type, record["start"], record["end"], shown))
                if hidden_nodes:
                    hidden_links += _count(transaction, cypher.count_links(*pattern)) - len(links) + before
        nodes.sort(key=lambda node: node.id)
        links.sort(key=lambda link: link.identity)
        return Graph(nodes, links, hidden_nodes + hidden_links, details, limited)

    def _shown(self, viewer: Viewer, label: str, properties: dict[str, Any]) -> dict[str, Any]:
        if viewer.level is Visibility.STEWARDS:
            return properties
        private, limits = _private(self.model, label, viewer.level, tuple(properties))
        if limits:
            private = self.model.hidden(label, properties, viewer.level)
        if not private:
            return properties
        return {name: value for name, value in properties.items() if name not in private}

    def _kept_back(self, viewer: Viewer, label: str, properties: dict[str, Any]) -> frozenset[str]:
        """What a record keeps from a viewer though the model does not, present or not."""
        levels = {levelled(name) for name in properties} - {""}
        if not levels:
            return frozenset()
        could = dict.fromkeys([*properties, *levels, *map(level_name, levels)])
        hidden = self.model.hidden(label, {**could, **properties}, viewer.level)
        return frozenset(name for name in hidden if viewer.level >= self.model.visibility_of(label, name))

    def _shown_link(self, viewer: Viewer, type_: str, properties: dict[str, Any]) -> dict[str, Any]:
        if viewer.level is Visibility.STEWARDS:
            return properties
        private = _private_of_link(self.model, type_, viewer.level, tuple(properties))
        if not private:
            return properties
        return {name: value for name, value in properties.items() if name not in private}

    def incomplete(self) -> list[dict[str, Any]]:
        """Units that were begun and not finished: id, when they began, who, their files, what they are."""

        def read(session: neo4j.Session) -> list[dict[str, Any]]:
            found = session.run("MATCH (i:Import) WHERE i.complete = 'no' RETURN properties(i) AS import")
            return [
                {
                    "id": record["import"]["id"],
                    "started": record["import"].get("started"),
                    "who": record["import"].get("who"),
                    "paths": list(record["import"].get("paths") or []),
                    "action": record["import"].get("action"),
                    "undoes": record["import"].get("undoes"),
                    "options": record["import"].get("options"),
                }
                for record in found
            ]

        return self._look(read)

    def imports(self, *, memory: bool = False) -> list[dict[str, Any]]:
        """Every finished unit of writing, oldest first: id, started, who, action, paths.

        Those of the inventory, or with `memory` those of what people keep beside it.
        """

        def read(session: neo4j.Session) -> list[dict[str, Any]]:
            found = session.run("MATCH (i:Import) WHERE i.complete <> 'no' RETURN properties(i) AS import")
            units = (dict(record["import"]) for record in found)
            wanted = (unit for unit in units if (unit.get("action") == REMEMBER) == memory)
            return sorted(wanted, key=lambda unit: str(unit["started"]))

        return self._look(read)

    def units(self) -> Units:
        """Every unit of writing of the inventory, finished or not, and which of them undoes which."""

        return self._look(lambda session: Units(units_of(session)))

    def remembered_stamp(self) -> str:
        """A text that changes with everything people keep beside the inventory; `stamp` then stays."""

        def read(session: neo4j.Session) -> str:
            record = session.run(cypher.READ_REMEMBERED).single()
            return str(record["remembered"]) if record else ""

        return self._look(read)

    def remembered(self, viewer: Viewer) -> Remembered:
        """The shortlists and watches a viewer may see; of records no longer there `gone` is told.

        An entry is seen by whoever may see its list and its record, or might have seen the record when it
        was removed.
        """

        def work() -> Remembered:
            with self._session(write=False) as session, session.begin_transaction() as transaction:
                return remembered(transaction, self.model, viewer)

        return self._insist(work)

    def notes(self, about: str) -> list[dict[str, Any]]:
        """What was said of the whole inventory about something, newest first: id, about, text, who, when."""

        def read(session: neo4j.Session) -> list[dict[str, Any]]:
            return [dict(record["note"]) for record in session.run(cypher.READ_NOTES, {"about": about})]

        return self._look(read)

    def changes(self, units: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """The journal of these units, newest first as they are given: the properties of each `Change`.

        Read as it is needed, so that who wants the newest waits for those only; units whose counts say that
        they only created are not asked for. Not filtered by viewer: it holds values of every visibility.

        Raises:
            EngineError: the graph went away meanwhile.
        """
        small: list[str] = []
        for unit in units:
            changed = _changed(unit)
            if changed > _CHANGES_AT_ONCE:
                yield from self._small(small)
                small = []
                yield from newest_first(self._changes(cypher.READ_CHANGES, units=[unit["id"]], removals=True))
                yield from self._streamed(str(unit["id"]))
            elif changed:
                small.append(str(unit["id"]))
            if len(small) >= _UNITS_AT_ONCE:
                yield from self._small(small)
                small = []
        yield from self._small(small)

    def _small(self, units: list[str]) -> list[Mapping[str, Any]]:
        if not units:
            return []
        found = [
            change
            for removals in (True, False)
            for change in self._changes(cypher.READ_CHANGES, units=units, removals=removals)
        ]
        return newest_first(found)

    def _streamed(self, unit: str) -> Iterator[Mapping[str, Any]]:
        with translated(self.address), self._session(write=False) as session:
            for record in session.run(cypher.READ_CHANGES, {"units": [unit], "removals": False}):
                yield dict(record["change"])

    def changes_of(self, identifier: str) -> list[Mapping[str, Any]]:
        """The journal of one record and of the relationships that start or end at it, newest first.

        Not filtered by viewer, as `changes`.
        """
        quoted = as_text((identifier,))[1:-1]
        found = self._changes(
            cypher.READ_CHANGES_OF, id=identifier, start=f"[{quoted}, ", end=f", {quoted}, "
        )
        return newest_first(
            change
            for change in found
            if identifier in ends_of(as_key(change["element"], is_link=change["type"] in self.model.types))
        )

    def removals_of(self, identifiers: Collection[str]) -> list[Mapping[str, Any]]:
        """What the journal says of the removal of these records, newest first."""
        if not identifiers:
            return []
        return newest_first(self._changes(cypher.READ_REMOVALS, elements=list(identifiers)))

    def _changes(self, statement: str, **parameters: Any) -> list[dict[str, Any]]:
        def read(session: neo4j.Session) -> list[dict[str, Any]]:
            return [dict(record["change"]) for record in session.run(statement, parameters)]

        return self._look(read)

    def ask(self, viewer: Viewer, statement: str, parameters: Mapping[str, Any]) -> Answer:
        """The answer to a reading statement, which cannot write on either engine.

        Raw Cypher is not filtered: the caller checks that the viewer may run it; `$visible` is added. For
        less than a steward it reads of each record what the record lets them see (`questions.guarded`).

        Raises:
            WriteRefused: the statement tries to write, or to read files of the server.
            InvalidQuery: the engine does not understand it.
        """
        plain = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), statement)
        if _READS_FILES.search(_without_comments(plain)):
            raise WriteRefused("a query may not read files or addresses (LOAD CSV)")
        values = {**parameters, "visible": viewer.visible}
        if viewer.level is not Visibility.STEWARDS:
            statement = guarded(statement, self.model)

        def work() -> Answer:
            with (
                self._session(write=False, reader=True) as session,
                session.begin_transaction(timeout=_ASK_SECONDS) as transaction,
            ):
                result = transaction.run(statement, values)
                columns = list(result.keys())
                rows = [[self._plain(viewer, value) for value in record.values()] for record in result]
                return Answer(columns, rows)

        return self._insist(work)

    def _plain(self, viewer: Viewer, value: Any) -> Any:
        if isinstance(value, neo4j.graph.Node):
            label = next((label for label in value.labels if label in self.model.labels), None)
            properties = dict(value.items())
            return self._shown(viewer, label, properties) if label else {"id": properties.get("id")}
        if isinstance(value, neo4j.graph.Relationship):
            known = value.type in self.model.types
            return self._shown_link(viewer, value.type, dict(value.items())) if known else {}
        if isinstance(value, neo4j.graph.Path):
            return [self._plain(viewer, node) for node in value.nodes]
        if isinstance(value, list | tuple):
            return [self._plain(viewer, item) for item in value]
        if isinstance(value, dict):
            return {str(name): self._plain(viewer, item) for name, item in value.items()}
        if value is None or isinstance(value, str | int | float | bool):
            return value
        return str(value)

    # -- writing --------------------------------------------------------------------------------------

    def write(
        self,
        rows: Callable[[], Iterable[Row]],
        *,
        who: str,
        action: str = "import",
        paths: Iterable[str] = (),
        tables: Iterable[str] = (),
        options: str = "",
        preview: bool = False,
        sync: frozenset[str] = frozenset(),
        progress: Callable[[int], None] | None = None,
        before_commit: Callable[[Outcome], None] | None = None,
        memory: bool = False,
    ) -> Outcome:
        """Writes what rows claim, with provenance and journal, or says what that would do.

        Up to UNIT_SIZE elements are one transaction: all or nothing. `rows` is called again when a
        transaction must be tried again. `tables` are the tables read, as sources name them; `options` says
        how it was asked for, should it have to be resumed. `sync` names tables: what they no longer say is
        removed.
        `before_commit` is called with the outcome when all is sent; what it raises undoes the transaction.
        With `memory` the rows claim what people keep beside the inventory (`model.MEMORY`), which changes
        nothing in it and leaves its `stamp` as it is.

        Raises:
            EngineError: the graph cannot be reached; nothing unconfirmed was kept.
        """
        when = now()
        unit = Unit(
            new_id(when),
            who,
            when,
            REMEMBER if memory else action,
            tuple(paths),
            tuple(tables),
            options=options,
        )
        if not preview:
            unit = self._resumed(unit)
        return self._insist(lambda: self._write(rows, unit, preview, sync, progress, before_commit))

    def undo(self, what: str, *, who: str, preview: bool = False) -> Undone:
        """Takes a unit of writing back, or says what that would do; undoing an undo brings back what it took.

        `what` is the unit's id, the short end of it, or `last`. Up to UNIT_SIZE elements are one transaction.

        Raises:
            NotFound, InvalidValue: there is no such unit, or it is undone already; nothing was written.
            EngineError: the graph cannot be reached; nothing unconfirmed was kept.
        """
        when = now()
        unit = Unit(new_id(when), who, when, UNDO, undoes=what)
        sent: list[Undone] = []

        def work() -> Undone:
            with self._session(write=not preview) as session, no_cyclic_collection():
                writing = Writing(session)
                try:
                    # A commit whose answer was lost is tried again, and is there then.
                    if sent and any(one["id"] == sent[0].unit for one in units_of(writing)):
                        return sent[0]
                    sent[:] = [undo(writing, self.model, unit, preview=preview)]
                    if not preview:
                        writing.transaction.commit()
                    return sent[0]
                finally:
                    writing.close()

        return self._insist(work)

    def merge(
        self,
        kept: str,
        gone: str,
        *,
        chosen: Mapping[str, Side] | None = None,
        who: str,
        preview: bool = False,
    ) -> Outcome:
        """Makes two records one, with every link, value and source of both, or says what that would do.

        The record `kept` stays; rows of later imports about `gone` are about it. `chosen` says of a property
        whose value wins (`merging.merged_values`). It is one unit, which `undo` takes back.

        Raises:
            NotFound, InvalidValue: one of them is not there, or they are of two kinds; nothing was written.
            EngineError: the graph cannot be reached; nothing unconfirmed was kept.
        """
        when = now()
        unit = Unit(new_id(when), who, when, MERGE)
        sent: list[Outcome] = []

        def work() -> Outcome:
            with self._session(write=not preview) as session, no_cyclic_collection():
                writing = Writing(session)
                try:
                    # A commit whose answer was lost is tried again, and is there then.
                    if sent and any(one["id"] == unit.id for one in units_of(writing)):
                        return sent[0]
                    sent[:] = [merge(writing, self.model, unit, kept, gone, chosen or {}, preview=preview)]
                    if not preview:
                        writing.transaction.commit()
                    return sent[0]
                finally:
                    writing.close()

        return self._insist(work)

    def decisions(self) -> list[dict[str, Any]]:
        """Every decision about two records, oldest first: its id, a, b, decision, who, when.

        Not filtered by viewer: it names records of every visibility.
        """

        return self._look(decisions)

    def merged(self, viewer: Viewer) -> dict[str, str]:
        """Each id that was merged away and stays so, with the id of the record it is now part of.

        Of records only that the viewer might have seen when they were merged.
        """

        merged = self._look(lambda session: redirects(session, self.model).merged)
        if viewer.level is Visibility.STEWARDS or not merged:
            return merged
        seen = {
            change["element"]
            for change in self.removals_of(merged)
            if change["type"] in self.model.labels
            and viewer.may_see(level_of(change["type"], json.loads(change["before"]).get("visibility")))
        }
        return {gone: kept for gone, kept in merged.items() if gone in seen}

    def note(self, about: str, text: str, *, who: str) -> None:
        """Says something of the whole inventory; what was said before stays, the newest holds.

        Raises:
            EngineError: the graph cannot be reached; nothing was written.
        """
        identifier = f"{about}-{random.randbytes(6).hex()}"

        def work() -> None:
            when = now()
            note = {"id": identifier, "about": about, "text": text, "who": who, "when": when}
            with self._session(write=True) as session, session.begin_transaction() as transaction:
                transaction.run(cypher.TAKE_LOCK, {"now": when}).consume()
                known = list(transaction.run(cypher.READ_NOTES, {"about": about}))
                # A commit whose answer was lost is tried again.
                if all(record["note"]["id"] != identifier for record in known):
                    transaction.run(cypher.create_nodes("Note"), {"rows": [note]}).consume()
                transaction.commit()

        self._insist(work)

    def _resumed(self, unit: Unit) -> Unit:
        """The same unit under the id of an interrupted one of the same files, so that it completes that."""
        for begun in self.incomplete():
            if begun["paths"] and begun["paths"] == list(unit.paths):
                return replace(unit, id=begun["id"])
        return unit

    def _write(
        self,
        rows: Callable[[], Iterable[Row]],
        unit: Unit,
        preview: bool,
        sync: frozenset[str],
        progress: Callable[[int], None] | None,
        before_commit: Callable[[Outcome], None] | None,
    ) -> Outcome:
        model = MEMORY if unit.action == REMEMBER else self.model
        with self._session(write=not preview) as session, no_cyclic_collection():
            writing = Writing(session)
            try:
                stored: StoredNow | None = None
                begun = None
                if not preview:
                    take_lock(writing.transaction, unit.action, unit.when)
                    unit, has_begun = begin(writing, unit)
                    if has_begun:
                        stored = recalled = Recalled(model, writing)
                        begun, written = recalled.begun(unit.id)
                        unit = replace(unit, written=written)
                stored = stored or StoredNow(model, writing)
                planner = Planner(
                    model,
                    stored,
                    unit,
                    preview=preview,
                    sync=sync,
                    progress=progress,
                    begun=begun,
                    read_before=read_before(writing, unit),
                )
                given: Iterable[Row] = rows()
                if model is self.model and (moved := redirects(writing, model)):
                    given = moved.rows(given)
                for batch in planner.batches(ahead(given)):
                    if not preview:
                        writing.send(batch)
                if preview:
                    planner.outcome.import_id = None
                else:
                    writing.wait()
                if before_commit is not None:
                    before_commit(planner.outcome)
                if not preview:
                    outcome = planner.outcome
                    finish(writing.transaction, unit.id, outcome.nodes, outcome.relationships)
                    writing.transaction.commit()
                return planner.outcome
            finally:
                writing.close()


def _count(transaction: neo4j.Transaction, statement: str) -> int:
    counted = transaction.run(statement).single()
    return int(counted["count"]) if counted else 0


def _changed(unit: Mapping[str, Any]) -> float:
    """How many elements a unit changed or removed, as its counts say; no end where it was not finished."""
    try:
        counts = json.loads(str(unit["counts"]))
        return float(sum(counts[kind][name] for kind in counts for name in ("updated", "removed")))
    except (KeyError, TypeError, ValueError):
        return math.inf


@lru_cache(maxsize=4096)
def _private(
    model: Model, label: str, level: Visibility, names: tuple[str, ...]
) -> tuple[frozenset[str], bool]:
    """Which of these properties the model declares for fewer, and whether a record may say more of it.

    Kept by the names a record has, since most have the same: one look-up a record, not one a property.
    """
    private = frozenset(name for name in names if level < model.visibility_of(label, name))
    return private, any(levelled(name) for name in names)


@lru_cache(maxsize=4096)
def _private_of_link(model: Model, type_: str, level: Visibility, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for name in names if level < model.relationship_visibility_of(type_, name))


def _without_comments(statement: str) -> str:
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", statement, flags=re.DOTALL)
