"""From the cells of a row to the nodes and links it claims; made once per file, run once per row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from cocommuns_graph.formats import contacts
from cocommuns_graph.formats.cells import (
    LONGEST_ID,
    Cells,
    Clean,
    ContactInText,
    Get,
    folded_word,
    guarded,
)
from cocommuns_graph.formats.properties import CONTACT_PLACE, Properties, guarded_line
from cocommuns_graph.model import Value, fold, id_from_name, with_namespace
from cocommuns_graph.model.claims import End, Existing, LinkClaim, Mention, NodeClaim, Row
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import LINE

_MENTIONS_KEPT = 50_000


@dataclass(frozen=True)
class Identifier:
    """Where a node's id comes from: `get` gives its text, None where it always comes from the name."""

    column: str
    get: Get | None
    fold: bool
    derive: bool
    namespace: str


class NodePlan:
    """One node a row claims."""

    def forget(self) -> None:
        """Starts anew, so that what is said once per file is said again."""
        self.properties.forget()

    def __init__(
        self, name: str, label: str, caption: str, required: bool, id_: Identifier, properties: Properties
    ):
        self.name = name
        self.label = label
        self.caption = caption
        self.properties = properties
        self.caption_column = properties.column_of(caption)
        self.tells_left = False
        self._required = required
        self._id = id_

    def column_of(self, label: str, name: str) -> str:
        """The column that gives a property of a node of that label; empty if none does."""
        return self.properties.column_of(name) if label == self.label else ""

    def claim(self, cells: Cells, row: Row) -> NodeClaim | None:
        """The node of a row; None where it has none or an error of the row says why."""
        id_ = self._id
        text = id_.get(cells) if id_.get is not None else ""
        given = text if isinstance(text, str) else "".join(text)
        if given:
            try:
                given = self._checked(given)
            except InvalidValue as error:
                row.problem(id_.column, given, f"id: {error}", "error")
                return None
        if not given and not self._required and not self._has_name(cells):
            self._tell_left(cells, row)
            return None
        properties = self.properties.claim(cells, row)
        name = properties.get(self.caption)
        if name is None:
            column = self.caption_column
            reason = f"{self.caption} is empty or cannot be used, and every {self.label} needs one"
            row.problem(column, cells.get(column, ""), reason, "error")
            return None
        if given:
            return NodeClaim(self.label, with_namespace(given, id_.namespace), properties, False, id_.column)
        if id_.get is not None and not id_.derive:
            row.problem(id_.column, "", "the id is empty; give the row one", "error")
            return None
        if not fold(str(name)):
            reason = f"no id can be made of the {self.caption} {str(name)!r}; add an id column"
            row.problem(self.caption_column, name, reason, "error")
            return None
        derived = id_from_name(self.label, str(name), id_.namespace)
        if len(derived) > LONGEST_ID:
            reason = f"the {self.caption} is too long to make an id of; add an id column"
            row.problem(self.caption_column, name, reason, "error")
            return None
        return NodeClaim(self.label, derived, properties, True, self.caption_column)

    def _tell_left(self, cells: Cells, row: Row) -> None:
        """Warns of what a row says of somebody it does not name."""
        for name in ("contact", "role") if self.tells_left else ():
            if text := self.properties.text_of(name, cells):
                reason = "the row names nobody whose this is, so it was left out"
                row.problem(self.properties.column_of(name), text, reason, "warning")

    def _has_name(self, cells: Cells) -> bool:
        return bool(self.properties.text_of(self.caption, cells))

    def _checked(self, given: str) -> str:
        return checked_id(fold(given) if self._id.fold else given)


class ChosenNodePlan:
    """One node a row claims, its label said by the word in a cell; `usual` where the word says none."""

    def __init__(self, usual: NodePlan, column: str, by_word: Mapping[str, NodePlan]) -> None:
        self.name = usual.name
        self.caption_column = usual.caption_column
        self.tells_left = False
        self._usual = usual
        self._column = column
        self._by_word = by_word

    def forget(self) -> None:
        """Starts anew, so that what is said once per file is said again."""
        for plan in {id(plan): plan for plan in (self._usual, *self._by_word.values())}.values():
            plan.forget()

    def claim(self, cells: Cells, row: Row) -> NodeClaim | None:
        """The node of a row; None where it has none or an error of the row says why."""
        word = folded_word(cells[self._column])
        return self._by_word.get(word, self._usual).claim(cells, row)

    def column_of(self, label: str, name: str) -> str:
        """The column that gives a property of a node of that label; empty if none does."""
        plans = (self._usual, *self._by_word.values())
        return next(filter(None, (plan.column_of(label, name) for plan in plans)), "")


AnyNodePlan = NodePlan | ChosenNodePlan


def checked_id(text: str) -> str:
    """An id as it is stored, empty where there is nothing in the text.

    Raises:
        InvalidValue: it is too long, or an e-mail address, which as an id everybody would see.
    """
    if len(text) > LONGEST_ID:
        raise InvalidValue(f"an id of {len(text):,} characters is not accepted; accepted: up to {LONGEST_ID}")
    clean = (
        text.strip()
        if text.isascii() and text.isprintable() and "  " not in text
        else str(LINE.clean(text) or "")
    )
    if "@" in clean and contacts.is_email(clean):
        raise InvalidValue("an e-mail address as id would be seen by everybody; use another id")
    return clean


Targets = Sequence[End]
Nodes = Mapping[str, NodeClaim | None]


class NodeEnd:
    """An end that is a node of the same row."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.column = ""

    def targets(self, cells: Cells, nodes: Nodes, row: Row) -> Targets:
        """The node, if the row has it."""
        node = nodes.get(self.name)
        return (Existing(node.id, node.column),) if node is not None else ()


class IdEnd:
    """An end given by an id, or by several in one cell; of one that nothing has, `made` becomes the node."""

    def __init__(self, column: str, get: Get, namespace: str, optional: bool, made: str = "") -> None:
        self.column = column
        self._get = get
        self._namespace = namespace
        self._optional = optional
        self._made = made

    def targets(self, cells: Cells, nodes: Nodes, row: Row) -> Targets:
        """What the ids of the cell stand for."""
        text = self._get(cells)
        found: list[End] = []
        for item in (text,) if isinstance(text, str) else text:
            try:
                clean = checked_id(item)
            except InvalidValue as error:
                row.problem(self.column, item, f"id: {error}", "warning")
                continue
            if clean:
                identifier = with_namespace(clean, self._namespace)
                name = clean if self._made else ""
                found.append(Existing(identifier, self.column, self._optional, self._made, name))
        return found


class MentionEnd:
    """An end given by the name of a topic or organisation, or by several names in one cell."""

    def __init__(
        self,
        label: str,
        column: str,
        get: Get,
        clean: Clean,
        namespace: str,
        optional: bool,
        properties: Mapping[str, Value],
        told: bool = False,
    ) -> None:
        self.label = label
        self.column = column
        self._get = get
        self._clean = clean
        self._guarded = guarded(clean)
        self._namespace = namespace
        self._optional = optional
        self._properties = properties
        self._told = told
        self._known: dict[str, Mention] = {}

    def targets(self, cells: Cells, nodes: Nodes, row: Row) -> Targets:
        """What the names of the cell stand for; a name that is no name is left out with a warning."""
        text = self._get(cells)
        found: list[End] = []
        known = self._known
        for item in (text,) if isinstance(text, str) else text:
            mention = known.get(item) or self._mention(item, nodes, row)
            if mention is not None:
                found.append(mention)
        return found

    def _mention(self, item: str, nodes: Nodes, row: Row) -> Mention | None:
        if not item.strip():
            return None
        try:
            name = str(self._guarded(item) or "")
        except ContactInText:
            return self._suspected(item, nodes, row)
        except InvalidValue as error:
            row.problem(self.column, item, str(error), "warning")
            return None
        return self._made(item, name, row)

    def _made(self, item: str, name: str, row: Row) -> Mention | None:
        if not fold(name) or len(name) > LONGEST_ID - 50:
            row.problem(self.column, item, f"is not a name a {self.label} can have", "warning")
            return None
        mention = Mention(
            self.label, name, self._namespace, self.column, self._optional, self._properties, self._told
        )
        if len(self._known) < _MENTIONS_KEPT:
            self._known[item] = mention
        return mention

    def _suspected(self, item: str, nodes: Nodes, row: Row) -> Mention | None:
        found = contacts.find(item, self.column)
        if not found.contacts:
            return self._made(item, str(self._clean(item) or ""), row)
        expert = next((node for node in nodes.values() if node is not None and node.label == "Expert"), None)
        if expert is not None:
            known = expert.properties.get("contact")
            before = known if isinstance(known, list) else []
            expert.properties["contact"] = list(dict.fromkeys([*before, *found.contacts]))
            row.problem(self.column, "", "an e-mail address or telephone number was put into contact", "note")
        else:
            reason = f"looks like an e-mail address or telephone number; {CONTACT_PLACE}"
            row.problem(self.column, item, reason, "warning")
        return self._made(found.rest, str(self._clean(found.rest) or ""), row) if found.rest else None


LinkEnd = NodeEnd | IdEnd | MentionEnd


class MentionPlan:
    """Records that a row claims to exist by their names, where it lacks the node `unless`."""

    def __init__(self, names: MentionEnd, unless: str, properties: Properties) -> None:
        self._names = names
        self._unless = unless
        self._properties = properties

    def claim(self, cells: Cells, nodes: Nodes, row: Row) -> list[Mention]:
        """The names in the cells of a row, each with what it is given where it is new."""
        if nodes.get(self._unless) is not None:
            return []
        named = [end for end in self._names.targets(cells, nodes, row) if isinstance(end, Mention)]
        properties = self._properties.claim(cells, row) if len(named) == 1 else {}
        return [replace(mention, properties=properties) for mention in named]


@dataclass(frozen=True)
class TypeColumn:
    """The column that says what type a link has, and what becomes of text that is no type."""

    column: str
    types: frozenset[str]
    default: str
    else_property: str
    no_type: frozenset[str] = frozenset()


class LinkPlan:
    """The links a row claims between each of its starts and each of its ends."""

    def __init__(
        self,
        start: LinkEnd,
        end: LinkEnd,
        type_: str,
        type_column: TypeColumn | None,
        required: bool,
        properties: Mapping[str, Properties],
        unless: str = "",
    ) -> None:
        self._unless = unless
        self._start = start
        self._end = end
        self._type = type_
        self._type_column = type_column
        self._required = required
        self._properties = properties

    def column_of(self, type_: str, name: str) -> str:
        """The column that gives a property of a link of that type; empty if none does."""
        plan = self._properties.get(type_)
        return plan.column_of(name) if plan is not None else ""

    def claim(self, cells: Cells, nodes: Nodes, row: Row) -> list[LinkClaim]:
        """The links of a row; none where an end is missing, which is an error if the row needs the link."""
        if self._unless and nodes.get(self._unless) is not None:
            return []
        starts = self._start.targets(cells, nodes, row)
        ends = self._end.targets(cells, nodes, row)
        if not starts or not ends:
            if self._required and not row.rejected:
                column = self._end.column if starts else self._start.column
                cell = cells.get(column, "")
                row.problem(column, cell, "an end of the link is empty or cannot be used", "error")
            return []
        type_, else_text = self._type, ""
        if self._type_column is not None:
            type_, else_text = self._typed(self._type_column, cells, row)
            if not type_:
                return []
        plan = self._properties[type_]
        claims = []
        for start, end in product(starts, ends):
            if self._is_itself(start, end, nodes):
                continue
            properties = plan.claim(cells, row)
            if else_text and self._type_column is not None:
                properties.setdefault(self._type_column.else_property, else_text)
            claims.append(LinkClaim(type_, start, end, properties))
        return claims

    def _typed(self, column: TypeColumn, cells: Cells, row: Row) -> tuple[str, str]:
        text = cells[column.column].strip()
        if text in column.types:
            return text, ""
        if column.default and (not text or folded_word(text) in column.no_type):
            return column.default, ""
        if column.else_property:
            try:
                kind = str(guarded_line(text) or "")
            except InvalidValue as error:
                row.problem(column.column, text, str(error), "warning")
                kind = ""
            return column.default, kind
        accepted = ", ".join(sorted(column.types))
        reason = f"{text!r} is no relationship type; accepted: {accepted}" if text else "the type is empty"
        row.problem(column.column, text, reason, "error")
        return "", ""

    def _is_itself(self, start: End, end: End, nodes: Nodes) -> bool:
        """Whether a name in a cell is that of the row's own node, which then would be linked to itself."""
        for given, name in ((start, end), (end, start)):
            if isinstance(given, Existing) and isinstance(name, Mention):
                for node in nodes.values():
                    if node is not None and node.id == given.id and node.label == name.label:
                        own = node.properties.get("name") or node.properties.get("label")
                        return fold(str(own)) == fold(name.name)
        return False
