"""The commands of `cocommuns`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from cocommuns_graph import __version__
from cocommuns_graph import desk as desks
from cocommuns_graph.cli import output, words
from cocommuns_graph.cli.archiving import backup, restore
from cocommuns_graph.cli.asking import ask
from cocommuns_graph.cli.correcting import add, confirm, history, link, news, set_, unlink
from cocommuns_graph.cli.entry import INTERRUPTED, REJECTED
from cocommuns_graph.cli.freshness import check_sheets, stale
from cocommuns_graph.cli.gapping import gaps
from cocommuns_graph.cli.knowing import path, similar
from cocommuns_graph.cli.measuring import metrics
from cocommuns_graph.cli.options import (
    CONDITION,
    FILE,
    TEXT,
    audience_option,
    home,
    home_option,
    json_option,
    once_each,
    opened,
    tell,
    tell_written,
    whole,
    with_desk,
)
from cocommuns_graph.cli.registers import glossary, problems
from cocommuns_graph.cli.shortlisting import shortlist
from cocommuns_graph.cli.teaming import team
from cocommuns_graph.cli.twinning import duplicates, merge
from cocommuns_graph.cli.undoing import resume, undo
from cocommuns_graph.desk import Desk, languages
from cocommuns_graph.model import Visibility


class _InOrder(click.Group):
    """Lists the commands in the order in which people meet them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="cocommuns", message="%(prog)s %(version)s")
@home_option
def cocommuns() -> None:
    """A shared inventory of who knows what: find collaborators, see the map, see who introduces whom.

    Begin with `cocommuns demo`, or with your own spreadsheets: `cocommuns import FOLDER`, then `cocommuns
    find "what you look for"`. Each command explains itself: `cocommuns COMMAND --help`.
    """


def _app_options(command: Any) -> Any:
    for option in (
        home_option,
        click.option(
            "--port", type=whole(1, 65535), envvar="PORT", show_envvar=True, help="The port of the app."
        ),
        click.option("--no-browser", is_flag=True, help="Only print the address (or NO_BROWSER=1)."),
    ):
        command = option(command)
    return command


@cocommuns.command(short_help="Load the sample inventory and open the app.")
@_app_options
def demo(port: int | None, no_browser: bool) -> None:
    """Load the sample inventory and open the app; Ctrl-C ends all of it.

    It has a home of its own unless --home or COCOMMUNS_HOME names one, so the sample never mixes with your
    own data.
    """
    _run_app(port, no_browser, demo=True)


@cocommuns.command(short_help="Open the app on your own inventory.")
@_app_options
def app(port: int | None, no_browser: bool) -> None:
    """Open the app on your own inventory; Ctrl-C ends all of it.

    The app runs on this machine and is reached from this machine only.
    """
    _run_app(port, no_browser, demo=False)


def _run_app(port: int | None, no_browser: bool, *, demo: bool) -> None:
    silent = no_browser or os.environ.get("NO_BROWSER", "") not in ("", "0")

    def announce(text: str) -> None:
        if text.startswith("http"):
            output.show(f"The app is open at {text} (Ctrl-C ends it)")
        else:
            output.say(text)

    try:
        desks.run_app(home(), demo=demo, port=port, open_browser=not silent, announce=announce)
    except KeyboardInterrupt:
        output.say("The app is closed; what was saved is kept.")
        raise click.exceptions.Exit(INTERRUPTED) from None


@cocommuns.command(short_help="Write an empty sheet to fill in.")
@click.argument("file", type=FILE)
@click.option(
    "--lang",
    type=TEXT,
    default="en",
    metavar="XX",
    help="The contact list's language: en, fr, es, it, de (English if left out).",
)
def template(file: Path, lang: str) -> None:
    """Write an empty sheet to fill in, FILE.csv or FILE.xlsx: a contact list, or the inventory's tables.

    A file called inventory.xlsx gets all the tables, one called as a table, such as organisations.csv, gets
    that one, any other a contact list; as a workbook it says on a second sheet how to fill it in. Fill it in
    with a spreadsheet program, save it and import it. A file that is there already is left alone.
    """
    for written in desks.template(file, lang).paths:
        output.show(f"wrote {written}")


@cocommuns.command(name="import", short_help="Read files or folders into the inventory.")
@click.argument("paths", nargs=-1, required=True, type=FILE)
@home_option
@json_option
@click.option(
    "--format", "format_name", type=TEXT, metavar="NAME", help="A built-in format, or your own FILE.toml."
)
@click.option("--namespace", type=TEXT, metavar="N", help="Put this before every id, as in N:id.")
@click.option(
    "--label",
    type=TEXT,
    metavar="LABEL",
    help="What each row is, such as expert, in a nodes/edges pair or a table no format knows.",
)
@click.option(
    "--read",
    "columns",
    type=CONDITION,
    multiple=True,
    callback=once_each,
    metavar="COLUMN=MEANING",
    help="Read this column of a table no format knows so: name, place, topics, keep ...; repeatable.",
)
@click.option(
    "--save-format",
    type=TEXT,
    metavar="NAME",
    help="Keep how such a table is read for next time, in the home or as your own FILE.toml.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing to the inventory.")
@click.option("--sync", is_flag=True, help="Also remove what these files no longer say.")
@click.option("--rejects", type=FILE, help="Write rejected rows here, to be mended and imported again.")
@with_desk
def import_(
    desk: Desk,
    paths: tuple[Path, ...],
    as_json: bool,
    format_name: str | None,
    namespace: str | None,
    label: str | None,
    columns: dict[str, str],
    save_format: str | None,
    dry_run: bool,
    sync: bool,
    rejects: Path | None,
) -> int:
    """Read files or folders into the inventory; importing twice changes nothing.

    PATHS are csv files, Excel workbooks or folders of them; the format is recognised by the columns. What
    the columns of a table mean that no format knows is guessed; the report says how each was read. A row
    is written whole or rejected whole with a reason. The exit code is 3 when rows were rejected.
    """
    with output.progress("importing") as progress:
        done = desk.import_files(
            paths,
            format_name=format_name,
            namespace=namespace,
            label=label,
            told={"": {"columns": columns}} if columns else None,
            save_format=save_format,
            preview=dry_run,
            sync=sync,
            rejects=rejects,
            progress=progress,
        )
    if as_json:
        output.show_json(done.report)
    else:
        output.show(*done.words)
    return REJECTED if done.rejected else 0


@cocommuns.command(short_help="Who could help with TEXT, and why.")
@click.argument("text", nargs=-1, required=True, type=TEXT)
@home_option
@json_option
@click.option(
    "--kind", "kinds", multiple=True, type=TEXT, help="expert, organisation or initiative; may be repeated."
)
@click.option(
    "--where",
    type=CONDITION,
    multiple=True,
    callback=once_each,
    metavar="PROPERTY=VALUE",
    help="Only records with this value, such as kind=platform; one for each property.",
)
@click.option("--sector", type=TEXT, help="Only this family: commons, cooperative, union, city ...")
@click.option("--country", type=TEXT, help="Only this country: a code or a name.")
@click.option("--place", type=TEXT, help="Only this town or region.")
@click.option("--language", type=TEXT, help="Only who speaks this language: a code or a name.")
@click.option("--from", "start", type=TEXT, metavar="ID", help="Prefer who is near this record.")
@click.option(
    "--limit", type=whole(1, 1000), default=10, show_default=True, help="How many results at the most."
)
@with_desk
def find(
    desk: Desk,
    text: tuple[str, ...],
    as_json: bool,
    kinds: tuple[str, ...],
    where: dict[str, str],
    sector: str | None,
    country: str | None,
    place: str | None,
    language: str | None,
    start: str | None,
    limit: int,
) -> None:
    """Who could help with TEXT, and why; TEXT is topics or a sentence, in any language of the glossary.

    Without --kind, experts, organisations and initiatives share one ranking. Each result gives its reasons
    and the rows of the files that say so. Example: cocommuns find "energy cooperatives" --country BE
    """
    wanted = [kind.strip() for given in kinds for kind in given.split(",") if kind.strip()]
    found = desk.find(
        " ".join(text),
        kinds=wanted,
        where=where,
        sector=sector,
        country=country,
        place=place,
        language=language,
        start=start,
        limit=limit,
    )
    tell(found, as_json, words.found)


@cocommuns.command(short_help="One record with its links, sources and dates.")
@click.argument("id_", metavar="ID", type=TEXT)
@home_option
@json_option
@with_desk
def show(desk: Desk, id_: str, as_json: bool) -> None:
    """One record with its links, sources and dates; ID is an id or an exact name."""
    tell(desk.show(id_), as_json, words.shown)


cocommuns.add_command(path)
cocommuns.add_command(similar)
cocommuns.add_command(team)
cocommuns.add_command(shortlist)
cocommuns.add_command(gaps)
cocommuns.add_command(metrics)


@cocommuns.command(name="map", short_help="Write the map as one page that works offline.")
@home_option
@click.option("--topic", type=TEXT, help="Only the neighbourhood of this topic: its id or label.")
@click.option("--around", type=TEXT, metavar="ID", help="Only what lies around this record.")
@click.option("--depth", type=whole(1, 20), help="How many steps around it; 1 if not given.")
@click.option(
    "-o", "--output", "file", required=True, type=FILE, metavar="FILE.html", help="The page to write."
)
@click.option("--color-by", type=TEXT, metavar="NAME", help="A property, or a measure such as topics:degree.")
@click.option("--size-by", type=TEXT, metavar="NAME", help="The same, of numbers; links if not given.")
@click.option("--lang", "language", type=TEXT, default="en", show_default=True, help="Of the page's words.")
@audience_option
@with_desk
def map_(
    desk: Desk,
    topic: str | None,
    around: str | None,
    depth: int | None,
    file: Path,
    color_by: str | None,
    size_by: str | None,
    language: str,
    audience: str,
) -> None:
    """Write the map as one page that works alone and offline, with search, filters and profiles."""
    if depth is not None and around is None:
        raise click.UsageError("--depth counts the steps around a record: name it with --around")
    if language not in (spoken := languages()):
        raise click.UsageError(f"no page is in the language {language!r}; accepted: {', '.join(spoken)}")
    reader = desk.for_readers(Visibility.parse(audience)).speaking(language)
    written = reader.write_map(
        file, topic=topic, around=around, depth=depth or 1, color=color_by or "", size=size_by or ""
    )
    tell_written(written, audience)


cocommuns.add_command(ask)


@cocommuns.command(short_help="Write the graph for other tools, and this one.")
@click.argument("file", metavar="PATH", type=FILE)
@home_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(
        ["csv", "xlsx", "graphml", "gexf", "json", "kumu", "murmurations", "archive"], case_sensitive=False
    ),
    help="If not given, the ending of PATH says it; csv makes a folder of tables, archive is what backup "
    "writes and needs --as stewards.",
)
@audience_option
@with_desk
def export(desk: Desk, file: Path, format_name: str | None, audience: str) -> None:
    """Write the graph to a file or folder that other tools, and this one, can read."""
    reader = desk.for_readers(Visibility.parse(audience))
    tell_written(reader.export(file, format_name), audience)


cocommuns.add_command(backup)
cocommuns.add_command(restore)
cocommuns.add_command(glossary)
cocommuns.add_command(problems)
for correcting in (add, set_, link, unlink, confirm, duplicates, merge, undo, resume, history, news):
    cocommuns.add_command(correcting)
cocommuns.add_command(stale)
cocommuns.add_command(check_sheets)


@cocommuns.command(short_help="What is in the home, how complete, what is unfinished.")
@home_option
@json_option
def status(as_json: bool) -> None:
    """What is in the home, how complete it is, what is unfinished."""
    with opened(quiet=True) as desk:
        tell(desk.status(), as_json, words.standing)


@cocommuns.group(short_help="The engine: start, stop, status.")
@home_option
def db() -> None:
    """The engine: start, stop, status.

    Commands start the engine by themselves; it ends ten minutes after its last user. With NEO4J_URI set there
    is none: a Neo4j is started and stopped where it runs.
    """


@db.command()
@home_option
@json_option
def start(as_json: bool) -> None:
    """Start the engine of the home; returns when it answers."""
    tell(desks.start_engine(home()), as_json, words.running)


@db.command()
@home_option
@json_option
def stop(as_json: bool) -> None:
    """End the engine of the home at once."""
    tell({"stopped": desks.stop_engine(home())}, as_json, words.ended)


@db.command(name="status")
@home_option
@json_option
def db_status(as_json: bool) -> None:
    """Whether the engine runs, where, and who uses it."""
    tell(desks.engine_status(home()), as_json, words.running)
