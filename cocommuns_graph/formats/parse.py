"""An importers/*.toml file becomes a Format that fits the model, or one error with every mistake in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cocommuns_graph.formats.cells import folded_word
from cocommuns_graph.formats.declare import (
    CitationSpec,
    ColumnRule,
    EndSpec,
    FileSpec,
    Format,
    LeftAside,
    LinkSpec,
    Match,
    MentionSpec,
    NodeSpec,
    ValueSpec,
)
from cocommuns_graph.formats.naming import column_key, loose_key
from cocommuns_graph.formats.sections import Mistakes, Section, nearest
from cocommuns_graph.formats.values import read_extra, read_fixed, read_properties, read_value, value_of
from cocommuns_graph.formats.wordlists import spelled_out
from cocommuns_graph.model import Model, NodeType, RelationshipType
from cocommuns_graph.model.errors import InvalidFormat

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_NAMESPACE = re.compile(r"[A-Za-z0-9][\w.-]*|")
LOOKED_UP = ("Topic", "Organisation")
"""The labels whose cells may be names; anything else is matched on its id alone."""

_DECLARED: Mapping[Any, Match] = {True: "yes", False: "no", "fits": "fits"}


def load_format(path: Path, model: Model) -> Format:
    """The format of a TOML file.

    Raises:
        InvalidFormat: the file cannot be read, is no TOML or does not fit the model; lists every mistake.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InvalidFormat(f"the format {path} cannot be read: {reason}") from error
    except UnicodeDecodeError as error:
        raise InvalidFormat(f"the format {path} is not UTF-8 text") from error
    return parse_format(text, model, path)


def parse_format(text: str, model: Model, path: Path | None = None) -> Format:
    """The format a TOML text declares; `path` is named in errors.

    Raises:
        InvalidFormat: as `load_format`.
    """
    shown = str(path) if path else "the format"
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidFormat(f"{shown} is no TOML: {error}") from error
    mistakes = Mistakes()
    found = _Parser(model, mistakes).format(Section(spelled_out(data, mistakes), "", mistakes), path)
    if mistakes.found:
        count = len(mistakes.found)
        lines = "\n".join(f"- {mistake}" for mistake in mistakes.found)
        raise InvalidFormat(f"{shown} has {count} mistake{'s' if count > 1 else ''}:\n{lines}")
    return found


class _Parser:
    def __init__(self, model: Model, mistakes: Mistakes) -> None:
        self._model = model
        self._mistakes = mistakes

    def format(self, top: Section, path: Path | None) -> Format:
        name = top.text("name", required=True)
        if name and not _NAME.fullmatch(name):
            top.mistake(f"name {name!r} is not in small letters, digits and hyphens; rename it")
        namespace = top.text("namespace")
        if not _NAMESPACE.fullmatch(namespace):
            top.mistake(f"namespace {namespace!r} is not letters, digits, '.', '_' and '-' alone; rename it")
        title = top.text("title", required=True)
        description = top.text("description")
        files = tuple(map(self._file, top.sections("file")))
        if not files:
            top.mistake("declares no file; give at least one table [[file]]")
        left = tuple(map(self._left_aside, top.sections("left_aside")))
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for file in files:
            for pattern in file.names:
                key = (pattern.casefold(), tuple(sorted(map(column_key, file.columns))))
                if key in seen:
                    top.mistake(f"two [[file]] tables claim {pattern!r} with the same columns; keep one")
                seen.add(key)
        top.close()
        return Format(name, title, description, namespace, files, left, path)

    def _left_aside(self, section: Section) -> LeftAside:
        found = LeftAside(
            self._patterns(section), section.text("reason", required=True), section.flag("quiet")
        )
        section.close()
        return found

    def _patterns(self, section: Section) -> tuple[str, ...]:
        patterns = section.texts("name", required=True)
        for pattern in patterns:
            if "/" in pattern or "\\" in pattern:
                section.mistake(f"name {pattern!r} has a folder in it; give the file's name alone")
            if pattern.count("[") != pattern.count("]"):
                section.mistake(f"name {pattern!r} has a bracket without its partner; close it")
            if re.search(r"\.(csv|tsv|txt|xlsx?)$", pattern, re.IGNORECASE):
                section.mistake(f"name {pattern!r} has an ending; leave it out, every kind of table is read")
        return patterns

    def _file(self, section: Section) -> FileSpec:
        names = self._patterns(section)
        one_of = section.texts("one_of")
        columns = section.texts("columns", required=not one_of)
        nodes = tuple(map(self._node, section.sections("node", "label")))
        by_name: dict[str, NodeSpec] = {}
        for node in nodes:
            if node.name in by_name:
                section.mistake(f"two nodes are called {node.name!r}; give one of them another `as`")
            by_name[node.name] = node
        links = tuple(self._link(each, by_name) for each in section.sections("link", "type"))
        mentions = tuple(self._mention(each, by_name) for each in section.sections("mention", "label"))
        if not nodes and not links:
            section.mistake("claims nothing; give a table [[file.node]] or [[file.link]]")
        from_name = section.text("namespace")
        if from_name not in ("", "*", "file"):
            section.mistake(
                f'namespace is {from_name!r}; "*" takes it from what the name\'s * stands for, '
                '"file" from the whole name; drop it otherwise'
            )
        if from_name == "*" and not any("*" in name for name in names):
            section.mistake("namespace is *, but no name has a * to take it from")
        shared = section.text("shares_namespace_with")
        if shared and shared.count("*") != (from_name != "file"):
            section.mistake(
                f"shares_namespace_with {shared!r} needs exactly one *, or none where namespace is file"
            )
        filler = frozenset(map(column_key, section.texts("filler")))
        found = FileSpec(
            names,
            columns,
            nodes,
            links,
            self._headers(section, "headers", filler),
            frozenset(map(column_key, section.texts("ignore"))),
            self._citation(section),
            from_name == "*",
            shared,
            section.text("beside"),
            one_of,
            tuple(map(self._rule, section.sections("any_name", "has"))),
            section.texts("yields_to"),
            mentions,
            filler,
            frozenset(map(folded_word, section.texts("blank"))),
            self._headers(section, "fallback_headers", filler),
            from_name == "file",
        )
        self._check_ignored(section, found)
        section.close()
        return found

    def _rule(self, section: Section) -> ColumnRule:
        some_of = section.texts("some_of")
        at_least = section.scalar("at_least")
        if not isinstance(at_least, int | None) or isinstance(at_least, bool):
            section.mistake(f"at_least is {at_least!r}; give a whole number")
            at_least = 1
        asked = (1 if some_of else 0) if at_least is None else at_least
        if not 0 <= asked <= len(some_of):
            section.mistake(f"at_least is {asked}, but some_of names {len(some_of)} columns")
        found = ColumnRule(
            section.texts("has", required=True),
            some_of,
            asked,
            section.texts("without"),
            section.flag("last"),
        )
        section.close()
        return found

    def _headers(self, section: Section, key: str, filler: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
        inner = section.section(key)
        if inner is None:
            return {}
        found = {name: inner.texts(name, required=True) for name in inner.keys()}  # noqa: SIM118
        owner: dict[str, str] = {}
        for name, aliases in found.items():
            for alias in aliases:
                other = owner.setdefault(loose_key(alias, filler), name)
                if other != name:
                    inner.mistake(f"{alias!r} stands for both {other} and {name}; keep one")
                if any(column_key(alias) == column_key(key) for key in found):
                    inner.mistake(
                        f"{alias!r} stands for {name} and is itself a name with others; that is a circle"
                    )
        return found

    def _citation(self, section: Section) -> CitationSpec | None:
        inner = section.section("citation")
        if inner is None:
            return None
        found = CitationSpec(inner.text("document", required=True), inner.text("line"), inner.text("words"))
        inner.close()
        return found

    def _check_ignored(self, section: Section, file: FileSpec) -> None:
        used = {
            column_key(column)
            for node in file.nodes
            for spec in node.properties.values()
            for column in spec.columns
        }
        for key in sorted(used & file.ignore):
            section.mistake(f"ignore names the column {key}, which is used; drop it from one of both")

    def _declared(self, section: Section) -> Match:
        raw = section.raw("declared")
        if raw is None:
            return "no"
        if not isinstance(raw, bool | str) or raw not in _DECLARED:
            section.mistake(f'declared is {raw!r}; give true, false or "fits"')
            return "no"
        return _DECLARED[raw]

    def _node_type(self, section: Section, label: str) -> NodeType | None:
        if label in self._model.labels:
            return self._model.node(label)
        if label:
            section.mistake(f"{label!r} is no node type; {nearest(label, self._model.labels)}")
        return None

    def _node(self, section: Section) -> NodeSpec:
        label, label_column, label_words = self._label(section)
        node_type = self._node_type(section, label)
        labels = section.texts("labels")
        for other in labels:
            self._node_type(section, other)
        id_ = read_value(section, "id") if section.has("id") else None
        if id_ is not None and id_.split:
            section.mistake("id has split, but a node has one id; drop it")
        declared = self._declared(section)
        properties: Mapping[str, ValueSpec] = {}
        extra: Mapping[str, ValueSpec] = {}
        if node_type is None:
            section.raw("properties"), section.raw("extra")
        else:
            names = [each.name for each in node_type.properties if not each.managed and each.name != "id"]
            properties = read_properties(section, "properties", node_type, names, label)
            extra = read_extra(section, node_type, label)
            for property_ in node_type.properties:
                given = property_.name in properties or declared != "no"
                if property_.required and property_.name != "id" and not given:
                    section.mistake(
                        f"{label} needs {property_.name}, which no column gives; map it in properties"
                    )
        found = NodeSpec(
            section.text("as") or label.lower(),
            label,
            id_,
            section.flag("fold_id"),
            section.flag("derive"),
            properties,
            extra,
            declared,
            section.flag("required", default=True),
            labels if not labels or label in labels else (label, *labels),
            label_column,
            label_words,
        )
        section.close()
        return found

    def _label(self, section: Section) -> tuple[str, str, dict[str, str]]:
        """The usual label of a node, the column that says another, and what its words stand for."""
        inner = section.section("label") if section.holds_table("label") else None
        if inner is None:
            return section.text("label", required=True), "", {}
        words: dict[str, str] = {}
        values = inner.section("values")
        if values is not None:
            for word in values.keys():  # noqa: SIM118 - a Section is no mapping
                words[folded_word(word)] = values.text(word)
                self._node_type(inner, words[folded_word(word)])
        found = inner.text("default", required=True), inner.text("column", required=True), words
        inner.close()
        return found

    def _link(self, section: Section, nodes: Mapping[str, NodeSpec]) -> LinkSpec:
        type_, column, else_property, no_type = self._type(section)
        start, starts = self._end(section, "from", nodes)
        end, ends = self._end(section, "to", nodes)
        declared = self._declared(section)
        properties: Mapping[str, ValueSpec] = {}
        extra: Mapping[str, ValueSpec] = {}
        if type_ in self._model.types:
            relationship = self._model.relationship(type_)
            names = [each.name for each in relationship.properties if not each.managed]
            properties = read_properties(section, "properties", relationship, names, type_)
            extra = read_extra(section, relationship, type_)
            self._check_ends(section, relationship, starts, ends)
            if else_property and relationship.property(else_property) is None:
                section.mistake(
                    f"else: {type_} has no property {else_property!r}; {nearest(else_property, names)}"
                )
        else:
            for key in ("properties", "extra"):
                if section.raw(key) is not None and column:
                    section.mistake(
                        f"{key} cannot be checked without a default type; give one, or use declared"
                    )
        found = LinkSpec(
            start,
            end,
            type_,
            column,
            else_property,
            properties,
            extra,
            declared,
            section.flag("required", default=not nodes),
            self._unless(section, nodes),
            no_type,
        )
        section.close()
        return found

    def _unless(self, section: Section, nodes: Mapping[str, NodeSpec]) -> str:
        name = section.text("unless")
        if name and name not in nodes:
            section.mistake(f"unless names the node {name!r}; {nearest(name, nodes)}")
        return name

    def _mention(self, section: Section, nodes: Mapping[str, NodeSpec]) -> MentionSpec:
        label = section.text("label", required=True)
        properties: Mapping[str, ValueSpec] = {}
        if label not in LOOKED_UP:
            section.mistake(f"{label!r} cannot be looked up by name; {nearest(label, LOOKED_UP)}")
            section.raw("properties")
        else:
            node_type = self._model.node(label)
            names = [each.name for each in node_type.properties if not each.managed]
            properties = read_properties(section, "properties", node_type, names, label)
        found = MentionSpec(label, value_of(section), self._unless(section, nodes), properties)
        section.close()
        return found

    def _type(self, section: Section) -> tuple[str, str, str, frozenset[str]]:
        raw = section.raw("type")
        column = else_property = ""
        no_type: frozenset[str] = frozenset()
        if isinstance(raw, dict):
            inner = Section(raw, f"{section.place}, type", self._mistakes)
            column = inner.text("column", required=True)
            type_ = inner.text("default")
            else_property = inner.text("else")
            no_type = frozenset(map(folded_word, inner.texts("skip")))
            if else_property and not type_:
                inner.mistake("else needs a default: the type of links whose cell is no type")
            inner.close()
        elif isinstance(raw, str):
            type_ = raw
        else:
            section.mistake("type is missing; name a relationship type, or a table with column")
            return "", "", "", no_type
        if type_ and type_ not in self._model.types:
            section.mistake(f"{type_!r} is no relationship type; {nearest(type_, self._model.types)}")
        return type_, column, else_property, no_type

    def _end(
        self, section: Section, key: str, nodes: Mapping[str, NodeSpec]
    ) -> tuple[EndSpec, tuple[str, ...]]:
        """An end and the labels it may have, none where only the store can know them."""
        raw = section.raw(key)
        if isinstance(raw, str):
            if raw not in nodes:
                section.mistake(f"{key} names the node {raw!r}; {nearest(raw, nodes)}")
                return EndSpec(), ()
            return EndSpec(node=raw), nodes[raw].labels or (nodes[raw].label,)
        if not isinstance(raw, dict):
            section.mistake(f"{key} is missing; name a node of this file, or give a table with id or mention")
            return EndSpec(), ()
        inner = Section(raw, f"{section.place}, {key}", self._mistakes)
        mention = inner.text("mention")
        if not mention:
            if not inner.has("id"):
                inner.mistake("says not whose end it is; give id (a column of ids) or mention (a label)")
                return EndSpec(), ()
            make = inner.texts("make")
            for label in make:
                self._node_type(inner, label)
            spec = EndSpec(id=value_of(inner, "id"), make=make)
            inner.close()
            return spec, ()
        properties: Mapping[str, Any] = {}
        if mention not in LOOKED_UP:
            inner.mistake(
                f"{mention!r} cannot be looked up by name; {nearest(mention, LOOKED_UP)}, others need id"
            )
            inner.raw("give")
        else:
            node_type = self._model.node(mention)
            names = [each.name for each in node_type.properties if not each.managed]
            properties = read_fixed(inner, "give", node_type, names, mention)
        tell_new = inner.flag("tell_new")
        spec = EndSpec(mention=mention, value=value_of(inner), properties=properties, tell_new=tell_new)
        inner.close()
        return spec, (mention,)

    def _check_ends(
        self, section: Section, relationship: RelationshipType, starts: tuple[str, ...], ends: tuple[str, ...]
    ) -> None:
        for key, labels, accepted in (("from", starts, relationship.starts), ("to", ends, relationship.ends)):
            for label in labels:
                if label in self._model.labels and label not in accepted:
                    section.mistake(
                        f"{relationship.type} does not go {key} {label}; accepted: {' or '.join(accepted)}"
                    )
