"""Files as tables of text cells: csv, tsv and workbooks in, rejected rows out; no database, no model."""

from cocommuns_graph.reading.files import open_tables, table_files
from cocommuns_graph.reading.matrices import as_network
from cocommuns_graph.reading.metadata import is_rejects
from cocommuns_graph.reading.rejects import RejectedSource, write_rejects
from cocommuns_graph.reading.tables import RawRow, Table

__all__ = [
    "RawRow",
    "RejectedSource",
    "Table",
    "as_network",
    "is_rejects",
    "open_tables",
    "table_files",
    "write_rejects",
]
