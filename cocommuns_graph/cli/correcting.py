"""`add`, `set`, `link`, `unlink`, `confirm`: one correction at a time; `history`, `news`: what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

import click

from cocommuns_graph import desk as desks
from cocommuns_graph.cli import output
from cocommuns_graph.cli.options import (
    TEXT,
    home_option,
    json_option,
    named_values,
    opened,
    tell,
    whole,
    with_desk,
)
from cocommuns_graph.desk import Desk, Edited

_FREE = {"ignore_unknown_options": True, "allow_extra_args": True}
_BARE = {"ignore_unknown_options": True}
_MOST = 100


def _writing_options(command: Any) -> Any:
    for option in (
        home_option,
        json_option,
        click.option("--dry-run", is_flag=True, help="Say what would change; write nothing."),
        click.option(
            "--by-person",
            "who",
            type=TEXT,
            metavar="NAME",
            help="Who says so, for history and sources; if not given, the name of the system account.",
        ),
    ):
        command = option(command)
    return command


@click.command(short_help="Add one record by hand.", context_settings=_FREE)
@click.argument("label", type=TEXT)
@click.argument("name", type=TEXT)
@_writing_options
@click.option(
    "--id", "identifier", type=TEXT, metavar="ID", help="Its id; if not given, made from label and name."
)
@click.pass_context
def add(
    context: click.Context,
    label: str,
    name: str,
    as_json: bool,
    dry_run: bool,
    who: str | None,
    identifier: str | None,
) -> None:
    """Add one record by hand: add LABEL NAME [--PROPERTY VALUE ...].

    LABEL is organisation, expert, topic or initiative. Values are checked as in an import; several values of
    a list are parted by `;`. Example: cocommuns add expert "Ada Vermeersch" --languages "fr;nl"
    """
    values = {desks.caption_of(label): name}
    given = named_values(context)
    if twice := values.keys() & given.keys():
        raise click.UsageError(f"--{twice.pop()} is given already, behind the label", context)
    with opened() as desk:
        done = desk.create(label, {**values, **given}, identifier=identifier, who=who, preview=dry_run)
        _told(desk, done, as_json)


@click.command(name="set", short_help="Correct one property of a record.", context_settings=_BARE)
@click.argument("id_", metavar="ID", type=TEXT)
@click.argument("name", metavar="PROPERTY", type=TEXT)
@click.argument("value", metavar="VALUE", type=TEXT)
@_writing_options
@click.option("--add", "adds", is_flag=True, help="Add VALUE to the list that is there.")
@click.option("--remove", "removes", is_flag=True, help="Take VALUE out of the list that is there.")
def set_(
    id_: str,
    name: str,
    value: str,
    as_json: bool,
    dry_run: bool,
    who: str | None,
    adds: bool,
    removes: bool,
) -> None:
    """Correct one property of a record; an empty VALUE ("") takes it away.

    ID is an id or an exact name. The value is checked as in an import; the one before stays in `history`.
    Example: cocommuns set "Ada Vermeersch" languages de --add
    """
    if adds and removes:
        raise click.UsageError("--add and --remove are opposites: give one", click.get_current_context())
    if value.startswith("--"):
        raise click.NoSuchOption(value, ctx=click.get_current_context())
    how: Any = "add" if adds else "remove" if removes else "replace"
    with opened() as desk:
        _told(desk, desk.set(id_, name, value, how=how, who=who, preview=dry_run), as_json)


@click.command(short_help="Link two records.", context_settings=_FREE)
@click.argument("start", metavar="ID", type=TEXT)
@click.argument("type_", metavar="TYPE", type=TEXT)
@click.argument("end", metavar="ID", type=TEXT)
@_writing_options
@click.pass_context
def link(
    context: click.Context,
    start: str,
    type_: str,
    end: str,
    as_json: bool,
    dry_run: bool,
    who: str | None,
) -> None:
    """Link two records, or give a link new values: link ID TYPE ID [--PROPERTY VALUE ...].

    IDs are ids or exact names. Example: cocommuns link ada EXPERT_IN "energy cooperatives" --level 4
    """
    values = named_values(context)
    desks.check_type(type_)
    with opened() as desk:
        _told(desk, desk.link(start, type_, end, values, who=who, preview=dry_run), as_json)


@click.command(short_help="Take out a link.", context_settings=_FREE)
@click.argument("start", metavar="ID", type=TEXT)
@click.argument("type_", metavar="TYPE", type=TEXT)
@click.argument("end", metavar="ID", type=TEXT)
@_writing_options
@click.pass_context
def unlink(
    context: click.Context,
    start: str,
    type_: str,
    end: str,
    as_json: bool,
    dry_run: bool,
    who: str | None,
) -> None:
    """Take out a link: unlink ID TYPE ID [--KEY VALUE ...]; it stays in `history`.

    Where several links of a type join the two, their key properties say which: --role chair. Nothing is taken
    out before it is clear. Example: cocommuns unlink ada AFFILIATED_WITH smart --role chair
    """
    values = named_values(context)
    desks.check_type(type_)
    with opened() as desk:
        _told(desk, desk.unlink(start, type_, end, values, who=who, preview=dry_run), as_json)


@click.command(short_help="Say that records are right as of today.")
@click.argument("ids", metavar="ID...", nargs=-1, required=True, type=TEXT)
@_writing_options
@with_desk
def confirm(desk: Desk, ids: tuple[str, ...], as_json: bool, dry_run: bool, who: str | None) -> None:
    """Say that records are right as of today; IDs are ids or exact names."""
    _told(desk, desk.confirm(ids, who=who, preview=dry_run), as_json)


def _told(desk: Desk, done: Edited, as_json: bool) -> None:
    tell(done.report, as_json, lambda report: done.words(desk.say))


def _since_option(default: str | None) -> Callable[[Any], Any]:
    return click.option(
        "--since",
        type=TEXT,
        default=default,
        show_default=default is not None,
        metavar="WHEN",
        help="A date, a moment, or words such as 'last week' and '7 days'.",
    )


@click.command(short_help="What happened to a record, or to all.")
@click.argument("id_", metavar="[ID]", required=False, type=TEXT)
@home_option
@json_option
@_since_option(None)
@click.option("--by-person", "who", type=TEXT, metavar="NAME", help="Only what this person wrote.")
@click.option("--units", "by_unit", is_flag=True, help="List imports, corrections and undos, each in a line.")
@click.option(
    "--limit", type=whole(1, 1_000_000), default=_MOST, show_default=True, help="How many at the most."
)
@with_desk
def history(
    desk: Desk,
    id_: str | None,
    as_json: bool,
    since: str | None,
    who: str | None,
    by_unit: bool,
    limit: int,
) -> None:
    """What happened to a record and its links, or to all, newest first: who, when, and what became what.

    ID is an id or an exact name; of a record that is gone, its id. What stands in brackets names the unit:
    `undo` takes it back.
    """
    if by_unit:
        if id_ or since or who:
            raise click.UsageError(
                "--units lists all units: leave ID, --since and --by-person out", click.get_current_context()
            )
        tell(desk.units(limit=limit), as_json, _units)
        return
    found = desk.history(id_, since=since, who=who, limit=limit + 1)
    if len(found) > limit:
        output.say(f"only the newest {limit:,} are told; --limit tells more")
    tell(found[:limit], as_json, _history)


@click.command(short_help="What is new since a time.")
@home_option
@json_option
@_since_option("last week")
@with_desk
def news(desk: Desk, as_json: bool, since: str) -> None:
    """What is new since a time, in words: new records and links, changes, removals, and who wrote them."""
    tell(desk.news(since), as_json, _news)


def _history(entries: list[Mapping[str, Any]]) -> Iterator[str]:
    if not entries:
        yield "nothing happened"
    for (when, who, unit), together in groupby(
        entries, key=lambda one: (one["when"], one["who"], one["unit"])
    ):
        yield f"{_moment(str(when))}  {who}  [{desks.short(str(unit))}]"
        for one in together:
            source = one["source"] or "; ".join(one["files"])
            yield f"    {one['text']}" + (f"  <{source}>" if source else "")


def _units(units: list[Mapping[str, Any]]) -> Iterator[str]:
    if not units:
        yield "nothing was written yet"
    for unit in units:
        counts = [
            f"{sum(unit[kind][name] for kind in ('nodes', 'relationships')):,} {name}"
            for name in ("created", "updated", "removed")
            if unit["nodes"] and any(unit[kind][name] for kind in ("nodes", "relationships"))
        ]
        told = f"  ({', '.join(counts)})" if counts else ""
        undone = f"  undone by {desks.short(unit['undone_by'])}" if unit["undone_by"] else ""
        begun = "  incomplete" if unit["complete"] == "no" else ""
        yield f"[{unit['short']}]  {_moment(unit['when'])}  {unit['text']}{told}{undone}{begun}"


def _news(found: Mapping[str, Any]) -> Iterator[str]:
    if found["why"]:
        yield found["why"]
    for unit in found["units"]:
        yield f"{_moment(unit['when'])}  {unit['text']}"
        for group in unit["groups"]:
            yield f"    {group['title']}"
            for item in group["items"]:
                yield f"        {item['text']}"
            if group["total"] > len(group["items"]):
                yield f"        and {group['total'] - len(group['items']):,} more"
    if found["more"]:
        yield f"and {found['more']:,} before that: --since a later time tells less at once"


def _moment(when: str) -> str:
    """A moment of the journal for a reader, in UTC."""
    return f"{when[:10]} {when[11:16]} UTC" if "T" in when else when
