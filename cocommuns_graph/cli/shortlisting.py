"""`shortlist` and what belongs to it: lists of records, compared and passed on, and watched searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
    opened,
    tell,
    tell_written,
    whole,
    with_desk,
)
from cocommuns_graph.desk import Desk
from cocommuns_graph.model import Visibility

_LEVELS = click.Choice([level.word for level in Visibility], case_sensitive=False)
_MOST = 9_999


def _options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def add(command: Any) -> Any:
        for option in reversed((*options, json_option, home_option)):
            command = option(command)
        return command

    return add


_list = click.argument("which", metavar="LIST", type=TEXT)
_watched = click.argument("which", metavar="WATCH", type=TEXT)
_records = click.argument("records", metavar="ID...", type=TEXT, nargs=-1, required=True)
_note = click.option("--note", type=TEXT, default="", help="What is to be said of it.")
_person = click.option(
    "--by-person",
    "by",
    type=TEXT,
    metavar="NAME",
    help="Who does it; if not given, the name of the system account.",
)
_visibility = click.option(
    "--visibility", type=_LEVELS, help="Who may see it; as much as its maker if left out."
)


def _filters(command: Any) -> Any:
    """Adds the filters of `find` that a kept search may have."""
    options = {
        "kind": "Keep only experts, organisations or initiatives; may be repeated.",
        "sector": "Keep this sector.",
        "country": "Keep this country.",
        "place": "Keep this town or region.",
        "language": "Keep who speaks this language.",
    }
    for name, text in reversed(options.items()):
        many = name == "kind"
        command = click.option(f"--{name}", type=TEXT, multiple=many, help=text)(command)
    return command


def _narrowed(kind: tuple[str, ...], **others: str | None) -> dict[str, Any]:
    return {"kinds": [one.casefold() for one in kind], **others}


@click.group(invoke_without_command=True, short_help="Lists of records to keep, compare and pass on.")
@json_option
@home_option
@click.pass_context
def shortlist(context: click.Context, as_json: bool) -> None:
    """Lists of records that you keep for a purpose: note, order, compare, and pass on as a file.

    Without a further word: every list. LIST is the name of a list or its id. A list is seen by stewards alone
    unless --visibility says otherwise.
    """
    if context.invoked_subcommand is None:
        with opened() as desk:
            tell(desk.shortlists(), as_json, _lists)


@shortlist.command("list")
@_options()
@with_desk
def list_(desk: Desk, as_json: bool) -> None:
    """Every list, and how many records are on it."""
    tell(desk.shortlists(), as_json, _lists)


@shortlist.command()
@_options(click.argument("name", type=TEXT), _note, _visibility, _person)
@with_desk
def new(desk: Desk, name: str, note: str, visibility: str | None, by: str | None, as_json: bool) -> None:
    """Make an empty list called NAME."""
    level = Visibility.parse(visibility) if visibility else None
    tell(desk.new_shortlist(name, note=note, visibility=level, who=by), as_json, _shown)


@shortlist.command()
@_options(
    _list,
    _records,
    _note,
    click.option("--search", type=TEXT, default="", help="The search that found them, to say why later."),
    _filters,
    _person,
)
@with_desk
def add(
    desk: Desk,
    which: str,
    records: tuple[str, ...],
    note: str,
    search: str,
    by: str | None,
    as_json: bool,
    **narrowed: Any,
) -> None:
    """Put records, each by id or exact name, at the end of a list."""
    done = desk.add_to_shortlist(
        which, records, note=note, search=search, filters=_narrowed(**narrowed), who=by
    )
    tell(done, as_json, _added)


@shortlist.command(short_help="Who is on a list, why, and how to reach them.")
@_options(_list, click.option("--limit", type=whole(1, _MOST), help="So many records at most."))
@with_desk
def show(desk: Desk, which: str, limit: int | None, as_json: bool) -> None:
    """Show a list: who is on it, why, how to reach them, when they were last confirmed."""
    found = desk.shortlist(which)
    tell({**found, "entries": found["entries"][:limit]}, as_json, _shown)


@shortlist.command(short_help="Say something of a list, or of a record on it.")
@_options(
    _list,
    click.argument("text", type=TEXT),
    click.option("--on", "record", type=TEXT, metavar="ID", help="The record to say it of; else the list."),
    _person,
)
@with_desk
def note(desk: Desk, which: str, text: str, record: str | None, by: str | None, as_json: bool) -> None:
    """Say TEXT of a list, or of one record on it; an empty text takes away what was said."""
    desk.note_on_shortlist(which, text, record=record, who=by)
    tell(desk.shortlist(which), as_json, _shown)


@shortlist.command()
@_options(
    _list,
    click.argument("record", metavar="ID", type=TEXT),
    click.argument("to", type=whole(1, _MOST)),
    _person,
)
@with_desk
def move(desk: Desk, which: str, record: str, to: int, by: str | None, as_json: bool) -> None:
    """Put a record of a list at place TO, the first being 1."""
    desk.move_in_shortlist(which, record, to, who=by)
    tell(desk.shortlist(which), as_json, _shown)


@shortlist.command()
@_options(_list, _records, _person)
@with_desk
def remove(desk: Desk, which: str, records: tuple[str, ...], by: str | None, as_json: bool) -> None:
    """Take records out of a list; in the inventory they stay."""
    desk.remove_from_shortlist(which, records, who=by)
    tell(desk.shortlist(which), as_json, _shown)


@shortlist.command()
@_options(_list, click.argument("name", type=TEXT), _person)
@with_desk
def rename(desk: Desk, which: str, name: str, by: str | None, as_json: bool) -> None:
    """Call a list NAME from now on."""
    desk.rename_shortlist(which, name, who=by)
    tell(desk.shortlist(name), as_json, _shown)


@shortlist.command()
@_options(_list, click.argument("visibility", type=_LEVELS), _person)
@with_desk
def share(desk: Desk, which: str, visibility: str, by: str | None, as_json: bool) -> None:
    """Say who may see a list."""
    desk.share_shortlist(which, Visibility.parse(visibility), who=by)
    tell(desk.shortlist(which), as_json, _shown)


@shortlist.command()
@_options(_list, _person)
@with_desk
def delete(desk: Desk, which: str, by: str | None, as_json: bool) -> None:
    """Delete a list; its records stay in the inventory."""
    found = desk.shortlist(which)
    desk.delete_shortlist(which, who=by)
    tell({"deleted": found["id"], "name": found["name"]}, as_json, _deleted)


@shortlist.command()
@_options(_list)
@with_desk
def compare(desk: Desk, which: str, as_json: bool) -> None:
    """Show the records of a list side by side."""
    tell(desk.compare_shortlist(which), as_json, _compared)


@shortlist.command(short_help="Write a list as a page to print or a table.")
@_options(
    _list,
    click.argument("file", type=FILE),
    audience_option,
    click.option(
        "--lang", type=TEXT, default="en", show_default=True, metavar="XX", help="The readers' language."
    ),
)
@with_desk
def export(desk: Desk, which: str, file: Path, audience: str, lang: str, as_json: bool) -> None:
    """Write a list as FILE.html, a page to print, or FILE.csv, a table.

    With names, why each is on it, sources, when last confirmed, and how to reach them. It holds what its
    readers may see (--as); notes are in it where they may see the list.
    """
    written = desk.write_shortlist(which, file, readers=Visibility.parse(audience), language=lang)
    tell_written(written, audience, quiet=as_json)
    if as_json:
        output.show_json({"files": [str(path) for path in written.paths], "left_out": written.left_out})


@shortlist.group(invoke_without_command=True, short_help="Searches to look at again.")
@json_option
@home_option
@click.pass_context
def watch(context: click.Context, as_json: bool) -> None:
    """Searches to look at again: `watch add TEXT`, then `shortlist news`. Without a further word: all."""
    if context.invoked_subcommand is None:
        with opened() as desk:
            tell(desk.watches(), as_json, _watches)


@watch.command("list")
@_options()
@with_desk
def watch_list(desk: Desk, as_json: bool) -> None:
    """Every watched search, and when it was last looked at."""
    tell(desk.watches(), as_json, _watches)


@watch.command("add")
@_options(
    click.argument("text", type=TEXT),
    click.option("--name", type=TEXT, default="", help="What to call it; its text if left out."),
    _filters,
    _visibility,
    _person,
)
@with_desk
def watch_add(
    desk: Desk, text: str, name: str, visibility: str | None, by: str | None, as_json: bool, **narrowed: Any
) -> None:
    """Watch a search from now on; TEXT as for `find`."""
    level = Visibility.parse(visibility) if visibility else None
    made = desk.watch(text, name=name, filters=_narrowed(**narrowed), visibility=level, who=by)
    tell(made, as_json, lambda one: _watches([one]))


@watch.command("delete")
@_options(_watched, _person)
@with_desk
def watch_delete(desk: Desk, which: str, by: str | None, as_json: bool) -> None:
    """Watch a search no longer; WATCH is its name or id."""
    found = desk.watch_news(which)["watch"]
    desk.delete_watch(which, who=by)
    tell({"deleted": found["id"], "name": found["name"]}, as_json, _deleted)


@shortlist.command(short_help="What is new for your watched searches.")
@_options(
    click.argument("which", metavar="[WATCH]", type=TEXT, required=False),
    click.option(
        "--since", type=TEXT, help="A date, or such as '7 days' or 'last week'; else when last looked at."
    ),
    click.option("--keep", is_flag=True, help="Do not count it as looked at now."),
    _person,
)
@with_desk
def news(desk: Desk, which: str | None, since: str | None, keep: bool, by: str | None, as_json: bool) -> None:
    """What is new among the answers to a watched search, or to each, since you last looked."""
    names = [which] if which else [one["id"] for one in desk.watches()]
    tell([desk.watch_news(one, since, look=not keep, who=by) for one in names], as_json, _news)


# -- in words -------------------------------------------------------------------------------------------


def _lists(found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        note = f": {one['note']}" if one["note"] else ""
        yield f"{one['name']}  [{one['id']}]  {one['entries']} on it, for {one['visibility']}{note}"
    if not found:
        yield "no shortlist yet: begin one with cocommuns shortlist new NAME"


def _added(done: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"added {one}" for one in done["added"])
    yield from (f"already on it: {one}" for one in done["already"])


def _shown(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{found['name']}  [{found['id']}]  for {found['visibility']}, made by {found['owner']}"
    if found["note"]:
        yield f"  {found['note']}"
    for number, one in enumerate(found["entries"], 1):
        yield ""
        if one["gone"]:
            yield f"{number:>2}. {one['record']}  no longer in the inventory"
        else:
            yield f"{number:>2}. {one['name']}  [{one['word']}, {one['record']}]"
        if one["note"]:
            yield f"    note: {one['note']}"
        if one["search"]:
            yield f"    found by: {one['found_by']}"
        for reason in one["reasons"]:
            yield f"    - {reason['text']}{_cited(reason['sources'])}"
        for route in one["routes"]:
            yield f"    {route['word']}: {route['text']}{_address(route)}"
        if not one["gone"]:
            yield f"    last confirmed: {one['confirmed'] or 'never'}{_cited(one['sources'])}"
    if not found["entries"]:
        yield "nothing on it yet: cocommuns shortlist add LIST ID..."


def _address(route: Mapping[str, Any]) -> str:
    return f" ({route['url']})" if route["url"] and route["url"] != route["text"] else ""


def _cited(sources: list[str]) -> str:
    return f"  <{'; '.join(sources)}>" if sources else ""


def _compared(found: Mapping[str, Any]) -> Iterator[str]:
    if not found["columns"]:
        yield "nothing on it to compare"
    for number, column in enumerate(found["columns"]):
        yield ""
        yield f"{column['name']}  [{column['word']}, {column['record']}]"
        for row in found["rows"]:
            yield f"    {row['word']}: {'; '.join(row['values'][number]) or '-'}"


def _deleted(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"deleted {found['name']}"


def _watches(found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        narrowed = f" ({one['narrowed']})" if one["narrowed"] else ""
        looked = _moment(one["looked"])
        yield f"{one['name']}  [{one['id']}]  {one['search']}{narrowed}, last looked at {looked}"
    if not found:
        yield "no search is watched yet: cocommuns shortlist watch add TEXT"


def _moment(when: str) -> str:
    return f"{when[:16].replace('T', ' ')} UTC" if "T" in when else when


def _news(found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        yield f"{one['watch']['name']}, since {_moment(one['since'])}:"
        if one["why"]:
            yield f"    {one['why']}"
        for what in ("new", "changed"):
            for record in one[what]:
                yield f"    {what}: {record['name']}  [{record['word']}, {record['id']}]"
                yield from (f"        {text}" for text in record["changes"])
    if not found:
        yield "no search is watched yet: cocommuns shortlist watch add TEXT"
