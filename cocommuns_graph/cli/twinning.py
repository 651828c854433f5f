"""`duplicates` and `merge`: records that may be one, and what is decided of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from cocommuns_graph.cli import output
from cocommuns_graph.cli.options import TEXT, home_option, json_option, tell, whole, with_desk
from cocommuns_graph.desk import Desk

_MOST = 50


def _by_person(command: Any) -> Any:
    return click.option(
        "--by-person",
        "who",
        type=TEXT,
        metavar="NAME",
        help="Who says so, for history; if not given, the name of the system account.",
    )(command)


@click.command(short_help="Records that may be the same.")
@home_option
@json_option
@click.option(
    "--kind", "kinds", multiple=True, type=TEXT, help="expert, organisation, topic or initiative; repeatable."
)
@click.option(
    "--threshold", type=TEXT, metavar="SCORE", help="The least score, from 0 to 1; 0.7 if not given."
)
@click.option(
    "--limit", type=whole(1, 1_000_000), default=_MOST, show_default=True, help="How many at the most."
)
@click.option("--all", "everything", is_flag=True, help="Also pairs that were decided to be two.")
@click.option(
    "--not", "two", nargs=2, type=TEXT, metavar="ID ID", help="Remember that these two are not the same."
)
@click.option("--maybe", "maybe", nargs=2, type=TEXT, metavar="ID ID", help="Take that back.")
@_by_person
@with_desk
def duplicates(
    desk: Desk,
    as_json: bool,
    kinds: tuple[str, ...],
    threshold: str | None,
    limit: int,
    everything: bool,
    two: tuple[str, str] | None,
    maybe: tuple[str, str] | None,
    who: str | None,
) -> None:
    """Records that may be the same: pairs with a score and the reasons, the likeliest first.

    Make two one with `merge`; say with --not that they are two, which is remembered, also after imports.
    """
    if two and maybe:
        raise click.UsageError("--not and --maybe are opposites: give one", click.get_current_context())
    if two:
        tell(desk.not_duplicate(*two, who=who), as_json, _decided)
    elif maybe:
        tell(desk.maybe_duplicate(*maybe, who=who), as_json, _decided)
    else:
        found = desk.duplicates(kinds, threshold=_share(threshold), limit=limit + 1, decided=everything)
        if len(found) > limit:
            output.say(f"only the {limit:,} likeliest are told; --limit tells more")
        tell(found[:limit], as_json, _pairs)


def _share(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 < share <= 1:
        raise click.UsageError(
            f"{text!r} is no score; accepted: a number above 0 and up to 1, such as 0.8",
            click.get_current_context(),
        )
    return share


@click.command(short_help="Make two records one.")
@click.argument("kept", metavar="ID", type=TEXT)
@click.argument("gone", metavar="ID", type=TEXT)
@home_option
@json_option
@click.option(
    "--take",
    multiple=True,
    type=TEXT,
    metavar="PROPERTY",
    help="The second one's value wins; may be repeated.",
)
@click.option(
    "--keep",
    multiple=True,
    type=TEXT,
    metavar="PROPERTY",
    help="The first one's value wins; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@_by_person
@with_desk
def merge(
    desk: Desk,
    kept: str,
    gone: str,
    as_json: bool,
    take: tuple[str, ...],
    keep: tuple[str, ...],
    dry_run: bool,
    who: str | None,
) -> None:
    """Make two records one: the second becomes part of the first, with every link, value and source of both.

    Of two different values the fuller one is kept, else the first one's; --take and --keep decide otherwise.
    Later imports that name the second id mean the first. IDs are ids or exact names. `undo` takes it back.
    """
    if both := set(take) & set(keep):
        raise click.UsageError(
            f"--take and --keep both name {sorted(both)[0]!r}", click.get_current_context()
        )
    wins: dict[str, Any] = {**dict.fromkeys(take, "b"), **dict.fromkeys(keep, "a")}
    done = desk.merge(kept, gone, wins=wins, who=who, preview=dry_run)
    tell(done.report, as_json, lambda report: done.words(desk.say))
    if not done.is_preview:
        output.say(f"to take it back: cocommuns undo {done.report['import_id']}")


def _pairs(found: list[Mapping[str, Any]]) -> Iterator[str]:
    if not found:
        yield "no two records look like one"
    for pair in found:
        decision = "  (decided: they are two)" if pair["decision"] else ""
        names = f"{pair['names'][0]} [{pair['a']}] = {pair['names'][1]} [{pair['b']}]"
        yield f"{pair['score']:.2f}  {names}{decision}"
        for reason in pair["reasons"]:
            yield f"    {'but: ' if reason['against'] else ''}{reason['text']}"


def _decided(done: Mapping[str, Any]) -> Iterator[str]:
    if done["decision"]:
        yield f"{done['a']} and {done['b']} are two; this is remembered"
    else:
        yield f"{done['a']} and {done['b']} may be one again"
