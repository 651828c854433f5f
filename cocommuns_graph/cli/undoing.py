"""`undo` and `resume`: a unit of writing taken back, or finished where it was interrupted."""

from __future__ import annotations

import click

from cocommuns_graph import desk as desks
from cocommuns_graph.cli import output
from cocommuns_graph.cli.entry import REJECTED
from cocommuns_graph.cli.options import TEXT, home_option, json_option, tell, with_desk
from cocommuns_graph.desk import Desk


@click.command(short_help="Take back an import, a correction, a merge.")
@click.argument("unit", type=TEXT)
@home_option
@json_option
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option(
    "--by-person",
    "who",
    type=TEXT,
    metavar="NAME",
    help="Who says so, for history; if not given, the name of the system account.",
)
@with_desk
def undo(desk: Desk, unit: str, as_json: bool, dry_run: bool, who: str | None) -> None:
    """Take back an import, a correction, a merge: the inventory becomes what it would be without it.

    UNIT is its id or the short end of it, as `history` and `history --units` show them, or `last`. What was
    edited later stays and is listed. An undo is a unit itself: undo it to bring everything back.
    """
    tell(desk.undo(unit, who=who, preview=dry_run), as_json, lambda done: desks.undone_words(done, desk.say))


@click.command(short_help="Finish an interrupted import or undo.")
@click.argument("unit", required=False, type=TEXT)
@home_option
@json_option
@with_desk
def resume(desk: Desk, unit: str | None, as_json: bool) -> int:
    """Finish an import or an undo that was interrupted, with the options it was begun with.

    UNIT is needed where several are incomplete; `status` lists them. The inventory is then as if it had never
    been interrupted.
    """
    with output.progress("importing") as progress:
        done = desk.resume(unit, progress=progress)
    if isinstance(done, dict):
        tell(done, as_json, lambda told: desks.undone_words(told, desk.say))
        return 0
    if as_json:
        output.show_json(done.report)
    else:
        output.show(*done.words)
    return REJECTED if done.rejected else 0
