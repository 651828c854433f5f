"""The command `metrics`, which also explains what it measures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cocommuns_graph import desk as desks
from cocommuns_graph.cli import output
from cocommuns_graph.cli.options import (
    FILE,
    TEXT,
    audience_option,
    home_option,
    json_option,
    opened,
    tell,
    tell_written,
)
from cocommuns_graph.desk import Metrics
from cocommuns_graph.model import Visibility

_DIGITS = 4


@click.command(short_help="Measures of every actor: one row each, for a table or a csv file.")
@click.option(
    "--network",
    type=click.Choice(["direct", "initiatives", "topics"], case_sensitive=False),
    default="direct",
    show_default=True,
    help="What ties two actors: a direct link, a shared initiative, a shared topic.",
)
@click.option("--directed", is_flag=True, help="Read direct ties as they run, not both ways.")
@click.option(
    "--by",
    type=TEXT,
    metavar="PROPERTY",
    help="Also who stands between groups: by sector, country or any imported column.",
)
@click.option("--csv", "file", type=FILE, metavar="FILE", help="Write the table to this file.")
@click.option("--explain", is_flag=True, help="Say what each measure means, with its formula and source.")
@home_option
@json_option
@audience_option
@click.pass_context
def metrics(
    context: click.Context,
    network: str,
    directed: bool,
    by: str | None,
    file: Path | None,
    explain: bool,
    as_json: bool,
    audience: str,
) -> None:
    """Measures of every actor: degree, betweenness, constraint and the rest, with --by those between groups.

    Ties are read both ways unless --directed, parallel ones merged. An empty cell is undefined. --explain
    says what a high value of each measure means and what an isolate gets. --as is for the file of --csv.
    """
    if explain:
        tell(desks.explained(), as_json, _explained)
        return
    if by is not None and not by.strip():
        raise click.UsageError("--by names no property", context)
    with opened() as desk:
        if file is not None:
            reader = desk.for_readers(Visibility.parse(audience))
            written = reader.write_metrics(file, network, directed=directed, by=by)
            tell_written(written, audience, quiet=as_json)
            output.say(*reader.measure(network, directed=directed, by=by).remarks())
            if not as_json:
                return
        found = desk.measure(network, directed=directed, by=by)
        if file is None:
            output.say(*found.remarks())
        if as_json:
            output.show_json(found.as_dicts())
        else:
            output.show(*_table(found))


def _table(found: Metrics) -> Iterator[str]:
    """The rows for a terminal, who has most ties first."""
    degree, name = found.columns.index("degree"), found.columns.index("name")
    rows = sorted(found.rows, key=lambda row: (-row[degree], str(row[name]).casefold()))
    yield from output.table(found.columns, [[_short(cell) for cell in row] for row in rows])
    if not rows:
        yield "there are no actors yet"


def _short(cell: Any) -> Any:
    return f"{cell:.{_DIGITS}g}" if isinstance(cell, float) else cell


def _explained(listed: list[dict[str, str]]) -> Iterator[str]:
    for one in listed:
        yield f"{one['name']}: {one['words']}" if one["words"] != one["name"] else one["name"]
        yield f"    {one['meaning']}"
        yield f"    = {one['formula']}"
        yield f"    {one['source']}"
