"""What a file's columns mean: importers/*.toml bound to the model, and rows of cells become claims."""

from cocommuns_graph.formats.bind import BoundFile
from cocommuns_graph.formats.declare import FileSpec, Format, LeftAside, Strength
from cocommuns_graph.formats.naming import AS_GIVEN, column_key, safe_name
from cocommuns_graph.formats.parse import load_format, parse_format
from cocommuns_graph.formats.shipped import built_in, format_named
from cocommuns_graph.formats.survey import SourceRow, SourceTable

__all__ = [
    "AS_GIVEN",
    "BoundFile",
    "FileSpec",
    "Format",
    "LeftAside",
    "SourceRow",
    "SourceTable",
    "Strength",
    "built_in",
    "column_key",
    "format_named",
    "load_format",
    "parse_format",
    "safe_name",
]
