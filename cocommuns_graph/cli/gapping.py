"""The command `gaps`: what is missing in the network, and who should meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from cocommuns_graph.cli.options import (
    FILE,
    TEXT,
    audience_option,
    home_option,
    json_option,
    opened,
    tell,
    tell_written,
)
from cocommuns_graph.model import Visibility

Found = Mapping[str, Any]
_SHOWN, _MEETINGS_SHOWN = 5, 10
_WORDS = {
    "en": {
        "meet": "Who should meet",
        "more": "and {} more (--json, --html or --csv shows all)",
        "nobody": "Nobody: no two actors of different families who have not met share a topic.",
        "no_families": "Name with --by what makes the families.",
        "firm": "rank {rank}, from {low} to {high} when {share:.0%} of the ties are dropped",
        "method": "How to read this",
        "high": "confidence high",
        "medium": "confidence medium",
        "low": "confidence low",
    },
    "fr": {
        "meet": "Qui devrait se rencontrer",
        "more": "et {} de plus (tout est dans --json, --html ou --csv)",
        "nobody": "Personne : aucune paire de familles différentes, sans rencontre, n'a de sujet en commun.",
        "no_families": "Nommer avec --by ce qui forme les familles.",
        "firm": "rang {rank}, de {low} à {high} si {share:.0%} des liens sont ôtés",
        "method": "Comment lire ceci",
        "high": "confiance haute",
        "medium": "confiance moyenne",
        "low": "confiance basse",
    },
}


@click.command(short_help="What is missing: topics, links, needs nobody meets, and who should meet.")
@click.option(
    "--by",
    type=TEXT,
    metavar="PROPERTY",
    help="What makes the families: sector, country or any imported column (else sector, else country).",
)
@click.option(
    "--lang", "language", type=TEXT, default="en", show_default=True, metavar="XX", help="en or fr."
)
@click.option("--html", type=FILE, metavar="FILE", help="Write the report as a page to print.")
@click.option("--csv", type=FILE, metavar="FOLDER", help="Write every table of the report to this folder.")
@home_option
@json_option
@audience_option
def gaps(
    by: str | None, language: str, html: Path | None, csv: Path | None, as_json: bool, audience: str
) -> None:
    """What is missing in the network: topics nobody knows, needs, fragile links, and who should meet.

    Each gap says in words what is missing, why it matters, what could be done, and whether nobody has it, it
    was not asked, or the records are out of date. What is written holds what its readers may see (--as).
    """
    if by is not None and not by.strip():
        raise click.UsageError("--by names no property")
    with opened() as desk:
        if html or csv:
            reader = desk.for_readers(Visibility.parse(audience))
            written = reader.write_gaps(by=by, language=language, html=html, csv=csv)
            tell_written(written, audience, quiet=as_json)
        if as_json or not (html or csv):
            tell(desk.gaps(by=by, language=language), as_json, _told)


def _told(found: Found) -> Iterator[str]:
    """The first of every kind in words, then the introductions, then how to read it."""
    words = _WORDS[found["language"]]
    for kind in found["kinds"]:
        listed = [gap for gap in found["gaps"] if gap["kind"] == kind["name"]]
        yield f"{kind['title']} ({len(listed)})"
        if not listed:
            yield f"  {kind['nothing']}"
        for gap in listed[:_SHOWN]:
            yield f"  - {gap['title']}. {gap['suggestion']}"
            yield f"    {gap['basis']['text']} [{words[gap['confidence']]}]"
            yield from _firm(gap["evidence"], words)
        if len(listed) > _SHOWN:
            yield f"  {words['more'].format(len(listed) - _SHOWN)}"
        yield ""
    yield f"{words['meet']} ({len(found['introductions'])})"
    if not found["introductions"]:
        yield f"  {words['nobody'] if found['by'] else words['no_families']}"
    for one in found["introductions"][:_MEETINGS_SHOWN]:
        named = " - ".join(
            f"{name} ({family})" for name, family in zip(one["names"], one["families"], strict=True)
        )
        yield f"  {one['rank']:>2}. {named}  {one['score']:.2f}"
        for reason in one["reasons"]:
            yield f"      {reason}"
        yield from _firm(one, words, "  ")
    if len(found["introductions"]) > _MEETINGS_SHOWN:
        yield f"  {words['more'].format(len(found['introductions']) - _MEETINGS_SHOWN)}"
    yield ""
    yield words["method"]
    for sentence in (*found["method"], *found["limits"]):
        yield f"  {sentence}"


def _firm(ranked: Found, words: Mapping[str, str], indent: str = "") -> Iterator[str]:
    """How firm a rank is, where there is one."""
    if (dropped := (ranked.get("stability") or {}).get("dropped")) and ranked.get("rank"):
        low, high = dropped[-1]["band"]
        yield (
            f"{indent}    "
            + words["firm"].format(rank=ranked["rank"], low=low, high=high, share=dropped[-1]["share"])
        )
