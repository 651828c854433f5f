"""Screen words: translated, counted, filled in; every text of the screens has its French."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from cocommuns_graph.maps.words import WORDS
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.declare import Words
from cocommuns_graph.wording import available, wording

CHECKOUT = Path(__file__).resolve().parents[1]
SAYING = ("say", "self.say", "current.say")


def said(places: list[Path]) -> Iterator[tuple[str, str]]:
    """Every text handed to `say(...)` or `say.count(...)`, with its place."""
    for path in places:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            if name.removesuffix(".count") in SAYING:
                for argument in node.args[: 2 if name.endswith(".count") else 1]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield f"{path.relative_to(CHECKOUT)}:{node.lineno}", argument.value


def texts() -> list[tuple[str, str]]:
    """All of them; the gaps' own sentences stand in the code in both languages."""
    package = CHECKOUT / "cocommuns_graph"
    places = [*(CHECKOUT / "app").rglob("*.py"), *package.rglob("*.py")]
    written = said(sorted(place for place in places if package / "gaps" not in place.parents))
    on_maps = [
        (f"maps/words.py: {key}", text)
        for key, value in WORDS.items()
        if key != "language"
        for text in ([value] if isinstance(value, str) else value)
    ]
    in_lists = [
        (f"model/domain.py: {declared.name}", word.replace("-", " "))
        for type_ in (*MODEL.node_types, *MODEL.relationship_types)
        for declared in type_.properties
        for word in declared.kind.choices
    ]
    return [*written, *on_maps, *in_lists]


@pytest.mark.parametrize("path", sorted((CHECKOUT / "cocommuns_graph/translations").glob("*.po")), ids=str)
def test_every_text_of_the_screens_is_translated(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem)
    known = {
        text
        for message in catalogue
        if message.id and all(message.string if isinstance(message.string, tuple) else [message.string])
        for text in (message.id if isinstance(message.id, tuple) else [message.id])
    }
    assert [(where, text) for where, text in texts() if text not in known] == []


@pytest.mark.parametrize("path", sorted((CHECKOUT / "cocommuns_graph/translations").glob("*.po")), ids=str)
def test_a_translation_fills_in_the_same_values(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem)
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else [message.id]
        strings = message.string if isinstance(message.string, tuple) else [message.string]
        fields = {word for text in ids for word in _fields(text)}
        for string in strings if message.id else []:
            assert _fields(string) <= fields, message.id
            assert fields - _fields(string) <= {"n"}, message.id


def _fields(text: str) -> set[str]:
    from string import Formatter

    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_counts_follow_the_language() -> None:
    french, english = wording("fr-BE"), wording("en")
    assert french.language == "fr"
    assert french.count("{n} other", "{n} others", 0) == "0 autre"
    assert french.count("{n} other", "{n} others", 1500) == "1\N{NARROW NO-BREAK SPACE}500 autres"
    assert english.count("{n} other", "{n} others", 0) == "0 others"
    assert french.together(["A", "B", "C", "D"], most=1) == "A et 3 autres"
    assert french.words(Words("topic", "sujet")) == "sujet"
    assert french.choice("social-economy") == "économie sociale"
    assert english.choice("social-economy") == "social economy"


@pytest.mark.parametrize("odd", ["", "xx", "../fr", "fr.po", "x" * 500, "\0", "en-GB", "FR"])
def test_an_unknown_language_is_english(odd: str) -> None:
    assert wording(odd).language == ("fr" if odd == "FR" else "en")


def test_values_are_text_and_never_read_again() -> None:
    assert wording("en")("found {what}", what="{n}{__class__}") == "found {n}{__class__}"


def test_languages_call_themselves_by_their_own_name() -> None:
    assert available()["fr"] == "Français"
