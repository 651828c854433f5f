"""The commands `path` and `similar`: who introduces whom, and who is alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from cocommuns_graph.cli.options import TEXT, home_option, json_option, tell, whole, with_desk
from cocommuns_graph.desk import Desk
from cocommuns_graph.model import MODEL


@click.command(short_help="Who can introduce one to the other.")
@click.argument("a", metavar="ID", type=TEXT)
@click.argument("b", metavar="ID", type=TEXT)
@home_option
@json_option
@with_desk
def path(desk: Desk, a: str, b: str, as_json: bool) -> None:
    """Who can introduce one to the other: chains of people, organisations and initiatives between them.

    The best first, by current and strong ties and small initiatives, and up to three that share nobody; where
    there is none, whose meeting would make one. ID is an id or an exact name.
    """
    tell(desk.path(a, b), as_json, _chained)


@click.command(short_help="Who is at home in the same topics.")
@click.argument("id_", metavar="ID", type=TEXT)
@home_option
@json_option
@click.option(
    "--not-connected",
    is_flag=True,
    help="Only whom it does not know: no tie, no common organisation or initiative.",
)
@click.option(
    "--kind", "kinds", multiple=True, type=TEXT, help="expert, organisation or initiative; may be repeated."
)
@click.option(
    "--limit", type=whole(1, 1000), default=10, show_default=True, help="How many results at the most."
)
@with_desk
def similar(
    desk: Desk, id_: str, as_json: bool, not_connected: bool, kinds: tuple[str, ...], limit: int
) -> None:
    """Who is at home in the same topics as a record: rare ones count more, those next to them less.

    ID is an id or an exact name. Example: cocommuns similar etuc --not-connected --kind expert
    """
    wanted = [kind.strip() for given in kinds for kind in given.split(",") if kind.strip()]
    tell(desk.similar(id_, limit, unknown=not_connected, kinds=wanted), as_json, _alike)


def _chained(answer: Mapping[str, Any]) -> Iterator[str]:
    if answer["why"]:
        yield answer["why"]
    if answer["best"]:
        yield from _chain("Best", answer["best"])
        yield "Chains that share nobody, so that one may fail:"
    for number, chain in enumerate(answer["paths"], 1):
        yield from _chain(f"{number}.", chain)


def _chain(begin: str, chain: Mapping[str, Any]) -> Iterator[str]:
    yield f"{begin} {' - '.join(chain['names'])}"
    for step in chain["steps"]:
        over = "" if step["current"] else " [over]"
        sources = f"  ({'; '.join(step['sources'])})" if step["sources"] else ""
        yield f"    {step['text']}{over}{sources}"


def _alike(answer: Mapping[str, Any]) -> Iterator[str]:
    if answer["why"]:
        yield answer["why"]
    for one in answer["similar"]:
        kind = MODEL.node(one["type"]).singular.en
        known = "" if one["know"] else ", not connected"
        yield f"{one['rank']:>2}. {one['name']}  [{kind}, {one['id']}]  {one['score']:.2f}{known}"
        yield f"    {one['text']}"
