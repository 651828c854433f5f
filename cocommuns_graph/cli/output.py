"""What a command shows: one JSON value, or text a terminal cannot be tricked with; notes go to stderr."""

from __future__ import annotations

import contextlib
import io
import json
import math
import os
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TextIO

# What some terminals obey, or what makes a text read in another order than it is written.
_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_JOINERS = "\u200c\u200d"


class OutputLost(Exception):
    """Standard output takes nothing more, such as a file on a full disk; the text says why."""


def speak_utf8() -> None:
    """Makes both outputs UTF-8 whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def plain(text: object) -> str:
    """Text without the control characters by which a name could steer a terminal."""
    return "".join(c if _is_harmless(c) else "\N{REPLACEMENT CHARACTER}" for c in str(text))


def _is_harmless(character: str) -> bool:
    return (
        character.isprintable() or character in "\n\t" + _JOINERS or unicodedata.category(character) == "Zs"
    )


def show_json(value: Any) -> None:
    """Exactly one JSON value on standard output; a number that JSON does not know becomes null."""
    try:
        text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=False, indent=2)
    _print(_STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text), sys.stdout)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _finite(item) for name, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list | tuple) else value


def show(*lines: object) -> None:
    """Lines on standard output; the further lines of a text stand deeper, so that none passes for ours."""
    for line in lines:
        _print(plain(line).replace("\n", "\n      "), sys.stdout)


def show_text(text: str) -> None:
    """A text of our own with its line ends as they are."""
    _print(text, sys.stdout)


def say(*lines: object) -> None:
    """Notes on standard error."""
    for line in lines:
        _print(plain(line).replace("\n", "\n      "), sys.stderr)


def flush() -> None:
    """Hands over what was shown.

    Raises:
        OutputLost: it could not be written.
    """
    _print("", sys.stdout, end="")


def _print(text: str, stream: TextIO | None, end: str = "\n") -> None:
    """Prints; a reader who went away is no mistake of the command, which goes on to its own end."""
    try:
        print(text, file=stream, end=end, flush=True)
    except (BrokenPipeError, ValueError):
        _give_up(stream)
    except OSError as error:
        _give_up(stream)
        if stream is sys.stdout:
            raise OutputLost((error.strerror or str(error)).lower()) from None


def _give_up(stream: TextIO | None) -> None:
    """Lets everything further for a stream that takes nothing more go nowhere."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]
        os.close(nowhere)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Rows as aligned lines below their column names; lists are joined, nothing is cut."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(_width(row[i]) for row in [list(columns), *cells]) for i in range(len(columns))]
    lines = [columns, ["-" * width for width in widths], *cells]
    return ["  ".join(map(_padded, line, widths)).rstrip() for line in lines]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    return plain(value).replace("\n", " ").replace("\t", " ")


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """How many places a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


@contextlib.contextmanager
def progress(what: str) -> Iterator[Callable[[int], None]]:
    """A counter of rows on standard error for anything that takes over a second.

    On a terminal one line that counts up and goes away in the end, elsewhere a line every few seconds.
    """
    began = time.monotonic()
    told = -math.inf
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    written = 0

    def tell(count: int) -> None:
        nonlocal told, written
        now = time.monotonic()
        if now - began < 1 or now - told < (0.2 if is_terminal else 2):
            return
        told = now
        line = f"{what}: {count:,} rows, {now - began:.0f} s"
        _print(f"\r{line:<{written}}" if is_terminal else line, sys.stderr, end="" if is_terminal else "\n")
        written = len(line)

    try:
        yield tell
    finally:
        if is_terminal and written:
            _print(f"\r{'':<{written}}\r", sys.stderr, end="")
