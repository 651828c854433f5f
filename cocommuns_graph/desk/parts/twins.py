"""Duplicates: records that may be one, side by side; merged, or remembered as two."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from cocommuns_graph.desk.account import account
from cocommuns_graph.desk.edited import Edited, edited
from cocommuns_graph.desk.entering import label_of, person, source_of
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.desk.worded import property_word, value_words
from cocommuns_graph.model import MODEL, Node, Value, Visibility
from cocommuns_graph.model.claims import NodeClaim, Revision, Row
from cocommuns_graph.model.errors import InvalidValue, NotAllowed, NotFound
from cocommuns_graph.model.kinds import shorten

if TYPE_CHECKING:
    from cocommuns_graph.changes.merging import Side
    from cocommuns_graph.duplicates import Likely

Wins = Literal["a", "b"]
DIFFERENT = "different"
_HIDDEN = ("id", "sources", "created_in")


class Twins(Base):
    """What may be one record and what was decided. `who` is the name under which it is written."""

    def duplicates(
        self,
        kinds: Sequence[str] = (),
        *,
        threshold: float | None = None,
        limit: int | None = None,
        decided: bool = False,
    ) -> list[dict[str, Any]]:
        """Pairs of records that may be one, the likeliest first, from what this viewer may see.

        `kinds` are kinds of record, all if none; `threshold` the least score from 0 to 1; with `decided` the
        pairs that were decided to be two come along.

        Returns:
            [{"a" (the fuller record's id), "b", "type", "word", "names": [of a, of b], "score", "reasons":
            [{"kind", "text", "against"}], "decision" (None or "different")}].

        Raises:
            InvalidValue: there is no such kind, or the threshold is not between 0 and 1.
        """
        from cocommuns_graph.duplicates import THRESHOLD

        labels = [label_of(kind) for kind in kinds] or list(MODEL.labels)
        least = THRESHOLD if threshold is None else threshold
        if not 0 < least <= 1:
            raise InvalidValue(f"a threshold is more than 0 and at most 1, not {least}")
        different = self._different()
        found = []
        for pair in self._likely(tuple(dict.fromkeys(labels)), least):
            decision = DIFFERENT if frozenset((pair.a, pair.b)) in different else None
            if decided or decision is None:
                found.append(self._pair_told(pair, decision))
            if len(found) == limit:
                break
        return found

    def _likely(self, labels: tuple[str, ...], least: float) -> list[Likely]:
        from cocommuns_graph.duplicates import likely

        return self._made(("likely", labels, least), lambda graph: likely(graph, labels, threshold=least))

    def _pair_told(self, pair: Likely, decision: str | None) -> dict[str, Any]:
        from cocommuns_graph.duplicates import told

        graph = self.graph()
        return {
            "a": pair.a,
            "b": pair.b,
            "type": pair.label,
            "word": self.say.words(MODEL.node(pair.label).singular),
            "names": [graph.nodes[one].name for one in (pair.a, pair.b)],
            "score": pair.score,
            "reasons": told(pair.reasons, pair.label, self.say),
            "decision": decision,
        }

    def side_by_side(self, a: str, b: str) -> dict[str, Any]:
        """Two records field by field, and what merging the second into the first would make of each.

        Returns:
            {"a", "b" (ids), "type", "names", "links": [how many of a, of b], "fields": [{"name", "word", "a",
            "b", "merged" (values in words), "wins" ("a", "b", "both" or "same"), "may_choose"}]}.

        Raises:
            NotFound, Ambiguous, InvalidValue: one of them is no record, or they are of two kinds.
        """
        from cocommuns_graph.changes.merging import merged_values

        one, other = self._two(a, b)
        graph = self.graph()
        merged = merged_values(MODEL.node(one.label), one, other)
        known = [declared.name for declared in MODEL.node(one.label).properties]
        names = sorted({*one.properties, *other.properties, *merged} - set(_HIDDEN), key=_in_model(known))
        return {
            "a": one.id,
            "b": other.id,
            "type": one.label,
            "names": [one.name, other.name],
            "links": [len(graph.links_of.get(node.id, ())) for node in (one, other)],
            "fields": [self._field(name, one, other, merged.get(name)) for name in names],
        }

    def _field(self, name: str, one: Node, other: Node, merged: Value | None) -> dict[str, Any]:
        values = [node.properties.get(name) for node in (one, other)]
        a, b, both = (value_words(one.label, name, value, self.say) for value in (*values, merged))
        wins = "same" if a == b else "a" if both == a else "b" if both == b else "both"
        is_list = any(isinstance(value, list) for value in values)
        return {
            "name": name,
            "word": property_word(one.label, name, self.say),
            "a": a,
            "b": b,
            "merged": both,
            "wins": wins,
            "may_choose": a != b and None not in values and not is_list,
        }

    # -- deciding -------------------------------------------------------------------------------------

    def merge(
        self,
        a: str,
        b: str,
        *,
        wins: Mapping[str, Wins] | None = None,
        who: str | None = None,
        preview: bool = False,
    ) -> Edited:
        """Makes the second record part of the first, with every link, value and source of both.

        `wins` says of properties whose value is kept; without, the fuller one. Later imports that name the
        second id mean the first. The unit in the report can be undone.

        Raises:
            NotFound, Ambiguous, InvalidValue: one of them is no record, they are of two kinds, or neither has
                a property of `wins`.
            NotAllowed: the viewer does not see all of both.
        """
        if self.viewer.level < Visibility.STEWARDS:
            raise NotAllowed("only stewards merge records, since only they see all of both")
        one, other = self._two(a, b)
        chosen: dict[str, Side] = {}
        for name, side in (wins or {}).items():
            if name in _HIDDEN or (name not in one.properties and name not in other.properties):
                raise InvalidValue(f"neither record has {shorten(name)!r}")
            chosen[name] = "gone" if side == "b" else "kept"
        by = person(who or account())
        graph = self.graph()
        outcome = self.store.merge(one.id, other.id, chosen=chosen, who=by, preview=preview)
        self._look_again()
        return edited(outcome, by, graph, self.say)

    def not_duplicate(self, a: str, b: str, *, who: str | None = None) -> dict[str, Any]:
        """Remembers that two records are not the same, also after later imports; {"a", "b", "decision"}.

        Raises:
            NotFound, Ambiguous, InvalidValue: one of them is no record, or they are of two kinds.
        """
        one, other = self._two(a, b)
        if frozenset((one.id, other.id)) not in self._different():
            values: dict[str, Value] = {"a": one.id, "b": other.id, "decision": DIFFERENT}
            self._decide(_decision_id(one.id, other.id), values, who)
        return {"a": one.id, "b": other.id, "decision": DIFFERENT}

    def maybe_duplicate(self, a: str, b: str, *, who: str | None = None) -> dict[str, Any]:
        """Takes back that two records are not the same; {"a", "b", "decision": None}.

        Raises:
            NotFound: that was not decided of them, or one of them is no record.
        """
        one, other = self._two(a, b)
        decision = self._different().get(frozenset((one.id, other.id)))
        if decision is None:
            raise NotFound(f"nobody decided that {shorten(one.id)!r} and {shorten(other.id)!r} are two")
        self._decide(str(decision["id"]), {}, who, Revision(new=False, removed=True))
        return {"a": one.id, "b": other.id, "decision": None}

    def decided(self) -> list[dict[str, Any]]:
        """What was decided of pairs whose records this viewer sees, newest first.

        Returns:
            [{"a", "b", "names", "decision" ("different" or "merged"), "who", "when", "unit" (of a merge that
            holds: what to undo)}]; of a merge `b` is the id that went.
        """
        graph = self.graph()
        merged = self._merged()
        found = []
        for decision in reversed(self._decisions()):
            a, b = str(decision["a"]), str(decision["b"])
            is_merge = decision["decision"] == "merged"
            holds = merged.get(b) == a if is_merge else b in graph.nodes
            if a in graph.nodes and holds:
                found.append(
                    {
                        "a": a,
                        "b": b,
                        "names": [graph.nodes[a].name, graph.nodes[b].name if b in graph.nodes else b],
                        "decision": decision["decision"],
                        "who": str(decision.get("who") or ""),
                        "when": str(decision.get("when") or ""),
                        "unit": str(decision.get("unit") or ""),
                    }
                )
        return found

    # -- how it is kept -------------------------------------------------------------------------------

    def _two(self, a: str, b: str) -> tuple[Node, Node]:
        graph = self.graph()
        one, other = graph.nodes[self.resolve(a)], graph.nodes[self.resolve(b)]
        if one.id == other.id:
            raise InvalidValue(f"{shorten(a)!r} and {shorten(b)!r} are one record already")
        if one.label != other.label:
            raise InvalidValue(
                f"{shorten(one.id)!r} is of type {one.label}, {shorten(other.id)!r} of type {other.label}; "
                "name two records of one type"
            )
        return one, other

    def _decide(
        self, identifier: str, values: dict[str, Value], who: str | None, revision: Revision | None = None
    ) -> None:
        self._check_may_write()
        by = person(who or account())
        if values:
            values = {**values, "who": by, "when": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        claim = NodeClaim("Decision", identifier, values, revision=revision or Revision())
        row = Row(source_of(by), "", 0, [claim])

        def rows() -> Iterator[Row]:
            yield Row(row.source, "", 0, row.nodes)

        self.store.write(rows, who=by, memory=True)
        self._remembered_stamp = None

    def _decisions(self) -> list[dict[str, Any]]:
        """Every decision, read again after one was made or the inventory changed."""
        with self._memory.lock:
            self.graph()
            key = ("decisions", self.store.remembered_stamp())
            return self._memory.kept(key, self.store.decisions)

    def _different(self) -> dict[frozenset[str], dict[str, Any]]:
        """The pairs that were decided to be two, also where one was merged into a third since."""
        merged = self._merged()
        return {
            frozenset(merged.get(str(decision[side]), str(decision[side])) for side in ("a", "b")): decision
            for decision in self._decisions()
            if decision["decision"] == DIFFERENT
        }


def _decision_id(one: str, other: str) -> str:
    pair = "\n".join(sorted((one, other)))
    return f"different-{hashlib.sha256(pair.encode()).hexdigest()[:24]}"


def _in_model(known: Sequence[str]) -> Any:
    places = {name: place for place, name in enumerate(known)}

    def key(name: str) -> tuple[int, str]:
        return places.get(name, places.get(name.split("_")[0], len(places))), name

    return key
