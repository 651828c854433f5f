"""What the commands share: the home, JSON output, the viewer a file is written for."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from cocommuns_graph import desk as desks
from cocommuns_graph.cli import output
from cocommuns_graph.desk import Desk, Written
from cocommuns_graph.model import Visibility

F = TypeVar("F", bound=Callable[..., Any])


def home_option(command: F) -> F:
    """Adds --home, which may also stand before the command."""

    def remember(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
        if value is not None:
            context.find_root().obj = value.expanduser()

    return click.option(
        "--home",
        type=click.Path(path_type=Path),
        expose_value=False,
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
    found = click.get_current_context().find_root().obj
    return found if isinstance(found, Path) else None


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


def tell_written(written: Written, audience: str) -> None:
    """Says what was written, and on standard error how much its readers may not see."""
    for path in written.paths:
        output.show(f"wrote {path}")
    if written.left_out:
        one = written.left_out == 1
        output.say(
            f"{written.left_out:,} {'record was' if one else 'records were'} left out: "
            f"not visible to {audience}"
        )
