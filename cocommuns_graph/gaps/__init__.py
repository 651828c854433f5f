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
from cocommuns_graph.gaps.search import find_gaps

__all__ = ["Basis", "Column", "Gap", "Gaps", "Introduction", "KindFound", "Table", "find_gaps", "gap_id"]
