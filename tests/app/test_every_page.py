"""Every page of the app, in both languages and both schemes: whole, offline, translated, within reach of all.

Pages are taken from app/main.py; a new one is tested without anybody remembering it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from babel.messages.pofile import read_po

from tests.app.conftest import CHECKOUT, Server
from tests.app.walk import Walk, registry
from tests.browser import Chromium

STREAMLITS_OWN_VIOLATIONS: dict[str, str] = {
    "presentation-role-conflict": "the drop zone of st.file_uploader is a section that only holds a button",
}
"""Rules of axe that Streamlit's own elements break, each with what it is; one that it breaks no longer has to
be taken off this list."""

WALKS = {"en": ("en-GB", "light"), "fr": ("fr-FR", "dark")}
each_page = pytest.mark.parametrize(
    ("language", "name"), [(language, name) for language in WALKS for name in registry()]
)


@pytest.fixture(scope="module")
def walks(sample: Server, chromium_process: Any) -> Iterator[dict[str, Walk]]:
    chromium = Chromium(chromium_process)
    yield {
        language: Walk(chromium, sample.address, locale=locale, scheme=scheme)
        for language, (locale, scheme) in WALKS.items()
    }
    chromium.close_pages()


def test_the_registry_is_read() -> None:
    """All files of app/views are pages of it, and the other way round."""
    files = {path.stem.rstrip("_") for path in (CHECKOUT / "app" / "views").glob("*.py")}
    assert set(registry()) == files


@each_page
def test_a_page_is_whole_and_asks_nothing_of_another_host(
    walks: dict[str, Walk], language: str, name: str
) -> None:
    seen = walks[language].see(name)
    assert seen.outside == []
    assert seen.errors == []
    assert seen.exceptions == 0
    assert len(seen.titles) == 1
    assert seen.language == language


@each_page
def test_nothing_is_cut_at_double_size_or_on_a_phone(
    walks: dict[str, Walk], language: str, name: str
) -> None:
    assert walks[language].see(name).too_wide == []


@each_page
def test_axe_finds_nothing_but_what_streamlit_brings(
    walks: dict[str, Walk], language: str, name: str
) -> None:
    """Everything of ours is without a violation: what is allowed is allowed by rule, for its reason."""
    found = walks[language].see(name).violations
    assert [str(one) for one in found if one.rule not in STREAMLITS_OWN_VIOLATIONS] == []


def test_what_streamlit_brings_still_comes(walks: dict[str, Walk]) -> None:
    """The list of what is allowed shrinks as Streamlit mends itself."""
    found = {one.rule for walk in walks.values() for name in registry() for one in walk.see(name).violations}
    assert set(STREAMLITS_OWN_VIOLATIONS) - found == set(), "take off the list what no longer occurs"


def test_no_two_pages_have_one_title(walks: dict[str, Walk]) -> None:
    for walk in walks.values():
        seen = [walk.see(name) for name in registry()]
        titles = [title for one in seen for title in one.titles]
        assert len(set(titles)) == len(titles)
        tabs = [one.tab for one in seen]
        assert len({tab for tab in tabs if tab.endswith(" · Co-Communs")}) == len(tabs)


@pytest.mark.parametrize("name", registry())
def test_no_english_is_left_in_french(walks: dict[str, Walk], name: str) -> None:
    """No text of the screen that has a translation is seen as it stands in the code."""
    texts = set(walks["fr"].see(name).texts)
    assert sorted(text for text in texts if any(source.fullmatch(text) for source in untranslated())) == []


@each_page
def test_no_escape_is_seen(walks: dict[str, Walk], language: str, name: str) -> None:
    """What is escaped for Markdown is escaped once; the sample has no backslash of its own."""
    assert re.findall(r".*\\[^\w\s].*", walks[language].see(name).shown) == []


@cache
def untranslated() -> list[re.Pattern[str]]:
    """The English texts whose French differs, as patterns; those of little more than values are left out."""
    with (CHECKOUT / "cocommuns_graph/translations/fr.po").open("rb") as file:
        catalogue = read_po(file, locale="fr")
    patterns = []
    for message in catalogue:
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for source in sources:
            words = re.sub(r"\{\w+\}", "", source)
            if source and source not in strings and len(re.findall(r"[a-zA-Z]", words)) >= 4:
                parts = re.split(r"\{\w+\}", " ".join(source.split()))
                patterns.append(re.compile(".+".join(re.escape(part) for part in parts)))
    return patterns
