"""Both languages say everything, in their own way of writing numbers, dates and lists."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph import reports
from cocommuns_graph.model import SECTORS, Visibility
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.reports.wording import available, language_code, wording
from tests.reports.made import NAMES, sample_page
from tests.reports.pages import parsed

FOLDER = Path(reports.__file__).parent
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("words/*.toml")}


def leaves(tree: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_english_and_french() -> None:
    assert {"en", "fr"} <= set(available())


@pytest.mark.parametrize("language", sorted(FILES))
def test_every_language_says_all_that_english_says(language: str) -> None:
    english, other = dict(leaves(FILES["en"])), dict(leaves(FILES[language]))
    assert set(other) == set(english)
    for key, text in other.items():
        assert text.strip(), key
        assert fields(text) == fields(english[key]), key


def test_no_french_sentence_was_left_in_english() -> None:
    english, french = dict(leaves(FILES["en"])), dict(leaves(FILES["fr"]))
    same = {key for key in english if english[key] == french[key] and len(english[key].split()) > 1}
    assert same <= {"gaps.about", "note"}


def test_every_key_the_code_asks_for_is_there() -> None:
    asked: set[str] = set()
    for path in FOLDER.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r'words\.text\(\s*"([a-z_.]+)"', source))
        asked |= {f"count.{key}.other" for key in re.findall(r'words\.count\(\s*"([a-z_]+)"', source)}
    assert len(asked) > 50
    assert asked <= set(dict(leaves(FILES["en"])))


@pytest.mark.parametrize("language", sorted(FILES))
def test_every_family_and_viewer_has_a_word(language: str) -> None:
    words = FILES[language]
    assert set(SECTORS) | {"several", "unknown"} <= set(words["family"])
    assert {level.word for level in Visibility} == set(words["viewer"])


@pytest.mark.parametrize("name", NAMES)
def test_a_french_page_has_no_english_of_ours(name: str) -> None:
    """What stands on the French page and is our own English: no sentence of the English file."""
    text = parsed(sample_page(name, "fr")).all("body")[0].text
    for key, sentence in leaves(FILES["en"]):
        plain = re.sub(r"\{[a-z_]+\}", "", sentence).strip()
        if len(plain.split()) > 3 and "{" not in sentence:
            assert sentence not in text, key


def test_numbers_dates_lists_and_plurals_are_those_of_the_language() -> None:
    en, fr = wording("en"), wording("fr")
    assert (en.number(1234567.891), fr.number(1234567.891)) == ("1,234,567.89", "1\u202f234\u202f567,89")
    assert (en.number(3.0), en.number(None), en.number(float("nan"))) == ("3", "–", "–")
    assert (en.date("2026-11-24"), fr.date("2026-11-24")) == ("24 November 2026", "24 novembre 2026")
    assert (en.date("2026-11"), fr.date("2026-11"), en.date("2026")) == (
        "November 2026",
        "novembre 2026",
        "2026",
    )
    assert en.date("soon") == "soon"
    assert en.date("2026-13-45") == "2026-13-45"
    assert en.date("") == ""
    assert (en.together(["a", "b", "c"]), fr.together(["a", "b", "c"])) == ("a, b and c", "a, b et c")
    assert en.together(["a", "b", "c", "d", "e"], 2) == "a, b and 3 others"
    assert en.together([]) == ""
    assert en.together(["a"], 1) == "a"
    assert (en.count("actor", 1), en.count("actor", 0)) == ("1 actor", "0 actors")
    assert (fr.count("actor", 1), fr.count("actor", 0), fr.count("actor", 2)) == (
        "1 acteur",
        "0 acteur",
        "2 acteurs",
    )
    assert fr.language_name("de") == "allemand"
    assert fr.country("BE") == "Belgique"


def test_values_are_text_and_never_a_pattern() -> None:
    assert wording("en").text("note", number="{sources.__class__}") == "source {sources.__class__}"


def test_a_language_is_a_code_or_a_name() -> None:
    assert [language_code(text) for text in ("fr", "French", "français", "FR-be", "nld")] == [
        "fr", "fr", "fr", "fr", "nl",
    ]  # fmt: skip
    with pytest.raises(InvalidValue, match="no language"):
        language_code("klingonish")


def test_a_language_without_a_file_is_told_in_english() -> None:
    assert wording("nl").language == "en"
