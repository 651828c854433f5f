"""What the guides print in bold is what the screens say, word for word."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from cocommuns_graph.maps.words import WORDS
from cocommuns_graph.model import MODEL
from tests.docs.pages import DOCS, PAGES, name_of, prose
from tests.test_wording import texts

GUIDES = [page for page in PAGES if page.parent != DOCS]
BOLD = re.compile(r"\*\*([^*]+)\*\*")
HEADING = re.compile(r"^ *- \*\*[^*]+\*\*", re.MULTILINE)


@cache
def on_screens() -> set[str]:
    said = {text for _, text in texts()}
    said |= {text for text in WORDS.values() if isinstance(text, str)}
    return said | {node.singular.en for node in MODEL.public_types}


@pytest.mark.parametrize("page", GUIDES, ids=name_of)
def test_words_in_bold_are_on_a_screen(page: Path) -> None:
    bold = [" ".join(found.split()) for found in BOLD.findall(HEADING.sub("", prose(page)))]
    said = on_screens()
    assert [words for words in bold if words not in said] == []
