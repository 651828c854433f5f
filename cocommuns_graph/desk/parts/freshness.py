"""How fresh the inventory is: what nobody confirmed for a while, and sheets to have it checked."""

from __future__ import annotations

import io
import zipfile
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cocommuns_graph.desk.entering import label_of
from cocommuns_graph.desk.files import Written, check_place
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.desk.sheets import file_name
from cocommuns_graph.model import MODEL, Graph, Node, fold
from cocommuns_graph.model.errors import InvalidValue, NotFound

MONTHS = 12
"""After so many months a record counts as not confirmed any more, unless somebody asks otherwise."""

_LONGEST_NAME = 80
_FORMS = ("xlsx", "csv")


class Freshness(Base):
    """What is to be asked again, and of whom."""

    def stale(
        self, months: int = MONTHS, kinds: Sequence[str] = (), *, today: date | None = None
    ) -> dict[str, Any]:
        """The records nobody confirmed in the last months, those never confirmed first, then the oldest.

        `kinds` are kinds of record, organisations and experts if none. A date known to the year or month only
        counts as its last day.

        Returns:
            {"months", "since" (the day from which on a confirmation counts), "total" (records of these
            kinds), "never" (how many were never confirmed), "records": [{"id", "type", "word", "name",
            "confirmed_on" (None for never)}]}.

        Raises:
            InvalidValue: there is no such kind, or the months are no number from 0 to 1,200.
        """
        if not 0 <= months <= 1200:
            raise InvalidValue(f"{months} is no number of months; accepted: 0 to 1200")
        labels = tuple(dict.fromkeys(map(label_of, kinds))) or MODEL.actors
        since = months_before(today or date.today(), months).isoformat()

        def find(graph: Graph) -> dict[str, Any]:
            nodes = graph.of_label(*labels)
            old = stale_nodes(nodes, months, today)
            old.sort(key=lambda node: (node.text("confirmed_on"), fold(node.name), node.id))
            return {
                "months": months,
                "since": since,
                "total": len(nodes),
                "never": sum(not node.text("confirmed_on") for node in old),
                "records": [self._told_stale(node) for node in old],
            }

        return self._made(("stale", since, months, labels, self.language), find)

    def _told_stale(self, node: Node) -> dict[str, Any]:
        return {
            "id": node.id,
            "type": node.label,
            "word": self.say.words(MODEL.node(node.label).singular),
            "name": node.name,
            "confirmed_on": node.text("confirmed_on") or None,
        }

    def to_check(self, months: int = MONTHS, *, today: date | None = None) -> list[str]:
        """The ids of the organisations to ask: those not confirmed themselves, or with such people."""
        graph = self.graph()
        old = {record["id"] for record in self.stale(months, today=today)["records"]}
        return [
            node.id
            for node in graph.of_label("Organisation")
            if node.id in old
            or any(
                tie.start in old for tie in graph.links_of.get(node.id, []) if tie.type == "AFFILIATED_WITH"
            )
        ]

    def write_check_sheets(
        self,
        place: Path,
        identifiers: Sequence[str] = (),
        *,
        months: int = MONTHS,
        language: str = "en",
        form: str = "xlsx",
    ) -> Written:
        """Writes a sheet for each of these organisations (those of `to_check` if none) to check its entry by.

        `place` is a folder, a file ending in .zip, or one ending in .xlsx for one organisation; `form` is
        xlsx, or csv with a folder of three tables for each. They hold what this viewer may see.

        Raises:
            NotFound, Ambiguous: there is no such organisation, or several have the name.
            InvalidValue: there is no such form or language, or one file is to hold several organisations.
            UnwritableFile: it cannot be written; nothing is.
        """
        from cocommuns_graph.exporting.files import make_folder

        asked = [self.resolve(each, ("Organisation",)) for each in identifiers] or self.to_check(months)
        if not asked:
            raise NotFound(f"every organisation and its people were confirmed in the last {months} months")
        if place.suffix.lower() == ".xlsx":
            if len(asked) > 1 or form != "xlsx":
                raise InvalidValue(
                    f"{place} is one workbook, and {len(asked)} organisations are asked; give a folder"
                )
            check_place(place)
            return self._written({place: next(self._sheets(asked, language, form))[1]})
        if place.suffix.lower() == ".zip":
            check_place(place)
            return self._written({place: self.check_sheets(asked, language=language, form=form)})
        files = {place / name: content for name, content in self._sheets(asked, language, form)}
        for folder in dict.fromkeys([place, *(path.parent for path in files)]):
            make_folder(folder)
        return self._written(files)

    def check_sheets(self, identifiers: Sequence[str], *, language: str = "en", form: str = "xlsx") -> bytes:
        """The check sheets of these organisations, by id, as one zip; raises as `write_check_sheets`."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, sheet in self._sheets(identifiers, language, form):
                archive.writestr(name, sheet)
        return content.getvalue()

    def _sheets(self, identifiers: Sequence[str], language: str, form: str) -> Iterator[tuple[str, bytes]]:
        """The name and content of each file."""
        from cocommuns_graph import importing

        words = importing.words_in(language)
        if form not in _FORMS:
            raise InvalidValue(f"{form!r} is no form of a check sheet; accepted: {', '.join(_FORMS)}")
        graph = self.graph()
        taken: list[str] = []
        for identifier in [self.resolve(each, ["Organisation"]) for each in identifiers]:
            bare = fold(graph.nodes[identifier].name)[:_LONGEST_NAME].strip("-") or "organisation"
            name = file_name(bare, taken)
            taken.append(name)
            tables = importing.given_tables(graph, identifier, words)
            if form == "xlsx":
                yield f"{name}.xlsx", importing.as_workbook(tables, words)
                continue
            for table in tables:
                yield f"{name}/{table.table}.csv", importing.as_csv(table, words)


def stale_nodes(nodes: Iterable[Node], months: int, today: date | None = None) -> list[Node]:
    """Those nobody confirmed in the last months; a date without a day counts as its last."""
    since = months_before(today or date.today(), months).isoformat()
    return [node for node in nodes if _last_day(node.text("confirmed_on")) < since]


def check_sheet_languages() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages there are check sheets in, English first."""
    from cocommuns_graph import importing

    return tuple(importing.check_words())


def months_before(day: date, months: int) -> date:
    """The day so many months before another, the last of its month where that has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    year = max(years, 1)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_day(text: str) -> str:
    """The last day a date may mean; the first of all for none."""
    return f"{text}-12-31"[:10] if len(text) == 4 else f"{text}-31" if len(text) == 7 else text
