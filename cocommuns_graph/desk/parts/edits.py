"""Corrections by hand: forms, one change at a time or a whole form, each first as a preview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from cocommuns_graph.desk import forms
from cocommuns_graph.desk.account import account
from cocommuns_graph.desk.edited import Edited, edited
from cocommuns_graph.desk.entering import Typed, clean, items, label_of, person, source_of, type_of
from cocommuns_graph.desk.links import Found, matching, one_of_them
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.model import MODEL, Node, Value, fold, id_from_name
from cocommuns_graph.model.claims import (
    End,
    Existing,
    LinkClaim,
    Mention,
    NodeClaim,
    Revision,
    Row,
    confirmed_by,
)
from cocommuns_graph.model.errors import InvalidValue, NotAllowed, NotFound
from cocommuns_graph.model.kinds import shorten

if TYPE_CHECKING:
    from cocommuns_graph.changes import Outcome

How = Literal["replace", "add", "remove"]
_LONGEST_ID = 500


class Edits(Base):
    """What people add and correct. `who` is the name under which it is written, else the system account's."""

    # -- forms ----------------------------------------------------------------------------------------

    def form(self, what: str) -> dict[str, Any]:
        """The form of a record, or of a new one where `what` is a label: `forms.record_form`'s shape.

        Raises:
            NotFound, Ambiguous: `what` is no label and no record, or several.
        """
        graph = self.graph()
        if what in MODEL.labels:
            return forms.record_form(graph, what, None, self.viewer, self.say)
        node = graph.nodes[self.resolve(what)]
        return forms.record_form(graph, node.label, node, self.viewer, self.say)

    def link_form(self, type_: str, link: Found | None = None) -> dict[str, Any]:
        """The form of a link of a type, with the values of one that is there: `forms.link_form`'s shape.

        Raises:
            NotFound: there is no such type, or no such link any more.
        """
        present = {} if link is None else self._present(link)
        return forms.link_form(type_of(type_), present, self.viewer, self.say)

    def link_choices(self, what: str) -> list[dict[str, Any]]:
        """The links that a record, or any record of a label, may have: `forms.link_choices`'s shape."""
        label = what if what in MODEL.labels else self.graph().nodes[self.resolve(what)].label
        return forms.link_choices(label, self.say)

    def links(self, identifier: str) -> list[dict[str, Any]]:
        """The links of a record, each by its identity and as a sentence: {"start", "type", "end", "key",
        "text"}."""
        from cocommuns_graph.desk.worded import link_sentence

        graph = self.graph()
        told = [
            {
                "start": link.start,
                "type": link.type,
                "end": link.end,
                "key": link.key,
                "text": link_sentence(
                    (graph.nodes[link.start].name, graph.nodes[link.end].name),
                    link.type,
                    link.properties,
                    self.say,
                ),
            }
            for link in graph.links_of.get(self.resolve(identifier), [])
        ]
        return sorted(told, key=lambda link: (MODEL.types.index(link["type"]), link["text"].casefold()))

    # -- records --------------------------------------------------------------------------------------

    def set(
        self,
        identifier: str,
        name: str,
        value: Typed,
        *,
        how: How = "replace",
        who: str | None = None,
        preview: bool = False,
    ) -> Edited:
        """Gives a record's property a value, adds items to its list or takes some out; empty takes it away.

        Raises:
            NotFound, Ambiguous: there is no such record, or several have the name.
            InvalidValue: there is no such property, or the value does not fit.
            NotAllowed: the viewer may not see the property.
        """
        if how == "replace":
            return self.edit(identifier, {name: value}, who=who, preview=preview)
        node = self._node(identifier)
        self._check_seen(node, [name])
        given = {name: items(MODEL.node(node.label), name, value, node.properties, self.viewer)}
        revision = Revision(new=False, added=given) if how == "add" else Revision(new=False, dropped=given)
        return self._write([NodeClaim(node.label, node.id, {}, revision=revision)], (), who, preview)

    def edit(
        self,
        identifier: str,
        values: Mapping[str, Typed],
        *,
        opened: Mapping[str, Value | None] | None = None,
        who: str | None = None,
        preview: bool = False,
    ) -> Edited:
        """Gives several properties of a record their values; an empty one is taken away.

        `opened` are stored values as the person saw them: a property that somebody else changed since is left
        as it is, with a warning that gives both values; the others are written.

        Raises:
            NotFound, Ambiguous, InvalidValue, NotAllowed: as for `set`.
        """
        node = self._node(identifier)
        self._check_seen(node, values)
        given, cleared = self._cleaned(MODEL.node(node.label), values, node.properties)
        revision = Revision(new=False, cleared=cleared, expected=opened or {})
        return self._write([NodeClaim(node.label, node.id, given, revision=revision)], (), who, preview)

    def create(
        self,
        label: str,
        values: Mapping[str, Typed],
        *,
        identifier: str | None = None,
        who: str | None = None,
        preview: bool = False,
    ) -> Edited:
        """Makes a new record; without an id it gets that of its label and name, by the contract's rule.

        Raises:
            InvalidValue: a value does not fit, or the id belongs to a record already.
        """
        declared = MODEL.node(label_of(label))
        given, _ = self._cleaned(declared, {declared.caption: "", **values}, {})
        name = str(given[declared.caption])
        if identifier is None:
            if not fold(name):
                raise InvalidValue(f"{shorten(name)!r} has no letter or digit to make an id of; give an id")
            made = id_from_name(declared.label, name)
        else:
            made = _new_id(identifier)
        row = self._row(
            [NodeClaim(declared.label, made, given, column="id", revision=Revision(new=True))], (), who
        )
        for other in self.graph().of_label(declared.label):
            if other.id != made and fold(other.name) == fold(name):
                reason = f"another {declared.singular.en} is called so: {other.id}"
                row.problem(declared.caption, name, reason, "note")
        return self._send(row, who, preview)

    def confirm(self, identifiers: Sequence[str], *, who: str | None = None, preview: bool = False) -> Edited:
        """Notes that somebody says that records are right as of today.

        Raises:
            NotFound, Ambiguous: as for `set`; then none is confirmed.
        """
        today = date.today().isoformat()
        nodes = [self._node(identifier) for identifier in dict.fromkeys(identifiers)]
        claims = [
            NodeClaim(node.label, node.id, {"confirmed_on": today}, revision=Revision(new=False))
            for node in {node.id: node for node in nodes}.values()
        ]
        row = Row(confirmed_by(person(who or account())), "", 0, claims)
        return self._send(row, who, preview, action="confirm")

    # -- links ----------------------------------------------------------------------------------------

    def link(
        self,
        start: str,
        type_: str,
        end: str,
        values: Mapping[str, Typed] | None = None,
        *,
        may_be_new: bool = False,
        who: str | None = None,
        preview: bool = False,
    ) -> Edited:
        """Links two records; a link that is there already gets the values given.

        With `may_be_new` an end that no record has as id or name becomes a new record of that name, where
        the type leads to topics or organisations.

        Raises:
            NotFound, Ambiguous: there is no such type, or no record of a label that it may join, or several.
            InvalidValue, NotAllowed: as for `set`.
        """
        declared = MODEL.relationship(type_of(type_))
        first = self._end(start, declared.starts, may_be_new)
        last = self._end(end, declared.ends, may_be_new)
        given, cleared = self._cleaned(declared, values or {}, {})
        claim = LinkClaim(declared.type, first, last, given, Revision(cleared=cleared))
        return self._write((), [claim], who, preview)

    def edit_link(
        self,
        link: Found,
        values: Mapping[str, Typed],
        *,
        opened: Mapping[str, Value | None] | None = None,
        who: str | None = None,
        preview: bool = False,
    ) -> Edited:
        """Gives the properties of a link new values; another key value makes it another link in its place.

        Raises:
            NotFound: there is no such link any more.
            InvalidValue, NotAllowed: as for `set`.
        """
        declared = MODEL.relationship(link.type)
        present = self._present(link)
        given, cleared = self._cleaned(declared, values, present)
        ends = Existing(link.start, "from"), Existing(link.end, "to")
        if all(
            given.get(name, None if name in cleared else present.get(name)) == present.get(name)
            for name in declared.keys
        ):
            given = {name: value for name, value in given.items() if name not in declared.keys}
            cleared = [name for name in cleared if name not in declared.keys]
            revision = Revision(new=False, cleared=cleared, expected=opened or {}, key=link.key)
            return self._write((), [LinkClaim(link.type, *ends, given, revision)], who, preview)
        kept = {
            name: value
            for name, value in present.items()
            if name not in cleared and name not in ("key", "sources", "created_in")
        }
        claims = [
            LinkClaim(link.type, *ends, {}, Revision(removed=True, key=link.key)),
            LinkClaim(link.type, *ends, {**kept, **given}, Revision(new=True)),
        ]
        return self._write((), claims, who, preview)

    def unlink(
        self,
        start: str,
        type_: str,
        end: str,
        keys: Mapping[str, Typed] | None = None,
        *,
        who: str | None = None,
        preview: bool = False,
    ) -> Edited:
        """Takes out the link of a type from one record to another, that with these key values if given.

        Raises:
            NotFound: there is no such link, record or type.
            Ambiguous: several links fit; the text lists them by their key values.
            InvalidValue: a key value does not fit.
        """
        declared = MODEL.relationship(type_of(type_))
        for name in keys or {}:
            if name not in declared.keys:
                known = f"told apart by {', '.join(declared.keys)}" if declared.keys else "one between two"
                raise InvalidValue(f"{name} tells no two links of {declared.type} apart; they are {known}")
        given, cleared = self._cleaned(declared, keys or {}, {})
        graph = self.graph()
        first = self.resolve(start, declared.starts)
        last = self.resolve(end, declared.ends)
        wanted: dict[str, Value | None] = {**given, **dict.fromkeys(cleared)}
        found = one_of_them(graph, declared, first, last, matching(graph, declared, first, last, wanted))
        return self.remove_link(found, who=who, preview=preview)

    def remove_link(self, link: Found, *, who: str | None = None, preview: bool = False) -> Edited:
        """Takes out one link.

        Raises:
            NotFound: there is no such link any more.
        """
        self._present(link)
        claim = LinkClaim(
            link.type,
            Existing(link.start, "from"),
            Existing(link.end, "to"),
            {},
            Revision(removed=True, key=link.key),
        )
        return self._write((), [claim], who, preview)

    # -- how it is written ----------------------------------------------------------------------------

    def _node(self, text: str) -> Node:
        return self.graph().nodes[self.resolve(text)]

    def _check_seen(self, node: Node, names: Iterable[str]) -> None:
        """Makes sure that nobody writes over what they may not see.

        Raises:
            NotAllowed: the record keeps one of these properties from this viewer.
        """
        self._check_may_write()
        limited = self.graph().limited.get(node.id, frozenset())
        for name in names:
            if name in limited:
                raise NotAllowed(f"{name} of {shorten(node.id)!r} is not for you to see; ask a steward")

    def _present(self, link: Found) -> Mapping[str, Value]:
        for known in self.graph().links_of.get(link.start, []):
            if known.identity == (link.start, link.type, link.end, link.key):
                return known.properties
        raise NotFound("there is no such link any more; look again")

    def _end(self, text: str, labels: Sequence[str], may_be_new: bool) -> End:
        try:
            return Existing(self.resolve(text, labels), "")
        except NotFound:
            new = [label for label in labels if label in ("Topic", "Organisation")]
            if not (may_be_new and new) or text.strip() in self.graph().nodes:
                raise
            declared = MODEL.node(new[0])
            name = clean(declared, declared.caption, text, {}, self.viewer)
            return Mention(new[0], str(name), optional=False)

    def _cleaned(
        self, declared: Any, values: Mapping[str, Typed], present: Mapping[str, Value]
    ) -> tuple[dict[str, Value], list[str]]:
        """The values to set, and the properties to take away."""
        found = {name: clean(declared, name, typed, present, self.viewer) for name, typed in values.items()}
        given = {name: value for name, value in found.items() if value is not None}
        return given, [name for name, value in found.items() if value is None]

    def _row(self, nodes: Sequence[NodeClaim], links: Sequence[LinkClaim], who: str | None) -> Row:
        return Row(source_of(who or account()), "", 0, nodes, links)

    def _write(
        self, nodes: Sequence[NodeClaim], links: Sequence[LinkClaim], who: str | None, preview: bool
    ) -> Edited:
        return self._send(self._row(nodes, links, who), who, preview)

    def _send(self, row: Row, who: str | None, preview: bool, action: str = "edit") -> Edited:
        """Writes one row as an import would, or says what that would do; refuses it whole if any of it is."""
        self._check_may_write()
        graph = self.graph()
        by = person(who or account())

        def rows() -> Iterator[Row]:
            yield Row(row.source, "", 0, row.nodes, row.links, list(row.problems))

        def refuse(outcome: Outcome) -> None:
            if outcome.rejected:
                raise InvalidValue(outcome.rejected[0][2])

        outcome = self.store.write(rows, who=by, action=action, preview=preview, before_commit=refuse)
        self._look_again()
        return edited(outcome, by, graph, self.say)


def _new_id(text: str) -> str:
    """An id somebody gives to a new record.

    Raises:
        InvalidValue: it is empty or too long, or would not be one line.
    """
    cleaned = " ".join(text.split())
    if not cleaned or not cleaned.isprintable() or len(cleaned) > _LONGEST_ID:
        raise InvalidValue(
            f"{shorten(text)!r} is no id; accepted: one line of up to {_LONGEST_ID} characters"
        )
    return cleaned
