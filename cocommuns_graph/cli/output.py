"""What a command shows: one JSON value, or text a terminal cannot be tricked with; notes go to stderr."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any


def speak_utf8() -> None:
    """Makes both outputs UTF-8 whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def plain(text: object) -> str:
    """Text without the control characters by which a name could steer a terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in str(text))


def show_json(value: Any) -> None:
    """Exactly one JSON value on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def show(*lines: object) -> None:
    """Lines on standard output."""
    for line in lines:
        print(plain(line))


def say(*lines: object) -> None:
    """Notes on standard error."""
    for line in lines:
        print(plain(line), file=sys.stderr)


def give_up_stdout() -> None:
    """Lets Python end quietly after the reader of our output went away."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Rows as aligned lines below their column names; lists are joined, nothing is cut."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(row[i]) for row in [list(columns), *cells]) for i in range(len(columns))]
    lines = ["  ".join(name.ljust(width) for name, width in zip(columns, widths, strict=True))]
    lines.append("  ".join("-" * width for width in widths))
    lines += ["  ".join(c.ljust(width) for c, width in zip(row, widths, strict=True)) for row in cells]
    return [line.rstrip() for line in lines]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    return plain(value).replace("\n", " ")


def progress(what: str) -> Callable[[int], None]:
    """A counter on standard error for anything that takes over a second; silent where nobody watches."""
    began = time.monotonic()
    told = began
    is_terminal = sys.stderr.isatty()

    def tell(count: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - began < 1 or now - told < (0.2 if is_terminal else 2):
            return
        told = now
        line = f"{what}: {count:,} rows, {now - began:.0f} s"
        print(
            f"\r{line}" if is_terminal else line, end="" if is_terminal else "\n", file=sys.stderr, flush=True
        )

    return tell
