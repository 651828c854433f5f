"""Who could help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import islice
from typing import Any

from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.model import MODEL, Graph


class Search(Base):
    """Finding."""

    def find(
        self,
        text: str,
        *,
        kinds: Sequence[str] = (),
        where: Mapping[str, str] | None = None,
        sector: str | None = None,
        country: str | None = None,
        place: str | None = None,
        language: str | None = None,
        start: str | None = None,
        meant: Sequence[str] = (),
        limit: int = 10,
    ) -> dict[str, Any]:
        """Ranked collaborators with reasons, told in the desk's language: the contract's `find`.

        For screens besides: the `name` of each topic and the `word` for the type of each result in that
        language, and `homonyms`, the words that have several meanings here: `{"asked", "topics": [{"id",
        "name", "meaning"}]}`. `meant` are ids of the topics that are meant where there are several.

        Raises:
            InvalidValue: a filter or the limit is not one that exists.
            NotFound: `start` is no record.
        """
        asked: dict[str, Any] = {
            "kinds": tuple(kinds),
            "where": dict(where or {}),
            "sector": sector,
            "country": country,
            "place": place,
            "language": language,
            "start": self.resolve(start) if start else None,
            "meant": tuple(meant),
            "limit": limit,
        }
        key = ("found", text, repr(asked), self.language)
        return deepcopy(self._made(key, lambda graph: self._found(graph, text, asked)))

    def _found(self, graph: Graph, text: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        from cocommuns_graph.finding import meaning
        from cocommuns_graph.network import called

        answer = self._finder().find(text, **asked, say=self.say)
        nodes = graph.nodes
        told = answer.as_dict()
        for topic in told["topics"]:
            topic["name"] = called(nodes[topic["id"]], self.say)
        for result in told["results"]:
            result["word"] = self.say.words(MODEL.node(result["type"]).singular)
        told["homonyms"] = [
            {
                "asked": homonym.asked,
                "topics": [
                    {
                        "id": topic,
                        "name": called(nodes[topic], self.say),
                        "meaning": meaning(nodes[topic], self.say),
                    }
                    for topic in homonym.topics
                ],
            }
            for homonym in answer.homonyms
        ]
        return told

    def completions(self, most: int = 3000) -> list[tuple[str, str, str]]:
        """What the glossary calls its topics, for a box that completes: term, its language, the topic.

        In all languages, those of the topics with the most links first; the language and the topic in the
        words of the desk's language, the language empty where it is not known.
        """

        def listed(graph: Graph) -> list[tuple[str, str, str]]:
            from cocommuns_graph.finding.glossary import terms_of
            from cocommuns_graph.network import called

            topics = sorted(
                graph.of_label("Topic"), key=lambda node: (-len(graph.links_of.get(node.id, ())), node.id)
            )
            found = (
                (
                    term.text,
                    self.say.language_name(term.language) if term.language else "",
                    called(node, self.say),
                )
                for node in topics
                for term in terms_of(node)
            )
            return list(islice(dict.fromkeys(found), most))

        return self._made(("completions", most, self.language), listed)

    def similar(self, text: str, most: int = 5) -> list[dict[str, Any]]:
        """Who is at home in the same topics as a record, likest first.

        Returns:
            [{"id", "name", "word", "topics": [names of the shared topics, rarest first]}]

        Raises:
            NotFound, Ambiguous: as for `resolve`.
        """
        from cocommuns_graph.finding import Similarity
        from cocommuns_graph.network import called

        identifier = self.resolve(text)
        nodes = self.graph().nodes
        return [
            {
                "id": one.id,
                "name": nodes[one.id].name,
                "word": self.say.words(MODEL.node(nodes[one.id].label).singular),
                "topics": [called(nodes[topic], self.say) for topic in one.topics],
            }
            for one in self._made(("similarity",), Similarity).of(identifier, most)
        ]
