"""The pages of docs/ as their readers use them: files to save, commands to type, Python to run.

A page is written so that it can be done from top to bottom in one folder with one inventory:

- A block of `console` holds commands after `$ ` and, below each, what they show. Where something is left out
  there stands a line `...`; without one, the whole output is shown. A refusal begins with `cocommuns: `.
- A block of `csv contacts.csv` (or another language and name) is a file to save under that name.
- A block of `diff FILE` shows lines of a file of the program, added ones after `+`, dropped ones after `-`.
- A block of `python` is run, and one of `text` right below it is what it prints.
- A block of `sh` is for what a test cannot do, such as installing; its few lines are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
DOCS = CHECKOUT / "docs"
PAGES = sorted([*DOCS.glob("tutorials/*.md"), *DOCS.glob("how-to/*.md"), DOCS / "README.md"])
_FENCE = re.compile(r"^( *)(`{3,})([^\n`]*)\n(.*?)^\1\2[ ]*$", re.MULTILINE | re.DOTALL)
_LEFT_OUT = "..."


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: the line it begins at, its language, the rest of its first line, its text."""

    line: int
    language: str
    name: str
    text: str


@dataclass(frozen=True)
class Typed:
    """A command as typed, and the lines shown below it."""

    line: int
    command: str
    shown: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether the page shows a refusal."""
        return any(line.startswith("cocommuns: ") for line in self.shown)

    def missing(self, output: str) -> list[str]:
        """Lines that are shown and were not said; lines that were said are told where all should be shown."""
        said = [_plain(line) for line in output.splitlines() if line.strip()]
        shown = [_plain(line) for line in self.shown if line.strip()]
        wanted = [line for line in shown if line != _LEFT_OUT]
        left = list(said)
        missing = []
        for line in wanted:
            pattern = re.compile(".*".join(re.escape(part) for part in line.split(_LEFT_OUT)))
            found = next((one for one in left if pattern.fullmatch(one)), None)
            if found is None:
                missing.append(line)
            else:
                left.remove(found)
        whole = bool(shown) and _LEFT_OUT not in shown
        return missing + [f"not shown on the page: {line}" for line in left if whole]


def name_of(page: Path) -> str:
    """A page's name in reports of tests."""
    return page.relative_to(DOCS).as_posix()


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order; a block in a list is moved to the left."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        indent, _, info, body = match.groups()
        language, _, name = info.strip().partition(" ")
        lines = [line.removeprefix(indent) for line in body.splitlines(keepends=True)]
        found.append(Block(text.count("\n", 0, match.start()) + 1, language, name.strip(), "".join(lines)))
    return found


def prose(page: Path) -> str:
    """A page without its blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def typed(block: Block) -> Iterator[Typed]:
    """The commands of a console block."""
    command, line, shown = "", 0, list[str]()
    for number, text in enumerate(block.text.splitlines(), start=block.line + 1):
        if text.startswith("$ "):
            if command:
                yield Typed(line, command, tuple(shown))
            command, line, shown = text[2:], number, []
        elif command.endswith("\\"):
            command = command[:-1] + text.strip()
        elif command:
            shown.append(text)
        else:
            raise AssertionError(f"line {number}: output before any command")
    if command:
        yield Typed(line, command, tuple(shown))


def changed(block: Block) -> tuple[str, str]:
    """The lines of a file that a block of `diff` shows, before and after."""
    lines = block.text.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if not line.startswith("+"))
    return before, "".join(line[1:] for line in lines if not line.startswith("-"))


def _plain(line: str) -> str:
    return " ".join(line.split())
