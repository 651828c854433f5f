"""Rows about records that were merged away: they say it of the record that was kept.

What either record said when they were merged was decided then, so a file that says it again says nothing new;
what it says otherwise since is news and changes the kept record.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from cocommuns_graph.model import Value
from cocommuns_graph.model.claims import End, Existing, LinkClaim, NodeClaim, Row


class Redirects:
    """The merges that hold, from the decisions that were written down."""

    def __init__(self, decisions: Iterable[Mapping[str, Any]], present: Collection[str]) -> None:
        """`present` are those of the ids in the decisions that records have now: a merge that was undone, or
        whose record is there again, does not hold."""
        self._into: dict[str, str] = {}
        self._said: dict[str, list[Mapping[str, Value]]] = {}
        for decision in sorted(decisions, key=lambda one: str(one["when"])):
            if decision["decision"] != "merged" or decision["b"] in present:
                continue
            self._into[str(decision["b"])] = str(decision["a"])
            for identifier, values in json.loads(str(decision["said"])).items():
                self._said.setdefault(identifier, []).append(values)
        for gone in list(self._into):
            if self.now(gone) not in present:
                del self._into[gone]

    def __bool__(self) -> bool:
        return bool(self._into)

    @property
    def merged(self) -> dict[str, str]:
        """Each id that was merged away with the id of the record it is now part of."""
        return {gone: self.now(gone) for gone in self._into}

    def now(self, identifier: str) -> str:
        """The id of the record that one is now part of; its own where it was not merged."""
        seen = set()
        while identifier in self._into and identifier not in seen:
            seen.add(identifier)
            identifier = self._into[identifier]
        return identifier

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows with the ids of the records that are there now."""
        return map(self._row, rows)

    def _row(self, row: Row) -> Row:
        if row.rejected or not (row.nodes or row.links):
            return row
        nodes = [self._node(claim) for claim in row.nodes]
        links = [moved for claim in row.links if (moved := self._link(claim)) is not None]
        return replace(row, nodes=nodes, links=links)

    def _node(self, claim: NodeClaim) -> NodeClaim:
        identifier = self.now(claim.id)
        said = self._said.get(claim.id, [])
        if claim.revision is not None or (identifier == claim.id and not said):
            return claim
        fresh = {
            name: value
            for name, value in claim.properties.items()
            if not any(name in before and before[name] == value for before in said)
        }
        derived = claim.derived and identifier == claim.id
        return replace(claim, id=identifier, properties=fresh, derived=derived)

    def _link(self, claim: LinkClaim) -> LinkClaim | None:
        start, end = self._end(claim.start), self._end(claim.end)
        if start is claim.start and end is claim.end:
            return claim
        both = isinstance(start, Existing) and isinstance(end, Existing) and start.id == end.id
        were = isinstance(claim.start, Existing) and isinstance(claim.end, Existing)
        if both and not (were and claim.start.id == claim.end.id):  # type: ignore[union-attr]
            return None
        return replace(claim, start=start, end=end)

    def _end(self, end: End) -> End:
        if isinstance(end, Existing) and (now := self.now(end.id)) != end.id:
            return replace(end, id=now)
        return end
