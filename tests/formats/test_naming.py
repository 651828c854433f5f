from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.formats.naming import Headers, called_as, column_key, safe_name, undeclared_names
from cocommuns_graph.model import MODEL


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("#priors", "priors"),
        ("Selfregulation", "Selfregulation"),
        ("Chiffre d'affaires", "Chiffre_d_affaires"),
        ("Métier", "Metier"),
        ("2016", "column_2016"),
        ("%", "column"),
        ("a  b", "a_b"),
        ("Σύνδεσμος", "Συνδεσμος"),
    ],
)
def test_a_column_keeps_its_name_as_far_as_a_property_can_have_it(column: str, name: str) -> None:
    assert safe_name(column) == name


def test_an_undeclared_column_never_takes_a_declared_name_or_another_columns() -> None:
    organisation = MODEL.node("Organisation")
    found = undeclared_names(["Sector", "sources", "type", "Type", "a b", "a-b", "label_fr"], organisation)
    assert found == {
        "Sector": "Sector_as_given",
        "sources": "sources_as_given",
        "type": "type",
        "Type": "Type_2",
        "a b": "a_b",
        "a-b": "a_b_2",
        "label_fr": "label_fr",
    }


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), unique=True, max_size=12), st.sampled_from(MODEL.labels))
def test_undeclared_names_are_unique_words_that_the_model_does_not_use(
    columns: list[str], label: str
) -> None:
    node_type = MODEL.node(label)
    found = undeclared_names(columns, node_type)
    assert list(found) == columns
    assert len({name.casefold() for name in found.values()}) == len(columns)
    for name in found.values():
        assert node_type.property(name) is None
        assert name.isidentifier()


def test_a_column_is_found_however_it_is_spelt() -> None:
    headers = Headers(["Person ID", "NAME", "Nom"], {"label": ["nom", "nombre"]})
    assert headers.find("person_id") == "Person ID"
    assert headers.find("name") == "NAME"
    assert headers.find("label") == "Nom"
    assert headers.find("place") is None
    assert headers.has_all(["person-id", "Label"])


def test_a_column_under_its_own_name_comes_before_one_under_another() -> None:
    assert Headers(["nom", "name"], {"name": ["nom"]}).find("name") == "name"


def test_columns_of_signs_alone_are_told_apart() -> None:
    assert column_key("#") != column_key("%")


ALIASES = {
    "name": ["nom"],
    "topics": ["thème", "thèmes", "areas of work"],
    "e-mail": ["mail", "e-mail value"],
}
FILLER = ("votre", "your", "de", "of", "s", "e")


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("NOM *", "name"),
        ("Votre nom :", "name"),
        ("Nom / Naam", "name"),
        ("Thème·s (séparés par ;)", "topics"),
        ("Topics: separate with a comma", "topics"),
        ("Topics – as many as you like", "topics"),
        ("Your areas of work 2", "topics"),
        ("E-mail 1 - Value", "e-mail"),
        ("E-mail 1 - Label", None),
        ("Nom / Mail", None),
        ("Nom de la rue", None),
        ("Surnom", None),
    ],
)
def test_a_column_is_known_by_what_matters_of_its_name(column: str, name: str | None) -> None:
    headers = Headers([column], ALIASES, FILLER)
    assert [each for each in ALIASES if headers.find(each) == column] == ([name] if name else [])


def test_an_exact_name_goes_first_and_all_that_answer_are_found() -> None:
    headers = Headers(["Your topics", "thème 2", "Topics", "E-mail", "Mail 2"], ALIASES, FILLER)
    assert headers.find("topics") == "Topics"
    assert headers.every("topics") == ["Your topics", "thème 2", "Topics"]
    assert headers.every("e-mail") == ["E-mail", "Mail 2"]
    assert headers.every("name") == []


def test_without_other_names_a_column_has_to_be_called_exactly_so() -> None:
    headers = Headers(["name (full)", "topics 2"], {})
    assert headers.find("name") is None
    assert headers.find("topics") is None
    assert headers.every("name-full") == ["name (full)"]


def test_a_column_is_ignored_whatever_its_number() -> None:
    columns = ["E-mail 2 - Type", "E-mail 2 - Value", "e-mail type"]
    assert called_as(columns, {"e-mail type"}) == ["E-mail 2 - Type", "e-mail type"]
