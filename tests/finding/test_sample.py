"""The finder on the sample inventory: questions people ask, and words of its glossary drawn at random."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from cocommuns_graph.finding import Finder, Result
from cocommuns_graph.finding.glossary import Term, terms_of
from tests.finding.variants import misspelt, plural, without_accents
from tests.sample_graph import sample_graph

FINDER = Finder(sample_graph())
TERMS = [term for node in sample_graph().of_label("Topic") for term in terms_of(node)]
DRAWN = 150


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


def share(terms: list[Term], written: Callable[[Term], str | None]) -> tuple[float, int]:
    """The share of the terms, written in some way, whose topic is in the answer; and how many could be."""
    asked = [(term, text) for term in terms if (text := written(term)) is not None]
    met = sum(
        any(match.id == term.topic for match in FINDER.find(text, limit=1).topics) for term, text in asked
    )
    return met / len(asked), len(asked)


@pytest.mark.parametrize("language", ["en", "fr", "es", "it", "de", None])
def test_every_term_lists_its_topic(language: str | None) -> None:
    terms = [term for term in TERMS if term.language == language]
    if terms:
        assert share(terms, lambda term: term.text)[0] == 1


def drawn(seed: int) -> list[Term]:
    return random.Random(seed).sample(TERMS, DRAWN)


@pytest.mark.parametrize("seed", [1, 2])
def test_accents_and_case_do_not_matter(seed: int) -> None:
    assert share(drawn(seed), lambda term: without_accents(term.text).upper())[0] == 1


@pytest.mark.parametrize("seed", [3, 4])
def test_nearly_all_regular_plurals_are_met(seed: int) -> None:
    met, asked = share(drawn(seed), lambda term: plural(term.text, term.language or "en"))
    assert asked > DRAWN / 4
    assert met >= 0.97, f"{met:.0%} of {asked}"


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_nearly_all_slips_in_words_of_seven_letters_are_met(seed: int) -> None:
    """Measured on all terms of the sample: 99.6 %; what is left are words that a slip makes into another."""
    chance = random.Random(seed)
    met, asked = share(drawn(seed), lambda term: misspelt(term.text, chance))
    assert asked > DRAWN / 2
    assert met >= 0.96, f"{met:.0%} of {asked}"


def test_the_example_of_a_slip_in_the_middle_of_a_sentence() -> None:
    answer = FINDER.find("who could help us with comunity land trsts in the countryside")
    assert "community-land-trusts" in {match.id for match in answer.topics}
