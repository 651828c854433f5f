"""How the domain is declared: properties, node types, relationship types and the model they make.

A declaration that contradicts itself or its neighbours is refused when it is made, with the fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cocommuns_graph.model import codes
from cocommuns_graph.model.access import Visibility
from cocommuns_graph.model.errors import InvalidModel, InvalidValue
from cocommuns_graph.model.kinds import Kind, one_of
from cocommuns_graph.model.records import Value

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LABEL = re.compile(r"[A-Z][A-Za-z]*")
_TYPE = re.compile(r"[A-Z][A-Z_]*[A-Z]")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_BY_LANGUAGE = re.compile(r"(.+)_([a-z]{2,3})")
_LEVEL = "_visibility"


@dataclass(frozen=True)
class Words:
    """What a person reads for something declared, by screen language; English is always there."""

    en: str
    fr: str

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.fr.strip():
            raise InvalidModel(f"Words({self.en!r}, {self.fr!r}) lacks a language; give both")

    def in_language(self, code: str) -> str:
        """The words in a screen language, in English where that language is not known."""
        return self.fr if code == "fr" else self.en


@dataclass(frozen=True)
class Property:
    """A property of a node or relationship type.

    `by_language` declares a family: `label` and `label_fr`, `label_nl` and so on. A `managed` property is
    written by the store alone, never taken from a file. `visibility` is who may see its values at most.
    """

    name: str
    kind: Kind
    words: Words
    description: str = ""
    required: bool = False
    by_language: bool = False
    managed: bool = False
    default: Value | None = None
    visibility: Visibility = Visibility.PUBLIC

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise InvalidModel(f"property name {self.name!r} is not lower_case; rename it")
        if self.required and self.default is not None:
            raise InvalidModel(f"property {self.name} is required and has a default; pick one or the other")
        if self.default is not None and not self._fits(self.default):
            raise InvalidModel(
                f"the default {self.default!r} of {self.name} does not fit; give {self.kind.accepted}"
            )

    def _fits(self, value: Value) -> bool:
        try:
            return self.kind.clean(value) == value
        except InvalidValue:
            return False


@dataclass(frozen=True)
class NodeType:
    """A label with its properties, its words, its colour on every picture and what it is for.

    `caption` is the property people call it by. A `system` type is product memory: absent from find,
    metrics, map, gaps, counts and exports.
    """

    label: str
    singular: Words
    plural: Words
    description: str
    properties: tuple[Property, ...]
    caption: str = "name"
    color: str = "#777777"
    actor: bool = False
    system: bool = False
    default_visibility: Visibility = Visibility.PUBLIC

    def __post_init__(self) -> None:
        _check(self.label, self.properties, _LABEL, "a label in CamelCase")
        if "id" not in self.by_name:
            raise InvalidModel(
                f"{self.label} has no property id; declare one, it is what nodes are matched on"
            )
        if self.caption not in self.by_name:
            raise InvalidModel(
                f"caption {self.caption!r} of {self.label} is none of its properties; declare it"
            )
        if not _COLOR.fullmatch(self.color):
            raise InvalidModel(
                f"colour {self.color!r} of {self.label} is not #rrggbb in lower case; write it so"
            )
        if self.system and self.actor:
            raise InvalidModel(f"{self.label} is product memory and an actor; pick one or the other")
        if not self.system and "visibility" not in self.by_name:
            raise InvalidModel(
                f"{self.label} has no property visibility; declare it, else nobody could say who may see it"
            )
        if not self.system and self.by_name["visibility"].default != self.default_visibility.word:
            raise InvalidModel(
                f"{self.label} is for {self.default_visibility.word} unless said otherwise, its property "
                f"visibility says {self.by_name['visibility'].default}; give both the same default"
            )

    @cached_property
    def by_name(self) -> Mapping[str, Property]:
        """Its properties by name."""
        return {declared.name: declared for declared in self.properties}

    def property(self, name: str) -> Property | None:
        """The declaration of a property, members of a language family included; None if undeclared.

        `place_visibility` is declared by `place`: who may see it of one record (`level_name`).
        """
        if (found := _find(self.by_name, name)) is not None:
            return found
        limited = levelled(name)
        if not limited or not self.may_limit(limited):
            return None
        if name not in self._levels:
            self._levels[name] = _level_of(_find(self.by_name, limited), limited)
        return self._levels[name]

    @cached_property
    def _levels(self) -> dict[str, Property]:
        return {}

    def may_limit(self, name: str) -> bool:
        """Whether a record of this label may keep a property for fewer than the model says.

        Not what it is matched on and called by: who should not read these should not see the record.
        """
        found = _find(self.by_name, name)
        return (
            found is not None
            and not self.system
            and not found.managed
            and name not in ("id", "visibility", "confirmed_on", self.caption)
        )


@dataclass(frozen=True)
class RelationshipType:
    """A type of tie: the labels it goes from and to, its key properties and the rest.

    `text` and `reverse` are how it reads from either end ("works on", "is worked on by"). `directed` is
    False where it is read both ways; it is stored from start to end all the same. `end_kind` is the `kind`
    that its end has, such as the challenge that somebody faces; empty where any will do.
    """

    type: str
    text: Words
    reverse: Words
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    properties: tuple[Property, ...] = ()
    keys: tuple[str, ...] = ()
    directed: bool = True
    end_kind: str = ""

    def __post_init__(self) -> None:
        _check(self.type, self.properties, _TYPE, "a type in CAPITALS_WITH_UNDERSCORES")
        if not self.starts or not self.ends:
            raise InvalidModel(f"{self.type} says not which labels it joins; give starts and ends")
        if "key" not in self.by_name:
            raise InvalidModel(
                f"{self.type} has no property key; declare it, relationships are matched on it"
            )
        if not self.directed and (set(self.starts) != set(self.ends) or self.text != self.reverse):
            raise InvalidModel(
                f"{self.type} is read both ways but its ends differ; give them the same labels and words, "
                "or declare it directed"
            )
        for repeated in (self.starts, self.ends, self.keys):
            if len(set(repeated)) != len(repeated):
                raise InvalidModel(f"{self.type} names {', '.join(repeated)}; name each once")
        for key in self.keys:
            if key not in self.by_name:
                raise InvalidModel(f"key {key!r} of {self.type} is none of its properties; declare it")
            if self.by_name[key].kind.many:
                raise InvalidModel(f"key {key!r} of {self.type} is a list; a key has one value")

    @cached_property
    def by_name(self) -> Mapping[str, Property]:
        """Its properties by name."""
        return {declared.name: declared for declared in self.properties}

    def property(self, name: str) -> Property | None:
        """The declaration of a property; None if undeclared."""
        return _find(self.by_name, name)


def _check(name: str, properties: tuple[Property, ...], shape: re.Pattern[str], wanted: str) -> None:
    if not shape.fullmatch(name):
        raise InvalidModel(f"{name!r} is not {wanted}; rename it")
    seen: set[str] = set()
    for declared in properties:
        if declared.name in seen:
            raise InvalidModel(f"{name} declares {declared.name} twice; keep one")
        seen.add(declared.name)
    families = {declared.name for declared in properties if declared.by_language}
    for declared in properties:
        match = _BY_LANGUAGE.fullmatch(declared.name)
        if match and match[1] in families and codes.language(match[2]):
            raise InvalidModel(
                f"{name}.{declared.name} is already a member of the language family {match[1]}; drop it"
            )


def _find(by_name: Mapping[str, Property], name: str) -> Property | None:
    if (declared := by_name.get(name)) is not None:
        return declared
    match = _BY_LANGUAGE.fullmatch(name)
    if (
        match
        and (family := by_name.get(match[1]))
        and family.by_language
        and codes.language(match[2]) == match[2]
    ):
        return family
    return None


def level_name(name: str) -> str:
    """The property that says who may see another one of a record: `place_visibility` of `place`."""
    return name + _LEVEL


def levelled(name: str) -> str:
    """What a property says of whom it is visible to: `place` of `place_visibility`; empty for any other."""
    return name[: -len(_LEVEL)] if name.endswith(_LEVEL) else ""


def _level_of(declared: Property | None, name: str) -> Property:
    assert declared is not None
    return Property(
        level_name(name),
        one_of(*(level.word for level in Visibility if level >= declared.visibility)),
        Words(f"who sees {declared.words.en}", f"qui voit {declared.words.fr}"),
        "Who may see this of the record, if fewer than all who may see the record.",
        visibility=declared.visibility,
    )


def language_of(name: str, family: str) -> str | None:
    """The language of a member of a family: `fr` for `label_fr` of `label`; None for the family itself."""
    return name[len(family) + 1 :] if name.startswith(f"{family}_") else None


@dataclass(frozen=True, eq=False)
class Model:
    """Every node and relationship type, checked against each other when made."""

    node_types: tuple[NodeType, ...]
    relationship_types: tuple[RelationshipType, ...]
    undeclared: Visibility = Visibility.COORDINATORS
    _nodes: dict[str, NodeType] = field(init=False, repr=False, default_factory=dict)
    _relationships: dict[str, RelationshipType] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for node_type in self.node_types:
            if node_type.label in self._nodes:
                raise InvalidModel(f"{node_type.label} is declared twice; keep one")
            self._nodes[node_type.label] = node_type
        for relationship_type in self.relationship_types:
            if relationship_type.type in self._relationships:
                raise InvalidModel(f"{relationship_type.type} is declared twice; keep one")
            for label in (*relationship_type.starts, *relationship_type.ends):
                if label not in self._nodes:
                    raise InvalidModel(
                        f"{relationship_type.type} joins {label}, which is not declared; "
                        "declare it or correct the name"
                    )
                if self._nodes[label].system:
                    raise InvalidModel(
                        f"{relationship_type.type} joins {label}, which is product memory; "
                        "join actors, topics or initiatives"
                    )
            for label in relationship_type.ends if relationship_type.end_kind else ():
                kind = self._nodes[label].by_name.get("kind")
                if kind is None or relationship_type.end_kind not in kind.kind.choices:
                    raise InvalidModel(
                        f"{relationship_type.type} ends at a {label} of kind {relationship_type.end_kind}, "
                        f"which {label} does not declare; declare that kind or leave end_kind out"
                    )
            self._relationships[relationship_type.type] = relationship_type
        colors = [node_type.color for node_type in self.node_types if not node_type.system]
        if len(set(colors)) != len(colors):
            raise InvalidModel("two node types share a colour; a legend could not tell them apart")

    @property
    def public_types(self) -> tuple[NodeType, ...]:
        """The node types people work with; product memory left out."""
        return tuple(node_type for node_type in self.node_types if not node_type.system)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of `public_types`."""
        return tuple(node_type.label for node_type in self.public_types)

    @property
    def actors(self) -> tuple[str, ...]:
        """The labels that act: organisations and experts."""
        return tuple(node_type.label for node_type in self.node_types if node_type.actor)

    @property
    def types(self) -> tuple[str, ...]:
        """The names of the relationship types."""
        return tuple(self._relationships)

    def node(self, label: str) -> NodeType:
        """The declaration of a label.

        Raises:
            InvalidModel: the label is not declared.
        """
        try:
            return self._nodes[label]
        except KeyError:
            raise InvalidModel(f"{label!r} is no node type; there are {', '.join(self._nodes)}") from None

    def relationship(self, type_: str) -> RelationshipType:
        """The declaration of a relationship type.

        Raises:
            InvalidModel: the type is not declared.
        """
        try:
            return self._relationships[type_]
        except KeyError:
            raise InvalidModel(
                f"{type_!r} is no relationship type; there are {', '.join(self._relationships)}"
            ) from None

    def visibility_of(self, label: str, name: str) -> Visibility:
        """Who may see a property of a label at most; undeclared ones are for coordinators and stewards."""
        declared = self.node(label).property(name)
        return self.undeclared if declared is None else declared.visibility

    def relationship_visibility_of(self, type_: str, name: str) -> Visibility:
        """Who may see a property of a relationship type at most."""
        declared = self.relationship(type_).property(name)
        return self.undeclared if declared is None else declared.visibility

    def hidden(self, label: str, properties: Mapping[str, Value | None], level: Visibility) -> frozenset[str]:
        """Which of the properties of a record somebody of that level may not see.

        Those the model declares for fewer, those the record itself keeps for fewer (`place_visibility`; that
        of a language family holds for every language of it), and who these fewer are.
        """
        return frozenset(
            name
            for name in properties
            if level < max(self.visibility_of(label, name), self._limit(label, name, properties))
        )

    def _limit(self, label: str, name: str, properties: Mapping[str, Value | None]) -> Visibility:
        """For whom a record keeps a property; for all where it says nothing of it."""
        name = levelled(name) or name
        declared = self.node(label).property(name)
        family = declared.name if declared is not None else name
        said = [
            word
            for one in dict.fromkeys((name, family))
            if (word := properties.get(level_name(one))) is not None
            and (declared is None or self.node(label).may_limit(one))
        ]
        return max((_said(word, declared is not None) for word in said), default=Visibility.PUBLIC)

    def __iter__(self) -> Iterator[NodeType]:
        return iter(self.node_types)


def _said(word: object, is_declared: bool) -> Visibility:
    """The level a stored word means; a declared property is shown to nobody by a word that means none."""
    try:
        return Visibility.parse(str(word))
    except InvalidValue:
        return Visibility.STEWARDS if is_declared else Visibility.PUBLIC


@dataclass(frozen=True, eq=False)
class Memory(Model):
    """Types of product memory as what is read and written, where a `Model` leaves them out."""

    @property
    def public_types(self) -> tuple[NodeType, ...]:
        """All its node types, which are product memory."""
        return self.node_types
