"""Named queries: one readable file each, whose header says what it answers, for whom, which parameters."""

from cocommuns_graph.questions.guarding import guarded
from cocommuns_graph.questions.parameters import Parameter
from cocommuns_graph.questions.question import Column, Question, Resolve, load

__all__ = ["Column", "Parameter", "Question", "Resolve", "guarded", "load"]
