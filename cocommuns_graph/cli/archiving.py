"""`backup` and `restore`: the whole inventory as one file, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cocommuns_graph.cli import output
from cocommuns_graph.cli.options import FILE, home_option, json_option, tell, with_desk
from cocommuns_graph.desk import Desk

_FOR_STEWARDS = "it holds everything, private details among it: for stewards only"


@click.command(short_help="Write everything there is into one archive.")
@click.argument("file", metavar="FILE", type=FILE)
@home_option
@json_option
@with_desk
def backup(desk: Desk, file: Path, as_json: bool) -> None:
    """Write everything there is into one archive: records, sources, history, lists, decisions.

    It is for stewards only, and only you may read the file. The same inventory makes the same file, byte by
    byte. `restore` puts it back.
    """
    written = desk.backup(file)
    if as_json:
        output.show_json({"paths": [str(path) for path in written.paths]})
    else:
        output.show(*(f"wrote {path}" for path in written.paths))
    output.say(_FOR_STEWARDS)


@click.command(short_help="Make the inventory what an archive holds.")
@click.argument("file", metavar="FILE", type=FILE)
@home_option
@json_option
@click.option("--replace", is_flag=True, help="Put it in the place of the inventory that is here.")
@with_desk
def restore(desk: Desk, file: Path, as_json: bool, replace: bool) -> None:
    """Make the inventory what an archive of `backup` holds, history, lists and decisions among it.

    All of the archive is checked before anything is written. An inventory that is here already is replaced
    only with --replace.
    """
    tell(desk.restore(file, replace=replace), as_json, _restored)


def _restored(done: dict[str, Any]) -> Iterator[str]:
    yield f"restored from {done['path']}"
    for what in ("nodes", "relationships"):
        counted = ", ".join(f"{number:,} {name}" for name, number in done[what].items())
        yield f"  {what}: {counted or 'none'}"
