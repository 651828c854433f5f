"""The ends of links: ids that must exist, names that are looked up and created where nothing has them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from cocommuns_graph.changes.nearby import Nearby
from cocommuns_graph.changes.state import NodeElement, Stored
from cocommuns_graph.model import Model, Value, fold, id_from_name
from cocommuns_graph.model.claims import End, Existing, LinkClaim, Mention, NodeClaim, Row, Severity
from cocommuns_graph.model.kinds import shorten


class Ends:
    """Resolves the ends of the links of rows that waited for every row to be known.

    After `resolve(rows)` each row is rejected with its reason, or each of its links has a `pair` of ids (None
    where an optional cell was dropped with a warning) and the row's new nodes are in `made_by`.
    """

    def __init__(
        self,
        model: Model,
        stored: Stored,
        nodes: Mapping[str, NodeElement],
        know: Callable[[Iterable[str]], None],
    ) -> None:
        self._model = model
        self._stored = stored
        self._nodes = nodes
        self._know = know
        self._names: dict[str, dict[str, set[str]]] = {}
        self._pairs: dict[int, tuple[str, str]] = {}
        self._made: dict[int, list[NodeClaim]] = {}
        self._labels: dict[str, str] = {}
        self._mentioned: dict[str, NodeClaim] = {}
        self._nearby = Nearby()
        self._named_by: dict[str, Mention] = {}
        self._names_found: dict[int, list[tuple[Mention, str]]] = {}
        self._implied: dict[int, list[NodeClaim]] = {}
        self._kinds: dict[str, Value] = {}
        self._kinds_of_named: dict[str, Value] = {}

    def pair(self, link: LinkClaim) -> tuple[str, str] | None:
        """The ids a link joins; None where it was dropped."""
        return self._pairs.get(id(link))

    def made_by(self, row: Row) -> list[NodeClaim]:
        """The nodes that a row creates because nothing had the names in its cells."""
        return self._made.get(id(row), [])

    def implied_by(self, row: Row) -> list[NodeClaim]:
        """What a row says of ends by linking to them: that what somebody faces is a challenge."""
        return self._implied.get(id(row), [])

    def resolve(self, rows: Sequence[Row]) -> None:
        """Finds every end, rejecting rows whose ends are missing or ambiguous."""
        self._know(end.id for row in rows for link in row.links for end in _existing(link))
        self._check_claims(rows)
        self._reject_missing(rows)
        self._index_names(rows)
        self._learn_kinds(rows)
        for row in rows:
            if not row.rejected:
                self._join(row)
        self._know(identifier for pair in self._pairs.values() for identifier in pair)
        self._know(identifier for named in self._names_found.values() for _, identifier in named)
        self._reject_orphaned(rows)

    def _check_claims(self, rows: Sequence[Row]) -> None:
        for row in rows:
            for claim in row.nodes:
                known = self._nodes.get(claim.id)
                label = known.label if known is not None else self._labels.setdefault(claim.id, claim.label)
                if label != claim.label:
                    row.problem(
                        claim.column,
                        claim.id,
                        f"the id {shorten(claim.id)!r} already belongs to a record of type {label}; "
                        f"give this {claim.label} another id",
                        "error",
                    )

    def _reject_missing(self, rows: Sequence[Row]) -> None:
        """Rejects rows that link to nothing, then those that linked to what such rows would have created.

        Optional ends reject nobody: `_find` and `_reject_orphaned` leave them out.
        """
        providers = Counter(claim.id for row in rows if not row.rejected for claim in row.nodes)
        dependents: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows:
            for link in row.links if not row.rejected else ():
                for end in _existing(link):
                    if end.id not in self._nodes and not end.optional and not end.made:
                        dependents[end.id].append(row)
        missing = [identifier for identifier in dependents if not providers[identifier]]
        for identifier in missing:
            for row in dependents[identifier]:
                if identifier in self._labels:
                    self._orphan(row, identifier)
                    continue
                row.problem(
                    next(e.column for link in row.links for e in _existing(link) if e.id == identifier),
                    identifier,
                    f"no record has the id {shorten(identifier)!r}; import it first or correct the id",
                    "error",
                )
        rejected = {id(row): row for identifier in missing for row in dependents[identifier]}
        fallen = list(rejected.values())
        while fallen:
            for claim in fallen.pop().nodes:
                providers[claim.id] -= 1
                if providers[claim.id]:
                    continue
                for row in dependents[claim.id]:
                    if not row.rejected:
                        self._orphan(row, claim.id)
                        fallen.append(row)

    def _reject_orphaned(self, rows: Sequence[Row]) -> None:
        """Rejects rows whose end would have come from a row rejected while joining, until none is left.

        What a rejected row would have created for a name, the next row with that name creates.
        """
        again = True
        while again:
            again = False
            alive = {
                claim.id for row in rows if not row.rejected for claim in [*row.nodes, *self.made_by(row)]
            }
            for row in rows:
                for link, end, identifier in self._joined(row):
                    if row.rejected or identifier in self._nodes or identifier in alive:
                        continue
                    if identifier in self._mentioned:
                        self._made.setdefault(id(row), []).append(self._mentioned[identifier])
                        self._tell(row, self._mentioned[identifier])
                        alive.add(identifier)
                    elif isinstance(end, Existing) and end.optional and link is not None:
                        self._let_go(row, link, end)
                    else:
                        self._orphan(row, identifier)
                        again = True

    def _joined(self, row: Row) -> list[tuple[LinkClaim | None, End, str]]:
        """The ends a row needs with the ids they stand for, each with its link if it has one."""
        found: list[tuple[LinkClaim | None, End, str]] = [
            (None, mention, identifier) for mention, identifier in self._names_found.get(id(row), ())
        ]
        for link in row.links:
            for end, identifier in zip((link.start, link.end), self.pair(link) or (), strict=False):
                found.append((link, end, identifier))
        return found

    def _let_go(self, row: Row, link: LinkClaim, end: Existing) -> None:
        """Drops a link to an optional end that does not come, and what the link alone said of it."""
        if self._pairs.pop(id(link), None) is None:
            return
        implied = self._implied.get(id(row), [])
        implied[:] = [claim for claim in implied if claim.id != end.id]
        self._missing(row, end)

    def _missing(self, row: Row, end: Existing) -> None:
        row.problem(
            end.column,
            end.id,
            f"no record has the id {shorten(end.id)!r}; the link to it was left out",
            "warning",
        )

    def _orphan(self, row: Row, identifier: str) -> None:
        row.problem(
            "",
            identifier,
            f"the row that would have created {shorten(identifier)!r} was rejected; mend that row first",
            "error",
        )

    def _index_names(self, rows: Sequence[Row]) -> None:
        wanted = {end.label for row in rows for end in _ends(row) if isinstance(end, Mention)}
        for label in wanted:
            names: defaultdict[str, set[str]] = defaultdict(set)
            for identifier, properties in self._named(label, rows).items():
                self._index(names, label, identifier, properties)
            self._names[label] = names

    def _named(self, label: str, rows: Sequence[Row]) -> dict[str, dict[str, Value]]:
        """What the nodes of a label will be called after this unit: of two values the first given wins."""
        known = {}
        for node in self._stored.named(label):
            known[node.id] = self._naming(label, node.properties)
            if "kind" in node.properties:
                self._kinds_of_named[node.id] = node.properties["kind"]
        given: dict[str, set[str]] = {}
        for element in self._nodes.values():
            if element.label == label:
                known[element.id] = self._naming(label, element.values)
                given[element.id] = set(element.given)
        for row in rows:
            for claim in row.nodes:
                if claim.label == label and not row.rejected:
                    already = given.setdefault(claim.id, set())
                    for name, value in self._naming(label, claim.properties).items():
                        if name not in already:
                            known.setdefault(claim.id, {})[name] = value
                            already.add(name)
        return known

    def _label(self, identifier: str) -> str | None:
        known = self._nodes.get(identifier)
        return known.label if known is not None else self._labels.get(identifier)

    def _learn_kinds(self, rows: Sequence[Row]) -> None:
        """The `kind` each node claimed here will have after this unit; the first given wins."""
        for row in rows:
            for claim in row.nodes:
                known = self._nodes.get(claim.id)
                is_given = known is not None and "kind" in known.given
                if "kind" in claim.properties and not is_given and not row.rejected:
                    self._kinds.setdefault(claim.id, claim.properties["kind"])

    def _kind(self, identifier: str) -> Value | None:
        if identifier in self._kinds:
            return self._kinds[identifier]
        known = self._nodes.get(identifier)
        return known.values.get("kind") if known is not None else self._kinds_of_named.get(identifier)

    def _naming(self, label: str, properties: Mapping[str, Value]) -> dict[str, Value]:
        """The properties by which a node is found: its caption and aliases in every language."""
        declared = self._model.node(label)
        return {
            name: value
            for name, value in properties.items()
            if name.split("_")[0] in (declared.caption, "aliases") and declared.property(name)
        }

    def _index(
        self, names: dict[str, set[str]], label: str, identifier: str, properties: Mapping[str, Value]
    ) -> None:
        for value in self._naming(label, properties).values():
            for text in value if isinstance(value, list) else [value]:
                if folded := fold(str(text)):
                    names[folded].add(identifier)

    def _join(self, row: Row) -> None:
        made: list[NodeClaim] = []
        implied: list[NodeClaim] = []
        pairs: list[tuple[LinkClaim, tuple[str, str]]] = []
        named = [(mention, self._find(row, mention, made)) for mention in row.mentions]
        for link in row.links:
            start = self._find(row, link.start, made)
            end = self._find(row, link.end, made)
            if start is None or end is None:
                continue
            if self._allowed(row, link, start, end) and self._of_kind(row, link, end, made, implied):
                pairs.append((link, (start, end)))
        if row.rejected:
            return
        if implied:
            self._implied[id(row)] = implied
        if named:
            self._names_found[id(row)] = [(mention, found) for mention, found in named if found is not None]
        for claim in made:
            self._tell(row, claim)
            self._mentioned[claim.id] = claim
            self._labels[claim.id] = claim.label
            if claim.label in self._names:
                self._index(self._names[claim.label], claim.label, claim.id, claim.properties)
        if made:
            self._made[id(row)] = made
        for link, pair in pairs:
            self._pairs[id(link)] = pair

    def _tell(self, row: Row, claim: NodeClaim) -> None:
        """Notes on a row that a name in one of its cells makes a new record, if its format wants it told."""
        mention = self._named_by.get(claim.id)
        if mention is not None and mention.told:
            place = "in no language of the glossary" if claim.label == "Topic" else "not in the inventory yet"
            reason = f"{shorten(mention.name)!r} is {place}, so it becomes a new {claim.label.lower()}"
            if near := self._nearby.to(fold(mention.name), self._names[claim.label]):
                ids = ", ".join(sorted(self._names[claim.label][near]))
                reason += f"; if {near.replace('-', ' ')!r} ({ids}) is meant, correct the cell"
            row.problem(mention.column, mention.name, reason, "note")

    def _find(self, row: Row, end: End, made: list[NodeClaim]) -> str | None:
        if isinstance(end, Existing):
            if self._label(end.id) is None and all(claim.id != end.id for claim in made):
                if end.made:
                    caption = self._model.node(end.made).caption
                    made.append(NodeClaim(end.made, end.id, {caption: end.name}))
                elif end.optional:
                    self._missing(row, end)
                    return None
            return end.id
        severity: Severity = "warning" if end.optional else "error"
        folded = fold(end.name)
        if not folded:
            row.problem(
                end.column, end.name, f"{shorten(end.name)!r} has no letter or digit to name it by", severity
            )
            return None
        found = self._names[end.label].get(folded, set())
        if len(found) > 1:
            row.problem(
                end.column,
                end.name,
                f"{shorten(end.name)!r} may be any of {', '.join(sorted(found))}; say which by its full name",
                severity,
            )
            return None
        if found:
            return next(iter(found))
        identifier = id_from_name(end.label, end.name, end.namespace)
        self._know([identifier])
        label = self._label(identifier)
        if label == end.label:
            return identifier
        if label is not None:
            row.problem(
                end.column,
                end.name,
                f"{shorten(end.name)!r} would get the id {identifier!r}, which belongs to a {label}; "
                "rename it",
                severity,
            )
            return None
        if all(claim.id != identifier for claim in made):
            caption = self._model.node(end.label).caption
            made.append(NodeClaim(end.label, identifier, {caption: end.name, **end.properties}))
            self._named_by[identifier] = end
        return identifier

    def _allowed(self, row: Row, link: LinkClaim, start: str, end: str) -> bool:
        declared = self._model.relationship(link.type)
        for side, identifier, allowed in (
            (link.start, start, declared.starts),
            (link.end, end, declared.ends),
        ):
            label = self._label(identifier)
            if label is not None and label not in allowed:
                word = "starts" if side is link.start else "ends"
                row.problem(
                    side.column,
                    identifier,
                    f"{link.type} {word} at {' or '.join(allowed)}, "
                    f"but {shorten(identifier)!r} is of type {label}",
                    "error",
                )
                return False
        return True

    def _of_kind(
        self, row: Row, link: LinkClaim, end: str, made: list[NodeClaim], implied: list[NodeClaim]
    ) -> bool:
        declared = self._model.relationship(link.type)
        wanted = declared.end_kind
        if not wanted:
            return True
        new = next((claim for claim in made if claim.id == end), None)
        kind = new.properties.get("kind") if new is not None else self._kind(end)
        if kind is None:
            label = new.label if new is not None else self._label(end) or declared.ends[0]
            implied.append(NodeClaim(label, end, {"kind": wanted}))
        elif kind != wanted:
            row.problem(
                link.end.column,
                end,
                f"{link.type} ends at a {' or '.join(declared.ends)} of kind {wanted}, "
                f"but {shorten(end)!r} is of kind {shorten(kind)!r}; "
                "name another one, or another type of link",
                "error",
            )
            return False
        return True


def _ends(row: Row) -> list[End]:
    return [*row.mentions, *(end for link in row.links for end in (link.start, link.end))]


def _existing(link: LinkClaim) -> list[Existing]:
    return [end for end in (link.start, link.end) if isinstance(end, Existing)]
