"""Countries and languages, by code and by name in English, French, Spanish, Italian and German."""

from __future__ import annotations

import pycountry
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from cocommuns_graph.model import codes


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("BE", "Belgium, Belgique, Bélgica, Belgio, Belgien, België, BE, be, BEL"),
        ("DE", "Germany, Allemagne, Alemania, Germania, Deutschland"),
        ("ES", "Spain, Espagne, España, Spagna, Spanien, espana"),
        ("GB", "United Kingdom, UK, U.K., Royaume-Uni, Reino Unido, Regno Unito, Vereinigtes Königreich"),
        (
            "GB",
            "England, Angleterre, Inglaterra, Inghilterra, Scotland, Écosse, Great Britain, Großbritannien",
        ),
        ("NL", "Netherlands, The Netherlands, Pays-Bas, Países Bajos, Paesi Bassi, Niederlande, Holland"),
        (
            "US",
            "USA, U.S.A., United States, États-Unis, Estados Unidos, Stati Uniti, EE. UU.",
        ),
        ("CD", "DR Congo, Democratic Republic of the Congo, RDC, République démocratique du Congo"),
        ("CG", "Congo, Republic of the Congo"),
        ("CI", "Ivory Coast, Côte d'Ivoire, cote d ivoire"),
        ("CZ", "Czechia, Czech Republic, Tchéquie, République tchèque"),
        ("GM", "Gambia, The Gambia"),
        ("KR", "South Korea, Corée du Sud, Republic of Korea"),
        ("PS", "Palestine, Palestina, Palästina"),
        ("TR", "Turkey, Türkiye, Turquie"),
        ("VN", "Vietnam, Viet Nam"),
    ],
)
def test_countries_by_name(code: str, names: str) -> None:
    assert {name: codes.country(name) for name in names.split(", ")} == dict.fromkeys(names.split(", "), code)


@pytest.mark.parametrize(
    "text", ["", "Atlantis", "BEE", "EU", "Europe", "the", "Belgium and France", "b", "x" * 10**6]
)
def test_what_is_no_country(text: str) -> None:
    assert codes.country(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Belgique/België", ("BE",)),
        ("Suisse / Schweiz / Svizzera", ("CH",)),
        ("Belgium (BE)", ("BE",)),
        ("BE - Belgium", ("BE",)),
        ("🇧🇪", ("BE",)),
        ("🇧🇪 Belgique", ("BE",)),
        ("Polska", ("PL",)),
        ("Österreich", ("AT",)),
        ("Ελλάδα", ("GR",)),
        ("Bosnia and Herzegovina", ("BA",)),
        ("Belgium, France", ("BE", "FR")),
        ("Italia e Francia", ("IT", "FR")),
        ("Bruxelles, Belgique", ()),
        ("/", ()),
    ],
)
def test_the_countries_of_a_cell(text: str, found: tuple[str, ...]) -> None:
    assert codes.countries(text) == found


@pytest.mark.parametrize("locale", codes.NAMES_IN)
def test_every_country_is_known_by_its_usual_name(locale: str) -> None:
    official = {country.alpha_2 for country in pycountry.countries}
    wrong = {
        name: codes.country(name)
        for code, name in Locale(locale).territories.items()
        if code in official and codes.country(name) != code
    }
    assert wrong == {}


def test_every_code_is_its_own_country() -> None:
    for country in pycountry.countries:
        assert codes.country(country.alpha_2) == country.alpha_2
        assert codes.country(country.alpha_3) == country.alpha_2


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", "English, anglais, inglés, inglese, Englisch, en, eng, en-GB, en_US"),
        ("fr", "French, français, francés, francese, Französisch, francais, fr-BE, fra, fre"),
        ("nl", "Dutch, néerlandais, neerlandés, olandese, Niederländisch, Nederlands, Flemish, flamand"),
        ("es", "Spanish, espagnol, español, spagnolo, Spanisch, Castilian, castellano, es-419"),
        ("de", "German, allemand, Deutsch, ger, deu"),
        ("zh", "Chinese, Mandarin, zh-Hans, zh-Hant-TW"),
        ("sw", "Swahili, Kiswahili"),
        ("kab", "Kabyle, kab"),
        ("pt", "Portuguese, portugais, português, pt-BR"),
    ],
)
def test_languages_by_name(code: str, names: str) -> None:
    assert {name: codes.language(name) for name in names.split(", ")} == dict.fromkeys(
        names.split(", "), code
    )


@pytest.mark.parametrize("text", ["", "Klingonese", "zz", "fr/nl", "French and Dutch", "f", "x" * 10**6])
def test_what_is_no_language(text: str) -> None:
    assert codes.language(text) is None


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("fr, en", "fr en"),
        ("FR/EN", "fr en"),
        ("FR EN NL", "fr en nl"),
        ("FR-EN", "fr en"),
        ("FR-NL", "fr nl"),
        ("fr-BE", "fr"),
        ("fr-be", "fr"),
        ("en-DE", "en"),
        ("français et anglais", "fr en"),
        ("italiano e inglese", "it en"),
        ("español y francés", "es fr"),
        ("Deutsch, Englisch und Französisch", "de en fr"),
        ("français-anglais", "fr en"),
        ("anglais (lu, parlé), français : langue maternelle", "en fr"),
        ("English - fluent; EN C1", "en en"),
        ("anglais courant", "en"),
        ("polski", "pl"),
        ("Serbo-Croatian", "sh"),
        ("", ""),
    ],
)
def test_the_languages_of_a_cell(cell: str, found: str) -> None:
    items = [item for part in cell.split(";") for item in codes.split_languages(part) if item]
    assert [codes.language(item) for item in items] == found.split()


@pytest.mark.parametrize("cell", ["Klingonese", "de Gaulle", "la la land", "x" * 10_000])
def test_a_cell_without_a_language_stays_as_it_is(cell: str) -> None:
    assert codes.split_languages(cell) == [cell]


def test_a_code_of_two_letters_wins_where_there_is_one() -> None:
    for language in pycountry.languages:
        assert codes.language(language.alpha_3) == getattr(language, "alpha_2", language.alpha_3)


@given(st.text(max_size=20))
def test_a_code_found_is_a_code_that_finds_itself(text: str) -> None:
    if found := codes.country(text):
        assert codes.country(found) == found
    if found := codes.language(text):
        assert codes.language(found) == found


def test_names_for_people() -> None:
    assert codes.country_name("BE") == "Belgium"
    assert codes.country_name("BE", "fr") == "Belgique"
    assert codes.country_name("ZZZ") == "ZZZ"
    assert codes.language_name("nl", "fr") == "néerlandais"
    assert codes.language_name("zzz") == "zzz"
