"""By what a map can be coloured and sized: the properties of its records, and what each record's value is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cocommuns_graph.model import MODEL, Graph, Node, Scalar
from cocommuns_graph.network import SEVERAL, family
from cocommuns_graph.wording import Wording

_EACH_ITS_OWN = frozenset({"id", "name", "label", "aliases", "sources", "created_in", "key"})
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,10})?")
_DATE = re.compile(r"(\d{4})(-\d\d){1,2}(T.*)?")


@dataclass(frozen=True)
class Values:
    """What each record has of one thing: numbers, or else texts, by id; a record without is left out.

    `order` says in which order texts stand that have one (yes before no); others go by frequency. `words`
    are what a person reads for a text, where that is something else.
    """

    title: str
    of: Mapping[str, Scalar]
    is_number: bool
    unknown: str
    order: tuple[str, ...] = ()
    words: Mapping[str, str] | None = None

    def word(self, text: str) -> str:
        """What a person reads for a text."""
        return (self.words or {}).get(text, text)


def properties(graph: Graph, say: Wording) -> dict[str, str]:
    """Every property a map can be coloured by, with its words, declared ones first.

    Left out is what each record has its own of: id, names, sources, the store's bookkeeping.
    """
    there: dict[str, None] = {}
    for node in graph.nodes.values():
        there.update(dict.fromkeys(node.properties))
    declared: dict[str, str] = {}
    for type_ in MODEL.public_types:
        for one in type_.properties:
            if one.name not in _EACH_ITS_OWN and not one.by_language:
                declared.setdefault(one.name, say.words(one.words))
    if any(node.label == "Organisation" for node in graph.nodes.values()):
        there.setdefault("sector", None)
    found = {name: words for name, words in declared.items() if name in there}
    for name in sorted(there):
        if name not in found and name not in _EACH_ITS_OWN and not _is_declared(name):
            found[name] = name.replace("_", " ")
    return found


def _is_declared(name: str) -> bool:
    return any(type_.property(name) is not None for type_ in MODEL.public_types)


def values_of(graph: Graph, name: str, title: str, say: Wording) -> Values:
    """The values of a property. Of a list with several values it is `several`; the sector of an expert is
    that of the current affiliations. Texts that are all numbers count as numbers, dates as their years."""
    found = {
        node.id: value for node in graph.nodes.values() if (value := _value(graph, node, name)) is not None
    }
    unknown = say("not known")
    numbers = _numbers(found.values())
    if numbers is not None:
        return Values(title, dict(zip(found, numbers, strict=True)), True, unknown)
    if all(isinstance(value, bool) for value in found.values()):
        texts: dict[str, Scalar] = {id_: "yes" if value else "no" for id_, value in found.items()}
        return Values(title, texts, False, unknown, ("yes", "no"), {"yes": say("yes"), "no": say("no")})
    texts = {id_: str(value) for id_, value in found.items()}
    words = {text: _word(name, text, say) for text in {str(value) for value in texts.values()}}
    return Values(title, texts, False, unknown, words=words)


def _value(graph: Graph, node: Node, name: str) -> Scalar | None:
    value = node.properties.get(name)
    if value is None or value == "":
        return (family(graph, node.id) or None) if name == "sector" else None
    if isinstance(value, list):
        distinct: list[Scalar] = list(dict.fromkeys(value))
        return None if not distinct else distinct[0] if len(distinct) == 1 else SEVERAL
    return value


def _numbers(values: Iterable[Scalar]) -> list[float] | None:
    """Values as numbers, if every one is a number or a date; None where one is something else."""
    read: list[float] = []
    for value in values:
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float) or _NUMBER.fullmatch(value):
            read.append(float(value))
        elif date := _DATE.fullmatch(value):
            read.append(float(date[1]))
        else:
            return None
    return read or None


def _word(name: str, text: str, say: Wording) -> str:
    if text == SEVERAL:
        return say("several")
    if name == "country":
        return say.country(text)
    if name == "languages":
        return say.language_name(text)
    declared = next(
        (one for type_ in MODEL.public_types if (one := type_.property(name)) and one.name == name), None
    )
    choices = declared.kind.choices if declared else ()
    return say.choice(text) if text in choices else text
