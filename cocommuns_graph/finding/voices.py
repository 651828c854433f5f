"""Who speaks a language, is in a country, or is a voice of a family."""

from __future__ import annotations

from cocommuns_graph.finding.answers import Reason
from cocommuns_graph.finding.facets import Facet
from cocommuns_graph.model.records import Graph, Node, Relationship
from cocommuns_graph.network import called, family, is_current, read_tie
from cocommuns_graph.wording import Wording

_KINDS = {"languages": "language", "country": "country", "sector": "sector"}


class Voices:
    """What is known of actors' languages, countries and families in one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def fit(self, node: Node, wish: Facet) -> bool:
        """Whether somebody fits a wish.

        A language or a country of their own; an expert also is in the countries of the organisations they are
        affiliated with now, and of the family these agree on.
        """
        return wish.fits(self._values(node, wish))

    def is_known(self, node: Node, wish: Facet) -> bool:
        """Whether the records say anything about it."""
        return bool(self._values(node, wish))

    def _values(self, node: Node, wish: Facet) -> list[str]:
        known = list(wish.values(node))
        if wish.name == "country":
            known += [place.text("country") for _, place in self._affiliations(node) if place.text("country")]
        return known

    def reasons(self, node: Node, wish: Facet, say: Wording) -> tuple[Reason, ...]:
        """Why somebody fits, with what it rests on: their own record, or the affiliations that say it."""
        own = wish.name != "sector" or node.label == "Organisation"
        if own and wish.fits(wish.values(node)):
            text = self._sentence(node, wish, say)
            return (Reason(_KINDS[wish.name], text, (node.id,), tuple(node.texts("sources"))),)
        found = []
        for tie, place in self._affiliations(node):
            values = place.texts(wish.name)
            if values and (
                wish.fits(values) or (wish.name == "sector" and wish.fits([family(self._graph, node.id)]))
            ):
                sentence = say(
                    "{sentence}, and {other}",
                    sentence=read_tie(self._graph, tie, node.id, say),
                    other=self._sentence(place, wish, say, values),
                )
                sources = dict.fromkeys((*tie.texts("sources"), *place.texts("sources")))
                found.append(Reason(_KINDS[wish.name], sentence, (node.id, place.id), tuple(sources)))
        return tuple(found[:2])

    def _sentence(self, node: Node, wish: Facet, say: Wording, values: list[str] | None = None) -> str:
        name = called(node, say)
        value = values[0] if values and not wish.fits(values) else wish.wanted
        if wish.name == "languages":
            return say("{name} speaks {language}", name=name, language=say.language_name(value))
        if wish.name == "country":
            return say("{name} is in {country}", name=name, country=say.country(value))
        return say("{name} is of the sector {sector}", name=name, sector=say.choice(value))

    def _affiliations(self, node: Node) -> list[tuple[Relationship, Node]]:
        """The current affiliations of an expert, each with the organisation."""
        if node.label != "Expert":
            return []
        return [
            (tie, self._graph.nodes[tie.end])
            for tie in sorted(self._graph.links_of.get(node.id, ()), key=lambda tie: tie.identity)
            if tie.type == "AFFILIATED_WITH" and tie.start == node.id and tie.end in self._graph.nodes
            if is_current(tie)
        ]
