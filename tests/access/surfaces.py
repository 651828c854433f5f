"""Every way to ask, made from the registries: methods of the desk, commands, formats, named queries.

A new one is asked without anyone remembering, with arguments by what its parameters are called. Where there
is no example for a name yet, the test fails and says so.
"""

from __future__ import annotations

import contextlib
import dataclasses
import inspect
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click
import networkx as nx
import pandas as pd
import pytest

from cocommuns_graph import desk as desks
from cocommuns_graph.cli import run as runs
from cocommuns_graph.cli.commands import cocommuns
from cocommuns_graph.desk import Desk, MapView
from cocommuns_graph.desk.asking import questions
from cocommuns_graph.exporting import FORMATS
from cocommuns_graph.model import STEWARD, Graph, Viewer, Visibility
from cocommuns_graph.model.errors import CocommunsError
from tests.access.worlds import PUBLIC, STEWARDS, named, record, token

Answers = dict[str, Any]

NO_ANSWER = frozenset(
    {"close", "for_viewer", "for_readers", "speaking", "glancing", "arrange_again", "restore", "resume"}
)
"""Desk methods that tell nothing of the inventory, or only write."""
NO_COMMAND = frozenset(
    {"demo", "app", "template", "import", "resume", "restore", "db start", "db stop", "db status"}
)
"""Commands that start or stop something, or only write."""
FROM_FILES = frozenset({"Upload", "Tellings", "Sequence[Upload]", "Sequence[Path]"})
"""Parameters of methods that read what somebody brings, before it is in the inventory."""

PROBES = {
    "somebody": record("Organisation", PUBLIC),
    "who keeps things back": record("Expert", STEWARDS, "limits"),
    "somebody hidden": record("Organisation", STEWARDS),
    "a hidden name": named("Expert", STEWARDS),
    "who was merged": record("Organisation", STEWARDS, "gone"),
    "nobody": "nobody-at-all",
    "a list": token("list", PUBLIC),
    "a hidden list": token("list", STEWARDS),
    "a topic": record("Topic", PUBLIC),
    "a hidden topic": named("Topic", STEWARDS),
}
_TOPIC = record("Topic", PUBLIC)
_OTHER = record("Expert", PUBLIC)
_RECORDS = (
    "identifier",
    "text",
    "what",
    "record",
    "id_",
    "a",
    "start",
    "name_or_id",
    "around",
    "kept",
    "ids",
)

EXAMPLES: Mapping[str, list[str]] = {
    "b": [_OTHER],
    "end": [_TOPIC],
    "gone": [_OTHER],
    "label": ["Organisation"],
    "kind": ["expert"],
    "type_": ["WORKS_ON"],
    "language": ["en"],
    "property": ["description"],
    "value": ["x"],
    "name": ["description"],
    "note": ["x"],
    "search": ["Topic"],
    "topic": [_TOPIC],
    "row": ["expert"],
    "key": ["degree"],
    "measure": ["degree"],
    "x": ["degree"],
    "y": ["betweenness"],
    "by": ["sector", "extra"],
    "import_id": ["unit-001", "unit-061"],
    "unit": ["unit-001", "unit-061"],
    "since": ["2026-01-01"],
    "list_": [token("list", PUBLIC), token("list", STEWARDS)],
    "shortlist": [token("list", PUBLIC), token("list", STEWARDS)],
    "watch": [token("watch", PUBLIC), token("watch", STEWARDS)],
    "which": [*(token("list", level) for level in Visibility), token("watch", PUBLIC)],
    "form": ["html", "csv", "zip", *FORMATS],
    "place": ["sheets"],
    "months": ["12"],
}


# -- the desk -----------------------------------------------------------------------------------------


def desk_answers(desk: Desk, folder: Path) -> Iterator[tuple[str, Any]]:
    """What every public method of the desk answers, by the call; an error is an answer too."""
    for name, method in inspect.getmembers(Desk, inspect.isfunction):
        if name.startswith("_") or name in NO_ANSWER:
            continue
        parameters = list(inspect.signature(method).parameters.values())[1:]
        writes = any(one.name == "who" for one in parameters)
        preview = any(one.name == "preview" for one in parameters)
        if (writes and not preview and name not in ("watch_news", "history")) or any(
            str(one.annotation) in FROM_FILES for one in parameters
        ):
            continue
        for given in _calls(desk, name, parameters, folder):
            if preview:
                given["preview"] = True
            told = {key: value for key, value in given.items() if not isinstance(value, Path)}
            yield f"{name}({plain(told)})", _answer(partial(getattr(desk, name), **given), folder)
    for frame, _ in inspect.getmembers(type(desk.frames), inspect.isfunction):
        if not frame.startswith("_"):
            given = {"find": {"text": "Topic"}, "ask": {"name": "who-works-on", "topic": _TOPIC}}.get(
                frame, {}
            )
            yield f"frames.{frame}", _answer(partial(getattr(desk.frames, frame), **given), folder)
    for question in questions(STEWARD):
        for values in _values_of(question):
            yield f"ask {question.name} {values}", _answer(partial(desk.ask, question.name, values), folder)


def _calls(
    desk: Desk, name: str, parameters: list[inspect.Parameter], folder: Path
) -> Iterator[dict[str, Any]]:
    """One call for each example of the parameter with the most; of a record, for each probe."""
    choices = {
        one.name: _examples(desk, name, one, folder)
        for one in parameters
        if one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)
        and (one.default is one.empty or one.name in ("by", "topic", "since"))
    }
    if name == "find_gaps" or name.endswith("gaps") or name.startswith(("gap_", "gaps_")):
        choices.pop("by", None)
    for number in range(max(map(len, choices.values()), default=1)):
        yield {one: values[min(number, len(values) - 1)] for one, values in choices.items()}
    if choices and all(one.default is not one.empty for one in parameters):
        yield {}


def _examples(desk: Desk, method: str, parameter: inspect.Parameter, folder: Path) -> list[Any]:
    kind = str(parameter.annotation).strip("'\"")
    name = parameter.name
    if kind == "MapView":
        around = [MapView(around=who) for who in list(PROBES.values())[:4]]
        pair = MapView(pair=(record("Organisation", PUBLIC), _TOPIC), color="sector", size="degree")
        return [MapView(), MapView(gaps="introductions"), pair, MapView(color="extra"), *around]
    if kind == "Metrics":
        return [desk.measure()]
    if kind == "Found":
        from cocommuns_graph.desk import Found

        first = desk.links(record("Organisation", PUBLIC))[0]
        return [Found(first["start"], first["type"], first["end"], first["key"])]
    if kind == "Visibility":
        return [PUBLIC, desk.viewer.level]
    if kind == "Path":
        endings = FORMATS if method == "export" else ("html", "csv")
        return [folder / f"{method}.{ending}" for ending in endings]
    if kind.startswith("Mapping"):
        return [{}]
    if kind == "int":
        return [1]
    if kind.startswith("Literal") or kind == "Form":
        return [each.strip(" '\"") for each in kind.removeprefix("Literal[").strip("]").split(",")] * (
            kind != "Form"
        ) or ["html", "csv"]
    if kind.startswith("Sequence[str]"):
        return [[who] for who in (*PROBES.values(), "Topic")]
    if name in EXAMPLES:
        return list(EXAMPLES[name])
    if kind in ("str", "str | None") and name in _RECORDS:
        return list(PROBES.values())
    raise AssertionError(f"{method} takes {name}: {kind}; give an example of it in tests/access/surfaces.py")


def _values_of(question: Any) -> Iterator[dict[str, str]]:
    """Values for a named query: each kind of record seen, and hidden."""
    for hidden in (False, True):
        level = STEWARDS if hidden else PUBLIC
        values = {}
        for one in question.parameters:
            if one.type in ("topic", "organisation", "expert", "initiative"):
                values[one.name] = record(one.type.title(), level)
            elif one.required:
                choices = {"country": "BE", "date": "2010", "integer": "1"}
                values[one.name] = choices.get(one.type) or (one.choices[0] if one.choices else "x")
        yield values


# -- commands -----------------------------------------------------------------------------------------


def command_answers(desk: Desk, patch: pytest.MonkeyPatch, folder: Path) -> Iterator[tuple[str, Any]]:
    """What every command that reads, or that can be tried, prints and writes, with this desk behind it."""
    patch.setattr(desks, "open_desk", lambda *ignored, **also: _Kept(desk))
    for name, command in _commands(cocommuns):
        if name in NO_COMMAND:
            continue
        names = {one.name for one in command.params}
        writes = any("--by-person" in one.opts for one in command.params)
        if writes and not names & {"dry_run", "since", "threshold"}:
            continue
        for arguments in _lines(name, command, folder):
            yield (
                " ".join([name, *arguments]).replace(str(folder), ""),
                _answer(partial(_ran, [*name.split(), *arguments]), folder),
            )


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _lines(name: str, command: click.Command, folder: Path) -> Iterator[list[str]]:
    fixed: list[str] = []
    places: list[str] = []
    varied: list[list[str]] = []
    for one in command.params:
        is_path = isinstance(one.type, click.Path)
        if isinstance(one, click.Argument):
            if is_path:
                endings = FORMATS if name == "export" else ("html", "csv")
                varied.append([str(folder / f"{name}.{ending}") for ending in endings])
            elif one.required or one.name in ("id_", "name"):
                varied.append(_words(name, one))
        elif one.name in ("dry_run", "keep") and getattr(one, "is_flag", False):
            fixed.append(one.opts[-1])
        elif is_path:
            suffix = "html" if name == "map" or one.name == "html" else "csv"
            (fixed if one.required else places).extend([one.opts[-1], str(folder / f"{name}-out.{suffix}")])
    as_json = ["--json"] if any(one.name == "as_json" for one in command.params) else []
    for number in range(max(map(len, varied), default=1)):
        given = [values[min(number, len(values) - 1)] for values in varied]
        yield [*given, *fixed, *as_json]
    first = [values[0] for values in varied]
    if as_json:
        yield [*first, *fixed]
    if places:
        yield [*first, *fixed, *places]


def _words(command: str, argument: click.Parameter) -> list[str]:
    if command == "ask":
        return [question.name for question in questions(STEWARD)]
    if command.startswith("shortlist") and argument.name in ("name", "what", "list_"):
        return list(EXAMPLES["shortlist"])
    if argument.name in EXAMPLES:
        return list(EXAMPLES[argument.name])
    if argument.name in (*_RECORDS, "organisations", "records"):
        return list(PROBES.values())
    raise AssertionError(
        f"the command {command} takes {argument.name}; give an example of it in tests/access/surfaces.py"
    )


def _ran(arguments: list[str]) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = runs.run(arguments)
    return code, out.getvalue(), err.getvalue()


class _Kept:
    """A desk that a command may close."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)

    def close(self) -> None:
        """Stays open for the next command."""


# -- answers that can be compared and searched --------------------------------------------------------


def _answer(ask: Callable[[], Any], folder: Path) -> Any:
    for left in folder.glob("*"):
        _remove(left)
    try:
        told = ask()
        if isinstance(told, Iterator):
            told = list(told)
        answer = plain(told)
    except (CocommunsError, TypeError, AttributeError, KeyError, ValueError) as error:
        answer = f"{type(error).__name__}: {error}"
    files = {str(path.relative_to(folder)): plain(path.read_bytes()) for path in _files(folder)}
    text = json.dumps([answer, files], ensure_ascii=False)
    return text.replace(str(folder), "").replace(str(folder.parent), "")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _remove(path: Path) -> None:
    if path.is_dir():
        for inside in path.iterdir():
            _remove(inside)
        path.rmdir()
    else:
        path.unlink()


def plain(value: Any) -> Any:
    """A value as JSON knows it, whole: files by their content, tables by their cells."""
    if isinstance(value, bytes):
        if zipfile.is_zipfile(io.BytesIO(value)):
            with zipfile.ZipFile(io.BytesIO(value)) as packed:
                return {
                    one: plain(packed.read(one)) for one in packed.namelist() if one != "docProps/core.xml"
                }
        return value.decode("utf-8", "replace")
    if isinstance(value, Graph):
        return plain([list(value.nodes.values()), value.relationships])
    if isinstance(value, nx.Graph):
        return plain([list(value.nodes(data=True)), list(value.edges(data=True))])
    if isinstance(value, pd.DataFrame):
        return value.to_csv()
    if hasattr(value, "as_dicts") or hasattr(value, "as_dict"):
        return plain((getattr(value, "as_dicts", None) or value.as_dict)())
    if isinstance(value, Mapping):
        return {
            str(key): plain(one) for key, one in value.items() if key not in ("home", "engine", "version")
        }
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, str | int | float | bool) or value is None:
        return value.word if isinstance(value, Visibility) else value
    if isinstance(value, Path):
        return value.name
    return repr(value)


def answers(desk: Desk, patch: pytest.MonkeyPatch, folder: Path) -> Answers:
    """Everything that can be asked of a desk, with what it answers."""
    folder.mkdir(parents=True)
    return {**dict(desk_answers(desk, folder)), **dict(command_answers(desk, patch, folder))}


def desk_of(store: Any, level: Visibility, home: Path) -> Desk:
    """A desk for somebody, with nothing kept from others."""
    return Desk(store, Viewer(level, level.word), home)
