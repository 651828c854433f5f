from __future__ import annotations

import pytest

from cocommuns_graph.formats.contacts import find, is_contact_column, is_email, is_telephone, suspect


@pytest.mark.parametrize(
    "text",
    [
        "ada@example.org",
        "Ada.Lovelace+x@mail.example.co.uk",
        "mailto:ada@example.org",
        "ada (at) example (dot) org",
        "élodie@exemple.fr",
        "o'neill@example.ie",
    ],
)
def test_an_e_mail_address_is_one(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "@ada",
        "ada@",
        "@ada@mastodon.social",
        "https://medium.com/@ada",
        "<x>@parse.example.org",
        "a @ b",
        "x@1.2.3",
    ],
)
def test_what_only_has_an_at_sign_is_no_e_mail_address(text: str) -> None:
    assert not is_email(text)
    assert find(text).contacts == []


@pytest.mark.parametrize(
    "text",
    [
        "+32 2 555 12 34",
        "+32475123456",
        "0032 475 12 34 56",
        "02 555 12 34",
        "02/555.12.34",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "0612345678",
        "(555) 123-4567",
        "555-123-4567",
        "+1 (555) 123-4567 ext. 12",
        "tel: 555 12 34",
        "Tél. : 02 555 12 34",
        "+44 20 7946 0958",
        "030/12345678",
        "GSM 0475 12 34 56",
    ],
)
def test_a_telephone_number_is_one_whatever_its_column(text: str) -> None:
    assert is_telephone(text)
    assert find(text).contacts
    assert find(text).rest == ""


@pytest.mark.parametrize(
    "text",
    [
        "2016",
        "2016-12-05",
        "2016-2019",
        "2016/2017",
        "05/12/2016",
        "5.12.2016",
        "05-12-2016",
        "1200000",
        "1 200 000",
        "1.200.000",
        "12,500",
        "50.8503",
        "50.8503, 4.3517",
        "-122.4194",
        "+50.850312",
        "9783161484100",
        "978-3-16-148410-0",
        "0-306-40615-2",
        "0000-0002-1825-0097",
        "192.168.10.11",
        "42",
        "10000-20000",
        "1000 1050",
        "000123456",
        "475 123 456",
        "3.11.4",
        "",
        "-",
        "tel",
        "1e10",
        "2016-12-05 10:30",
        "20161205",
    ],
)
def test_a_number_of_another_sort_is_no_telephone_number(text: str) -> None:
    assert not is_telephone(text)
    assert find(text).contacts == []


@pytest.mark.parametrize("column", ["id", "Company number", "SIRET", "ISBN", "code postal", "VAT", "year"])
def test_a_column_of_numbers_holds_no_telephone_numbers(column: str) -> None:
    assert is_telephone("0475.123.456")
    assert not is_telephone("0475.123.456", column)
    assert find("0475.123.456", column).contacts == []


@pytest.mark.parametrize(
    "column", ["Tel", "téléphone", "Phone number", "mobile", "GSM", "Telefon", "teléfono"]
)
def test_a_column_of_telephone_numbers_holds_them_however_short(column: str) -> None:
    assert is_contact_column(column)
    assert is_telephone("55512", column)
    assert not is_telephone("yes", column)


@pytest.mark.parametrize("column", ["name", "template", "mailing list", "emailing", "telework", "intel"])
def test_a_column_that_only_sounds_like_it_is_no_contact_column(column: str) -> None:
    assert not is_contact_column(column)


def test_addresses_and_numbers_are_taken_out_of_a_text() -> None:
    found = find("Ask ada@example.org or call +32 2 555 12 34 before noon.")
    assert found.contacts == ["ada@example.org", "+32 2 555 12 34"]
    assert found.rest == "Ask or call before noon."


@pytest.mark.parametrize(
    "number", ["0475 12 34 56", "02/555.12.34", "0475/12.34.56", "030 1234 5678", "0612-34-56-78"]
)
def test_a_national_number_is_taken_out_of_a_text(number: str) -> None:
    found = find(f"Call {number} (evenings), founded 05-12-2016.")
    assert found.contacts == [number]
    assert found.rest == "Call (evenings), founded 05-12-2016."


def test_brackets_around_an_address_go_with_it() -> None:
    assert find("Ada Lovelace (ada@example.org)").rest == "Ada Lovelace"
    assert find("Ada Lovelace <ada@example.org>").rest == "Ada Lovelace"


def test_a_list_of_addresses_leaves_nothing() -> None:
    found = find("ada@example.org; bob@example.org / 02 555 12 34")
    assert found.contacts == ["ada@example.org", "bob@example.org", "02 555 12 34"]
    assert found.rest == ""


def test_what_only_introduces_an_address_goes_with_it() -> None:
    assert find("E-mail: ada@example.org").rest == ""


@pytest.mark.parametrize(
    "text",
    [
        "Founded in 2016, 1 200 000 members in 34 countries",
        "Open 10:00-18:00, budget 12.500.000 euros",
        "ISBN 978-3-16-148410-0, doi 10.1000/182",
        "Chapter 12.3.4 of 2016-12-05 to 2017-01-31",
        "Route 06 12 and 34",
        "On 09.10.2016 14.30-16.00 and 01/02/2016 03/04/2017",
    ],
)
def test_a_sentence_with_numbers_has_no_telephone_number(text: str) -> None:
    assert find(text).contacts == []


@pytest.mark.parametrize("text", ["ada@example.org", "+32 2 555 12 34", "0612345678", "ada (at) example.org"])
def test_the_quick_look_sees_everything_the_close_one_finds(text: str) -> None:
    for wrapped in (text, f"Ask {text} please", f"{text};{text}"):
        assert suspect(wrapped)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1 " * 50_000,
        "a" * 100_000 + "@",
        "tel " * 25_000 + "x",
        "telefono " * 10_000 + "é",
        "0." * 50_000,
        "(" * 100_000,
        "+1" * 50_000,
        "a." * 50_000 + "@b",
        "@a" * 50_000,
        " " * 100_000 + "1",
    ],
)
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    """A pattern that backtracks would keep these going for hours, which no test run survives."""
    find(text)
    suspect(text)
