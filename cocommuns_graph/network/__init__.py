"""Records as a network: families, projections, chains of acquaintance, neighbourhoods."""

from cocommuns_graph.network.acquaintance import ACQUAINTANCE, over_since, ways_in
from cocommuns_graph.network.bridging import Bridge, bridge
from cocommuns_graph.network.chains import Chain, Step, chain_to, chains, introductions, reach
from cocommuns_graph.network.families import SEVERAL, family, is_current
from cocommuns_graph.network.multigraph import apart, as_networkx
from cocommuns_graph.network.neighbourhoods import (
    induced,
    narrower,
    neighbourhood,
    summary,
    topic_neighbourhood,
)
from cocommuns_graph.network.problems import OPEN, OVERCOME, PARTLY, STATUSES, Asked, Problem, problems
from cocommuns_graph.network.projections import DIRECT, NETWORKS, projection
from cocommuns_graph.network.wording import IN_ENGLISH, called, details, predicate, read_tie

__all__ = [
    "ACQUAINTANCE",
    "DIRECT",
    "IN_ENGLISH",
    "NETWORKS",
    "OPEN",
    "OVERCOME",
    "PARTLY",
    "SEVERAL",
    "STATUSES",
    "Asked",
    "Bridge",
    "Chain",
    "Problem",
    "Step",
    "apart",
    "as_networkx",
    "bridge",
    "called",
    "chain_to",
    "chains",
    "details",
    "family",
    "induced",
    "introductions",
    "is_current",
    "narrower",
    "neighbourhood",
    "over_since",
    "predicate",
    "problems",
    "projection",
    "reach",
    "read_tie",
    "summary",
    "topic_neighbourhood",
    "ways_in",
]
