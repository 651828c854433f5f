"""What a person types into a form or behind a command, made the clean values of a record or a link.

The rules are those of an import: kinds of the model, bounds on length, no way to reach somebody in a text
that others may read. A file's bad cell is left out with a warning; a person is told and corrects it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cocommuns_graph.formats.cells import ContactInText, cleaner, guarded, is_text
from cocommuns_graph.formats.contacts import find
from cocommuns_graph.formats.sections import nearest
from cocommuns_graph.model import MODEL, NodeType, Property, RelationshipType, Value, Viewer
from cocommuns_graph.model.claims import entered_by
from cocommuns_graph.model.errors import InvalidValue, NotAllowed, NotFound
from cocommuns_graph.model.kinds import LINE, LINES, Kind, join_cell, number, one_of, shorten

Typed = str | Sequence[str] | None
Declared = NodeType | RelationshipType
LONGEST_NAME = 200
_YES = one_of("yes", "no")


def label_of(word: str) -> str:
    """The label that somebody names in any case: `expert`, `Organisations`.

    Raises:
        InvalidValue: there is no such label.
    """
    wanted = word.strip().casefold()
    for declared in MODEL.public_types:
        names = (declared.label, declared.singular.en, declared.plural.en, declared.plural.fr)
        if wanted in (name.casefold() for name in names):
            return declared.label
    accepted = ", ".join(label.lower() for label in MODEL.labels)
    raise InvalidValue(f"{shorten(word)!r} is no kind of record; accepted: {accepted}")


def caption_of(word: str) -> str:
    """The property that records of a label, named in any case, are called by.

    Raises:
        InvalidValue: there is no such label.
    """
    return MODEL.node(label_of(word)).caption


def check_type(word: str) -> None:
    """Makes sure, before any graph is opened, that there is a relationship type called so.

    Raises:
        NotFound: there is none.
    """
    type_of(word)


def type_of(word: str) -> str:
    """The relationship type that somebody names in any case, with `_`, `-` or blanks: `expert in`.

    Raises:
        NotFound: there is no such type.
    """
    wanted = "_".join(word.replace("-", " ").replace("_", " ").split()).upper()
    if wanted in MODEL.types:
        return wanted
    raise NotFound(f"{shorten(word)!r} is no type of link; {nearest(wanted, MODEL.types)}")


def person(name: str) -> str:
    """The name under which somebody writes, as it stands in journal and sources.

    Raises:
        InvalidValue: it is empty, too long, or a way to reach somebody, which everybody could read.
    """
    cleaned = str(LINE.clean(name) or "")
    if not cleaned:
        raise InvalidValue("the name of who enters this is empty; give one")
    if len(cleaned) > LONGEST_NAME:
        raise InvalidValue(
            f"the name of who enters this has {len(cleaned):,} characters; accepted: up to {LONGEST_NAME}"
        )
    if find(cleaned).contacts:
        raise InvalidValue(
            f"{shorten(cleaned)!r} looks like an e-mail address or telephone number; "
            "sources can be read by everybody, so give a name"
        )
    return cleaned


def source_of(name: str) -> str:
    """The provenance text of what somebody enters by hand."""
    return entered_by(person(name))


def property_of(
    declared: Declared, name: str, present: Mapping[str, Value], viewer: Viewer
) -> Property | None:
    """The property that somebody wants to set; None for one that no format declares but the record has.

    Raises:
        InvalidValue: it is unknown, or the inventory writes it itself.
        NotAllowed: the viewer may not see it.
    """
    of = _name(declared)
    found = declared.property(name)
    if name == "id":
        raise InvalidValue("id cannot be changed: everything that links to the record is matched on it")
    if found is not None and found.managed:
        raise InvalidValue(f"{name} is written by the inventory itself and cannot be set")
    if found is None and name not in present:
        accepted = [one.name for one in declared.properties if not one.managed and one.name != "id"]
        raise InvalidValue(f"{of} has no property {shorten(name)!r}; {nearest(name, accepted)}")
    visibility = MODEL.undeclared if found is None else found.visibility
    if not viewer.may_see(visibility):
        raise NotAllowed(f"{name} is for {visibility.word} and above; ask one of them to correct it")
    return found


def clean(
    declared: Declared, name: str, typed: Typed, present: Mapping[str, Value], viewer: Viewer
) -> Value | None:
    """The value of one property as it is stored; None where it is to be taken away.

    Raises:
        InvalidValue: the property is unknown, or the value does not fit it; the text says what is accepted.
        NotAllowed: the viewer may not see the property.
    """
    found = property_of(declared, name, present, viewer)
    kind = found.kind if found is not None else _kind_of(present[name])
    text = typed if isinstance(typed, str) else join_cell([*(typed or ())])
    if not text.strip():
        if found is not None and found.required and name == found.name:
            raise InvalidValue(f"{name} cannot be empty: every {_name(declared)} needs one")
        if found is not None and found.default is not None:
            return found.default
        return None
    clean_text = guarded(cleaner(kind)) if is_text(kind) else cleaner(kind)
    try:
        value = clean_text(text)
    except ContactInText:
        value = _without_contacts(declared, name, text, kind)
    except InvalidValue as error:
        raise InvalidValue(f"{name}: {error}") from None
    if found is None and kind is _YES:
        return value == "yes"
    return value


def items(
    declared: Declared, name: str, typed: Typed, present: Mapping[str, Value], viewer: Viewer
) -> list[str]:
    """Items to add to a list or to take out of it.

    Raises:
        InvalidValue: the property is no list, nothing is given, or an item does not fit.
        NotAllowed: the viewer may not see the property.
    """
    found = property_of(declared, name, present, viewer)
    many = found.kind.many if found is not None else isinstance(present[name], list)
    if not many:
        raise InvalidValue(f"{name} has one value, not several: set it instead")
    value = clean(declared, name, typed, present, viewer)
    if not isinstance(value, list):
        raise InvalidValue(f"{name}: nothing is given to add or take out")
    return [str(item) for item in value]


def _without_contacts(declared: Declared, name: str, text: str, kind: Kind) -> Value | None:
    if find(text, name).contacts:
        place = "the place for it is contact" if _name(declared) == "Expert" else "it may not stand there"
        raise InvalidValue(
            f"{name}: {shorten(text)!r} holds what looks like an e-mail address or telephone number; {place}"
        )
    return cleaner(kind)(text)


def _kind_of(value: Value) -> Kind:
    """The kind of a property that no format declares: what it has now is kept."""
    if isinstance(value, bool):
        return _YES
    if isinstance(value, int | float):
        return number(whole=isinstance(value, int))
    return LINES if isinstance(value, list) else LINE


def _name(declared: Declared) -> str:
    return declared.label if isinstance(declared, NodeType) else declared.type
