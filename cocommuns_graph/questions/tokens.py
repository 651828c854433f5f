"""A Cypher statement as tokens, enough to see which names of the model it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<skip>\s+|//[^\n]*|/\*.*?\*/)
    | (?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
    | (?P<parameter>\$(?:[^\W\d]\w*|`[^`]*`|\d+))
    | (?P<name>[^\W\d]\w*|`(?:[^`]|``)*`)
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)
    | (?P<mark>\.\.|<=|>=|<>|=~|\+=|[^\w\s])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: what it is (text, parameter, name, number, mark), its text, its line from 1, where it is."""

    kind: str
    text: str
    line: int
    start: int = 0

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, in any case."""
        return self.kind == "name" and self.text.upper() in words


def tokens(statement: str) -> Iterator[Token]:
    """The tokens of a statement, comments and white space left out."""
    line = 1
    for match in _TOKEN.finditer(statement):
        kind = str(match.lastgroup)
        text = match[0]
        if kind != "skip":
            yield Token(kind, text.strip("`") if kind == "name" else text, line, match.start())
        line += text.count("\n")
