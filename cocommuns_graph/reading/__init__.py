"""Files as tables of text cells: csv, tsv and workbooks in, rejected rows out; no database, no model."""

from cocommuns_graph.reading.files import open_tables, table_files
from cocommuns_graph.reading.tables import RawRow, Table

__all__ = ["RawRow", "Table", "open_tables", "table_files"]
