"""The commands about how fresh the inventory is: what nobody confirmed, and sheets to check an entry by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from cocommuns_graph.cli import output
from cocommuns_graph.cli.options import (
    FILE,
    TEXT,
    audience_option,
    home_option,
    json_option,
    tell,
    tell_written,
    whole,
    with_desk,
)
from cocommuns_graph.desk import Desk
from cocommuns_graph.model import Visibility

_months_option = click.option(
    "--months",
    type=whole(0, 1200),
    default=12,
    show_default=True,
    help="Not confirmed in the last so many months.",
)


@click.command(short_help="The records nobody confirmed for some months.")
@home_option
@json_option
@_months_option
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=TEXT,
    help="organisation, expert, initiative or topic; may be repeated (the first two if left out).",
)
@with_desk
def stale(desk: Desk, as_json: bool, months: int, kinds: tuple[str, ...]) -> None:
    """List the records nobody confirmed in the last months: first those never confirmed, then the oldest.

    `cocommuns confirm ID` says that one is right as of today; `cocommuns check-sheets FOLDER` asks the
    organisations themselves.
    """
    wanted = [kind.strip() for given in kinds for kind in given.split(",") if kind.strip()]
    tell(desk.stale(months, wanted), as_json, _stale_words)


def _stale_words(found: Mapping[str, Any]) -> Iterator[str]:
    number = len(found["records"])
    yield (
        f"{number:,} of {found['total']:,} not confirmed since {found['since']} "
        f"({found['never']:,} of them never)"
    )
    if found["records"]:
        rows = [
            [one["name"], one["word"], one["confirmed_on"] or "never", one["id"]] for one in found["records"]
        ]
        yield from output.table(["name", "kind", "confirmed", "id"], rows)


@click.command(name="check-sheets", short_help="Write 'please check your entry' sheets, one an organisation.")
@click.argument("place", metavar="PATH", type=FILE)
@click.argument("organisations", metavar="[ID]...", nargs=-1, type=TEXT)
@home_option
@_months_option
@click.option(
    "--lang",
    "language",
    type=TEXT,
    default="en",
    show_default=True,
    help="Of the sheets: en, fr, es, it, de.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["xlsx", "csv"], case_sensitive=False),
    default="xlsx",
    show_default=True,
    help="A workbook for each, or a folder of three csv files for each.",
)
@audience_option
@with_desk
def check_sheets(
    desk: Desk,
    place: Path,
    organisations: tuple[str, ...],
    months: int,
    language: str,
    form: str,
    audience: str,
) -> None:
    """Write a sheet for each organisation to check its entry by: its record, its people, the links of both.

    PATH is a folder, a file ending in .zip, or one ending in .xlsx for a single organisation. Without an ID,
    every organisation gets one that was not confirmed in the last months, or whose people were not.

    They correct it in a spreadsheet, write a date into "confirmed on" and send it back; `cocommuns import`
    takes over what they changed and nothing else. People are in it with --as members, since they are for
    members unless they say otherwise.
    """
    reader = desk.for_viewer(Visibility.parse(audience))
    written = reader.write_check_sheets(
        place, organisations, months=months, language=language.strip().lower(), form=form.lower()
    )
    tell_written(written, audience)
