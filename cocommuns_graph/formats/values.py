"""Values in a format's TOML: read into ValueSpec and checked against the property they are for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from cocommuns_graph.formats.cells import folded_word, template_columns
from cocommuns_graph.formats.declare import ValueSpec
from cocommuns_graph.formats.naming import Declared, safe_name
from cocommuns_graph.formats.sections import Section, nearest
from cocommuns_graph.model import Property, Scalar
from cocommuns_graph.model.errors import InvalidValue

ANY_LANGUAGE = "*"


def read_value(section: Section, key: str, declared: Property | None = None) -> ValueSpec | None:
    """The value under a key: a column's name, a list of them, or a table that says more; None if wrong."""
    value = section.raw(key)
    if isinstance(value, str | list):
        value = {"column": value}
    if not isinstance(value, dict):
        section.mistake(f"{key} is no value; give a column's name, or a table with column, value or template")
        return None
    inner = Section(value, f"{section.place}, {key}", section.mistakes)
    spec = _spec(inner)
    _check_source(inner, spec)
    if declared is not None:
        _check_against(inner, spec, declared)
    inner.close()
    return spec


def value_of(section: Section, column: str = "column") -> ValueSpec:
    """The value a table describes among other keys; `column` is the key its column is under."""
    spec = _spec(section, column)
    _check_source(section, spec)
    return spec


def _spec(section: Section, column: str = "column") -> ValueSpec:
    values = section.section("values")
    words: dict[str, str] = {}
    if values is not None:
        for word in values.keys():  # noqa: SIM118 - a Section is no mapping
            words[folded_word(word)] = values.text(word)
    return ValueSpec(
        columns=section.texts(column),
        join=section.texts("join"),
        every=section.flag("every"),
        contacts=section.flag("contacts"),
        literal=section.scalar("value"),
        template=section.text("template"),
        default=section.text("default"),
        split=section.texts("split"),
        trim=section.text("trim"),
        values=words,
        skip=frozenset(map(folded_word, section.texts("skip"))),
        only=frozenset(map(folded_word, section.texts("only"))),
        dates=section.texts("dates"),
        html=section.flag("html"),
        lower=section.flag("lower"),
        keep=section.flag("keep"),
    )


def _check_source(section: Section, spec: ValueSpec) -> None:
    sources = [bool(spec.columns or spec.join), spec.literal is not None, bool(spec.template)]
    if sum(sources) != 1:
        section.mistake("says not where the value comes from; give one of column, value and template")
    if spec.every and (spec.join or not (spec.split or spec.contacts)):
        section.mistake("every makes a list of several columns; give column, and split or contacts")
    if spec.contacts and not spec.every:
        section.mistake("contacts cuts a list; give every as well")
    if spec.literal is not None and spec != ValueSpec(literal=spec.literal):
        section.mistake("value stands for itself; drop what is said about cells")
    for pattern in spec.dates:
        if "%Y" not in pattern or not re.search("%[mbB]", pattern):
            section.mistake(f"dates: {pattern!r} lacks %Y or a month; write a pattern such as %d/%m/%Y")
    try:
        named = template_columns(spec.template)
    except ValueError as error:
        section.mistake(f"template {spec.template!r} cannot be read ({error}); write {{column}} for a cell")
    else:
        if spec.template and not named:
            section.mistake(f"template {spec.template!r} names no column; write {{column}}, or use value")


def _check_against(section: Section, spec: ValueSpec, declared: Property) -> None:
    fixed: list[Scalar] = [*spec.values.values()]
    fixed += [] if spec.literal is None else [spec.literal]
    fixed += [spec.default] if spec.default else []
    for value in fixed:
        if value == "":
            continue
        try:
            declared.kind.clean(str(value))
        except InvalidValue as error:
            section.mistake(f"{declared.name}: {error}")


def read_properties(
    section: Section, key: str, declared: Declared, names: Iterable[str], of: str
) -> dict[str, ValueSpec]:
    """The values for declared properties; unknown and managed ones are mistakes.

    A name such as `label_*` stands for every language, its value is the name of the columns with `*` in it.
    """
    inner = section.section(key)
    found: dict[str, ValueSpec] = {}
    if inner is None:
        return found
    accepted = list(names)
    for name in inner.keys():  # noqa: SIM118 - a Section is no mapping
        property_ = declared.property(name)
        if name.endswith(f"_{ANY_LANGUAGE}"):
            family = declared.property(name[:-2])
            if family is None or not family.by_language:
                inner.mistake(f"{name}: {name[:-2]} is not given by language in {of}")
            column = inner.text(name)
            if column.count(ANY_LANGUAGE) != 1:
                inner.mistake(f"{name}: {column!r} needs one * where the column's name has the language")
            found[name] = ValueSpec(columns=(column,))
            continue
        if property_ is None:
            inner.raw(name)
            inner.mistake(f"{of} has no property {name!r}; {nearest(name, accepted)}; extra takes others")
        elif property_.managed or name == "id":
            inner.raw(name)
            why = "is written by the inventory itself" if property_.managed else "is given by id of the node"
            inner.mistake(f"{name} {why}; drop it")
        elif (spec := read_value(inner, name, property_)) is not None:
            found[name] = spec
    inner.close()
    return found


def read_extra(section: Section, declared: Declared, of: str) -> dict[str, ValueSpec]:
    """The values for properties the model does not declare, under `extra`."""
    inner = section.section("extra")
    found: dict[str, ValueSpec] = {}
    if inner is None:
        return found
    for name in inner.keys():  # noqa: SIM118 - a Section is no mapping
        if declared.property(name) is not None:
            inner.raw(name)
            inner.mistake(f"{name} is declared for {of}; give it under properties")
        elif safe_name(name) != name:
            inner.raw(name)
            inner.mistake(f"{name!r} is no name for a property; write {safe_name(name)}")
        elif (spec := read_value(inner, name)) is not None:
            found[name] = spec
    return found


def read_fixed(
    section: Section, key: str, declared: Declared, names: Iterable[str], of: str
) -> Mapping[str, Any]:
    """Properties with one fixed value each, cleaned."""
    inner = section.section(key)
    found: dict[str, Any] = {}
    if inner is None:
        return found
    accepted = list(names)
    for name in inner.keys():  # noqa: SIM118 - a Section is no mapping
        property_, value = declared.property(name), inner.scalar(name)
        if property_ is None or property_.managed:
            inner.mistake(f"{of} has no property {name!r} to be given; {nearest(name, accepted)}")
        elif value is not None:
            try:
                found[name] = property_.kind.clean(str(value))
            except InvalidValue as error:
                inner.mistake(f"{name}: {error}")
    return found
