"""Claims written briefly, and what a store holds in sets that can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cocommuns_graph.changes import Outcome
from cocommuns_graph.model import STEWARD, Value
from cocommuns_graph.model.claims import End, Existing, LinkClaim, Mention, NodeClaim, Row
from cocommuns_graph.store.door import Store
from tests.engines.stores import run


def node(label: str, id_: str, derived: bool = False, /, **properties: Value) -> NodeClaim:
    caption = "label" if label == "Topic" else "name"
    return NodeClaim(label, id_, {caption: id_.title(), **properties}, derived, column=caption)


def expert(id_: str, /, **properties: Value) -> NodeClaim:
    return node("Expert", id_, **properties)


def organisation(id_: str, /, **properties: Value) -> NodeClaim:
    return node("Organisation", id_, **properties)


def topic(id_: str, /, **properties: Value) -> NodeClaim:
    return node("Topic", id_, **properties)


def link(type_: str, start: str | End, end: str | End, **properties: Value) -> LinkClaim:
    return LinkClaim(type_, _end(start, "from"), _end(end, "to"), properties)


def _end(end: str | End, column: str) -> End:
    return Existing(end, column) if isinstance(end, str) else end


def mention(label: str, name: str, *, optional: bool = True, namespace: str = "") -> Mention:
    return Mention(label, name, namespace, "mentioned", optional)


def row(line: int, *claims: NodeClaim | LinkClaim, path: str = "a.csv") -> Row:
    nodes = [claim for claim in claims if isinstance(claim, NodeClaim)]
    links = [claim for claim in claims if isinstance(claim, LinkClaim)]
    return Row(f"{path}:{line}", path, line, nodes, links)


def copy(rows: Iterable[Row]) -> list[Row]:
    """Rows as they were before anybody planned them: planning marks those it rejects."""
    return [Row(r.source, r.path, r.line, list(r.nodes), list(r.links)) for r in rows]


def write(store: Store, rows: Iterable[Row], **options: Any) -> Outcome:
    kept = list(rows)
    return store.write(lambda: copy(kept), who=options.pop("who", "ada"), **options)


def nodes(store: Store) -> dict[str, dict[str, Any]]:
    """Every node a steward sees by id: label and properties, without provenance."""
    return {
        found.id: {"": found.label, **without(found.properties)}
        for found in store.read(STEWARD).nodes.values()
    }


def links(store: Store) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    """Every relationship by start, type, end and key: properties, without provenance."""
    return {found.identity: without(found.properties) for found in store.read(STEWARD).relationships}


def without(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in properties.items() if k not in ("id", "key", "sources", "created_in")}


def whole(store: Store) -> list[Any]:
    """Everything that is stored but times, with units called by their place: for comparing two graphs."""
    units = run(store.address, "MATCH (i:Import) RETURN properties(i) AS found ORDER BY i.started")
    graph = store.read(STEWARD)
    told = [
        [[node.label, dict(node.properties)] for node in graph.nodes.values()],
        [[[*tie.identity], dict(tie.properties)] for tie in graph.relationships],
        [dict(unit["found"]) for unit in units],  # type: ignore[call-overload]
        [dict(record["found"]) for record in run(store.address, _CHANGES)],  # type: ignore[call-overload]
    ]
    text = json.dumps(told, sort_keys=True, default=str)
    for place, unit in enumerate(units):
        text = text.replace(str(unit["found"]["id"]), f"unit{place}")  # type: ignore[index, call-overload]
    found: list[Any] = json.loads(text)
    for record in (*found[2], *found[3]):
        for name in ("when", "started", "finished"):
            record.pop(name, None)
    return [sorted(part, key=json.dumps) for part in found]


_CHANGES = "MATCH (c:Change) RETURN properties(c) AS found"


def changes(store: Store) -> list[dict[str, Any]]:
    """The journal of values in the order it was written, before and after read from their JSON.

    Without the sources of what changed, and without changes of nothing but sources.
    """
    found = run(store.address, "MATCH (c:Change) RETURN properties(c) AS c ORDER BY c.when, c.id")
    told = [dict(r["c"]) for r in found]  # type: ignore[call-overload]
    return [
        {**c, "before": _values(c, "before"), "after": _values(c, "after")}
        for c in told
        if c["action"] != "assert"
    ]


def _values(change: Mapping[str, Any], side: str) -> dict[str, Any]:
    values = dict(json.loads(change[side]))
    if change["action"] not in ("remove", "restore"):
        values.pop("sources", None)
    return values


def counts(outcome: Outcome) -> tuple[tuple[int, int, int, int], tuple[int, int, int, int]]:
    """Nodes, then relationships: created, updated, unchanged, removed."""
    return tuple(outcome.nodes.as_dict().values()), tuple(outcome.relationships.as_dict().values())  # type: ignore[return-value]


def verdicts(outcome: Outcome) -> dict[str, tuple[int, int, int, int]]:
    """Rows of each path: created, updated, unchanged, rejected."""
    return {
        path: (found.created, found.updated, found.unchanged, found.rejected)
        for path, found in outcome.verdicts.items()
    }


def said(outcome: Outcome) -> list[tuple[int, str, str]]:
    """Line, severity and reason of each problem."""
    return [(problem.row, problem.severity, problem.reason) for problem in outcome.problems]
