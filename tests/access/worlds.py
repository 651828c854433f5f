"""A community planted from the model: every property of everything holds a token that says who may see it.

`World(store, patch)` writes it whole, with `MEMBERS` behind as if nothing that members may
not see had ever been: no such record, link, property, past change, list or watch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from cocommuns_graph.desk import Desk
from cocommuns_graph.model import MODEL, STEWARD, Property, Value, Visibility, level_name
from cocommuns_graph.model.claims import Existing, LinkClaim, NodeClaim, Revision, Row
from cocommuns_graph.store.door import Store
from tests.engines.stores import wipe

PUBLIC, STEWARDS = Visibility.PUBLIC, Visibility.STEWARDS
TOKEN = re.compile(r"zq(\d)\d{5}x", re.IGNORECASE)
UNDECLARED = "extra"
_COMMON = ("id", "visibility", "created_in", "sources", "key")


def token(name: str, level: Visibility) -> str:
    """A word that stands nowhere else, and says in its first digit who may see it."""
    number = _NUMBERS.setdefault((name, level), len(_NUMBERS))
    return f"zq{int(level)}{number:05d}x"


_NUMBERS: dict[tuple[str, Visibility], int] = {}


def record(label: str, level: Visibility, kind: str = "kept") -> str:
    """The id of the planted record of a label that somebody of that level may see."""
    seen_by = PUBLIC if kind == "limits" else level
    return f"{label.lower()}-{kind}-{level.word}-{token(f'{label} {kind} {level}', seen_by)}"


def named(label: str, level: Visibility) -> str:
    """What that record is called."""
    return f"{label} {level.word} {token(f'{label} name', level)}"


class World:
    """Writes one, with everything whose level is at most `upto`."""

    def __init__(self, store: Store, patch: pytest.MonkeyPatch, upto: Visibility = STEWARDS) -> None:
        self._store, self._upto, self._step = store, upto, 0
        self._steward = Desk(store, STEWARD, None)  # type: ignore[arg-type]
        for place, name, made in (
            ("store.door", "new_id", lambda when: f"unit-{self._step:03d}"),
            ("store.door", "now", self._now),
            ("store.beginning", "now", self._now),
            ("desk.kept", "new_id", lambda kind: f"{kind}-{self._step:03d}"),
            ("desk.parts.lists", "new_id", lambda kind: f"{kind}-{self._step:03d}"),
            ("desk.parts.watches", "new_id", lambda kind: f"{kind}-{self._step:03d}"),
            ("desk.parts.lists", "this_moment", self._now),
            ("desk.parts.watches", "this_moment", self._now),
        ):
            patch.setattr(f"cocommuns_graph.{place}.{name}", made)
        wipe(store)
        for level in Visibility:
            self._do(level, lambda level=level: self._records(level))
        for level in Visibility:
            self._do(level, lambda level=level: self._past(level))
        self._do(PUBLIC, self._corrections)
        for level in Visibility:
            self._do(level, lambda level=level: self._memory(level))

    def _now(self) -> str:
        return f"2026-11-{1 + self._step // 24:02d}T{self._step % 24:02d}:00:00.000000Z"

    def _do(self, level: Visibility, work: Callable[[], None]) -> None:
        """One step; those left out take their time all the same, so that two worlds have the same moments."""
        before = self._step
        if level <= self._upto:
            work()
        self._step = before + 20

    def _write(self, claims: Iterable[NodeClaim | LinkClaim], level: Visibility, **more: Any) -> None:
        self._step += 1
        path = f"{token(f'file {self._step}', level)}.csv"
        kept = list(claims)
        more = {"who": f"Writer {token('writer', level)}", "paths": [path], **more}
        self._store.write(
            lambda: [
                Row(
                    f"{path}:{line}",
                    path,
                    line,
                    [claim] if isinstance(claim, NodeClaim) else [],
                    [claim] if isinstance(claim, LinkClaim) else [],
                )
                for line, claim in enumerate(kept, 2)
            ],
            **more,
        )

    # -- records and links --------------------------------------------------------------------------

    def _records(self, level: Visibility) -> None:
        labels = MODEL.labels
        self._write((self._node(label, level) for label in labels), level)
        self._write((self._node(label, level, "gone") for label in labels), level)
        self._write(self._links(level), level)
        if level is PUBLIC:
            self._write(
                (self._limited(label, most) for label in labels for most in list(Visibility)[1:]), level
            )

    def _node(self, label: str, level: Visibility, kind: str = "kept") -> NodeClaim:
        declared = MODEL.node(label)
        values: dict[str, Value] = {"visibility": level.word}
        for one in declared.properties:
            if one.name not in _COMMON:
                values |= self._planted(label, one, max(level, one.visibility))
                if one.by_language:
                    values |= self._planted(label, one, max(level, one.visibility), "_fr")
        values |= self._undeclared(f"{label} {kind}", max(level, MODEL.undeclared))
        values[declared.caption] = named(label, level) if kind == "kept" else f"Gone {named(label, level)}"
        return NodeClaim(label, record(label, level, kind), values)

    def _limited(self, label: str, most: Visibility) -> NodeClaim:
        """A record for everybody that keeps each property it may for one level."""
        declared = MODEL.node(label)
        identifier = record(label, most, "limits")
        values: dict[str, Value] = {
            "visibility": PUBLIC.word,
            declared.caption: f"{label} {token(f'limits {label}', PUBLIC)}",
        }
        for one in declared.properties:
            level = max(most, one.visibility)
            if declared.may_limit(one.name) and level <= self._upto:
                values |= self._planted(f"{label} limits", one, level)
                values[level_name(one.name)] = level.word
        return NodeClaim(label, identifier, values)

    def _links(self, level: Visibility) -> Iterator[LinkClaim]:
        for type_ in MODEL.types:
            declared = MODEL.relationship(type_)
            for start in declared.starts:
                for end in declared.ends:
                    for ends in dict.fromkeys(((PUBLIC, level), (level, PUBLIC))):
                        first, last = record(start, ends[0]), record(end, ends[1])
                        if first != last:
                            yield self._link(type_, first, last, level)

    def _link(self, type_: str, start: str, end: str, level: Visibility) -> LinkClaim:
        values: dict[str, Value] = {}
        for one in MODEL.relationship(type_).properties:
            if one.name not in (*_COMMON, "until"):
                values |= self._planted(f"{start} {type_} {end}", one, max(level, one.visibility))
        values |= self._undeclared(type_, max(level, MODEL.undeclared))
        return LinkClaim(type_, Existing(start, "from"), Existing(end, "to"), values)

    def _planted(
        self, owner: str, declared: Property, level: Visibility, language: str = ""
    ) -> dict[str, Value]:
        if level > self._upto:
            return {}
        name = f"{declared.name}{language}"
        return {name: example(declared, token(f"{owner} {name}", level))}

    def _undeclared(self, owner: str, level: Visibility) -> dict[str, Value]:
        return {UNDECLARED: token(f"{owner} {UNDECLARED}", level)} if level <= self._upto else {}

    # -- what happened and what is kept --------------------------------------------------------------

    def _past(self, level: Visibility) -> None:
        changed = NodeClaim(
            "Organisation",
            record("Organisation", level),
            {"description": token("changed", level)},
            revision=Revision(new=False),
        )
        self._write([changed], level, who=f"Editor {token('editor', level)}", paths=[], action="edit")
        self._step += 1
        self._store.merge(
            record("Organisation", level), record("Organisation", level, "gone"), who=token("merger", level)
        )

    def _corrections(self) -> None:
        """To records for everybody that keep things back: of what they keep, and of what they do not."""
        for level in list(Visibility)[1:]:
            values = {"name": f"Corrected {token(f'corrected {level}', PUBLIC)}"}
            if level <= self._upto:
                values["description"] = token("kept back and changed", level)
            claim = NodeClaim(
                "Organisation", record("Organisation", level, "limits"), values, revision=Revision(new=False)
            )
            self._write([claim], PUBLIC, paths=[], action="edit")

    def _memory(self, level: Visibility) -> None:
        self._step += 1
        who = token("keeper", level)
        text = token("note on a list", level)
        made = self._steward.new_shortlist(token("list", level), note=text, visibility=level, who=who)
        for other in Visibility:
            if other <= self._upto:
                note = token(f"note {level}", max(level, other))
                self._steward.add_to_shortlist(made["id"], [record("Expert", other)], note=note, who=who)
        self._step += 1
        self._steward.watch(
            f"Topic {token('watched', level)}", name=token("watch", level), visibility=level, who=who
        )
        if level is PUBLIC:
            self._steward.set_licence("For everybody", who="Bo")


def example(declared: Property, word: str) -> Value:
    """A value that fits a property and holds the word, where it may hold any."""
    kind = declared.kind
    if declared.name == "kind" and "challenge" in kind.choices:
        return "challenge"
    for given in (
        f"{word} text",
        f"https://example.org/{word}",
        *kind.choices,
        "2016-05-04",
        "4",
        "BE",
        "fr",
        "0000-0002-1825-0097",
        "2026-01-01T00:00:00Z",
    ):
        try:
            if (value := kind.clean([given] if kind.many else given)) is not None:
                return value
        except Exception:
            continue
    raise AssertionError(f"{declared.name} takes no example: give one to `example`")
