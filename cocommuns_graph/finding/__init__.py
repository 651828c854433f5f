"""Topics in, ranked collaborators with reasons out."""

from cocommuns_graph.finding.answers import Answer, Reason, Result, TopicMatch
from cocommuns_graph.finding.finder import Finder
from cocommuns_graph.finding.resolve import resolve

__all__ = ["Answer", "Finder", "Reason", "Result", "TopicMatch", "resolve"]
