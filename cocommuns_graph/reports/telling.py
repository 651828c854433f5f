"""What a page says about a tie, and where it says so: details in words, sources as numbered notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cocommuns_graph.reports.html import Html, element, join, named
from cocommuns_graph.reports.page import Section
from cocommuns_graph.reports.wording import Wording

_QUOTED = ("statement", "how", "evidence", "note")


class Notes:
    """The sources of a page, each numbered once, where it is first needed."""

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._numbers: dict[str, int] = {}

    def mark(self, sources: Iterable[str]) -> Html | None:
        """The numbers of some sources as links to the list of them; nothing where there is none."""
        numbers = [self._numbers.setdefault(source, len(self._numbers) + 1) for source in sources]
        if not numbers:
            return None
        links = [
            element(
                "a", number, href=f"#source-{number}", aria_label=self._words.text("note", number=str(number))
            )
            for number in numbers
        ]
        return element("sup", join(links, " "), class_="note")

    def section(self) -> list[Section]:
        """The list of them as the last section of a page, if there are any."""
        if not self._numbers:
            return []
        listed = [
            element("li", named(source), id=f"source-{number}") for source, number in self._numbers.items()
        ]
        return [Section("sources", self._words.text("sources"), element("ol", *listed, class_="notes"))]


def details(properties: Mapping[str, Any], words: Wording) -> Html | None:
    """What a tie adds: in brackets its role, kind, level, stance and time, then a quotation."""
    parts = [str(properties[name]) for name in ("role", "kind", "urgency") if properties.get(name)]
    if level := properties.get("level"):
        parts.append(words.text("level", level=level))
    if stance := properties.get("stance"):
        parts.append(words.word("stance", str(stance)))
    parts += [words.date(str(properties[name])) for name in ("since", "when") if properties.get(name)]
    if until := properties.get("until"):
        parts.append(words.text("until", date=words.date(str(until))))
    said = next((str(properties[name]) for name in _QUOTED if properties.get(name)), "")
    if not parts and not said:
        return None
    return join(
        [
            join([" (", join(map(named, parts), ", "), ")"]) if parts else None,
            join([words.text("colon"), named(said)]) if said else None,
        ]
    )


def who(actor: Mapping[str, Any], words: Wording) -> Html:
    """The name of an actor with what it is: "SMart (organisation, cooperatives)"."""
    about = words.type(actor["type"])
    if actor["family"]:
        about += f", {words.family(actor['family'])}"
    return join([named(actor["name"]), f" ({about})"])
