"""Answers as lines for a terminal, in words a coordinator would read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cocommuns_graph.cli.output import table
from cocommuns_graph.model import MODEL

_MOST_REASONS = 4


def found(answer: Mapping[str, Any]) -> Iterator[str]:
    """The answer of `find`."""
    if answer["topics"]:
        named = ", ".join(
            topic["label"]
            + (f" ({topic['matched']})" if topic["matched"].casefold() != topic["label"].casefold() else "")
            for topic in answer["topics"]
        )
        yield f"Topics: {named}"
    if answer["why"]:
        yield answer["why"]
    if answer["verdict"] and answer["verdict"]["nearest"]:
        yield "Nearest:"
        for near in answer["verdict"]["nearest"]:
            kind = MODEL.node(near["type"]).singular.en
            yield f"    {near['name']}  [{kind}, {near['id']}]: {near['text']}"
    for result in answer["results"]:
        kind = MODEL.node(result["type"]).singular.en
        yield ""
        yield f"{result['rank']:>2}. {result['name']}  [{kind}, {result['id']}]  {result['score']:.2f}"
        if result["evidence"] == "text":
            yield "    weak: only words in texts"
        if result["made_of"]:
            yield f"    {result['score']:.2f} is {result['made_of']}"
        for reason in result["reasons"][:_MOST_REASONS]:
            sources = f"  ({'; '.join(reason['sources'])})" if reason["sources"] else ""
            yield f"    - {reason['text']}{sources}"
        if len(result["reasons"]) > _MOST_REASONS:
            more = len(result["reasons"]) - _MOST_REASONS
            yield f"    and {more} more {'reason' if more == 1 else 'reasons'} (--json lists all)"


def shown(record: Mapping[str, Any]) -> Iterator[str]:
    """The answer of `show`."""
    declared = MODEL.node(record["type"])
    yield f"{record['name']}  [{declared.singular.en}, {record['id']}]"
    for name, value in record["properties"].items():
        known = declared.property(name)
        word = known.words.en if known else name
        if known is not None and known.name != name:
            word = f"{word} ({name.rsplit('_', 1)[1]})"
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield f"  {word}: {text}"
    if record["sources"]:
        yield f"  sources: {'; '.join(record['sources'])}"
    for link in record["links"]:
        details = ", ".join(
            f"{name}: {value}" for name, value in link["properties"].items() if name != "created_in"
        )
        yield (
            f"  {link['text']} {link['name']} [{link['id']}]"
            + (f" ({details})" if details else "")
            + (f"  <{'; '.join(link['sources'])}>" if link["sources"] else "")
        )


def question(declared: Any) -> dict[str, Any]:
    """A named query as JSON: name, title, explanation, parameters."""
    return {
        "name": declared.name,
        "title": declared.title.en,
        "explanation": declared.explanation.en,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "required": parameter.required,
                "default": parameter.default,
                "accepted": parameter.accepted,
                "text": parameter.description.en,
            }
            for parameter in declared.parameters
        ],
    }


def questions(listed: list[dict[str, Any]]) -> Iterator[str]:
    """The list that `ask` gives without a name."""
    for one in listed:
        options = " ".join(map(_option, one["parameters"]))
        yield f"{one['name']} {options}".rstrip()
        yield f"    {one['title']}"


def question_help(one: Mapping[str, Any]) -> Iterator[str]:
    """What `ask NAME --help` says of a query."""
    yield f"Usage: cocommuns ask {one['name']} {' '.join(map(_option, one['parameters']))}".rstrip()
    yield ""
    yield f"  {one['title']}"
    yield ""
    yield f"  {one['explanation']}"
    if one["parameters"]:
        yield ""
    for parameter in one["parameters"]:
        default = "" if parameter["default"] is None else f" [default: {parameter['default']}]"
        name = parameter["name"].replace("_", "-")
        yield f"  --{name}  {parameter['text']} ({parameter['accepted']}){default}"


def _option(parameter: Mapping[str, Any]) -> str:
    text = f"--{parameter['name'].replace('_', '-')} {parameter['name'].upper()}"
    return text if parameter["required"] else f"[{text}]"


def asked(answer: Mapping[str, Any]) -> Iterator[str]:
    """The answer of `ask NAME`."""
    yield from table(answer["columns"], answer["rows"])
    if not answer["rows"]:
        yield "nothing found"


def standing(status: Mapping[str, Any]) -> Iterator[str]:
    """The answer of `status`."""
    yield f"home: {status['home']}"
    yield f"engine: {status['engine']['kind']} at {status['engine']['address']}"
    for label, count in status["nodes"].items():
        yield f"{count:>8,} {MODEL.node(label).plural.en}"
    yield f"{sum(status['relationships'].values()):>8,} relationships"
    for label, shares in status["completeness"].items():
        known = ", ".join(f"{name} {share:.0%}" for name, share in shares.items() if share)
        yield f"{MODEL.node(label).plural.en} with {known}"
    fresh = status["freshness"]
    if fresh["actors"]:
        yield (
            f"{fresh['stale']:,} of {fresh['actors']:,} organisations and experts not confirmed in the last "
            f"{fresh['months']} months, {fresh['never']:,} of them never; cocommuns stale lists them"
        )
    for begun in status["incomplete"]:
        what = f"undo of {begun['undoes']}" if begun["undoes"] else f"import of {', '.join(begun['paths'])}"
        yield f"incomplete: {begun['id']}, {what}; 'resume' finishes it"


def ended(answer: Mapping[str, Any]) -> Iterator[str]:
    """The answer of `db stop`."""
    yield "stopped" if answer["stopped"] else "no engine was running"


def running(engine: Mapping[str, Any]) -> Iterator[str]:
    """The answer of `db status` and `db start`."""
    if engine["kind"] == "neo4j":
        yield f"Neo4j at {engine['address']}, as NEO4J_URI says; it is started and stopped elsewhere"
    elif engine["running"]:
        users = len(engine["users"])
        yield (
            f"running at {engine['address']} (process {engine['pid']}), "
            f"used by {users} {'process' if users == 1 else 'processes'}"
        )
    else:
        yield f"not running (home {engine['home']})"
