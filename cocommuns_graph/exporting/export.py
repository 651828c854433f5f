"""One graph, one path, one format: what `export` writes where."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from cocommuns_graph.exporting.files import make_folder, write_all
from cocommuns_graph.exporting.meta import Meta
from cocommuns_graph.exporting.networks import write_gexf, write_graphml, write_json
from cocommuns_graph.exporting.peers import write_kumu, write_murmurations
from cocommuns_graph.exporting.sheets import write_csv, write_workbook
from cocommuns_graph.exporting.tables import tables
from cocommuns_graph.model import Graph
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import shorten

FORMATS = ("csv", "xlsx", "graphml", "gexf", "json", "kumu", "murmurations")
ARCHIVE = "archive"
"""The format that is no view of the graph but all there is, for stewards: `write_archive`."""

_NETWORKS: dict[str, Callable[[Path, Graph, Meta], None]] = {
    "graphml": write_graphml,
    "gexf": write_gexf,
    "json": write_json,
    "kumu": write_kumu,
    "murmurations": write_murmurations,
}


def export(graph: Graph, path: Path, format: str | None, meta: Meta) -> list[Path]:
    """Writes a graph and returns the files written, each whole or not at all.

    Without a format the ending of the path says it; a path without one is csv. A csv export is a folder of
    that path, whatever its ending, with the five tables of the inventory, which `import PATH` reads back to
    the same graph; the other formats are one file. What the graph does not hold, since its viewer may not
    see it, is in none of them.

    Raises:
        InvalidValue: there is no such format.
        UnwritableFile: it cannot be written there; nothing half-written is left.
    """
    path = Path(path)
    chosen = format_of(path, format)
    if chosen == "csv":
        make_folder(path)
        return write_all(
            {
                path / f"{table.name}.csv": partial(write_csv, table=table, meta=meta)
                for table in tables(graph)
            }
        )
    if chosen == "xlsx":
        return write_all({path: partial(write_workbook, sheets=tables(graph), meta=meta)})
    write = _NETWORKS[chosen]
    return write_all({path: lambda temporary: write(temporary, graph, meta)})


def format_of(path: Path, format: str | None) -> str:
    """The format asked for, else the one of the path's ending.

    Raises:
        InvalidValue: neither is one there is.
    """
    word = (format or path.suffix.removeprefix(".") or "csv").strip().lower()
    if word not in FORMATS:
        raise InvalidValue(
            f"{shorten(word)!r} is no export format; accepted: {', '.join([*FORMATS, ARCHIVE])}"
        )
    return word
