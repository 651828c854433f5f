"""What the columns of somebody's sheets mean: the guess to look at and correct, the format to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cocommuns_graph.desk.columns import Tellings, keep_format, known_by, own_formats, told_of
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.desk.uploads import Upload, kept_in_a_folder
from cocommuns_graph.model import MODEL

ANSWERS: Mapping[str, str] = {
    "first name": "first name",
    "last name": "last name",
    "organisation": "organisation",
    "person": "contact person",
    "topics": "topics",
    "member of": "member of",
    "partners": "partners",
    "broader": "broader topic",
    "related": "related topics",
    "leave out": "leave the column out",
}
"""What meanings are called on a screen that are no property of the model."""


class ColumnsIn(Base):
    """Columns that a table's format does not declare."""

    def tables_of(self, uploads: Sequence[Upload], told: Tellings | None = None) -> list[dict[str, Any]]:
        """The tables of uploads, each with what it is read as and, if it is guessed or told, its columns.

        `path`, `format` (None where it is not read), `row` (what each row is taken for), `confidence`,
        `sure`, and `columns`: column, property (None where it is kept), confidence, why in the desk's
        language, examples. Of a table that a format reads, the columns are as they would be guessed.

        Raises:
            UnreadableFile, InvalidFormat, InvalidValue: a file cannot be read, or what is told does not fit.
        """
        from cocommuns_graph import importing

        with kept_in_a_folder(uploads) as (folder, paths):
            by_path = {f"{folder}/{path}": each for path, each in told_of(told).items()}
            found = importing.look(
                paths, own=own_formats(self.home), told=by_path, known=lambda: known_by(self.graph())
            )
            return [
                {
                    "path": each.path.removeprefix(f"{folder}/"),
                    "format": each.format,
                    "row": each.guess.rows,
                    "confidence": each.guess.confidence,
                    "sure": each.guess.sure,
                    "columns": importing.columns_of(each.guess, self.say),
                }
                for each in found
            ]

    def keep_reading(self, upload: Upload, path: str, told: Tellings, name: str) -> Path:
        """Keeps how a table is read as a format of the home, which claims such tables from now on.

        Raises:
            UnreadableFile, InvalidFormat, InvalidValue, UnwritableFile: it cannot; the text says why.
        """
        from cocommuns_graph import importing

        with kept_in_a_folder([upload]) as (folder, paths):
            by_path = {f"{folder}/{each}": what for each, what in told_of(told).items()}
            found = importing.look(paths, told=by_path, known=lambda: known_by(self.graph()))
            guess = next(each.guess for each in found if each.path == f"{folder}/{path}")
            return keep_format(guess, name, self.home)

    def kinds_of_row(self) -> dict[str, str]:
        """What each row of a table may be: the label, and what one is called on a screen."""
        from cocommuns_graph.formats.guessing import KINDS

        return {label: self.say.words(MODEL.node(label).singular) for label in KINDS}

    def meanings(self, row: str) -> dict[str, str]:
        """What a column may be read as where each row is a `row`: the meaning, and what a screen calls it."""
        from cocommuns_graph.formats.guessing import LEFT_OUT, meanings_of

        node_type = MODEL.node(row)
        found = {"": self.say("keep as it is")}
        for meaning in (*meanings_of(row), LEFT_OUT):
            property_ = node_type.property("label" if (row, meaning) == ("Topic", "name") else meaning)
            if meaning in ANSWERS:
                found[meaning] = self.say(ANSWERS[meaning])
            elif property_ is not None:
                code = meaning.rpartition("_")[2] if "_" in meaning else ""
                words = self.say.words(property_.words)
                found[meaning] = f"{words} ({code})" if code else words
            else:
                found[meaning] = self.say.words(MODEL.node("Expert").property(meaning).words)  # type: ignore[union-attr]
        return found
