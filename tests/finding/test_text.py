from __future__ import annotations

import pytest

from cocommuns_graph.finding.text import content_words, fold_word, languages_of, root, stem, tokens


@pytest.mark.parametrize(
    "forms",
    [
        ("cooperative", "cooperatives", "cooperativa", "cooperativas"),
        ("city", "cities"),
        ("syndicat", "syndicats"),
        ("sindacato", "sindacati"),
        ("municipal", "municipaux"),
        ("economie", "economies", "economy", "economia", "economias"),
        ("genossenschaft", "genossenschaften"),
        ("ciudad", "ciudades"),
    ],
)
def test_number_and_gender_share_a_root(forms: tuple[str, ...]) -> None:
    assert len({root(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("commons", "communes"), ("union", "unit"), ("work", "word")])
def test_different_words_keep_different_roots(one: str, other: str) -> None:
    assert root(one) != root(other)


def test_roots_of_short_words_and_numbers_are_themselves() -> None:
    assert [root(word) for word in ("bus", "ess", "p2p", "2016", "2030s")] == [
        "bus",
        "ess",
        "p2p",
        "2016",
        "2030s",
    ]


def test_folding_keeps_every_script() -> None:
    assert [fold_word(word) for word in ("Économie", "Straße", "ΣΥΝΕΤΑΙΡΙΣΜΌΣ", "合作社")] == [
        "economie",
        "strasse",
        "συνεταιρισμοσ",
        "合作社",
    ]


def test_stems_are_snowballs() -> None:
    assert stem("organised", "en") == stem("organising", "en")
    assert stem("coopératives", "fr") == stem("coopérative", "fr")


def test_tokens_know_the_phrase_they_stand_in() -> None:
    found = tokens("Work, l'économie-sociale; P2P")
    assert [(token.word, token.phrase) for token in found] == [
        ("Work", 0),
        ("l", 1),
        ("économie", 1),
        ("sociale", 1),
        ("P2P", 2),
    ]


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        ("who could help with a contract", "en", ["contract"]),
        ("Nous cherchons de l'aide pour un contrat", "fr", ["contrat"]),
        ("Wer kennt sich mit Verträgen aus", "de", ["Verträgen"]),
        ("¿Quién sabe de contratos?", "es", ["contratos"]),
        ("Chi ci può aiutare con i contratti?", "it", ["contratti"]),
    ],
)
def test_only_meaningful_words_are_kept(text: str, language: str, kept: list[str]) -> None:
    found = tokens(text)
    assert languages_of(found)[0] == language
    assert [token.word for token, carries in zip(found, content_words(found), strict=True) if carries] == kept


def test_a_question_of_function_words_keeps_them_all() -> None:
    assert content_words(tokens("war")) == [True]
    assert content_words(tokens("the who")) == [True, True]
    assert content_words([]) == []
