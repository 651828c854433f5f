"""Every page of docs/ does what it says: its files are saved, its commands typed, its Python run."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from cocommuns_graph.cli.commands import cocommuns as group
from cocommuns_graph.shipped import folder
from cocommuns_graph.store import engine
from cocommuns_graph.store.engine import Address
from tests.cli.conftest import stop
from tests.cli.runs import cocommuns, finish, start
from tests.docs.pages import CHECKOUT, PAGES, Block, Typed, blocks, changed, name_of, prose, typed
from tests.engines.stores import address_of, clear

# What no test can do as a reader does it: to get the project and other programs, and to open an editor.
UNTRIED = (
    "git clone ",
    "python3 -m venv ",
    "py -m venv ",
    "source .venv/bin/activate",
    ".venv\\Scripts\\activate",
    ".venv/bin/pip install ",
    ".venv\\Scripts\\pip install ",
    ".venv/bin/jupyter ",
    "make ",
)
KEPT = ("databases", "run", "logs")
RUN_ON = ("app", "demo")
OPENED: dict[str, str] = {}
PROGRESS = re.compile("^importing: .*\n", re.MULTILINE)
FILES = ("csv", "toml", "cypher", "po", "python", "diff")
SOURCES = ("cocommuns_graph", "queries", "importers", "app")


class Reader:
    """Somebody who does what a page says, in a folder and on an inventory of their own."""

    def __init__(self, place: Path, home: Path, graph: Address | None) -> None:
        self.place = place
        self.home = home
        self.set: dict[str, str] = {}
        self._graph = graph
        self._names: dict[str, Any] = {}
        self._open: list[tuple[Typed, subprocess.Popen[bytes]]] = []
        self._other_homes: set[Path] = set()

    def do(self, page: Path) -> None:
        """All blocks of a page, in order."""
        printed: str | None = None
        for block in blocks(page):
            if block.language == "text" and printed is not None:
                missing = Typed(block.line, "python", tuple(block.text.splitlines())).missing(printed)
                assert missing == [], (f"{name_of(page)}:{block.line}", missing, printed)
            printed = None
            if block.name:
                self.save(page, block)
            elif block.language == "console":
                for one in typed(block):
                    self.type(page, one)
            elif block.language == "python":
                printed = self.run(page, block)

    def save(self, page: Path, block: Block) -> None:
        path = self.place / block.name
        assert path.resolve().is_relative_to(self.place.resolve()), block.name
        if block.language == "diff":
            before, after = changed(block)
            text = path.read_text(encoding="utf-8")
            assert text.count(before) == 1, f"{name_of(page)}:{block.line}: {block.name} has other lines"
            path.write_text(text.replace(before, after), encoding="utf-8")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        if block.language == "python":
            compile(block.text, block.name, "exec")

    def type(self, page: Path, one: Typed) -> None:
        words = shlex.split(one.command, comments=True)
        where = f"{name_of(page)}:{one.line}"
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            self.set[name] = self._instead(name, value)
            return
        assert words[0] == "cocommuns", where
        if words[1] in RUN_ON:
            self.open(one, words[1:])
            return
        if "--home" in words:
            self._other_homes.add(self.place / words[words.index("--home") + 1])
        done = cocommuns(*words[1:], home=self.home, cwd=self.place, **self.set)
        said = PROGRESS.sub("", done.out + done.err)
        assert done.code in ((2,) if one.refused else (0, 3)), (where, done)
        assert one.missing(said) == [], (where, done)
        assert done.code != 3 or re.search("rejected|refused", " ".join(one.shown)), (where, done)

    def open(self, one: Typed, words: list[str]) -> None:
        """Opens the app, once for all pages: it takes seconds and says the same on each."""
        if one.command in OPENED:
            assert one.missing(OPENED[one.command]) == [], one
            return
        # As for its reader, whose own inventory the demo leaves alone.
        home = self.home if words[0] == "app" else self.home.with_name("demo")
        self._open.append((one, start(*words, home=home, NO_BROWSER="1", **self.set)))

    def run(self, page: Path, block: Block) -> str:
        out = io.StringIO()
        code = compile("\n" * block.line + block.text, name_of(page), "exec")
        with contextlib.redirect_stdout(out), contextlib.chdir(self.place):
            exec(code, self._names)
        return out.getvalue()

    def close(self) -> None:
        """What was opened on the way is seen to answer, and ended as by Ctrl-C."""
        for one, process in self._open:
            assert process.stdout is not None
            first = process.stdout.readline().decode()
            address = re.search(r"http://\S+", first)
            assert address, (one, first)
            assert one.missing(first) == [], one
            OPENED[one.command] = first
            with urllib.request.urlopen(address[0].rstrip("/") + "/_stcore/health") as answer:
                assert answer.status == 200
            process.send_signal(signal.SIGINT)
        for _, process in self._open:
            assert finish(process).code == 130
        for home in self._other_homes:
            stop(home)

    def _instead(self, name: str, value: str) -> str:
        """The test's own Neo4j in place of the one a page names."""
        if self._graph is None or not name.startswith("NEO4J_"):
            return value
        own = {
            "NEO4J_URI": self._graph.uri,
            "NEO4J_USERNAME": self._graph.username,
            "NEO4J_PASSWORD": self._graph.password,
            "NEO4J_DATABASE": self._graph.database,
        }
        return own[name]


@pytest.fixture(scope="module")
def docs_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose engine runs for all pages; each finds it empty."""
    home = tmp_path_factory.mktemp("docs") / "home"
    yield home
    stop(home)


@pytest.fixture
def empty_home(docs_home: Path) -> Path:
    """That home with nothing in it but the engine's own files."""
    clear(engine.ensure(docs_home))
    for path in docs_home.iterdir():
        if path.is_dir() and path.name not in KEPT:
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
    return docs_home


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_does_what_it_says(
    page: Path,
    empty_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    for name in [name for name in os.environ if name.startswith("NEO4J_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COCOMMUNS_HOME", str(empty_home))
    shutil.copytree(folder("sample_data"), tmp_path / "sample_data")
    graph = None
    if "export NEO4J_URI" in page.read_text(encoding="utf-8"):
        graph = address_of("neo4j", request)
        clear(graph)
    reader = Reader(tmp_path, empty_home, graph)
    if any(block.name.startswith(SOURCES) for block in blocks(page)):
        # A page that changes the program changes a copy of it.
        for name in SOURCES:
            shutil.copytree(CHECKOUT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        reader.set["PYTHONPATH"] = str(tmp_path)
    try:
        reader.do(page)
    finally:
        reader.close()
        if graph is not None:
            clear(graph)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_is_of_a_known_sort(page: Path) -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    for block in blocks(page):
        where = f"{name_of(page)}:{block.line}"
        if block.name:
            assert block.language in FILES, where
            assert f"`{block.name}`" in prose(page), f"{where}: the text must say that it is {block.name}"
        elif block.language == "sh":
            for line in block.text.splitlines():
                assert line.startswith(UNTRIED), f"{where}: {line}"
                for target in re.findall(r"^make (\w+)", line):
                    assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), where
        else:
            assert block.language in ("console", "python", "text", ""), where
            assert block.language or not re.search(r"^\$? ?cocommuns ", block.text, re.MULTILINE), where


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_named_in_the_text_exist(page: Path) -> None:
    for said in re.findall(r"`cocommuns ([^`]+)`", prose(page)):
        words = [word for word in shlex.split(said) if word != "..."]
        command: click.Command | None = group
        context = click.Context(group)
        while isinstance(command, click.Group) and words:
            command = command.get_command(context, words.pop(0))
        assert command is not None, said
        with contextlib.suppress(click.MissingParameter):
            command.make_context("cocommuns", words, resilient_parsing=False)
