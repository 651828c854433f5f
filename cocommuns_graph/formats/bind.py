"""A kind of file meets one table: its columns are found once, then every row becomes the claims it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

from cocommuns_graph.formats.cells import (
    Clean,
    cleaner,
    columns_of,
    folded_word,
    getter,
    guarded,
)
from cocommuns_graph.formats.citing import citer
from cocommuns_graph.formats.claiming import (
    AnyNodePlan,
    ChosenNodePlan,
    IdEnd,
    Identifier,
    LinkEnd,
    LinkPlan,
    MentionEnd,
    MentionPlan,
    NodeEnd,
    NodePlan,
    TypeColumn,
)
from cocommuns_graph.formats.contacts import is_contact_column
from cocommuns_graph.formats.declare import EndSpec, FileSpec, LinkSpec, NodeSpec, ValueSpec
from cocommuns_graph.formats.exported import handed_on, is_export, undeclared_columns
from cocommuns_graph.formats.naming import Declared, undeclared_names
from cocommuns_graph.formats.properties import Properties, Step
from cocommuns_graph.formats.steps import declared_step, exported_step, undeclared_step
from cocommuns_graph.formats.survey import SourceTable, Survey, survey
from cocommuns_graph.formats.values import ANY_LANGUAGE
from cocommuns_graph.model import Model, NodeType, RelationshipType, Value
from cocommuns_graph.model.claims import NodeClaim, Row
from cocommuns_graph.model.kinds import LINE, PROSE

_LONGEST_BLANK = 30
_REMEMBERED = 1 << 13
_Plans = tuple[list[AnyNodePlan], list[LinkPlan], list[MentionPlan]]


class BoundFile:
    """A table read as one kind of file: `rows` are its claims, as often as they are asked for.

    `path` is how the file is called in problems; ids get `namespace:` before them; `label` replaces the label
    of the nodes that let it be chosen. `alone` says that no table of nodes lies beside a table of ties.
    `notes` are sentences about the columns.
    """

    def __init__(
        self,
        spec: FileSpec,
        table: SourceTable,
        model: Model,
        *,
        path: str = "",
        namespace: str = "",
        label: str = "",
        alone: bool = False,
    ) -> None:
        self.spec = spec
        self.table = table
        self.path = path or table.name
        self.namespace = namespace
        self.notes: list[str] = []
        self._model = model
        self._label = label
        self._alone = alone
        self._headers = spec.headers_of(table.columns)
        meta = getattr(table, "meta", {})
        self.is_export = is_export(meta)
        self._exported = undeclared_columns(meta)
        self._sources = ""
        self._used: set[str] = set()
        self._plans: _Plans | None = None
        self._find_used()

    def rows(self) -> Iterator[Row]:
        """The claims of every row, those that cannot be used rejected with the reason."""
        if self._plans is None:
            self._plans = self._compile()
        nodes, links, mentions = self._plans
        for plan in nodes:
            plan.forget()
        prefix = f"{self.table.name}:"
        only = nodes[0] if len(nodes) == 1 and not links and not mentions else None
        cite = citer(self.spec.citation, self._headers)
        for raw in self.table.rows():
            source = f"{prefix}{raw.line}"
            cells = self._filled(raw.cells) if self.spec.blank else raw.cells
            row = Row(cite(source, cells) if cite else source, self.path, raw.line)
            if self._sources:
                row.sources = handed_on(cells[self._sources])
            if raw.problem:
                row.problem("", "", raw.problem, "error")
                yield row
                continue
            if raw.note:
                row.problem("", "", raw.note, "note")
            if only is not None:
                node = only.claim(cells, row)
                if node is not None and not row.rejected:
                    row.nodes = (node,)
                yield row
                continue
            found = {plan.name: plan.claim(cells, row) for plan in nodes}
            if not row.rejected:
                claims = [claim for link in links for claim in link.claim(cells, found, row)]
                named = [mention for each in mentions for mention in each.claim(cells, found, row)]
                if mentions and not row.rejected:
                    self._tell_unnamed(cells, found, row, bool(named))
                if not row.rejected:
                    row.nodes = [node for node in found.values() if node is not None]
                    row.links = claims
                    row.mentions = named
            yield row

    def column_of(self, type_: str, name: str) -> str:
        """The column that gives a property of a label or relationship type; empty if none does."""
        if self._plans is None:
            self._plans = self._compile()
        nodes, links, _ = self._plans
        return next(filter(None, (plan.column_of(type_, name) for plan in (*nodes, *links))), "")

    def _filled(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells of a row without those that say nothing, such as a dash."""
        says_nothing = self._says_nothing
        return {
            column: "" if cell and len(cell) <= _LONGEST_BLANK and says_nothing(cell) else cell
            for column, cell in cells.items()
        }

    @cached_property
    def _says_nothing(self) -> Callable[[str], bool]:
        blank = self.spec.blank
        return lru_cache(_REMEMBERED)(lambda cell: folded_word(cell) in blank)

    def _tell_unnamed(
        self, cells: Mapping[str, str], found: Mapping[str, NodeClaim | None], row: Row, named: bool
    ) -> None:
        """Rejects a row that names nothing; says what is left out of one that has no node of its own."""
        if any(node is not None for node in found.values()):
            return
        node = self.spec.nodes[0]
        label, column = self._label_of(node), self._caption_column
        if not named:
            caption = self._model.node(label).caption
            row.problem(column, "", f"{caption} is empty, and every {label} needs one", "error")
            return
        left = [name for name, cell in cells.items() if cell.strip() and name not in self._said_by_mentions]
        besides = " and ".join(dict.fromkeys(each.label.lower() for each in self.spec.mentions))
        reason = f"the row names no {label.lower()}, so only the {besides} it names was taken"
        if left:
            row.problem(column, "", f"{reason}; left out: {', '.join(left)}", "warning")
        else:
            row.problem(column, "", reason, "note")

    def _label_of(self, node: NodeSpec) -> str:
        return self._label if self._label in node.labels else node.label

    def _find(self, name: str) -> str | None:
        return self._headers.find(name)

    def _find_used(self) -> None:
        """Notes the columns that something is made from, so that the rest is known to be undeclared."""
        names = [link.type_column for link in self.spec.links]
        for spec in self._value_specs():
            columns = columns_of(spec)
            names += [next(filter(self._find, columns), "")] if spec.keep else columns
            self._used.update(self._every_column(spec))
        if self.spec.citation:
            names += [self.spec.citation.document, self.spec.citation.line, self.spec.citation.words]
        found = (self._find(name) for name in names if name)
        self._used.update(column for column in found if column is not None)
        self._used.update(self.spec.ignored(self.table.columns))

    def _value_specs(self) -> Iterator[ValueSpec]:
        for node in self.spec.nodes:
            yield from (*node.properties.values(), *node.extra.values(), *([node.id] if node.id else []))
        for link in self.spec.links:
            yield from (*link.properties.values(), *link.extra.values(), *_end_specs(link))
        for mention in self.spec.mentions:
            yield from (mention.value, *mention.properties.values())

    def _every_column(self, spec: ValueSpec) -> list[str]:
        return [column for name in spec.columns for column in self._headers.every(name)] if spec.every else []

    def _compile(self) -> _Plans:
        declared = {node.name: self._declared_columns(node) for node in self.spec.nodes}
        for node in self.spec.nodes:
            if node.declared == "yes":
                self._used.update(declared[node.name].values())
                self._set_aside_managed(self._model.node(self._label_of(node)))
        if any(link.declared == "yes" for link in self.spec.links):
            for relationship in self._model.relationship_types:
                self._set_aside_managed(relationship)
        may_fit: dict[str, Clean] = {}
        for node in self.spec.nodes:
            if node.declared == "fits":
                node_type = self._model.node(self._label_of(node))
                for name, column in declared[node.name].items():
                    property_ = node_type.property(name)
                    assert property_ is not None
                    may_fit[column] = cleaner(property_.kind)
        left = [column for column in self.table.columns if column not in self._used]
        numeric = [c for c in left if not is_contact_column(c) and c not in self._exported]
        read = survey(self.table.rows() if left else (), numeric, may_fit)
        nodes = [
            self._any_node_plan(node, declared[node.name], read, left if place == 0 else [])
            for place, node in enumerate(self.spec.nodes)
        ]
        for plan in nodes[1:]:
            plan.tells_left = True
        links = [
            self._link_plan(link, read, left if place == 0 and not nodes else [])
            for place, link in enumerate(self.spec.links)
        ]
        return nodes, links, self._mention_plans()

    def _mention_plans(self) -> list[MentionPlan]:
        plans = []
        for spec in self.spec.mentions:
            names = self._mention_end(spec.label, spec.value, optional=False)
            properties = self._steps(spec.properties, {}, self._model.node(spec.label))
            plans.append(MentionPlan(names, spec.unless, Properties(properties, takes_contacts=False)))
        return plans

    @property
    def _caption_column(self) -> str:
        assert self._plans is not None
        return self._plans[0][0].caption_column

    @cached_property
    def _said_by_mentions(self) -> frozenset[str]:
        """The columns whose cells count in a row without a node of its own."""
        specs = [spec for each in self.spec.mentions for spec in (each.value, *each.properties.values())]
        specs += [spec for link in self.spec.links if link.unless for spec in _end_specs(link)]
        columns = [self._find(name) for spec in specs for name in columns_of(spec)]
        every = [column for spec in specs for column in self._every_column(spec)]
        return frozenset([*filter(None, columns), *every])

    def _set_aside_managed(self, declared: NodeType | RelationshipType) -> None:
        managed = [each.name for each in declared.properties if each.managed]
        if self.is_export and "sources" in managed and (column := self._find("sources")):
            self._sources = column
            self._used.add(column)
        columns = [column for column in map(self._find, managed) if column and column not in self._used]
        if columns:
            listed = ", ".join(columns)
            self.notes.append(f"not read, because the inventory writes it itself: {listed}")
            self._used.update(columns)

    def _declared_columns(self, node: NodeSpec) -> dict[str, str]:
        """The columns not otherwise used that are called as a property of the node."""
        if node.declared == "no":
            return {}
        return self._called_as(self._model.node(self._label_of(node)), node.properties)

    def _called_as(self, declared: Declared, taken: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, column in self._headers.canonical().items():
            name = key.replace("-", "_")
            property_ = declared.property(name)
            if column in self._used or name in taken or property_ is None:
                continue
            if not property_.managed and property_.name != "id":
                found[name] = column
        return found

    def _types(self, link: LinkSpec) -> tuple[str, ...]:
        if link.type_column and self._find(link.type_column):
            return self._model.types
        return (link.type,)

    def _any_node_plan(
        self, node: NodeSpec, declared: Mapping[str, str], read: Survey, left: list[str]
    ) -> AnyNodePlan:
        """The plan of a node, or one for each label where a column says which a row's node has."""
        usual = self._node_plan(node, declared, read, left)
        column = self._find(node.label_column) if node.label_column else None
        if column is None or self._label in node.labels:
            return usual
        plans = {node.label: usual}
        for label in {*node.label_words.values()} - {node.label}:
            own = replace(node, label=label, labels=())
            fitting = self._called_as(self._model.node(label), node.properties) if declared else {}
            plans[label] = self._node_plan(own, fitting, read, left)
        return ChosenNodePlan(usual, column, {w: plans[of] for w, of in node.label_words.items()})

    def _node_plan(
        self, node: NodeSpec, declared: Mapping[str, str], read: Survey, left: list[str]
    ) -> NodePlan:
        label = self._label_of(node)
        node_type = self._model.node(label)
        fits = {name: column for name, column in declared.items() if column in read.fitting}
        steps = self._steps(node.properties, node.extra, node_type)
        taken = fits if node.declared == "fits" else declared
        steps += [self._plain_step(name, column, node_type) for name, column in taken.items()]
        rest = [column for column in left if column not in taken.values()]
        steps += self._undeclared_steps(rest, node_type, [*node.extra, *taken], read)
        steps.sort(key=lambda step: step.name != node_type.caption)
        properties = Properties(steps, takes_contacts=node_type.property("contact") is not None)
        get = getter(node.id, self._headers) if node.id else None
        column = self._column(node.id) if node.id else ""
        id_ = Identifier(column, get, node.fold_id, node.derive, self.namespace)
        return NodePlan(node.name, label, node_type.caption, node.required, id_, properties)

    def _undeclared_steps(
        self, columns: list[str], declared: Declared, taken: list[str], read: Survey
    ) -> list[Step]:
        """The steps for columns nobody declared; those of an export get the name and kind they had."""
        exported = {
            column: self._exported[column]
            for column in columns
            if column in self._exported and not declared.property(self._exported[column][0])
        }
        steps = [exported_step(name, column, kind) for column, (name, kind) in exported.items()]
        rest = [column for column in columns if column not in exported]
        names = undeclared_names(rest, declared, [*taken, *(name for name, _ in exported.values())])
        return steps + [undeclared_step(name, column, read) for column, name in names.items()]

    def _steps(
        self, properties: Mapping[str, ValueSpec], extra: Mapping[str, ValueSpec], declared: Declared
    ) -> list[Step]:
        steps: list[Step] = []
        for name, spec in properties.items():
            if name.endswith(f"_{ANY_LANGUAGE}"):
                steps += self._language_steps(name, spec, declared)
                continue
            property_ = declared.property(name)
            get = getter(spec, self._headers)
            if property_ is not None and get is not None:
                steps.append(declared_step(name, self._column(spec), property_, None if spec.plain else get))
        for name, spec in extra.items():
            get = getter(spec, self._headers)
            if get is not None:
                clean = cleaner(PROSE)
                steps.append(
                    Step(name, self._column(spec), guarded(clean), clean, get, bool(spec.split), False)
                )
        return steps

    def _language_steps(self, name: str, spec: ValueSpec, declared: Declared) -> list[Step]:
        before, after = spec.columns[0].split(ANY_LANGUAGE)
        steps = []
        for column in self.table.columns:
            lower = column.casefold()
            if not lower.startswith(before.casefold()) or not lower.endswith(after.casefold()):
                continue
            language = lower[len(before) : len(lower) - len(after)].strip()
            property_ = declared.property(f"{name[:-1]}{language}")
            if property_ is not None and column not in self._used:
                self._used.add(column)
                steps.append(declared_step(f"{name[:-1]}{language}", column, property_, None))
        return steps

    def _plain_step(self, name: str, column: str, declared: Declared) -> Step:
        property_ = declared.property(name)
        assert property_ is not None
        return declared_step(name, column, property_, None)

    def _column(self, spec: ValueSpec) -> str:
        found = (self._find(column) for column in columns_of(spec))
        return next((column for column in found if column), "")

    def _link_plan(self, link: LinkSpec, read: Survey, left: list[str]) -> LinkPlan:
        plans = {type_: self._link_properties(link, type_, read, left) for type_ in self._types(link)}
        typed = None
        column = self._find(link.type_column) if link.type_column else None
        if column:
            typed = TypeColumn(
                column, frozenset(self._model.types), link.type, link.else_property, link.no_type
            )
        return LinkPlan(
            self._end(link.start, link),
            self._end(link.end, link),
            link.type,
            typed,
            link.required,
            plans,
            link.unless,
        )

    def _link_properties(self, link: LinkSpec, type_: str, read: Survey, left: list[str]) -> Properties:
        relationship = self._model.relationship(type_)
        own = link.properties if type_ == link.type else {}
        declared = self._called_as(relationship, own) if link.declared != "no" else {}
        steps = self._steps(own, link.extra, relationship)
        steps += [self._plain_step(name, column, relationship) for name, column in declared.items()]
        rest = [column for column in left if column not in declared.values()]
        steps += self._undeclared_steps(rest, relationship, [*link.extra, *declared], read)
        return Properties(steps, takes_contacts=False)

    def _end(self, end: EndSpec, link: LinkSpec) -> LinkEnd:
        if end.node:
            return NodeEnd(end.node)
        if end.id is not None:
            return IdEnd(
                self._column(end.id),
                getter(end.id, self._headers) or _nothing,
                self.namespace,
                not link.required,
                self._made_of(end),
            )
        assert end.value is not None
        return self._mention_end(
            end.mention,
            end.value,
            optional=not link.required,
            properties=dict(end.properties),
            told=end.tell_new,
        )

    def _made_of(self, end: EndSpec) -> str:
        """The label of the node an id becomes that nothing has; empty where it has to be there."""
        if not end.make or not self._alone:
            return ""
        return self._label if self._label in end.make else end.make[0]

    def _mention_end(
        self,
        label: str,
        value: ValueSpec,
        *,
        optional: bool,
        properties: Mapping[str, Value] | None = None,
        told: bool = False,
    ) -> MentionEnd:
        return MentionEnd(
            label,
            self._column(value),
            getter(value, self._headers) or _nothing,
            cleaner(LINE),
            self.namespace,
            optional,
            properties or {},
            told,
        )


def _nothing(cells: Mapping[str, str]) -> str:
    return ""


def _end_specs(link: LinkSpec) -> list[ValueSpec]:
    return [spec for end in (link.start, link.end) for spec in (end.id, end.value) if spec is not None]
