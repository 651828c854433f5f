"""Measures: plain functions from a networkx graph to a number a node, each declared with what it means.

The order of the imports below is the order of the columns.
"""

from cocommuns_graph.network.measures.centrality import (
    betweenness,
    betweenness_undirected,
    closeness,
    degree,
    eigenvector,
    harmonic,
    indegree,
    outdegree,
    pagerank,
)

# isort: split
from cocommuns_graph.network.measures.holes import clustering, constraint, effective_size

# isort: split
from cocommuns_graph.network.measures.cohesion import (
    articulation_point,
    community,
    component,
    coreness,
)

# isort: split
from cocommuns_graph.network.measures.brokerage import (
    coordinator,
    ei_index,
    gatekeeper,
    itinerant,
    liaison,
    representative,
)

# isort: split
from cocommuns_graph.network.measures.grouping import groups_by
from cocommuns_graph.network.measures.registry import MEASURES, Groups, Measure, Values, measure
from cocommuns_graph.network.measures.table import Measured, measured

__all__ = [
    "MEASURES",
    "Groups",
    "Measure",
    "Measured",
    "Values",
    "articulation_point",
    "betweenness",
    "betweenness_undirected",
    "closeness",
    "clustering",
    "community",
    "component",
    "constraint",
    "coordinator",
    "coreness",
    "degree",
    "effective_size",
    "ei_index",
    "eigenvector",
    "gatekeeper",
    "groups_by",
    "harmonic",
    "indegree",
    "itinerant",
    "liaison",
    "measure",
    "measured",
    "outdegree",
    "pagerank",
    "representative",
]
