"""What the commands share: the home, JSON output, kinds of values, the viewer a file is written for."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from cocommuns_graph import desk as desks
from cocommuns_graph.cli import output
from cocommuns_graph.desk import Desk, Written
from cocommuns_graph.model import Visibility

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Invocation:
    """What one run of the command line was told before its command: the home, None for the default one."""

    home: Path | None = None


class _Text(click.ParamType[str]):
    """Text as it was typed, whatever the locale made of it; bytes that are no UTF-8 become marks."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return os.fsencode(text).decode("utf-8", "replace")
        return text


class _Whole(click.ParamType[int]):
    """A whole number between two others."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip()
        if not (text.isascii() and text.isdigit() and self._least <= int(text[:9]) <= self._most):
            self.fail(f"{text!r} is not a whole number from {self._least} to {self._most}", param, ctx)
        return int(text)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return "N"


class _Condition(click.ParamType[tuple[str, str]]):
    """PROPERTY=VALUE."""

    name = "property=value"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        name, equals, wanted = TEXT.convert(value, param, ctx).partition("=")
        if not equals or not name.strip() or not wanted.strip():
            self.fail(f"{value!r} is not PROPERTY=VALUE, such as kind=platform", param, ctx)
        return name.strip(), wanted.strip()


TEXT = _Text()
CONDITION = _Condition()
FILE = click.Path(path_type=Path)


def whole(least: int, most: int) -> click.ParamType[int]:
    """The kind of an option that takes a whole number between two others."""
    return _Whole(least, most)


def once_each(
    context: click.Context, parameter: click.Parameter, value: tuple[tuple[str, str], ...]
) -> dict[str, str]:
    """Conditions by property; two on one property would silently be one."""
    found: dict[str, str] = {}
    for name, wanted in value:
        if name in found:
            raise click.BadParameter(f"{name} is given twice; keep one", context, parameter)
        found[name] = wanted
    return found


def home_option(command: F) -> F:
    """Adds --home, which may also stand before the command."""

    def remember(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value is None:
            return
        if not value.strip():
            raise click.BadParameter("the name of the folder is empty", context, parameter)
        context.ensure_object(Invocation).home = Path(value).expanduser().absolute()

    return click.option(
        "--home",
        metavar="FOLDER",
        expose_value=False,
        is_eager=True,
        callback=remember,
        help="The folder that holds the graph (else COCOMMUNS_HOME, else the platform's data folder).",
    )(command)


def json_option(command: F) -> F:
    """Adds --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON value.")(command)


def audience_option(command: F) -> F:
    """Adds --as: who the written file is for."""
    return click.option(
        "--as",
        "audience",
        type=click.Choice([level.word for level in Visibility], case_sensitive=False),
        default="public",
        show_default=True,
        help="Who the file is for; it holds only what they may see.",
    )(command)


def home() -> Path | None:
    """The folder given by --home, if it was."""
    return click.get_current_context().ensure_object(Invocation).home


@contextmanager
def opened(*, quiet: bool = False) -> Iterator[Desk]:
    """The desk of the home, with a steward before it; says what is unfinished."""
    desk = desks.open_desk(home())
    try:
        if not quiet:
            output.say(*desk.unfinished())
        yield desk
    finally:
        desk.close()


def with_desk(command: Callable[..., Any]) -> Callable[..., Any]:
    """Opens the desk for a command and gives it as the first argument."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        with opened() as desk:
            return command(desk, *arguments, **options)

    return run


def tell(value: Any, as_json: bool, in_words: Callable[[Any], Iterator[str]]) -> None:
    """Shows an answer as JSON or in words."""
    if as_json:
        output.show_json(value)
    else:
        output.show(*in_words(value))


def tell_written(written: Written, audience: str, *, quiet: bool = False) -> None:
    """Says what was written, and on standard error how much its readers may not see.

    With `quiet`, all of it goes to standard error, since standard output is for one JSON value.
    """
    for path in written.paths:
        (output.say if quiet else output.show)(f"wrote {path}")
    output.say(f"for {audience}: {written.left_out_in_words}")


def named_values(context: click.Context, what: str = "PROPERTY") -> dict[str, str]:
    """The values of options that are named after properties or parameters: `--PROPERTY VALUE` as they stand.

    `what` is what they are called in an error. For commands with `ignore_unknown_options` and
    `allow_extra_args`; `-` and `_` are one in a name.
    """
    values: dict[str, str] = {}
    given = [TEXT.convert(argument, None, context) for argument in context.args]
    while given:
        option = given.pop(0)
        if not option.startswith("--") or len(option) < 3:
            raise click.UsageError(f"{option!r} is not --{what} VALUE", context)
        name, equals, value = option[2:].partition("=")
        if not equals:
            if not given or given[0].startswith("--"):
                raise click.UsageError(f"{option} has no value", context)
            value = given.pop(0)
        key = name.replace("-", "_")
        if key in values:
            raise click.UsageError(f"--{name} is given twice", context)
        values[key] = value
    return values
