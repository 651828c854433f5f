"""The command `team`: who together covers a brief."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from cocommuns_graph.cli.options import TEXT, home_option, json_option, tell, whole, with_desk
from cocommuns_graph.desk import Desk
from cocommuns_graph.model import MODEL, codes

_PHRASES = {"language": "speaking {}", "country": "in {}", "sector": "a voice of the sector {}"}


@click.command(short_help="The smallest team that covers several needs.")
@click.argument("text", nargs=-1, required=True, type=TEXT)
@home_option
@json_option
@click.option("--size", type=whole(1, 100), help="At most so many members (else as many as it takes).")
@click.option(
    "--languages", "--language", multiple=True, type=TEXT, help="Somebody speaks each of these: fr,nl."
)
@click.option(
    "--countries", "--country", multiple=True, type=TEXT, help="Somebody is in each of these: BE,FR."
)
@click.option(
    "--sectors", "--sector", multiple=True, type=TEXT, help="A voice of each of these families: union,city."
)
@click.option(
    "--ignore-load", is_flag=True, help="Do not let those who are asked often step back for others."
)
@with_desk
def team(
    desk: Desk,
    text: tuple[str, ...],
    as_json: bool,
    size: int | None,
    languages: tuple[str, ...],
    countries: tuple[str, ...],
    sectors: tuple[str, ...],
    ignore_load: bool,
) -> None:
    """The smallest team of experts and organisations that covers every TEXT, and two others.

    Each TEXT is a need: a topic in any language of the glossary, its id, or a sentence, whose topics are a
    need each. What nobody covers is said. Example: cocommuns team "trade unions" "housing" --languages fr
    """
    found = desk.team(
        text,
        languages=_several(languages),
        countries=_several(countries, codes.country),
        sectors=_several(sectors),
        size=size,
        fair=not ignore_load,
    )
    tell(found, as_json, _told)


def _several(given: Sequence[str], known: Any = None) -> list[str]:
    """The values of an option that may be repeated or hold several between commas; a name may have one."""
    found: list[str] = []
    for text in given:
        found += [text] if known is not None and known(text) else [part.strip() for part in text.split(",")]
    return found


def _told(found: Mapping[str, Any]) -> Iterator[str]:
    """The team with reasons, what is not covered, then the others."""
    yield found["why"]
    yield from _members(found["members"])
    for missing in found["missing"]:
        yield ""
        yield f"not covered: {_phrase(missing)}. {missing['why']}"
        for near in missing["nearest"]:
            yield f"    nearest: {near['name']} [{near['id']}]: {near['text']}"
    for number, other in enumerate(found["alternatives"], 1):
        yield ""
        left = f"  (without {', '.join(other['uncovered'])})" if other["uncovered"] else ""
        yield f"instead, {number}:{left}"
        for member in other["members"]:
            yield f"    {member['name']} [{member['id']}]: {', '.join(member['adds'])}"


def _members(members: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for number, member in enumerate(members, 1):
        kind = MODEL.node(member["type"]).singular.en
        load = f"  {member['load']} commitment{'' if member['load'] == 1 else 's'} already"
        yield ""
        yield f"{number:>2}. {member['name']}  [{kind}, {member['id']}]{load}"
        for reason in member["reasons"]:
            sources = f"  ({'; '.join(reason['sources'])})" if reason["sources"] else ""
            yield f"    {reason['need']}: {reason['text']}{sources}"


def _phrase(missing: Mapping[str, Any]) -> str:
    return _PHRASES.get(missing["kind"], "{}").format(missing["name"])
