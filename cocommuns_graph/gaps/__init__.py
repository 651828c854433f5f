"""What is missing in the network: graph in, declared findings out, each in words with what it rests on."""

from cocommuns_graph.gaps.answers import (
    Basis,
    Column,
    Gap,
    Gaps,
    Introduction,
    KindFound,
    Table,
    gap_id,
)
from cocommuns_graph.gaps.search import SEED, Progress, find_gaps
from cocommuns_graph.gaps.words import LANGUAGES

__all__ = [
    "LANGUAGES",
    "SEED",
    "Basis",
    "Column",
    "Gap",
    "Gaps",
    "Introduction",
    "KindFound",
    "Progress",
    "Table",
    "find_gaps",
    "gap_id",
]
