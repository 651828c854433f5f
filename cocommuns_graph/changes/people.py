"""People whose ids were made from one name though they are seen to be different people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from cocommuns_graph.changes.state import NodeElement
from cocommuns_graph.model import Value
from cocommuns_graph.model.claims import NodeClaim, Row
from cocommuns_graph.model.kinds import shorten

_TELL_APART = ("contact", "orcid", "website")


def refuse_mixed_up(rows: Sequence[Row], known: Mapping[str, NodeElement]) -> None:
    """Rejects rows that share an id made from the name but differ in what tells people apart."""
    claims: defaultdict[str, list[tuple[Row, NodeClaim]]] = defaultdict(list)
    for row in rows:
        for claim in row.nodes:
            if claim.derived:
                claims[claim.id].append((row, claim))
    for identifier, group in claims.items():
        seen = [claim.properties for _, claim in group]
        if (stored := known.get(identifier)) is not None:
            seen.append(stored.values)
        clash = _first_clash(seen)
        if clash is None:
            continue
        for row, claim in group:
            name = claim.properties.get("name", identifier)
            row.problem(
                claim.column,
                name,
                f"{shorten(name)!r} appears with different values of "
                f"{clash}, so it may be two; add an id column that tells them apart",
                "error",
            )


def _first_clash(records: Sequence[dict[str, Value]]) -> str | None:
    """The first property by which records that share a derived id are seen to be different people."""
    for name in _TELL_APART:
        values = [_comparable(record[name]) for record in records if record.get(name)]
        if any(one.isdisjoint(other) for one in values[:1] for other in values[1:]):
            return name
        if any(
            values[i].isdisjoint(values[j]) for i in range(1, len(values)) for j in range(i + 1, len(values))
        ):
            return name
    return None


def _comparable(value: Value) -> set[str]:
    items = value if isinstance(value, list) else [value]
    found = set()
    for item in items:
        text = str(item).casefold().strip().rstrip("/")
        for start in ("https://", "http://", "www."):
            text = text.removeprefix(start)
        found.add(text)
    return found
