"""About the data: how much there is, how complete and how old it is, where it comes from, who may see it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from typing import Any

from cocommuns_graph import __version__
from cocommuns_graph.desk.account import account
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.markup import safe_cell
from cocommuns_graph.model import MODEL, Graph, NodeType, Visibility
from cocommuns_graph.model.claims import source_file
from cocommuns_graph.model.errors import InvalidValue, NotAllowed

_LICENCE = "licence"
_LONGEST_LICENCE = 4000
_NOT_COUNTED = ("id", "visibility", "sources", "created_in")


class About(Base):
    """What is to be known of the inventory as a whole, as far as the viewer may see it."""

    def about(self) -> dict[str, Any]:
        """Everything the page about the data tells, in the words of the desk's language.

        Returns:
            {"counts": [{"label", "word", "number"}], "links" (how many), "completeness": [{"label", "word",
            "number", "properties": [{"name", "word", "known" (records), "share" (0 to 1)}]}], "sources":
            [{"name", "records", "links"}], "confirmed": {"number", "oldest", "newest"}, "visibility":
            [{"level", "records", "links"}] (what each level of viewer may see, up to this one), "version"}.
            Dates are ISO 8601, None where nothing is confirmed.
        """
        told: dict[str, Any] = self._made(("about", self.language), self._described)
        return {**told, "version": __version__}

    def _described(self, graph: Graph) -> dict[str, Any]:
        dates = sorted(date for node in graph.nodes.values() if (date := node.text("confirmed_on")))
        return {
            "counts": [
                {
                    "label": type_.label,
                    "word": self.say.words(type_.plural),
                    "number": len(graph.of_label(type_.label)),
                }
                for type_ in MODEL.public_types
            ],
            "links": len(graph.relationships),
            "completeness": [
                self._completeness(graph, type_)
                for type_ in MODEL.public_types
                if graph.of_label(type_.label)
            ],
            "sources": _sources(graph),
            "confirmed": {
                "number": len(dates),
                "oldest": dates[0] if dates else None,
                "newest": dates[-1] if dates else None,
            },
            "visibility": _seen(graph, self.viewer.level),
        }

    def _completeness(self, graph: Graph, type_: NodeType) -> dict[str, Any]:
        nodes = graph.of_label(type_.label)
        known: Counter[str] = Counter()
        for node in nodes:
            families = {declared.name for name in node.properties if (declared := type_.property(name))}
            known.update(families)
        return {
            "label": type_.label,
            "word": self.say.words(type_.plural),
            "number": len(nodes),
            "properties": [
                {
                    "name": declared.name,
                    "word": self.say.words(declared.words),
                    "known": known[declared.name],
                    "share": known[declared.name] / len(nodes),
                }
                for declared in type_.properties
                if declared.name not in _NOT_COUNTED and self.viewer.may_see(declared.visibility)
            ],
        }

    def licence(self) -> dict[str, str]:
        """On what terms others may use the inventory: text, who wrote it, when; empty texts where unsaid."""
        newest: Mapping[str, Any] = next(iter(self.store.notes(_LICENCE)), {})
        return {name: str(newest.get(name) or "") for name in ("text", "who", "when")}

    def set_licence(self, text: str, *, who: str | None = None) -> None:
        """Says on what terms others may use the inventory; what was said before is kept behind it.

        Raises:
            NotAllowed: the viewer is no steward.
            InvalidValue: the text is too long.
        """
        if self.viewer.level < Visibility.STEWARDS:
            raise NotAllowed("only stewards may say on what terms the inventory may be used")
        text = text.strip()
        if len(text) > _LONGEST_LICENCE:
            raise InvalidValue(
                f"the licence has {len(text):,} characters; accepted: up to {_LONGEST_LICENCE:,}"
            )
        if text != self.licence()["text"]:
            self.store.note(_LICENCE, text, who=who or account())
            self._look_again()

    def completeness_csv(self) -> bytes:
        """How complete each property is, as a csv file for spreadsheets that says what it is."""
        text = io.StringIO()
        for name, value in self._meta("completeness", {}).lines().items():
            text.write(f"# {name}: {' '.join(value.split())}\r\n")
        writer = csv.writer(text)
        writer.writerow(["type", "property", "records", "known", "share"])
        for type_ in self.about()["completeness"]:
            for one in type_["properties"]:
                line = [type_["label"], one["name"], type_["number"], one["known"], f"{one['share']:.4f}"]
                writer.writerow([safe_cell(cell) for cell in line])
        return text.getvalue().encode("utf-8-sig")


def _sources(graph: Graph) -> list[dict[str, Any]]:
    """Every file or person that says something, with how many records and links rest on it, most first."""
    records: Counter[str] = Counter()
    links: Counter[str] = Counter()
    for node in graph.nodes.values():
        records.update({source_file(source) for source in node.texts("sources")})
    for tie in graph.relationships:
        links.update({source_file(source) for source in tie.texts("sources")})
    names = sorted({*records, *links}, key=lambda name: (-records[name] - links[name], name))
    return [{"name": name, "records": records[name], "links": links[name]} for name in names]


def _seen(graph: Graph, most: Visibility) -> list[dict[str, Any]]:
    """What each level of viewer up to this one may see: records, and links with both ends."""
    levels = {
        node.id: Visibility.parse(node.text("visibility") or MODEL.node(node.label).default_visibility.word)
        for node in graph.nodes.values()
    }
    ties = Counter(max(levels[tie.start], levels[tie.end]) for tie in graph.relationships)
    nodes = Counter(levels.values())
    return [
        {
            "level": level.word,
            "records": sum(number for seen, number in nodes.items() if seen <= level),
            "links": sum(number for seen, number in ties.items() if seen <= level),
        }
        for level in Visibility
        if level <= most
    ]
