"""`glossary` and `problems`: what people mean, and what stands in their way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from cocommuns_graph.cli.options import (
    FILE,
    TEXT,
    audience_option,
    home_option,
    json_option,
    tell,
    tell_written,
    with_desk,
)
from cocommuns_graph.desk import Desk, Written
from cocommuns_graph.model import MODEL, Visibility

Found = Mapping[str, Any]
_BECAUSE = {
    "solved": "has overcome it",
    "member": "belongs to {topic}, which has overcome it",
    "took part": "took part in {topic}, which has overcome it",
    "expert": "is an expert in {topic}",
    "offers": "offers help with {topic}",
    "works": "works on {topic}",
    "spoke": "took a position on it",
}


def _register_options(command: Any) -> Any:
    for option in (
        home_option,
        json_option,
        audience_option,
        click.option("--csv", type=FILE, metavar="FILE", help="Write a table for a spreadsheet."),
        click.option("--html", type=FILE, metavar="FILE", help="Write a page to print."),
        click.option(
            "--lang",
            "language",
            type=TEXT,
            default="en",
            show_default=True,
            metavar="XX",
            help="The language of the terms and their order: a code or a name.",
        ),
    ):
        command = option(command)
    return command


@click.command(short_help="Every term in all languages, and who uses it.")
@_register_options
@with_desk
def glossary(
    desk: Desk, language: str, html: Path | None, csv: Path | None, as_json: bool, audience: str
) -> None:
    """Every term with its words in all languages, what they mean to whom, who uses it, and the sources.

    Shown here, or written as a page to print and as a table. A word with several meanings has an entry for
    each, side by side. What is written holds what its readers may see (--as).
    """
    reader = desk.for_readers(Visibility.parse(audience))
    _answer(
        html,
        csv,
        lambda: reader.write_glossary(language=language, html=html, csv=csv),
        lambda: desk.glossary(language),
        as_json,
        audience,
        _terms,
    )


@click.command(short_help="Problems open and overcome, and whom to ask.")
@_register_options
@with_desk
def problems(
    desk: Desk, language: str, html: Path | None, csv: Path | None, as_json: bool, audience: str
) -> None:
    """Problems open and overcome: who faces them, who has overcome them and how, and who could be asked.

    Shown here, or written as a page to print and as a table. What is written holds what its readers may see
    (--as).
    """
    reader = desk.for_readers(Visibility.parse(audience))
    _answer(
        html,
        csv,
        lambda: reader.write_problems(language=language, html=html, csv=csv),
        lambda: desk.problems(language),
        as_json,
        audience,
        _register,
    )


def _answer(
    html: Path | None,
    csv: Path | None,
    write: Callable[[], Written],
    find: Callable[[], Found],
    as_json: bool,
    audience: str,
    in_words: Callable[[Found], Iterator[str]],
) -> None:
    """Writes the files that were asked for; shows the answer where none was, or as JSON as well."""
    if html or csv:
        tell_written(write(), audience, quiet=as_json)
    if as_json or not (html or csv):
        tell(find(), as_json, in_words)


def _terms(found: Found) -> Iterator[str]:
    if found["why"]:
        yield found["why"]
    for term in found["terms"]:
        yield ""
        kind = f"{term['kind']}, " if term["kind"] else ""
        yield f"{term['term']}  [{kind}{term['id']}]"
        for code in sorted({*term["labels"], *term["aliases"]}):
            also = ", ".join(term["aliases"].get(code, []))
            label = term["labels"].get(code, "")
            yield f"    {code or 'any':<3} {label}{f' (also: {also})' if label and also else also}"
        for code, text in term["definitions"].items():
            yield f"    means{f' ({code})' if code else ''}: {text}"
        if term["context"]:
            yield f"    used so by: {', '.join(term['context'])}"
        if term["same_word"]:
            yield f"    the same word means something else in: {', '.join(term['same_word'])}"
        for use in term["used_by"]:
            details = ", ".join(f"{name}: {value}" for name, value in use["properties"].items())
            yield f"    {use['text']} {use['name']}{f' ({details})' if details else ''}{_cited(use)}"
        if term["sources"]:
            yield f"    sources: {'; '.join(term['sources'])}"


def _register(found: Found) -> Iterator[str]:
    if found["why"]:
        yield found["why"]
    for one in found["problems"]:
        yield ""
        yield f"{one['label']}  [{one['status']}, {one['id']}]"
        if one["definition"]:
            yield f"    {one['definition']}"
        for what, actors in (("faced by", one["faced_by"]), ("overcome by", one["overcome_by"])):
            for actor in actors:
                when = f", {actor['when']}" if actor["when"] else ""
                how = f": {actor['how']}" if actor["how"] else ""
                yield f"    {what} {_who(actor)}{when}{how}{_cited(actor)}"
        for asked in one["ask"]:
            because = _BECAUSE[asked["why"]].format(topic=asked["topic"] or "it")
            yield f"    could be asked: {_who(asked)}, who {because}{_cited(asked)}"
        if one["sources"]:
            yield f"    sources: {'; '.join(one['sources'])}"


def _who(actor: Found) -> str:
    family = f", {actor['family']}" if actor["family"] else ""
    return f"{actor['name']} ({MODEL.node(actor['type']).singular.en}{family})"


def _cited(link: Found) -> str:
    return f"  <{'; '.join(link['sources'])}>" if link["sources"] else ""
