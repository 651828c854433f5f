from __future__ import annotations

import re

from cocommuns_graph import shipped
from cocommuns_graph.formats import built_in, parse_format
from cocommuns_graph.model import MODEL

WORDS = """
name columns any_name one_of yields_to fallback_headers filler blank quiet words has some_of
at_least without last beside headers ignore shares_namespace_with citation left_aside label labels
id fold_id derive properties extra declared required column template value default split trim values
skip only dates html lower join every contacts unless tell_new type else mention give
"""
TEXT = (shipped.folder("importers") / "README.md").read_text(encoding="utf-8")


def test_the_format_in_the_how_to_is_one() -> None:
    (toml,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert parse_format(toml, MODEL).name == "volunteers"


def test_the_how_to_names_every_built_in_format() -> None:
    assert re.findall(
        r"^\| `([a-z-]+)` \| (?:the project's|a contact|a network|Open|the civic)", TEXT, re.MULTILINE
    )
    for format_ in built_in():
        assert f"| `{format_.name}` |" in TEXT


def test_the_how_to_explains_every_word_of_the_language() -> None:
    for word in WORDS.split():
        assert re.search(rf"`[^`]*\b{word}\b", TEXT), word
