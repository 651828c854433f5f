"""Empty sheets to fill in, and names for files that somebody uploads."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from cocommuns_graph import shipped
from cocommuns_graph.desk.files import Written, check_place


def template(path: Path, language: str = "en") -> Written:
    """An empty sheet to fill in, csv or xlsx by its ending; the contact list in one of `template_languages`.

    Raises:
        CocommunsError: there is none in that language.
        UnwritableFile: it cannot be written; the text says why.
    """
    from cocommuns_graph import importing

    check_place(path)
    importing.template(path, language=language)
    return Written((path,), 0)


def template_bytes(name: str, language: str = "en") -> bytes:
    """The content of an empty sheet of that name; raises as `template`."""
    with tempfile.TemporaryDirectory(prefix="cocommuns-") as folder:
        return template(Path(folder) / name, language).paths[0].read_bytes()


def template_languages() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages there is an empty contact list in, English first."""
    from cocommuns_graph import importing

    return tuple(importing.contact_sheets())


@cache
def starter_glossary() -> tuple[bytes, int]:
    """The sample's glossary as a table of topics for an inventory that has none, and how many terms it has.

    Challenges are left out: they are what the people of the sample face, not words for everybody.

    Raises:
        CocommunsError: the installation lacks its sample.
    """
    with (shipped.folder("sample_data") / "topics.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        kept = [row for row in rows if row["kind"] != "challenge"]
        text = io.StringIO(newline="")
        table = csv.DictWriter(text, list(rows.fieldnames or ()))
        table.writeheader()
        table.writerows(kept)
    return text.getvalue().encode(), len(kept)


def file_name(name: str, taken: Sequence[str] = ()) -> str:
    """A name somebody gave a file, as the name of a file in one folder: no path, not hidden, not taken."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c if c.isalnum() or c in "-_. ()" else "_" for c in bare).strip(". ")[-120:] or "file"
    unique, number = kept, 2
    while unique.casefold() in {one.casefold() for one in taken}:
        stem, dot, ending = kept.rpartition(".")
        unique = f"{stem} ({number}){dot}{ending}" if dot else f"{kept} ({number})"
        number += 1
    return unique
