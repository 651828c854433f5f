"""The planner: rows of claims in, batches of plain creations and settings out.

Rows without links go through in batches as they come. Rows that link, name somebody, or had their id made
from a name wait until every row is known, so that the order of files and rows does not matter; so do later
rows about the same nodes, so that of two values the first one wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import cast

from cocommuns_graph.changes.ends import Ends
from cocommuns_graph.changes.foreseen import Foreseeing
from cocommuns_graph.changes.journal import MOST_TOLD, Journal
from cocommuns_graph.changes.known import Known
from cocommuns_graph.changes.overruling import Overruling
from cocommuns_graph.changes.people import refuse_mixed_up
from cocommuns_graph.changes.removal import Removals, remove_link, remove_node
from cocommuns_graph.changes.renewals import Renewals
from cocommuns_graph.changes.revising import revised
from cocommuns_graph.changes.state import (
    Batch,
    Begun,
    Element,
    Identity,
    Key,
    LinkElement,
    NodeElement,
    Outcome,
    RowCounts,
    Stored,
    Unit,
    Verdict,
    chunks,
)
from cocommuns_graph.changes.unsaid import unsaid
from cocommuns_graph.model import Model, Node, Value, join_key
from cocommuns_graph.model.claims import LinkClaim, NodeClaim, Row
from cocommuns_graph.model.kinds import shorten

_RANK: dict[Verdict, int] = {"unchanged": 0, "updated": 1, "created": 2}


class Planner:
    """Plans one unit of writing against the graph as it is.

    `batches(rows)` yields what to send, in order; when it is exhausted `outcome` is complete. Nothing is
    read but through `stored`, nothing is written here.
    """

    def __init__(
        self,
        model: Model,
        stored: Stored,
        unit: Unit,
        *,
        preview: bool = False,
        sync: frozenset[str] = frozenset(),
        progress: Callable[[int], None] | None = None,
        begun: Begun | None = None,
        read_before: frozenset[str] = frozenset(),
    ) -> None:
        self.model = model
        self.stored = stored
        self.unit = unit
        self.sync = sync
        self.progress = progress or (lambda rows: None)
        self.outcome = Outcome(import_id=unit.id)
        self._begun = begun or Begun()
        self._read_before = read_before
        self._known = Known(model, stored, preview=preview, begun=begun)
        self.nodes, self.links = self._known.nodes, self._known.links
        self._foreseeing = Foreseeing(self.nodes) if preview else None
        self._dirty: dict[int, Element] = {}
        self._removals: Batch | None = None
        self._required = {
            node_type.label: tuple(
                declared.name
                for declared in node_type.properties
                if declared.required and declared.name != "id"
            )
            for node_type in model.public_types
        }
        self._defaults: dict[str, dict[str, Value]] = {
            node_type.label: {
                declared.name: declared.default
                for declared in node_type.properties
                if declared.default is not None
            }
            for node_type in model.public_types
        }
        self._done = 0
        self._journal = Journal(unit)
        self._overruling = Overruling()
        self._renewals = Renewals()

    def batches(self, rows: Iterable[Row]) -> Iterator[Batch]:
        """Plans every row; each batch may be sent as soon as it comes."""
        waiting: list[Row] = []
        awaited: set[str] = set()
        for chunk in chunks(rows):
            at_once = []
            for row in chunk:
                if row.rejected:
                    self._close(row)
                elif (
                    row.links
                    or row.mentions
                    or any(claim.derived or claim.revision or claim.id in awaited for claim in row.nodes)
                ):
                    waiting.append(row)
                    awaited.update(claim.id for claim in row.nodes)
                else:
                    at_once.append(row)
            if at_once:
                self._known.learn_claimed(at_once)
                for row in at_once:
                    self._settle(row)
                yield from self._flush()
                self._known.put_away(claim.id for row in at_once for claim in row.nodes)
        yield from self._plan_waiting(waiting)
        if self.sync:
            removals = Removals(self.stored, self.sync, self.nodes, self.links, self.outcome, self._journal)
            self._removals = removals.plan(self._known.settled)
            self._dirty.update((id(element), element) for element in removals.changed)
            yield from self._flush()
        elif self._read_before and not any(one.rejected for one in self.outcome.verdicts.values()):
            self.outcome.no_longer = unsaid(self.model, self.stored, self._read_before, self._is_said)
        self._count()

    def _is_said(self, key: Key) -> bool:
        """Whether a row of this unit was about an element."""
        element: Element | None = self.nodes.get(key) if isinstance(key, str) else self.links.get(key)
        return key in self._known.settled or (element is not None and element.touched)

    def _plan_waiting(self, waiting: list[Row]) -> Iterator[Batch]:
        self._known.learn(claim.id for row in waiting for claim in row.nodes)
        refuse_mixed_up(waiting, self.nodes)
        coming: set[str] = set()
        for row in waiting:
            for claim in row.nodes:
                self._check_node(row, claim, claim.id in coming)
            if not row.rejected:
                coming.update([claim.id for claim in row.nodes])
        ends = Ends(self.model, self.stored, self.nodes, self._known.learn)
        ends.resolve(waiting)
        accepted = [row for row in waiting if not row.rejected]
        refused = [row for row in waiting if row.rejected]
        verdicts: list[Verdict] = []
        for chunk in chunks(accepted):
            for row in chunk:
                made = [self._assert_node(row, claim, quiet=True) for claim in ends.made_by(row)]
                own = [self._assert_node(row, claim) for claim in row.nodes]
                verdicts.append(_weightiest([*made, *own]))
            yield from self._flush()
        for chunk in chunks(row for row in accepted if ends.implied_by(row)):
            for row in chunk:
                for claim in ends.implied_by(row):
                    # The first row that implies it is its source; the others say nothing new.
                    if not claim.properties.keys() <= self.nodes[claim.id].values.keys():
                        self._assert_node(row, claim, quiet=True)
            yield from self._flush()
        for judged in chunks(zip(accepted, verdicts, strict=True)):
            self._known.learn_links([row for row, _ in judged], ends)
            for row, verdict in judged:
                linked = [
                    self._settle_link(row, link, pair)
                    for link in row.links
                    if (pair := ends.pair(link)) is not None
                ]
                self._close(row, _weightiest([verdict, *linked]))
            yield from self._flush()
        for row in refused:
            self._close(row)

    # -- one row --------------------------------------------------------------------------------------

    def _settle(self, row: Row) -> None:
        for claim in row.nodes:
            self._check_node(row, claim, coming=False)
        if row.rejected:
            self._close(row)
        else:
            self._close(row, _weightiest([self._assert_node(row, claim) for claim in row.nodes]))

    def _check_node(self, row: Row, claim: NodeClaim, coming: bool) -> None:
        known = self.nodes.get(claim.id)
        if known is not None and known.label != claim.label:
            row.problem(
                claim.column,
                claim.id,
                f"the id {shorten(claim.id)!r} already belongs to the {known.label} "
                f"{shorten(self._name(known))!r}; give this {claim.label} another id",
                "error",
            )
            return
        if claim.revision is not None and claim.revision.new is not None:
            self._check_new(row, claim, known, claim.revision.new)
        if known is not None or coming or row.rejected:
            return
        for name in self._required[claim.label]:
            if name not in claim.properties:
                row.problem(
                    claim.column,
                    claim.id,
                    f"a new {claim.label} needs a {name}; "
                    f"{shorten(claim.id)!r} has none and is not in the inventory yet",
                    "error",
                )

    def _check_new(self, row: Row, claim: NodeClaim, known: NodeElement | None, wanted: bool) -> None:
        if wanted and known is not None:
            row.problem(
                claim.column,
                claim.id,
                f"the id {shorten(claim.id)!r} already belongs to the {known.label} "
                f"{shorten(self._name(known))!r}; correct that record, or give the new one another id",
                "error",
            )
        elif not wanted and known is None:
            row.problem(
                claim.column,
                claim.id,
                f"no record has the id {shorten(claim.id)!r} any more; look for it again",
                "error",
            )

    def _name(self, element: NodeElement) -> str:
        return Node(element.id, element.label, element.values).name

    def _assert_node(self, row: Row, claim: NodeClaim, quiet: bool = False) -> Verdict:
        known = self.nodes.get(claim.id)
        if known is not None:
            if claim.revision is not None and claim.revision.removed:
                self._removals = self._removals or Batch()
                remove_node(known, self._removals, self.outcome, self._journal)
                del self.nodes[claim.id]
                return "updated"
            if claim.revision is not None:
                values = revised(row, known.values, claim.properties, claim.revision)
                self._check_kind(row, known, values)
                return self._assert(row, known, values, claim.id, quiet)
            return self._assert(row, known, claim.properties, claim.id, quiet)
        created: dict[str, Value] = {**self._defaults[claim.label], **claim.properties}
        created["id"] = claim.id
        created["sources"] = list(row.sources or [row.source])
        created["created_in"] = self.unit.id
        made = NodeElement(created, given=set(claim.properties), id=claim.id, label=claim.label)
        made.touched = True
        self.nodes[claim.id] = made
        self._dirty[id(made)] = made
        if self._foreseeing is not None:
            self._foreseeing.made(row, made)
        return "created"

    def _settle_link(self, row: Row, claim: LinkClaim, pair: tuple[str, str]) -> Verdict:
        """Asserts a link or, where a person says so, revises it or takes it out."""
        start, end = pair
        revision = claim.revision
        if revision is not None and revision.key is not None:
            key = revision.key
        else:
            keys = self.model.relationship(claim.type).keys
            key = join_key(claim.properties.get(name) for name in keys)
        identity = (start, claim.type, end, key)
        if revision is None:
            return self._assert_link(row, claim, identity)
        known = self.links.get(identity)
        if known is None and (revision.removed or revision.new is False):
            row.problem("", claim.type, "there is no such link any more; look again", "error")
            return "unchanged"
        if known is not None and revision.new:
            row.problem("", claim.type, "there is such a link already; correct that one", "error")
            return "unchanged"
        if known is None:
            return self._assert_link(row, claim, identity)
        if revision.removed:
            self._removals = self._removals or Batch()
            remove_link(known, self._removals, self.outcome, self._journal)
            del self.links[identity]
            return "updated"
        values = revised(row, known.values, claim.properties, revision)
        return self._assert(row, known, values, f"{start} {claim.type} {end}")

    def _assert_link(self, row: Row, claim: LinkClaim, identity: Identity) -> Verdict:
        start, _, end, key = identity
        known = self.links.get(identity)
        if known is not None:
            return self._assert(row, known, claim.properties, f"{start} {claim.type} {end}")
        values: dict[str, Value] = {
            **claim.properties,
            "key": key,
            "sources": list(row.sources or [row.source]),
            "created_in": self.unit.id,
        }
        made = LinkElement(
            values,
            given=set(claim.properties),
            identity=identity,
            pattern=(self.nodes[start].label, claim.type, self.nodes[end].label),
        )
        made.touched = True
        self.links[identity] = made
        self._dirty[id(made)] = made
        if self._foreseeing is not None:
            self._foreseeing.made(row, made)
        by_file = self.unit.action == "import" and not self.sync
        if by_file and self._known.is_stored(start) and self._known.is_stored(end):
            self._renewals.watch(row, made)
        return "created"

    def _check_kind(self, row: Row, known: NodeElement, values: Mapping[str, Value | None]) -> None:
        """Refuses another kind for the end of links that only a record of its present kind may have."""
        present = known.values.get("kind")
        if present is None or values.get("kind", present) == present:
            return
        for declared in map(self.model.relationship, self.model.types):
            if declared.end_kind != present or known.label not in declared.ends:
                continue
            for start in declared.starts:
                pattern = (start, declared.type, known.label)
                if any(True for _ in self.stored.links(pattern, [known.id], from_start=False)):
                    row.problem(
                        "kind",
                        values["kind"],
                        f"{shorten(self._name(known))!r} must stay a {present}: there are links to it that "
                        f"say {declared.text.en!r}; remove them first",
                        "error",
                    )
                    return

    def _assert(
        self,
        row: Row,
        known: NodeElement | LinkElement,
        claimed: Mapping[str, Value | None],
        what: str,
        quiet: bool = False,
    ) -> Verdict:
        known.touched = True
        verdict: Verdict = "unchanged"
        known_whole = claimed.items() <= known.values.items() and all(
            type(value) is type(known.values[name]) for name, value in claimed.items()
        )
        if known_whole:
            known.given.update(claimed)
        for name, value in () if known_whole else claimed.items():
            present = known.values.get(name)
            if present == value and type(present) is type(value):
                known.given.add(name)
                continue
            if name in known.given:
                if not quiet:
                    row.problem(
                        name,
                        value,
                        f"{shorten(what)} was already given {name} {shorten(present)!r} in this import; "
                        f"{shorten(value)!r} is left out",
                        "note",
                    )
                continue
            if known.before is not None:
                known.before.setdefault(name, present)
                if self._foreseeing is not None:
                    self._foreseeing.changed(row, known, name, present, value)
            if value is None:
                known.values.pop(name, None)
            else:
                known.values[name] = value
                if self.unit.action == "import":
                    self._overruling.watch(row, known, name, present, value)
            known.given.add(name)
            known.changed.add(name)
            known.said_by = known.said_by or row.source
            verdict = "updated"
        sources = cast(list[str], known.values.get("sources") or [])
        copied = row.sources or row.is_copy
        said = row.sources if copied and verdict == "unchanged" else (*row.sources, row.source)
        if fresh := [source for source in dict.fromkeys(said) if source not in sources]:
            if known.sources_before is None:
                known.sources_before = list(sources)
            known.values["sources"] = [*sources, *fresh]
            known.same.update(name for name, value in claimed.items() if value is not None)
            known.changed.add("sources")
        if known.changed:
            self._dirty[id(known)] = known
        return verdict

    def _close(self, row: Row, verdict: Verdict | None = None) -> None:
        counts = self.outcome.verdicts.setdefault(row.path, RowCounts())
        if row.rejected or verdict is None:
            counts.rejected += 1
            reasons = [problem.reason for problem in row.problems if problem.severity == "error"]
            self.outcome.rejected.append((row.path, row.line, "; ".join(reasons)))
        else:
            setattr(counts, verdict, getattr(counts, verdict) + 1)
        if self._foreseeing is not None:
            self._foreseeing.closed(row, verdict)
        self.outcome.problems += row.problems
        self._done += 1
        if self._done % 1000 == 0:
            self.progress(self._done)

    # -- what is handed to the store ------------------------------------------------------------------

    def _flush(self) -> Iterator[Batch]:
        dirty, self._dirty = list(self._dirty.values()), {}
        nodes = [element for element in dirty if isinstance(element, NodeElement)]
        links = [element for element in dirty if isinstance(element, LinkElement)]
        for chunk in chunks([*nodes, *links]):
            batch = Batch()
            for element in chunk:
                if isinstance(element, NodeElement):
                    self._hand_node(element, batch)
                elif isinstance(element, LinkElement):
                    self._hand_link(element, batch)
                element.sent = True
                element.changed = set()
                element.sources_before = None
                element.said_by = ""
                element.same.clear()
            yield batch
        if self._removals is not None:
            batch, self._removals = self._removals, None
            if self._foreseeing is not None:
                self._foreseeing.removed(batch)
            yield batch

    def _hand_node(self, element: NodeElement, batch: Batch) -> None:
        if not element.sent:
            batch.create_nodes.setdefault(element.label, []).append(element.values)
            self._journal.created(element)
            self._newcomer(element)
            return
        settings = {name: element.values.get(name) for name in sorted(element.changed)}
        batch.update_nodes.setdefault(element.label, []).append({"id": element.id, "set": settings})
        if change := self._journal.changed(element):
            batch.changes.append(change)

    def _newcomer(self, element: NodeElement) -> None:
        self.outcome.newcomers[element.label] += 1
        named = self.outcome.newcomers_named.setdefault(element.label, [])
        if len(named) < MOST_TOLD:
            named.append(self._name(element))

    def _hand_link(self, element: LinkElement, batch: Batch) -> None:
        start, _, end, key = element.identity
        if not element.sent:
            batch.create_links.setdefault(element.pattern, []).append(
                {"start": start, "end": end, "set": element.values}
            )
            self._journal.created(element)
            return
        settings = {name: element.values.get(name) for name in sorted(element.changed)}
        batch.update_links.setdefault(element.pattern, []).append(
            {"start": start, "end": end, "key": key, "set": settings}
        )
        if change := self._journal.changed(element):
            batch.changes.append(change)

    def _count(self) -> None:
        self.outcome.problems += self._overruling.problems(self.stored, self.unit.id)
        self.outcome.problems += self._renewals.problems(self.links, self.nodes, self.model)
        self.outcome.changes = self._journal.told
        self.outcome.foreseen = None if self._foreseeing is None else self._foreseeing.found
        self.outcome.problems.sort(key=lambda problem: (problem.path, problem.row))
        self.outcome.rejected.sort(key=lambda rejected: rejected[:2])
        earlier = self._begun.created
        for identifier, past in self._known.settled.items():
            if identifier not in earlier:
                self.outcome.nodes.add(past.verdict)
        for node in self.nodes.values():
            if node.touched and node.id not in earlier:
                self.outcome.nodes.add(node.verdict)
        for link in self.links.values():
            if link.touched and link.identity not in earlier:
                self.outcome.relationships.add(link.verdict)
        for key in earlier:
            (self.outcome.nodes if isinstance(key, str) else self.outcome.relationships).add("created")


def _weightiest(verdicts: Sequence[Verdict]) -> Verdict:
    if len(verdicts) == 1:
        return verdicts[0]
    return max(verdicts, key=_RANK.__getitem__, default="unchanged")
