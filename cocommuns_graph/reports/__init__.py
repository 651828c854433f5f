"""Pages and tables to print, cite and pass on: the gap report, the glossary, the register of problems."""

from cocommuns_graph.reports.gap_figures import Drawing
from cocommuns_graph.reports.gap_page import gap_page, gap_tables
from cocommuns_graph.reports.glossary import glossary
from cocommuns_graph.reports.glossary_page import glossary_page, glossary_table
from cocommuns_graph.reports.problems import problems
from cocommuns_graph.reports.problems_page import problems_page, problems_table
from cocommuns_graph.reports.tables import table_csv
from cocommuns_graph.reports.wording import language_code

__all__ = [
    "Drawing",
    "gap_page",
    "gap_tables",
    "glossary",
    "glossary_page",
    "glossary_table",
    "language_code",
    "problems",
    "problems_page",
    "problems_table",
    "table_csv",
]
