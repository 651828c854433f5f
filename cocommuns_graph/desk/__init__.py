"""The desk: one method for each thing a person can ask for; the only thing a command or a page talks to."""

from cocommuns_graph.changes import short
from cocommuns_graph.desk.account import account
from cocommuns_graph.desk.asking import check_question, questions
from cocommuns_graph.desk.desk import Desk, open_desk
from cocommuns_graph.desk.edited import Edited
from cocommuns_graph.desk.entering import caption_of, check_type
from cocommuns_graph.desk.files import Written
from cocommuns_graph.desk.jobs import Job
from cocommuns_graph.desk.links import Found
from cocommuns_graph.desk.live import live_map
from cocommuns_graph.desk.mapping import MapView
from cocommuns_graph.desk.measuring import Metrics, explained
from cocommuns_graph.desk.parts.files_in import Imported
from cocommuns_graph.desk.parts.freshness import check_sheet_languages
from cocommuns_graph.desk.parts.undoing import counted_words, undone_words
from cocommuns_graph.desk.running import (
    IS_SAMPLE,
    engine_status,
    home_folder,
    open_sample,
    run_app,
    start_engine,
    stop_engine,
)
from cocommuns_graph.desk.sheets import (
    file_name,
    starter_glossary,
    template,
    template_bytes,
    template_languages,
)
from cocommuns_graph.desk.uploads import Upload
from cocommuns_graph.markup import markdown_text
from cocommuns_graph.wording import Wording, wording
from cocommuns_graph.wording import available as languages

__all__ = [
    "IS_SAMPLE",
    "Desk",
    "Edited",
    "Found",
    "Imported",
    "Job",
    "MapView",
    "Metrics",
    "Upload",
    "Wording",
    "Written",
    "account",
    "caption_of",
    "check_question",
    "check_sheet_languages",
    "check_type",
    "counted_words",
    "engine_status",
    "explained",
    "file_name",
    "home_folder",
    "languages",
    "live_map",
    "markdown_text",
    "open_desk",
    "open_sample",
    "questions",
    "run_app",
    "short",
    "start_engine",
    "starter_glossary",
    "stop_engine",
    "template",
    "template_bytes",
    "template_languages",
    "undone_words",
    "wording",
]
