"""Records that may be one and the same: likely pairs with a score and reasons."""

from cocommuns_graph.duplicates.evidence import Reason
from cocommuns_graph.duplicates.search import THRESHOLD, Likely, likely
from cocommuns_graph.duplicates.telling import told

__all__ = ["THRESHOLD", "Likely", "Reason", "likely", "told"]
