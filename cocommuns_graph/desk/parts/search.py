"""Who could help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import islice
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.model import MODEL, Graph
from cocommuns_graph.model.errors import InvalidValue

if TYPE_CHECKING:
    from cocommuns_graph.finding import Similar

_MOST_TOLD = 3


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
        language; `understood`, which is `why` without the verdict; and `homonyms`, the words that have
        several meanings here: `{"asked", "topics": [{"id", "name", "meaning"}]}`. `meant` are ids of the
        topics that are meant where there are several.

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
        from cocommuns_graph.finding.composition import made_of
        from cocommuns_graph.network import called

        answer = self._finder().find(text, **asked, say=self.say)
        nodes = graph.nodes
        told = answer.as_dict()
        told["understood"] = answer.why
        if told["verdict"]:
            for near in told["verdict"]["nearest"]:
                near["word"] = self.say.words(MODEL.node(near["type"]).singular)
        for topic in told["topics"]:
            topic["name"] = called(nodes[topic["id"]], self.say)
        for result in told["results"]:
            result["word"] = self.say.words(MODEL.node(result["type"]).singular)
            result["made_of"] = made_of(result["parts"], self.say)
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

    def similar(
        self,
        text: str,
        most: int = 10,
        *,
        unknown: bool = False,
        kinds: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Who is at home in the same topics as a record, likest first, and why.

        With `unknown` only those whom it does not know: no tie, no common organisation or initiative.
        `kinds` are as for `find`.

        Returns:
            {"id", "name", "why" (a sentence where there is nobody, else empty), "similar": [{"rank", "id",
            "type", "word", "name", "score" (above 0 to 1), "know", "topics": [{"id", "name"}] (shared, rarest
            first), "neighbouring": [{"id", "name", "own": {"id", "name"}}], "text" (that in a sentence)}]}

        Raises:
            NotFound, Ambiguous: as for `resolve`.
            InvalidValue: there is no such kind, or `most` is below 1.
        """
        from cocommuns_graph.finding import Similarity, kinds_from
        from cocommuns_graph.network import called

        if most < 1:
            raise InvalidValue(f"a limit of {most} is not possible; accepted: 1, 2, 3 and so on")
        identifier = self.resolve(text)
        labels = kinds_from(kinds)
        graph = self.graph()
        found = self._made(("similarity",), Similarity).of(identifier, most, unknown=unknown, labels=labels)
        why = "" if found else self._nobody_similar(graph, identifier, unknown=unknown)
        return {
            "id": identifier,
            "name": called(graph.nodes[identifier], self.say),
            "why": why,
            "similar": [{"rank": rank, **self._likeness(graph, one)} for rank, one in enumerate(found, 1)],
        }

    def _nobody_similar(self, graph: Graph, identifier: str, *, unknown: bool) -> str:
        from cocommuns_graph.finding import Similarity
        from cocommuns_graph.network import called

        name = called(graph.nodes[identifier], self.say)
        if not self._made(("similarity",), Similarity).has_topics(identifier):
            return self.say("{name} is linked to no topic, so nobody can be compared with it.", name=name)
        if unknown:
            return self.say("Nobody whom {name} does not know is at home in the same topics.", name=name)
        return self.say("Nobody else is at home in the topics of {name}.", name=name)

    def _likeness(self, graph: Graph, one: Similar) -> dict[str, Any]:
        from cocommuns_graph.network import called

        def named(topic: str) -> dict[str, str]:
            return {"id": topic, "name": called(graph.nodes[topic], self.say)}

        node = graph.nodes[one.id]
        near = [(named(each.topic), named(each.own)) for each in one.neighbouring]
        shared = self.say.together([each["name"] for each in map(named, one.topics)], most=_MOST_TOLD)
        beside = self.say.together(
            [
                self.say("{topic} (next to {own})", topic=topic["name"], own=own["name"])
                for topic, own in near
            ],
            most=_MOST_TOLD,
        )
        if not near:
            told = self.say("shares {topics}", topics=shared)
        elif not one.topics:
            told = self.say("is close by with {topics}", topics=beside)
        else:
            told = self.say("shares {topics}; close by with {near}", topics=shared, near=beside)
        return {
            "id": one.id,
            "type": node.label,
            "word": self.say.words(MODEL.node(node.label).singular),
            "name": node.name,
            "score": round(one.score, 4),
            "know": one.know,
            "topics": [named(topic) for topic in one.topics],
            "neighbouring": [{**topic, "own": own} for topic, own in near],
            "text": told,
        }
