"""The typed parameters of a named query: what each accepts and how text becomes its value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cocommuns_graph.model import Model, Value, Words
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import COUNTRY, DATE, LANGUAGES, LINE, Kind, number, shorten

_YES = {"yes", "true", "1", "y", "oui", "vrai"}
_NO = {"no", "false", "0", "n", "non", "faux"}
_LARGEST = 2**63 - 1


def _boolean(value: Any) -> bool:
    text = str(value).strip().casefold()
    if text in _YES or text in _NO:
        return text in _YES
    raise InvalidValue(f"{shorten(value)!r} is not accepted; accepted: yes or no")


BOOLEAN = Kind("yes or no", "yes or no", _boolean, choices=("yes", "no"), input="choice")
_LANGUAGE = Kind("language", LANGUAGES.accepted.removeprefix("several, each "), LANGUAGES.clean_one)
_PLAIN = {
    "text": LINE,
    "integer": number(-_LARGEST, _LARGEST, whole=True),
    "number": number(),
    "boolean": BOOLEAN,
    "date": DATE,
    "country": COUNTRY,
    "language": _LANGUAGE,
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a named query.

    `type` is the word of the header, `kind` cleans a value. `record` is True where the value is the id of a
    record, `label` the label it must carry (None: any). A parameter that is neither required nor given takes
    `default`, which is None where the header says `optional`.
    """

    name: str
    type: str
    kind: Kind
    description: Words
    required: bool = False
    default: Value | None = None
    record: bool = False
    label: str | None = None

    @property
    def accepted(self) -> str:
        """What a value may be, in words."""
        return self.kind.accepted

    @property
    def choices(self) -> tuple[str, ...]:
        """The only words accepted, where there are but a few."""
        return self.kind.choices


def kind_of(type_: str, model: Model) -> tuple[Kind, bool, str | None] | None:
    """How the type word of a header cleans values, whether they are ids, and of which label; None if unknown.

    A type is text, integer, number, boolean, date, country or language; `id` for a record of any label or a
    label in lower case for one of that label; or a declared property, `Organisation.sector`, for its values.
    """
    if type_ in _PLAIN:
        return _PLAIN[type_], False, None
    if type_ == "id":
        return _record("the id or the exact name of a record"), True, None
    for label in model.labels:
        if type_ == label.lower():
            word = model.node(label).singular.en
            article = "an" if word[0] in "aeiou" else "a"
            return _record(f"the id or the exact name of {article} {word}"), True, label
    owner, _, name = type_.partition(".")
    if owner in model.labels and (declared := model.node(owner).property(name)):
        return _single(declared.kind), False, None
    if owner in model.types and (declared := model.relationship(owner).property(name)):
        return _single(declared.kind), False, None
    return None


def types(model: Model) -> str:
    """The type words there are, for a sentence."""
    return ", ".join([*_PLAIN, "id", *(label.lower() for label in model.labels), "LABEL.property"])


def _record(accepted: str) -> Kind:
    return Kind("record", accepted, LINE.clean_one, input="record")


def _single(kind: Kind) -> Kind:
    if not kind.many:
        return kind
    clean_one: Callable[[Any], Any] = kind.clean_one
    accepted = kind.accepted.removeprefix("several, each ")
    return Kind(kind.name.removeprefix("list of "), accepted, clean_one, choices=kind.choices)
