"""The graph as files others can use: tables that import back, and networks for Gephi, R and the rest."""

from cocommuns_graph.exporting.archive import Archive, read_archive, write_archive
from cocommuns_graph.exporting.export import ARCHIVE, FORMATS, export
from cocommuns_graph.exporting.files import make_folder, write_all
from cocommuns_graph.exporting.meta import Meta

__all__ = [
    "ARCHIVE",
    "FORMATS",
    "Archive",
    "Meta",
    "export",
    "make_folder",
    "read_archive",
    "write_all",
    "write_archive",
]
