"""The command `ask`, whose options are the parameters of the query that is named."""

from __future__ import annotations

from typing import Any

import click

from cocommuns_graph import desk as desks
from cocommuns_graph.cli import output, words
from cocommuns_graph.cli.options import TEXT, home_option, json_option, named_values, opened, tell


class _Ask(click.Command):
    """Explains the query that is named, where one is, instead of itself."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        names = set(ctx.help_option_names)
        if names & set(args):
            described = {one["name"]: one for one in _listed()}
            query = next((described[arg] for arg in args if arg in described), None)
            if query is not None:
                output.show(*words.question_help(query))
                ctx.exit()
        return super().parse_args(ctx, args)


@click.command(
    cls=_Ask,
    short_help="List the named queries, or run one.",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("name", required=False, type=TEXT)
@home_option
@json_option
@click.pass_context
def ask(context: click.Context, name: str | None, as_json: bool) -> None:
    """List the named queries, or run one: ask NAME --PARAMETER VALUE ...

    `cocommuns ask NAME --help` explains a query and its parameters. A parameter that is a record takes its
    id or exact name.
    """
    if name is None:
        tell(_listed(), as_json, words.questions)
        return
    if name.startswith("-"):
        raise click.UsageError(f"{name} is for a query; name the query first", context)
    values = named_values(context, "PARAMETER")
    desks.check_question(name, values)
    with opened() as desk:
        tell(desk.ask(name, values), as_json, words.asked)


def _listed() -> list[dict[str, Any]]:
    return [words.question(question) for question in desks.questions()]
