"""Reports as files: the gap report with where its actors are drawn, the glossary, the problems."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocommuns_graph.model import MODEL, Graph

if TYPE_CHECKING:
    from cocommuns_graph.gaps import Gaps
    from cocommuns_graph.reports import Drawing

_MOST_DRAWN = 250
_MOST_MET = 1500
_RADIUS = 6.0


def glossary_files(
    found: Mapping[str, Any], meta: Mapping[str, str], html: Path | None, csv: Path | None
) -> dict[Path, bytes]:
    """What of a glossary is to be written where."""
    from cocommuns_graph.reports import glossary_page, glossary_table, table_csv

    files: dict[Path, bytes] = {}
    if html is not None:
        files[html] = glossary_page(found, meta).encode("utf-8", "replace")
    if csv is not None:
        files[csv] = table_csv(glossary_table(found), meta)
    return files


def problems_files(
    found: Mapping[str, Any], meta: Mapping[str, str], html: Path | None, csv: Path | None
) -> dict[Path, bytes]:
    """What of a register of problems is to be written where."""
    from cocommuns_graph.reports import problems_page, problems_table, table_csv

    files: dict[Path, bytes] = {}
    if html is not None:
        files[html] = problems_page(found, meta).encode("utf-8", "replace")
    if csv is not None:
        files[csv] = table_csv(problems_table(found), meta)
    return files


def gap_files(
    graph: Graph, found: Gaps, meta: Mapping[str, str], html: Path | None, csv: Path | None
) -> dict[Path, bytes]:
    """What is to be written where: the page, and in the folder `csv` a file for every table."""
    from cocommuns_graph.reports import gap_page, gap_tables, table_csv

    files: dict[Path, bytes] = {}
    if html is not None:
        page = gap_page(found, graph, drawing(graph, found.by), meta)
        files[html] = page.encode("utf-8", "replace")
    if csv is not None:
        files |= {csv / f"{table.name}.csv": table_csv(table, meta) for table in gap_tables(found)}
    return files


def zipped(files: Mapping[Path, bytes]) -> bytes:
    """Files as one archive, the same bytes for the same files."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(path.as_posix()), data, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def drawing(graph: Graph, by: str) -> Drawing:
    """Where everybody with a tie stands on the picture of the network, the same in every run.

    Of a network too large for a page only those with the most ties are drawn.
    """
    from cocommuns_graph.maps.layout import whole
    from cocommuns_graph.network import projection
    from cocommuns_graph.reports import Drawing

    direct, shared = projection(graph, "direct"), projection(graph, "initiatives")
    tied = [one for one in sorted(direct) if direct.degree(one) or shared.degree(one)]
    tied.sort(key=lambda one: (-direct.degree(one) - shared.degree(one), one))
    drawn = sorted(tied[:_MOST_DRAWN])
    kept = set(drawn)
    ties = sorted((min(a, b), max(a, b)) for a, b in direct.edges if a in kept and b in kept)
    met = sorted((min(a, b), max(a, b)) for a, b in shared.edges if a in kept and b in kept)
    met = [pair for pair in met if not direct.has_edge(*pair)]
    placed = whole(drawn, [*ties, *met], dict.fromkeys(drawn, _RADIUS))
    return Drawing(
        placed.positions,
        ties,
        met if len(met) <= _MOST_MET else [],
        {one: _family(graph, one, by) for one in drawn},
        left_out=len(tied) - len(drawn),
        met_left_out=len(met) if len(met) > _MOST_MET else 0,
    )


def _family(graph: Graph, actor: str, by: str) -> str:
    from cocommuns_graph.network import SEVERAL, family

    if by == "sector":
        return family(graph, actor)
    values = graph.nodes[actor].texts(by) if by and graph.nodes[actor].label in MODEL.actors else []
    return SEVERAL if len(values) > 1 else next(iter(values), "")
