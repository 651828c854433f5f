"""Claims against what is stored: what to create, what to set, what to say. Pure; the store sends it."""

from cocommuns_graph.changes.planner import Planner
from cocommuns_graph.changes.state import (
    BATCH,
    Batch,
    Counts,
    Outcome,
    Pattern,
    RowCounts,
    Stored,
    Unit,
    chunks,
)

__all__ = [
    "BATCH",
    "Batch",
    "Counts",
    "Outcome",
    "Pattern",
    "Planner",
    "RowCounts",
    "Stored",
    "Unit",
    "chunks",
]
