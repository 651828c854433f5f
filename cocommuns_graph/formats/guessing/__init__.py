"""Guessing what the columns of a table mean that no format declares: by their headings and by their cells.

`guess` looks at a table, `corrected` takes over what somebody knows better, `as_format` reads the table so,
and `as_toml` is the same as a file of importers/.
"""

from cocommuns_graph.formats.guessing.contents import Known
from cocommuns_graph.formats.guessing.guess import Column, Guess, corrected, guess
from cocommuns_graph.formats.guessing.meanings import ALONE, LEFT_OUT, meanings_of
from cocommuns_graph.formats.guessing.rows import KINDS
from cocommuns_graph.formats.guessing.telling import WHYS, why_in_words
from cocommuns_graph.formats.guessing.written import GUESSED, as_format, as_toml

__all__ = [
    "ALONE",
    "GUESSED",
    "KINDS",
    "LEFT_OUT",
    "WHYS",
    "Column",
    "Guess",
    "Known",
    "as_format",
    "as_toml",
    "corrected",
    "guess",
    "meanings_of",
    "why_in_words",
]
