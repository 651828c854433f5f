"""Pages and tables to print, cite and pass on: the gap report, the glossary, the register of problems."""

from cocommuns_graph.reports.gap_figures import Drawing
from cocommuns_graph.reports.gap_page import firmness, gap_page, gap_tables, headlines, summary
from cocommuns_graph.reports.glossary import glossary, letter
from cocommuns_graph.reports.glossary_page import glossary_page, glossary_table
from cocommuns_graph.reports.lookup import Hit, Lookup
from cocommuns_graph.reports.problems import problems
from cocommuns_graph.reports.problems_page import problems_page, problems_table, why_ask
from cocommuns_graph.reports.shortlist_page import shortlist_page, shortlist_table
from cocommuns_graph.reports.tables import table_csv
from cocommuns_graph.reports.team_page import team_page, team_table
from cocommuns_graph.reports.wording import language_code
from cocommuns_graph.reports.wording import wording as report_wording

__all__ = [
    "Drawing",
    "Hit",
    "Lookup",
    "firmness",
    "gap_page",
    "gap_tables",
    "glossary",
    "glossary_page",
    "glossary_table",
    "headlines",
    "language_code",
    "letter",
    "problems",
    "problems_page",
    "problems_table",
    "report_wording",
    "shortlist_page",
    "shortlist_table",
    "summary",
    "table_csv",
    "team_page",
    "team_table",
    "why_ask",
]
