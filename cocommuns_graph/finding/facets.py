"""Filters by kind, sector, country, place, language or any property; the unknown is left out and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cocommuns_graph.model import codes
from cocommuns_graph.model.domain import MODEL, SECTORS
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.identity import fold
from cocommuns_graph.model.kinds import COUNTRY_ACCEPTED, LANGUAGE_ACCEPTED, shorten
from cocommuns_graph.model.records import Graph, Node
from cocommuns_graph.network import SEVERAL, family
from cocommuns_graph.wording import Wording

COLLABORATORS = ("Expert", "Organisation", "Initiative")


@dataclass(frozen=True)
class Facet:
    """One wish about results: how a person reads it, and the known values of a record, empty if unknown."""

    name: str
    wanted: str
    values: Callable[[Node], list[str]]
    fits: Callable[[list[str]], bool]


def kinds_from(kinds: Iterable[str]) -> tuple[str, ...]:
    """The labels that words such as `expert` or `Organisations` name; all collaborators for none.

    Raises:
        InvalidValue: a word names no collaborator.
    """
    words: dict[str, str] = {}
    for label in COLLABORATORS:
        declared = MODEL.node(label)
        for word in (
            label,
            *(
                getattr(declared, form).in_language(code)
                for form in ("singular", "plural")
                for code in ("en", "fr")
            ),
        ):
            words[fold(word)] = label
            words[fold(word).replace("organis", "organiz")] = label
    found: dict[str, None] = {}
    for kind in (kinds,) if isinstance(kinds, str) else kinds:
        label = words.get(fold(kind), "")
        if not label:
            raise InvalidValue(
                f"{shorten(kind)!r} is no kind of result; accepted: expert, organisation, initiative"
            )
        found[label] = None
    return tuple(found) or COLLABORATORS


def facets_from(
    graph: Graph,
    where: Mapping[str, str],
    sector: str | None,
    country: str | None,
    place: str | None,
    language: str | None,
) -> list[Facet]:
    """The wishes of a question.

    Raises:
        InvalidValue: a sector, country or language that does not exist.
    """
    facets: list[Facet] = []
    if sector:
        facets.append(_sector(graph, sector))
    if country:
        code = codes.country(country)
        if code is None:
            raise InvalidValue(f"{shorten(country)!r} is no country; accepted: {COUNTRY_ACCEPTED}")
        facets.append(Facet("country", code, lambda node: node.texts("country"), _has(code)))
    if place:
        facets.append(Facet("place", place, lambda node: node.texts("place"), _holds(place)))
    if language:
        spoken = codes.language(language)
        if spoken is None:
            raise InvalidValue(f"{shorten(language)!r} is no language; accepted: {LANGUAGE_ACCEPTED}")
        facets.append(Facet("languages", spoken, lambda node: node.texts("languages"), _has(spoken)))
    for name, value in where.items():
        facets.append(_property(name, value))
    return facets


def apply(nodes: Iterable[Node], facets: list[Facet]) -> tuple[list[Node], dict[str, int], int]:
    """The nodes that fit every facet, how many were left out for each unknown value, how many for another."""
    kept: list[Node] = []
    unknown: dict[str, int] = {}
    other = 0
    for node in nodes:
        values = [(facet, facet.values(node)) for facet in facets]
        missing = next((facet.name for facet, known in values if not known), None)
        if any(known and not facet.fits(known) for facet, known in values):
            other += 1
        elif missing:
            unknown[missing] = unknown.get(missing, 0) + 1
        else:
            kept.append(node)
    return kept, unknown, other


def wanted_in_words(wish: Facet, say: Wording) -> str:
    """What a wish asks for, as a person reads it: Belgium for BE, French for fr."""
    if wish.name == "country":
        return say.country(wish.wanted)
    if wish.name == "languages":
        return say.language_name(wish.wanted)
    return say.choice(wish.wanted) if wish.name == "sector" else wish.wanted


def _sector(graph: Graph, sector: str) -> Facet:
    wanted = fold(sector)
    accepted = (*SECTORS, SEVERAL)
    if wanted not in accepted:
        raise InvalidValue(f"{shorten(sector)!r} is no sector; accepted: {', '.join(accepted)}")
    return Facet(
        "sector", wanted, lambda node: [found] if (found := family(graph, node.id)) else [], _has(wanted)
    )


def _property(name: str, value: str) -> Facet:
    def values(node: Node) -> list[str]:
        return node.texts(name)

    def fits(known: list[str]) -> bool:
        wanted = {fold(value) or value.casefold()}
        for label in COLLABORATORS:
            declared = MODEL.node(label).property(name)
            if declared is None:
                continue
            try:
                cleaned = declared.kind.clean(value)
            except InvalidValue:
                continue
            items = cleaned if isinstance(cleaned, list) else [cleaned]
            wanted.update(fold(str(item)) or str(item).casefold() for item in items)
        return any((fold(text) or text.casefold()) in wanted or _same_number(text, value) for text in known)

    return Facet(name, value, values, fits)


def _same_number(one: str, other: str) -> bool:
    try:
        return float(one) == float(other.replace(",", "."))
    except ValueError:
        return False


def _has(wanted: str) -> Callable[[list[str]], bool]:
    return lambda known: any(fold(text) == fold(wanted) for text in known)


def _holds(wanted: str) -> Callable[[list[str]], bool]:
    needle = f"-{fold(wanted)}-"
    return lambda known: any(needle in f"-{fold(text)}-" for text in known)
