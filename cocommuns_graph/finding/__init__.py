"""Topics in, ranked collaborators with reasons out."""

from cocommuns_graph.finding.answers import Answer, Reason, Result, TopicMatch
from cocommuns_graph.finding.facets import kinds_from
from cocommuns_graph.finding.finder import Finder
from cocommuns_graph.finding.resolve import resolve
from cocommuns_graph.finding.similar import Similar, Similarity
from cocommuns_graph.finding.team import Proposal, Teams
from cocommuns_graph.finding.telling import meaning

__all__ = [
    "Answer",
    "Finder",
    "Proposal",
    "Reason",
    "Result",
    "Similar",
    "Similarity",
    "Teams",
    "TopicMatch",
    "kinds_from",
    "meaning",
    "resolve",
]
