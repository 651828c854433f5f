"""Claims against what is stored: what to create, what to set, what to say. Pure; the store sends it."""

from cocommuns_graph.changes.journal import as_key, as_text, differing, ends_of, newest_first
from cocommuns_graph.changes.planner import Planner
from cocommuns_graph.changes.state import (
    BATCH,
    Batch,
    Begun,
    Counts,
    Identity,
    Key,
    Outcome,
    Pattern,
    RowCounts,
    Stored,
    Told,
    Unit,
    chunks,
)
from cocommuns_graph.changes.undoing import Kept, Undoing, Undone
from cocommuns_graph.changes.units import UNDO, Units, short

__all__ = [
    "BATCH",
    "UNDO",
    "Batch",
    "Begun",
    "Counts",
    "Identity",
    "Kept",
    "Key",
    "Outcome",
    "Pattern",
    "Planner",
    "RowCounts",
    "Stored",
    "Told",
    "Undoing",
    "Undone",
    "Unit",
    "Units",
    "as_key",
    "as_text",
    "chunks",
    "differing",
    "ends_of",
    "newest_first",
    "short",
]
