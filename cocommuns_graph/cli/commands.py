"""The commands of `cocommuns`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from cocommuns_graph import __version__
from cocommuns_graph import desk as desks
from cocommuns_graph.cli import output, words
from cocommuns_graph.cli.options import (
    audience_option,
    home,
    home_option,
    json_option,
    opened,
    tell_written,
    with_desk,
)
from cocommuns_graph.desk import Desk
from cocommuns_graph.model import Visibility
from cocommuns_graph.model.errors import InvalidValue

REJECTED = 3


class _InOrder(click.Group):
    """Lists the commands in the order in which people meet them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="cocommuns")
@home_option
def cocommuns() -> None:
    """A shared inventory of who knows what: find collaborators, see the map, see the gaps."""


@cocommuns.command()
@home_option
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", help="The app's port (or PORT=).")
@click.option("--no-browser", is_flag=True, help="Only print the address (or NO_BROWSER=1).")
def demo(port: int | None, no_browser: bool) -> None:
    """Load the sample inventory and open the app; Ctrl-C ends all of it."""
    _run_app(port, no_browser, demo=True)


@cocommuns.command()
@home_option
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", help="The app's port (or PORT=).")
@click.option("--no-browser", is_flag=True, help="Only print the address (or NO_BROWSER=1).")
def app(port: int | None, no_browser: bool) -> None:
    """Open the app on your own inventory; Ctrl-C ends all of it."""
    _run_app(port, no_browser, demo=False)


def _run_app(port: int | None, no_browser: bool, *, demo: bool) -> None:
    silent = no_browser or os.environ.get("NO_BROWSER", "") not in ("", "0")

    def announce(text: str) -> None:
        is_address = text.startswith("http")
        click.echo(f"The app is open at {text} (Ctrl-C ends it)" if is_address else text)

    desks.run_app(home(), demo=demo, port=port, open_browser=not silent, announce=announce)


@cocommuns.command()
@click.argument("file", type=click.Path(path_type=Path))
def template(file: Path) -> None:
    """Write an empty sheet to fill in: FILE.csv for a contact list, FILE.xlsx for all the tables."""
    for path in desks.template(file).paths:
        output.show(f"wrote {path}")


@cocommuns.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@home_option
@json_option
@click.option("--format", "format_name", help="Read as this format: a built-in name or a FILE.toml.")
@click.option("--namespace", help="Put this before every id, as in NAMESPACE:id.")
@click.option("--label", help="What the nodes of a nodes/edges pair are, such as expert.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--sync", is_flag=True, help="Also remove what these files no longer say.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Write rejected rows here, to be mended.")
@with_desk
def import_(
    desk: Desk,
    paths: tuple[Path, ...],
    as_json: bool,
    format_name: str | None,
    namespace: str | None,
    label: str | None,
    dry_run: bool,
    sync: bool,
    rejects: Path | None,
) -> int:
    """Read files or folders into the inventory; importing twice changes nothing."""
    done = desk.import_files(
        paths,
        format_name=format_name,
        namespace=namespace,
        label=label,
        preview=dry_run,
        sync=sync,
        rejects=rejects,
        progress=output.progress("importing"),
    )
    if as_json:
        output.show_json(done.report)
    else:
        output.show(*done.words)
    return REJECTED if done.rejected else 0


@cocommuns.command()
@click.argument("text", nargs=-1, required=True)
@home_option
@json_option
@click.option("--kind", "kinds", multiple=True, help="expert, organisation or initiative; may be repeated.")
@click.option(
    "--where", "conditions", multiple=True, metavar="PROPERTY=VALUE", help="Only those; repeatable."
)
@click.option("--sector", help="Only this family: commons, cooperative, union, city ...")
@click.option("--country", help="Only this country: a code or a name.")
@click.option("--place", help="Only this town or region.")
@click.option("--language", help="Only who speaks this language: a code or a name.")
@click.option("--from", "start", metavar="ID", help="Prefer who is near this record.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@with_desk
def find(
    desk: Desk,
    text: tuple[str, ...],
    as_json: bool,
    kinds: tuple[str, ...],
    conditions: tuple[str, ...],
    limit: int,
    **filters: str | None,
) -> None:
    """Who could help with TEXT, and why; TEXT is topics or a sentence, in any language of the glossary."""
    where = dict(_condition(condition) for condition in conditions)
    wanted = [kind.strip() for given in kinds for kind in given.split(",") if kind.strip()]
    answer = desk.find(" ".join(text), kinds=wanted, where=where, limit=limit, **filters)
    _show(answer, as_json, words.found)


def _condition(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise InvalidValue(f"--where {text!r} is not PROPERTY=VALUE, such as kind=platform")
    return name.strip(), value.strip()


@cocommuns.command()
@click.argument("id_", metavar="ID")
@home_option
@json_option
@with_desk
def show(desk: Desk, id_: str, as_json: bool) -> None:
    """One record with its links, sources and dates; ID is an id or an exact name."""
    _show(desk.show(id_), as_json, words.shown)


@cocommuns.command()
@click.argument("a", metavar="ID")
@click.argument("b", metavar="ID")
@home_option
@json_option
@with_desk
def path(desk: Desk, a: str, b: str, as_json: bool) -> None:
    """Who can introduce one to the other."""
    _show(desk.path(a, b), as_json, words.chained)


@cocommuns.command(name="map")
@home_option
@click.option("--topic", help="Only the neighbourhood of this topic.")
@click.option("--around", metavar="ID", help="Only what lies around this record.")
@click.option("--depth", type=click.IntRange(1, 20), default=1, show_default=True, help="Steps around it.")
@click.option("-o", "--output", "file", required=True, type=click.Path(path_type=Path), help="FILE.html")
@audience_option
@with_desk
def map_(desk: Desk, topic: str | None, around: str | None, depth: int, file: Path, audience: str) -> None:
    """Write the map as one page that works alone and offline."""
    reader = desk.for_viewer(Visibility.parse(audience))
    tell_written(reader.write_map(file, topic=topic, around=around, depth=depth), audience)


@cocommuns.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False)
@home_option
@json_option
@click.pass_context
def ask(context: click.Context, name: str | None, as_json: bool) -> None:
    """List the named queries, or run one: ask NAME --PARAMETER VALUE ..."""
    if name is None:
        if context.args:
            raise click.UsageError(f"{context.args[0]} is for a query; name the query first", context)
        questions = [words.question(question) for question in desks.questions()]
        _show(questions, as_json, words.questions)
        return
    values = _parameters(context)
    with opened() as desk:
        _show(desk.ask(name, values), as_json, words.asked)


def _parameters(context: click.Context) -> dict[str, str]:
    values: dict[str, str] = {}
    given = list(context.args)
    while given:
        option = given.pop(0)
        if not option.startswith("--") or len(option) < 3:
            raise click.UsageError(f"{option!r} is not --PARAMETER VALUE", context)
        name, equals, value = option[2:].partition("=")
        if not equals:
            if not given:
                raise click.UsageError(f"{option} has no value", context)
            value = given.pop(0)
        if name in values:
            raise click.UsageError(f"--{name} is given twice", context)
        values[name.replace("-", "_")] = value
    return values


@cocommuns.command()
@click.argument("file", metavar="PATH", type=click.Path(path_type=Path))
@home_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["csv", "xlsx", "graphml", "gexf", "json"]),
    help="Else by PATH.",
)
@audience_option
@with_desk
def export(desk: Desk, file: Path, format_name: str | None, audience: str) -> None:
    """Write the graph to a file or folder that other tools, and this one, can read."""
    reader = desk.for_viewer(Visibility.parse(audience))
    tell_written(reader.export(file, format_name), audience)


@cocommuns.command()
@home_option
@json_option
def status(as_json: bool) -> None:
    """What is in the home, how complete it is, what is unfinished."""
    with opened(quiet=True) as desk:
        _show(desk.status(), as_json, words.standing)


@cocommuns.group()
@home_option
def db() -> None:
    """The engine: start, stop, status."""


@db.command()
@home_option
@json_option
def start(as_json: bool) -> None:
    """Start the engine of the home; returns when it answers."""
    _show(desks.start_engine(home()), as_json, words.running)


@db.command()
@home_option
@json_option
def stop(as_json: bool) -> None:
    """End the engine of the home at once."""
    stopped = desks.stop_engine(home())
    _show({"stopped": stopped}, as_json, lambda _: ["stopped" if stopped else "no engine was running"])


@db.command(name="status")
@home_option
@json_option
def db_status(as_json: bool) -> None:
    """Whether the engine runs, where, and who uses it."""
    _show(desks.engine_status(home()), as_json, words.running)


def _show(value: Any, as_json: bool, in_words: Any) -> None:
    if as_json:
        output.show_json(value)
    else:
        output.show(*in_words(value))
