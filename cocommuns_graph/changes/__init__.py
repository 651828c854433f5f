"""Claims against what is stored: what to create, what to set, what to say. Pure; the store sends it."""

from cocommuns_graph.changes.journal import as_key, as_text, ends_of, newest_first
from cocommuns_graph.changes.planner import Planner
from cocommuns_graph.changes.state import (
    BATCH,
    Batch,
    Counts,
    Key,
    Outcome,
    Pattern,
    RowCounts,
    Stored,
    Told,
    Unit,
    chunks,
)

__all__ = [
    "BATCH",
    "Batch",
    "Counts",
    "Key",
    "Outcome",
    "Pattern",
    "Planner",
    "RowCounts",
    "Stored",
    "Told",
    "Unit",
    "as_key",
    "as_text",
    "chunks",
    "ends_of",
    "newest_first",
]
