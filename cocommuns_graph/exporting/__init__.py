"""The graph as files others can use: tables that import back, and networks for Gephi, R and the rest."""

from cocommuns_graph.exporting.export import FORMATS, export
from cocommuns_graph.exporting.files import make_folder, write_all
from cocommuns_graph.exporting.meta import Meta

__all__ = ["FORMATS", "Meta", "export", "make_folder", "write_all"]
