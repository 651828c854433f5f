"""What is typed wrongly: one sentence with the way out, exit code 2, no engine started for it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cocommuns_graph.cli import main
from cocommuns_graph.cli.commands import cocommuns

HERE = ["demo", "app", "template", "import", "find", "show", "path", "map", "ask", "export"]
HERE += ["glossary", "problems", "add", "set", "link", "unlink", "confirm", "history", "news", "status", "db"]


def every_command(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from every_command(command, f"{before}{name} ")


COMMANDS = dict(every_command(cocommuns))


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A home that must not be made by what is refused."""
    home = tmp_path / "home"
    monkeypatch.setenv("COCOMMUNS_HOME", str(home))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    yield home
    assert not home.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("fnd commons", "did you mean 'find'?"),
        ("frobnicate", "No such command"),
        ("db restart", "No such command"),
        ("--nope", "No such option"),
        ("find", "Missing argument"),
        ("find x --limit 0", "not a whole number from 1 to 1000"),
        ("find x --limit ten", "not a whole number from 1 to 1000"),
        ("find x --limit 99999999999999999999", "not a whole number from 1 to 1000"),
        ("find x --limit ٣", "not a whole number"),
        ("find x --where foo", "not PROPERTY=VALUE"),
        ("find x --where =foo", "not PROPERTY=VALUE"),
        ("find x --where foo=", "not PROPERTY=VALUE"),
        ("find x --where kind=a --where kind=b", "given twice"),
        ("find x --nope y", "No such option"),
        ("show", "Missing argument"),
        ("show a b", "unexpected extra argument"),
        ("path a", "Missing argument"),
        ("map", "Missing option"),
        ("map -o x.html --as nobody", "'public', 'members', 'coordinators', 'stewards'"),
        ("map -o x.html --around a --depth 0", "from 1 to 20"),
        ("ask nope", "no query is called 'nope'; there are "),
        ("ask --topic x", "name the query first"),
        ("ask who-works-on", "needs topic"),
        ("ask who-works-on --topic", "has no value"),
        ("ask who-works-on commons", "not --PARAMETER VALUE"),
        ("ask who-works-on --topic a --topic b", "given twice"),
        ("ask who-works-on --topic a --x 1", "no parameter 'x'"),
        ("ask several-affiliations --at-least many", "a whole number"),
        ("set a place", "Missing argument 'VALUE'"),
        ("set a place b --add --remove", "--add and --remove are opposites"),
        ("set a place --dryrun", "No such option"),
        ("link a EXPERT_IN b --level", "--level has no value"),
        ("link a EXPERT_IN b level 3", "'level' is not --PROPERTY VALUE"),
        ("link a EXPRT_IN b", "did you mean EXPERT_IN?"),
        ("unlink a EXPERT_IN b --x 1 --x 2", "given twice"),
        ("add person Ada", "accepted: organisation, expert, topic, initiative"),
        ("add expert Ada --name Bo", "--name is given already"),
        ("confirm", "Missing argument 'ID...'"),
        ("history a --limit 0", "not a whole number from 1 to"),
        ("export x.json --format pdf", "'csv', 'xlsx', 'graphml', 'gexf', 'json'"),
        ("template", "Missing argument"),
        ("import", "Missing argument"),
        ("app --port 0", "from 1 to 65535"),
        ("app --port many", "from 1 to 65535"),
        ("status --home ''", "empty"),
        ("status extra", "unexpected extra argument"),
    ],
)
def test_one_sentence(typed: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(typed)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("cocommuns: ")
    assert says in err


def test_port_of_the_environment(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "nonsense")
    assert main(["app"]) == 2
    assert "PORT" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_a_person_understands(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert main([*name.split(), "--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith(f"Usage: cocommuns {name}")
    assert len((COMMANDS[name].help or "").split()) >= 6
    assert not (COMMANDS[name].get_short_help_str(60)).endswith("...")
    for option in COMMANDS[name].params:
        if isinstance(option, click.Option):
            assert option.help, option.name


def test_a_command_alone_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(cocommuns.commands) >= set(HERE)
    assert main([]) == 0
    assert "Commands:" in capsys.readouterr().out
    assert main(["db"]) == 0
    assert "start" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("cocommuns 0.")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("demo", "app", "template", "db")])
def test_data_is_printed_as_json_everywhere(name: str) -> None:
    has_json = any("--json" in parameter.opts for parameter in COMMANDS[name].params)
    assert has_json == (name not in ("map", "export", "check-sheets"))
