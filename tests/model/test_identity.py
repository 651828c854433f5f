"""Names that are the same fold alike, names that differ do not, and keys never collide."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cocommuns_graph.model import fold, id_from_name, join_key, with_namespace


@given(st.text())
@example("ᴬ")
@example("İ")
@example("ŉ")
@example("e\x01\u0301")
@example("ǰ̣")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_what_is_folded_has_no_capital_no_space_no_edge(text: str) -> None:
    folded = fold(text)
    assert folded == folded.casefold()
    assert folded == folded.strip("-")
    assert "--" not in folded
    assert not any(character.isspace() or character == "_" for character in folded)


@given(st.text())
def test_composed_or_not_is_the_same_name(text: str) -> None:
    assert {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")} == {
        fold(text)
    }


@pytest.mark.parametrize(
    "names",
    [
        (
            "Économie sociale",
            "economie-sociale",
            "ECONOMIE  SOCIALE",
            "Économie, sociale!",
            "économie_sociale",
        ),
        ("Cœur d'Hérault", "coeur d herault", "COEUR D'HERAULT"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("Ærø", "aero"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("İstanbul", "istanbul"),
        ("ﬁnance", "finance"),
    ],
)
def test_spellings_of_one_name(names: tuple[str, ...]) -> None:
    assert len({fold(name) for name in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("commons", "common"),
        ("काम", "किम"),  # vowel signs are letters, not accents
        ("はは", "ばば", "ぱぱ"),  # so is the voicing of kana
        ("มา", "ม้า", "หมา"),  # and the tones of Thai
        ("东京", "北京"),
        ("R 1", "R 11"),
    ],
)
def test_names_that_differ_stay_apart(names: tuple[str, ...]) -> None:
    assert len({fold(name) for name in names}) == len(names)


def test_ids_from_names() -> None:
    assert id_from_name("Expert", "Ada Lovelace") == "expert-ada-lovelace"
    assert id_from_name("Organisation", "Économie & Cie", "ols") == "ols:organisation-economie-cie"
    assert with_namespace("12", "ols") == "ols:12"
    assert with_namespace("12", "") == "12"


def test_long_texts_are_folded_but_not_remembered() -> None:
    long = "É" * 10_000_000
    assert fold(long) == "e" * 10_000_000


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ([], ""),
        ([None], ""),
        ([None, None], ""),
        (["chair", None], "chair|"),
        ([None, "2016"], "|2016"),
        (["chair", "2016"], "chair|2016"),
        (["a|b", "c"], "a\\|b|c"),
        (["a\\", "b"], "a\\\\|b"),
        ([3], "3"),
    ],
)
def test_keys_join_the_key_properties(values: list[object], key: str) -> None:
    assert join_key(values) == key


TEXTS = st.text(alphabet="a|\\", max_size=4) | st.text()


@given(
    st.integers(1, 3).flatmap(lambda size: st.tuples(*[st.lists(TEXTS, min_size=size, max_size=size)] * 2))
)
@example((["a", "|b"], ["a|", "b"]))
@example((["\\", "|"], ["\\|", ""]))
def test_different_values_never_make_one_key(pair: tuple[list[str], list[str]]) -> None:
    first, second = pair
    assert (join_key(first) == join_key(second)) == (first == second)
