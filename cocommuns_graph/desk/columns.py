"""What the columns of a table mean: guessed, told by a person, kept in the home for next time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.files import write_whole
from cocommuns_graph.model import MODEL, Graph, fold
from cocommuns_graph.model.errors import InvalidValue, UnwritableFile
from cocommuns_graph.model.kinds import shorten

if TYPE_CHECKING:
    from cocommuns_graph.formats import Format
    from cocommuns_graph.formats.guessing import Guess, Known
    from cocommuns_graph.importing import Told

FOLDER = "importers"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME = 60

Tellings = Mapping[str, Mapping[str, Any]]
"""By a table's path ("" for any): `rows`, what each row is, and `columns`, what each column means."""


def own_formats(home: Path) -> tuple[Format, ...]:
    """The formats kept in a home, by name.

    Raises:
        InvalidFormat: one of them cannot be read or does not fit the model; the text says which and why.
    """
    from cocommuns_graph.formats import load_format

    folder = home / FOLDER
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return tuple(load_format(path, MODEL) for path in paths)


def known_by(graph: Graph) -> Known:
    """What an inventory knows by name, to recognise it in the cells of a table."""
    from cocommuns_graph.formats.guessing import Known

    def names(label: str) -> frozenset[str]:
        spelled = (
            str(spelling)
            for node in graph.of_label(label)
            for name, value in node.properties.items()
            if name in ("name", "label", "aliases") or name.startswith(("label_", "aliases_"))
            for spelling in (value if isinstance(value, list) else [value])
        )
        return frozenset(filter(None, map(fold, spelled)))

    return Known(names("Topic"), names("Organisation"), names("Expert"))


def told_of(told: Tellings | None) -> dict[str, Told]:
    """What is told of tables, as the importer takes it.

    Raises:
        InvalidValue: rows are said to be something that there is not.
    """
    from cocommuns_graph.formats.guessing import KINDS
    from cocommuns_graph.importing import Told

    found = {}
    for path, each in (told or {}).items():
        rows = str(each.get("rows") or "")
        if rows and rows not in KINDS:
            raise InvalidValue(f"{shorten(rows)!r} is no kind of record; accepted: {', '.join(KINDS)}")
        found[path] = Told(rows, dict(each.get("columns") or {}))
    return found


def keep_format(guess: Guess, name: str, home: Path) -> Path:
    """Writes how a table is read as a format under a name, or to a path that ends in .toml; returns where.

    Raises:
        InvalidFormat: nothing names the rows.
        InvalidValue: the name is none, or is that of a built-in format.
        UnwritableFile: the file cannot be written.
    """
    from cocommuns_graph.formats import built_in
    from cocommuns_graph.formats.guessing import as_toml

    path = Path(name)
    called = fold(path.stem if name.lower().endswith(".toml") else name)[:_LONGEST_NAME].strip("-")
    if not _NAME.fullmatch(called):
        raise InvalidValue(f"{shorten(name)!r} is no name for a format; use letters and digits")
    if called in {format_.name for format_ in built_in()}:
        raise InvalidValue(f"{called} is the name of a built-in format; use another")
    if not name.lower().endswith(".toml"):
        path = home / FOLDER / f"{called}.toml"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise UnwritableFile(f"{path.parent} cannot be made: {why}") from error
    write_whole(path, as_toml(guess, called, f"Tables like {guess.name}"))
    return path
