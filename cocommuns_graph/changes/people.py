"""People whose ids were made from one name though they are seen to be different people.

Rows that disagree in an e-mail address, an ORCID or a website may be two people, and so may a row and a
stored record, unless the same file said both: then the person changed address, which is worth a note. An
ORCID never changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from cocommuns_graph.changes.state import NodeElement
from cocommuns_graph.model import Value
from cocommuns_graph.model.claims import NodeClaim, Row, source_file
from cocommuns_graph.model.kinds import shorten

_TELL_APART = ("orcid", "contact", "website")


def refuse_mixed_up(rows: Sequence[Row], known: Mapping[str, NodeElement]) -> None:
    """Rejects rows that share an id made from the name but differ in what tells people apart."""
    claims: defaultdict[str, list[tuple[Row, NodeClaim]]] = defaultdict(list)
    for row in rows:
        for claim in row.nodes:
            if claim.derived:
                claims[claim.id].append((row, claim))
    for identifier, group in claims.items():
        seen = [claim.properties for _, claim in group]
        clash = _first_clash(seen)
        stored = known.get(identifier)
        if clash is None and stored is not None:
            clash = _first_clash([*seen, stored.values])
            if clash not in (None, "orcid") and _same_file(group, stored):
                _tell_changed(group, str(clash))
                continue
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


def _same_file(group: Sequence[tuple[Row, NodeClaim]], stored: NodeElement) -> bool:
    sources = stored.values.get("sources")
    files = {source_file(str(source)) for source in sources} if isinstance(sources, list) else set()
    return all(source_file(row.source) in files for row, _ in group)


def _tell_changed(group: Sequence[tuple[Row, NodeClaim]], clash: str) -> None:
    row, claim = group[0]
    name = claim.properties.get("name", claim.id)
    row.problem(
        claim.column,
        name,
        f"{shorten(name)!r} has another {clash} than when {shorten(source_file(row.source))} was last "
        "imported and is taken for the same person; if it is somebody else, add an id column",
        "note",
    )


def _first_clash(records: Sequence[dict[str, Value]]) -> str | None:
    """The first property by which records that share a derived id are seen to be different people."""
    for name in _TELL_APART:
        told = (_comparable(name, record[name]) for record in records if record.get(name))
        values = [value for value in told if value]
        if any(one.isdisjoint(other) for one in values[:1] for other in values[1:]):
            return name
        if any(
            values[i].isdisjoint(values[j]) for i in range(1, len(values)) for j in range(i + 1, len(values))
        ):
            return name
    return None


def _comparable(name: str, value: Value) -> set[str]:
    """What tells people apart in a value: of contact the e-mail addresses, since telephones are shared."""
    items = value if isinstance(value, list) else [value]
    found = set()
    for item in items:
        text = str(item).casefold().strip().rstrip("/")
        for start in ("https://", "http://", "www."):
            text = text.removeprefix(start)
        if name != "contact" or "@" in text:
            found.add(text)
    return found
