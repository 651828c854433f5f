"""Shortlists for somebody else: as a page to print and as a table."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from cocommuns_graph.desk.files import Written, check_place, write_bytes
from cocommuns_graph.desk.parts.lists import Lists
from cocommuns_graph.model import Visibility
from cocommuns_graph.model.errors import InvalidValue, NotAllowed
from cocommuns_graph.model.kinds import shorten


class ListFiles(Lists):
    """What of a shortlist leaves as a file, and for whose eyes."""

    def shortlist_file(self, what: str, form: str, *, readers: Visibility = Visibility.PUBLIC) -> bytes:
        """A shortlist for somebody else, in the desk's language: a page to print (`html`) or a table (`csv`).

        It holds the records and details that its readers may see; notes are in it where they may see the
        list.

        Raises:
            NotFound, Ambiguous: there is no such list, or several.
            InvalidValue: there is no such form.
            NotAllowed: the readers would see more than this viewer.
        """
        from cocommuns_graph.reports import shortlist_page, shortlist_table, table_csv

        if form not in ("html", "csv"):
            raise InvalidValue(f"{shorten(form)!r} is no form of a shortlist; accepted: html, csv")
        found = self._for_readers(what, readers)[0]
        reader = self.for_viewer(readers)
        meta = reader._meta("shortlist", {"language": self.language}).lines()
        meta = {name: value for name, value in meta.items() if name not in ("network", "direction")}
        if form == "csv":
            return table_csv(shortlist_table(found, self.language), meta)
        return shortlist_page(found, meta, self.language).encode("utf-8", "replace")

    def left_out_of_shortlist(self, what: str, readers: Visibility) -> int:
        """How many records of a list a file for these readers would not have.

        Raises:
            NotFound, Ambiguous, NotAllowed: as for `shortlist_file`.
        """
        return self._for_readers(what, readers)[1]

    def write_shortlist(
        self, what: str, path: Path, *, readers: Visibility = Visibility.PUBLIC, language: str = "en"
    ) -> Written:
        """Writes `shortlist_file` to FILE.html or FILE.csv, in English where screens speak not the language.

        Raises:
            NotFound, Ambiguous, InvalidValue, NotAllowed: as for `shortlist_file`.
            UnwritableFile: it cannot be written there.
        """
        from cocommuns_graph.exporting import write_all
        from cocommuns_graph.reports import language_code

        check_place(path)
        form = {".html": "html", ".htm": "html", ".csv": "csv"}.get(path.suffix.lower())
        if form is None:
            raise InvalidValue(
                f"{shorten(path.name)!r} says not what to write; accepted: FILE.html, FILE.csv"
            )
        data = self.speaking(language_code(language)).shortlist_file(what, form, readers=readers)
        write_all({path: partial(write_bytes, data=data)})
        return Written((path,), self.left_out_of_shortlist(what, readers))

    def _for_readers(self, what: str, readers: Visibility) -> tuple[dict[str, Any], int]:
        """A list as it leaves for readers, and how many of its records they may not see."""
        if not self.viewer.may_see(readers):
            raise NotAllowed(f"only {readers.word} may write a file for {readers.word}")
        found = self._list(what)
        told = self._whole(found, self.for_viewer(readers))
        if readers < Visibility.parse(found["visibility"]):
            told["note"] = ""
            for entry in told["entries"]:
                entry["note"] = ""
        return told, len(self._entries(found["id"])) - len(told["entries"])
