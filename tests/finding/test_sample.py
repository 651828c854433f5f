"""The finder on the sample inventory: questions people ask, and words of its glossary drawn at random."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

import cocommuns_graph
from cocommuns_graph.finding import Finder, Result
from cocommuns_graph.finding.glossary import Glossary, terms_of
from cocommuns_graph.finding.reading import read
from cocommuns_graph.finding.text import tokens
from cocommuns_graph.model import Graph
from tests.finding.glossaries import countries
from tests.finding.variants import VARIANTS
from tests.sample_graph import sample_graph

FINDER = Finder(sample_graph())
TERMS = [term for node in sample_graph().of_label("Topic") for term in terms_of(node)]
TRANSLATIONS = Path(cocommuns_graph.__file__).parent / "translations" / "fr.po"


def first(question: str, count: int, kind: str = "expert") -> list[Result]:
    return list(FINDER.find(question, kinds=[kind] if kind else [], limit=count).results)


@pytest.mark.parametrize(
    "question",
    ["trade unions", "syndicats", "sindicatos", "sindacati", "Gewerkschaften", "trade-union", "SYNDICAT"],
)
def test_the_people_of_the_unions_are_among_the_first_four(question: str) -> None:
    results = first(question, 4)
    assert {"Thiébaut Weber", "Alison Tate", "Pat Conaty"} <= {result.name for result in results}
    for result in results:
        assert result.reasons
        assert all(reason.sources for reason in result.reasons)


def test_the_glossary_link_is_seen_in_the_reasons() -> None:
    answer = FINDER.find("syndicats", kinds=["expert"])
    assert (answer.topics[0].id, answer.topics[0].language) == ("trade-unions", "fr")
    assert "(asked as “syndicats”)" in answer.results[0].reasons[0].text
    assert "French" in answer.why


@pytest.mark.parametrize(
    ("question", "topic", "someone"),
    [
        (
            "we want to write a reciprocity contract with our city council",
            "reciprocity-contracts",
            "Julien Lecaille",
        ),
        ("Wer kennt sich mit Plattformgenossenschaften aus?", "platform-cooperativism", "Alex Pazaitis"),
        ("Qui peut nous aider à comprendre les communs ?", "commons", "Stacco Troncoso"),
        ("¿Quién sabe de sindicatos?", "trade-unions", "Alison Tate"),
        ("chi conosce le cooperative?", "cooperatives", "Bruno Roelants"),
        ("economie sociale et solidaire", "social-and-solidarity-economy", "Nicole Alix"),
        ("who can talk about cities?", "cities-and-municipalities", "Erdmuthe Klaer"),
    ],
)
def test_sentences_in_five_languages(question: str, topic: str, someone: str) -> None:
    answer = FINDER.find(question, kinds=["expert"], limit=4)
    assert topic in {match.id for match in answer.topics}
    assert someone in {result.name for result in answer.results}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("ETUC", "European Trade Union Confederation"),
        ("Barcelona", "City of Barcelona"),
        ("Pat Conaty", "Pat Conaty"),
    ],
)
def test_a_name_finds_its_record_first(question: str, expected: str) -> None:
    assert first(question, 1, kind="")[0].name == expected


def test_what_nobody_knows_is_said() -> None:
    answer = FINDER.find("quantum chromodynamics")
    assert answer.results == ()
    assert answer.topics == ()
    assert "“quantum”, “chromodynamics”" in answer.why


# What must at least be met of the terms of a glossary, drawn at random; benchmarks/reading.py measures all.
LEAST = {
    "as written": 1.0,
    "capitals without accents": 1.0,
    "decomposed accents": 1.0,
    "plural": 0.96,
    "one slip in a word of 5 or 6 letters": 0.93,
    "one slip in a word of 7 letters or more": 0.96,
    "two slips in a word of 10 letters or more": 0.9,
    "first letter wrong": 0.94,
    "a space too few": 0.96,
    "a space too many": 0.95,
    "hyphens for spaces": 0.98,
    "spaces for hyphens": 0.98,
    "umlauts spelt out": 1.0,
    "initials": 0.9,
    "in quotation marks": 1.0,
    "after an elision": 1.0,
    "in a sentence": 0.98,
    "one slip in a sentence": 0.88,
}
DRAWN = 60


@pytest.mark.parametrize("kind", VARIANTS)
@pytest.mark.parametrize("graph", [sample_graph, countries], ids=["sample", "countries"])
def test_terms_are_met_however_they_are_written(graph: Callable[[], Graph], kind: str) -> None:
    """Words with two slips or of few letters, and sentences of many languages, are what is missed most."""
    chance = random.Random(kind)
    terms = [term for node in graph().of_label("Topic") for term in terms_of(node)]
    written = (
        (term, VARIANTS[kind](term.text, term.language or "en", chance))
        for term in chance.sample(terms, len(terms))
    )
    asked = list(islice(((term, text) for term, text in written if text), DRAWN))
    missed = [text for term, text in asked if term.topic not in met(graph(), text)]
    assert len(asked) > DRAWN / 2
    assert 1 - len(missed) / len(asked) >= LEAST[kind], missed


def test_few_other_words_are_taken_for_a_term() -> None:
    """Words of the app's own texts, English and French: of the few, most are a term in another form."""
    text = TRANSLATIONS.read_text(encoding="utf-8")
    words = sorted(set(re.findall(r"\b[^\W\d_A-Z]{4,}\b", text)) - known_words())
    drawn = random.Random(1).sample(words, 500)
    wrong = [word for word in drawn if met(sample_graph(), word)]
    assert len(wrong) <= 0.02 * len(drawn), wrong


def known_words() -> set[str]:
    return {token.word.lower() for term in TERMS for token in tokens(term.text)}


@cache
def glossary(graph: Callable[[], Graph]) -> Glossary:
    return Glossary(graph())


def met(graph: Graph, text: str) -> set[str]:
    made = glossary(sample_graph if graph is sample_graph() else countries)
    return {match.id for match in read(text, graph, made, frozenset(), {}).topics}


def test_the_example_of_a_slip_in_the_middle_of_a_sentence() -> None:
    answer = FINDER.find("who could help us with comunity land trsts in the countryside")
    assert "community-land-trusts" in {match.id for match in answer.topics}
