"""Files in: which format reads what, the claims of their rows, and the report of what became of them."""

from cocommuns_graph.importing.check_sheets import as_csv, as_workbook, check_words, given_tables, words_in
from cocommuns_graph.importing.contact_sheet import contact_sheets
from cocommuns_graph.importing.guessed import Told, columns_of
from cocommuns_graph.importing.report import report, words, write_rejects
from cocommuns_graph.importing.sources import Looked, Reading, Source, look, read
from cocommuns_graph.importing.templates import tables, template

__all__ = [
    "Looked",
    "Reading",
    "Source",
    "Told",
    "as_csv",
    "as_workbook",
    "check_words",
    "columns_of",
    "contact_sheets",
    "given_tables",
    "look",
    "read",
    "report",
    "tables",
    "template",
    "words",
    "words_in",
    "write_rejects",
]
